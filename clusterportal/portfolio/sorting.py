"""In which order the status overview lists its rows: as printed under themes, or by one column in one table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.asof import PRINTED
from initiatives.numbering import Unnumbered
from initiatives.querysets import IN_PRINTED_ORDER

from .scope import Scope

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


def by(scope: Scope, order: str) -> Sequence[Any]:
    """What initiatives of `scope.reported` are sorted by for one of ORDERS, then by number and pk.

    Rows without a value are last in both directions. Number and title have an index for each direction.
    """
    dated = Case(When(current__precision__in=PRINTED, then="current__reported_on"))
    settled = ("number_order", "pk")
    keys: dict[str, Sequence[Any]] = {
        "": IN_PRINTED_ORDER,
        "nummer": (Unnumbered("number_order"), *settled),
        "-nummer": ("-number_order", "pk"),
        "titel": ("title_order", *settled),
        "-titel": ("-title_order", *settled),
        "midler": (scope.funds.asc(), *settled),
        "-midler": (scope.funds.desc(), *settled),
        # The oldest has the first date.
        "alder": (dated.desc(nulls_last=True), *settled),
        "-alder": (dated.asc(nulls_last=True), *settled),
    }
    return keys[order]
