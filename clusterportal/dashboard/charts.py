"""Geometry of the small figures beside the results: plain numbers in, SVG attributes as text out."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# A figure is 330 wide; its axis runs from 10 to 280, so that a label can reach beyond the end.
WIDTH, LEFT, RIGHT = Decimal(330), Decimal(10), Decimal(280)
# Text above and below the axis.
ABOVE, BELOW = "22", "60"
# About the width of a letter of the labels, and the least room between two of them.
LETTER, GAP = Decimal(8), Decimal(10)
# A share of so many is drawn as dots, one for each; of more as a bar.
MOST_DOTS, DOTS_IN_ROW, DOT = 26, 13, 24


@dataclass(frozen=True)
class Label:
    """A text with the middle it is set around; `y` is above or below the axis."""

    text: str
    x: str
    y: str


@dataclass(frozen=True)
class Change:
    """From start to end on an axis; `ticks` are the ends of the axis that no label covers."""

    start: str
    end: str
    labels: tuple[Label, Label]
    ticks: tuple[Label, ...]


@dataclass(frozen=True)
class Dot:
    """One of the cases; `counted` tells that it is among those counted."""

    x: str
    y: str
    counted: bool


@dataclass(frozen=True)
class Share:
    """A count of a total: dots where they are few, else the width of a bar of 330."""

    dots: tuple[Dot, ...]
    bar: str


@dataclass(frozen=True)
class Scale:
    """The ends of an axis, with how they are written; an end without text has no tick."""

    low: Decimal
    high: Decimal
    low_text: str
    high_text: str

    def x(self, value: Decimal) -> Decimal:
        """The place of a value on the axis, within its ends."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else Decimal(0)
        return LEFT + (RIGHT - LEFT) * min(max(share, Decimal(0)), Decimal(1))


def change(before: tuple[Decimal, str], after: tuple[Decimal, str], scale: Scale) -> Change:
    """A change with its two labels, each a value and its text; the second goes below where they would meet."""
    start, end = scale.x(before[0]), scale.x(after[0])
    first, second = _middle(start, before[1]), _middle(end, after[1])
    apart = abs(first - second) >= (_length(before[1]) + _length(after[1])) / 2 + GAP
    below = [] if apart else [(second, after[1])]
    return Change(
        start=_units(start),
        end=_units(end),
        labels=(
            Label(before[1], _units(first), ABOVE),
            Label(after[1], _units(second), ABOVE if apart else BELOW),
        ),
        ticks=tuple(
            Label(text, _units(x), BELOW)
            for x, text in ((LEFT, scale.low_text), (RIGHT, scale.high_text))
            if text and all(abs(x - other) >= (_length(text) + _length(words)) / 2 + GAP for other, words in below)
        ),
    )


def share(count: int, total: int) -> Share:
    """`count` of `total`, which is over 0."""
    if total > MOST_DOTS:
        return Share((), _units(WIDTH * count / total))
    rows = -(-total // DOTS_IN_ROW)
    top = 32 - (rows - 1) * DOT // 2
    return Share(
        tuple(
            Dot(str(14 + DOT * (place % DOTS_IN_ROW)), str(top + DOT * (place // DOTS_IN_ROW)), place < count)
            for place in range(total)
        ),
        "",
    )


def _length(text: str) -> Decimal:
    return LETTER * len(text)


def _middle(x: Decimal, text: str) -> Decimal:
    """The middle of a label at `x`, moved so that it stays within the figure."""
    half = _length(text) / 2
    return min(max(x, half), WIDTH - half)


def _units(length: Decimal) -> str:
    """With one decimal and a point, as SVG has it in every language."""
    return str(length.quantize(Decimal("0.1"), ROUND_HALF_UP))
