"""What the ledger says of each line, that is an initiative and the party that receives for it, year by year.

Annex, cluster funds and published figures are all added up from these rows, so they cannot disagree.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Self, TypeVar

from initiatives.models import Cluster, Initiative
from initiatives.money import ZERO

from .models import AccountedYear, Entry

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Sums:
    """Kroner of a line or of several. `carried` is negative where more was carried out than in."""

    spent: Decimal = ZERO
    allocated: Decimal = ZERO
    carried: Decimal = ZERO

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(self.spent + other.spent, self.allocated + other.allocated, self.carried + other.carried)

    @property
    def frame(self) -> Decimal:
        """What could be spent: what was allocated, less what was carried on to later years."""
        return self.allocated + self.carried

    @property
    def variance(self) -> Decimal:
        """What is left of the frame; negative where more was spent."""
        return self.frame - self.spent


@dataclass(frozen=True)
class LineYear:
    """The sums of one line in one budget year; `recipient_id` is None where no party is named."""

    initiative_id: int
    recipient_id: int | None
    budget_year: int
    sums: Sums

    @classmethod
    def from_row(cls, row: dict[str, object]) -> Self:
        """From a row of EntryQuerySet.by_line()."""
        sums = Sums(row["spent"], row["allocated"], row["carried"])  # type: ignore[arg-type]
        return cls(row["initiative"], row["recipient"], row["year"], sums)  # type: ignore[arg-type]

    @property
    def line(self) -> tuple[int, int | None]:
        return self.initiative_id, self.recipient_id

    def without_carried(self) -> Self:
        """The same, as if nothing had been carried over."""
        return replace(self, sums=replace(self.sums, carried=ZERO))


def line_years(cluster: Cluster, day: date, initiative: Initiative | None = None) -> list[LineYear]:
    """All lines of the cluster's ledger as posted on `day`, or those of one initiative; one query."""
    entries = Entry.objects.filter(voucher__cluster=cluster).counted_on(day)
    if initiative:
        entries = entries.filter(initiative=initiative)
    return [LineYear.from_row(row) for row in entries.by_line()]


def accounted_years(cluster: Cluster, day: date) -> frozenset[int]:
    """The budget years whose accounts had been rendered on `day`; one query."""
    known = AccountedYear.objects.filter(cluster=cluster).known_on(day)
    return frozenset(known.values_list("budget_year", flat=True))


def summed(rows: Iterable[LineYear], key: Callable[[LineYear], Key]) -> dict[Key, Sums]:
    """The sums of the rows that have a key in common."""
    sums: dict[Key, Sums] = {}
    for row in rows:
        sums[key(row)] = sums.get(key(row), Sums()) + row.sums
    return sums
