"""What was counted: tables of groups by places, and lists of single counts, shares and characteristics."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from initiatives.danish import format_number, listed

from . import charts
from .display import capital, in_sentence, percent_text, period, share_text, value_text, whole_percent
from .models import Measure, Measurement
from .places import Place, place_of, shared, source_of
from .printed import Figure, Print

Form = Measurement.Form
# Up to so many single figures are a list in print.
MOST_IN_LIST = 4


@dataclass(frozen=True)
class Column:
    """A place and when it was measured there; `when` is empty where the whole table is from one time."""

    place: Place
    when: str


Columns = Sequence[Column]


@dataclass(frozen=True)
class CrossRow:
    """One group at each place, None where it was not measured; `total` over the places, None where not summed."""

    label: str
    group: str
    cells: tuple[tuple[Column, Figure | None], ...]
    total: Figure | None = None
    is_sum: bool = False


@dataclass(frozen=True)
class Crosstab:
    """Groups by places, with a sum of each measure that has several groups."""

    title: str
    when: str
    source: str
    columns: tuple[Column, ...]
    rows: tuple[CrossRow, ...]

    @property
    def summed(self) -> bool:
        return any(row.total for row in self.rows)


@dataclass(frozen=True)
class Share:
    """A count of a total: its percent, with what was printed, and the width of its bar."""

    percent: Figure
    bar: str


@dataclass(frozen=True)
class Fact:
    """One line of a list; `label` is the measure, or the place where the whole list is about one measure."""

    label: str
    words: tuple[str, ...]
    place: Place
    number: str
    share: Share | None
    when: str


@dataclass(frozen=True)
class FactList:
    """Single figures; `few` where a share is of few.

    `title`, `place` and `when` are what all have in common, empty where they differ. `by_place` tells that the facts
    are labelled by their places.
    """

    title: str
    place: Place
    by_place: bool
    when: str
    source: str
    few: bool
    facts: tuple[Fact, ...]

    @property
    def shares(self) -> bool:
        return any(fact.share for fact in self.facts)

    @property
    def is_long(self) -> bool:
        """True where so many facts are about one measure that they make a table in print."""
        return bool(self.title) and len(self.facts) > MOST_IN_LIST

    @property
    def places(self) -> bool:
        return any(fact.place.name for fact in self.facts)


def counted(rows: Sequence[Measurement], printed: Print, few: int) -> Crosstab | FactList:
    """A table where rows of a numbered table make one, else a list; `few` is the total from which it is enough."""
    forms = {row.form for row in rows}
    makes_table = rows[0].table and len(forms) == 1 and forms <= {Form.COUNT, Form.CHARACTERISTIC}
    return _crosstab(rows, printed) if makes_table and _is_grid(rows) else _facts(rows, printed, few)


def _is_grid(rows: Iterable[Measurement]) -> bool:
    """True where each place is measured once in each group, all at one time."""
    listed_rows = list(rows)
    cells = Counter((place_of(row), row.measure_id, row.group_label) for row in listed_rows)
    times = {(place_of(row), period(row)) for row in listed_rows}
    return max(cells.values()) == 1 and len(times) == len({place for place, _time in times})


def _crosstab(rows: Sequence[Measurement], printed: Print) -> Crosstab:
    when = shared(period(row) for row in rows)
    columns = tuple(dict.fromkeys(Column(place_of(row), "" if when else period(row)) for row in rows))
    return Crosstab(
        title=capital(listed(dict.fromkeys(in_sentence(row.measure.name) for row in rows))),
        when=when,
        source=source_of(rows),
        columns=columns,
        rows=tuple(_cross_rows(rows, columns, printed)),
    )


def _cross_rows(rows: Sequence[Measurement], columns: Columns, printed: Print) -> Iterator[CrossRow]:
    """The groups in printed order; counts get their sums: over the places, and over the groups of a measure."""
    ordered = list(dict.fromkeys((row.group_label, row.measure) for row in rows))
    if rows[0].form == Form.CHARACTERISTIC:
        yield from (_values(rows, group, measure, columns) for group, measure in ordered)
        return
    for measure in dict.fromkeys(measure for _group, measure in ordered):
        groups = [group for group, of_measure in ordered if of_measure == measure]
        counts = [row for row in rows if row.measure == measure]
        yield from (_counts(counts, group, measure, columns, printed) for group in groups)
        if len(groups) > 1:
            yield _sums(counts, measure, columns, printed)


def _values(rows: Iterable[Measurement], group: str, measure: Measure, columns: Columns) -> CrossRow:
    cells = {
        place_of(row): Figure(value_text(row)) for row in rows if (row.group_label, row.measure) == (group, measure)
    }
    return CrossRow(measure.name, group, _at(columns, cells))


def _counts(rows: Sequence[Measurement], group: str, measure: Measure, columns: Columns, printed: Print) -> CrossRow:
    own = [row for row in rows if row.group_label == group]
    cells = {place_of(row): Figure(format_number(row.count or 0, 0)) for row in own}
    # What is printed of a sum is about the whole measure; a row is that only where there is no other group.
    whole = printed if len(own) == len(rows) else Print()
    total = _sum(own, whole, measure) if len(columns) > 1 else None
    return CrossRow(measure.name, group, _at(columns, cells), total)


def _sums(rows: Sequence[Measurement], measure: Measure, columns: Columns, printed: Print) -> CrossRow:
    at_places = {column.place: [row for row in rows if place_of(row) == column.place] for column in columns}
    sums = {place: _sum(own, printed, measure, at_place=True) for place, own in at_places.items() if own}
    return CrossRow(
        measure.name, "", _at(columns, sums), _sum(rows, printed, measure) if len(columns) > 1 else None, is_sum=True
    )


def _at(columns: Columns, cells: Mapping[Place, Figure]) -> tuple[tuple[Column, Figure | None], ...]:
    return tuple((column, cells.get(column.place)) for column in columns)


def _sum(rows: Sequence[Measurement], printed: Print, measure: Measure, at_place: bool = False) -> Figure:
    value = sum(row.count or 0 for row in rows)
    site = (rows[0].site.name,) if at_place and rows[0].site else ()
    subject = (rows[0].initiative.address, rows[0].table, measure.slug, *site)
    return printed.beside(format_number(value, 0), Decimal(value), "count-sum", *subject)


def _facts(rows: Sequence[Measurement], printed: Print, few: int) -> FactList:
    title, when, place = _common(rows)
    by_place = bool(title) and not place.name and all(place_of(row).name for row in rows)
    return FactList(
        title=title,
        place=place,
        by_place=by_place,
        when=when,
        source=source_of(rows),
        few=any(row.total is not None and row.total < few for row in rows),
        facts=tuple(_fact(row, by_place, when, place, printed) for row in rows),
    )


def _common(rows: Sequence[Measurement]) -> tuple[str, str, Place]:
    """The measure, the time and the place that several rows share; empty where they differ or there is one row."""
    if len(rows) < 2:
        return "", "", Place()
    places = {place_of(row) for row in rows}
    title, when = shared(row.measure.name for row in rows), shared(period(row) for row in rows)
    return title, when, places.pop() if len(places) == 1 else Place()


def _fact(row: Measurement, by_place: bool, when: str, common: Place, printed: Print) -> Fact:
    place = place_of(row)
    words = [place.within, row.group_label] if by_place else [row.group_label]
    return Fact(
        label=place.name if by_place else row.measure.name,
        words=tuple(filter(None, words)),
        place=Place() if by_place or common.name else place,
        number=_number(row),
        share=_share(row, printed),
        when="" if when else period(row),
    )


def _number(row: Measurement) -> str:
    if row.form == Form.CHARACTERISTIC:
        return value_text(row)
    count = row.count or 0
    return share_text(count, row.total) if row.total else format_number(count, 0)


def _share(row: Measurement, printed: Print) -> Share | None:
    if row.count is None or not row.total:
        return None
    percent = Decimal(row.count) / row.total * 100
    text = percent_text(whole_percent(row.count, row.total))
    figure = printed.beside(text, percent, "proportion", row.initiative.address, row.table, row.site_label)
    return Share(figure, charts.share(row.count, row.total))
