"""What asks for attention on the dashboard: amber and red initiatives, and those without a fresh report."""

from datetime import date

import pytest

from clusterportal.dashboard.attention import Deviation, deviations, unreported_lately
from clusterportal.dashboard.board import standings
from clusterportal.dashboard.history import history
from initiatives.asof import DatePrecision
from initiatives.models import ActionPlan, Colour, Initiative, Phase
from tests import build

pytestmark = pytest.mark.django_db

DAY = date(2025, 6, 30)


def found(day: date = DAY) -> tuple[Deviation, ...]:
    plan = build.plan()
    reported = history(plan, day)
    return deviations(standings(plan, reported), reported, day)


def reported(number: str, *colours: tuple[date, str]) -> Initiative:
    initiative = build.initiative(number)
    for day, colour in colours:
        build.status(initiative, day, overall=colour)
    return initiative


def test_red_comes_before_amber_and_the_longest_first():
    reported("1", (date(2025, 5, 1), Colour.AMBER))
    reported("2", (date(2025, 2, 1), Colour.AMBER))
    reported("3", (date(2025, 6, 1), Colour.RED))
    assert [each.initiative.number for each in found()] == ["3", "2", "1"]


def test_green_and_not_assessed_are_on_course():
    reported("1", (date(2025, 5, 1), Colour.GREEN))
    reported("2", (date(2025, 5, 1), Colour.NONE))
    build.initiative("3")
    assert found() == ()


def test_the_days_are_counted_from_the_first_report_of_the_colour():
    reported("1", (date(2025, 4, 1), Colour.GREEN), (date(2025, 6, 10), Colour.RED), (date(2025, 6, 25), Colour.RED))
    [deviation] = found()
    assert (deviation.since.day, deviation.days) == (date(2025, 6, 10), 20)
    assert deviation.report.day == date(2025, 6, 25)


def test_there_are_no_days_where_the_date_is_not_printed():
    build.status(build.initiative(), date(2025, 3, 31), overall=Colour.AMBER, precision=DatePrecision.UNPRINTED)
    [deviation] = found()
    assert deviation.days is None


def test_what_was_red_on_the_day_is_shown_though_it_is_green_now():
    reported("1", (date(2025, 5, 1), Colour.RED), (date(2025, 8, 1), Colour.GREEN))
    assert [each.report.colour for each in found()] == ["red"]
    assert found(date(2025, 8, 1)) == ()


def test_a_deviation_is_called_by_number_and_short_title():
    reported("8", (date(2025, 5, 1), Colour.RED))
    assert found()[0].label == "8. Prøve 8"


def overdue(plan: ActionPlan, stale_days: int = 90) -> list[str]:
    return [each.name for each in unreported_lately(standings(plan, history(plan, DAY)), DAY, stale_days)]


def test_a_report_of_the_last_ninety_days_is_fresh():
    on_the_day, day_before = build.initiative("1"), build.initiative("2")
    build.status(on_the_day, date(2025, 4, 1))
    build.status(day_before, date(2025, 3, 31))
    assert overdue(build.plan()) == ["2"]


def test_what_nobody_has_reported_on_needs_a_status():
    assert overdue(build.initiative("7").plan) == ["7"]


@pytest.mark.parametrize("phase", [Phase.CLOSED, Phase.MERGED, Phase.DISCONTINUED])
def test_what_has_ended_needs_no_new_status(phase: str):
    build.status(build.initiative(), date(2023, 1, 1), phase=phase)
    assert overdue(build.plan()) == []
