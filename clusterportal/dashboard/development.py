"""How the portfolio has developed: phases and colours at the end of each quarter, money by theme and budget year.

Each is one table; the page shows it, draws it and gives it as CSV, so the three cannot disagree.
"""

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from finance.lines import LineYear, Sums, summed
from initiatives.danish import format_number, short_date
from initiatives.models import Colour, Initiative, Phase, Theme
from initiatives.models.status import ENDED_PHASES
from initiatives.money import kroner

from .board import LIFE
from .history import History, Report, held_on
from .ledger import Ledger

# More points than this cannot be read on a phone; the newest are kept.
MOST_POINTS = 12
UNREPORTED, ENDED = "unreported", "ended"
# The names in the addresses of the files.
PHASES_FILE, COLOURS_FILE, MONEY_FILE = "faser", "farver", "penge"
Value = str | int | Decimal | date


@dataclass(frozen=True)
class Series:
    """One kind of what is counted: how many at each point."""

    key: str
    name: str | Promise
    values: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """Rows under a head; the first cell of a row names it."""

    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    @property
    def shown(self) -> Iterator[tuple[str, list[str]]]:
        """Each row as (name, other cells), as Danes write them."""
        return ((as_text(row[0]), [as_text(value) for value in row[1:]]) for row in self.rows)

    @property
    def values(self) -> Iterator[Sequence[Value]]:
        """Head and rows for a spreadsheet."""
        yield self.head
        yield from self.rows


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
class YearMoney:
    """One budget year; the sums of each theme in kr., None for what is outside the plan's themes."""

    year: int
    accounted: bool
    themes: tuple[tuple[Theme | None, Sums], ...]

    @property
    def spending_known(self) -> bool:
        """False where nothing is posted as spent because the accounts are still to come."""
        return self.accounted or any(sums.spent for _theme, sums in self.themes)


@dataclass(frozen=True)
class MoneyByYear:
    """The money of each budget year that has any."""

    years: tuple[YearMoney, ...]

    @property
    def carried(self) -> bool:
        """True where something was carried from one year to another."""
        return any(sums.carried for year in self.years for _theme, sums in year.themes)

    @property
    def table(self) -> Table:
        """A row for each theme of each year, in kr."""
        head = [_("Theme"), _("Budget year"), _("Allocated, kr."), _("Spent, kr.")]
        rows: list[tuple[Value, ...]] = [
            (theme_name(theme), str(year.year), *self._amounts(year, sums))
            for year in self.years
            for theme, sums in year.themes
        ]
        return Table((*head, *([_("Carried over, kr.")] if self.carried else [])), tuple(rows))

    def _amounts(self, year: YearMoney, sums: Sums) -> Iterator[Value]:
        yield sums.allocated
        yield sums.spent if year.spending_known else _("not accounted for")
        if self.carried:
            yield sums.carried


@dataclass(frozen=True)
class Development:
    """The three; `phases` and `colours` are None before the first report, `money` before the first voucher.

    `invented` tells that some of the reports behind phases and colours are a demonstration.
    """

    phases: OverTime | None
    colours: OverTime | None
    money: MoneyByYear | None
    invented: bool

    @property
    def tables(self) -> dict[str, Table]:
        """By the name that stands in the address of the CSV."""
        parts = {PHASES_FILE: self.phases, COLOURS_FILE: self.colours, MONEY_FILE: self.money}
        return {name: part.table for name, part in parts.items() if part}

    def file_name(self, name: str, day: date) -> str:
        """What a file with the figures is called; one that holds invented ones says so."""
        return f"{name}-demo-{day.isoformat()}" if self.invented and name != MONEY_FILE else f"{name}-{day.isoformat()}"


def development(
    initiatives: Mapping[int, Initiative],
    themes: Sequence[Theme],
    reported: History,
    ledger: Ledger,
    day: date,
) -> Development:
    """What is known on `day` of the plan's `initiatives` (by id) from their reports and the ledger."""
    points = quarter_ends(reported, day)
    reports = [reported.get(pk, ()) for pk in initiatives]
    at_points = [[held_on(own, point) for own in reports] for point in points]
    return Development(
        phases=_over_time(points, at_points, _phase, PHASES) if points else None,
        colours=_over_time(points, at_points, _colour, COLOURS) if points else None,
        money=_money(initiatives, themes, ledger) if ledger.rows else None,
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
    at_points: Iterable[Iterable[Report | None]],
    kind: Callable[[Report | None], str],
    names: Mapping[str, str | Promise],
) -> OverTime:
    """Counts by kind, in the order of `names`; kinds that never occur are left out."""
    counts = [Counter(kind(report) for report in reports) for reports in at_points]
    series = (Series(key, name, tuple(count[key] for count in counts)) for key, name in names.items())
    return OverTime(points, tuple(each for each in series if any(each.values)))


def _phase(report: Report | None) -> str:
    return Phase(report.phase).value if report else UNREPORTED


def _colour(report: Report | None) -> str:
    if report is None:
        return UNREPORTED
    if report.colour == Colour.NONE and report.phase in ENDED_PHASES:
        return ENDED
    return Colour(report.colour).value


def _money(initiatives: Mapping[int, Initiative], themes: Sequence[Theme], ledger: Ledger) -> MoneyByYear:
    def year_and_theme(row: LineYear) -> tuple[int, int | None]:
        initiative = initiatives.get(row.initiative_id)
        return row.budget_year, initiative.theme_id if initiative else None

    sums = summed(ledger.rows, year_and_theme)
    outside = [None] if any(theme is None for _year, theme in sums) else []
    shown: list[Theme | None] = [*themes, *outside]
    return MoneyByYear(
        tuple(
            YearMoney(
                year,
                year in ledger.accounted,
                tuple((theme, sums.get((year, theme.pk if theme else None), Sums())) for theme in shown),
            )
            for year in sorted({year for year, _theme in sums})
        )
    )


def theme_name(theme: Theme | None) -> str:
    """The theme's name, or words for what is outside the plan's themes."""
    return theme.name if theme else _("Outside the plan's themes")


def as_text(value: Value) -> str:
    """A cell as Danes write it."""
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, Decimal):
        return kroner(value)
    return format_number(value, 0) if isinstance(value, int) else value
