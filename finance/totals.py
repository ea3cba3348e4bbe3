"""Cluster funds of an initiative: what was spent in accounted years, and what is allocated for the others."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from initiatives.models import Cluster
from initiatives.money import ZERO

from .lines import LineYear, accounted_years, line_years


@dataclass(frozen=True)
class ClusterFunds:
    """Kroner spent in accounted years, and allocated for years not yet accounted."""

    spent: Decimal = ZERO
    allocated_later: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return self.spent + self.allocated_later


def cluster_funds(cluster: Cluster, day: date) -> dict[int, ClusterFunds]:
    """Cluster funds by initiative id, as known on `day`; an initiative without entries is absent. Two queries."""
    return funds_of(line_years(cluster, day), accounted_years(cluster, day))


def funds_of(rows: Iterable[LineYear], accounted: Set[int]) -> dict[int, ClusterFunds]:
    """As `cluster_funds`, from the lines of the ledger and the years that have been accounted."""
    funds: dict[int, ClusterFunds] = {}
    for row in rows:
        so_far = funds.get(row.initiative_id, ClusterFunds())
        if row.budget_year in accounted:
            added = ClusterFunds(so_far.spent + row.sums.spent, so_far.allocated_later)
        else:
            added = ClusterFunds(so_far.spent, so_far.allocated_later + row.sums.allocated)
        funds[row.initiative_id] = added
    return funds
