"""In which order the status overview lists its rows: as printed under themes, or by one column in one table."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.danish import collation_key

from .overview import Overview, OverviewRow, ThemeGroup

# What stands in the address, with the words of the order; anything else is left out with a notice.
ORDERS = {
    "": gettext_lazy("By theme and number"),
    "nummer": gettext_lazy("By number"),
    "-nummer": gettext_lazy("By number, last first"),
    "titel": gettext_lazy("By title"),
    "-titel": gettext_lazy("By title, last first"),
    "-midler": gettext_lazy("Most cluster funds first"),
    "midler": gettext_lazy("Least cluster funds first"),
    "-alder": gettext_lazy("Oldest status first"),
    "alder": gettext_lazy("Newest status first"),
}


@dataclass(frozen=True)
class Heading:
    """A column's order: the one its link asks for, empty where it cannot be sorted, and how it is sorted now."""

    asks: str
    direction: str

    @property
    def icon(self) -> str:
        return f"sort-table-{self.direction}"


def read(text: str) -> tuple[str, str]:
    """The order in the address, the standard one for none or an unknown one, and a notice for the latter."""
    if text in ORDERS:
        return text, ""
    return "", _("The list cannot be sorted by “%(key)s”.") % {"key": text[:40]}


def heading_of(first: str, order: str) -> Heading:
    """The heading of a column whose first click asks for `first`, empty for none; sorted by, it asks for the other."""
    key = first.removeprefix("-")
    if not key or key != order.removeprefix("-"):
        return Heading(first, "")
    descending = order.startswith("-")
    return Heading(key if descending else f"-{key}", "descending" if descending else "ascending")


def ordered(shown: Overview, order: str) -> Overview:
    """The same rows in one group by `order`; under their themes, as printed, where it is empty."""
    if not order or not shown.count:
        return shown
    rows = tuple(in_order(shown.rows, order))
    return replace(shown, groups=(ThemeGroup(None, rows, shown.total, shown.printed_total),))


def in_order(rows: Iterable[OverviewRow], order: str) -> list[OverviewRow]:
    """By one of ORDERS, then by number and pk; rows without a value are last in both directions."""
    value = _VALUES[order.removeprefix("-")]
    settled = sorted(rows, key=lambda row: (row.initiative.number_order, row.initiative.pk))
    known = [row for row in settled if value(row) is not None]
    unknown = [row for row in settled if value(row) is None]
    return sorted(known, key=value, reverse=order.startswith("-")) + unknown


_VALUES: dict[str, Callable[[OverviewRow], Any]] = {
    "nummer": lambda row: row.initiative.number_order or None,
    "titel": lambda row: collation_key(row.initiative.title),
    "midler": lambda row: row.funds,
    "alder": lambda row: row.age_days,
}
