"""The sentences over the results, in English; the Danish ones are seen in the browser tests."""

from collections import Counter

import pytest

from outcomes import sentences
from outcomes.effect import Judgement

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
