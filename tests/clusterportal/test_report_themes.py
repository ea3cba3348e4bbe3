"""A theme's chapter: its opening page, and the initiatives that were set aside under their own heading."""

import re
from decimal import Decimal

import pytest
from django.utils import translation

from clusterportal.reports.collect import evaluation
from clusterportal.reports.themes import ThemeChapter
from initiatives.models import ActionPlan, Initiative, NarrativeSection, Phase
from tests import build

from . import build_report as report
from .build_published import printed

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> ActionPlan:
    """The small plan, whose first theme has a description: 3 became part of 5."""
    made = report.plan()
    made.themes.filter(position=1).update(description="Træning kan gøre en operation overflødig.")
    return made


def themes(plan: ActionPlan) -> tuple[ThemeChapter, ...]:
    with translation.override("da"):
        return evaluation(plan, report.DAY, report.MADE_ON).themes


def numbers(of) -> list[str]:
    return [chapter.initiative.number for chapter in of]


# What was set aside.
def test_what_was_set_aside_stands_after_what_was_carried_out(plan):
    first = themes(plan)[0]
    assert (numbers(first.chapters), numbers(first.carried_out), numbers(first.set_aside)) == (["3", "5"], ["5"], ["3"])


@pytest.mark.parametrize(
    ("phase", "aside"),
    [
        (Phase.AWAITING, True),
        (Phase.DISCONTINUED, True),
        (Phase.MERGED, True),
        (Phase.CLOSED, False),
        (Phase.PAUSED, False),
        (Phase.PROPOSED, False),
    ],
)
def test_some_phases_set_an_initiative_aside(plan, phase, aside):
    seven = Initiative.objects.get(cluster=plan.cluster, number="7")
    report.status(seven, "Ny", report.DAY, phase=phase)
    assert bool(themes(plan)[1].set_aside) == aside


def test_without_a_status_nothing_is_set_aside(plan):
    build.initiative("9", plan.themes.get(position=2))
    assert numbers(themes(plan)[1].set_aside) == []


def test_that_none_of_those_set_aside_has_money_is_told(plan):
    with translation.override("da"):
        assert themes(plan)[0].unspent == "Indsatsen har ingen klyngemidler."
        seven = Initiative.objects.get(cluster=plan.cluster, number="7")
        report.status(seven, "Stoppet", report.DAY, phase=Phase.DISCONTINUED)
        assert themes(plan)[1].unspent == ""


def test_the_heading_stands_before_those_set_aside_and_only_there(plan):
    made = report.html_of(plan)
    places = [made.index(f'id="initiative-{number}"') for number in (5, 3, 7)]
    heading = made.index("Udgåede eller afventende indsatser")
    assert places[0] < heading < places[1] < places[2]
    assert made.count("Udgåede eller afventende indsatser") == 1


def test_an_initiative_set_aside_keeps_its_texts(plan):
    three = Initiative.objects.get(cluster=plan.cluster, number="3")
    report.section(three, NarrativeSection.Kind.PURPOSE, "Det var meningen at hjælpe unge.")
    made = report.html_of(plan)
    assert "Det var meningen at hjælpe unge." in made[made.index("Udgåede eller afventende") :]


# The opening page.
def test_a_theme_with_a_description_and_several_initiatives_opens_on_a_page_of_its_own(plan):
    assert [theme.has_opening for theme in themes(plan)] == [True, False]
    made = report.html_of(plan)
    assert made.count('class="opening-page"') == 1
    assert made.count("Træning kan gøre en operation overflødig.") == 1


def test_the_opening_lists_phase_and_funds_of_every_initiative(plan):
    opening = report.html_of(plan).split('class="opening-page"')[1].split("</table>")[0]
    text = " ".join(re.sub(r"<[^>]+>", " ", opening).split())
    assert "3 Unge Indgår i 5 0 5 Gangtræning I drift 1.160" in text


def test_the_opening_prints_what_a_document_printed_beside(plan):
    printed("cluster-funds:proeve/5", "1.500 kr.", "1500")
    opening = report.html_of(plan).split('class="opening-page"')[1].split("</table>")[0]
    assert "trykt 1.500" in opening


def test_money_of_a_theme_is_what_its_initiatives_spent_through_the_accounts(plan):
    first, second = themes(plan)
    assert (first.sums.spent, first.sums.frame) == (Decimal(1100), Decimal(1000))
    assert (second.sums.spent, second.sums.frame) == (Decimal(400), Decimal(500))
    assert [bar.line.name for bar in first.bars.bars] == ["5 Gangtræning"]


def test_the_glance_has_a_bar_for_each_theme(plan):
    with translation.override("da"):
        made = evaluation(plan, report.DAY, report.MADE_ON)
    assert [bar.line.name for bar in made.money.bars] == [theme.short_name for theme in made.themes]
    assert made.money.bars[0].line.sums.spent + made.money.bars[1].line.sums.spent == made.economy.total.spent


def test_one_sentence_tells_how_far_the_initiatives_are(plan):
    assert themes(plan)[0].spread == "Én er i drift, og én indgår i en anden."
    assert themes(plan)[0].measured == ""


def test_another_sentence_of_midt_tells_which_way_the_measures_went(midt):
    made = themes(ActionPlan.objects.select_related("cluster").get(cluster=midt))
    assert made[1].measured == "38 målinger før og efter: 35 blev bedre, én blev værre og to er uændrede."
    assert made[0].unspent == "Ingen af de tre har klyngemidler."
    assert numbers(made[0].set_aside) == ["1B", "3", "4"]
