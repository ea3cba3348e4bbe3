"""What an evaluation prints, as data: chapters in plan order with status, texts and ties."""

from datetime import date

import pytest
from django.utils import translation

from clusterportal.reports.chapters import Chapter, Rating
from clusterportal.reports.collect import Evaluation, evaluation, title
from initiatives.models import (
    ActionPlan,
    Initiative,
    InitiativeActor,
    InitiativeRelation,
    NarrativeSection,
    Phase,
)
from tests import build

from . import build_report as report
from .build_published import printed

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> ActionPlan:
    return report.plan()


@pytest.fixture
def made(plan: ActionPlan):
    """The evaluation on a day."""
    return lambda day=report.DAY: evaluation(plan, day, report.MADE_ON)


def chapter(of: Evaluation, number: str) -> Chapter:
    return next(each for theme in of.themes for each in theme.chapters if each.initiative.number == number)


# Order and numbers.
def test_chapters_stand_under_their_themes_in_plan_order(made):
    assert [(theme.number, [each.initiative.number for each in theme.chapters]) for theme in made().themes] == [
        (2, ["3", "5"]),
        (3, ["7"]),
    ]


def test_an_introduction_is_chapter_one_and_moves_the_others(plan, made):
    plan.introduction = "Klyngen har en handleplan."
    assert made().overview_number == 2
    assert [theme.number for theme in made().themes] == [3, 4]


def test_without_introduction_the_overview_is_chapter_one(made):
    assert made().overview_number == 1


@pytest.mark.parametrize(
    ("starts", "ends", "years"),
    [
        (date(2022, 1, 1), date(2026, 1, 1), "2022–2025"),
        (date(2024, 1, 1), date(2025, 1, 1), "2024"),
        (date(2022, 7, 1), date(2025, 7, 1), "2022–2025"),
    ],
)
def test_the_title_names_the_years_that_the_plan_holds(starts, ends, years):
    assert title(ActionPlan(starts=starts, ends=ends)).endswith(years)


def test_initiatives_outside_the_themes_have_the_last_chapter(plan, made):
    Initiative.objects.create(cluster=plan.cluster, plan=plan, number="20", title="Uden tema", short_title="Uden tema")
    last = made().themes[-1]
    assert (last.number, last.colour, last.chapters[0].initiative.number) == (4, 4, "20")


def test_numbers_of_a_theme_are_listed_in_words(made):
    with translation.override("en"):
        assert [theme.numbers for theme in made().themes] == ["Initiatives 3 and 5", "Initiative 7"]


# Facts.
def test_a_chapter_has_actors_funds_and_texts(made):
    five = chapter(made(), "5")
    assert five.row.actors == ("Aalborg Kommune", "PLO/Nord-KAP")
    assert five.row.funds == 1160
    assert [section.body for section in five.sections] == [report.GOOD_TEXT]


def test_funds_printed_differently_are_kept_beside(made):
    printed("cluster-funds:proeve/5", "1.500 kr.", "1500")
    assert chapter(made(), "5").row.printed == 1500


def test_an_initiative_with_nothing_but_a_note_is_short(made):
    assert [chapter(made(), number).short for number in ("3", "5", "7")] == [True, False, True]


@pytest.mark.parametrize(("lines", "full"), [(31, False), (32, True)])
def test_a_chapter_with_more_lines_than_a_page_is_full(made, lines, full):
    """Initiative 5 has two lines of text, a milestone and a tie besides; a line has 70 characters."""
    body = "\n".join(["x" * 70] * (lines - 3))
    report.section(Initiative.objects.get(cluster__slug="proeve", number="5"), NarrativeSection.Kind.RESULTS, body)
    assert chapter(made(), "5").is_full == full


