"""What the ledger says on a day, read once for all parts of the page."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date

from finance.by_year import ThemeYears, theme_years
from finance.lines import LineYear, summed
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


def ledger(plan: ActionPlan, day: date, accounted: Set[int], theme_of: Mapping[int, int]) -> Ledger:
    """The ledger of the plan, and of what stands in no plan, on `day`; one query.

    `theme_of` tells the theme's id of each initiative that has one.
    """
    entries = Entry.objects.filter(voucher__cluster=plan.cluster).of_plan(plan).counted_on(day)
    lines = [LineYear.from_row(row) for row in entries.by_line()]
    so_far = summed((each for each in lines if each.budget_year <= day.year), lambda each: each.line)
    over = frozenset(initiative for (initiative, _recipient), sums in so_far.items() if sums.variance < 0)
    return Ledger(theme_years(lines, theme_of), accounted, over)
