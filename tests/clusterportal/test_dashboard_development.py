"""Phases, colours and money over time: the tables that the page shows, draws and gives as CSV."""

from datetime import date

import pytest

from clusterportal.dashboard import development_in_words as words
from clusterportal.dashboard.development import Development, development, quarter_ends
from clusterportal.dashboard.history import Report
from initiatives.plots import Table

DAY = date(2025, 5, 20)


def report(of: int, day: date, phase: str = "running", colour: str = "none", invented: bool = False) -> Report:
    return Report(0, of, day, "day", phase, colour, invented)


def developed(*reports: Report, day: date = DAY) -> Development:
    by_initiative = {of: [each for each in reports if each.initiative_id == of] for of in (1, 2)}
    reported = {of: own for of, own in by_initiative.items() if own}
    return development(reported, 2, None, day)


def phases(*reports: Report, day: date = DAY) -> Table:
    counts = developed(*reports, day=day).phases
    assert counts is not None
    return counts.table


def colours(*reports: Report) -> Table:
    counts = developed(*reports).colours
    assert counts is not None
    return counts.table


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
    assert (shown.phases, shown.colours) == (None, None)


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


def test_a_report_between_two_others_of_a_quarter_leaves_no_trace():
    days = (date(2025, 1, 5), date(2025, 2, 5), date(2025, 3, 5))
    table = phases(*(report(1, day, phase) for day, phase in zip(days, ("pilot", "closed", "running"), strict=True)))
    assert table.head == ("Pr.", "Igangværende", "Ingen status")


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
