"""The tables of the status overview: the chosen columns of one page of rows, with the sums under them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from django.core.paginator import Page, Paginator

from finance.lines import Sums

from .columns import Cell, Column
from .links import addresses
from .overview import Overview, ThemeGroup
from .rows import OverviewRow

# A plan is one page; only a list of several plans' length is divided.
PER_PAGE = 100


@dataclass(frozen=True)
class TableRow:
    """A row with its cells in the order of the columns; `url` is its page, `follow_url` takes that one follows it."""

    row: OverviewRow
    cells: tuple[Cell, ...]
    url: str
    follow_url: str

    @property
    def invented(self) -> bool:
        """True where a cell shows an invented report, and no cell of the status itself says so."""
        kinds = {cell.column.kind for cell in self.cells if cell.column.reported}
        return bool(self.row.status and self.row.status.demonstration and kinds and "status" not in kinds)


@dataclass(frozen=True)
class Sum:
    """What stands under a column: the sum in kr., None under a column that is not money."""

    column: Column
    amount: Decimal | None


class Amounts(NamedTuple):
    """Kroner of several rows, by the names that they have in one."""

    funds: Decimal
    sums: Sums


@dataclass(frozen=True)
class TableGroup:
    """The part of a theme that is on the page; its sums are of all its rows."""

    group: ThemeGroup
    rows: tuple[TableRow, ...]
    sums: tuple[Sum, ...]

    @property
    def ends(self) -> bool:
        """True where the theme's last row is here."""
        return self.group.ends


@dataclass(frozen=True)
class Table:
    """One page of what is shown. `sums` are of all that is shown, not of the page."""

    columns: tuple[Column, ...]
    groups: tuple[TableGroup, ...]
    sums: tuple[Sum, ...]
    page: Page

    @property
    def ends(self) -> bool:
        """True where the last row is on this page."""
        return not self.page.has_next()


def table(shown: Overview, columns: tuple[Column, ...], number: int = 1, per_page: int = PER_PAGE) -> Table:
    """The rows at hand, which are those of page `number`, under their themes."""
    page = Paginator(range(shown.count), per_page).page(number)
    # Translated here, once: each cell repeats the words of its column.
    columns = tuple(replace(column, label=str(column.label)) for column in columns)
    return Table(columns, tuple(_groups(shown, columns)), _sums(shown.total, shown.sums, columns), page)


def _groups(shown: Overview, columns: tuple[Column, ...]) -> Iterator[TableGroup]:
    page_of, follow_of = (addresses(name, shown.plan.cluster.slug) for name in ("initiative", "follow"))
    for group in shown.groups:
        here = tuple(
            TableRow(row, _cells(row, columns), page_of(row.initiative.address), follow_of(row.initiative.address))
            for row in group.rows
        )
        yield TableGroup(group, here, _sums(group.total, group.sums, columns))


def _cells(row: OverviewRow, columns: Iterable[Column]) -> tuple[Cell, ...]:
    return tuple(Cell(column, column.value(row)) for column in columns)


def _sums(funds: Decimal, sums: Sums, columns: Iterable[Column]) -> tuple[Sum, ...]:
    """Each column reads a sum as it reads the amount of a row."""
    amounts = Amounts(funds, sums)
    return tuple(Sum(column, column.value(amounts) if column.numeric else None) for column in columns)
