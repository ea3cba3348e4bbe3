"""The portfolio as a board: themes down, phases across, one tile for each initiative."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from initiatives.models import ActionPlan, Colour, Initiative, Phase, StatusReport, Theme
from initiatives.models.status import ENDED_PHASES

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
# The column of initiatives that nobody has reported on.
UNREPORTED = ""
# More tiles than this in one cell cannot be told apart; the rest are a link to the list.
MOST_TILES = 40


@dataclass(frozen=True)
class Standing:
    """An initiative with the status that held; None where nothing was reported by the day."""

    initiative: Initiative
    status: StatusReport | None

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
        return "" if self.ended and self.status.overall == Colour.NONE else self.status.overall

    @property
    def colour_word(self) -> str:
        return str(Colour(self.colour).label).lower() if self.colour else ""

    @property
    def marks(self) -> str:
        """The tile's classes."""
        colour = f" tile--{self.colour}" if self.colour else ""
        return f"tile{colour} tile--demo" if self.demonstration else f"tile{colour}"

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
class Cell:
    """The tiles of a theme in a phase; `rest` is how many more there are than can be shown."""

    column: Column
    tiles: tuple[Standing, ...]
    rest: int


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


def standings(plan: ActionPlan, day: date) -> tuple[Standing, ...]:
    """The plan's initiatives by theme and number with the status of `day`; two queries."""
    listed = Initiative.objects.filter(plan=plan).with_status_on(day).as_listed()
    # Not the plan: its long texts would come once for each row.
    listed = listed.select_related(None).select_related("cluster", "theme")
    return tuple(Standing(each, next(iter(each.current_status), None)) for each in listed)


def board(of: Sequence[Standing]) -> Board:
    """The board of initiatives that stand in the order of `standings`."""
    counts = Counter(each.phase for each in of)
    columns = tuple(_column(phase, counts[phase]) for phase in (UNREPORTED, *LIFE) if counts[phase])
    by_theme = groupby(of, key=lambda each: each.initiative.theme)
    rows = [_row(theme, tuple(of_theme), columns) for theme, of_theme in by_theme]
    # Databases disagree on where "no theme" sorts; here it is last.
    rows.sort(key=lambda row: row.theme is None)
    return Board(tuple(of), columns, tuple(rows), Counter(each.colour for each in of))


def _column(phase: str, count: int) -> Column:
    if phase == UNREPORTED:
        return Column(phase, _("No status"), _("No status"), count)
    name = Phase(phase).label
    return Column(phase, name, NARROW.get(Phase(phase), name), count)


def _row(theme: Theme | None, of: Sequence[Standing], columns: Sequence[Column]) -> BoardRow:
    in_phases = [(column, [each for each in of if each.phase == column.phase]) for column in columns]
    return BoardRow(
        theme,
        tuple(Cell(column, tuple(own[:MOST_TILES]), max(len(own) - MOST_TILES, 0)) for column, own in in_phases),
    )
