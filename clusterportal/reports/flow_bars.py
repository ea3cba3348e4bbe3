"""The figure of a participant flow: all who entered, and below them where they ended, each bar where the last stopped.

The bars are those of outcomes.charts, which the screen's flow has too; here they get places in points.
templates/reports/evaluation/_flow.svg draws it.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from initiatives.danish import format_number
from outcomes import charts
from outcomes.display import in_sentence, percent_text
from outcomes.flow import Flow

from .drawing import lines, millimetres

# The bars of 200 units stand between the names and the numbers.
LEFT, ROW, LINE = Decimal(112), Decimal(16), Decimal("9.4")
LETTERS = 29


@dataclass(frozen=True)
class Step:
    """One row: all who entered, or where some of them ended; `y` is the top of its bar."""

    labels: tuple[tuple[Decimal, str], ...]
    count: str
    bar: charts.Part
    y: Decimal
    shade: int

    @property
    def text(self) -> Decimal:
        """Height of the number's base line."""
        return self.y + Decimal("8.4")


@dataclass(frozen=True)
class FlowBars:
    """The figure of one flow; `words` tell its numbers to those who do not see it."""

    title: str
    steps: tuple[Step, ...]
    height: Decimal
    words: str

    @property
    def millimetres(self) -> Decimal:
        return millimetres(self.height)


def flow_bars(of: Flow) -> FlowBars | None:
    """The figure of a flow; None without steps, or where so few entered that a picture would say too much."""
    if of.few or not of.steps:
        return None
    rows = [(_("All %(name)s") % {"name": of.name}, of.count, of.whole)]
    rows += [(step.label, step.count, step.bar) for step in of.steps]
    drawn, y = [], Decimal(0)
    for place, (label, count, bar) in enumerate(rows):
        names = lines(label, LETTERS)
        labels = tuple((y + Decimal("8.4") + LINE * line, name) for line, name in enumerate(names))
        drawn.append(Step(labels, format_number(count, 0), bar, y, min(place, 2)))
        y += ROW + LINE * (len(names) - 1)
    return FlowBars(_title(of), tuple(drawn), y, _words(of))


def _title(of: Flow) -> str:
    """What the figure shows first: `139 henviste borgere, heraf 53 fuldført (38 %).`"""
    aim = of.steps[0]
    return _("%(count)s %(name)s, of whom %(ended)s %(label)s (%(percent)s).") % {
        "count": format_number(of.count, 0),
        "name": of.name,
        "ended": format_number(aim.count, 0),
        "label": in_sentence(aim.label),
        "percent": percent_text(aim.percent or 0),
    }


def _words(of: Flow) -> str:
    entered = _("%(count)s %(name)s.") % {"count": format_number(of.count, 0), "name": of.name}
    ended = [
        _("%(label)s: %(count)s.") % {"label": step.label, "count": format_number(step.count, 0)} for step in of.steps
    ]
    return " ".join([entered, *ended])
