"""Who sees and does what: memberships, roles, regions."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from initiatives.access import ALLOWED, Act, Rights, Role, rights_of
from initiatives.models import Actor, Cluster, Initiative, Membership, User
from tests import build

MIDT, NORD = 1, 2


def test_rights_collect_the_roles_of_each_cluster():
    rights = Rights.from_rows([(MIDT, None, "coordinator"), (MIDT, None, "secretariat"), (NORD, None, "politician")])
    assert rights.roles == {MIDT: {"coordinator", "secretariat"}, NORD: {"politician"}}


def test_a_membership_of_a_region_counts_in_each_of_its_clusters():
    rights = Rights.from_rows([(None, MIDT, "secretariat"), (None, NORD, "secretariat")])
    assert sorted(rights.clusters) == [MIDT, NORD]


def test_a_region_without_clusters_gives_nothing():
    assert Rights.from_rows([(None, None, "secretariat")]).clusters == []


@pytest.mark.parametrize(
    ("act", "roles"),
    [
        (Act.REPORT_STATUS, {Role.COORDINATOR}),
        (Act.MAKE_REPORT, {Role.SECRETARIAT}),
        (Act.ADMINISTER, {Role.ADMINISTRATOR}),
    ],
)
def test_each_act_is_open_to_its_roles_alone(act, roles):
    may = {role for role in Role if Rights({MIDT: frozenset({role})}).may(act, MIDT)}
    assert may == roles


def test_every_act_says_who_may_do_it():
    assert set(ALLOWED) == set(Act)


def test_a_role_counts_only_in_its_own_cluster():
    rights = Rights({MIDT: frozenset({Role.COORDINATOR}), NORD: frozenset({Role.POLITICIAN})})
    assert rights.may(Act.REPORT_STATUS, MIDT)
    assert not rights.may(Act.REPORT_STATUS, NORD)
    assert rights.may_somewhere(Act.REPORT_STATUS)


@pytest.mark.parametrize("cluster_id", [None, 0, 99])
def test_nothing_is_allowed_where_there_is_no_cluster(cluster_id):
    rights = Rights({MIDT: frozenset({Role.COORDINATOR})})
    assert not rights.may(Act.REPORT_STATUS, cluster_id)
    with pytest.raises(PermissionDenied):
        rights.require(Act.REPORT_STATUS, cluster_id)


def test_a_refusal_names_the_act():
    with pytest.raises(PermissionDenied, match="rapportere status"):
        Rights().require(Act.REPORT_STATUS, MIDT)


def test_what_is_allowed_is_not_refused():
    assert Rights({MIDT: frozenset({Role.COORDINATOR})}).require(Act.REPORT_STATUS, MIDT) is None


def test_nobody_has_no_rights():
    assert rights_of(AnonymousUser()) == Rights()


@pytest.fixture
def nord(db) -> Cluster:
    return build.cluster("nord", "Sundhedsklynge Nord")


@pytest.fixture
def two_initiatives(nord) -> tuple[Initiative, Initiative]:
    own = build.initiative("1")
    return own, build.initiative("1", build.theme(build.plan(nord)))


def test_a_member_sees_the_rows_of_own_clusters_alone(two_initiatives):
    member = build.user("karen", Role.COORDINATOR)
    assert list(Initiative.objects.visible_to(member)) == [two_initiatives[0]]
    assert list(Cluster.objects.visible_to(member)) == [two_initiatives[0].cluster]


def test_nobody_and_a_user_without_roles_see_nothing(two_initiatives):
    without = User.objects.create_user("uden", "uden@eksempel.dk")
    assert not Initiative.objects.visible_to(without).exists()
    assert not Initiative.objects.visible_to(AnonymousUser()).exists()


def test_two_roles_in_a_cluster_show_its_rows_once(two_initiatives):
    member = build.user("karen", Role.COORDINATOR)
    Membership.objects.create(user=member, cluster=build.cluster(), role=Role.SECRETARIAT)
    assert Initiative.objects.visible_to(member).count() == 1


def test_a_member_of_the_region_sees_all_its_clusters_and_no_other(two_initiatives):
    build.initiative("1", build.theme(build.plan(other_region())))
    member = User.objects.create_user("rita", "rita@eksempel.dk")
    Membership.objects.create(user=member, region=build.region(), role=Role.SECRETARIAT)
    assert set(Initiative.objects.visible_to(member)) == set(two_initiatives)


def other_region() -> Cluster:
    away = Actor.objects.create(name="Region Andetsteds", kind=Actor.Kind.REGION)
    return Cluster.objects.create(slug="andre", name="Andre", kind=Cluster.Kind.CLUSTER, region=away)


def test_all_rights_of_a_request_cost_one_query(two_initiatives, queries):
    member = User.objects.get(pk=build.user("karen", Role.COORDINATOR).pk)
    assert queries(lambda: [member.rights.may(Act.REPORT_STATUS, n) for n in range(5)]) == 1


@pytest.mark.parametrize("both", [True, False])
def test_a_membership_is_of_a_cluster_or_of_a_region(db, both):
    member = build.user("karen", Role.COORDINATOR)
    where = {"cluster": build.cluster(), "region": build.region()} if both else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=member, role=Role.SECRETARIAT, **where)


def test_a_role_is_held_once_in_a_cluster(db):
    member = build.user("karen", Role.COORDINATOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=member, cluster=build.cluster(), role=Role.COORDINATOR)
