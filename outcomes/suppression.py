"""Small numbers: what of a table must not be shown, so that nobody can be recognised in it.

Primary suppression: a number of people from 1 to under the limit is shown as fewer than the limit
(Sundhedsdatastyrelsen: no group under 5). 0 and "not measured" say nothing about anybody and stay what they are.
Secondary suppression: where the rest of its line and their total would give a hidden number away, more is hidden.

A hidden number is safe when other tables that look the same have another number there. Such a table differs from the
true one by a cycle: one number goes up, another of its row down, one of that column up, and so on, each within what
its mark tells (Castro 2007, "A shortest-paths heuristic for statistical data protection in positive tables", INFORMS
J. Comput. 19:520). A total is one more number of its line, with the opposite sign. What is hidden beyond the small
numbers are the cells of the cheapest such cycle.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from heapq import heappop, heappush


class Mark(StrEnum):
    """How a number is shown."""

    SHOWN = "shown"
    # From 1 to under the limit.
    FEW = "few"
    # The limit or more; hidden, so that a small one cannot be computed.
    HIDDEN = "hidden"
    # Nobody measured it.
    MISSING = "missing"


@dataclass(frozen=True)
class Marks:
    """The mark of each number and of each total; `withheld` where nothing of the table can be shown.

    Totals that were not asked for are empty, and `total` None.
    """

    cells: tuple[tuple[Mark, ...], ...]
    row_totals: tuple[Mark, ...]
    column_totals: tuple[Mark, ...]
    total: Mark | None
    withheld: bool = False


# (row, column); one row and one column more than the table has are its totals.
Cell = tuple[int, int]
# A row or a column.
Node = tuple[str, int]


def suppress(
    numbers: Sequence[Sequence[int | None]], limit: int, *, row_totals: bool = True, column_totals: bool = True
) -> Marks:
    """The marks of a table of numbers of people, which is shown with the totals named; None was not measured.

    The grand total is shown with both. All rows have the same length. Raises ValueError for a negative number.
    """
    if any(number is not None and number < 0 for row in numbers for number in row):
        raise ValueError("a group of fewer than none")
    table = _Table(numbers, limit, row_totals, column_totals)
    return table.marks(withheld=not table.protect())


def suppress_groups(numbers: Sequence[int | None], limit: int) -> tuple[tuple[Mark, ...], Mark]:
    """The marks of groups' rows by how many each is about, and that of the row of all together.

    Everything in the row of a group that is not SHOWN is hidden with its number: means, shares, ranges. Where the
    number is unknown it may be small, so the row is HIDDEN.
    """
    marks = suppress([numbers], limit, column_totals=False)
    cells = (Mark.HIDDEN if mark == Mark.MISSING else mark for mark in marks.cells[0])
    return tuple(cells), marks.row_totals[0]


def released(states: Sequence[Mapping[str, int]], limit: int) -> tuple[bool, ...]:
    """Which of the successive states of the same figures may be shown, oldest first.

    A state is how many people each shown figure is about. The difference between two states is a group of its own: a
    state is kept back where one of its figures is about 1 to under the limit more or fewer people than in any earlier
    state that was shown.
    """
    shown: list[Mapping[str, int]] = []
    answers = []
    for state in states:
        apart = (abs(state[key] - earlier[key]) for earlier in shown for key in state.keys() & earlier.keys())
        answers.append(not any(0 < difference < limit for difference in apart))
        if answers[-1]:
            shown.append(state)
    return tuple(answers)


class _Table:
    """A table with its totals as one more row and column, and what of it is hidden."""

    def __init__(self, numbers: Sequence[Sequence[int | None]], limit: int, rows: bool, columns: bool) -> None:
        self.numbers, self.limit = numbers, limit
        self.height, self.width = len(numbers), len(numbers[0]) if numbers else 0
        self.values = {(i, j): number for i, row in enumerate(numbers) for j, number in enumerate(row)}
        self.values |= {(i, self.width): _sum(row) for i, row in enumerate(numbers)}
        self.values |= {(self.height, j): _sum([row[j] for row in numbers]) for j in range(self.width)}
        self.values[self.height, self.width] = _sum([self.values[i, self.width] for i in range(self.height)])
        self.unprinted = {cell for cell in self.values if not self._is_printed(cell, rows, columns)}
        printed = self.values.keys() - self.unprinted
        self.hidden = {cell for cell in printed if 0 < (self.values[cell] or 0) < limit}

    def _is_printed(self, cell: Cell, rows: bool, columns: bool) -> bool:
        return (cell[1] < self.width or rows) and (cell[0] < self.height or columns)

    def protect(self) -> bool:
        """Hide more until no hidden number can be computed; False where that cannot be reached."""
        while True:
            if stuck := next((cell for cell in sorted(self.hidden) if not self._is_free(cell)), None):
                ways = [way for up in (True, False) if (way := self._cycle(stuck, up))]
                if not ways:
                    return False
                self.hidden |= min(ways, key=lambda way: (way[0], len(way[1])))[1]
            elif thin := next(self._thin_lines(), None):
                self.hidden.add(min((self.values[cell], cell) for cell in thin if self._may_be_hidden(cell))[1])
            else:
                return True

    def marks(self, withheld: bool) -> Marks:
        """What `protect` came to."""

        def mark(cell: Cell) -> Mark:
            number = self.values[cell]
            if number is None:
                return Mark.MISSING
            if withheld or (cell in self.hidden and number >= self.limit):
                return Mark.HIDDEN
            return Mark.FEW if cell in self.hidden else Mark.SHOWN

        def printed(cells: Iterator[Cell]) -> tuple[Mark, ...]:
            return tuple(mark(cell) for cell in cells if cell not in self.unprinted)

        corner = (self.height, self.width)
        return Marks(
            cells=tuple(tuple(mark((i, j)) for j in range(self.width)) for i in range(self.height)),
            row_totals=printed((i, self.width) for i in range(self.height)),
            column_totals=printed((self.height, j) for j in range(self.width)),
            total=None if corner in self.unprinted else mark(corner),
            withheld=withheld,
        )

    def _thin_lines(self) -> Iterator[list[Cell]]:
        """Lines whose hidden numbers together are under the limit, though their shown total tells their sum."""
        lines = [[(i, j) for j in range(self.width + 1)] for i in range(self.height + 1)]
        lines += [[(i, j) for i in range(self.height + 1)] for j in range(self.width + 1)]
        for *parts, total in lines:
            if self.unprinted.isdisjoint([*parts, total]) and total not in self.hidden:
                together = sum(self.values[cell] or 0 for cell in parts if cell in self.hidden)
                if 0 < together < self.limit:
                    yield [*parts, total]

    def _may_be_hidden(self, cell: Cell) -> bool:
        return cell not in self.hidden and cell not in self.unprinted and (self.values[cell] or 0) >= self.limit

    def _is_free(self, cell: Cell) -> bool:
        """True where another table that looks the same has another number there."""
        return any(way[0] == 0 for up in (True, False) if (way := self._cycle(cell, up)))

    def _cycle(self, cell: Cell, up: bool) -> tuple[int, set[Cell]] | None:
        """The cheapest cycle on which the cell goes up or down: what it costs, and the cells to hide for it."""
        if not self._can_move(cell, up):
            return None
        row, column = ("row", cell[0]), ("column", cell[1])
        start, goal = (column, row) if up else (row, column)
        queue: list[tuple[int, Node, tuple[Cell, ...]]] = [(0, start, ())]
        done: set[Node] = set()
        while queue:
            cost, node, cells = heappop(queue)
            if node == goal:
                return cost, {each for each in cells if each not in self.hidden and each not in self.unprinted}
            if node in done:
                continue
            done.add(node)
            for step, following in self._steps(node):
                if step != cell and following not in done:
                    heappush(queue, (cost + self._cost(step), following, (*cells, step)))
        return None

    def _steps(self, node: Node) -> Iterator[tuple[Cell, Node]]:
        """The cells of a line that can move: up out of a row, down out of a column."""
        kind, place = node
        others = range(self.width + 1) if kind == "row" else range(self.height + 1)
        for other in others:
            cell = (place, other) if kind == "row" else (other, place)
            movable = cell in self.hidden or cell in self.unprinted or self._may_be_hidden(cell)
            if movable and self._can_move(cell, up=kind == "row"):
                yield cell, ("column" if kind == "row" else "row", other)

    def _can_move(self, cell: Cell, up: bool) -> bool:
        """True where one more (one less) is still what the mark says; a total counts with the opposite sign."""
        number = self.values[cell] or 0
        is_total = (cell[0] == self.height) != (cell[1] == self.width)
        if cell in self.unprinted:
            return up != is_total or number > 0
        lowest, highest = (1, self.limit - 1) if 0 < number < self.limit else (self.limit, None)
        if up != is_total:
            return highest is None or number < highest
        return number > lowest

    def _cost(self, cell: Cell) -> int:
        """What hiding the cell takes from the reader: the people it tells of."""
        return 0 if cell in self.hidden or cell in self.unprinted else self.values[cell] or 0


def _sum(numbers: Sequence[int | None]) -> int | None:
    """Over what was measured; None where nothing was."""
    measured = [number for number in numbers if number is not None]
    return sum(measured) if measured else None
