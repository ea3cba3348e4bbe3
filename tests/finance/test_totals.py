"""Cluster funds: spent in accounted years and allocated for the others, as known on a day."""

from datetime import date
from decimal import Decimal

import pytest

from finance.lines import LineYear, Sums
from finance.models import Voucher
from finance.totals import ClusterFunds, cluster_funds, funds_of
from initiatives.models import Cluster

from . import build_ledger as ledger

TODAY = date(2026, 11, 22)


def row(year: int, spent: str, allocated: str, initiative: int = 5, recipient: int | None = None) -> LineYear:
    return LineYear(initiative, recipient, year, Sums(Decimal(spent), Decimal(allocated)))


def test_an_accounted_year_counts_what_was_spent():
    assert funds_of([row(2024, "837248", "850000")], {2024}) == {5: ClusterFunds(Decimal(837248), Decimal(0))}


def test_a_year_not_yet_accounted_counts_what_is_allocated():
    assert funds_of([row(2025, "12", "595000")], {2024}) == {5: ClusterFunds(Decimal(0), Decimal(595000))}


def test_recipients_and_years_of_an_initiative_add_up():
    rows = [row(2024, "334528", "270000", recipient=1), row(2024, "837248", "850000", recipient=2)]
    funds = funds_of([*rows, row(2025, "0", "595000")], {2024})
    assert funds[5].total == Decimal(1766776)


def test_before_the_first_accounts_what_is_allocated_counts():
    assert funds_of([row(2024, "334528", "270000")], set())[5].total == Decimal(270000)


def test_initiatives_are_kept_apart():
    funds = funds_of([row(2024, "10", "20"), row(2024, "30", "40", initiative=6)], {2024})
    assert [funds[5].total, funds[6].total] == [Decimal(10), Decimal(30)]


@pytest.fixture
def cluster(db: None) -> Cluster:
    """The figures of Midt's initiative 5."""
    cluster = ledger.ledger()
    ledger.used(ledger.line(cluster, "5", "Jammerbugt Kommune"), "270000", "334528")
    ledger.used(ledger.line(cluster, "5", "Aalborg Kommune"), "850000", "837248")
    ledger.carry_over(cluster)
    ledger.allocate(ledger.line(cluster, "5", None), "595000", budget_year=2025)
    ledger.account_for(cluster)
    return cluster


def funds_on(cluster: Cluster, day: date) -> Decimal | None:
    funds = cluster_funds(cluster, day).get(ledger.initiative(cluster, "5").pk)
    return funds.total if funds else None


def test_the_day_before_there_is_nothing(cluster):
    assert funds_on(cluster, date(2024, 12, 30)) is None


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2025, 6, 1), TODAY])
def test_the_funds_stand_from_the_day_of_the_accounts(cluster, day):
    assert funds_on(cluster, day) == Decimal(1766776)


def test_an_initiative_without_entries_is_absent(cluster):
    ledger.initiative(cluster, "3")
    assert list(cluster_funds(cluster, TODAY)) == [ledger.initiative(cluster, "5").pk]


def test_proposals_never_count(cluster):
    line = ledger.line(cluster, "5", None)
    ledger.allocate(line, "1000000", budget_year=2025, state=Voucher.State.PROPOSED)
    ledger.spend(line, "1000000", state=Voucher.State.PROPOSED)
    assert funds_on(cluster, TODAY) == Decimal(1766776)


def test_two_allocations_and_three_payments_do_not_multiply(db):
    cluster = ledger.ledger()
    line = ledger.line(cluster, "5")
    for amount in ("100", "50"):
        ledger.allocate(line, amount)
    for amount in ("10", "20", "30"):
        ledger.spend(line, amount)
    assert funds_on(cluster, TODAY) == Decimal(150)
    ledger.account_for(cluster)
    assert funds_on(cluster, TODAY) == Decimal(60)


def test_amounts_are_exact_to_the_oere(db):
    cluster = ledger.ledger()
    for _payment in range(3):
        ledger.spend(ledger.line(cluster, "5"), "0.10")
    ledger.account_for(cluster)
    assert funds_on(cluster, TODAY) == Decimal("0.30")


def test_another_clusters_money_is_not_counted(cluster):
    other = ledger.ledger("fremmed", "Sundhedsklynge Fremmed")
    ledger.used(ledger.line(other, "5"), "100", "40")
    assert funds_on(cluster, TODAY) == Decimal(1766776)


def test_the_cost_does_not_grow_with_the_lines(cluster, queries):
    few = queries(lambda: cluster_funds(cluster, TODAY))
    for number in range(20, 40):
        ledger.used(ledger.line(cluster, str(number)), "100", "40")
    assert queries(lambda: cluster_funds(cluster, TODAY)) == few == 2
