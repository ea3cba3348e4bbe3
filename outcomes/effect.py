"""Arithmetic of before and after, in Decimal; nothing is rounded here, only where a figure is shown.

The formulas are those of the evaluations' own tables: difference = after - before, effect = difference / before. A
smallest difference that matters (MCID: Jaeschke, Singer and Guyatt 1989, Control. Clin. Trials 10:407) comes with each
measure as data.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Judgement(StrEnum):
    """What a change means to the people measured."""

    BETTER = "better"
    WORSE = "worse"
    UNCHANGED = "unchanged"
    # Neither way is better on this measure.
    NONE = "none"


def difference(before: Decimal, after: Decimal) -> Decimal:
    """After minus before, signed, in the measure's unit."""
    return after - before


def effect_percent(before: Decimal, after: Decimal) -> Decimal | None:
    """The difference in percent of what was measured before, signed; None where that was 0."""
    return None if before == 0 else difference(before, after) / abs(before) * 100


def proportion_percent(count: int, total: int) -> Decimal:
    """`count` in percent of `total`, which is over 0."""
    return Decimal(count) / Decimal(total) * 100


def judgement(before: Decimal, after: Decimal, direction: str) -> Judgement:
    """By the measure's direction (higher, lower, neither); unchanged where the two are equal."""
    if before == after:
        return Judgement.UNCHANGED
    if direction not in {"higher", "lower"}:
        return Judgement.NONE
    return Judgement.BETTER if (after > before) == (direction == "higher") else Judgement.WORSE


def improvement(before: Decimal, after: Decimal, direction: str) -> Decimal | None:
    """How far it went the right way, in the measure's unit, negative the wrong way; None where neither is better."""
    if direction not in {"higher", "lower"}:
        return None
    change = difference(before, after)
    return change if direction == "higher" else -change


@dataclass(frozen=True)
class Smallest:
    """The smallest difference that matters to a group of people (MCID), above 0, in the measure's unit.

    `derived` where it was computed from the scale and not published by the source.
    """

    value: Decimal
    group: str
    source: str
    derived: bool = False


def reached(gain: Decimal, smallest: Iterable[Smallest]) -> tuple[tuple[Smallest, ...], tuple[Smallest, ...]]:
    """Those of the smallest differences that an improvement reaches, and those that it does not, lowest first.

    A mean is compared: that it reaches the difference does not say how many of the people did.
    """
    ordered = sorted(smallest, key=lambda each: each.value)
    return (
        tuple(each for each in ordered if gain >= each.value),
        tuple(each for each in ordered if gain < each.value),
    )
