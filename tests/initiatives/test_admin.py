"""The administration: reference data of one's own clusters; no users, no facts."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client

from initiatives.access import Role
from initiatives.models import ActionPlan, Actor, Cluster, Forum, Person, Theme, User
from tests import build

REFERENCE_DATA = ["cluster", "forum", "actor", "person", "actionplan", "theme"]
FORUMS = "/admin/initiatives/forum/"


@pytest.fixture
def here(db) -> Cluster:
    return build.cluster()


@pytest.fixture
def elsewhere(db) -> Cluster:
    return build.cluster("nord", "Sundhedsklynge Nord")


@pytest.fixture
def administrator(here, sign_in) -> Client:
    """An administrator of one cluster, without any of Django's own flags."""
    return sign_in(build.user("anders", Role.ADMINISTRATOR, here))


@pytest.fixture
def superuser(here, sign_in) -> Client:
    return sign_in(User.objects.create_superuser("rod", "rod@eksempel.dk", build.PASSWORD))


def rows(client: Client, model: str) -> set[str]:
    """What the list of a model shows."""
    return {str(row) for row in client.get(f"/admin/initiatives/{model}/").context["cl"].result_list}


def test_reference_data_is_administered_and_facts_are_not():
    registered = {model._meta.model_name for model in admin.site._registry if model._meta.app_label == "initiatives"}
    assert registered == set(REFERENCE_DATA)


def test_no_app_above_puts_facts_into_the_administration():
    ours = {"clusterportal", "outcomes", "meetings"}
    assert not [model for model in admin.site._registry if model._meta.app_label in ours & set(apps.app_configs)]


@pytest.mark.parametrize("model", REFERENCE_DATA)
def test_an_administrator_reads_the_list_and_the_empty_form(administrator, model):
    assert administrator.get(f"/admin/initiatives/{model}/").status_code == 200
    # A new cluster is made by a superuser.
    assert administrator.get(f"/admin/initiatives/{model}/add/").status_code == (403 if model == "cluster" else 200)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.POLITICIAN, Role.SECRETARIAT])
@pytest.mark.parametrize("path", ["", "initiatives/forum/", "initiatives/forum/add/", "initiatives/theme/"])
def test_other_roles_do_not_get_in(here, sign_in, role, path):
    reader = sign_in(build.user("læser", role, here))
    answer = reader.get(f"/admin/{path}", follow=True)
    assert answer.status_code == 403


def test_djangos_own_flag_opens_nothing(here, sign_in):
    user = build.user("stab", Role.POLITICIAN, here)
    User.objects.filter(pk=user.pk).update(is_staff=True)
    assert sign_in(user).get("/admin/").status_code == 302


def test_somebody_not_logged_in_is_sent_to_the_portals_login(db):
    assert Client().get(FORUMS, follow=True).redirect_chain[-1][0].startswith("/konto/login/")


def test_an_administrator_who_was_made_inactive_is_out(administrator):
    User.objects.filter(username="anders").update(is_active=False)
    assert administrator.get(FORUMS).status_code == 302


# Own clusters alone.


@pytest.fixture
def both_clusters(here, elsewhere):
    for cluster, name in ((here, "her"), (elsewhere, "der")):
        build.user(name, Role.COORDINATOR, cluster)
        Forum.objects.create(name=f"Forum {name}", level=Forum.Level.MANAGEMENT, cluster=cluster)
        build.theme(build.plan(cluster, f"Plan {name}"), f"Tema {name}")


@pytest.mark.parametrize(
    ("model", "seen"),
    [
        ("cluster", {"Sundhedsklynge Prøve"}),
        ("forum", {"Forum her"}),
        ("actionplan", {"Plan her"}),
        ("theme", {"Tema her"}),
    ],
)
def test_an_administrator_sees_what_belongs_to_own_clusters(administrator, both_clusters, model, seen):
    assert rows(administrator, model) == seen


