"""What the reader has chosen to see of an overview, and what it gives."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.forms import BoundField
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.danish import count_word
from initiatives.listing import Paging, read_paging

from . import columns as choosable
from .beside import beside
from .census import Census, heaps, money
from .columns import Column
from .filters import LACKS_STATUS, MINE, MORE, OverviewFilter, conditions
from .overview import Overview, listed
from .scope import Scope
from .sorting import ORDERS, Heading, heading_of, read
from .table import PER_PAGE, Table, table

# What the address says of the view besides filters, order and columns; the filter form carries it along.
CARRIED = ("plan", "klynge", "pr", "per_page", "visning")

# So many columns fit beside number and title on a screen of 1280 px.
MANY = 5


@dataclass(frozen=True)
class Without:
    """One filter to let go of: its words, the address without it, and how many initiatives that gives."""

    words: str
    query: str
    count: int


@dataclass(frozen=True)
class Selection:
    """`shown` is what the filters leave of `everything`, in `order`, one of sorting.ORDERS; `data` is the address.

    `columns` are those chosen, in the order of the page; `paging` says which part of `shown` is at hand.
    """

    everything: Census
    shown: Overview
    filters: OverviewFilter
    data: QueryDict
    order: str
    columns: tuple[Column, ...]
    paging: Paging
    notices: tuple[str, ...]

    @cached_property
    def table(self) -> Table:
        """The part of what is shown that is on the page."""
        return table(self.shown, self.columns, self.paging.page, self.paging.per_page)

    @property
    def column_choices(self) -> list[tuple[Column, bool]]:
        """Every column, and whether it is chosen."""
        return [(column, column in self.columns) for column in choosable.COLUMNS]

    @property
    def is_wide(self) -> bool:
        """True where the columns may need more room than a page has."""
        return len(self.columns) > MANY

    @property
    def shows_ledger(self) -> bool:
        """True where an amount is shown that needs to be explained."""
        return any(column.key in choosable.LEDGER_AMOUNTS for column in self.columns)

    @property
    def fields(self) -> list[BoundField]:
        """The filters that always stand in the row."""
        return [field for field in self.filters.form.visible_fields() if field.name not in MORE]

    @property
    def more_fields(self) -> list[BoundField]:
        """The filters that are folded away; none where there is nothing to choose among."""
        return [self.filters.form[name] for name in MORE if self.filters.filters[name].extra["choices"]]

    @property
    def more_in_force(self) -> bool:
        return any(name in self.filters.wanted for name in MORE)

    @property
    def to_save(self) -> dict[str, list[str]]:
        """The choices by name, each of them known: what a saved view keeps."""
        query = {name: [value] for name, value in self.filters.wanted.items()}
        if self.order:
            query["sort"] = [self.order]
        if not choosable.is_standard(self.columns):
            query[choosable.PARAMETER] = [column.key for column in self.columns]
        # A theme is one of this plan; another plan is one that somebody went to.
        if "tema" in query or "plan" in self.data:
            query["plan"] = [str(self.shown.plan.pk)]
        return query

    @property
    def active(self) -> bool:
        return bool(self.filters.wanted)

    @property
    def order_in_words(self) -> str:
        return str(ORDERS[self.order])

    @property
    def orders(self) -> list[tuple[str, str]]:
        """What the list can be sorted by, for a phone, where a table has no headings."""
        return [(order, str(words)) for order, words in ORDERS.items()]

    @property
    def number_heading(self) -> Heading:
        return heading_of("nummer", self.order)

    @property
    def title_heading(self) -> Heading:
        return heading_of("titel", self.order)

    @property
    def headings(self) -> list[tuple[Column, Heading]]:
        """Each chosen column with the order that it asks for."""
        return [(column, heading_of(column.sort, self.order)) for column in self.columns]

    @property
    def choices(self) -> str:
        """How many filters are in force, as a word."""
        return count_word(len(self.filters.wanted))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the filter form carries along: plan, cluster, day, and that no saved view is meant."""
        return [(name, value) for name in CARRIED if (value := self.data.get(name))]

    @property
    def reset(self) -> str:
        """The address of everything: the same plan and day, no filter."""
        return _query(self.data, (*self.filters.filters, "page"))

    @property
    def address(self) -> str:
        """The query of this view without the fields that were left empty, and without the standard columns."""
        said_by_silence = [choosable.PARAMETER] if choosable.is_standard(self.columns) else []
        return _query(self.data, (*(name for name in self.data if not self.data[name]), *said_by_silence))

    @property
    def stale(self) -> Without | None:
        """The way to those that lack a new status among what the other filters leave, or back; None without any."""
        if "mangler" in self.filters.wanted:
            return self._without("mangler")
        count = self.everything.fitting({*self.filters.wanted, "mangler"})
        words = ngettext("%(count)s lacks a new status", "%(count)s lack a new status", count) % {"count": count}
        return Without(words, self._with("mangler", LACKS_STATUS), count) if count else None

    @property
    def mine(self) -> Without | None:
        """The way to the reader's own among what the other filters leave, or back; None without any."""
        if "mine" in self.filters.wanted:
            return self._without("mine")
        count = self.everything.fitting({*self.filters.wanted, "mine"})
        words = _("My initiatives (%(count)s)") % {"count": count}
        return Without(words, self._with("mine", MINE), count) if count else None

    def _with(self, name: str, value: str) -> str:
        data = self.data.copy()
        data.pop("page", None)
        data[name] = value
        return f"?{data.urlencode()}"

    @property
    def alternatives(self) -> list[Without]:
        """For each filter what letting go of it gives."""
        return [self._without(name) for name in self.filters.wanted]

    def _without(self, name: str) -> Without:
        wanted = self.filters.wanted
        words = _words(name, self.filters.label_of(name, wanted[name]))
        return Without(words, _query(self.data, (name, "page")), self.everything.fitting(wanted.keys() - {name}))


