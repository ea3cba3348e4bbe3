"""When a printed figure agrees with the computed one: exactly, through the rounding of the means, or not."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from outcomes.agreement import Agreement, Range, Verdict, compare, difference_range, effect_range, printed_range
from outcomes.effect import difference, effect_percent

EQUAL, ROUNDED, DIFFERENT = Agreement.EQUAL, Agreement.ROUNDED, Agreement.DIFFERENT
exact = st.decimals("0.05", 2000, places=6)
decimals = st.integers(0, 3)


def at(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def places(text: str) -> int:
    return len(text.partition(".")[2])


def judged(kind: str, before: str, after: str, printed: str) -> Verdict:
    start, end = (printed_range(Decimal(text), places(text)) for text in (before, after))
    computed: Decimal | None = difference(Decimal(before), Decimal(after))
    possible: Range | None = difference_range(start, end)
    if kind == "effect":
        computed, possible = effect_percent(Decimal(before), Decimal(after)), effect_range(start, end)
    assert computed is not None
    return compare(Decimal(printed), places(printed), at(computed, places(printed)), possible)


@pytest.mark.parametrize(
    ("kind", "before", "after", "printed", "expected"),
    [
        ("difference", "168", "428", "260", Verdict(EQUAL)),
        ("difference", "10", "15.5", "5.5", Verdict(EQUAL)),
        ("difference", "793.46", "1507.45", "714", Verdict(EQUAL)),
        ("difference", "9", "13", "3.9", Verdict(ROUNDED)),
        ("difference", "9.00", "13.00", "3.9", Verdict(DIFFERENT)),
        ("difference", "3.01", "3.64", "0.64", Verdict(ROUNDED)),
        ("difference", "3.01", "3.64", "0.66", Verdict(DIFFERENT)),
        ("difference", "100", "200", "90", Verdict(DIFFERENT)),
        ("difference", "2.26", "1.76", "0.5", Verdict(EQUAL, unsigned=True)),
        ("difference", "2.26", "1.76", "0.51", Verdict(ROUNDED, unsigned=True)),
        ("difference", "2.26", "1.76", "0.6", Verdict(DIFFERENT)),
        ("difference", "1.76", "2.26", "-0.5", Verdict(DIFFERENT)),
        ("effect", "9.16", "12.32", "34", Verdict(EQUAL)),
        ("effect", "9.16", "12.32", "35", Verdict(ROUNDED)),
        ("effect", "9.16", "12.32", "36", Verdict(DIFFERENT)),
        ("effect", "2.96", "1.81", "39", Verdict(EQUAL, unsigned=True)),
        ("effect", "-0.20", "0.10", "150", Verdict(EQUAL)),
    ],
)
def test_a_printed_figure(kind, before, after, printed, expected):
    assert judged(kind, before, after, printed) == expected


def test_a_count_is_exact():
    assert compare(Decimal(45), 0, Decimal(46), None) == Verdict(DIFFERENT)
    assert compare(Decimal(46), 0, Decimal(46), None) == Verdict(EQUAL)


def test_from_what_may_be_nought_no_effect_is_impossible():
    assert effect_range(Range(Decimal("-0.5"), Decimal("0.5")), Range(Decimal(1), Decimal(2))) is None


@given(exact, exact, decimals, decimals, decimals)
def test_no_false_alarm_on_a_difference_computed_before_rounding(before, after, of_before, of_after, of_printed):
    start, end = printed_range(at(before, of_before), of_before), printed_range(at(after, of_after), of_after)
    printed, shown = at(after - before, of_printed), at(after, of_after) - at(before, of_before)
    verdict = compare(printed, of_printed, at(shown, of_printed), difference_range(start, end))
    assert verdict.agreement != DIFFERENT


@given(exact, exact, decimals, decimals)
def test_no_false_alarm_on_an_effect_computed_before_rounding(before, after, of_means, of_printed):
    start, end = (printed_range(at(value, of_means), of_means) for value in (before, after))
    possible = effect_range(start, end)
    assume(possible is not None)
    shown = effect_percent(at(before, of_means), at(after, of_means))
    printed = at(effect_percent(before, after), of_printed)
    assert compare(printed, of_printed, at(shown, of_printed), possible).agreement != DIFFERENT


@given(exact, exact, decimals, st.decimals(1, 50, places=2))
def test_a_slip_of_more_than_rounding_is_found(before, after, of_means, slip):
    """Two means of d decimals move their difference by one on the last digit at most, the print by half a digit."""
    start, end = (at(value, of_means) for value in (before, after))
    assume(end > start)
    wrong = at(end - start + slip * 10 * Decimal(1).scaleb(-of_means), of_means)
    possible = difference_range(printed_range(start, of_means), printed_range(end, of_means))
    assert compare(wrong, of_means, at(end - start, of_means), possible) == Verdict(DIFFERENT)
