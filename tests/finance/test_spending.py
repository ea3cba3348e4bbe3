"""A coordinator proposes spend on own initiatives, an economist posts it."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from finance.posting import post
from finance.shapes import Line
from finance.spending import may_register_spend, register_spend
from initiatives.access import Role
from initiatives.models import Cluster, Initiative, Person, User
from tests import build

from . import build_ledger as ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def cluster() -> Cluster:
    return ledger.ledger()


@pytest.fixture
def five(cluster: Cluster) -> Initiative:
    return ledger.initiative(cluster)


@pytest.fixture
def karen(cluster: Cluster) -> User:
    return build.user("karen", Role.COORDINATOR, cluster)


def answered_for(initiative: Initiative, by: User | None) -> Initiative:
    initiative.responsible = Person.objects.create(name="Ansvarlig", role="Chef", user=by)
    initiative.save()
    return initiative


def test_a_coordinators_spend_is_a_proposal_until_an_economist_posts_it(cluster, five, karen):
    erik = build.user("erik", Role.ECONOMIST, cluster)
    proposal = register_spend(karen, ledger.heading(cluster), Line(five), Decimal(100))
    assert (proposal.state, proposal.entered_by) == ("proposed", karen)
    assert post(proposal, erik).posted_by == erik
    assert register_spend(erik, ledger.heading(cluster), Line(five), Decimal(1)).is_posted


@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.SECRETARIAT, Role.ADMINISTRATOR])
def test_other_roles_register_nothing(cluster, five, role):
    with pytest.raises(PermissionDenied):
        register_spend(build.user("anden", role, cluster), ledger.heading(cluster), Line(five), Decimal(1))


def test_own_is_what_nobody_else_answers_for_in_an_own_cluster(cluster, five, karen):
    assert may_register_spend(karen, answered_for(five, None))
    five.responsible.user = karen
    assert may_register_spend(karen, five)
    five.responsible.user = build.user("kaj", Role.COORDINATOR, cluster)
    assert not may_register_spend(karen, five)
    elsewhere = ledger.initiative(ledger.ledger("fremmed", "Sundhedsklynge Fremmed"))
    assert not may_register_spend(karen, elsewhere)
