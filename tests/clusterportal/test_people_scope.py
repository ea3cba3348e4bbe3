"""Which users and places an administrator answers for."""

import pytest
from django.core.exceptions import PermissionDenied

from clusterportal.people.scope import Scope, may_administer
from initiatives.access import Role
from initiatives.models import Cluster, User

from .. import build
from . import build_people as people


def names(scope: Scope) -> list[str]:
    return [place.name for place in scope.places]


def test_administrator_of_a_cluster_answers_for_that_cluster_alone(administrator: User, midt: Cluster):
    people.neighbour(midt)
    assert names(Scope.of(administrator)) == [midt.name]


def test_administrator_of_a_region_answers_for_it_and_for_its_clusters(midt: Cluster):
    people.neighbour(midt)
    build.cluster()  # in another region
    scope = Scope.of(people.region_administrator(midt.region))
    assert names(scope) == [midt.region.name, midt.name, "Sundhedsklynge Nabo"]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.POLITICIAN, Role.SECRETARIAT])
def test_other_roles_administer_nothing(role: Role, midt: Cluster):
    user = build.user("uden", role, midt)
    assert Scope.of(user).places == ()
    assert not may_administer(user)
    with pytest.raises(PermissionDenied):
        Scope.required(user)


def test_an_administrators_other_roles_open_no_further_place(administrator: User, midt: Cluster):
    people.give(administrator, people.neighbour(midt), Role.COORDINATOR)
    assert names(Scope.of(administrator)) == [midt.name]


def test_users_of_the_own_cluster_are_seen_and_strangers_are_not(
    administrator: User, coordinator: User, stranger: User
):
    assert set(Scope.of(administrator).users()) == {administrator, coordinator}


def test_who_works_in_the_cluster_through_the_region_is_seen(administrator: User, midt: Cluster):
    above = people.region_administrator(midt.region)
    assert above in Scope.of(administrator).users()


def test_a_user_of_several_clusters_is_seen_once(administrator: User, coordinator: User, midt: Cluster):
    people.give(coordinator, midt, Role.SECRETARIAT)
    people.give(coordinator, people.neighbour(midt), Role.COORDINATOR)
    assert Scope.of(administrator).users().filter(pk=coordinator.pk).count() == 1


def test_a_superuser_answers_for_everybody_even_without_a_role(midt: Cluster, stranger: User):
    nobody = User.objects.create_user("ingen", "ingen@eksempel.dk")
    scope = Scope.of(people.superuser())
    assert {stranger, nobody} <= set(scope.users())
    assert midt.name in names(scope)


def test_scope_of_an_administrator_costs_one_query(administrator: User, midt: Cluster, queries):
    people.neighbour(midt)
    assert queries(lambda: Scope.of(administrator)) == 1