def select(scope: Scope, data: QueryDict, paged: bool = True) -> Selection:
    """The rows that fit the filters, in the order asked for; what means nothing is left out with a notice.

    Without `paged` all of them are at hand. Five queries.
    """
    choices = beside(scope)
    scope = replace(scope, kept=choices.kept)
    filters = OverviewFilter(data, choices)
    asked = conditions(scope, {"mine": MINE, "mangler": LACKS_STATUS, **filters.wanted})
    counted = heaps(scope, asked)
    if "aar" in filters.wanted and not any("aar" in heap.fits for heap in counted):
        filters.drop_year()
    wanted = {name: asked[name] for name in filters.wanted}
    everything = Census(counted, money(scope, wanted.values()))
    filters.offer_years(everything.years)
    order, unsorted = read(data.get("sort", ""))
    columns, unknown = choosable.read(data.getlist(choosable.PARAMETER))
    left = everything.of_shown(wanted)
    paging = read_paging(data, left.count, PER_PAGE)
    part = slice((paging.page - 1) * paging.per_page, paging.page * paging.per_page) if paged else slice(None)
    shown = listed(scope, left, list(wanted.values()), choices.printed, order, part)
    notices = (*filters.notices, *([unsorted] if unsorted else []), *unknown, *paging.notices)
    return Selection(everything, shown, filters, data, order, columns, paging, notices)


def _words(name: str, value: str) -> str:
    """The filter in words for a link that lets go of it."""
    words = {
        "q": _("Without “%(value)s”"),
        "tema": _("Without the theme %(value)s"),
        "fase": _("Without the phase %(value)s"),
        "farve": _("Without the colour %(value)s"),
        "aktoer": _("Without the actor %(value)s"),
        "ejer": _("Without the owner %(value)s"),
        "aar": _("Without the year %(value)s"),
        "mine": _("Also those that are not mine"),
        "mangler": _("Also those with a new status"),
    }
    return words[name] % {"value": value}


def _query(data: QueryDict, dropped: tuple[str, ...]) -> str:
    """`?…` of the address without the parameters of `dropped`, or `?` alone."""
    left = data.copy()
    for name in dropped:
        left.pop(name, None)
    return f"?{left.urlencode()}"
