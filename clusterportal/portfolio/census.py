"""How many initiatives of a plan are alike, and what money stands on them: all that a page says of a whole list."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import takewhile
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, Value, When

from finance.lines import Sums
from initiatives.models import ActionPlan, Colour
from initiatives.money import total

from .scope import Scope


@dataclass(frozen=True)
class Heap:
    """So many initiatives of a theme that are in one phase, have one colour, and fit the same filters.

    Phase and colour are empty where nothing was reported by the day; `ran` are the years in which one of them ran.
    """

    theme: int | None
    phase: str
    colour: str
    demonstration: bool
    fits: frozenset[str]
    ran: frozenset[int]
    count: int


@dataclass(frozen=True)
class Money:
    """Kroner of a theme in a budget year; `sums` are none for years after the day's. `shown` is of what is shown."""

    theme: int | None
    year: int
    shown: bool
    funds: Decimal
    sums: Sums

    @property
    def is_any(self) -> bool:
        return bool(self.funds or self.sums.allocated or self.sums.spent)


@dataclass(frozen=True)
class Census:
    """A list as a whole: its heaps in printed order of their themes, and its money."""

    heaps: tuple[Heap, ...]
    money: tuple[Money, ...]

    @property
    def count(self) -> int:
        return sum(heap.count for heap in self.heaps)

    @property
    def themes(self) -> Counter[int | None]:
        """How many initiatives each theme has, in printed order; under None those outside the themes."""
        return _counted((heap.theme, heap.count) for heap in self.heaps)

    @property
    def phases(self) -> Counter[str]:
        """How many initiatives are in each phase; those without a report are not counted."""
        return _counted((heap.phase, heap.count) for heap in self.heaps if heap.phase)

    @property
    def colours(self) -> Counter[str]:
        """How many initiatives are assessed with each colour."""
        return _counted((heap.colour, heap.count) for heap in self.heaps if heap.colour not in {"", Colour.NONE})

    @property
    def demonstration(self) -> bool:
        """True where at least one of the statuses is invented."""
        return any(heap.demonstration for heap in self.heaps)

    @property
    def years(self) -> list[int]:
        """Those in which an initiative ran or had money."""
        return sorted({year for heap in self.heaps for year in heap.ran} | {of.year for of in self.money if of.is_any})

    @property
    def total(self) -> Decimal:
        """The cluster funds of all, in kr."""
        return self.funds(*self.themes)

    def before(self, theme: int | None) -> int:
        """How many initiatives stand before those of a theme."""
        return sum(count for _theme, count in takewhile(lambda pair: pair[0] != theme, self.themes.items()))

    def through(self, theme: int | None) -> int:
        """How many initiatives stand before those of a theme and in it."""
        return self.before(theme) + self.themes[theme]

    def funds(self, *themes: int | None) -> Decimal:
        """The cluster funds of the themes, in kr."""
        return total(of.funds for of in self.money if of.theme in themes)

    def sums(self, *themes: int | None) -> Sums:
        """What was allocated and spent in the themes, in kr."""
        return sum((of.sums for of in self.money if of.theme in themes), Sums())

    def fitting(self, names: Collection[str]) -> int:
        """How many fit all the filters named."""
        return sum(heap.count for heap in self.heaps if heap.fits.issuperset(names))

    def of_shown(self, names: Collection[str]) -> "Census":
        """What is left by the filters named."""
        heaps = tuple(heap for heap in self.heaps if heap.fits.issuperset(names))
        return Census(heaps, tuple(of for of in self.money if of.shown))


def heaps(scope: Scope, conditions: Mapping[str, Q]) -> tuple[Heap, ...]:
    """The initiatives that are listed, with which of `conditions` they fit by name; one query."""
    fits = {f"fits_{name}": flag(condition) for name, condition in conditions.items()}
    ran = {f"ran_{year}": Count("pk", filter=ran_in(year)) for year in plan_years(scope.plan)}
    alike = scope.reported.values(  # type: ignore[misc]
        "theme", "current__phase", "current__overall", "current__demonstration", **fits
    ).annotate(count=Count("pk"), **ran)
    return tuple(
        Heap(
            theme=row["theme"],
            phase=row["current__phase"] or "",
            colour=row["current__overall"] or "",
            demonstration=bool(row["current__demonstration"]),
            fits=frozenset(name for name in conditions if row[f"fits_{name}"]),
            ran=frozenset(year for year in plan_years(scope.plan) if row[f"ran_{year}"]),
            count=row["count"],
        )
        for row in alike.order_by(F("theme__position").asc(nulls_last=True), "theme_id")
    )


def money(scope: Scope, conditions: Iterable[Q]) -> tuple[Money, ...]:
    """The money of those that are listed, apart for those that fit all of `conditions`; one query."""
    wanted = list(conditions)
    shown = flag(Q(initiative__in=scope.reported.filter(*wanted).values("pk"))) if wanted else Value(1)
    by_year = scope.entries.filter(initiative__in=scope.listed.values("pk")).order_by()
    rows = by_year.values(theme=F("initiative__theme"), year=F("voucher__budget_year"), shown=shown)
    return tuple(_money(row) for row in rows.annotate(**scope.sums))


def _money(row: Mapping[str, Any]) -> Money:
    sums = Sums(row["spent"], row["allocated"], row["carried"])
    return Money(row["theme"], row["year"], bool(row["shown"]), row["funds"], sums)


def flag(condition: Q) -> Case:
    """1 or 0: what is unknown does not fit."""
    return Case(When(condition, then=1), default=0, output_field=IntegerField())


def _counted(pairs: Iterable[tuple[Any, int]]) -> Counter[Any]:
    counts: Counter[Any] = Counter()
    for key, count in pairs:
        counts[key] += count
    return counts


def plan_years(plan: ActionPlan) -> range:
    """The calendar years of the plan."""
    return range(plan.starts.year, plan.last_day.year + 1)


def ran_in(year: int) -> Q:
    """Whether an initiative ran in a calendar year of its plan, by its dates; one without any did not."""
    begun = Q(starts__lt=date(year + 1, 1, 1)) | Q(starts=None, ends__isnull=False)
    # The end is the first day after the last.
    return begun & (Q(ends__gt=date(year, 1, 1)) | Q(ends=None))
