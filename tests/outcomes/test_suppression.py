"""Nothing that is shown gives a hidden number away: small tables are tried through by brute force."""

from collections.abc import Iterable
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outcomes.suppression import Mark, Marks, released, suppress, suppress_groups

FEW, HIDDEN, SHOWN, MISSING = Mark.FEW, Mark.HIDDEN, Mark.SHOWN, Mark.MISSING
# Small enough to try every table that looks the same.
LIMIT = 3
numbers = st.one_of(st.none(), st.integers(0, 7))


def tables(height: int, width: int):
    row = st.lists(numbers, min_size=width, max_size=width)
    return st.lists(row, min_size=height, max_size=height)


def can_be(mark: Mark, number: int, shown: int) -> bool:
    """True where a reader who knows the rules must reckon with the number."""
    if mark == SHOWN:
        return number == shown
    return 0 < number < LIMIT if mark == FEW else number >= LIMIT


def total(cells) -> int:
    return sum(cell or 0 for cell in cells)


def lookalikes(table, marks: Marks):
    """Every table that looks the same, with hidden numbers up to three above the limit or the truth."""
    cells = [(i, j) for i, row in enumerate(table) for j, _number in enumerate(row)]
    choices: list[Iterable[int | None]] = []
    for i, j in cells:
        mark, number = marks.cells[i][j], table[i][j]
        if mark in {SHOWN, MISSING}:
            choices.append([number])
        else:
            choices.append(range(1, LIMIT) if mark == FEW else range(LIMIT, max(number, LIMIT) + 3))
    for guess in product(*choices):
        other = [list(guess[i * len(table[0]) : (i + 1) * len(table[0])]) for i in range(len(table))]
        if same_totals(table, other, marks):
            yield other


def same_totals(table, other, marks: Marks) -> bool:
    rows = zip(marks.row_totals, table, other, strict=False)
    columns = zip(marks.column_totals, zip(*table, strict=True), zip(*other, strict=True), strict=False)
    lines = [*rows, *columns]
    if any(mark != MISSING and not can_be(mark, total(guess), total(true)) for mark, true, guess in lines):
        return False
    if marks.total in {None, MISSING}:
        return True
    return can_be(marks.total, sum(map(total, other)), sum(map(total, table)))


def assert_safe(table, marks: Marks) -> None:
    if marks.withheld:
        return
    found = list(lookalikes(table, marks))
    for i, row in enumerate(marks.cells):
        for j, mark in enumerate(row):
            if mark in {FEW, HIDDEN}:
                assert len({other[i][j] for other in found}) > 1, (table, marks, (i, j))


@settings(max_examples=250, deadline=None)
@given(st.one_of(tables(2, 2), tables(2, 3), tables(3, 2), tables(1, 4)))
def test_no_hidden_number_can_be_computed(table):
    assert_safe(table, suppress(table, LIMIT))


@settings(max_examples=120, deadline=None)
@given(tables(2, 3), st.booleans())
def test_nor_with_the_totals_of_one_side(table, rows):
    assert_safe(table, suppress(table, LIMIT, row_totals=rows, column_totals=not rows))


@settings(max_examples=150, deadline=None)
@given(tables(3, 3))
def test_no_total_gives_away_that_the_hidden_are_few_together(table):
    marks = suppress(table, 5)
    lines = [*zip(marks.row_totals, marks.cells, table, strict=True)]
    lines += zip(marks.column_totals, zip(*marks.cells, strict=True), zip(*table, strict=True), strict=True)
    for of_total, of_cells, cells in lines:
        hidden = total(cell for mark, cell in zip(of_cells, cells, strict=True) if mark in {FEW, HIDDEN})
        assert marks.withheld or of_total != SHOWN or hidden == 0 or hidden >= 5


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.one_of(st.none(), st.just(0), st.integers(5, 99)), min_size=3, max_size=3), min_size=1))
def test_a_table_without_small_numbers_is_shown_whole(table):
    marks = suppress(table, 5)
    assert {mark for row in marks.cells for mark in row} <= {SHOWN, MISSING}
    assert {*marks.row_totals, *marks.column_totals, marks.total} <= {SHOWN, MISSING}


