"""The portfolio as a board: themes down, phases across, one tile for each initiative."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from initiatives.models import ActionPlan, Cluster, Colour, Initiative, Phase, Theme
from initiatives.models.status import ENDED_PHASES

from .history import History, Report

# From the idea to the end; the columns stand in this order, those without initiatives are left out.
LIFE = (
    *(Phase.PROPOSED, Phase.ORDERED, Phase.CONFIRMED, Phase.AWAITING, Phase.PILOT, Phase.RUNNING, Phase.PAUSED),
    *(Phase.IN_OPERATION, Phase.CLOSED, Phase.MERGED, Phase.DISCONTINUED),
)
# Headings that are too long for a narrow column; the Danish ones hold a soft hyphen.
NARROW = {
    Phase.RUNNING: pgettext_lazy("narrow column", "Running"),
    Phase.MERGED: pgettext_lazy("narrow column", "Merged"),
}
# In which order a cell's heaps stand.
HEAPED = (Colour.RED.value, Colour.AMBER.value, Colour.GREEN.value, Colour.NONE.value, "")
# The column of initiatives that nobody has reported on.
UNREPORTED = ""
# A board of more initiatives than this is no board; then each cell counts them by colour.
MOST_TILES = 150


class Listed(NamedTuple):
    """As much of an initiative as the page shows; a plan can have thousands, so they are not whole rows."""

    pk: int
    number: str
    title: str
    short_title: str
    address: str
    retired_on: date | None
    theme: Theme | None
    cluster: Cluster

    def withdrawn_by(self, day: date) -> bool:
        """As Initiative.withdrawn_by."""
        return self.retired_on is not None and self.retired_on <= day


@dataclass(frozen=True)
class Standing:
    """An initiative with the report that held; None where nothing was reported by the day."""

    initiative: Listed
    status: Report | None

    @property
    def name(self) -> str:
        """The number, else the short title."""
        return self.initiative.number or self.initiative.short_title

    @property
    def phase(self) -> str:
        return self.status.phase if self.status else UNREPORTED

    @property
    def ended(self) -> bool:
        return self.phase in ENDED_PHASES

    @property
    def colour(self) -> str:
        """The colour shown: that of the status; empty for one that has ended without being assessed."""
        if self.status is None:
            return Colour.NONE
        return "" if self.ended and self.status.colour == Colour.NONE else self.status.colour

    @property
    def colour_word(self) -> str:
        return colour_word(self.colour)

    @property
    def marks(self) -> str:
        """The tile's classes."""
        return marks(self.colour, self.demonstration)

    @property
    def demonstration(self) -> bool:
        return self.status is not None and self.status.demonstration


@dataclass(frozen=True)
class Column:
    """A phase with how many initiatives are in it; `heading` is its name with room to break."""

    phase: str
    name: str | Promise
    heading: str | Promise
    count: int


@dataclass(frozen=True)
class Heap:
    """How many initiatives of a cell have a colour; empty is that of those that ended without one.

    `chosen` is the colour as the list can be filtered by it, None where it cannot.
    """

    colour: str
    count: int
    chosen: str | None

    @property
    def marks(self) -> str:
        """The tile's classes."""
        return marks(self.colour, demonstration=False)

    @property
    def words(self) -> str:
        """The colour aloud."""
        return colour_word(self.colour)


@dataclass(frozen=True)
class Cell:
    """The initiatives of a theme in a phase: each as a tile or, on a board of too many, in heaps by colour."""

    column: Column
    tiles: tuple[Standing, ...]
    heaps: tuple[Heap, ...]


@dataclass(frozen=True)
class BoardRow:
    """A theme's cells; None for initiatives outside the themes."""

    theme: Theme | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Board:
    """All initiatives of a plan; `colours` counts every colour shown, also `none` for what is not assessed."""

    standings: tuple[Standing, ...]
    columns: tuple[Column, ...]
    rows: tuple[BoardRow, ...]
    colours: Counter[str]

    @property
    def heaped(self) -> bool:
        """True where there are too many initiatives for a tile each."""
        return len(self.standings) > MOST_TILES

    @property
    def themes(self) -> tuple[Theme, ...]:
        return tuple(row.theme for row in self.rows if row.theme)

    @property
    def assessed(self) -> int:
        """How many have a colour."""
        return self.colours.total() - self.colours[Colour.NONE] - self.plain

    @property
    def plain(self) -> int:
        """How many have ended and have no colour."""
        return self.colours[""]

    @property
    def ended(self) -> int:
        return sum(each.ended for each in self.standings)

    @property
    def demonstrations(self) -> tuple[Standing, ...]:
        """Those whose status is invented."""
        return tuple(each for each in self.standings if each.demonstration)


def standings(plan: ActionPlan, reported: History) -> tuple[Standing, ...]:
    """The plan's initiatives by theme and number with the last of their reports; one query, and one for themes."""
    themes: dict[int | None, Theme] = {theme.pk: theme for theme in plan.themes.all()}
    rows = (
        Initiative.objects.filter(plan=plan)
        .as_listed()
        .values_list("pk", "number", "title", "short_title", "address", "retired_on", "theme_id")
    )
    found = []
    for pk, number, title, short_title, address, retired_on, theme in rows:
        listed = Listed(pk, number, title, short_title, address, retired_on, themes.get(theme), plan.cluster)
        reports = reported.get(pk)
        found.append(Standing(listed, reports[-1] if reports else None))
    return tuple(found)


def themes_of(of: Iterable[Standing]) -> tuple[Theme, ...]:
    """The themes that have initiatives, in their order."""
    return tuple({theme.pk: theme for each in of if (theme := each.initiative.theme)}.values())


def colour_word(colour: str) -> str:
    """The colour in small letters; empty without one."""
    return str(Colour(colour).label).lower() if colour else ""


def marks(colour: str, demonstration: bool) -> str:
    """The classes of a tile."""
    return f"tile{f' tile--{colour}' if colour else ''}{' tile--demo' if demonstration else ''}"


def board(of: Sequence[Standing]) -> Board:
    """The board of initiatives that stand in the order of `standings`."""
    counts = Counter(each.phase for each in of)
    columns = tuple(_column(phase, counts[phase]) for phase in (UNREPORTED, *LIFE) if counts[phase])
    by_theme = groupby(of, key=lambda each: each.initiative.theme)
    heaped = len(of) > MOST_TILES
    rows = [BoardRow(theme, tuple(_cells(tuple(of_theme), columns, heaped))) for theme, of_theme in by_theme]
    # Databases disagree on where "no theme" sorts; here it is last.
    rows.sort(key=lambda row: row.theme is None)
    return Board(tuple(of), columns, tuple(rows), Counter(each.colour for each in of))


def _column(phase: str, count: int) -> Column:
    if phase == UNREPORTED:
        return Column(phase, _("No status"), _("No status"), count)
    name = Phase(phase).label
    return Column(phase, name, NARROW.get(Phase(phase), name), count)


def _cells(of: Sequence[Standing], columns: Sequence[Column], heaped: bool) -> Iterator[Cell]:
    by_phase: dict[str, list[Standing]] = defaultdict(list)
    for each in of:
        by_phase[each.phase].append(each)
    for column in columns:
        own = by_phase[column.phase]
        yield Cell(column, (), _heaps(own, column.phase)) if heaped else Cell(column, tuple(own), ())


def _heaps(of: Iterable[Standing], phase: str) -> tuple[Heap, ...]:
    counts = Counter(each.colour for each in of)
    listed = (colour for colour in HEAPED if counts[colour])
    return tuple(Heap(colour, counts[colour], colour if colour and phase != UNREPORTED else None) for colour in listed)
