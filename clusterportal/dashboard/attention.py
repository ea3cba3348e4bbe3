"""What asks for attention: initiatives off their course, and those that nobody has reported on lately."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from finance.annex import label
from initiatives.asof import DatePrecision
from initiatives.models import Colour

from .board import Listed, Standing
from .history import History, Report, colour_since

OFF_COURSE = (Colour.RED, Colour.AMBER)


@dataclass(frozen=True)
class Deviation:
    """An amber or red initiative; `report` is the one that holds, `since` the one with which it took its colour.

    `days` is how long ago that was, None where the report's date is not printed.
    """

    initiative: Listed
    report: Report
    since: Report
    days: int | None

    @property
    def label(self) -> str:
        """Number and short title."""
        return label(self.initiative)


def deviations(of: Iterable[Standing], reported: History, day: date) -> tuple[Deviation, ...]:
    """Red before amber, then the one that has been so for longest."""
    found = [
        _deviation(each.initiative, reported[each.initiative.pk], day)
        for each in of
        if each.status and each.status.colour in OFF_COURSE
    ]
    return tuple(sorted(found, key=lambda each: (OFF_COURSE.index(Colour(each.report.colour)), each.since.day)))


def _deviation(initiative: Listed, reports: Sequence[Report], day: date) -> Deviation:
    since = colour_since(reports)
    days = None if since.precision == DatePrecision.UNPRINTED else (day - since.day).days
    return Deviation(initiative, reports[-1], since, days)


def unreported_lately(of: Iterable[Standing], day: date, stale_days: int) -> tuple[Standing, ...]:
    """Those that have not ended and have no report of the last `stale_days` days."""
    oldest = day - timedelta(days=stale_days)
    return tuple(each for each in of if not each.ended and (not each.status or each.status.day < oldest))
