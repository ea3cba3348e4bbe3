"""Charts that a reader can explore: one table, which the page shows, plotly draws and a file gives as CSV.

The three come from the same rows, so they cannot disagree. Colours are names of the style sheet's own tokens, which
portal/charts.js looks up. Every series has a pattern too, so that a chart can be read without colours. Bars are all
that is used of what plotly's basic bundle can draw.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from .danish import format_number, long_date, short_date
from .listing import as_csv
from .money import kroner

# What plotly needs beyond the portal's content policy: one empty style element, which it fills through the browser's
# style sheet interface (the hash is that of the empty string, so no other style element is let in), and an image of
# the drawing in the browser's own memory, from which it makes the PNG.
POLICY = {
    "style-src": ["'self'", "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"],
    "img-src": ["blob:"],
}
# Height of a drawing in pixels, where nothing else is said.
HEIGHT = 460


class Measured(NamedTuple):
    """A number of a file, None where there is none, and how the page writes it, with its sign or its unit."""

    value: Decimal | None
    text: str


Value = str | int | Decimal | date | Measured
Trace = dict[str, Any]


class Look(NamedTuple):
    """How a series is filled: a colour's token, a pattern of plotly's, and the token of the pattern's lines."""

    token: str
    pattern: str = ""
    lines: str = ""


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
    def values(self) -> Iterator[Sequence[object]]:
        """Head and rows for a spreadsheet."""
        yield self.head
        for row in self.rows:
            yield [value.value if isinstance(value, Measured) else value for value in row]


def as_text(value: Value) -> str:
    """A cell as Danes write it; a Decimal is kroner."""
    if isinstance(value, Measured):
        return value.text
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, Decimal):
        return kroner(value)
    return format_number(value, 0) if isinstance(value, int) else value


@dataclass(frozen=True)
class Chart:
    """One chart with its sentence and its table; `name` is that of the CSV in the address, `file` of what is fetched.

    `about` is what a picture adds to its heading, for it leaves the page; `height` is in pixels; `invented` tells that
    some of the figures are a demonstration.
    """

    name: str
    file: str
    heading: str
    about: str
    sentence: str
    table: Table
    figure: dict[str, Any]
    height: int = HEIGHT
    invented: bool = False

    @property
    def data_id(self) -> str:
        """The id of the element that holds the figure as JSON."""
        return f"data-{self.name}"

    @property
    def title(self) -> str:
        """What a picture says of itself."""
        return f"{self.heading}, {self.about} (Demo)" if self.invented else f"{self.heading}, {self.about}"


def about(whose: str, day: date) -> str:
    """Whose figures a picture shows, and as known on which day."""
    return f"{whose}, {long_date(day)}"


def as_file(charts: Iterable[Chart], name: str) -> HttpResponse:
    """The figures of the chart of that name as CSV; raises Http404 where there is no such chart."""
    chart = next((each for each in charts if each.name == name), None)
    if chart is None:
        raise Http404(_("There is nothing to draw."))
    return as_csv(chart.table.values, chart.file)


def bar(name: str, x: Sequence[Any], y: Sequence[Any], look: Look) -> Trace:
    """A series of bars."""
    pattern = {"shape": look.pattern, "fillmode": "overlay", "fgcolor": look.lines, "fgopacity": 0.4, "size": 7}
    return {
        "type": "bar",
        "name": name,
        "x": list(x),
        "y": list(y),
        "marker": {
            "color": look.token,
            "line": {"color": "--rule-2", "width": 1},
            **({"pattern": pattern} if look.pattern else {}),
        },
    }


def stacked(traces: list[Trace], unit: str, x_axis: dict[str, Any]) -> dict[str, Any]:
    """Bars upon each other, counted in `unit`."""
    return {"data": traces, "layout": {"barmode": "stack", "xaxis": x_axis, "yaxis": {"title": {"text": unit}}}}
