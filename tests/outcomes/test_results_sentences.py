"""The sentences over the results, in English; the Danish ones are seen in the browser tests."""

from collections import Counter
from decimal import Decimal

import pytest

from outcomes import sentences
from outcomes.effect import Judgement, Smallest
from outcomes.models import Measure

pytestmark = pytest.mark.usefixtures("english")

MOSTLY_BETTER = Counter({Judgement.BETTER: 20, Judgement.WORSE: 1, Judgement.UNCHANGED: 2})


def test_the_lead_counts_initiatives_and_judges_what_was_measured_before_and_after():
    assert sentences.lead(12, MOSTLY_BETTER, selected=False) == (
        "Twelve initiatives have measurements. "
        "23 measurements before and after: 20 got better, one got worse and two are unchanged."
    )


def test_one_initiative_with_counts_only_is_told_in_the_singular():
    assert sentences.lead(1, Counter(), selected=False) == "One initiative has measurements."


def test_of_a_selection_only_what_was_measured_is_told():
    assert sentences.lead(1, Counter({Judgement.BETTER: 1}), selected=True) == (
        "One measurement before and after: one got better."
    )


def test_what_neither_way_is_better_is_called_so():
    assert sentences.before_and_after(Counter({Judgement.NONE: 2})) == (
        "Two measurements before and after: two are neither better nor worse."
    )


def test_nothing_measured_before_and_after_is_not_judged():
    assert sentences.before_and_after(Counter()) == ""


@pytest.mark.parametrize(
    ("measured", "sentence"),
    [
        (False, "Nothing has been measured yet."),
        (True, "Counted results; nothing was measured before and after."),
    ],
)
def test_an_initiative_without_before_and_after_says_what_there_is(measured, sentence):
    assert sentences.about(measured, Counter()) == sentence


WALK = [
    Smallest(Decimal(37), "nerver og led", "Daynes, 2025"),
    Smallest(Decimal(23), "hjerte", "Daynes, 2025"),
]


@pytest.mark.parametrize(
    ("gain", "sentence"),
    [
        (
            "41.28",
            "Reaches the smallest difference that matters (MCID): 23 meter (hjerte; Daynes, 2025) and 37 meter "
            "(nerver og led; Daynes, 2025).",
        ),
        (
            "30",
            "Reaches the smallest difference that matters (MCID): 23 meter (hjerte; Daynes, 2025). Does not reach the "
            "smallest difference that matters (MCID): 37 meter (nerver og led; Daynes, 2025).",
        ),
    ],
)
def test_the_smallest_differences_are_told_apart(gain, sentence):
    assert sentences.mcid(Decimal(gain), "meter", 2, WALK) == sentence


def test_a_derived_difference_says_so():
    derived = Smallest(Decimal("0.088"), "alle", "1/20 af skalaen", derived=True)
    assert sentences.mcid(Decimal("0.05"), "", 3, [derived]) == (
        "Does not reach the smallest difference that matters (MCID): "
        "0,088 (alle; derived, not published: 1/20 af skalaen)."
    )


def test_without_differences_or_direction_nothing_is_said():
    assert sentences.mcid(Decimal(5), "meter", 2, []) == sentences.mcid(None, "meter", 2, WALK) == ""


@pytest.mark.django_db
def test_midts_walking_test_reaches_all_three():
    walk = Measure.objects.get(slug="six-minute-walk")
    smallest = [each.smallest for each in walk.smallest_differences.all()]
    assert sentences.mcid(Decimal("41.28"), walk.unit, walk.decimals, smallest) == (
        "Reaches the smallest difference that matters (MCID): "
        "23 meter (hjertesygdom; Daynes m.fl., doi 10.1183/16000617.0198-2024, 2025), "
        "25 meter (lungesygdom; Daynes m.fl., doi 10.1183/16000617.0198-2024, 2025) and "
        "37 meter (sygdom i nerver eller bevægeapparat; Daynes m.fl., doi 10.1183/16000617.0198-2024, 2025)."
    )
