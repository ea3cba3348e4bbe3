"""Geometry of the small figures: where a change begins and ends, where its labels stand, how a share is drawn."""

from decimal import Decimal

import pytest

from clusterportal.dashboard.charts import Change, Scale, change, share
from clusterportal.dashboard.results_in_words import scale
from outcomes.models import Measure

PAIN = Measure(direction="lower", decimals=2, scale_low=Decimal(0), scale_high=Decimal(4))
METRES = Measure(direction="higher", decimals=2, scale_low=Decimal(0))


def drawn(before: str, after: str, high: str = "430", low_text: str = "0", high_text: str = "") -> Change:
    ends = Scale(Decimal(0), Decimal(high), low_text, high_text)
    return change((Decimal(before), before), (Decimal(after), f"{after} meter"), ends)


def test_the_ends_lie_on_the_axis_in_proportion():
    figure = drawn("0", "430")
    assert (figure.start, figure.end) == ("10.0", "280.0")
    assert drawn("215", "430").start == "145.0"


def test_labels_stand_above_their_ends_where_there_is_room():
    first, second = drawn("168", "428").labels
    assert (first.text, first.y, second.text, second.y) == ("168", "22", "428 meter", "22")


def test_labels_that_would_meet_stand_one_above_and_one_below():
    first, second = drawn("400", "428").labels
    assert (first.y, second.y) == ("22", "60")


def test_a_label_stays_within_the_figure():
    long = change(
        (Decimal(1), "1"), (Decimal(430), "430,55 gentagelser i timen"), Scale(Decimal(0), Decimal(430), "0", "")
    )
    middle = Decimal(long.labels[1].x)
    assert middle + 4 * len("430,55 gentagelser i timen") <= 330


def test_a_tick_gives_way_to_a_label_below():
    assert [tick.text for tick in drawn("3.55", "3.64", high="4", high_text="4").ticks] == ["0"]
    assert [tick.text for tick in drawn("1", "3.64", high="4", high_text="4").ticks] == ["0", "4"]


def test_a_fall_to_the_foot_of_the_axis_keeps_its_label():
    figure = drawn("40", "2")
    assert figure.labels[1].y == "60"
    assert [tick.text for tick in figure.ticks] == []


def test_a_measure_with_a_scale_is_drawn_on_it():
    ends = scale(PAIN, Decimal("3.55"), Decimal("3.64"))
    assert (ends.low, ends.high, ends.low_text, ends.high_text) == (0, 4, "0", "4")


def test_a_measure_without_a_top_is_drawn_up_to_its_larger_value():
    ends = scale(METRES, Decimal(168), Decimal(428))
    assert (ends.low, ends.high, ends.high_text) == (0, 428, "")


def test_no_value_lies_outside_the_axis():
    index = Measure(direction="higher", decimals=3, scale_high=Decimal(1))
    ends = scale(index, Decimal("-0.2"), Decimal("1.1"))
    assert (ends.low, ends.high) == (Decimal("-0.2"), Decimal("1.1"))


def test_a_scale_of_one_point_is_drawn_at_its_foot():
    assert Scale(Decimal(3), Decimal(3), "3", "").x(Decimal(3)) == 10


def test_a_share_of_few_is_a_dot_for_each():
    figure = share(2, 13)
    assert [dot.counted for dot in figure.dots] == [True] * 2 + [False] * 11
    assert {dot.y for dot in figure.dots} == {"32"}


def test_more_than_a_row_of_dots_go_on_below():
    figure = share(14, 26)
    assert sorted({dot.y for dot in figure.dots}) == ["20", "44"]
    assert max(int(dot.x) for dot in figure.dots) <= 330 - 8


@pytest.mark.parametrize(("count", "total", "width"), [(0, 27, "0.0"), (27, 27, "330.0"), (92, 179, "169.6")])
def test_a_share_of_many_is_a_bar(count: int, total: int, width: str):
    figure = share(count, total)
    assert (figure.dots, figure.bar) == ((), width)
