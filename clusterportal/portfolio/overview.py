"""The status overview of a plan as data, all of it or one page; the page, the files and the report print from it."""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.utils.translation import gettext as _

from finance.lines import Sums
from initiatives.models import ActionPlan, Initiative, PublishedFigure, Theme
from initiatives.money import total
from initiatives.published import printed_figures
from initiatives.querysets import IN_PRINTED_ORDER

from .census import Census, flag, heaps, money
from .rows import OverviewRow, read_rows
from .scope import Scope, scope_of
from .sorting import by

Printed = Mapping[str, Sequence[PublishedFigure]]


@dataclass(frozen=True)
class ThemeGroup:
    """Those of a theme's initiatives that are at hand. Count and sums are of all of them; `ends` where the last is.

    `total` is the cluster funds, `printed_total` None where no row was printed differently.
    """

    theme: Theme | None
    rows: tuple[OverviewRow, ...]
    count: int
    total: Decimal
    printed_total: Decimal | None
    sums: Sums
    ends: bool

    @property
    def name(self) -> str:
        """The theme's name, or words for initiatives outside the themes."""
        return self.theme.name if self.theme else _("Without a theme")


@dataclass(frozen=True)
class Overview:
    """A list of a plan's initiatives on a day. `rows` are those at hand, after `skipped` others of the list.

    `differing` are all rows of the list whose amount was printed differently. `order` is one of sorting.ORDERS.
    """

    plan: ActionPlan
    day: date
    census: Census
    rows: tuple[OverviewRow, ...]
    differing: tuple[OverviewRow, ...]
    order: str = ""
    skipped: int = 0

    @property
    def count(self) -> int:
        return self.census.count

    @property
    def total(self) -> Decimal:
        """The cluster funds in kr."""
        return self.census.total

    @property
    def printed_total(self) -> Decimal | None:
        """As printed, None where no row was printed differently."""
        return _printed(self.total, self.differing)

    @property
    def sums(self) -> Sums:
        return self.census.sums(*self.census.themes)

    @property
    def demonstration(self) -> bool:
        """True where at least one of the statuses is invented."""
        return self.census.demonstration

    @property
    def ends(self) -> bool:
        """True where the last row of the list is at hand."""
        return self.skipped + len(self.rows) == self.count

    @property
    def groups(self) -> tuple[ThemeGroup, ...]:
        """The rows under their themes; in another order than the printed one all in one group."""
        if self.order:
            everything = ThemeGroup(None, self.rows, self.count, self.total, self.printed_total, self.sums, self.ends)
            return (everything,) if self.rows else ()
        return tuple(self._groups())

    def _groups(self) -> Iterator[ThemeGroup]:
        here = [(theme, tuple(rows)) for theme, rows in groupby(self.rows, key=lambda row: row.initiative.theme)]
        # Of the themes that begin here, only the last may go on.
        through = self.skipped + len(self.rows)
        for theme, rows in here:
            pk = theme.pk if theme else None
            amount = self.census.funds(pk)
            printed = _printed(amount, [row for row in self.differing if row.initiative.theme_id == pk])
            ends = self.census.through(pk) <= through
            yield ThemeGroup(theme, rows, self.census.themes[pk], amount, printed, self.census.sums(pk), ends)


def _printed(amount: Decimal, differing: Collection[OverviewRow]) -> Decimal | None:
    return amount + total(row.printed - row.funds for row in differing) if differing else None


def overview(plan: ActionPlan, day: date, accounted: Set[int] | None = None) -> Overview:
    """All the plan's initiatives under their themes, with money in kr. and status as they were on `day`.

    `accounted` are the budget years accounted by the day, where the caller knows them; else they cost a query more
    than the four.
    """
    scope = scope_of(plan, day, accounted)
    census = Census(heaps(scope, {}), money(scope, ()))
    return listed(scope, census, (), printed_figures("cluster-funds", plan.cluster.slug, day))


def listed(
    scope: Scope, census: Census, conditions: Sequence[Q], printed: Printed, order: str = "", part: slice = slice(None)
) -> Overview:
    """Those that fit all of `conditions`, which are the ones of `census`, in `order`; only `part` of them is at hand.

    One query, which also brings those outside `part` that may be printed differently.
    """
    fitting = scope.reported.filter(*conditions)
    first, last, _step = part.indices(census.count)
    whole = last - first == census.count
    page = Q(pk__in=fitting.values("pk") if whole else _page(scope, fitting, census, order, first, last))
    if printed and not whole:
        addresses = [subject.removeprefix(scope.subject) for subject in printed]
        wanted = page | Q(pk__in=fitting.filter(address__in=addresses).values("pk"))
        chosen = Initiative.objects.filter(wanted).annotate(here=flag(page))
    else:
        chosen = Initiative.objects.filter(page).annotate(here=Value(1))
    found = read_rows(scope, chosen, by(scope, order), printed)
    rows = tuple(row for row in found if vars(row.initiative)["here"])
    differing = tuple(row for row in found if row.printed_funds)
    return Overview(scope.plan, scope.day, census, rows, differing, order, first)


def _page(
    scope: Scope, fitting: QuerySet[Initiative], census: Census, order: str, first: int, last: int
) -> QuerySet[Initiative, Any]:
    """The ids of the rows from `first` to before `last`.

    Under their themes only the initiatives of the page's themes are sorted, and those of one theme are by an index.
    """
    if order:
        return fitting.order_by(*by(scope, order)).values("pk")[first:last]
    themes = [theme for theme in census.themes if census.before(theme) < last and census.through(theme) > first]
    before = census.before(themes[0])
    if len(themes) == 1:
        of_themes = fitting.filter(theme=themes[0]).order_by(*IN_PRINTED_ORDER[2:])
    else:
        # Those without a theme stand after all others, whether they are on the page or not.
        of_themes = fitting.filter(Q(theme__in=themes) | Q(theme=None)).order_by(*IN_PRINTED_ORDER)
    return of_themes.values("pk")[first - before : last - before]
