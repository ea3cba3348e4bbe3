"""Money from grant to carry-over: of each initiative, and of each pool, as of any day.

Each figure is one method of EntryQuerySet; here they are asked for together, by one query. Screen, export and PDF
call these functions. `proposed=True` counts proposals too; a page that does says so.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from initiatives.models import Cluster, Initiative
from initiatives.money import ZERO

from .models import Entry


@dataclass(frozen=True)
class MoneyStates:
    """Kroner of an initiative, or of one of its years.

    `granted` was given for it alone, `contributed` is what parties have paid of its joint financing, `carried_over`
    what was taken on to later years (below zero where an overspend was covered).
    """

    granted: Decimal = ZERO
    allocated: Decimal = ZERO
    contributed: Decimal = ZERO
    spent: Decimal = ZERO
    carried_over: Decimal = ZERO

    @property
    def remaining(self) -> Decimal:
        """What is still set aside: what was allocated, less what was spent and what was carried over."""
        return self.allocated - self.spent - self.carried_over


@dataclass(frozen=True)
class PoolYear:
    """Kroner of a pool in one budget year; `carried` is above zero for what came in, below for what went on.

    Of a party's pool `used` is what it has contributed, of the cluster's what was allocated beyond contributions.
    """

    party_id: int | None
    budget_year: int
    granted: Decimal
    adjusted: Decimal
    used: Decimal
    carried: Decimal

    @property
    def remaining(self) -> Decimal:
        """What stands in the pool."""
        return self.granted + self.adjusted - self.used + self.carried


def states_of(initiative: Initiative, day: date, proposed: bool = False) -> MoneyStates:
    """The states of one initiative over all years as known on `day`; one query."""
    rows = Entry.objects.filter(initiative=initiative).counted_on(day, proposed).states("initiative")
    return next((_states(row) for row in rows), MoneyStates())


def states_by_year(initiative: Initiative, day: date, proposed: bool = False) -> dict[int, MoneyStates]:
    """The states of one initiative by budget year, oldest first; one query."""
    rows = Entry.objects.filter(initiative=initiative).counted_on(day, proposed).states("budget_year")
    return {row["budget_year"]: _states(row) for row in rows.order_by("budget_year")}


def states_of_all(cluster: Cluster, day: date, proposed: bool = False) -> dict[int, MoneyStates]:
    """The states of every initiative of the cluster's ledger, by its id; one query."""
    entries = Entry.objects.filter(voucher__cluster=cluster, initiative__isnull=False)
    return {row["initiative"]: _states(row) for row in entries.counted_on(day, proposed).states("initiative")}


def pools(cluster: Cluster, day: date, proposed: bool = False) -> list[PoolYear]:
    """Every pool by budget year, the cluster's own (no party) first; one query."""
    entries = Entry.objects.filter(voucher__cluster=cluster).counted_on(day, proposed)
    return [
        PoolYear(row["party"], row["budget_year"], row["granted"], row["adjusted"], -row["used"], row["carried"])
        for row in sorted(entries.pool_years(), key=lambda row: (row["party"] or 0, row["budget_year"]))
    ]


def _states(row: dict[str, Any]) -> MoneyStates:
    return MoneyStates(row["granted"], row["allocated"], row["contributed"], row["spent"], ZERO - row["carried"])