def test_a_superuser_sees_all(superuser, both_clusters):
    assert rows(superuser, "cluster") >= {"Sundhedsklynge Prøve", "Sundhedsklynge Nord"}


def test_the_choices_of_a_form_are_those_of_own_clusters(administrator, both_clusters):
    form = administrator.get("/admin/initiatives/theme/add/").context["adminform"].form
    assert [str(plan) for plan in form.fields["plan"].queryset] == ["Plan her"]
    form = administrator.get("/admin/initiatives/person/add/").context["adminform"].form
    assert {str(user) for user in form.fields["user"].queryset} == {"anders", "her"}


def test_a_foreign_cluster_cannot_be_chosen_by_force(administrator, elsewhere):
    administrator.post(
        "/admin/initiatives/forum/add/", {"name": "Snedig", "level": "management", "cluster": elsewhere.pk}
    )
    assert not Forum.objects.filter(name="Snedig").exists()


# Users and roles.


# Nothing disappears.


@pytest.mark.parametrize("who", ["administrator", "superuser"])
@pytest.mark.parametrize("model", [Cluster, Forum, Actor, ActionPlan, Theme])
def test_what_has_been_used_is_not_deleted(request, both_clusters, who, model):
    client = request.getfixturevalue(who)
    row = model.objects.first()
    address = f"/admin/initiatives/{model._meta.model_name}/{row.pk}/delete/"
    assert client.post(address, {"post": "yes"}).status_code in {302, 403}
    assert model.objects.filter(pk=row.pk).exists()


def test_the_name_of_a_person_can_be_taken_out(administrator):
    person = Person.objects.create(name="Prøve Prøvesen", role="formand")
    administrator.post(f"/admin/initiatives/person/{person.pk}/delete/", {"post": "yes"})
    assert not Person.objects.filter(pk=person.pk).exists()


def test_the_address_of_a_cluster_stays(administrator, here):
    administrator.post(
        f"/admin/initiatives/cluster/{here.pk}/change/",
        {"slug": "andet", "name": "Klynge Ny", "kind": "cluster", "region": here.region_id, "parties": []},
    )
    here.refresh_from_db()
    assert (here.slug, here.name) == ("proeve", "Klynge Ny")


def test_the_printed_texts_of_a_plan_are_read_here_and_not_changed(administrator, here):
    plan = build.plan(here)
    ActionPlan.objects.filter(pk=plan.pk).update(foreword="Kære læser", governance="Forummet beslutter")
    address = f"/admin/initiatives/actionplan/{plan.pk}/change/"
    assert "Kære læser" in administrator.get(address).content.decode()
    texts = dict.fromkeys(("foreword", "introduction", "governance"), "Ændret")
    facts = {"cluster": here.pk, "title": "Ny titel", "starts": "2022-01-01", "ends": "2026-01-01"}
    assert administrator.post(address, {**facts, **texts}).status_code == 302
    plan.refresh_from_db()
    assert (plan.title, plan.foreword, plan.introduction, plan.governance) == (
        "Ny titel", "Kære læser", "", "Forummet beslutter"
    )  # fmt: skip


def test_the_description_of_a_theme_is_not_changed_here(administrator, here):
    theme = build.theme(build.plan(here))
    Theme.objects.filter(pk=theme.pk).update(description="Om temaet")
    administrator.post(
        f"/admin/initiatives/theme/{theme.pk}/change/",
        {"plan": theme.plan_id, "name": "Nyt navn", "short_name": "Nyt", "description": "Ændret", "position": 1,
         "colour": 1},
    )  # fmt: skip
    theme.refresh_from_db()
    assert (theme.name, theme.description) == ("Nyt navn", "Om temaet")


def test_a_person_is_tied_to_a_user_of_own_clusters_alone(administrator, both_clusters):
    form = administrator.get("/admin/initiatives/person/add/").context["adminform"].form
    assert {user.username for user in form.fields["user"].queryset} == {"anders", "her"}
