"""A price of one year at the level of another, by the adjustments that are recorded, and what that could not be told.

Pure: adjustments are percent by the year they lead into.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from initiatives.money import ORE


@dataclass(frozen=True)
class Priced:
    """`amount` kroner at the level of `year`; in the `missing` years nothing was recorded, so nothing was added."""

    amount: Decimal
    year: int
    adjusted: tuple[int, ...]
    missing: tuple[int, ...]

    @property
    def is_estimate(self) -> bool:
        """True where the level of the year is not fully known."""
        return bool(self.missing)


def priced(amount: Decimal, price_year: int, year: int, percent: Mapping[int, Decimal]) -> Priced:
    """`amount` of `price_year` at the level of `year`, rounded half up to whole øre once, at the end.

    Raises ValueError for a year before the price's: prices are not turned back.
    """
    if year < price_year:
        raise ValueError(f"a price of {price_year} is not turned back to {year}")
    years = range(price_year + 1, year + 1)
    adjusted = tuple(step for step in years if step in percent)
    for step in adjusted:
        amount *= 1 + percent[step] / 100
    missing = tuple(step for step in years if step not in percent)
    return Priced(amount.quantize(ORE, ROUND_HALF_UP), year, adjusted, missing)
