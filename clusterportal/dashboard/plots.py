"""The dashboard's charts that the reader can explore: phases and colours over time, and the money."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from finance.plots import money_chart
from initiatives.danish import short_date
from initiatives.models import Colour, Phase
from initiatives.plots import Chart, Look, about, bar, stacked

from . import development_in_words as words
from .development import COLOURS_FILE, ENDED, PHASES_FILE, UNREPORTED, Development, OverTime

# A phase has no colour of its own: shades of the portal's one and greys.
LOOKS: dict[str, Look] = {
    Phase.DISCONTINUED.value: Look("--rule", "x", "--ink-3"),
    Phase.MERGED.value: Look("--rule", "-", "--ink-3"),
    Phase.CLOSED.value: Look("--rule"),
    Phase.IN_OPERATION.value: Look("--brand-dark"),
    Phase.RUNNING.value: Look("--brand-soft"),
    Phase.PAUSED.value: Look("--brand-soft", "/", "--ink"),
    Phase.PILOT.value: Look("--brand-soft", ".", "--ink"),
    Phase.AWAITING.value: Look("--tint-2", "/", "--ink-3"),
    Phase.CONFIRMED.value: Look("--tint-2", "\\", "--ink-3"),
    Phase.ORDERED.value: Look("--tint-2", ".", "--ink-3"),
    Phase.PROPOSED.value: Look("--tint-2", "+", "--ink-3"),
    Colour.GREEN.value: Look("--green"),
    Colour.AMBER.value: Look("--amber", "/", "--ink"),
    Colour.RED.value: Look("--red", "x", "--paper"),
    Colour.NONE.value: Look("--tint-2", ".", "--ink-3"),
    ENDED: Look("--rule"),
    UNREPORTED: Look("--paper"),
}
# Numbers stand upright in their bars, or not at all where there is no room.
INSIDE = {
    "textposition": "inside",
    "insidetextanchor": "middle",
    "textangle": 0,
    "hovertemplate": "%{customdata}<br>%{fullData.name}: %{y}<extra></extra>",
}


def plots(shown: Development, whose: str, day: date) -> tuple[Chart, ...]:
    """The charts there is something to draw for, as known on `day`; `whose` is the plan's title."""
    kinds = (
        (PHASES_FILE, _("Phases over time"), shown.phases, words.phases),
        (COLOURS_FILE, _("Colours over time"), shown.colours, words.colours),
    )
    drawn = [
        Chart(
            name=name,
            file=f"{name}-demo-{day.isoformat()}" if shown.invented else f"{name}-{day.isoformat()}",
            heading=heading,
            about=about(whose, day),
            sentence=sentence(counts),
            table=counts.table,
            figure=over_time(counts),
            invented=shown.invented,
        )
        for name, heading, counts, sentence in kinds
        if counts
    ]
    return (*drawn, money_chart(shown.money, whose, day)) if shown.money else tuple(drawn)


def over_time(counts: OverTime) -> dict[str, Any]:
    """A bar for each point, stacked of how many there were of each kind."""
    x = [day.isoformat() for day in counts.points]
    days = [short_date(day) for day in counts.points]
    traces = [
        bar(str(series.name), x, series.values, LOOKS[series.key])
        | {"text": [str(value) if value else "" for value in series.values], "customdata": days, **INSIDE}
        for series in counts.series
    ]
    ticks = {"type": "category", "tickmode": "array", "tickvals": x, "ticktext": point_labels(counts.points)}
    return stacked(traces, _("Initiatives"), ticks)


def point_labels(days: Sequence[date]) -> list[str]:
    """The month of each day, and beneath it the year where a new one begins: narrow enough for a phone."""
    years = [None, *(day.year for day in days)]
    return [
        MONTHS_3[day.month] if day.year == before else f"{MONTHS_3[day.month]}<br>{day.year}"
        for day, before in zip(days, years, strict=False)
    ]
