"""Tables of means before and after: difference, effect, judgement and the figure with start = 100."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from initiatives.danish import format_number, format_signed

from . import charts
from .display import decimals_for, effect_text, judgement_word, measure_label, period
from .effect import Judgement, difference, effect_percent, judgement
from .models import Measurement
from .places import Place, place_of, shared, source_of
from .printed import Figure, Print

# Courses that are counted and measured together: their document, party and the start of their period.
Courses = tuple[int | None, int | None, date | None]


@dataclass(frozen=True)
class EffectRow:
    """One measure: means in the measure's unit, written with the same decimals.

    `effect` is None where it began at 0, `index` where it did not begin above 0. `group` and `n` are empty where
    the whole table has them in common. `means` are both means, `percent` the effect, unrounded; `people` is n as a
    number, None where the source does not state it.
    """

    label: str
    group: str
    n: str
    before: str
    after: str
    difference: Figure
    effect: Figure | None
    judgement: Judgement
    index: charts.Index | None
    means: tuple[Decimal, Decimal]
    percent: Decimal | None
    people: int | None = None

    @property
    def word(self) -> str:
        return judgement_word(self.judgement)

    @property
    def worse(self) -> bool:
        return self.judgement == Judgement.WORSE


@dataclass(frozen=True)
class EffectTable:
    """The measures of one table at one place.

    `n` is how many the means are about, as text: a range where the rows differ, empty where the source does not state
    it. `n_few` is the smallest n where that is few, else None. `completed` is how many were counted as completed at
    the place where that is another number than n.
    """

    place: Place
    n: str
    n_few: int | None
    when: str
    instrument: str
    group: str
    source: str
    completed: int | None
    rows: tuple[EffectRow, ...]

    @property
    def unsigned(self) -> bool:
        """True where the document printed a fall without its minus."""
        return any(row.difference.unsigned or (row.effect and row.effect.unsigned) for row in self.rows)

    @property
    def undirected(self) -> bool:
        """True where neither way is better on one of the measures that changed."""
        return any(row.judgement == Judgement.NONE for row in self.rows)

    @property
    def beyond(self) -> bool:
        """True where an end lies outside the figure."""
        return any(row.index and row.index.beyond for row in self.rows)


def effect_table(
    rows: Sequence[Measurement], axis: charts.Axis, printed: Print, completed: Mapping[Courses, int], few: int
) -> EffectTable:
    """The table of rows that stand together; `completed` by `courses`, `few` is the n from which n is enough."""
    numbers = [row.n for row in rows if row.n is not None]
    group, same_n = shared(row.group_label for row in rows), len({row.n for row in rows}) == 1
    counted = completed.get(courses(rows[0]))
    return EffectTable(
        place=place_of(rows[0]),
        n=_range(numbers),
        n_few=min((n for n in numbers if n < few), default=None),
        when=period(rows[0]),
        instrument=shared(row.measure.instrument for row in rows),
        group=group,
        source=source_of(rows),
        completed=None if not numbers or set(numbers) == {counted} else counted,
        rows=tuple(_row(row, axis, printed, bool(group), same_n) for row in rows),
    )


def _range(numbers: Sequence[int]) -> str:
    ends = sorted({min(numbers), max(numbers)}) if numbers else []
    return "–".join(format_number(end, 0) for end in ends)


def _row(row: Measurement, axis: charts.Axis, printed: Print, same_group: bool, same_n: bool) -> EffectRow:
    before, after = means(row)
    decimals = decimals_for([before, after], row.measure.decimals)
    subject = (f"{row.initiative.address}", row.table, row.measure.slug)
    change, effect = difference(before, after), effect_percent(before, after)
    return EffectRow(
        label=measure_label(row.measure),
        group="" if same_group else row.group_label,
        n="" if same_n or row.n is None else format_number(row.n, 0),
        before=format_number(before, decimals),
        after=format_number(after, decimals),
        difference=printed.beside(format_signed(change, decimals), change, "difference", *subject),
        effect=None if effect is None else printed.beside(effect_text(effect), effect, "effect", *subject),
        judgement=judgement(before, after, row.measure.direction),
        index=axis.index(before, after),
        means=(before, after),
        percent=effect,
        people=row.n,
    )


def courses(row: Measurement) -> Courses:
    """Which courses a measurement is about: a count of another document or period says nothing of it."""
    return row.document_id, row.site_id, row.period_starts


def means(row: Measurement) -> tuple[Decimal, Decimal]:
    """Before and after; raises ValueError where the row has another form."""
    if row.before is None or row.after is None:
        raise ValueError(f"measurement {row.pk} is no before and after")
    return row.before, row.after
