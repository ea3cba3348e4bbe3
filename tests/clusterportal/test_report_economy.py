"""Annex 1 in print: rows, shares, bars, and the sentences computed from the sums."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from clusterportal.portfolio.overview import overview
from clusterportal.reports.economy import FULL_BAR, LONGEST_BAR, bar, economy, share
from finance.annex import annex
from finance.annex_page import annex_page
from finance.lines import accounted_years
from finance.shapes import Line
from initiatives.models import ActionPlan, Initiative
from tests import build
from tests.finance import build_ledger as ledger

from . import build_report as report

END_OF_2024 = date(2024, 12, 31)


@pytest.fixture
def plan(db: None) -> ActionPlan:
    return report.plan()


@pytest.fixture
def shown(plan: ActionPlan):
    """The annex of the plan on a day, with English sentences: those of the source, whatever is compiled."""

    def on(day=report.DAY):
        with translation.override("en"):
            accounted = accounted_years(plan.cluster, day)
            return economy(overview(plan, day, accounted), accounted)

    return on


def initiative(number: str) -> Initiative:
    return Initiative.objects.get(cluster__slug="proeve", number=number)


# Shares and bars.
@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        ("334528", "270000", "124 %"),
        ("578207", "580000", "99 %"),
        ("1000001", "1000000", "101 %"),
        ("1", "1000000", "1 %"),
        ("0", "300000", "0 %"),
        ("250000", "250000", "100 %"),
        ("5", "1000", "1 %"),
        ("50", "0", ""),
    ],
)
def test_a_share_never_says_all_or_nothing_where_it_is_not(part, whole, text):
    assert share(Decimal(part), Decimal(whole)) == text


@pytest.mark.parametrize(
    ("part", "whole", "length"),
    [
        ("500", "1000", "8.0"),
        ("1000", "1000", "16.0"),
        ("9000", "1000", "20.5"),
        ("-5", "1000", "0"),
        ("5", "0", "0.0"),
    ],
)
def test_a_bar_keeps_to_its_cell(part, whole, length):
    assert bar(Decimal(part), Decimal(whole), FULL_BAR, LONGEST_BAR) == Decimal(length)


# Rows and sums.
def test_rows_show_allocated_spent_and_the_difference_between_them(shown):
    rows = [(row.number, row.recipient, row.allocated, row.spent, row.variance) for row in shown().rows]
    assert rows == [("5", "Jammerbugt Kommune", 1000, 1100, -100), ("7", "", 500, 400, 100)]


def test_the_word_says_which_way_the_difference_goes(shown):
    with translation.override("en"):
        assert [row.verdict for row in shown().rows] == ["Overspend", "Underspend"]
        assert shown().total.verdict == "In balance"


def test_the_total_is_that_of_the_annex(shown):
    total = shown().total
    assert (total.allocated, total.spent, total.variance) == (1500, 1500, 0)


def test_later_years_stand_in_a_table_of_their_own(shown):
    made = shown()
    assert [(row.number, row.budget_year, row.allocated, row.share) for row in made.later] == [("5", 2025, 60, "100 %")]
    assert (made.later_total, made.year) == (60, 2025)


def test_several_later_years_are_not_named_in_the_heading(shown):
    ledger.allocate(Line(initiative("7"), None), "40", budget_year=2026)
    assert shown().year is None
    assert shown().later_total == 100


# The day.
@pytest.mark.parametrize("day", [date(2024, 12, 30), END_OF_2024])
def test_on_the_last_day_of_a_year_the_annex_is_that_of_the_economy_page(plan, shown, day):
    page = annex_page(plan.cluster, annex(plan.cluster, day))
    made = shown(day)
    assert [(row.spent, row.allocated, row.carried, row.variance) for row in made.rows] == [
        (row.spent, row.allocated, row.carried, row.variance) for row in page.rows
    ]
    assert [row.allocated for row in made.later] == [line.allocated for line in page.annex.later]


def test_the_first_table_ends_with_the_last_accounted_year(shown):
    assert shown(date(2026, 4, 10)).through == 2024


def test_what_was_allocated_after_the_accounts_is_told(shown):
    ledger.allocate(Line(initiative("7"), None), "40", budget_year=2025, held_on=date(2025, 4, 1))
    assert shown(date(2025, 3, 31)).later_total == 60
    assert shown(date(2025, 4, 10)).later_total == 100


def test_a_year_that_is_not_accounted_is_not_called_an_underspend(shown):
    ledger.allocate(Line(initiative("7"), None), "40", held_on=date(2024, 12, 1))
    made = shown(date(2024, 12, 30))
    assert made.total.verdict == "Not spent yet"
    assert made.spending.endswith("No accounts have been rendered yet; what is allocated is shown.")


# Sentences.
def test_overspent_lines_are_named_with_their_amounts(shown):
    assert shown().spending == (
        "Up to and including 2024, 1.500 kr. of the allocated 1.500 kr. were spent. "
        "One line spent more than was allocated: initiative 5 with Jammerbugt Kommune (100 kr.)."
    )


def test_where_nobody_overspent_that_is_said(shown):
    ledger.allocate(ledger.line(initiative("5").cluster), "100")
    assert shown().spending.endswith("No line spent more than was allocated.")


@pytest.mark.parametrize(
    ("spent_less", "sentence"),
    [
        ("60", "60 kr. are allocated: all that was left over."),
        ("52", "60 kr. are allocated, 8 kr. more than the 52 kr. left over."),
        ("75", "60 kr. are allocated, 15 kr. less than the 75 kr. left over."),
        (None, ""),
    ],
)
def test_what_goes_on_is_held_against_what_was_left(shown, spent_less, sentence):
    if spent_less:
        ledger.allocate(Line(initiative("7"), None), spent_less)
    assert shown().carried_forward == sentence


def test_the_sums_of_annex_and_overview_meet(shown):
    assert shown().reconciled == (
        "Spending through 2024 (1.500 kr.) and later years (60 kr.) make 1.560 kr. "
        "That is the sum of the status overview."
    )


def test_a_year_that_is_not_accounted_makes_the_sums_differ_and_that_is_explained(plan, shown):
    before = shown(date(2024, 12, 30))
    assert "The status overview shows" not in before.reconciled
    ledger.used(Line(initiative("7"), None), "100", "30", budget_year=2023, held_on=date(2023, 5, 1))
    assert "The status overview shows 100 kr." in shown(date(2023, 12, 31)).reconciled


def test_initiatives_without_a_line_are_named(shown):
    assert shown().without_line == "Initiative 3 has no line, because no cluster funds were allocated to it."


def test_a_plan_where_all_have_lines_says_nothing_of_it(plan, shown):
    ledger.allocate(Line(initiative("3"), None), "10", budget_year=2026)
    assert shown().without_line == ""


def test_without_money_there_are_no_rows_and_no_sentence(db: None):
    cluster = ledger.ledger("tom", "Sundhedsklynge Tom")
    empty = build.plan(cluster)
    made = economy(overview(empty, report.DAY, frozenset()), frozenset())
    assert (made.rows, made.later, made.spending, made.carried_forward) == ((), (), "", "")


def test_midt_has_the_sums_that_were_printed(midt):
    midt_plan = midt.plans.select_related("cluster").get()
    accounted = accounted_years(midt, date(2025, 3, 31))
    made = economy(overview(midt_plan, date(2025, 3, 31), accounted), accounted)
    assert (made.total.spent, made.total.allocated, made.total.variance) == (5255088, 7020000, 1764912)
    assert (len(made.rows), len(made.later), made.later_total) == (14, 4, 1765000)
    assert "88 kr." in made.carried_forward
