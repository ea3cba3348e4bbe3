"""Which columns the status overview can show, which are chosen, and what stands in each cell."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from initiatives.models import Colour, Help
from initiatives.models.status import ENDED_PHASES

from .rows import OverviewRow

# The column's name in the address.
PARAMETER = "kolonne"
Label = str | Promise
Value = Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """A column beside number and title. `kind` names the look of its cells, `sort` the order that its heading asks for.

    `value` gives what is shown of an OverviewRow, None where nothing is known.
    """

    key: str
    label: Label
    kind: str
    value: Value
    sort: str = ""

    @property
    def numeric(self) -> bool:
        return self.kind in {"funds", "money"}

    @property
    def reported(self) -> bool:
        """True where it shows what a status report says, which may be invented."""
        return self.kind in {"status", "report", "colour", "said"}


@dataclass(frozen=True)
class Cell:
    """What stands in a row under a column."""

    column: Column
    value: Any

    @property
    def known(self) -> bool:
        return self.value not in (None, "", ())


def _of_status(name: str) -> Value:
    return lambda row: getattr(row.status, name) if row.status else None


def colour_of(row: OverviewRow, dimension: str) -> str | None:
    """The colour's code, for `overall` or one dimension; None where nobody assessed an ended one."""
    if row.status is None:
        return None
    code: str = getattr(row.status, dimension)
    return None if code == Colour.NONE and row.status.phase in ENDED_PHASES else code


def _colour_of(dimension: str) -> Value:
    return lambda row: colour_of(row, dimension)


def last_day(row: OverviewRow) -> date | None:
    """The last day of the initiative; `ends` is the day after."""
    return row.initiative.ends - timedelta(days=1) if row.initiative.ends else None


def _help(row: OverviewRow) -> str | None:
    return str(Help(row.status.help_needed).label) if row.status else None


# In the order of the page.
COLUMNS = (
    Column("aktoer", gettext_lazy("Party"), "actors", lambda row: row.actors),
    Column("ejer", gettext_lazy("Owner"), "actors", lambda row: row.owners),
    Column("maalgruppe", gettext_lazy("Target group"), "text", lambda row: row.initiative.target_group),
    Column("start", pgettext_lazy("of an initiative", "Start"), "day", lambda row: row.initiative.starts),
    Column("slut", pgettext_lazy("of an initiative", "End"), "day", last_day),
    Column("midler", gettext_lazy("Cluster funds, DKK"), "funds", lambda row: row.funds, "-midler"),
    Column("disponeret", gettext_lazy("Allocated, kr."), "money", lambda row: row.sums.frame),
    Column("forbrug", gettext_lazy("Spent, kr."), "money", lambda row: row.sums.spent),
    Column("tilbage", gettext_lazy("Left, kr."), "money", lambda row: row.sums.variance),
    Column("status", gettext_lazy("Status"), "status", lambda row: row.status, "-alder"),
    Column("rapport", gettext_lazy("Latest report"), "report", lambda row: row.status, "-alder"),
    Column("tid", gettext_lazy("Time"), "colour", _colour_of("time")),
    Column("oekonomi", gettext_lazy("Money"), "colour", _colour_of("money")),
    Column("kvalitet", gettext_lazy("Quality"), "colour", _colour_of("quality")),
    Column("naeste", gettext_lazy("Next step"), "said", _of_status("next_step")),
    Column("hjaelp", gettext_lazy("Help needed"), "said", _help),
)
BY_KEY = {column.key: column for column in COLUMNS}
STANDARD = ("aktoer", "midler", "status")
# The amounts that need a line of explanation under the list.
LEDGER_AMOUNTS = frozenset({"disponeret", "forbrug", "tilbage"})


def read(asked: Iterable[str]) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """The columns in the address, the standard ones for none, in the order of the page; a notice for each unknown."""
    wanted = list(dict.fromkeys(key for key in asked if key))
    notices = tuple(
        _("There is no column “%(key)s”. It is left out.") % {"key": key[:40]} for key in wanted if key not in BY_KEY
    )
    known = {key for key in wanted if key in BY_KEY} or set(STANDARD)
    return tuple(column for column in COLUMNS if column.key in known), notices


def is_standard(columns: Iterable[Column]) -> bool:
    """True for the columns that are shown when none is chosen."""
    return tuple(column.key for column in columns) == STANDARD
