"""What the dashboard reads of status reports over time: what held, what changed, and since when."""

from datetime import date

import pytest

from clusterportal.dashboard.history import Report, changes, colour_since, history
from initiatives.models import Colour, Phase
from tests import build

JAN, FEB, MAR, APR = (date(2025, month, 15) for month in (1, 2, 3, 4))


def report(day: date, colour: str = "green", phase: str = "running", of: int = 1) -> Report:
    return Report(0, of, day, "day", phase, colour, False)


def test_a_change_is_a_step_to_another_phase_or_colour():
    reports = [report(JAN), report(FEB), report(MAR, "red"), report(APR, "red", "paused")]
    found = changes({1: reports}, 9)
    assert [(each.before.day, each.after.day) for each in found] == [(MAR, APR), (FEB, MAR)]


def test_a_first_report_is_no_change():
    assert changes({1: [report(JAN, "red")]}, 9) == ()


def test_a_report_that_repeats_the_one_before_is_no_change():
    assert changes({1: [report(JAN), report(FEB)]}, 9) == ()


def test_the_newest_changes_come_first_and_no_more_than_asked_for():
    reported = {
        1: [report(JAN), report(FEB, "red"), report(APR)],
        2: [report(JAN, of=2), report(MAR, "amber", of=2)],
    }
    assert [each.after.day for each in changes(reported, 2)] == [APR, MAR]


def test_a_colour_began_with_the_first_report_of_its_unbroken_run():
    reports = [report(JAN, "amber"), report(FEB), report(MAR, "amber"), report(APR, "amber")]
    assert colour_since(reports).day == MAR


def test_a_colour_that_never_changed_began_with_the_first_report():
    assert colour_since([report(JAN), report(FEB)]).day == JAN


@pytest.mark.django_db
def test_the_history_is_by_initiative_and_oldest_first():
    first, second = build.initiative("1"), build.initiative("2")
    build.status(first, MAR)
    build.status(second, FEB)
    build.status(first, JAN)
    found = history(first.plan, APR)
    assert {pk: [each.day for each in reports] for pk, reports in found.items()} == {
        first.pk: [JAN, MAR],
        second.pk: [FEB],
    }


@pytest.mark.django_db
def test_the_history_ends_on_the_day_and_leaves_out_what_was_corrected():
    initiative = build.initiative()
    wrong = build.status(initiative, FEB, overall=Colour.RED)
    build.status(initiative, FEB, overall=Colour.AMBER, supersedes=wrong)
    build.status(initiative, APR, overall=Colour.GREEN)
    [reports] = history(initiative.plan, MAR).values()
    assert [each.colour for each in reports] == ["amber"]


@pytest.mark.django_db
def test_the_history_is_of_one_plan():
    other = build.initiative("1", build.theme(build.plan(build.cluster("anden", "Sundhedsklynge Anden"))))
    build.status(other)
    assert history(build.plan(), APR) == {}


@pytest.mark.django_db
def test_a_report_carries_what_can_be_counted():
    initiative = build.initiative()
    stored = build.status(initiative, JAN, phase=Phase.PILOT, precision="month", demonstration=True)
    [[report]] = history(initiative.plan, APR).values()
    assert report == Report(stored.pk, initiative.pk, JAN, "month", "pilot", "green", True)


@pytest.mark.django_db
def test_the_history_costs_one_query(queries):
    for number in range(1, 6):
        build.status(build.initiative(str(number)))
    plan = build.plan()
    assert queries(lambda: history(plan, APR)) == 1
