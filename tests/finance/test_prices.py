"""A price at the level of another year, and what is not known about it."""

from decimal import Decimal

import pytest

from finance.prices import priced


def test_a_price_of_the_same_year_stands():
    price = priced(Decimal(509569), 2023, 2023, {})
    assert (price.amount, price.adjusted, price.missing, price.is_estimate) == (Decimal(509569), (), (), False)


def test_recorded_adjustments_are_compounded_and_rounded_once():
    # 100.15 × 1.033 × 1.021 = 105.6275...; rounded after each year it would be 105.62.
    price = priced(Decimal("100.15"), 2022, 2024, {2023: Decimal("3.3"), 2024: Decimal("2.1"), 2025: Decimal(9)})
    assert (price.amount, price.adjusted, price.is_estimate) == (Decimal("105.63"), (2023, 2024), False)


def test_a_year_without_adjustment_adds_nothing_and_is_told():
    price = priced(Decimal(509569), 2023, 2024, {})
    assert (price.amount, price.missing, price.is_estimate) == (Decimal(509569), (2024,), True)


def test_a_gap_between_recorded_years_is_told():
    price = priced(Decimal(100), 2022, 2024, {2024: Decimal(10)})
    assert (price.amount, price.adjusted, price.missing) == (Decimal(110), (2024,), (2023,))


def test_falling_prices_count_too():
    assert priced(Decimal(100), 2023, 2024, {2024: Decimal("-1.5")}).amount == Decimal("98.50")


def test_prices_are_not_turned_back():
    with pytest.raises(ValueError, match="2023"):
        priced(Decimal(100), 2023, 2022, {})
