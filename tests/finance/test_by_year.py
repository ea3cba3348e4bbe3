"""Money by theme and budget year: the table, the sentence and the chart that page and dashboard share."""

import json
from datetime import date
from decimal import Decimal

import pytest

from finance import plots, words
from finance.annex import annex
from finance.by_year import MoneyByYear, money_by_year, theme_years
from finance.lines import Sums, line_years
from initiatives.models import Cluster, Initiative, Theme
from initiatives.plots import Table
from tests import build

from . import build_ledger as ledger

FIRST, SECOND = Theme(pk=1, name="Første", colour=1), Theme(pk=2, name="Andet", colour=2)
DAY = date(2025, 5, 20)
Row = tuple[tuple[int, int | None], Sums]


def of(theme: int | None, year: int, allocated: str, spent: str = "0", carried: str = "0") -> Row:
    return (year, theme), Sums(Decimal(spent), Decimal(allocated), Decimal(carried))


def money(*rows: Row, accounted: frozenset[int] = frozenset({2024})) -> MoneyByYear:
    found = money_by_year(dict(rows), accounted, [FIRST, SECOND], "Udenfor")
    assert found is not None
    return found


def table(*rows: Row, accounted: frozenset[int] = frozenset({2024})) -> Table:
    return money(*rows, accounted=accounted).table


def test_an_empty_ledger_has_no_years():
    assert money_by_year({}, frozenset(), [FIRST], "Udenfor") is None


def test_there_is_a_row_for_each_theme_of_each_year():
    assert table(of(1, 2024, "100", "40"), of(2, 2024, "7", "7")).rows == (
        ("Første", "2024", 100, 40), ("Andet", "2024", 7, 7),
    )  # fmt: skip


def test_a_year_that_is_not_accounted_for_has_no_spending_yet():
    rows = table(of(1, 2024, "100", "40"), of(1, 2025, "60")).rows
    assert [row[2:] for row in rows if row[1] == "2025"] == [(60, "ikke opgjort"), (0, "ikke opgjort")]


def test_spending_posted_before_the_accounts_is_shown():
    assert table(of(1, 2025, "60", "5"), accounted=frozenset()).rows[0][2:] == (60, 5)


def test_carry_overs_have_a_column_where_there_are_any():
    assert table(of(1, 2024, "100")).head[-1] == "Forbrug, kr."
    carried = table(of(1, 2024, "100", "40"), of(1, 2025, "0", carried="-60"))
    assert carried.head[-1] == "Overført, kr."
    assert [row[-1] for row in carried.rows] == [0, 0, -60, 0]


def test_what_belongs_to_no_theme_shown_has_a_row_of_its_own():
    assert table(of(None, 2024, "5"), of(9, 2024, "2")).rows[-1] == ("Udenfor", "2024", 7, 0)


def test_the_sentence_tells_each_year():
    assert words.years_in_words(money(of(1, 2024, "7020000", "5255088"), of(1, 2025, "60"))) == (
        "2024: 7.020.000 kr. disponeret, 5.255.088 kr. brugt; 2025: 60 kr. disponeret, regnskabet er ikke aflagt."
    )


def test_the_chart_has_two_bars_for_each_year_in_whole_kroner():
    chart = plots.money_chart(money(of(1, 2024, "7020000", "5255088.50"), of(None, 2025, "60")), "Klynge Prøve", DAY)
    traces = chart.figure["data"]
    assert traces[0]["x"] == [["2024", "2024", "2025", "2025"], ["Disponeret", "Forbrug", "Disponeret", "Forbrug"]]
    assert [(trace["name"], trace["y"]) for trace in traces] == [
        ("Første", [7020000, 5255088, 0, 0]), ("Andet", [0, 0, 0, 0]), ("Udenfor", [0, 0, 60, 0]),
    ]  # fmt: skip
    assert json.loads(json.dumps(chart.figure))["data"][0]["customdata"][1] == "5.255.088,50"
    assert (chart.file, chart.title) == (
        "penge-2025-05-20", "Penge pr. tema og budgetår, Klynge Prøve, 20. maj 2025",
    )  # fmt: skip


def test_every_theme_has_a_look_of_its_own_though_two_plans_share_a_colour():
    looks = plots.looks([Theme(pk=pk, colour=pk % 4 + 1) for pk in range(8)] + [None])
    assert len(set(looks)) == 9
    assert len({look.pattern for look in plots.looks([Theme(pk=pk, colour=pk) for pk in (1, 2, 3, 4)])}) == 4


@pytest.mark.django_db
def test_themes_come_in_the_order_of_their_plans_and_what_has_none_last():
    cluster = ledger.ledger()
    new, old = (build.plan(cluster, title) for title in ("Ny plan", "Gammel plan"))
    for number, theme in (("1", build.theme(old, "Gammelt")), ("2", None), ("3", build.theme(new, "Nyt"))):
        initiative = build.initiative(number, theme or build.theme(new, "Nyt"))
        if theme is None:
            initiative.theme = None
            initiative.save()
        ledger.used(ledger.Line(initiative), "100", "0")
    by_year = annex(cluster, ledger.END_OF_2024).by_year
    assert by_year is not None
    assert [name for name, *_rest in by_year.table.rows] == ["Nyt", "Gammelt", "Uden tema"]


@pytest.mark.django_db
@pytest.mark.parametrize("day", [ledger.END_OF_2024, date(2026, 1, 1)])
def test_the_themes_of_the_ledger_add_up_to_the_annex(midt: Cluster, day: date):
    theme_of = dict(Initiative.objects.filter(cluster=midt, theme__isnull=False).values_list("pk", "theme"))
    by_theme, printed = theme_years(line_years(midt, day), theme_of), annex(midt, day)
    shown = sum((sums for (year, _theme), sums in by_theme.items() if year <= day.year), Sums())
    assert (shown.spent, shown.allocated, shown.carried) == (printed.spent, printed.allocated, printed.carried)
    assert printed.by_year is not None
    assert {
        (year.year, theme.pk if theme else None): sums for year in printed.by_year.years for theme, sums in year.themes
        if sums != Sums()
    } == by_theme  # fmt: skip
