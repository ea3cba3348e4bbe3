"""The tables of the status overview: the chosen columns of one page of rows, with the sums under them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.core.paginator import Page, Paginator

from initiatives.money import total

from .columns import Cell, Column
from .overview import Overview, OverviewRow, ThemeGroup

# A plan is one page; only a list of several plans' length is divided.
PER_PAGE = 100


@dataclass(frozen=True)
class TableRow:
    """A row with its cells in the order of the columns."""

    row: OverviewRow
    cells: tuple[Cell, ...]

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


@dataclass(frozen=True)
class TableGroup:
    """The part of a theme that is on the page; its sums are of all its rows. `ends` where the last one is here."""

    group: ThemeGroup
    rows: tuple[TableRow, ...]
    sums: tuple[Sum, ...]
    ends: bool


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
    """Page `number`, which must exist, of the rows that are shown, under their themes."""
    rows = [(group, row) for group in shown.groups for row in group.rows]
    page = Paginator(rows, per_page).page(number)
    return Table(columns, tuple(_groups(page.object_list, columns)), _sums(shown.rows, columns), page)


def _groups(rows: Iterable[tuple[ThemeGroup, OverviewRow]], columns: tuple[Column, ...]) -> Iterator[TableGroup]:
    for _key, pairs in groupby(rows, key=lambda pair: id(pair[0])):
        listed = list(pairs)
        group = listed[0][0]
        here = tuple(TableRow(row, _cells(row, columns)) for _group, row in listed)
        yield TableGroup(group, here, _sums(group.rows, columns), ends=listed[-1][1] is group.rows[-1])


def _cells(row: OverviewRow, columns: Iterable[Column]) -> tuple[Cell, ...]:
    return tuple(Cell(column, column.value(row)) for column in columns)


def _sums(rows: Iterable[OverviewRow], columns: Iterable[Column]) -> tuple[Sum, ...]:
    listed = list(rows)
    return tuple(
        Sum(column, total(column.value(row) for row in listed) if column.numeric else None) for column in columns
    )
