"""Participant flows add up, or say by how much they do not."""

import pytest

from outcomes import flow
from outcomes.charts import Part
from outcomes.printed import Print
from tests import build

from . import build_results

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def made(number: int, *steps: tuple[str, int], few: int = 20, known: Print | None = None) -> flow.Flow:
    row = build_results.flow(build.initiative("5"), number, *steps, site="Aalborg Kommune")
    return flow.flow(row, known or Print(), few)


def test_each_step_has_its_share_of_those_who_entered():
    shown = made(139, ("Fuldført", 53), ("I gang", 86))
    assert [(step.label, step.count, step.percent) for step in shown.steps] == [
        ("Fuldført", 53, 38),
        ("I gang", 86, 62),
    ]


def test_a_flow_that_adds_up_misses_nobody():
    shown = made(139, ("Fuldført", 53), ("I gang", 86))
    assert (shown.total.text, shown.missing, shown.too_many) == ("139", 0, 0)


def test_a_flow_that_lacks_people_says_how_many():
    assert made(193, ("Afsluttet", 121), ("Stoppet", 14)).missing == 58


def test_a_flow_with_too_many_says_how_many_and_its_bars_stay_inside():
    shown = made(100, ("Afsluttet", 80), ("Stoppet", 45))
    assert shown.too_many == 25
    assert (shown.steps[1].bar, shown.whole.width) == (Part("128.0", "72.0"), "160.0")


def test_a_flow_that_nobody_entered_has_no_shares():
    assert [step.percent for step in made(0, ("Fuldført", 0)).steps] == [None]


@pytest.mark.parametrize(("few", "is_few"), [(9, False), (10, True)])
def test_a_flow_of_few_is_marked(few, is_few):
    assert made(9, ("Fuldført", 9), few=few).few is is_few


def test_a_sum_printed_otherwise_stands_beside():
    subject = "flow-sum:proeve/5/henvist"
    known = Print("proeve", {subject: (build_results.printed(subject, "140", "140", "count"),)})
    assert made(139, ("Fuldført", 139), known=known).total.printed == "printed 140"


def test_its_name_stands_inside_a_sentence():
    assert made(139).name == "henviste borgere"
