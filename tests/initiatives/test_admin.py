"""The administration: users, roles and reference data of one's own clusters; no facts."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client

from initiatives.access import Role
from initiatives.models import ActionPlan, Actor, Cluster, Forum, Membership, Person, Theme, User
from tests import build

REFERENCE_DATA = ["user", "cluster", "forum", "actor", "person", "actionplan", "theme"]
PEOPLE = "/admin/initiatives/user/"
NO_ROLES = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}


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


def of(user: User, **changed: str) -> dict[str, str]:
    """The form of a user as a browser sends it."""
    return {
        "username": user.username, "first_name": "Ny", "last_name": "Navn", "email": user.email, "is_active": "on",
        **NO_ROLES, **changed,
    }  # fmt: skip


def test_reference_data_is_administered_and_facts_are_not():
    registered = {model._meta.model_name for model in admin.site._registry if model._meta.app_label == "initiatives"}
    assert registered == set(REFERENCE_DATA)


def test_no_app_above_puts_facts_into_the_administration():
    ours = {"clusterportal", "finance", "outcomes", "meetings"}
    assert not [model for model in admin.site._registry if model._meta.app_label in ours & set(apps.app_configs)]


@pytest.mark.parametrize("model", REFERENCE_DATA)
def test_an_administrator_reads_the_list_and_the_empty_form(administrator, model):
    assert administrator.get(f"/admin/initiatives/{model}/").status_code == 200
    # A new cluster is made by a superuser.
    assert administrator.get(f"/admin/initiatives/{model}/add/").status_code == (403 if model == "cluster" else 200)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.POLITICIAN, Role.SECRETARIAT])
@pytest.mark.parametrize("path", ["", "initiatives/user/", "initiatives/user/add/", "initiatives/theme/"])
def test_other_roles_do_not_get_in(here, sign_in, role, path):
    reader = sign_in(build.user("læser", role, here))
    answer = reader.get(f"/admin/{path}", follow=True)
    assert answer.status_code == 403


def test_djangos_own_flag_opens_nothing(here, sign_in):
    user = build.user("stab", Role.POLITICIAN, here)
    User.objects.filter(pk=user.pk).update(is_staff=True)
    assert sign_in(user).get("/admin/").status_code == 302


def test_somebody_not_logged_in_is_sent_to_the_portals_login(db):
    assert Client().get(PEOPLE, follow=True).redirect_chain[-1][0].startswith("/konto/login/")


def test_an_administrator_who_was_made_inactive_is_out(administrator):
    User.objects.filter(username="anders").update(is_active=False)
    assert administrator.get(PEOPLE).status_code == 302


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
        ("user", {"anders", "her"}),
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
    assert rows(superuser, "user") >= {"her", "der", "rod"}


def test_a_user_of_another_cluster_cannot_be_opened_or_given_a_new_password(administrator, both_clusters):
    theirs = User.objects.get(username="der")
    for page in ("change/", "password/"):
        assert administrator.get(f"{PEOPLE}{theirs.pk}/{page}").status_code in {302, 404}
    administrator.post(f"{PEOPLE}{theirs.pk}/password/", {"password1": "helt-ny-kode-9", "password2": "helt-ny-kode-9"})
    assert User.objects.get(pk=theirs.pk).check_password(build.PASSWORD)


@pytest.mark.parametrize("where", ["cluster", "region"])
def test_a_user_with_a_role_elsewhere_too_is_left_to_the_superuser(administrator, here, elsewhere, where):
    shared = build.user("begge", Role.SECRETARIAT, here)
    place = {"cluster": elsewhere} if where == "cluster" else {"region": build.region()}
    Membership.objects.create(user=shared, role=Role.POLITICIAN, **place)
    assert "begge" not in rows(administrator, "user")


def test_a_superuser_is_not_seen_by_an_administrator(administrator, superuser):
    assert "rod" not in rows(administrator, "user")


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


def test_a_user_is_made_with_a_role(administrator, here):
    answer = administrator.post(
        f"{PEOPLE}add/",
        {
            "username": "ny", "first_name": "Ny", "last_name": "Koordinator", "email": "ny@eksempel.dk",
            "usable_password": "true", "password1": "en-lang-adgangskode", "password2": "en-lang-adgangskode",
            "memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0",
            "memberships-0-cluster": here.pk, "memberships-0-role": "coordinator",
        },
    )  # fmt: skip
    assert answer.status_code == 302
    made = User.objects.get(username="ny")
    assert made.rights.roles == {here.pk: {"coordinator"}}
    assert (made.is_staff, made.is_superuser) == (False, False)


def test_a_role_without_cluster_is_an_error_beside_the_field(administrator, here):
    user = build.user("her", Role.COORDINATOR, here)
    forms = {"memberships-TOTAL_FORMS": "1", "memberships-0-role": "secretariat", "memberships-0-cluster": ""}
    answer = administrator.post(f"{PEOPLE}{user.pk}/change/", of(user, **forms))
    assert answer.status_code == 200
    assert answer.context["inline_admin_formsets"][0].formset.errors[0].keys() == {"cluster"}


def test_the_same_role_twice_is_an_error_and_not_a_crash(administrator, here):
    user = build.user("her", Role.COORDINATOR, here)
    forms = {"memberships-TOTAL_FORMS": "1", "memberships-0-role": "coordinator", "memberships-0-cluster": here.pk}
    assert administrator.post(f"{PEOPLE}{user.pk}/change/", of(user, **forms)).status_code == 200
    assert user.memberships.count() == 1


def test_the_same_new_role_twice_in_one_form_is_an_error(administrator, here):
    user = build.user("her", Role.COORDINATOR, here)
    twice = {
        f"memberships-{row}-{field}": value
        for row in (0, 1)
        for field, value in (("role", "secretariat"), ("cluster", here.pk))
    }
    answer = administrator.post(f"{PEOPLE}{user.pk}/change/", of(user, **{"memberships-TOTAL_FORMS": "2"}, **twice))
    assert answer.status_code == 200
    assert user.memberships.count() == 1


def test_an_administrator_cannot_hand_out_more_than_roles_in_own_clusters(administrator, here, elsewhere):
    user = build.user("her", Role.COORDINATOR, here)
    sneaky = {
        "is_superuser": "on",
        "is_staff": "on",
        "memberships-TOTAL_FORMS": "1",
        "memberships-0-role": "secretariat",
    }
    administrator.post(f"{PEOPLE}{user.pk}/change/", of(user, **sneaky, **{"memberships-0-cluster": elsewhere.pk}))
    administrator.post(f"{PEOPLE}{user.pk}/change/", of(user, **sneaky, **{"memberships-0-region": build.region().pk}))
    administrator.post(f"{PEOPLE}{user.pk}/change/", of(user, is_superuser="on", is_staff="on"))
    changed = User.objects.get(pk=user.pk)
    assert (changed.first_name, changed.is_superuser, changed.is_staff) == ("Ny", False, False)
    assert changed.rights.roles == {here.pk: {"coordinator"}}


def test_a_role_can_be_taken_back(administrator, here):
    user = build.user("her", Role.COORDINATOR, here)
    held = user.memberships.get()
    forms = {
        "memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "1", "memberships-0-id": held.pk,
        "memberships-0-user": user.pk, "memberships-0-cluster": here.pk, "memberships-0-role": "coordinator",
        "memberships-0-DELETE": "on",
    }  # fmt: skip
    administrator.post(f"{PEOPLE}{user.pk}/change/", of(user, **forms))
    assert not user.memberships.exists()


@pytest.mark.parametrize(("who", "name", "offered"), [("administrator", "anders", False), ("superuser", "rod", True)])
def test_only_a_superuser_is_offered_roles_of_a_whole_region(request, who, name, offered):
    client = request.getfixturevalue(who)
    html = client.get(f"{PEOPLE}{User.objects.get(username=name).pk}/change/").content
    assert (b"memberships-__prefix__-region" in html) is offered


def test_a_region_wide_role_is_given_by_a_superuser(superuser, here):
    user = build.user("her", Role.COORDINATOR, here)
    forms = {
        "memberships-TOTAL_FORMS": "1",
        "memberships-0-role": "secretariat",
        "memberships-0-region": build.region().pk,
    }
    assert superuser.post(f"{PEOPLE}{user.pk}/change/", of(user, **forms)).status_code == 302
    assert user.memberships.filter(region=build.region()).exists()


# Nothing disappears.


@pytest.mark.parametrize("who", ["administrator", "superuser"])
@pytest.mark.parametrize("model", [User, Cluster, Forum, Actor, ActionPlan, Theme])
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
