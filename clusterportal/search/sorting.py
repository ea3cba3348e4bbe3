"""The ids of what was found, in the order they are shown: sorted here, so that both databases give the same."""

from datetime import date
from typing import Any

from initiatives.danish import collation_key

from .finding import Rows
from .query import Query

# Words for an initiative that people write before its number, as in `indsats 5`.
_NAMES_OF_A_NUMBER = frozenset({"indsats", "indsatsen", "initiative", "nr", "nr."})


def numbered(query: Query) -> Query:
    """The query without `indsats` or `nr.` where other words follow; texts rarely say so of themselves."""
    words = tuple(word for word in query.words if word not in _NAMES_OF_A_NUMBER)
    return Query(query.text, words) if words else query


def best_first(initiatives: Rows, query: Query) -> list[int]:
    """The number asked for, numbers that begin so, then titles, then target groups; by number among equals."""
    rows = list(initiatives.order_by().values_list("pk", "number_order", "title", "number", "short_title"))

    def rank(title: str, number: str, short_title: str) -> int:
        number = number.lower()
        if number in query.words:
            return 0
        if number.startswith(query.words):
            return 1
        titles = f"{number}\n{title}\n{short_title}".lower()
        return 2 if all(word in titles for word in query.words) else 3

    rows.sort(key=lambda row: (rank(*row[2:]), *_place(row)))
    return [row[0] for row in rows]


def by_number(initiatives: Rows) -> list[int]:
    """Initiatives by number, those without one last by title."""
    return [row[0] for row in sorted(initiatives.order_by().values_list("pk", "number_order", "title"), key=_place)]


def by_initiative(rows: Rows, *then: str) -> list[int]:
    """Rows of initiatives by the initiatives' numbers, then by the fields `then`."""
    found = rows.order_by().values_list("pk", "initiative__number_order", "initiative_id", *then)
    return [row[0] for row in sorted(found, key=lambda row: (not row[1], *row[1:], row[0]))]


def newest_first(decisions: Rows) -> list[int]:
    """Decisions by the meeting's day, then in the order of its agenda."""
    item = "recommendation__item"
    found: list[tuple[int, date, str]] = list(
        decisions.order_by().values_list("pk", f"{item}__meeting__held_on", f"{item}__number_order")
    )
    return [pk for pk, _, _ in sorted(found, key=lambda row: (-row[1].toordinal(), row[2], row[0]))]


def _place(row: tuple[Any, ...]) -> tuple[bool, str, str, int]:
    """The place of (id, number_order, title, …) by number; to fold the titles of ten thousand takes a while."""
    return not row[1], row[1], row[2] if row[1] else collation_key(row[2]), row[0]
