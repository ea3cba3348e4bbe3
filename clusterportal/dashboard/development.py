"""How the portfolio has developed: phases and colours at the end of each quarter, money by theme and budget year.

Each is one table; the page shows it, draws it and gives it as CSV, so the three cannot disagree.
"""

from bisect import bisect_left
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext

from finance.by_year import MoneyByYear
from initiatives.models import Colour
from initiatives.models.status import ENDED_PHASES
from initiatives.plots import Table

from .board import LIFE
from .history import History, Report

# More points than this cannot be read on a phone; the newest are kept.
MOST_POINTS = 12
UNREPORTED, ENDED = "unreported", "ended"
# The names in the addresses of the files.
PHASES_FILE, COLOURS_FILE = "faser", "farver"


@dataclass(frozen=True)
class Series:
    """One kind of what is counted: how many at each point."""

    key: str
    name: str | Promise
    values: tuple[int, ...]


@dataclass(frozen=True)
class OverTime:
    """How many initiatives were of each kind at each point; every point has as many as the plan has initiatives."""

    points: tuple[date, ...]
    series: tuple[Series, ...]

    @property
    def table(self) -> Table:
        """A row for each point."""
        head = (pgettext("date column", "On"), *(str(each.name) for each in self.series))
        return Table(
            head, tuple((day, *(each.values[at] for each in self.series)) for at, day in enumerate(self.points))
        )


@dataclass(frozen=True)
class Development:
    """The three; `phases` and `colours` are None before the first report, `money` before the first voucher.

    `invented` tells that some of the reports behind phases and colours are a demonstration.
    """

    phases: OverTime | None
    colours: OverTime | None
    money: MoneyByYear | None
    invented: bool


def development(reported: History, initiatives: int, money: MoneyByYear | None, day: date) -> Development:
    """What is known on `day` of a plan with so many initiatives, from their reports and the ledger."""
    points = quarter_ends(reported, day)
    return Development(
        phases=_over_time(points, reported, initiatives, _phase, PHASES) if points else None,
        colours=_over_time(points, reported, initiatives, _colour, COLOURS) if points else None,
        money=money,
        invented=any(report.demonstration for reports in reported.values() for report in reports),
    )


PHASES: dict[str, str | Promise] = {
    **{phase.value: phase.label for phase in reversed(LIFE)},
    UNREPORTED: gettext_lazy("No status"),
}
COLOURS: dict[str, str | Promise] = {
    Colour.GREEN.value: Colour.GREEN.label,
    Colour.AMBER.value: Colour.AMBER.label,
    Colour.RED.value: Colour.RED.label,
    Colour.NONE.value: Colour.NONE.label,
    ENDED: gettext_lazy("Ended, without a colour"),
    UNREPORTED: gettext_lazy("No status"),
}


def quarter_ends(reported: History, day: date) -> tuple[date, ...]:
    """The ends of quarters since the first report, then `day` itself; empty before the first report."""
    first = min((reports[0].day for reports in reported.values()), default=None)
    if first is None:
        return ()
    ends, end = [], _quarter_end(first)
    while end < day:
        ends.append(end)
        end = _quarter_end(end + timedelta(days=1))
    return (*ends, day)[-MOST_POINTS:]


def _quarter_end(day: date) -> date:
    month = (day.month - 1) // 3 * 3 + 3
    return date(day.year, month, monthrange(day.year, month)[1])


def _over_time(
    points: tuple[date, ...],
    reported: History,
    initiatives: int,
    kind: Callable[[Report], str],
    names: Mapping[str, str | Promise],
) -> OverTime:
    """Counts by kind, in the order of `names`; kinds that never occur are left out."""
    counts = counted(points, reported, initiatives, kind)
    series = (Series(key, name, tuple(count[key] for count in counts)) for key, name in names.items())
    return OverTime(points, tuple(each for each in series if any(each.values)))


def counted(
    points: Sequence[date], reported: History, initiatives: int, kind: Callable[[Report], str]
) -> list[Counter[str]]:
    """How many initiatives were of each kind at each point, the last of which is after every report.

    Each report is looked at once: it moves its initiative from one kind to another at the first point that knows it.
    """
    moves: list[Counter[str]] = [Counter() for _point in points]
    moves[0][UNREPORTED] = initiatives
    for reports in reported.values():
        before = UNREPORTED
        for report in reports:
            after = kind(report)
            if after != before:
                move = moves[bisect_left(points, report.day)]
                move[before] -= 1
                move[after] += 1
                before = after
    counts: list[Counter[str]] = []
    now: Counter[str] = Counter()
    for move in moves:
        now.update(move)
        counts.append(now.copy())
    return counts


def _phase(report: Report) -> str:
    return report.phase


def _colour(report: Report) -> str:
    return ENDED if report.colour == Colour.NONE and report.phase in ENDED_PHASES else report.colour
