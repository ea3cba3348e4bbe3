"""Annex 1 as it is printed: the rows of its two tables, shares, bars, and what the sums say in words.

The amounts are those of finance.annex; here they are only set beside each other. All amounts in kroner.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.portfolio.overview import Overview
from finance.annex import Annex, AnnexLine, annex
from finance.charts import percent_of
from finance.words import accounts_in_words, variance_word
from initiatives.danish import count_word, format_percent, listed
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
    """One line of spending against its frame; `share` is empty without one, `verdict` names what the variance is."""

    number: str
    name: str
    recipient: str
    allocated: Decimal
    carried: Decimal
    spent: Decimal
    variance: Decimal
    share: str
    bar: Decimal
    verdict: str


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
    through: int
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
    """Annex 1 of the plan's cluster as known on the overview's day.

    Its first table ends with the last of the budget years `accounted` by then, for an evaluation tells how whole
    years went; before the first accounts it ends with the day's own year, as the economy page always does.
    """
    figures = annex(portfolio.plan.cluster, portfolio.day, max(accounted, default=None))
    years = {line.budget_year for line in figures.later}
    return Economy(
        day=figures.day,
        through=figures.through_year,
        rows=tuple(_line_row(line, figures.closed) for line in figures.lines),
        total=_spend_row(figures, "", _("Total"), "", figures.closed),
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


def _line_row(line: AnnexLine, closed: bool) -> SpendRow:
    recipient = line.recipient.name if line.recipient else ""
    return _spend_row(line, line.initiative.number, line.initiative.short_title, recipient, closed)


def _spend_row(of: AnnexLine | Annex, number: str, name: str, recipient: str, closed: bool) -> SpendRow:
    return SpendRow(
        number=number,
        name=name,
        recipient=recipient,
        allocated=of.allocated,
        carried=of.carried,
        spent=of.spent,
        variance=of.variance,
        share=share(of.spent, of.frame),
        bar=bar(of.spent, of.frame, FULL_BAR, LONGEST_BAR),
        verdict=variance_word(of.variance, closed),
    )


def share(part: Decimal, whole: Decimal) -> str:
    """`part` of `whole` in percent by the rule of finance.charts, empty without a whole."""
    percent = percent_of(part, whole)
    return "" if percent is None else format_percent(Decimal(percent))


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
    said = _("Up to and including %(year)s, %(spent)s kr. of the allocated %(allocated)s kr. were spent.") % {
        "year": figures.through_year,
        "spent": kroner(figures.spent),
        "allocated": kroner(figures.frame),
    }
    return " ".join(filter(None, [said, _overspent(figures.lines), accounts_in_words(figures)]))


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