@settings(max_examples=100, deadline=None)
@given(tables(3, 3))
def test_a_small_number_is_never_shown(table):
    marks = suppress(table, 5)
    for row, of_row in zip(table, marks.cells, strict=True):
        for number, mark in zip(row, of_row, strict=True):
            assert number is None or not 0 < number < 5 or mark != SHOWN


def test_nought_and_not_measured_stay_what_they_are():
    marks = suppress([[0, None, 12]], 5, column_totals=False)
    assert marks.cells == ((SHOWN, MISSING, SHOWN),)


def test_the_total_less_the_parts_gives_nothing_away():
    """3 of 20: without hiding another part, 20 - 17 would tell."""
    marks = suppress([[3, 8, 9]], 5, column_totals=False)
    assert (marks.cells, marks.row_totals) == (((FEW, HIDDEN, SHOWN),), (SHOWN,))


def test_two_small_parts_of_a_large_total_hide_a_third():
    """1 and 2 of 23 would be a group of three."""
    marks = suppress([[1, 2, 20]], 5, column_totals=False)
    assert marks.cells == ((FEW, FEW, HIDDEN),)


def test_two_at_the_top_of_what_is_small_hide_their_total():
    """4 and 4 of 8: nothing else under 5 adds up to 8."""
    marks = suppress([[4, 4]], 5, column_totals=False)
    assert (marks.cells, marks.row_totals) == (((FEW, FEW),), (HIDDEN,))


def test_of_a_table_the_rows_and_columns_are_hidden_in_a_rectangle():
    marks = suppress([[2, 30, 40], [20, 10, 50], [60, 70, 80]], 5)
    assert marks.cells == ((FEW, HIDDEN, SHOWN), (HIDDEN, HIDDEN, SHOWN), (SHOWN, SHOWN, SHOWN))
    assert {*marks.row_totals, *marks.column_totals, marks.total} == {SHOWN}


def test_what_cannot_be_protected_is_withheld():
    """Four parts, each at least one, of fewer than five: each is one."""
    marks = suppress([[1, 1, 1, 1]], 5, column_totals=False)
    assert marks.withheld
    assert {*marks.cells[0], *marks.row_totals} == {HIDDEN}


def test_a_table_of_nothing():
    assert suppress([[]], 5).cells == ((),)
    assert suppress([], 5).cells == ()


def test_fewer_than_nobody_is_refused():
    with pytest.raises(ValueError, match="fewer than none"):
        suppress([[-1]], 5)


# Means: the row of a group follows its number.
def test_the_pooled_mean_less_the_shown_means_is_about_the_limit_or_more():
    groups, together = suppress_groups([42, 3, 11], 5)
    assert (groups, together) == ((SHOWN, FEW, HIDDEN), SHOWN)


def test_of_two_groups_a_small_one_takes_the_other_with_it():
    assert suppress_groups([42, 3], 5) == ((HIDDEN, FEW), SHOWN)


def test_a_group_of_unknown_size_may_be_small():
    assert suppress_groups([None, 12], 5) == ((HIDDEN, SHOWN), SHOWN)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.integers(2, 10))
def test_the_people_behind_the_hidden_rows_are_none_or_enough(numbers, limit):
    marks, together = suppress_groups(numbers, limit)
    hidden = sum(number for number, mark in zip(numbers, marks, strict=True) if mark != SHOWN)
    assert together != SHOWN or hidden == 0 or hidden >= limit


# Two as-of dates subtracted.
def test_a_later_state_with_few_more_people_is_kept_back():
    assert released([{"n": 20}, {"n": 22}, {"n": 26}], 5) == (True, False, True)


def test_each_state_is_held_against_every_earlier_one():
    assert released([{"n": 20}, {"n": 30}, {"n": 22}], 5) == (True, True, False)


def test_the_same_number_again_and_a_new_figure_are_shown():
    assert released([{"a": 20}, {"a": 20, "b": 3}], 5) == (True, True)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from("ab"), st.integers(0, 30)), max_size=6), st.integers(1, 8))
def test_no_two_shown_states_differ_by_few_people(states, limit):
    shown = [state for state, answer in zip(states, released(states, limit), strict=True) if answer]
    for one, other in product(shown, shown):
        for key in one.keys() & other.keys():
            assert not 0 < abs(one[key] - other[key]) < limit
