"""The economy annex: what each line spent of what it was allocated, and what is allocated for later years."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from initiatives.danish import collation_key
from initiatives.models import Actor, Cluster, Initiative, Theme
from initiatives.money import ZERO, total

from .by_year import MoneyByYear, money_by_year
from .lines import LineYear, Sums, accounted_years, line_years, summed

Line = tuple[int, int | None]
Named = Callable[[Line], tuple[Initiative, Actor | None]]


@dataclass(frozen=True)
class AnnexLine:
    """One line over the budget years of the annex; `carried` is negative where its rest was carried on."""

    initiative: Initiative
    recipient: Actor | None
    spent: Decimal
    allocated: Decimal
    carried: Decimal
    label: str

    @property
    def frame(self) -> Decimal:
        """What the line could spend."""
        return self.allocated + self.carried

    @property
    def variance(self) -> Decimal:
        """What is left of the frame; negative where more was spent."""
        return self.frame - self.spent


@dataclass(frozen=True)
class LaterLine:
    """What is allocated to one line for one year after those of the annex."""

    initiative: Initiative
    recipient: Actor | None
    budget_year: int
    allocated: Decimal

    @property
    def label(self) -> str:
        return label(self.initiative)


@dataclass(frozen=True)
class LaterYear:
    """The later lines of one year, their sum, and how much had been carried into the year."""

    budget_year: int
    lines: tuple[LaterLine, ...]
    carried_into: Decimal

    @property
    def total(self) -> Decimal:
        return total(line.allocated for line in self.lines)


@dataclass(frozen=True)
class Annex:
    """The annex on a day: the budget years up to `through_year`, and what was allocated for later ones by then.

    `accounted_through` is the last year whose accounts were rendered, None before the first; `open_years` are the
    annex's years that were not. `by_year` has the same money by theme, later years too; None without any.
    """

    day: date
    through_year: int
    lines: tuple[AnnexLine, ...]
    spent: Decimal
    allocated: Decimal
    carried: Decimal
    variance: Decimal
    later: tuple[LaterLine, ...]
    later_total: Decimal
    accounted_through: int | None
    open_years: tuple[int, ...]
    later_years: tuple[LaterYear, ...]
    by_year: MoneyByYear | None

    @property
    def frame(self) -> Decimal:
        """What could be spent in all."""
        return self.allocated + self.carried

    @property
    def closed(self) -> bool:
        """True where all years of the annex are accounted."""
        return not self.open_years


class Numbered(Protocol):
    """An initiative, or as much of it as a list has read."""

    @property
    def number(self) -> str: ...

    @property
    def short_title(self) -> str: ...


def label(initiative: Numbered) -> str:
    """`5. Claudicatio Intermittens`; the short title alone where there is no number."""
    return f"{initiative.number}. {initiative.short_title}" if initiative.number else initiative.short_title


def annex(cluster: Cluster, day: date, through_year: int | None = None) -> Annex:
    """The annex of a cluster as known on `day`; at most four queries, whatever the number of lines.

    The years up to `through_year` stand in the first table, without it those up to the day's own.
    """
    rows = line_years(cluster, day)
    accounted = accounted_years(cluster, day)
    through = day.year if through_year is None else through_year
    shown = [row for row in rows if row.budget_year <= through]
    later = [row for row in rows if row.budget_year > through]
    sums = sum((row.sums for row in shown), Sums())
    named = _names(rows)
    later_years = _later_years(later, named)
    later_lines = tuple(line for year in later_years for line in year.lines)
    return Annex(
        day=day,
        through_year=through,
        lines=_lines(shown, named),
        spent=sums.spent,
        allocated=sums.allocated,
        carried=sums.carried,
        variance=sums.variance,
        later=later_lines,
        later_total=total(line.allocated for line in later_lines),
        accounted_through=max(accounted, default=None),
        open_years=tuple(sorted({row.budget_year for row in shown} - accounted)),
        later_years=later_years,
        by_year=_by_year(rows, named, accounted),
    )


def _by_year(rows: list[LineYear], named: Named, accounted: frozenset[int]) -> MoneyByYear | None:
    """By the themes that have money, in the order of their plans."""
    theme_of = {row.line: named(row.line)[0].theme for row in rows}
    themes = {theme for theme in theme_of.values() if theme}

    def year_and_theme(row: LineYear) -> tuple[int, int | None]:
        theme = theme_of[row.line]
        return row.budget_year, theme.pk if theme else None

    listed = sorted(themes, key=_planned_order)
    return money_by_year(summed(rows, year_and_theme), accounted, listed, _("Without a theme"))


def _planned_order(theme: Theme) -> tuple[int, int, int]:
    return theme.plan_id, theme.position, theme.pk


def _names(rows: Iterable[LineYear]) -> Named:
    """Initiative and recipient of a line, from one query each."""
    lines = {row.line for row in rows}
    initiatives = Initiative.objects.select_related("cluster", "theme").in_bulk({line[0] for line in lines})
    recipients = Actor.objects.in_bulk({line[1] for line in lines if line[1]})
    return lambda line: (initiatives[line[0]], recipients[line[1]] if line[1] else None)


def _printed_order(initiative: Initiative, recipient: Actor | None) -> tuple[object, ...]:
    """By number, then by the recipient's name as Danes sort it, lines without recipient last."""
    name = collation_key(recipient.name) if recipient else ""
    return initiative.number_order, initiative.title, initiative.pk, recipient is None, name


def _lines(rows: Iterable[LineYear], named: Named) -> tuple[AnnexLine, ...]:
    lines = []
    for line, sums in summed(rows, lambda row: row.line).items():
        initiative, recipient = named(line)
        lines.append(AnnexLine(initiative, recipient, sums.spent, sums.allocated, sums.carried, label(initiative)))
    return tuple(sorted(lines, key=lambda line: _printed_order(line.initiative, line.recipient)))


def _later_years(rows: list[LineYear], named: Named) -> tuple[LaterYear, ...]:
    """Years with nothing allocated are left out: what was carried into them is not in use yet."""
    years = []
    for year in sorted({row.budget_year for row in rows if row.sums.allocated}):
        of_year = [row for row in rows if row.budget_year == year]
        lines = [LaterLine(*named(row.line), year, row.sums.allocated) for row in of_year if row.sums.allocated]
        lines.sort(key=lambda line: _printed_order(line.initiative, line.recipient))
        carried_out = total(row.sums.carried for row in of_year)
        years.append(LaterYear(year, tuple(lines), -carried_out if carried_out else ZERO))
    return tuple(years)
