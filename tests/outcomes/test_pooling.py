"""Municipalities as one: what a pooled figure must have in common with the people it is about."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.pooling import Ages, Part, Pooled, pooled_ages, pooled_mean, pooled_share

people = st.lists(st.lists(st.integers(0, 100), min_size=1, max_size=6), min_size=1, max_size=5)


def mean(of: list[int]) -> Decimal:
    return Decimal(sum(of)) / len(of)


@given(people)
def test_the_pooled_mean_is_that_of_all_people(groups):
    pooled = pooled_mean(Part(len(group), mean(group)) for group in groups)
    everybody = [person for group in groups for person in group]
    assert pooled.n == len(everybody)
    assert abs(pooled.mean - mean(everybody)) < Decimal("1e-20")


def test_it_is_not_the_mean_of_the_means():
    pooled = pooled_mean([Part(42, Decimal("4.45")), Part(11, Decimal("2.29"))])
    assert round(pooled.mean, 4) == Decimal("4.0017")


def test_one_group_is_its_own_mean():
    assert pooled_mean([Part(42, Decimal(168))]) == Pooled(42, Decimal(168), 0)


@given(people)
def test_the_order_of_the_groups_does_not_matter(groups):
    parts = [Part(len(group), Decimal(sum(group))) for group in groups]
    assert pooled_mean(parts) == pooled_mean(parts[::-1])


def test_a_group_without_n_is_left_out_and_counted():
    assert pooled_mean([Part(None, Decimal(9)), Part(3, Decimal(2))]) == Pooled(3, Decimal(2), 1)


@pytest.mark.parametrize("parts", [[], [Part(None, Decimal(4))], [Part(0, Decimal(4))]])
def test_nobody_has_no_mean(parts):
    assert pooled_mean(parts) is None


def test_fewer_than_nobody_is_refused():
    with pytest.raises(ValueError, match="fewer than none"):
        pooled_mean([Part(-1, Decimal(4))])


def test_shares_are_pooled_by_their_counts():
    assert pooled_share([(92, 179), (23, 27)]) == (115, 206)


def test_no_totals_give_no_share():
    assert pooled_share([(0, 0)]) is None


def test_more_than_all_is_refused():
    with pytest.raises(ValueError, match="no part"):
        pooled_share([(3, 2)])


def test_ages_have_the_range_of_all():
    groups = [Ages(42, Decimal(73), Decimal(52), Decimal(86)), Ages(10, Decimal(72), Decimal(62), Decimal(90))]
    assert pooled_ages(groups) == Ages(52, Decimal(42 * 73 + 720) / 52, Decimal(52), Decimal(90))


def test_a_group_without_a_range_leaves_none():
    pooled = pooled_ages([Ages(2, Decimal(70), Decimal(60), Decimal(80)), Ages(2, Decimal(80))])
    assert pooled == Ages(4, Decimal(75))


def test_a_group_of_nobody_or_of_unknown_size_does_not_matter():
    known = Ages(2, Decimal(70), Decimal(60), Decimal(80))
    assert pooled_ages([known, Ages(0, Decimal(1)), Ages(None, Decimal(1))]) == known
    assert pooled_ages([Ages(None, Decimal(1))]) is None
