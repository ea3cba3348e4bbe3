"""The ids of what was found, in the order they are shown: sorted here, so that both databases give the same."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, DateField, F, IntegerField, Value
from django.db.models.functions import Cast

from initiatives.danish import collation_key

from .finding import Rows
from .query import Query

# Words for an initiative that people write before its number, as in `indsats 5`.
_NAMES_OF_A_NUMBER = frozenset({"indsats", "indsatsen", "initiative", "nr", "nr."})
# What rows are sorted by, as a kind has it that lacks it: all kinds are read together, so they have the same columns.
_COLUMNS = {
    "number_order": Value("", CharField()),
    "title": Value("", CharField()),
    "number": Value("", CharField()),
    "short_title": Value("", CharField()),
    "then": Value(0, IntegerField()),
    "last": Value(0, IntegerField()),
    "day": Cast(Value(None), DateField()),
}
# Values of these columns, after the row's id.
Row = tuple[Any, ...]
Key = tuple[Any, ...]


@dataclass(frozen=True)
class Order:
    """How rows of a kind are sorted: which fields stand in the columns, and the key of a row (id, columns …)."""

    columns: Mapping[str, str]
    key: Callable[[Row, Query], Key]


def numbered(query: Query) -> Query:
    """The query without `indsats` or `nr.` where other words follow; texts rarely say so of themselves."""
    words = tuple(word for word in query.words if word not in _NAMES_OF_A_NUMBER)
    return Query(query.text, words) if words else query


def ids(found: Mapping[str, tuple[Rows, Order]], query: Query) -> dict[str, list[int]]:
    """Of each kind the ids of its rows in their order; one query, none without kinds."""
    if not found:
        return {}
    first, *others = (_selected(slug, *kind) for slug, kind in found.items())
    by_kind: dict[str, list[Row]] = {slug: [] for slug in found}
    for slug, *row in first.union(*others, all=True) if others else first:
        by_kind[slug].append(tuple(row))
    for slug, rows in by_kind.items():
        key = found[slug][1].key
        rows.sort(key=lambda row: key(row, query))
    return {slug: [row[0] for row in rows] for slug, rows in by_kind.items()}


def _selected(slug: str, rows: Rows, order: Order) -> Any:
    columns = (F(order.columns[name]) if name in order.columns else empty for name, empty in _COLUMNS.items())
    return rows.order_by().values_list(Value(slug, CharField()), F("pk"), *columns)


def _place(row: Row, _query: Query) -> Key:
    """By number, without one last by title; to fold the titles of ten thousand takes a while."""
    return not row[1], row[1], row[2] if row[1] else collation_key(row[2]), row[0]


def _rank(row: Row, query: Query) -> Key:
    """The number asked for, numbers that begin so, then titles, then target groups; by number among equals."""
    _pk, _order, title, number, short_title, *_rest = row
    words, number = numbered(query).words, number.lower()
    if number in words:
        rank = 0
    elif number.startswith(words):
        rank = 1
    else:
        titles = f"{number}\n{title}\n{short_title}".lower()
        rank = 2 if all(word in titles for word in words) else 3
    return rank, *_place(row, query)


def _of_initiative(row: Row, _query: Query) -> Key:
    return not row[1], row[1], row[5], row[6], row[0]


def _newest(row: Row, _query: Query) -> Key:
    return -row[7].toordinal(), row[1], row[0]


_NAMES = {"number_order": "number_order", "title": "title"}
_INITIATIVE = {"number_order": "initiative__number_order", "then": "initiative_id"}
_ITEM = "recommendation__item__"

BEST_FIRST = Order({**_NAMES, "number": "number", "short_title": "short_title"}, _rank)
BY_NUMBER = Order(_NAMES, _place)
BY_INITIATIVE = Order(_INITIATIVE, _of_initiative)
# As in the chapter.
BY_POSITION = Order({**_INITIATIVE, "last": "position"}, _of_initiative)
# By the meeting's day, then in the order of its agenda.
NEWEST_FIRST = Order({"number_order": f"{_ITEM}number_order", "day": f"{_ITEM}meeting__held_on"}, _newest)
