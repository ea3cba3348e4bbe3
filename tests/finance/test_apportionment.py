"""The parts of an amount always sum to the whole, to the øre, and nobody is more than an øre from the exact share."""

from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finance.apportionment import ApportionmentError, apportion
from initiatives.money import LARGEST, total

AMOUNTS = st.decimals(min_value=Decimal("0.01"), max_value=LARGEST, places=2)
NUMBERS = st.one_of(
    st.integers(1, 10**9),
    st.fractions(min_value=Fraction(1, 10**6), max_value=10**6),
    st.decimals(min_value=Decimal("0.0001"), max_value=10**6, places=4),
)
WEIGHTS = st.dictionaries(st.text(max_size=4), NUMBERS, min_size=1, max_size=12)
ORE = Decimal("0.01")


@given(AMOUNTS, WEIGHTS)
def test_the_parts_sum_to_the_whole(amount, weights):
    split = apportion(amount, weights)
    assert total(split.amounts.values()) == amount == split.amount
    assert list(split.amounts) == list(weights)


@given(AMOUNTS, WEIGHTS)
def test_every_part_is_less_than_an_ore_from_its_exact_share(amount, weights):
    split = apportion(amount, weights)
    assert sum(part.exact for part in split.parts) == Fraction(amount)
    for part in split.parts:
        assert abs(Fraction(part.amount) - part.exact) < Fraction(1, 100)
        assert part.amount >= 0


@given(AMOUNTS, WEIGHTS)
def test_the_account_of_each_part_adds_up(amount, weights):
    split = apportion(amount, weights)
    assert split.of_all == sum(Fraction(weight) for weight in weights.values())
    for part in split.parts:
        assert part.weight == Fraction(weights[part.key])
        assert part.share == part.weight / split.of_all
        assert part.exact == part.share * Fraction(amount)
        assert Fraction(part.floor) + part.remainder == part.exact
        assert part.floor + part.rounding == part.amount
        assert 0 <= part.remainder < Fraction(1, 100)
        assert part.rounding in {Decimal(0), ORE}


@given(AMOUNTS, WEIGHTS)
def test_the_left_over_ore_go_to_the_shares_that_were_cut_the_most(amount, weights):
    parts = apportion(amount, weights).parts
    least_served = min((part.remainder for part in parts if part.rounding), default=Fraction(1))
    most_left = max((part.remainder for part in parts if not part.rounding), default=Fraction(0))
    assert least_served >= most_left
    assert all(part.remainder for part in parts if part.rounding)


@given(AMOUNTS, WEIGHTS)
def test_a_larger_weight_never_gets_less(amount, weights):
    parts = sorted(apportion(amount, weights).parts, key=lambda part: part.weight)
    for smaller, larger in pairwise(parts):
        assert smaller.amount <= larger.amount or smaller.weight == larger.weight


@given(AMOUNTS, WEIGHTS, st.fractions(min_value=Fraction(1, 1000), max_value=1000))
def test_only_the_proportion_of_the_weights_matters(amount, weights, factor):
    scaled = {key: Fraction(weight) * factor for key, weight in weights.items()}
    assert apportion(amount, scaled).amounts == apportion(amount, weights).amounts


@given(AMOUNTS, WEIGHTS)
def test_the_same_question_has_the_same_answer(amount, weights):
    assert apportion(amount, weights) == apportion(amount, dict(weights))


def test_among_equals_the_first_in_the_weights_gets_the_ore():
    assert apportion(Decimal("0.05"), {"b": 1, "a": 1, "c": 1}).amounts == {
        "b": Decimal("0.02"),
        "a": Decimal("0.02"),
        "c": Decimal("0.01"),
    }


def test_an_amount_that_divides_is_not_rounded():
    split = apportion(100, {"a": 1, "b": 3})
    assert split.amounts == {"a": Decimal(25), "b": Decimal(75)}
    assert [part.rounding for part in split.parts] == [0, 0]


def test_a_single_party_gets_everything():
    assert apportion(LARGEST, {"a": Decimal("0.1")}).amounts == {"a": LARGEST}


def test_a_part_is_found_by_its_key():
    split = apportion(10, {"a": 1, "b": 1})
    assert split["b"].amount == 5
    with pytest.raises(KeyError):
        split["c"]


@pytest.mark.parametrize(
    ("amount", "why"),
    [
        (0, "over 0 kan deles"),
        (Decimal("-1"), "over 0 kan deles: −1 kr"),
        (Decimal("0.001"), "hele øre"),
        (Decimal("NaN"), "hele øre"),
        (Decimal("Infinity"), "hele øre"),
        (LARGEST + 1, "hele øre"),
        (1.5, "hele øre"),
        (True, "hele øre"),
        ("100", "hele øre"),
    ],
)
def test_what_is_no_positive_exact_amount_is_refused(amount, why):
    with pytest.raises(ApportionmentError, match=why):
        apportion(amount, {"a": 1})


@pytest.mark.parametrize(
    ("weight", "why"),
    [
        (0, "ikke over 0"),
        (-1, "ikke over 0"),
        (Fraction(-1, 3), "ikke over 0"),
        (Decimal(0), "ikke over 0"),
        (Decimal("NaN"), "ikke et eksakt tal"),
        (Decimal("Infinity"), "ikke et eksakt tal"),
        (0.5, "ikke et eksakt tal"),
        (True, "ikke et eksakt tal"),
        ("1", "ikke et eksakt tal"),
    ],
)
def test_a_weight_that_is_no_positive_exact_number_is_refused_by_name(weight, why):
    with pytest.raises(ApportionmentError, match=f"Allerød.*{why}"):
        apportion(100, {"Hørsholm": 1, "Allerød": weight})


def test_there_must_be_somebody_to_split_among():
    with pytest.raises(ApportionmentError, match="ingen vægte"):
        apportion(100, {})
