"""Money from grant to carry-over: one figure, one method, whoever asks."""

from datetime import date
from decimal import Decimal

import pytest

from finance.annex import annex
from finance.models import Entry, Voucher
from finance.posting import post_adjustment, post_contribution, post_grant, post_pool_carry_over
from finance.shapes import Line
from finance.states import MoneyStates, pools, states_by_year, states_of, states_of_all
from initiatives.models import Cluster

from . import build_ledger as ledger

pytestmark = pytest.mark.django_db
MARCH = date(2025, 3, 1)


@pytest.fixture
def cluster() -> Cluster:
    """STIME in 2023 in small: Jammerbugt gets 1.000, Aalborg pays 300, 650 is spent and 350 goes on."""
    cluster = ledger.ledger()
    line, aalborg = ledger.line(cluster), ledger.party(cluster, "Aalborg Kommune")
    ledger.grant(cluster, "5000", party=aalborg, held_on=date(2024, 1, 1))
    ledger.allocate(line, "900", held_on=date(2024, 5, 1))
    post_adjustment(ledger.heading(cluster, held_on=date(2024, 5, 2)), Decimal(100), line=line)
    post_contribution(ledger.heading(cluster, held_on=date(2024, 6, 1)), line, aalborg, Decimal(300))
    ledger.spend(line, "650", held_on=date(2024, 12, 1))
    ledger.carry_over(cluster, held_on=date(2025, 2, 1))
    return cluster


@pytest.fixture
def line(cluster: Cluster) -> Line:
    return ledger.line(cluster)


def test_each_state_follows_the_one_before(line):
    def on(*day: int) -> tuple[Decimal, ...]:
        now = states_of(line.initiative, date(*day))
        return now.allocated, now.contributed, now.spent, now.carried_over, now.remaining

    assert on(2024, 4, 30) == (0, 0, 0, 0, 0)
    assert on(2024, 5, 1) == (900, 0, 0, 0, 900)
    assert on(2024, 6, 1) == (1000, 300, 0, 0, 1000)
    assert on(2024, 12, 1) == (1000, 300, 650, 0, 350)
    assert on(2025, 2, 1) == (1000, 300, 650, 350, 0)


def test_each_figure_alone_is_the_one_of_the_states(cluster, line):
    entries = Entry.objects.filter(initiative=line.initiative).counted_on(MARCH)
    now = states_of(line.initiative, MARCH)
    assert now == MoneyStates(
        entries.granted(), entries.allocated(), entries.contributed(), entries.spent(), entries.carried_over()
    )
    assert now.remaining == entries.remaining() == 0
    assert states_of_all(cluster, MARCH) == {line.initiative.pk: now}
    assert sum((of.spent for of in states_by_year(line.initiative, MARCH).values()), Decimal(0)) == now.spent


def test_proposals_count_only_where_they_are_asked_for(cluster, line):
    ledger.spend(line, "7", state=Voucher.State.PROPOSED)
    assert states_of(line.initiative, MARCH).spent == 650
    assert states_of(line.initiative, MARCH, proposed=True).spent == 657


def test_a_grant_for_the_initiative_alone_is_told_as_granted(cluster, line):
    assert states_of(line.initiative, MARCH).granted == 0
    post_grant(ledger.heading(cluster), Decimal(80), line=Line(line.initiative))
    assert states_of(line.initiative, MARCH).granted == 80


def test_it_is_taken_from_the_year_it_leaves(line):
    years = states_by_year(line.initiative, MARCH)
    assert (years[2024].carried_over, years[2024].remaining) == (350, 0)


def test_the_annex_has_the_same_money(cluster, line):
    [shown] = annex(cluster, date(2024, 12, 31)).lines
    now = states_of(line.initiative, date(2024, 12, 31))
    assert (shown.allocated, shown.spent, shown.variance) == (now.allocated, now.spent, now.remaining)


def test_a_pool_is_told_by_party_and_year(cluster):
    aalborg = ledger.party(cluster, "Aalborg Kommune")
    decisions = {"decision": ledger.decision(cluster), "party_decision": ledger.decision(cluster, "Ja", by=aalborg)}
    post_pool_carry_over(ledger.heading(cluster, 2025, MARCH, **decisions), 2024, Decimal(4700), aalborg)
    found = {(pool.party_id, pool.budget_year): pool for pool in pools(cluster, MARCH)}
    of_2024, of_2025 = found[aalborg.pk, 2024], found[aalborg.pk, 2025]
    assert (of_2024.granted, of_2024.used, of_2024.carried, of_2024.remaining) == (5000, 300, -4700, 0)
    assert (of_2025.granted, of_2025.used, of_2025.carried, of_2025.remaining) == (0, 0, 4700, 4700)
    common = found[None, 2024]
    assert (common.used, common.adjusted, common.remaining) == (600, -100, -700)
    assert sum(pool.remaining for pool in found.values()) == sum(
        Entry.objects.filter(account__kind="pool", voucher__cluster=cluster).values_list("amount", flat=True)
    )


def test_the_cost_is_one_query(cluster, line, queries):
    for ask in (
        lambda: states_of(line.initiative, MARCH),
        lambda: states_by_year(line.initiative, MARCH),
        lambda: states_of_all(cluster, MARCH),
        lambda: pools(cluster, MARCH),
    ):
        assert queries(ask) == 1
