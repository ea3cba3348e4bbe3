"""The annex on a day: years up to that of the day, later years apart, in printed order."""

from datetime import date
from decimal import Decimal

import pytest

from finance.annex import Annex, annex
from finance.models import Voucher
from initiatives.models import Cluster

from . import build_ledger as ledger

pytestmark = pytest.mark.django_db

BEFORE, END, SUMMER = date(2024, 12, 30), date(2024, 12, 31), date(2025, 6, 1)


@pytest.fixture
def cluster() -> Cluster:
    """Three lines of 2024, their rest carried over, and two lines of 2025."""
    cluster = ledger.ledger()
    ledger.used(ledger.line(cluster, "5", "Aalborg Kommune"), "850000", "837248")
    ledger.used(ledger.line(cluster, "5", "Jammerbugt Kommune"), "270000", "334528")
    ledger.used(ledger.line(cluster, "13", None), "300000", "0")
    ledger.carry_over(cluster)
    ledger.allocate(ledger.line(cluster, "14", None), "165000", budget_year=2025)
    ledger.allocate(ledger.line(cluster, "5", None), "595000", budget_year=2025)
    ledger.account_for(cluster)
    return cluster


def printed(of: Annex) -> list[tuple[str, str, int, int, int]]:
    return [
        (
            line.initiative.number,
            line.recipient.name if line.recipient else "",
            int(line.spent),
            int(line.allocated),
            int(line.variance),
        )
        for line in of.lines
    ]


def test_the_day_before_there_is_nothing(cluster):
    before = annex(cluster, BEFORE)
    assert (before.lines, before.later, before.spent, before.accounted_through) == ((), (), Decimal(0), None)


def test_lines_stand_in_printed_order_with_their_variance(cluster):
    assert printed(annex(cluster, END)) == [
        ("5", "Jammerbugt Kommune", 334528, 270000, -64528),
        ("5", "Aalborg Kommune", 837248, 850000, 12752),
        ("13", "", 0, 300000, 300000),
    ]


def test_the_totals_are_those_of_the_lines(cluster):
    end = annex(cluster, END)
    assert (end.spent, end.allocated, end.carried, end.variance) == (
        Decimal(1171776),
        Decimal(1420000),
        Decimal(0),
        Decimal(248224),
    )


def test_later_years_stand_apart(cluster):
    end = annex(cluster, END)
    assert [(line.initiative.number, line.budget_year, line.allocated) for line in end.later] == [
        ("5", 2025, Decimal(595000)),
        ("14", 2025, Decimal(165000)),
    ]
    assert end.later_total == Decimal(760000)


def test_a_later_year_tells_what_was_carried_into_it(cluster):
    [year] = annex(cluster, END).later_years
    assert (year.budget_year, year.total, year.carried_into) == (2025, Decimal(760000), Decimal(248224))


def test_each_later_year_has_its_own_lines(cluster):
    ledger.allocate(ledger.line(cluster, "5", None), "1000", budget_year=2026)
    years = annex(cluster, END).later_years
    assert [(year.budget_year, len(year.lines), year.total) for year in years] == [
        (2025, 2, Decimal(760000)),
        (2026, 1, Decimal(1000)),
    ]


def test_a_carry_over_into_a_year_without_allocations_makes_no_later_year():
    cluster = ledger.ledger()
    ledger.used(ledger.line(cluster, "5"), "100", "40")
    ledger.carry_over(cluster)
    assert annex(cluster, END).later_years == ()


def test_the_carry_over_shows_from_the_year_it_is_carried_into(cluster):
    assert [line.carried for line in annex(cluster, END).lines] == [Decimal(0)] * 3
    carried = {
        line.initiative.number + str(line.recipient or ""): line.carried for line in annex(cluster, SUMMER).lines
    }
    assert carried == {
        "5Jammerbugt Kommune": Decimal(64528),
        "5Aalborg Kommune": Decimal(-12752),
        "5": Decimal(0),
        "13": Decimal(-300000),
        "14": Decimal(0),
    }


