"""What the ledger says on a day, read once for all parts of the page."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from finance.by_year import ThemeYears, theme_years
from finance.models import Entry
from initiatives.models import ActionPlan


@dataclass(frozen=True)
class Ledger:
    """The money of a plan by theme and budget year, and the years accounted by the day.

    `overspent` are ids of the initiatives with a line that spent more than its frame in the years up to the day's.
    """

    sums: ThemeYears
    accounted: Set[int]
    overspent: Set[int]


def ledger(plan: ActionPlan, day: date, accounted: Set[int]) -> Ledger:
    """The ledger of the plan, and of what stands in no plan, on `day`; two queries."""
    entries = Entry.objects.filter(voucher__cluster=plan.cluster).of_plan(plan).counted_on(day)
    over = entries.filter(voucher__budget_year__lte=day.year).overspent_lines().values_list("initiative", flat=True)
    return Ledger(theme_years(entries), accounted, frozenset(over))
