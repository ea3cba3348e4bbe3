"""Which measurements a reader may see: the one way from rows to screen, chart, export and PDF.

Coordinators and secretariat of the cluster see every figure; everybody else, and every published document, sees what
small numbers leave. Figures that a document has published are exempt, and stand with their source. A measurement that
is not shown is withheld whole: mean, share, chart point and line of a file alike.

The four ways round it are closed. Ranges name single persons, so none is shown. A whole and its parts, by sex, age or
referral, are suppressed together. A figure whose n moved by few people since an earlier day that can be asked for is
held back. Nothing is added up here over what is withheld.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from .display import measure_label, period
from .models import Measurement
from .places import Place, place_of
from .suppression import Mark, released, suppress_groups

Form = Measurement.Form
Rows = Sequence[Measurement]


@dataclass(frozen=True)
class Withheld:
    """A measurement that is not shown: what it is, where and when, and `<5` or that it is hidden, in words."""

    label: str
    group: str
    place: Place
    when: str
    words: str
    row: Measurement


@dataclass(frozen=True)
class Seen:
    """The measurements that a reader sees, in their order, and those withheld."""

    rows: tuple[Measurement, ...]
    withheld: tuple[Withheld, ...] = ()


def seen(rows: Iterable[Measurement], day: date, limit: int, sees_all: bool) -> Seen:
    """What somebody sees on `day` of the approved measurements made by then, those superseded since included."""
    every = list(rows)
    current = [row for row in every if not row.collection.superseded_by_day(day)]
    if sees_all:
        return Seen(tuple(current))
    marks = _marks([row for row in current if row.document_id is None], limit)
    marks |= dict.fromkeys(_held_back(every, limit), Mark.HIDDEN)
    shown = [row for row in current if row.document_id or marks[row.pk] == Mark.SHOWN]
    hidden = [row for row in current if not row.document_id and marks[row.pk] != Mark.SHOWN]
    return Seen(
        tuple(row if row.document_id else _without_range(row) for row in shown),
        tuple(_withheld(row, marks[row.pk], limit) for row in hidden),
    )


def people(row: Measurement) -> int | None:
    """The smallest group that a measurement tells of; 0 where it tells of nobody, None where it is not known.

    A share tells of those counted and of the others, a flow of those at each step.
    """
    if row.form == Form.COUNT:
        return row.count
    if row.form == Form.PROPORTION and row.count is not None and row.total is not None:
        return _smallest([row.count, row.total - row.count])
    if row.form == Form.FLOW and row.count is not None:
        return _smallest([row.count, *(step.count for step in row.steps.all())])
    numbers = [number for number in (row.n, row.n_before, row.n_after) if number is not None]
    return min(numbers) if row.n is not None else None


def _smallest(numbers: Iterable[int]) -> int:
    """Of the numbers that are not 0; 0 where all are."""
    return min((number for number in numbers if number), default=0)


def _marks(rows: Rows, limit: int) -> dict[int, Mark]:
    """The mark of each row, by its id: a whole is hidden with its parts, and a printed table as one."""
    together: dict[tuple[object, ...], list[Measurement]] = defaultdict(list)
    for row in rows:
        place = (row.initiative_id, row.table) if row.table else (row.collection_id, row.site_label)
        together[(*place, row.measure_id, row.form)].append(row)
    marks: dict[int, Mark] = {}
    for of_one in together.values():
        own = {row.pk: _mark(people(row), limit) for row in of_one}
        if of_one[0].table and set(own.values()) != {Mark.SHOWN}:
            # The page adds up such a table, so no part of it is shown.
            own = {pk: Mark.HIDDEN if mark == Mark.SHOWN else mark for pk, mark in own.items()}
        marks |= own
        for row, mark in _of_parts(of_one, limit):
            if marks[row.pk] == Mark.SHOWN:
                marks[row.pk] = mark
    return marks


def _mark(number: int | None, limit: int) -> Mark:
    if number is None:
        return Mark.HIDDEN
    return Mark.FEW if 0 < number < limit else Mark.SHOWN


def _of_parts(rows: Rows, limit: int) -> Iterator[tuple[Measurement, Mark]]:
    """The marks of parts that a whole is shown beside, one dimension after the other."""
    wholes = [row for row in rows if not row.dimension]
    for dimension in sorted({row.dimension for row in rows if row.dimension}):
        parts = [row for row in rows if row.dimension == dimension]
        marks, of_whole = suppress_groups([people(row) for row in parts], limit)
        yield from zip(parts, marks, strict=True)
        yield from ((row, of_whole) for row in wholes)


def _held_back(rows: Rows, limit: int) -> Iterator[int]:
    """Ids of the measurements that differ by few people from what an earlier day shows of the same thing."""
    series: dict[tuple[object, ...], list[Measurement]] = defaultdict(list)
    for row in rows:
        same = (row.initiative_id, row.site_id, row.site_label, row.measure_id, row.form, row.dimension)
        series[(*same, row.group_label, row.period_starts)].append(row)
    for of_one in series.values():
        ordered = sorted(of_one, key=lambda row: (row.collection.counts_from, row.collection_id, row.position))
        states = [_numbers(row) for row in ordered]
        yield from (row.pk for row, free in zip(ordered, released(states, limit), strict=True) if not free)


def _numbers(row: Measurement) -> dict[str, int]:
    """How many people each of its figures is about."""
    numbers = {"n": row.n, "count": row.count, "total": row.total}
    # Only a flow has steps, and only where flows are read are steps read with them.
    steps = {f"step {step.position}": step.count for step in row.steps.all()} if row.form == Form.FLOW else {}
    return {name: number for name, number in (numbers | steps).items() if number is not None}


def _without_range(row: Measurement) -> Measurement:
    """The youngest and the oldest are single persons, however many there are in between."""
    if row.low is None and row.high is None:
        return row
    shown = copy(row)
    shown.low = shown.high = None
    return shown


def _withheld(row: Measurement, mark: Mark, limit: int) -> Withheld:
    words = f"<{limit}" if mark == Mark.FEW else _("hidden for the sake of small numbers")
    return Withheld(measure_label(row.measure), row.group_label, place_of(row), period(row), words, row)
