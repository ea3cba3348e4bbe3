"""The figure of an initiative's milestones on an axis of whole years, each as wide as its date is vague.

Pure geometry in points; templates/reports/evaluation/_timeline.svg draws it, and the numbers are those of the list
below the figure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from initiatives.asof import DatePrecision
from initiatives.danish import dated
from initiatives.milestones import DatedEvent
from initiatives.models import Milestone

from .drawing import millimetres, tenth

LEFT, RIGHT = Decimal(6), Decimal(340)
FEWEST = 4
# Numbers that would stand on each other go up by one step; more years than this get a tick without a label.
APART, STEP, MOST_LABELS = Decimal(11), Decimal(10), 10
ABOVE, BELOW = Decimal(10), Decimal(16)


@dataclass(frozen=True)
class Mark:
    """One milestone: its number in the list, the middle `x`, and how wide its date is; a day has no width.

    `level` is how many steps its number stands above the lowest; `ahead` tells that it has not begun.
    """

    number: int
    x: Decimal
    width: Decimal
    level: int
    ahead: bool

    @property
    def left(self) -> Decimal:
        return self.x - self.width / 2


@dataclass(frozen=True)
class Timeline:
    """The figure; `axis` is the height of the line, `years` are (x, label) with an empty label where it is crowded."""

    marks: tuple[Mark, ...]
    years: tuple[tuple[Decimal, str], ...]
    axis: Decimal
    words: str

    @property
    def height(self) -> Decimal:
        return self.axis + BELOW

    @property
    def millimetres(self) -> Decimal:
        return millimetres(self.height)

    @property
    def numbers(self) -> tuple[tuple[Mark, Decimal], ...]:
        """Each mark with the base line of its number."""
        return tuple((mark, self.axis - 8 - STEP * mark.level) for mark in self.marks)

    @property
    def ahead(self) -> bool:
        return any(mark.ahead for mark in self.marks)

    @property
    def vague(self) -> bool:
        return any(mark.width for mark in self.marks)


def timeline(events: Sequence[DatedEvent]) -> Timeline | None:
    """The events on their axis; None for fewer than four, or where one has no date."""
    milestones = [event.milestone for event in events]
    if len(milestones) < FEWEST or any(each.precision == DatePrecision.UNPRINTED for each in milestones):
        return None
    first, last = (date(year, 1, 1) for year in (milestones[0].day.year, milestones[-1].day.year + 1))
    points = (RIGHT - LEFT) / (last - first).days
    spans = [_span(each) for each in milestones]
    middles = [tenth(LEFT + points * ((start - first).days + Decimal((end - start).days) / 2)) for start, end in spans]
    levels = _levels(middles)
    marks = tuple(
        Mark(
            number=number,
            x=middle,
            width=tenth(points * (end - start).days) if (end - start).days > 1 else Decimal(0),
            level=level,
            ahead=event.to_come,
        )
        for number, (event, (start, end), middle, level) in enumerate(
            zip(events, spans, middles, levels, strict=True), 1
        )
    )
    years = tuple(_years(first.year, last.year, points))
    return Timeline(marks, years, ABOVE + 8 + STEP * max(levels), _words(milestones))


def _span(of: Milestone) -> tuple[date, date]:
    """From the first day that the date can mean to the day after the last."""
    end = of.day + timedelta(days=1)
    if of.precision == DatePrecision.YEAR:
        return date(of.day.year, 1, 1), end
    return (of.day.replace(day=1), end) if of.precision == DatePrecision.MONTH else (of.day, end)


def _levels(middles: Sequence[Decimal]) -> list[int]:
    """For each number the lowest step on which it stands free of those before it."""
    rightmost: list[Decimal] = []
    levels = []
    for middle in middles:
        level = next((place for place, x in enumerate(rightmost) if abs(middle - x) >= APART), len(rightmost))
        rightmost[level : level + 1] = [middle]
        levels.append(level)
    return levels


def _years(first: int, last: int, points: Decimal) -> list[tuple[Decimal, str]]:
    every = -(-(last - first) // MOST_LABELS)
    return [
        (
            tenth(LEFT + points * (date(year, 1, 1) - date(first, 1, 1)).days),
            str(year) if (year - first) % every == 0 and year < last else "",
        )
        for year in range(first, last + 1)
    ]


def _words(milestones: Sequence[Milestone]) -> str:
    said = [f"{dated(each.day, each.precision)}: {each.text}" for each in milestones]
    return _("Time line with %(count)s events. %(events)s.") % {"count": len(said), "events": "; ".join(said)}
