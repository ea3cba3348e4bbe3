"""Geometry of the small figures: plain numbers in, SVG attributes as text out."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

# A figure with start = 100: width 222, of which the axis takes 6 to 216.
LEFT, RIGHT = Decimal(6), Decimal(216)
# The axis reaches at least to 150, so that small changes look small, and at most to 420: an arrow says "beyond".
LEAST_TOP, MOST_TOP = Decimal(150), Decimal(420)
# Room right of the highest end, in percent of the start, for its dot and for the label of a tick.
ROOM = 10
# Bars of parts and shares are 200 units wide.
WIDTH = Decimal(200)


@dataclass(frozen=True)
class Axis:
    """An axis from 0 to `top` in percent of the start; `ticks` are (x, label)."""

    top: Decimal
    ticks: tuple[tuple[str, str], ...]
    start: str

    def index(self, before: Decimal, after: Decimal) -> "Index | None":
        """Where `after` stands when `before` is 100; None where `before` is not above 0."""
        if before <= 0:
            return None
        value = after / before * 100
        beyond = "right" if value > self.top else "left" if value < 0 else ""
        return Index(self.start, _units(_x(min(max(value, Decimal(0)), self.top), self.top)), beyond)


@dataclass(frozen=True)
class Index:
    """Start and end of a change on its axis; `beyond` is left or right where the end lies outside."""

    start: str
    end: str
    beyond: str

    @property
    def arrow(self) -> str:
        """Points of the arrow that stands for an end outside the axis."""
        tip, foot = (RIGHT + 5, RIGHT - 4) if self.beyond == "right" else (LEFT - 5, LEFT + 4)
        return f"{_units(foot)},4 {_units(tip)},10 {_units(foot)},16"


@dataclass(frozen=True)
class Part:
    """A bar of 200 units from `x` on."""

    x: str
    width: str


def axis(changes: Iterable[tuple[Decimal, Decimal]]) -> Axis:
    """One axis for all (before, after) of an initiative, so that its tables can be compared."""
    highest = max((after / before * 100 for before, after in changes if before > 0), default=Decimal(0))
    tens = (highest / 10).to_integral_value(ROUND_CEILING) * 10
    top = min(max(tens + ROOM, LEAST_TOP), MOST_TOP)
    ticks = tuple((_units(_x(Decimal(tick), top)), str(tick)) for tick in range(0, int(top) + 1, 100))
    return Axis(top, ticks, _units(_x(Decimal(100), top)))


def stacked(parts: Iterable[int], whole: int) -> tuple[Part, ...]:
    """Bars that each begin where the one before ended; the widest row fills the width."""
    counts = list(parts)
    reach = Decimal(max(whole, sum(counts), 1))
    starts = [sum(counts[:place]) for place in range(len(counts))]
    return tuple(
        Part(_units(start * WIDTH / reach), _units(count * WIDTH / reach))
        for start, count in zip(starts, counts, strict=True)
    )


def share(count: int, total: int) -> str:
    """The width of a part of `total`, which is over 0."""
    return _units(count * WIDTH / Decimal(total))


def _x(value: Decimal, top: Decimal) -> Decimal:
    return LEFT + (RIGHT - LEFT) * value / top


def _units(length: Decimal) -> str:
    """With one decimal and a point, as SVG has it in every language."""
    return str(length.quantize(Decimal("0.1"), ROUND_HALF_UP))
