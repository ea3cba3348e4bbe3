"""What the reader has chosen to see of an overview, and what it gives."""

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.danish import count_word

from .filters import LACKS_STATUS, OverviewFilter, keeps
from .overview import Overview
from .sorting import ORDERS, Heading, headings, ordered, read


@dataclass(frozen=True)
class Without:
    """One filter to let go of: its words, the address without it, and how many initiatives that gives."""

    words: str
    query: str
    count: int


@dataclass(frozen=True)
class Selection:
    """`shown` is what the filters leave of `everything`, in `order`, one of sorting.ORDERS; `data` is the address."""

    everything: Overview
    shown: Overview
    filters: OverviewFilter
    data: QueryDict
    order: str
    notices: tuple[str, ...]

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
    def headings(self) -> list[Heading]:
        return headings(self.order)

    @property
    def choices(self) -> str:
        """How many filters are in force, as a word."""
        return count_word(len(self.filters.wanted))

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the filter form carries along: plan, cluster and day."""
        return [(name, value) for name in ("plan", "klynge", "pr") if (value := self.data.get(name))]

    @property
    def reset(self) -> str:
        """The address of everything: the same plan and day, no filter."""
        return _query(self.data, tuple(self.filters.filters))

    @property
    def address(self) -> str:
        """The query of this view without the fields that were left empty."""
        return _query(self.data, tuple(name for name in self.data if not self.data[name]))

    @property
    def stale(self) -> Without | None:
        """The way to those that lack a new status among what the other filters leave, or back; None without any."""
        wanted = dict(self.filters.wanted)
        if wanted.pop("mangler", None):
            return self._without("mangler")
        wanted["mangler"] = LACKS_STATUS
        count = sum(keeps(row, wanted) for row in self.everything.rows)
        words = ngettext("%(count)s lacks a new status", "%(count)s lack a new status", count) % {"count": count}
        lacking = self.data.copy()
        lacking["mangler"] = LACKS_STATUS
        return Without(words, f"?{lacking.urlencode()}", count) if count else None

    @property
    def alternatives(self) -> list[Without]:
        """For each filter what letting go of it gives."""
        return [self._without(name) for name in self.filters.wanted]

    def _without(self, name: str) -> Without:
        wanted = dict(self.filters.wanted)
        words = _words(name, self.filters.label_of(name, wanted.pop(name)))
        left = sum(keeps(row, wanted) for row in self.everything.rows)
        return Without(words, _query(self.data, (name,)), left)


def select(everything: Overview, data: QueryDict) -> Selection:
    """The rows that fit the filters, in the order asked for; what means nothing is left out with a notice."""
    filters = OverviewFilter(data, everything)
    wanted = filters.wanted
    order, notice = read(data.get("sort", ""))
    shown = ordered(everything.only(lambda row: keeps(row, wanted)), order)
    notices = (*filters.notices, notice) if notice else filters.notices
    return Selection(everything, shown, filters, data, order, notices)


def _words(name: str, value: str) -> str:
    """The filter in words for a link that lets go of it."""
    words = {
        "q": _("Without “%(value)s”"),
        "tema": _("Without the theme %(value)s"),
        "fase": _("Without the phase %(value)s"),
        "farve": _("Without the colour %(value)s"),
        "aktoer": _("Without the actor %(value)s"),
        "mangler": _("Also those with a new status"),
    }
    return words[name] % {"value": value}


def _query(data: QueryDict, dropped: tuple[str, ...]) -> str:
    """`?…` of the address without the parameters of `dropped`, or `?` alone."""
    left = data.copy()
    for name in dropped:
        left.pop(name, None)
    return f"?{left.urlencode()}"
