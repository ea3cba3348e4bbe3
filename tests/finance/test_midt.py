"""Sundhedsklynge Midt's annex as the evaluation printed it, from the loaded facts."""

from datetime import date
from decimal import Decimal

import pytest

from finance.annex import annex
from finance.differences import differences
from finance.models import Voucher
from finance.shapes import Line, Movement, check
from finance.totals import cluster_funds
from initiatives.money import total

END_OF_2024 = date(2024, 12, 31)
TODAY = date(2026, 11, 22)

# Annex 1, page by page: number, recipient, spent, allocated, variance.
PRINTED = [
    ("1", "", 50000, 750000, 700000),
    ("1A", "", 250000, 250000, 0),
    ("2", "", 500000, 500000, 0),
    ("5", "Jammerbugt Kommune", 334528, 270000, -64528),
    ("5", "Aalborg Kommune", 837248, 850000, 12752),
    ("6", "Jammerbugt Kommune", 578207, 580000, 1793),
    ("6", "Aalborg Kommune", 890500, 1420000, 529500),
    ("7", "", 300000, 300000, 0),
    ("8", "", 316000, 500000, 184000),
    ("10A", "", 700000, 700000, 0),
    ("10B", "Jammerbugt Kommune", 334686, 300000, -34686),
    ("12", "Jammerbugt Kommune", 51919, 188000, 136081),
    ("12", "Aalborg Kommune", 112000, 112000, 0),
    ("13", "", 0, 300000, 300000),
]


def test_every_line_is_as_printed(midt):
    lines = [
        (
            line.initiative.number,
            line.recipient.name if line.recipient else "",
            line.spent,
            line.allocated,
            line.variance,
        )
        for line in annex(midt, END_OF_2024).lines
    ]
    assert lines == PRINTED


def test_the_totals_are_as_printed(midt):
    end = annex(midt, END_OF_2024)
    assert (end.spent, end.allocated, end.variance) == (Decimal(5255088), Decimal(7020000), Decimal(1764912))
    assert (end.carried, end.accounted_through) == (Decimal(0), 2024)


def test_the_lines_of_2025_are_as_printed(midt):
    end = annex(midt, END_OF_2024)
    assert [(line.initiative.number, line.budget_year, line.allocated) for line in end.later] == [
        ("5", 2025, Decimal(595000)),
        ("6", 2025, Decimal(645000)),
        ("8", 2025, Decimal(360000)),
        ("14", 2025, Decimal(165000)),
    ]
    assert end.later_total == Decimal(1765000)


def test_the_day_before_nothing_is_known(midt):
    before = annex(midt, date(2024, 12, 30))
    assert (before.lines, before.later) == ((), ())


@pytest.mark.parametrize("day", [date(2025, 6, 1), TODAY])
def test_from_2025_the_rest_is_carried_over(midt, day):
    shown = annex(midt, day)
    assert (shown.spent, shown.allocated, shown.carried) == (
        Decimal(5255088),
        Decimal(8785000),
        Decimal(-1764912),
    )
    assert (shown.variance, shown.open_years, shown.later) == (Decimal(1765000), (2025,), ())


@pytest.mark.parametrize("day", [END_OF_2024, date(2025, 6, 1), TODAY])
def test_the_cluster_funds_are_spent_and_allocated_later(midt, day):
    funds = {pk: sums.total for pk, sums in cluster_funds(midt, day).items()}
    numbers = dict(midt.initiatives.values_list("number", "pk"))
    assert funds[numbers["5"]] == Decimal(1766776)
    assert funds[numbers["12"]] == Decimal(163919)
    assert total(funds.values()) == Decimal(7020088)


def test_the_carry_over_is_what_every_line_had_left(midt):
    [carry_over] = Voucher.objects.filter(cluster=midt, kind=Voucher.Kind.CARRY_OVER)
    entries = carry_over.entries.filter(account__kind="allocated")
    carried = {(entry.initiative_id, entry.recipient_id): entry.amount for entry in entries}
    left = {
        (line.initiative.pk, line.recipient.pk if line.recipient else None): -line.variance
        for line in annex(midt, END_OF_2024).lines
        if line.variance
    }
    assert carried == left


def test_every_loaded_voucher_has_the_shape_that_posting_gives(midt):
    for voucher in Voucher.objects.filter(cluster=midt):
        entries = list(voucher.entries.select_related("account", "initiative", "recipient"))
        movements = [
            Movement(
                entry.account,
                entry.amount or Decimal(0),
                entry.budget_year,
                Line(entry.initiative, entry.recipient) if entry.initiative else None,
            )
            for entry in entries
        ]
        check(midt, Voucher.Kind(voucher.kind), voucher.budget_year, movements)
        assert [entry.position for entry in entries] == list(range(1, len(entries) + 1))


def test_the_print_and_the_ledger_disagree_in_four_places(midt):
    assert {(found.subject, found.printed, found.above) for found in differences(midt, END_OF_2024)} == {
        ("cluster-funds:midt/12", "300.000 kr.", Decimal(136081)),
        ("spent-total:midt/2024", "5.255.088 mio. kr.", None),
        ("variance-total:midt/2024", "1.764.912 mio. kr.", None),
        ("carried-over:midt/2025", "1.765.000", Decimal(88)),
    }
