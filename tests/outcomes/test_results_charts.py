"""Geometry of the small figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes import charts

COUNTS = st.lists(st.integers(min_value=0, max_value=10_000), max_size=8)


def axis(*changes: tuple[str, str]) -> charts.Axis:
    return charts.axis((Decimal(before), Decimal(after)) for before, after in changes)


@pytest.mark.parametrize(
    ("changes", "top"),
    [
        ([], 150),
        ([("100", "105")], 150),
        ([("168", "428")], 270),
        ([("2.29", "7.18"), ("168", "428")], 330),
        ([("1", "90")], 420),
        ([("0", "5")], 150),
    ],
)
def test_the_axis_reaches_just_beyond_the_highest_end_of_an_initiative(changes, top):
    assert axis(*changes).top == top


def test_ticks_stand_at_each_hundred():
    assert axis(("168", "428")).ticks == (("6.0", "0"), ("83.8", "100"), ("161.6", "200"))


def test_a_change_goes_from_100_to_its_share_of_the_start():
    assert axis(("100", "150")).index(Decimal(50), Decimal(75)) == charts.Index("137.3", "202.9", "")


def test_no_change_ends_where_it_started():
    index = axis().index(Decimal(1), Decimal(1))
    assert index is not None
    assert index.end == index.start


@pytest.mark.parametrize("before", ["0", "-0.2"])
def test_what_does_not_begin_above_zero_has_no_index(before):
    assert axis().index(Decimal(before), Decimal(3)) is None


@pytest.mark.parametrize(("after", "beyond", "end"), [("90", "right", "216.0"), ("-1", "left", "6.0")])
def test_an_end_outside_the_axis_is_an_arrow_at_its_edge(after, beyond, end):
    index = axis(("1", "90")).index(Decimal(1), Decimal(after))
    assert index is not None
    assert (index.beyond, index.end) == (beyond, end)


def test_an_arrow_points_outwards_and_stays_in_the_figure():
    assert charts.Index("56.0", "216.0", "right").arrow == "212.0,4 221.0,10 212.0,16"
    assert charts.Index("56.0", "6.0", "left").arrow == "10.0,4 1.0,10 10.0,16"


def test_steps_begin_where_the_one_before_ended():
    assert charts.stacked([50, 30, 20], 100) == (
        charts.Part("0.0", "100.0"),
        charts.Part("100.0", "60.0"),
        charts.Part("160.0", "40.0"),
    )


@given(COUNTS, st.integers(min_value=0, max_value=10_000))
def test_no_step_leaves_the_figure(counts, whole):
    ends = [Decimal(part.x) + Decimal(part.width) for part in charts.stacked(counts, whole)]
    assert all(end <= charts.WIDTH + Decimal("0.1") for end in ends)


def test_a_share_of_half_fills_half_the_bar():
    assert charts.share(13, 26) == "100.0"
