"""Geometry of the bars beside the annex's figures: plain numbers in, SVG attributes as text out."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

WIDTH = Decimal(200)
# Room right of the frame, as a multiple of the frame: at least for 30 % overspend, at most for 100 %.
LEAST_ROOM, MOST_ROOM = Decimal("1.3"), Decimal(2)
# An overspend bar has a stroke of one unit, so it begins that much after the line of the frame.
STROKE = Decimal(1)


@dataclass(frozen=True)
class Bar:
    """Widths for a bar of 200 units; `over_width` is empty where the frame holds, `percent` None without a frame."""

    frame: str
    fill: str
    over_from: str
    over_width: str
    percent: int | None


def percent_of(part: Decimal, whole: Decimal) -> int | None:
    """`part` in whole percent of `whole`, None where there is no whole.

    Rounded half up, but only what is exactly the whole is 100, and only what is nothing is 0.
    """
    if whole <= 0:
        return None
    rounded = int((part * 100 / whole).quantize(Decimal(1), ROUND_HALF_UP))
    if rounded == 100 and part != whole:
        return 99 if part < whole else 101
    return 1 if rounded == 0 and part > 0 else rounded


def room(lines: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """How wide a table's bars must reach, in frames, for (spent, frame) of all lines: between 1,3 and 2."""
    ratios = (spent / frame for spent, frame in lines if frame > 0)
    return min(max([LEAST_ROOM, *ratios]), MOST_ROOM)


def bar(spent: Decimal, frame: Decimal, reach: Decimal) -> Bar:
    """The bar of one line; the frame stands at the same place in every bar of a table. Longer bars are cut."""
    at = WIDTH / reach
    # Without a frame everything spent is beyond it.
    length = at * spent / frame if frame > 0 else (WIDTH if spent > 0 else Decimal(0))
    over = min(length, WIDTH - STROKE) - at - STROKE
    return Bar(
        frame=units(at),
        fill=units(max(min(length, at), Decimal(0)) if frame > 0 else Decimal(0)),
        over_from=units(at + STROKE),
        over_width=units(max(over, STROKE)) if spent > max(frame, Decimal(0)) else "",
        percent=percent_of(spent, frame),
    )


def share(part: Decimal, whole: Decimal) -> Bar:
    """The bar of a part within its whole; it fills the whole width where it is everything."""
    return bar(part, whole, Decimal(1))


def units(length: Decimal) -> str:
    """With one decimal and a point, as SVG has it in every language."""
    return str(length.quantize(Decimal("0.1"), ROUND_HALF_UP))
