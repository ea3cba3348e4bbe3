"""Confidence intervals against scipy, and what they must never do."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from outcomes.intervals import Interval, mean_interval, proportion_interval, t_quantile

NEAR = 1e-12
parts = st.integers(1, 400).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@settings(max_examples=60, deadline=None)
@given(parts)
def test_a_share_has_the_interval_of_clopper_and_pearson(part):
    count, total = part
    expected = stats.binomtest(count, total).proportion_ci(0.95, method="exact")
    found = proportion_interval(count, total)
    assert float(found.low) == pytest.approx(expected.low, rel=NEAR, abs=NEAR)
    assert float(found.high) == pytest.approx(expected.high, rel=NEAR, abs=NEAR)


@pytest.mark.parametrize(("count", "total"), [(92, 179), (13, 16), (1, 7), (140, 140613), (50_000, 100_000)])
@pytest.mark.parametrize("confidence", ["0.9", "0.95", "0.99"])
def test_of_many_and_at_other_confidences(count, total, confidence):
    expected = stats.binomtest(count, total).proportion_ci(float(confidence), method="exact")
    found = proportion_interval(count, total, Decimal(confidence))
    assert (float(found.low), float(found.high)) == pytest.approx((expected.low, expected.high), rel=1e-10)


@given(parts)
@settings(max_examples=40, deadline=None)
def test_the_others_have_the_interval_turned_round(part):
    count, total = part
    those, others = proportion_interval(count, total), proportion_interval(total - count, total)
    assert abs(others.low - (1 - those.high)) + abs(others.high - (1 - those.low)) < Decimal("1e-25")


@pytest.mark.parametrize(("count", "end"), [(0, "low"), (12, "high")])
def test_none_and_all_reach_the_end(count, end):
    assert getattr(proportion_interval(count, 12), end) == (0 if end == "low" else 1)


@pytest.mark.parametrize(("count", "total"), [(3, 2), (-1, 4), (0, 0)])
def test_what_is_no_part_has_no_interval(count, total):
    with pytest.raises(ValueError, match="no part"):
        proportion_interval(count, total)


@pytest.mark.parametrize("confidence", ["0", "1", "-0.5", "95"])
def test_a_confidence_lies_between_0_and_1(confidence):
    with pytest.raises(ValueError, match="not between 0 and 1"):
        proportion_interval(1, 2, Decimal(confidence))


@pytest.mark.parametrize("freedom", [*range(1, 31), 41, 44, 74, 119, 1000, 99_999])
@pytest.mark.parametrize("confidence", ["0.5", "0.95", "0.999"])
def test_t_is_that_of_student(freedom, confidence):
    expected = stats.t.ppf((1 + float(confidence)) / 2, freedom)
    assert float(t_quantile(freedom, Decimal(confidence))) == pytest.approx(expected, rel=1e-10)


def test_without_freedom_there_is_no_t():
    with pytest.raises(ValueError, match="0 degrees"):
        t_quantile(0)


@given(
    mean=st.decimals(-500, 500, places=2), sd=st.decimals("0.01", 300, places=2), n=st.integers(2, 200)
)  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_a_mean_change_with_its_own_sd_has_a_t_interval(mean, sd, n):
    low, high = stats.t.interval(0.95, n - 1, loc=float(mean), scale=float(sd) / n**0.5)
    found = mean_interval(mean, sd, n)
    assert (float(found.low), float(found.high)) == pytest.approx((low, high), rel=1e-9, abs=1e-9)


def test_all_changed_alike():
    assert mean_interval(Decimal("2.5"), Decimal(0), 8) == Interval(Decimal("2.5"), Decimal("2.5"))


@pytest.mark.parametrize(("sd", "n"), [(None, 42), (Decimal(3), None), (Decimal(3), 1), (Decimal(3), 0)])
def test_without_sd_of_change_or_with_one_person_there_is_no_interval(sd, n):
    assert mean_interval(Decimal(1), sd, n) is None


def test_an_sd_is_not_negative():
    with pytest.raises(ValueError, match="negative"):
        mean_interval(Decimal(1), Decimal(-1), 9)
