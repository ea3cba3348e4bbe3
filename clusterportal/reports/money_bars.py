"""Bars of what was spent against what was allocated, all on one scale of kroner, so that their lengths compare.

Pure geometry in points; templates/reports/evaluation/_money_bars.svg draws it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from finance.lines import Sums
from initiatives.money import kroner

from .drawing import lines, millimetres, tenth

LEFT, LONGEST = Decimal(170), Decimal(216)
# One line of a name needs a row of 23; each further line makes it higher.
ROW, LINE, LEGEND = Decimal(23), Decimal(10), Decimal(14)
LETTERS = 39


@dataclass(frozen=True)
class Line:
    """One theme or initiative: its name, ink, and money in kr."""

    name: str
    ink: str
    sums: Sums


@dataclass(frozen=True)
class Bar:
    """A line on the figure; `y` is the top of its row, `spent` and `frame` are lengths from the same left end."""

    line: Line
    y: Decimal
    labels: tuple[tuple[Decimal, str], ...]
    spent: Decimal
    frame: Decimal

    @property
    def end(self) -> Decimal:
        """Where the mark of what was allocated stands."""
        return LEFT + self.frame


@dataclass(frozen=True)
class MoneyBars:
    """The figure; `words` tell its numbers to those who do not see it."""

    bars: tuple[Bar, ...]
    legend: Decimal
    words: str

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(bar.line for bar in self.bars)

    @property
    def height(self) -> Decimal:
        return self.legend + LEGEND

    @property
    def millimetres(self) -> Decimal:
        return millimetres(self.height)


def money_bars(listed: Iterable[Line]) -> MoneyBars | None:
    """The figure of the lines in their order; None where none of them has money."""
    wanted = list(listed)
    longest = max((max(line.sums.spent, line.sums.frame) for line in wanted), default=Decimal(0))
    if longest <= 0:
        return None
    bars, y = [], Decimal(0)
    for line in wanted:
        names = lines(line.name, LETTERS)
        labels = tuple((y + 17 + LINE * place, name) for place, name in enumerate(names))
        bars.append(Bar(line, y, labels, _length(line.sums.spent, longest), _length(line.sums.frame, longest)))
        y += ROW + LINE * (len(names) - 1)
    return MoneyBars(tuple(bars), y + 3, " ".join(_words(wanted)))


def _length(amount: Decimal, longest: Decimal) -> Decimal:
    return tenth(LONGEST * max(amount, Decimal(0)) / longest)


def _words(listed: Iterable[Line]) -> Iterator[str]:
    yield _("Bars show how much was spent of the cluster funds that were allocated.")
    for line in listed:
        values = {"name": line.name, "spent": kroner(line.sums.spent), "frame": kroner(line.sums.frame)}
        yield _("%(name)s: %(spent)s kr. spent of the %(frame)s kr. allocated.") % values
