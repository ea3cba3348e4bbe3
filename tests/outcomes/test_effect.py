"""Arithmetic of before and after: exact, signed, and in words by the measure's direction."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.effect import (
    Judgement,
    Smallest,
    difference,
    effect_percent,
    improvement,
    judgement,
    proportion_percent,
    reached,
)

measured = st.decimals(min_value=-1000, max_value=1000, places=2)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("168", "428", "260"),
        ("536", "1113", "577"),
        ("3.64", "3.27", "-0.37"),
        ("1", "1", "0"),
        ("0.68", "0.79", "0.11"),
    ],
)
def test_difference_is_after_less_before(before, after, expected):
    assert difference(Decimal(before), Decimal(after)) == Decimal(expected)


def test_effect_is_the_difference_in_percent_of_before():
    assert effect_percent(Decimal("361.75"), Decimal("452.1875")) == 25


def test_a_fall_has_a_negative_effect():
    assert effect_percent(Decimal("2.96"), Decimal("1.48")) == -50


def test_effect_is_not_rounded():
    assert round(effect_percent(Decimal("3.64"), Decimal("3.27")), 6) == Decimal("-10.164835")


def test_nothing_measured_before_has_no_effect_in_percent():
    assert effect_percent(Decimal(0), Decimal(5)) is None


def test_from_a_negative_index_a_rise_is_positive():
    """EQ-5D goes down to -0.758."""
    assert effect_percent(Decimal("-0.20"), Decimal("0.10")) == 150


def test_proportion_is_a_percentage():
    assert proportion_percent(3, 8) == Decimal("37.5")


@pytest.mark.parametrize(
    ("before", "after", "direction", "expected"),
    [
        ("168", "428", "higher", Judgement.BETTER),
        ("428", "168", "higher", Judgement.WORSE),
        ("3.64", "3.27", "lower", Judgement.BETTER),
        ("3.55", "3.64", "lower", Judgement.WORSE),
        ("1", "1", "lower", Judgement.UNCHANGED),
        ("1", "1.0", "higher", Judgement.UNCHANGED),
        ("70", "74", "neither", Judgement.NONE),
        ("70", "70", "neither", Judgement.UNCHANGED),
    ],
)
def test_judgement_follows_the_direction(before, after, direction, expected):
    assert judgement(Decimal(before), Decimal(after), direction) == expected


def test_judgement_is_a_plain_word_for_templates():
    assert f"{judgement(Decimal(1), Decimal(2), 'higher')}" == "better"


@given(measured, measured)
def test_difference_is_exact_both_ways(before, after):
    assert before + difference(before, after) == after


@given(measured.filter(bool), measured)
def test_effect_has_the_sign_of_the_difference(before, after):
    effect, change = effect_percent(before, after), difference(before, after)
    assert (effect > 0, effect < 0) == (change > 0, change < 0)


@given(measured, measured)
def test_better_one_way_is_worse_the_other(before, after):
    words = {judgement(before, after, "higher"), judgement(before, after, "lower")}
    assert words in ({Judgement.BETTER, Judgement.WORSE}, {Judgement.UNCHANGED})


@given(measured, measured)
def test_improvement_goes_with_the_judgement(before, after):
    for direction in ("higher", "lower"):
        gain, word = improvement(before, after, direction), judgement(before, after, direction)
        assert (gain > 0, gain < 0) == (word == Judgement.BETTER, word == Judgement.WORSE)


def test_where_neither_way_is_better_nothing_improves():
    assert improvement(Decimal(70), Decimal(74), "neither") is None


WALK = [Smallest(Decimal(37), "nerver og led", "Daynes 2025"), Smallest(Decimal(23), "hjerte", "Daynes 2025")]


@pytest.mark.parametrize(
    ("gain", "yes", "no"),
    [
        ("41.28", ["hjerte", "nerver og led"], []),
        ("37", ["hjerte", "nerver og led"], []),
        ("36.9999", ["hjerte"], ["nerver og led"]),
        ("0", [], ["hjerte", "nerver og led"]),
        ("-50", [], ["hjerte", "nerver og led"]),
    ],
)
def test_an_improvement_reaches_the_differences_up_to_its_size(gain, yes, no):
    found = reached(Decimal(gain), WALK)
    assert [[each.group for each in part] for part in found] == [yes, no]
