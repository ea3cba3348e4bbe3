"""The rules of administering users, and the trace that every act leaves."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from clusterportal.people.administration import (
    AdministrationConflict,
    access_problem,
    change_user,
    create_user,
    deactivate,
    problems,
    reactivate,
)
from clusterportal.people.models import AdministrativeAct
from clusterportal.people.scope import Grant
from clusterportal.people.subject import Identity
from initiatives.access import Role
from initiatives.asof import AppendOnlyError
from initiatives.models import Cluster, Membership, StatusReport, User

from .. import build
from . import build_people as people

IDA = Identity("Ida", "Nielsen", "ida@eksempel.dk")


def change(by: User, user: User, grants: set[Grant] | None = None, **identity: str) -> bool:
    """Change a user on the ground of what is stored now."""
    subject = people.seen(by, user)
    wanted = subject.here if grants is None else frozenset(grants)
    return change_user(by, user, subject.fingerprint, people.identity(user, **identity), wanted)


# Creating


def test_a_new_user_has_the_roles_and_no_password(administrator: User, midt: Cluster):
    grants = frozenset({people.in_cluster(midt, Role.COORDINATOR), people.in_cluster(midt, Role.SECRETARIAT)})
    ida = create_user(administrator, "ida", IDA, grants)
    assert people.held(ida) == {(midt.name, "coordinator"), (midt.name, "secretariat")}
    assert not ida.has_usable_password()


def test_creating_leaves_a_trace_of_user_and_roles(administrator: User, midt: Cluster):
    ida = create_user(administrator, "ida", IDA, frozenset({people.in_cluster(midt, Role.POLITICIAN)}))
    assert people.traces(ida) == ["created", "granted"]
    granted = ida.administrative_acts.get(kind="granted")
    assert (granted.by, granted.role, granted.cluster) == (administrator, "politician", midt)


def test_a_role_outside_the_scope_is_refused_and_no_user_is_made(administrator: User, midt: Cluster):
    elsewhere = people.neighbour(midt)
    with pytest.raises(PermissionDenied), transaction.atomic():
        create_user(administrator, "ida", IDA, frozenset({people.in_cluster(elsewhere, Role.COORDINATOR)}))
    assert not User.objects.filter(username="ida").exists()


def test_administrator_of_a_cluster_gives_no_role_in_its_region(administrator: User, coordinator: User, midt: Cluster):
    with pytest.raises(PermissionDenied):
        change(administrator, coordinator, {people.in_region(midt.region, Role.ADMINISTRATOR)})


@pytest.mark.parametrize("taken", ["kirsten@eksempel.dk", "KIRSTEN@Eksempel.dk"])
def test_an_email_is_used_once_however_it_is_written(taken: str, administrator: User, coordinator: User, midt: Cluster):
    ida = Identity("Ida", "", taken)
    with pytest.raises(ValidationError) as refused:
        create_user(administrator, "ida", ida, frozenset({people.in_cluster(midt, Role.POLITICIAN)}))
    assert list(refused.value.message_dict) == ["email"]


def test_a_user_name_is_used_once_whatever_its_capitals(administrator: User, coordinator: User, midt: Cluster):
    with pytest.raises(ValidationError) as refused:
        create_user(administrator, "Kirsten", IDA, frozenset({people.in_cluster(midt, Role.POLITICIAN)}))
    assert list(refused.value.message_dict) == ["username"]


def test_a_new_user_needs_a_role(administrator: User):
    with pytest.raises(ValidationError) as refused:
        create_user(administrator, "ida", IDA, frozenset())
    assert list(refused.value.message_dict) == ["roles"]


# Changing


def test_roles_are_given_and_taken_away(administrator: User, coordinator: User, midt: Cluster):
    assert change(administrator, coordinator, {people.in_cluster(midt, Role.SECRETARIAT)})
    assert people.held(coordinator) == {(midt.name, "secretariat")}
    assert people.traces(coordinator) == ["granted", "withdrawn"]


def test_roles_elsewhere_stay_untouched(administrator: User, coordinator: User, midt: Cluster):
    people.give(coordinator, people.neighbour(midt), Role.SECRETARIAT)
    change(administrator, coordinator, {people.in_cluster(midt, Role.POLITICIAN)})
    assert people.held(coordinator) == {(midt.name, "politician"), ("Sundhedsklynge Nabo", "secretariat")}


def test_a_new_name_and_email_are_traced_with_what_they_were(administrator: User, coordinator: User):
    change(administrator, coordinator, first_name="Kirsten Marie", email="km@eksempel.dk")
    acts = coordinator.administrative_acts.order_by("pk").values_list("kind", "before", "after")
    assert list(acts) == [
        ("name", "Kirsten", "Kirsten Marie"),
        ("email", "kirsten@eksempel.dk", "km@eksempel.dk"),
    ]


def test_an_old_email_no_longer_leads_to_the_user(administrator: User, coordinator: User):
    EmailAddress.objects.create(user=coordinator, email="kirsten@eksempel.dk", primary=True)
    change(administrator, coordinator, email="km@eksempel.dk")
    assert not EmailAddress.objects.filter(email="kirsten@eksempel.dk").exists()


def test_saving_without_a_change_leaves_no_trace(administrator: User, coordinator: User):
    assert change(administrator, coordinator) is False
    assert people.traces(coordinator) == []


def test_a_user_of_another_cluster_cannot_be_changed(administrator: User, stranger: User):
    with pytest.raises(PermissionDenied):
        change(administrator, stranger)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.POLITICIAN, Role.SECRETARIAT])
def test_only_an_administrator_changes_users(role: Role, coordinator: User, midt: Cluster):
    with pytest.raises(PermissionDenied):
        change(build.user("uden", role, midt), coordinator)


def test_the_last_role_is_not_taken_away(administrator: User, coordinator: User):
    with pytest.raises(ValidationError) as refused:
        change(administrator, coordinator, set())
    assert list(refused.value.message_dict) == ["roles"]


def test_all_roles_here_may_go_where_the_user_has_one_elsewhere(administrator: User, coordinator: User, midt: Cluster):
    people.give(coordinator, people.neighbour(midt), Role.COORDINATOR)
    change(administrator, coordinator, set())
    assert people.held(coordinator) == {("Sundhedsklynge Nabo", "coordinator")}


# The whole user: name, e-mail, link and access


@pytest.fixture
def shared(coordinator: User, midt: Cluster) -> User:
    """A coordinator of Midt who is an administrator of the neighbour."""
    people.give(coordinator, people.neighbour(midt), Role.ADMINISTRATOR)
    return coordinator


def test_the_email_of_somebody_with_roles_elsewhere_cannot_be_taken_over(administrator: User, shared: User):
    with pytest.raises(PermissionDenied):
        change(administrator, shared, email="anders-privat@eksempel.dk")
    assert people.again(shared).email == "kirsten@eksempel.dk"


def test_somebody_with_roles_elsewhere_is_not_deactivated_from_here(administrator: User, shared: User):
    with pytest.raises(ValidationError):
        deactivate(administrator, shared, "Stoppet")


def test_who_administers_all_the_places_answers_for_the_whole_user(shared: User, midt: Cluster):
    above = people.region_administrator(midt.region)
    change(above, shared, email="km@eksempel.dk")
    assert people.again(shared).email == "km@eksempel.dk"


@pytest.mark.parametrize("power", ["is_staff", "is_superuser"])
def test_who_keeps_the_portal_running_is_not_taken_over_either(power: str, administrator: User, coordinator: User):
    User.objects.filter(pk=coordinator.pk).update(**{power: True})
    assert not people.seen(administrator, coordinator).whole


def test_one_may_change_the_own_name_whatever_roles_one_has_elsewhere(administrator: User, midt: Cluster):
    people.give(administrator, people.neighbour(midt), Role.COORDINATOR)
    change(administrator, administrator, last_name="Andersen")
    assert people.again(administrator).last_name == "Andersen"


# The last administrator


def test_one_cannot_take_away_the_own_administrator_role(administrator: User, midt: Cluster):
    build.user("bo", Role.ADMINISTRATOR, midt)
    subject = people.seen(administrator, administrator)
    found = problems(subject, people.identity(administrator), frozenset({people.in_cluster(midt, Role.COORDINATOR)}))
    assert "dig selv" in found[f"cluster-{midt.pk}"]


def test_another_administrator_may_lose_the_role(administrator: User, midt: Cluster):
    bo = build.user("bo", Role.ADMINISTRATOR, midt)
    change(administrator, bo, {people.in_cluster(midt, Role.POLITICIAN)})
    assert people.held(bo) == {(midt.name, "politician")}


def test_the_last_administrator_of_a_cluster_keeps_the_role(administrator: User, midt: Cluster):
    with pytest.raises(ValidationError, match="eneste administrator i Sundhedsklynge Midt"):
        change(people.superuser(), administrator, {people.in_cluster(midt, Role.POLITICIAN)})


def test_a_deactivated_administrator_does_not_count(administrator: User, midt: Cluster):
    bo = build.user("bo", Role.ADMINISTRATOR, midt)
    deactivate(administrator, bo, "Stoppet")
    with pytest.raises(ValidationError, match="eneste administrator"):
        change(people.superuser(), administrator, {people.in_cluster(midt, Role.POLITICIAN)})


def test_an_administrator_of_the_region_counts_for_its_clusters(administrator: User, midt: Cluster):
    above = people.region_administrator(midt.region)
    change(above, administrator, {people.in_cluster(midt, Role.POLITICIAN)})
    assert people.held(administrator) == {(midt.name, "politician")}


def test_the_own_role_in_the_region_covers_a_lost_one_in_the_cluster(administrator: User, midt: Cluster):
    Membership.objects.create(user=administrator, region=midt.region, role=Role.ADMINISTRATOR)
    change(people.superuser(), administrator, {people.in_region(midt.region, Role.ADMINISTRATOR)})
    assert people.held(administrator) == {(midt.region.name, "administrator")}


def test_the_last_administrator_of_a_region_keeps_the_role(midt: Cluster):
    above = people.region_administrator(midt.region)
    with pytest.raises(ValidationError, match=f"eneste administrator i {midt.region.name}"):
        change(people.superuser(), above, {people.in_cluster(midt, Role.ADMINISTRATOR)})


def test_the_last_administrator_is_not_deactivated(administrator: User):
    with pytest.raises(ValidationError, match="eneste administrator"):
        deactivate(people.superuser(), administrator, "Stoppet")


def test_of_two_who_take_the_role_from_each_other_the_second_is_refused(administrator: User, midt: Cluster):
    bo = build.user("bo", Role.ADMINISTRATOR, midt)
    loaded_by_bo = people.seen(bo, administrator)
    change(administrator, bo, {people.in_cluster(midt, Role.POLITICIAN)})
    with pytest.raises(PermissionDenied):
        change_user(
            bo, administrator, loaded_by_bo.fingerprint, people.identity(administrator),
            frozenset({people.in_cluster(midt, Role.POLITICIAN)}),
        )  # fmt: skip


# Two at once


def test_what_somebody_else_saved_meanwhile_is_not_overwritten(administrator: User, coordinator: User, midt: Cluster):
    loaded = people.seen(administrator, coordinator)
    change(build.user("bo", Role.ADMINISTRATOR, midt), coordinator, last_name="Berg")
    with pytest.raises(AdministrationConflict):
        change_user(
            administrator, coordinator, loaded.fingerprint,
            Identity("Kirsten", "Dal", "kirsten@eksempel.dk"), loaded.here,
        )  # fmt: skip
    assert people.again(coordinator).last_name == "Berg"


@pytest.mark.parametrize("what", ["first_name", "last_name", "email", "is_active"])
def test_the_fingerprint_tells_of_every_field(what: str, administrator: User, coordinator: User):
    before = people.seen(administrator, coordinator).fingerprint
    User.objects.filter(pk=coordinator.pk).update(**{what: False if what == "is_active" else "andet"})
    assert people.seen(administrator, coordinator).fingerprint != before


def test_the_fingerprint_tells_of_a_role(administrator: User, coordinator: User, midt: Cluster):
    before = people.seen(administrator, coordinator).fingerprint
    people.give(coordinator, midt, Role.POLITICIAN)
    assert people.seen(administrator, coordinator).fingerprint != before


def test_a_role_given_elsewhere_is_no_conflict(administrator: User, coordinator: User, midt: Cluster):
    before = people.seen(administrator, coordinator).fingerprint
    people.give(coordinator, people.neighbour(midt), Role.POLITICIAN)
    assert people.seen(administrator, coordinator).fingerprint == before


# Access


def test_a_deactivated_user_keeps_roles_and_facts(administrator: User, coordinator: User, midt: Cluster):
    plan = build.plan(midt, "Prøveplan")
    report = build.status(build.initiative("P1", build.theme(plan)), reported_by=coordinator)
    deactivate(administrator, coordinator, "Stoppet i kommunen")
    assert not people.again(coordinator).is_active
    assert StatusReport.objects.get(pk=report.pk).reported_by == coordinator
    assert people.held(coordinator) == {(midt.name, "coordinator")}


def test_the_reason_is_kept(administrator: User, coordinator: User):
    deactivate(administrator, coordinator, " Stoppet i kommunen ")
    assert coordinator.administrative_acts.get().reason == "Stoppet i kommunen"


def test_deactivating_needs_a_reason(administrator: User, coordinator: User):
    with pytest.raises(ValidationError), transaction.atomic():
        deactivate(administrator, coordinator, "  ")
    assert people.again(coordinator).is_active


def test_one_cannot_deactivate_oneself(administrator: User, midt: Cluster):
    build.user("bo", Role.ADMINISTRATOR, midt)
    assert "dig selv" in access_problem(people.seen(administrator, administrator))
    with pytest.raises(ValidationError):
        deactivate(administrator, administrator, "Ferie")


def test_reactivating_opens_the_access_and_needs_no_reason(administrator: User, coordinator: User):
    deactivate(administrator, coordinator, "Orlov")
    reactivate(administrator, coordinator, "")
    assert people.again(coordinator).is_active
    assert people.traces(coordinator) == ["deactivated", "reactivated"]


@pytest.mark.parametrize("act", [deactivate, reactivate])
def test_what_another_has_already_done_is_not_done_twice(act, administrator: User, coordinator: User):
    User.objects.filter(pk=coordinator.pk).update(is_active=act is reactivate)
    with pytest.raises(AdministrationConflict):
        act(administrator, coordinator, "Stoppet")
    assert people.traces(coordinator) == []


def test_a_deactivated_administrator_can_do_nothing(administrator: User, coordinator: User):
    User.objects.filter(pk=administrator.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        deactivate(administrator, coordinator, "Stoppet")


# The trace


def test_the_trace_is_not_changed_afterwards(administrator: User, coordinator: User):
    deactivate(administrator, coordinator, "Stoppet")
    act = coordinator.administrative_acts.get()
    act.reason = "Noget andet"
    with pytest.raises(AppendOnlyError):
        act.save()
    with pytest.raises(AppendOnlyError):
        AdministrativeAct.objects.all().delete()