def test_after_the_carry_over_the_old_lines_are_in_balance(cluster):
    variances = {line.label + str(line.recipient or ""): line.variance for line in annex(cluster, SUMMER).lines}
    assert variances == {
        "5. Prøve 5Jammerbugt Kommune": Decimal(0),
        "5. Prøve 5Aalborg Kommune": Decimal(0),
        "5. Prøve 5": Decimal(595000),
        "13. Prøve 13": Decimal(0),
        "14. Prøve 14": Decimal(165000),
    }


def test_the_frame_is_what_is_allocated_less_what_was_carried_on(cluster):
    summer = annex(cluster, SUMMER)
    assert (summer.allocated, summer.carried, summer.frame) == (
        Decimal(2180000),
        Decimal(-248224),
        Decimal(1931776),
    )
    assert summer.variance == summer.frame - summer.spent


def test_a_line_without_recipient_follows_those_that_name_one(cluster):
    assert [recipient for number, recipient, *_sums in printed(annex(cluster, SUMMER)) if number == "5"] == [
        "Jammerbugt Kommune",
        "Aalborg Kommune",
        "",
    ]


def test_initiatives_are_ordered_by_number_as_people_count():
    cluster = ledger.ledger()
    for number in ("10B", "2", "10A", "1A", "1", "12"):
        ledger.used(ledger.line(cluster, number), "100", "40")
    assert [line.initiative.number for line in annex(cluster, END).lines] == ["1", "1A", "2", "10A", "10B", "12"]


def test_the_label_is_number_and_short_title(cluster):
    assert [line.label for line in annex(cluster, END).lines][-1] == "13. Prøve 13"


def test_an_activity_without_number_is_labelled_by_its_title():
    cluster = ledger.ledger()
    ledger.used(ledger.line(cluster, ""), "100", "40")
    assert annex(cluster, END).lines[0].label == "Prøve "


@pytest.mark.parametrize(("day", "through", "open_years"), [(END, 2024, ()), (SUMMER, 2025, (2025,))])
def test_the_open_years_are_those_without_accounts(cluster, day, through, open_years):
    shown = annex(cluster, day)
    assert (shown.accounted_through, shown.through_year, shown.open_years) == (2024, through, open_years)


def test_the_accounts_go_through_the_last_accounted_year(cluster):
    ledger.account_for(cluster, 2023, on=date(2023, 12, 31))
    assert annex(cluster, END).accounted_through == 2024


def test_proposals_never_count(cluster):
    ledger.spend(ledger.line(cluster, "13", None), "1", state=Voucher.State.PROPOSED)
    ledger.allocate(ledger.line(cluster, "14", None), "1", budget_year=2025, state=Voucher.State.PROPOSED)
    assert (annex(cluster, END).spent, annex(cluster, END).later_total) == (Decimal(1171776), Decimal(760000))


def test_allocations_and_payments_of_a_line_do_not_multiply():
    cluster = ledger.ledger()
    line = ledger.line(cluster, "5")
    for amount in ("100", "50"):
        ledger.allocate(line, amount)
    for amount in ("10", "20", "30"):
        ledger.spend(line, amount)
    assert printed(annex(cluster, END)) == [("5", "Jammerbugt Kommune", 60, 150, 90)]


def test_a_late_payment_of_an_earlier_year_shows_from_its_own_day(cluster):
    ledger.spend(ledger.line(cluster, "13", None), "500", held_on=date(2025, 3, 1))
    assert annex(cluster, date(2025, 2, 28)).spent == Decimal(1171776)
    assert annex(cluster, date(2025, 3, 1)).spent == Decimal(1172276)


def test_another_clusters_money_is_not_shown(cluster):
    other = ledger.ledger("fremmed", "Sundhedsklynge Fremmed")
    ledger.used(ledger.line(other, "99"), "100", "40")
    assert "99" not in [line.initiative.number for line in annex(cluster, SUMMER).lines]


def test_the_cost_does_not_grow_with_the_lines(cluster, queries):
    few = queries(lambda: annex(cluster, END))
    for number in range(20, 40):
        ledger.used(ledger.line(cluster, str(number), f"Kommune {number}"), "100", "40")
    assert queries(lambda: annex(cluster, END)) == few == 4
