"""Reading rules of the ledger, as words. One method per figure; screen, export and PDF all come here."""

from collections.abc import Set
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q

from initiatives.access import ClusterScoped
from initiatives.asof import AppendOnlyQuerySet
from initiatives.money import money_sum

if TYPE_CHECKING:
    from initiatives.models import ActionPlan

    from .models import Account, AccountedYear, Entry, Voucher


class AccountManager(models.Manager["Account"]):
    def get_by_natural_key(self, cluster: str, kind: str, party: str | None) -> "Account":
        return self.get(cluster__slug=cluster, kind=kind, party__name=party)


# What each figure of a line is made of; every query that shows the figure takes it from here.
ALLOCATED = Q(account__kind="allocated", voucher__kind="allocation")
SPENT = Q(account__kind="spent")
CARRIED_OVER = Q(account__kind="allocated", voucher__kind="carry_over")


def list_sums(accounted: Set[int], day: date) -> dict[str, Any]:
    """What a list of initiatives shows of entries, as expressions in kroner; which ones count is the caller's to say.

    `funds` is what was spent in the `accounted` years and allocated for the others; `spent`, `allocated` and
    `carried` are those of `EntryQuerySet.by_line` in the budget years up to the day's.
    """
    closed, begun = Q(voucher__budget_year__in=accounted), Q(voucher__budget_year__lte=day.year)
    return {
        "funds": money_sum("amount", filter=(SPENT & closed) | (ALLOCATED & ~closed)),
        "spent": money_sum("amount", filter=SPENT & begun),
        "allocated": money_sum("amount", filter=ALLOCATED & begun),
        "carried": money_sum("amount", filter=CARRIED_OVER & begun),
    }


class VoucherQuerySet(ClusterScoped, AppendOnlyQuerySet):  # type: ignore[override]
    def posted(self) -> Self:
        """Only what counts: proposals do not."""
        return self.filter(state="posted")

    def carry_overs_after(self, budget_year: int, day: date) -> Self:
        """Carry-overs into a later year than `budget_year`, and those that hold from a later day than `day`."""
        return self.filter(Q(budget_year__gt=budget_year) | Q(held_on__gt=day), kind="carry_over")


class VoucherManager(models.Manager.from_queryset(VoucherQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, reference: str) -> "Voucher":
        return self.get(cluster__slug=cluster, reference=reference)


class EntryQuerySet(ClusterScoped, AppendOnlyQuerySet):  # type: ignore[override]
    cluster_path = "voucher__cluster"

    def counted_on(self, day: date) -> Self:
        """Entries of posted vouchers that hold on `day`."""
        return self.filter(voucher__state="posted", voucher__held_on__lte=day)

    def of_plan(self, plan: "ActionPlan") -> Self:
        """Entries on the plan's initiatives and on what stands in no plan; another plan's are told with that one."""
        return self.filter(Q(initiative__plan=plan) | Q(initiative__plan=None))

    def moved_in(self, budget_year: int) -> Self:
        """What was allocated or spent in the year; nothing of it can be taken back."""
        return self.filter(ALLOCATED | SPENT, voucher__budget_year=budget_year)

    def to_carry_into(self, budget_year: int) -> Self:
        """What a carry-over into `budget_year` rests on: the years before it, and what was carried into it already."""
        return self.filter(Q(voucher__budget_year__lt=budget_year) | CARRIED_OVER)

    def behind_lines(self) -> Self:
        """The entries that `by_line` adds up, with voucher and recipient, in the order they hold; one query."""
        counted = self.filter(ALLOCATED | SPENT | CARRIED_OVER)
        return counted.select_related("voucher", "recipient").order_by("voucher__held_on", "voucher_id", "position")

    def by_line(self) -> models.QuerySet[Any, dict[str, Any]]:
        """`spent`, `allocated` and `carried` in kroner for each line and budget year, 0 where there is none.

        A line is `initiative` and `recipient` (ids; a line without recipient has None), its year `year`. `carried`
        is negative where something was carried out of the line, positive where overspend was covered. One query.
        """
        return self._summed("initiative", "recipient", year=F("voucher__budget_year"))

    def by_theme(self) -> models.QuerySet[Any, dict[str, Any]]:
        """As `by_line`, for each `theme` (its id, None for initiatives without one) and budget year. One query."""
        return self._summed(theme=F("initiative__theme"), year=F("voucher__budget_year"))

    def overspent_lines(self) -> models.QuerySet[Any, dict[str, Any]]:
        """As `by_line` over all years, only the lines that spent more than their frame. One query."""
        return self._summed("initiative", "recipient").filter(spent__gt=F("allocated") + F("carried"))

    def _summed(self, *columns: str, **named: F) -> models.QuerySet[Any, dict[str, Any]]:
        lines = self.filter(initiative__isnull=False).order_by()
        return lines.values(*columns, **named).annotate(
            spent=money_sum("amount", filter=SPENT),
            allocated=money_sum("amount", filter=ALLOCATED),
            carried=money_sum("amount", filter=CARRIED_OVER),
        )


class EntryManager(models.Manager.from_queryset(EntryQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, reference: str, position: int) -> "Entry":
        return self.get(voucher__cluster__slug=cluster, voucher__reference=reference, position=position)


class AccountedYearQuerySet(ClusterScoped, AppendOnlyQuerySet):  # type: ignore[override]
    def known_on(self, day: date) -> Self:
        """Years whose accounts were rendered on `day` or earlier."""
        return self.filter(accounted_on__lte=day)


class AccountedYearManager(models.Manager.from_queryset(AccountedYearQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, budget_year: int) -> "AccountedYear":
        return self.get(cluster__slug=cluster, budget_year=budget_year)
