"""Which milestones are told on a day, and which of them lie ahead: one rule for the pages and the printed reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .asof import DatePrecision
from .models import Milestone


@dataclass(frozen=True)
class DatedEvent:
    """A milestone on the time line; `to_come` where even the first day that its date can mean lies ahead."""

    milestone: Milestone
    to_come: bool


def told(milestones: Iterable[Milestone], day: date, today: date) -> tuple[DatedEvent, ...]:
    """The milestones as of `day`, in their order.

    Of today, those ahead are plans and are told as such. Looking back they are left out: nothing says when they were
    planned, and the words of one may tell what nobody knew before it was reached.
    """
    events = (DatedEvent(each, first_day(each) > day) for each in milestones)
    return tuple(event for event in events if day >= today or not event.to_come)


def first_day(milestone: Milestone) -> date:
    """The first day that the printed date can mean; the stored one is the last."""
    first = {
        DatePrecision.MONTH: milestone.day.replace(day=1),
        DatePrecision.YEAR: milestone.day.replace(month=1, day=1),
    }
    return first.get(DatePrecision(milestone.precision), milestone.day)
