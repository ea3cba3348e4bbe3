"""The charts that the reader can explore, as data for plotly: stacked bars, which its basic bundle can draw.

Colours are names of the style sheet's own tokens, which portal/charts.js looks up. Every series has a pattern too, so
that the chart can be read without colours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from initiatives.danish import short_date
from initiatives.models import Colour, Phase, Theme
from initiatives.money import kroner

from . import development_in_words as words
from .development import (
    COLOURS_FILE,
    ENDED,
    MONEY_FILE,
    PHASES_FILE,
    UNREPORTED,
    Development,
    MoneyByYear,
    OverTime,
    Table,
    theme_name,
)

Trace = dict[str, Any]
# Token, pattern and the pattern's token. A phase has no colour of its own: shades of the portal's one and greys.
LOOKS: dict[str, tuple[str, str, str]] = {
    Phase.DISCONTINUED.value: ("--rule", "x", "--ink-3"),
    Phase.MERGED.value: ("--rule", "-", "--ink-3"),
    Phase.CLOSED.value: ("--rule", "", ""),
    Phase.IN_OPERATION.value: ("--brand-dark", "", ""),
    Phase.RUNNING.value: ("--brand-soft", "", ""),
    Phase.PAUSED.value: ("--brand-soft", "/", "--ink"),
    Phase.PILOT.value: ("--brand-soft", ".", "--ink"),
    Phase.AWAITING.value: ("--tint-2", "/", "--ink-3"),
    Phase.CONFIRMED.value: ("--tint-2", "\\", "--ink-3"),
    Phase.ORDERED.value: ("--tint-2", ".", "--ink-3"),
    Phase.PROPOSED.value: ("--tint-2", "+", "--ink-3"),
    Colour.GREEN.value: ("--green", "", ""),
    Colour.AMBER.value: ("--amber", "/", "--ink"),
    Colour.RED.value: ("--red", "x", "--paper"),
    Colour.NONE.value: ("--tint-2", ".", "--ink-3"),
    ENDED: ("--rule", "", ""),
    UNREPORTED: ("--paper", "", ""),
}
# Numbers stand upright in their bars, or not at all where there is no room.
INSIDE = {
    "textposition": "inside",
    "insidetextanchor": "middle",
    "textangle": 0,
    "hovertemplate": "%{customdata}<br>%{fullData.name}: %{y}<extra></extra>",
}
THEME_PATTERNS = {1: "", 2: "/", 3: ".", 4: "x"}


@dataclass(frozen=True)
class Chart:
    """One chart with its sentence and its table; `name` is that of the CSV, `file` what pictures are called.

    `invented` tells that some of its figures are a demonstration.
    """

    name: str
    file: str
    heading: str
    sentence: str
    table: Table
    figure: dict[str, Any]
    invented: bool

    @property
    def data_id(self) -> str:
        """The id of the element that holds the figure as JSON."""
        return f"data-{self.name}"


def plots(shown: Development, day: date) -> tuple[Chart, ...]:
    """The charts there is something to draw for, as known on `day`."""
    drawn = []
    if shown.phases:
        drawn.append((PHASES_FILE, _("Phases over time"), words.phases(shown.phases), over_time(shown.phases)))
    if shown.colours:
        drawn.append((COLOURS_FILE, _("Colours over time"), words.colours(shown.colours), over_time(shown.colours)))
    if shown.money:
        drawn.append((MONEY_FILE, _("Money by theme and budget year"), words.money(shown.money), by_year(shown.money)))
    return tuple(
        Chart(
            name=name,
            file=shown.file_name(name, day),
            heading=heading,
            sentence=sentence,
            table=shown.tables[name],
            figure=figure,
            invented=shown.invented and name != MONEY_FILE,
        )
        for name, heading, sentence, figure in drawn
    )


def over_time(counts: OverTime) -> dict[str, Any]:
    """A bar for each point, stacked of how many there were of each kind."""
    x = [day.isoformat() for day in counts.points]
    days = [short_date(day) for day in counts.points]
    traces = [
        _bar(str(series.name), x, list(series.values), *LOOKS[series.key])
        | {"text": [str(value) if value else "" for value in series.values], "customdata": days, **INSIDE}
        for series in counts.series
    ]
    ticks = {"type": "category", "tickmode": "array", "tickvals": x, "ticktext": point_labels(counts.points)}
    return _figure(traces, _("Initiatives"), ticks)


def by_year(money: MoneyByYear) -> dict[str, Any]:
    """Two bars for each year, allocated and spent, stacked of the themes; amounts in whole kroner."""
    kinds = ((_("Allocated"), "allocated"), (_("Spent"), "spent"))
    x = [
        [str(year.year) for year in money.years for _kind in kinds],
        [name for _year in money.years for name, _ in kinds],
    ]
    themes = [theme for theme, _sums in money.years[0].themes]
    traces = []
    for place, theme in enumerate(themes):
        amounts = [getattr(year.themes[place][1], kind) for year in money.years for _name, kind in kinds]
        trace = _bar(theme_name(theme), x, [int(amount) for amount in amounts], *_theme_look(theme))
        traces.append(
            trace
            | {
                "customdata": [kroner(amount) for amount in amounts],
                "hovertemplate": "%{fullData.name}: %{customdata} kr.<extra></extra>",
            }
        )
    return _figure(traces, _("kr."), {"type": "multicategory"})


def _theme_look(theme: Theme | None) -> tuple[str, str, str]:
    return (f"--theme-{theme.colour}", THEME_PATTERNS[theme.colour], "--paper") if theme else ("--rule", "-", "--ink-3")


def _bar(name: str, x: list[Any], y: list[int], token: str, pattern: str, lines: str) -> Trace:
    patterned = {"pattern": {"shape": pattern, "fillmode": "overlay", "fgcolor": lines, "fgopacity": 0.4, "size": 7}}
    return {
        "type": "bar",
        "name": name,
        "x": x,
        "y": y,
        "marker": {"color": token, "line": {"color": "--rule-2", "width": 1}, **(patterned if pattern else {})},
    }


def _figure(traces: list[Trace], unit: str, x_axis: dict[str, Any]) -> dict[str, Any]:
    return {"data": traces, "layout": {"barmode": "stack", "xaxis": x_axis, "yaxis": {"title": {"text": unit}}}}


def point_labels(days: Sequence[date]) -> list[str]:
    """The month of each day, and beneath it the year where a new one begins: narrow enough for a phone."""
    years = [None, *(day.year for day in days)]
    return [
        MONTHS_3[day.month] if day.year == before else f"{MONTHS_3[day.month]}<br>{day.year}"
        for day, before in zip(days, years, strict=False)
    ]
