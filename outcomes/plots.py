"""The charts of measured changes that the reader can explore: a bar for each measure and place of an initiative.

Bars show how far a measure went the right way, so that right is better on every one of them; the signed effect stands
at the bar's end. They are drawn from the rows of the page's own tables.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from textwrap import wrap
from typing import Any

from django.utils.translation import gettext as _

from initiatives.plots import Chart, Look, Measured, Table, Value, about, bar

from . import sentences
from .before_after import EffectRow, EffectTable
from .effect import Judgement
from .results import InitiativeResults, Results

# Letters of a measure's name on one line: on a phone the bars need the rest of the width.
LINE = 20
# Pixels of a bar, of the room around a measure's bars, and of axis and legend.
BAR, AROUND, FRAME = 19, 18, 130
# Room for the words at the bars' ends, left and right, in percent of what the bars take: enough for a phone.
LEFT, RIGHT = 42, 50
# How exactly means are stored.
EXACT = Decimal("0.0001")
# One look for each place, in the order in which the places appear.
LOOKS = (
    Look("--brand-dark"),
    Look("--brand-soft", "/", "--ink"),
    Look("--theme-3", ".", "--paper"),
    Look("--theme-4", "x", "--paper"),
    Look("--theme-1", "-", "--paper"),
    Look("--tint-2", "+", "--ink-3"),
)


@dataclass(frozen=True)
class Point:
    """One measure at one place; `name` tells it from the place's others."""

    name: str
    table: EffectTable
    row: EffectRow

    @property
    def place(self) -> str:
        return self.table.place.name or _("No place stated")

    @property
    def n(self) -> str:
        """How many it is about, as text."""
        return self.row.n or self.table.n or _("n not stated")

    @property
    def effect(self) -> str:
        """The signed effect as text; empty where it began at 0."""
        return self.row.effect.text if self.row.effect else ""

    @property
    def gain(self) -> Decimal | None:
        """Percent of the start that it went the right way; None where it began at 0 or neither way is right."""
        if self.row.percent is None or self.row.judgement == Judgement.NONE:
            return None
        return -abs(self.row.percent) if self.row.worse else abs(self.row.percent)


def effect_charts(of: Results) -> tuple[Chart, ...]:
    """A chart for each initiative that has something to draw."""
    return tuple(_chart(shown, of.day) for shown in of.initiatives if any(_gains(points(shown))))


def points(shown: InitiativeResults) -> tuple[Point, ...]:
    """All before and after of an initiative in the order of its tables.

    What one place has several of is told apart by group or time, or else by number.
    """
    rows = [(table, row) for table in shown.effects for row in table.rows]
    at_place = Counter((table.place, row.label) for table, row in rows)
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for table, row in rows:
        apart = (row.group or table.group, table.when) if at_place[table.place, row.label] > 1 else ()
        name = ", ".join((row.label, *(part for part in apart if part)))
        seen[table.place.name, name] += 1
        again = seen[table.place.name, name]
        found.append(Point(f"{name} ({again})" if again > 1 else name, table, row))
    return tuple(found)


def _gains(of: Iterable[Point]) -> list[bool]:
    return [point.gain is not None for point in of]


def _chart(shown: InitiativeResults, day: date) -> Chart:
    of = points(shown)
    drawn = [point for point in of if point.gain is not None]
    initiative = shown.initiative
    heading = f"{initiative.number}. {initiative.short_title}" if initiative.number else initiative.short_title
    return Chart(
        name=f"effekt-{initiative.pk}",
        file=f"effekt-{shown.anchor}-{day.isoformat()}",
        heading=heading,
        about=about(_("change by measure and place"), day),
        sentence=sentences.explored(of),
        table=_table(of),
        figure=figure(drawn),
        height=FRAME + len({point.name for point in drawn}) * (AROUND + BAR * len({point.place for point in drawn})),
    )


def _table(of: Iterable[Point]) -> Table:
    head = (
        _("Measure"), _("Place"), _("n"), _("Before"), _("After"), _("Difference"), _("Effect, %"), _("Judgement"),
    )  # fmt: skip
    return Table(head, tuple(_cells(point) for point in of))


def _cells(point: Point) -> tuple[Value, ...]:
    row = point.row
    before, after = row.means
    return (
        point.name,
        point.place,
        point.n,
        Measured(_in_file(before), row.before),
        Measured(_in_file(after), row.after),
        Measured(_in_file(after - before), row.difference.text),
        Measured(None if row.percent is None else _in_file(row.percent), point.effect or _("began at 0")),
        row.word,
    )


def _in_file(value: Decimal) -> Decimal:
    """As exactly as means are stored, without zeros at the end."""
    return value.quantize(EXACT, ROUND_HALF_UP).normalize()


def figure(drawn: Sequence[Point]) -> dict[str, Any]:
    """Lying bars, one colour and pattern for each place; whole percent."""
    places = list(dict.fromkeys(point.place for point in drawn))
    traces = [
        _trace(place, LOOKS[at % len(LOOKS)], [point for point in drawn if point.place == place])
        for at, place in enumerate(places)
    ]
    lengths = [0, *(_whole(point) for point in drawn)]
    low, high = min(lengths), max(lengths)
    reach = high - low
    return {
        "data": traces,
        "layout": {
            "barmode": "group",
            "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "traceorder": "normal"},
            "xaxis": {
                "title": {"text": _("Better →")},
                "range": [low - reach * LEFT // 100 if low < 0 else 0, high + reach * RIGHT // 100],
                "ticksuffix": "\u00a0%",
                "gridcolor": "--rule",
                "zerolinecolor": "--ink-3",
            },
            "yaxis": {"type": "category", "autorange": "reversed", "showgrid": False},
        },
    }


def _trace(place: str, look: Look, of: Sequence[Point]) -> dict[str, Any]:
    lengths, names = [_whole(point) for point in of], ["<br>".join(wrap(point.name, LINE)) for point in of]
    bars = bar(place, lengths, names, look)
    # As in the tables' figures, a red ring is a change for the worse.
    rings = {
        "color": ["--red" if point.row.worse else "--rule-2" for point in of],
        "width": [2 if point.row.worse else 1 for point in of],
    }
    return bars | {
        "orientation": "h",
        "marker": {**bars["marker"], "line": rings},
        "text": [_end(point) for point in of],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [_told(point) for point in of],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _whole(point: Point) -> int:
    return int((point.gain or Decimal(0)).quantize(Decimal(1), ROUND_HALF_UP))


def _end(point: Point) -> str:
    """What stands at the bar's end; where there is no bar, with a word."""
    return f"{point.effect} {point.row.word.lower()}" if point.row.judgement == Judgement.UNCHANGED else point.effect


def _told(point: Point) -> str:
    """What pointing at a bar tells."""
    words = {"place": point.place, "before": point.row.before, "after": point.row.after, "effect": point.effect}
    words |= {"word": point.row.word.lower(), "n": point.n}
    return _("%(place)s<br>from %(before)s to %(after)s: %(effect)s, %(word)s<br>n: %(n)s") % words
