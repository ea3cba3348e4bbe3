"""A carry-over moves what each line has left into the next year, once."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from finance.lines import accounted_years, line_years
from finance.models import Voucher
from initiatives.models import Cluster

from . import build_ledger as ledger

pytestmark = pytest.mark.django_db

NEW_YEAR = date(2025, 1, 1)


@pytest.fixture
def cluster() -> Cluster:
    """Initiative 1 has 700.000 left, 5 overspent 64.528 and 2 met its frame."""
    cluster = ledger.ledger()
    ledger.used(ledger.line(cluster, "1", None), "750000", "50000")
    ledger.used(ledger.line(cluster, "2", None), "500000", "500000")
    ledger.used(ledger.line(cluster, "5"), "270000", "334528")
    return cluster


def amounts(voucher: Voucher) -> list[tuple[str, str, Decimal | None]]:
    return [
        (entry.account.kind, entry.initiative.number if entry.initiative else "", entry.amount)
        for entry in voucher.entries.all()
    ]


def test_each_line_that_is_not_in_balance_goes_to_the_pool(cluster):
    assert amounts(ledger.carry_over(cluster)) == [
        ("allocated", "1", Decimal("-700000.00")),
        ("allocated", "5", Decimal("64528.00")),
        ("pool", "", Decimal("635472.00")),
    ]


def test_the_entry_keeps_the_recipient(cluster):
    entry = ledger.carry_over(cluster).entries.get(initiative__number="5")
    assert entry.recipient is not None
    assert entry.recipient.name == "Jammerbugt Kommune"


def test_the_budget_year_is_the_one_carried_into(cluster):
    voucher = ledger.carry_over(cluster, into=2025)
    assert (voucher.kind, voucher.budget_year) == ("carry_over", 2025)


def test_rests_that_cancel_out_need_no_entry_on_the_pool(cluster):
    ledger.spend(ledger.line(cluster, "2", None), "635472")
    voucher = ledger.carry_over(cluster)
    assert [kind for kind, _number, _amount in amounts(voucher)] == ["allocated"] * 3


def test_a_second_carry_over_finds_nothing_left(cluster):
    ledger.carry_over(cluster)
    with pytest.raises(ValidationError, match="2025"):
        ledger.carry_over(cluster)


def test_what_was_spent_late_is_carried_by_a_second_one(cluster):
    ledger.carry_over(cluster)
    ledger.spend(ledger.line(cluster, "1", None), "1000", held_on=date(2025, 2, 1))
    assert amounts(ledger.carry_over(cluster, held_on=date(2025, 3, 1))) == [
        ("allocated", "1", Decimal("1000.00")),
        ("pool", "", Decimal("-1000.00")),
    ]


def test_the_next_year_carries_its_own_rest_alone(cluster):
    ledger.carry_over(cluster)
    ledger.allocate(ledger.line(cluster, "5"), "595000", budget_year=2025)
    assert amounts(ledger.carry_over(cluster, into=2026, held_on=date(2025, 12, 31))) == [
        ("allocated", "5", Decimal("-595000.00")),
        ("pool", "", Decimal("595000.00")),
    ]


def test_the_year_carried_into_is_not_carried(cluster):
    ledger.allocate(ledger.line(cluster, "14", None), "165000", budget_year=2025)
    assert "14" not in [number for _kind, number, _amount in amounts(ledger.carry_over(cluster))]


@pytest.mark.parametrize(("into", "held_on"), [(2024, ledger.END_OF_2024), (2025, date(2024, 12, 30))])
def test_nothing_is_carried_behind_a_later_carry_over(cluster, into, held_on):
    ledger.used(ledger.line(cluster, "8", None), "10", "1", budget_year=2023, held_on=date(2023, 12, 31))
    ledger.carry_over(cluster)
    with pytest.raises(ValidationError) as refused:
        ledger.carry_over(cluster, into=into, held_on=held_on)
    assert refused.value.code == "closed"


def test_a_proposed_carry_over_closes_nothing(cluster):
    ledger.carry_over(cluster, into=2026, held_on=NEW_YEAR, state=Voucher.State.PROPOSED)
    assert len(amounts(ledger.carry_over(cluster))) == 3


def test_vouchers_that_hold_later_are_not_carried(cluster):
    ledger.allocate(ledger.line(cluster, "12", None), "5000", held_on=NEW_YEAR)
    assert "12" not in [number for _kind, number, _amount in amounts(ledger.carry_over(cluster))]


def test_another_cluster_is_left_alone(cluster):
    other = ledger.ledger("fremmed", "Sundhedsklynge Fremmed")
    ledger.used(ledger.line(other, "1", None), "100", "40")
    ledger.carry_over(cluster)
    assert amounts(ledger.carry_over(other))[0] == ("allocated", "1", Decimal("-60.00"))


def test_the_rest_of_every_line_is_zero_afterwards(cluster):
    ledger.carry_over(cluster)
    left = {row.line: Decimal(0) for row in line_years(cluster, NEW_YEAR)}
    for row in line_years(cluster, NEW_YEAR):
        left[row.line] += row.sums.variance
    assert set(left.values()) == {Decimal(0)}


def test_a_year_counts_as_accounted_from_its_day(cluster):
    ledger.account_for(cluster, 2024, on=date(2025, 3, 1))
    assert accounted_years(cluster, date(2025, 2, 28)) == frozenset()
    assert accounted_years(cluster, date(2025, 3, 1)) == {2024}
