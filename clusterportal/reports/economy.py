"""Annex 1 as it is printed: the rows of its two tables, shares, bars, and what the sums say in words.

The amounts are those of finance.annex; here they are only set beside each other. All amounts in kroner.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.portfolio.overview import Overview
from finance.annex import Annex, AnnexLine, annex
from initiatives.danish import count_word, format_percent, listed, long_date
from initiatives.models import Initiative
from initiatives.money import kroner

# Length of a bar in mm where all of the allocation is spent, and the longest that its cell has room for.
FULL_BAR = Decimal(16)
LONGEST_BAR = Decimal("20.5")
# Length of the bar of the whole in the table of later years.
WHOLE_BAR = Decimal(44)
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class SpendRow:
    """One line of spending against allocation; `share` is empty where nothing was allocated."""

    number: str
    name: str
    recipient: str
    allocated: Decimal
    carried: Decimal
    spent: Decimal
    variance: Decimal
    share: str
    bar: Decimal

    @property
    def verdict(self) -> str:
        """Overspend, underspend or neither, in words."""
        if self.variance > 0:
            return _("underspend")
        return _("overspend") if self.variance < 0 else _("as allocated")

    @property
    def difference(self) -> Decimal:
        """The variance without its sign: a word says which way it goes."""
        return abs(self.variance)


@dataclass(frozen=True)
class LaterRow:
    """One line of what is allocated for a later budget year."""

    number: str
    name: str
    recipient: str
    budget_year: int
    allocated: Decimal
    share: str
    bar: Decimal


@dataclass(frozen=True)
class Economy:
    """Annex 1; `carries` tells whether money was carried between the years shown, `year` the only later year."""

    day: date
    rows: tuple[SpendRow, ...]
    total: SpendRow
    later: tuple[LaterRow, ...]
    later_total: Decimal
    carries: bool
    year: int | None
    spending: str
    carried_forward: str
    reconciled: str
    without_line: str


def economy(portfolio: Overview, accounted: Set[int]) -> Economy:
    """Annex 1 of the plan's cluster: the accounts of whole years, and what is allocated for the years after.

    `accounted` are the budget years accounted by the overview's day. The annex is as of the last day of the last
    of them, and as of the overview's day before the first.
    """
    day = portfolio.day
    if accounted:
        day = min(day, date(max(accounted), 12, 31))
    return arrange(annex(portfolio.plan.cluster, day), portfolio)


def arrange(figures: Annex, portfolio: Overview) -> Economy:
    """The annex's figures in print beside the overview's."""
    years = {line.budget_year for line in figures.later}
    return Economy(
        day=figures.day,
        rows=tuple(_spend_row(line) for line in figures.lines),
        total=_row("", _("Total"), "", figures.allocated, figures.carried, figures.spent, figures.variance),
        later=tuple(
            LaterRow(
                number=line.initiative.number,
                name=line.initiative.short_title,
                recipient=line.recipient.name if line.recipient else "",
                budget_year=line.budget_year,
                allocated=line.allocated,
                share=share(line.allocated, figures.later_total),
                bar=bar(line.allocated, figures.later_total, WHOLE_BAR, WHOLE_BAR),
            )
            for line in figures.later
        ),
        later_total=figures.later_total,
        carries=any(line.carried for line in figures.lines),
        year=years.pop() if len(years) == 1 else None,
        spending=spending(figures),
        carried_forward=carried_forward(figures),
        reconciled=reconciled(figures, portfolio),
        without_line=without_line(figures, portfolio),
    )


def _spend_row(line: AnnexLine) -> SpendRow:
    recipient = line.recipient.name if line.recipient else ""
    initiative = line.initiative
    return _row(
        initiative.number, initiative.short_title, recipient, line.allocated, line.carried, line.spent, line.variance
    )


def _row(
    number: str, name: str, recipient: str, allocated: Decimal, carried: Decimal, spent: Decimal, variance: Decimal
) -> SpendRow:
    available = allocated + carried
    length = bar(spent, available, FULL_BAR, LONGEST_BAR)
    return SpendRow(number, name, recipient, allocated, carried, spent, variance, share(spent, available), length)


def share(part: Decimal, whole: Decimal) -> str:
    """`part` of `whole` in whole percent, empty for a whole of 0. What is not quite 0 or 100 % gets a decimal and
    is never printed as if it were: `99,7 %`, `0,1 %`."""
    if not whole:
        return ""
    percent = part * 100 / whole
    rounded = percent.quantize(Decimal(1), ROUND_HALF_UP)
    if percent == rounded or rounded not in (0, 100):
        return format_percent(rounded)
    finer = percent.quantize(TENTH, ROUND_HALF_UP)
    if finer in (0, 100):
        finer = percent.quantize(TENTH, ROUND_DOWN if 0 < percent < 100 and rounded else ROUND_UP)
    return format_percent(finer, 1)


def bar(part: Decimal, whole: Decimal, full: Decimal, longest: Decimal) -> Decimal:
    """Length in mm of a bar whose `full` length means the whole; between 0 and `longest`, 0 for a whole of 0."""
    if not whole:
        return Decimal("0.0")
    length = full * part / whole
    return min(max(length, Decimal(0)), longest).quantize(TENTH, ROUND_HALF_UP)


def spending(figures: Annex) -> str:
    """What was spent of what was allocated, and which lines spent more; empty without lines."""
    if not figures.lines:
        return ""
    available = figures.allocated + figures.carried
    said = _("By %(day)s, %(spent)s kr. of the allocated %(allocated)s kr. were spent.") % {
        "day": long_date(figures.day),
        "spent": kroner(figures.spent),
        "allocated": kroner(available),
    }
    return f"{said} {_overspent(figures.lines)}"


def _overspent(lines: Iterable[AnnexLine]) -> str:
    over = [line for line in lines if line.variance < 0]
    if not over:
        return _("No line spent more than was allocated.")
    named = [f"{line_name(line)} ({kroner(-line.variance)} kr.)" for line in over]
    return ngettext(
        "One line spent more than was allocated: %(lines)s.",
        "%(count)s lines spent more than was allocated: %(lines)s.",
        len(over),
    ) % {"count": count_word(len(over)).capitalize(), "lines": listed(named)}


def line_name(line: AnnexLine) -> str:
    """`indsats 5 hos Jammerbugt Kommune`, in running text."""
    if line.recipient is None:
        return _("initiative %(number)s") % {"number": line.initiative.number}
    return _("initiative %(number)s with %(recipient)s") % {
        "number": line.initiative.number,
        "recipient": line.recipient.name,
    }


def carried_forward(figures: Annex) -> str:
    """What is allocated for later years beside what was left over; empty unless there are both."""
    if not figures.later_total or figures.variance <= 0:
        return ""
    values = {
        "later": kroner(figures.later_total),
        "left": kroner(figures.variance),
        "difference": kroner(abs(figures.later_total - figures.variance)),
    }
    if figures.later_total == figures.variance:
        return _("%(later)s kr. are allocated: all that was left over.") % values
    if figures.later_total > figures.variance:
        return _("%(later)s kr. are allocated, %(difference)s kr. more than the %(left)s kr. left over.") % values
    return _("%(later)s kr. are allocated, %(difference)s kr. less than the %(left)s kr. left over.") % values


def reconciled(figures: Annex, portfolio: Overview) -> str:
    """How the annex and the status overview hang together."""
    together = figures.spent + figures.later_total
    said = _("Spending through %(year)s (%(spent)s kr.) and later years (%(later)s kr.) make %(sum)s kr.") % {
        "year": figures.through_year,
        "spent": kroner(figures.spent),
        "later": kroner(figures.later_total),
        "sum": kroner(together),
    }
    if together == portfolio.total:
        return said + " " + _("That is the sum of the status overview.")
    return (
        said
        + " "
        + _(
            "The status overview shows %(total)s kr., because a year counts there with what was allocated "
            "until its accounts are closed."
        )
        % {"total": kroner(portfolio.total)}
    )


def without_line(figures: Annex, portfolio: Overview) -> str:
    """Which initiatives of the plan have no line in either table; empty where all have."""
    with_line = {line.initiative.pk for line in figures.lines} | {line.initiative.pk for line in figures.later}
    without = [row.initiative for row in portfolio.rows if row.initiative.pk not in with_line]
    if not without:
        return ""
    return ngettext(
        "Initiative %(numbers)s has no line, because no cluster funds were allocated to it.",
        "Initiatives %(numbers)s have no line, because no cluster funds were allocated to them.",
        len(without),
    ) % {"numbers": listed(_numbers(without))}


def _numbers(initiatives: Iterable[Initiative]) -> list[str]:
    return [initiative.number or initiative.short_title for initiative in initiatives]
