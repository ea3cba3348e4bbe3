"""Whether a printed difference or effect agrees with the one computed from the printed means.

A printed number stands for every number that rounds to it: 3,64 for what lies from 3.635 to 3.645 (interval
arithmetic: Moore 1966). A document computes before it rounds, so its difference may be any difference of two such
numbers. Only what no such pair explains is different. Nothing is known here about any document.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import product

from .effect import difference, effect_percent


class Agreement(StrEnum):
    """What the comparison came to."""

    EQUAL = "equal"
    # Not what the printed means give, but what means that round to them can give.
    ROUNDED = "rounded"
    DIFFERENT = "different"


@dataclass(frozen=True)
class Range:
    """Every number from low to high."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Range") -> bool:
        """True where the two have a number in common."""
        return self.low <= other.high and other.low <= self.high

    @property
    def turned(self) -> "Range":
        """The same numbers with the opposite sign."""
        return Range(-self.high, -self.low)


@dataclass(frozen=True)
class Verdict:
    """How the two agree; `unsigned` where they do so only when the fall is printed without its minus."""

    agreement: Agreement
    unsigned: bool = False


def printed_range(value: Decimal, decimals: int) -> Range:
    """What a number printed with so many decimals stands for."""
    half = Decimal(5).scaleb(-decimals - 1)
    return Range(value - half, value + half)


def difference_range(before: Range, after: Range) -> Range:
    """Every difference of a number of each."""
    return Range(difference(before.high, after.low), difference(before.low, after.high))


def effect_range(before: Range, after: Range) -> Range | None:
    """Every effect in percent; None where before can be 0, from which any effect is possible."""
    if before.low <= 0 <= before.high:
        return None
    # Away from 0 the effect rises or falls steadily with each of the two, so its ends lie at theirs.
    ends = [effect_percent(start, end) for start, end in product(_ends(before), _ends(after))]
    effects = [effect for effect in ends if effect is not None]
    return Range(min(effects), max(effects))


def compare(printed: Decimal, decimals: int, rounded: Decimal, possible: Range | None) -> Verdict:
    """A printed figure beside the computed one, `rounded` half up to the printed decimals.

    `possible` is what means that round to the printed ones give; None where the computed figure is exact, as a count.
    """
    shown = printed_range(printed, decimals)
    # A fall that is printed as a positive number; a rise is never printed as a fall by custom.
    signs = [(rounded, possible, False)]
    if printed > 0 > rounded:
        signs.append((-rounded, possible.turned if possible else None, True))
    for computed, _reach, unsigned in signs:
        if computed == printed:
            return Verdict(Agreement.EQUAL, unsigned)
    for _computed, reach, unsigned in signs:
        if reach and reach.meets(shown):
            return Verdict(Agreement.ROUNDED, unsigned)
    return Verdict(Agreement.DIFFERENT)


def _ends(of: Range) -> tuple[Decimal, Decimal]:
    return of.low, of.high
