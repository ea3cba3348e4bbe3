"""Phases, colours and money over time: the tables that the page shows, draws and gives as CSV."""

from datetime import date
from decimal import Decimal

import pytest

from clusterportal.dashboard import development_in_words as words
from clusterportal.dashboard.development import Development, Table, development, quarter_ends
from clusterportal.dashboard.history import Report
from clusterportal.dashboard.ledger import Ledger
from finance.lines import LineYear, Sums
from initiatives.models import Initiative, Theme

DAY = date(2025, 5, 20)
FIRST, SECOND = Theme(pk=1, name="Første", colour=1), Theme(pk=2, name="Andet", colour=2)
INITIATIVES = {1: Initiative(pk=1, theme=FIRST), 2: Initiative(pk=2, theme=SECOND)}
EMPTY = Ledger([], frozenset())


def report(of: int, day: date, phase: str = "running", colour: str = "none", invented: bool = False) -> Report:
    return Report(of, day, "day", phase, colour, "", invented)


def developed(*reports: Report, ledger: Ledger = EMPTY, day: date = DAY) -> Development:
    by_initiative = {of: [each for each in reports if each.initiative_id == of] for of in (1, 2)}
    reported = {of: own for of, own in by_initiative.items() if own}
    return development(INITIATIVES, [FIRST, SECOND], reported, ledger, day)


def line(initiative: int, year: int, allocated: str, spent: str = "0", carried: str = "0") -> LineYear:
    return LineYear(initiative, None, year, Sums(Decimal(spent), Decimal(allocated), Decimal(carried)))


def phases(*reports: Report, day: date = DAY) -> Table:
    counts = developed(*reports, day=day).phases
    assert counts is not None
    return counts.table


def colours(*reports: Report) -> Table:
    counts = developed(*reports).colours
    assert counts is not None
    return counts.table


def money(*rows: LineYear, accounted: frozenset[int] = frozenset({2024})) -> Table:
    by_year = developed(ledger=Ledger(rows, accounted)).money
    assert by_year is not None
    return by_year.table


def test_points_are_the_ends_of_quarters_and_the_day():
    assert quarter_ends({1: [report(1, date(2024, 8, 1))]}, DAY) == (
        date(2024, 9, 30), date(2024, 12, 31), date(2025, 3, 31), DAY,
    )  # fmt: skip


def test_a_day_that_ends_a_quarter_stands_once():
    assert quarter_ends({1: [report(1, date(2025, 3, 31))]}, date(2025, 3, 31)) == (date(2025, 3, 31),)


def test_the_points_begin_with_the_earliest_report_of_all():
    reported = {1: [report(1, date(2025, 4, 2))], 2: [report(2, date(2025, 2, 2))]}
    assert quarter_ends(reported, DAY) == (date(2025, 3, 31), DAY)


def test_the_newest_twelve_points_are_kept():
    points = quarter_ends({1: [report(1, date(2015, 1, 1))]}, DAY)
    assert (len(points), points[0], points[-1]) == (12, date(2022, 9, 30), DAY)


def test_before_the_first_report_nothing_develops():
    shown = developed()
    assert (shown.phases, shown.colours, shown.money, shown.tables) == (None, None, None, {})


def test_each_point_counts_every_initiative_once():
    table = phases(report(1, date(2025, 1, 5)), report(1, date(2025, 4, 1), "closed"), report(2, date(2025, 5, 1)))
    assert table.head == ("Pr.", "Afsluttet", "Igangværende", "Ingen status")
    assert table.rows == ((date(2025, 3, 31), 0, 1, 1), (DAY, 1, 1, 0))


def test_a_phase_that_never_occurred_has_no_column():
    assert "Pilot" not in phases(report(1, date(2025, 1, 5))).head


def test_colours_tell_not_assessed_from_ended_and_from_no_status():
    table = colours(report(1, date(2025, 1, 5), colour="red"), report(1, date(2025, 4, 1), "closed"))
    assert table.head == ("Pr.", "Rød", "Afsluttet, udgået eller lagt sammen", "Ingen status")
    assert table.rows == ((date(2025, 3, 31), 1, 0, 1), (DAY, 0, 1, 1))


