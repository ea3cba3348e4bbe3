"""The bars: the frame at one place, overspend beyond it, percent that never rounds a difference away."""

from decimal import Decimal

import pytest

from finance.charts import Bar, bar, percent_of, room, share

USUAL = Decimal("1.3")


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (50000, 750000, 7),
        (334528, 270000, 124),
        (837248, 850000, 98),
        (578207, 580000, 99),  # 99,7 %: 1.793 kr. are left
        (580001, 580000, 101),
        (580000, 580000, 100),
        (0, 300000, 0),
        (1, 300000, 1),
        (125, 1000, 13),
        (0, 0, None),
        (5, 0, None),
    ],
)
def test_percent(part, whole, percent):
    assert percent_of(Decimal(part), Decimal(whole)) == percent


def test_the_bar_of_a_line_within_its_frame():
    assert bar(Decimal(890500), Decimal(1420000), USUAL) == Bar("153.8", "96.5", "154.8", "", 63)


def test_the_bar_of_an_overspent_line_is_full_and_goes_on_beyond_the_frame():
    assert bar(Decimal(334528), Decimal(270000), USUAL) == Bar("153.8", "153.8", "154.8", "35.8", 124)


def test_the_bar_of_a_line_that_met_its_frame():
    assert bar(Decimal(300000), Decimal(300000), USUAL) == Bar("153.8", "153.8", "154.8", "", 100)


def test_the_bar_of_a_line_that_spent_nothing():
    assert bar(Decimal(0), Decimal(300000), USUAL) == Bar("153.8", "0.0", "154.8", "", 0)


@pytest.mark.parametrize("amount", [112000, 250000, 300000, 500000, 700000])
def test_what_is_spent_to_the_krone_is_never_drawn_as_overspent(amount):
    assert bar(Decimal(amount), Decimal(amount), USUAL).over_width == ""


def test_a_tiny_overspend_can_still_be_seen():
    assert bar(Decimal(300001), Decimal(300000), USUAL).over_width == "1.0"


def test_a_bar_longer_than_the_figure_is_cut():
    assert bar(Decimal(900), Decimal(100), Decimal(2)) == Bar("100.0", "100.0", "101.0", "98.0", 900)


def test_spending_without_a_frame_is_all_beyond_it():
    assert bar(Decimal(5), Decimal(0), USUAL) == Bar("153.8", "0.0", "154.8", "44.2", None)


def test_neither_spending_nor_frame_draws_nothing():
    assert bar(Decimal(0), Decimal(0), USUAL) == Bar("153.8", "0.0", "154.8", "", None)


@pytest.mark.parametrize(
    ("spent", "frame", "reach"),
    [("50", "100", "1.3"), ("124", "100", "1.3"), ("160", "100", "1.6"), ("900", "100", "2"), ("5", "0", "1.3")],
)
def test_the_room_reaches_for_the_longest_bar_within_bounds(spent, frame, reach):
    assert room([(Decimal(10), Decimal(100)), (Decimal(spent), Decimal(frame))]) == Decimal(reach)


def test_the_room_of_no_lines():
    assert room([]) == USUAL


def test_a_share_fills_its_part_of_the_width():
    quarter = share(Decimal(25), Decimal(100))
    assert (quarter.fill, quarter.percent) == ("50.0", 25)
    assert share(Decimal(100), Decimal(100)).fill == "200.0"
