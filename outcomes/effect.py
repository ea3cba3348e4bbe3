"""Arithmetic of before and after, in Decimal; nothing is rounded here, only where a figure is shown."""

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
