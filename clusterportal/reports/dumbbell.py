"""The figure of a table before and after: a row for each measure, from a hollow start to a filled end.

Pure geometry in points, on the axis with start = 100 that the screen's figure has too;
templates/reports/evaluation/_dumbbell.svg draws it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from outcomes.before_after import EffectRow, EffectTable
from outcomes.charts import Axis

# The axis of outcomes.charts, 222 wide, stands between the names and the effects.
SHIFT = 206
FIRST_ROW, ROW = Decimal(26), Decimal(16)
# One line of a table needs no figure beside it.
FEWEST_ROWS = 2


@dataclass(frozen=True)
class Mark:
    """One measure at the height `y`; `effect` is signed percent with the word of a change for the worse."""

    row: EffectRow
    y: Decimal
    effect: str

    @property
    def text(self) -> Decimal:
        """Height of the words' base line."""
        return self.y + Decimal("2.7")

    @property
    def moved(self) -> bool:
        return self.row.index is not None and self.row.index.end != self.row.index.start


@dataclass(frozen=True)
class Dumbbell:
    """The figure of one table; `few` where so few stand behind it that the lines are dashed."""

    axis: Axis
    marks: tuple[Mark, ...]
    few: bool
    words: str

    @property
    def height(self) -> Decimal:
        return FIRST_ROW + ROW * len(self.marks) - 4

    @property
    def millimetres(self) -> Decimal:
        """The height in print: 482 units are 170 mm."""
        return (self.height * 170 / 482).quantize(Decimal("0.1"))


def dumbbell(table: EffectTable, axis: Axis) -> Dumbbell | None:
    """The figure of the measures that began above 0; None where fewer than two did."""
    rows = [row for row in table.rows if row.index]
    if len(rows) < FEWEST_ROWS:
        return None
    marks = tuple(Mark(row, FIRST_ROW + ROW * place, _effect(row)) for place, row in enumerate(rows))
    return Dumbbell(axis, marks, table.n_few is not None, " ".join(_words(table, rows)))


def _effect(row: EffectRow) -> str:
    effect = row.effect.text if row.effect else ""
    return f"{effect}, {row.word.lower()}" if row.worse else effect


def _words(table: EffectTable, rows: list[EffectRow]) -> Iterator[str]:
    """The figure for those who do not see it: every value, and what the change is called."""
    n = f"n = {table.n}" if table.n else _("n not stated")
    yield f"{table.place.name}, {n}." if table.place.name else f"{n}."
    for row in rows:
        words = {"label": row.label, "before": row.before, "after": row.after, "word": row.word.lower()}
        yield _("%(label)s: from %(before)s to %(after)s, %(word)s.") % words