# Status.
def test_the_status_is_the_one_that_held_on_the_day(made):
    initiative = Initiative.objects.get(cluster__slug="proeve", number="5")
    report.status(initiative, "Sat på pause", date(2025, 5, 1), phase=Phase.PAUSED)
    assert chapter(made(date(2025, 4, 30)), "5").status.text == "Helårsdrift i 2025"
    assert chapter(made(date(2025, 5, 1)), "5").status.text == "Sat på pause"


def test_before_the_first_report_there_is_no_status(made):
    assert chapter(made(date(2025, 3, 30)), "5").status is None


def test_only_assessed_dimensions_are_printed(made):
    codes = [rating.code for rating in chapter(made(), "5").status.ratings]
    assert codes == ["green", "amber"]
    assert chapter(made(), "3").status.ratings == ()


def test_a_rating_is_told_in_words(made):
    first = chapter(made(), "5").status.ratings[0]
    assert isinstance(first, Rating)
    assert first.dimension
    assert first.word


def test_a_printed_text_that_repeats_the_phase_is_left_out(made):
    seven = Initiative.objects.get(cluster__slug="proeve", number="7")
    report.status(seven, str(Phase.CLOSED.label).upper(), date(2025, 4, 1), phase=Phase.CLOSED)
    assert chapter(made(), "7").status.text == ""


def test_a_merged_initiative_names_what_it_became_part_of(made):
    assert chapter(made(), "3").status.phase.endswith(" 5")


@pytest.mark.parametrize(
    ("phase", "mark"),
    [
        (Phase.IN_OPERATION, "in-operation"),
        (Phase.RUNNING, "under-way"),
        (Phase.PILOT, "under-way"),
        (Phase.PAUSED, "under-way"),
        (Phase.CLOSED, "closed"),
        (Phase.DISCONTINUED, "not-running"),
        (Phase.AWAITING, "not-running"),
        (Phase.PROPOSED, "not-running"),
    ],
)
def test_each_phase_has_its_sign(made, phase, mark):
    initiative = Initiative.objects.get(cluster__slug="proeve", number="7")
    report.status(initiative, "Ny", date(2025, 4, 1), phase=phase)
    assert chapter(made(), "7").status.mark == mark


# Ties.
def test_a_tie_is_printed_at_both_ends(made):
    onward, back = chapter(made(), "3").relations, chapter(made(), "5").relations
    assert [(tie.number, tie.anchor) for tie in onward] == [("5", "initiative-5")]
    assert [(tie.number, tie.anchor) for tie in back] == [("3", "initiative-3")]


def test_a_tie_to_something_without_a_page_has_its_label_alone(made):
    five = Initiative.objects.get(cluster__slug="proeve", number="5")
    InitiativeRelation.objects.create(initiative=five, kind="formerly", label="SUGA 2.0")
    assert [(tie.name, tie.anchor) for tie in chapter(made(), "5").relations if not tie.number] == [("SUGA 2.0", "")]


def test_an_initiative_of_another_cluster_is_not_named(made):
    other = build.cluster("nord", "Sundhedsklynge Nord")
    secret = build.initiative("1", build.theme(build.plan(other)), short_title="Hemmelig")
    five = Initiative.objects.get(cluster__slug="proeve", number="5")
    InitiativeRelation.objects.create(initiative=five, kind="continues_in", target=secret)
    ties = chapter(made(), "5").relations
    assert len(ties) == 2
    assert all("Hemmelig" not in tie.name and tie.number != "1" for tie in ties)


# Cost.
def test_the_number_of_queries_does_not_grow(plan, queries):
    few = queries(lambda: evaluation(plan, report.DAY, report.MADE_ON))
    theme = plan.themes.first()
    for number in range(30, 45):
        more = build.initiative(str(number), theme)
        report.status(more, "Ny")
        report.section(more, NarrativeSection.Kind.PURPOSE, "Tekst")
        InitiativeActor.objects.create(initiative=more, label="Aalborg Kommune", position=1)
    assert queries(lambda: evaluation(plan, report.DAY, report.MADE_ON)) == few