def test_what_runs_without_a_colour_is_not_assessed():
    assert colours(report(1, DAY), report(2, DAY)).head == ("Pr.", "Ikke vurderet")


def test_money_has_a_row_for_each_theme_of_each_year():
    assert money(line(1, 2024, "100", "40"), line(2, 2024, "7", "7")).rows == (
        ("Første", "2024", 100, 40), ("Andet", "2024", 7, 7),
    )  # fmt: skip


def test_a_year_that_is_not_accounted_for_has_no_spending_yet():
    rows = money(line(1, 2024, "100", "40"), line(1, 2025, "60")).rows
    assert [row[2:] for row in rows if row[1] == "2025"] == [(60, "ikke opgjort"), (0, "ikke opgjort")]


def test_spending_posted_before_the_accounts_is_shown():
    assert money(line(1, 2025, "60", "5"), accounted=frozenset()).rows[0][2:] == (60, 5)


def test_carry_overs_have_a_column_where_there_are_any():
    assert money(line(1, 2024, "100")).head[-1] == "Forbrug, kr."
    carried = money(line(1, 2024, "100", "40"), line(1, 2025, "0", carried="-60"))
    assert carried.head[-1] == "Overført, kr."
    assert [row[-1] for row in carried.rows] == [0, 0, -60, 0]


def test_money_outside_the_plan_has_rows_of_its_own():
    assert money(line(9, 2024, "5")).rows[-1] == ("Uden for planens temaer", "2024", 5, 0)


def test_cells_are_shown_as_danes_write_them():
    table = Table(("Pr.", "Tal", "Beløb"), ((DAY, 1234, Decimal("1766776.50")),))
    assert list(table.shown) == [("20.05.2025", ["1.234", "1.766.776,50"])]


def test_a_file_is_called_by_its_day_and_says_when_it_holds_invented_figures():
    assert developed(report(1, DAY)).file_name("faser", DAY) == "faser-2025-05-20"
    invented = developed(report(1, DAY, invented=True))
    assert invented.file_name("farver", DAY) == "farver-demo-2025-05-20"
    assert invented.file_name("penge", DAY) == "penge-2025-05-20"


def test_the_sentence_about_phases_names_the_one_that_grew_most():
    counts = developed(
        report(1, date(2025, 1, 5)), report(1, DAY, "in_operation"), report(2, DAY, "in_operation")
    ).phases
    assert counts is not None
    assert words.phases(counts) == "Siden 31.03.2025 er »I drift« vokset mest: fra ingen til to."


def test_a_single_point_has_nothing_to_compare_with():
    counts = developed(report(1, DAY)).phases
    assert counts is not None
    assert words.phases(counts) == "Der er ikke noget at sammenligne med endnu."


def test_phases_that_stood_still_are_said_to():
    counts = developed(report(1, date(2025, 1, 5)), report(2, date(2025, 1, 5))).phases
    assert counts is not None
    assert words.phases(counts) == "Siden 31.03.2025 er ingen fase vokset."


@pytest.mark.parametrize(
    ("colour", "text"),
    [
        ("amber", "Gule eller røde: ingen pr. 31.03.2025, to pr. 20.05.2025."),
        ("green", "Ingen indsats har været gul eller rød."),
    ],
)
def test_the_sentence_about_colours_counts_amber_and_red(colour: str, text: str):
    counts = developed(
        report(1, date(2025, 1, 5)), report(1, DAY, colour=colour), report(2, DAY, colour=colour)
    ).colours
    assert counts is not None
    assert words.colours(counts) == text


def test_the_sentence_about_money_tells_each_year():
    by_year = developed(ledger=Ledger([line(1, 2024, "7020000", "5255088"), line(1, 2025, "60")], {2024})).money
    assert by_year is not None
    assert words.money(by_year) == (
        "2024: 7.020.000 kr. disponeret, 5.255.088 kr. brugt; 2025: 60 kr. disponeret, regnskabet er ikke aflagt."
    )
