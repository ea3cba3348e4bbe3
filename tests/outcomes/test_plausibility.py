"""What looks wrong in entered figures, and what must not be remarked on."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.plausibility import (
    Change,
    Doubt,
    Participants,
    Scale,
    doubts_about_change,
    doubts_about_flow,
    doubts_about_groups,
    doubts_about_participants,
    doubts_about_value,
)

PSFS = Scale(Decimal(0), Decimal(10), "higher", 2)
PAIN = Scale(Decimal(0), Decimal(4), "lower", 2)
NOBODY = Participants()
within = st.decimals(0, 10, places=2)


def change(before: str | None, after: str | None, stated: str | None = None, **numbers: int) -> Change:
    means = [None if text is None else Decimal(text) for text in (before, after, stated)]
    return Change(means[0], means[1], means[2], numbers.get("n"), numbers.get("n_before"), numbers.get("n_after"))


def fields(doubts: tuple[Doubt, ...]) -> list[str]:
    return [doubt.field for doubt in doubts]


@given(within, within, st.integers(0, 90))
def test_a_mean_that_got_better_within_the_scale_is_not_remarked_on(one, other, n):
    entered = Change(min(one, other), max(one, other), n=n, n_before=n, n_after=n)
    assert doubts_about_change(entered, PSFS, Participants(n + 2, n + 1, n, 1)) == ()


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [("10.5", "10.5", "Over skalaens højeste, 10."), ("-0.01", "-0.01", "Under skalaens laveste, 0.")],
)
def test_outside_the_scale_is_told_at_both_ends(before, after, text):
    doubts = doubts_about_change(change(before, after), PSFS, NOBODY)
    assert [(doubt.field, doubt.text) for doubt in doubts] == [("before", text), ("after", text)]


@pytest.mark.parametrize(
    ("scale", "before", "after", "text"),
    [
        (PSFS, "7.3", "4.45", "Blev dårligere: på dette mål er højere bedre."),
        (PAIN, "3.55", "3.64", "Blev dårligere: på dette mål er lavere bedre."),
    ],
)
def test_an_effect_against_the_direction_is_told(scale, before, after, text):
    assert [doubt.text for doubt in doubts_about_change(change(before, after), scale, NOBODY)] == [text]


def test_where_neither_way_is_better_nothing_is_against_it():
    assert doubts_about_change(change("70", "20"), Scale(None, None, "neither", 0), NOBODY) == ()


def test_a_change_that_the_scale_leaves_no_room_for():
    """From 8 of 10 a mean cannot rise by 3."""
    assert fields(doubts_about_change(change("8", "9", "3"), PSFS, NOBODY)) == ["change"]
    assert fields(doubts_about_change(change("8", "9", "2"), PSFS, NOBODY)) == []


def test_a_change_of_the_other_sign_than_the_means():
    assert fields(doubts_about_change(change("4", "6", "-1"), PSFS, NOBODY)) == ["change"]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ({"n_before": 40, "n_after": 41}, ["n_after"]),
        ({"n_before": 40, "n_after": 40}, []),
        ({"n_before": 40, "n_after": 30, "n": 31}, ["n"]),
        ({"n_before": 40, "n_after": 30, "n": 30}, []),
    ],
)
def test_people_do_not_grow_in_number(numbers, expected):
    assert fields(doubts_about_change(change("4", "6", **numbers), PSFS, NOBODY)) == expected


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (Participants(paired=41), ["n"]),
        (Participants(started=41), ["n"]),
        (Participants(started=50, paired=42), []),
        (NOBODY, []),
    ],
)
def test_n_is_held_against_the_participants(people, expected):
    assert fields(doubts_about_change(change("4", "6", n=42), PSFS, people)) == expected


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        (Participants(60, 50, 42, 8), []),
        (Participants(60, 61, 42, 8), ["started"]),
        (Participants(60, None, 61), ["paired"]),
        (Participants(60, 50, 42, 9), ["dropped_out"]),
        (NOBODY, []),
    ],
)
def test_nobody_is_measured_who_did_not_start(people, expected):
    assert fields(doubts_about_participants(people)) == expected


@pytest.mark.parametrize(
    ("entered", "steps", "texts"),
    [
        (139, [53, 29, 17, 10, 30], []),
        (140, [53, 29, 17, 10, 30], ["1 er ikke med i noget trin."]),
        (138, [53, 29, 17, 10, 30], ["Trinnene har 1 for mange."]),
    ],
)
def test_the_boxes_of_a_flow_add_up_or_say_by_how_much_not(entered, steps, texts):
    assert [doubt.text for doubt in doubts_about_flow(entered, steps)] == texts


@pytest.mark.parametrize(
    ("whole", "groups", "texts"),
    [
        (111, [42, 69], []),
        (110, [42, 69], ["Grupperne giver 111 tilsammen, ikke 110."]),
        (None, [42, 69], []),
        (110, [42, None], []),
        (110, [], []),
    ],
)
def test_groups_add_up_to_the_whole(whole, groups, texts):
    assert [doubt.text for doubt in doubts_about_groups(whole, groups)] == texts


def test_a_single_figure_has_its_scale():
    assert fields(doubts_about_value(Decimal(101), Scale(Decimal(0), Decimal(100), "neither", 0))) == ["value"]
    assert doubts_about_value(None, PSFS) == ()
