"""Reading rules of the ledger, as words. One method per figure; screen, export and PDF all come here."""

from collections.abc import Set
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q

from initiatives.access import ClusterScoped
from initiatives.asof import AppendOnlyQuerySet
from initiatives.money import ZERO, money_sum

if TYPE_CHECKING:
    from initiatives.models import ActionPlan

    from .models import Account, AccountedYear, BalanceAssertion, Entry, Voucher


class AccountManager(models.Manager["Account"]):
    def get_by_natural_key(self, cluster: str, kind: str, party: str | None) -> "Account":
        return self.get(cluster__slug=cluster, kind=kind, party__name=party)


# What each figure of a line is made of; every query that shows the figure takes it from here. A reversal has the kind
# of what it reverses, so each is net of reversals. On `allocated` stand ALLOCATED + CARRIED_OVER - SPENT.
ALLOCATED = Q(account__kind="allocated", voucher__kind__in=["allocation", "adjustment", "opening"])
SPENT = Q(account__kind="spent")
CARRIED_OVER = Q(account__kind="allocated", voucher__kind="carry_over")
GRANTED = Q(account__kind="pool", voucher__kind__in=["grant", "opening"])
ADJUSTED = Q(account__kind="pool", voucher__kind="adjustment")
# A party's share leaves its own pool and comes into the cluster's; counted is where it comes in.
CONTRIBUTED = Q(account__kind="pool", account__party=None, voucher__kind="contribution")
POOL_USED = Q(account__kind="pool", voucher__kind__in=["allocation", "contribution"])
POOL_CARRIED = Q(account__kind="pool", voucher__kind="carry_over")


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

    def proposed(self) -> Self:
        """Proposals, which may still be changed or withdrawn and never count."""
        return self.filter(state="proposed")

    def reversals(self) -> Self:
        """Those that reverse another voucher."""
        return self.filter(reverses__isnull=False)

    def carry_overs_after(self, budget_year: int, day: date) -> Self:
        """Carry-overs into a later year than `budget_year`, and those that hold from a later day than `day`.

        One that was reversed, and its reversal, stand in nobody's way.
        """
        of_others = self.filter(kind="carry_over", reverses=None, reversed_by=None)
        return of_others.filter(Q(budget_year__gt=budget_year) | Q(held_on__gt=day))


class VoucherManager(models.Manager.from_queryset(VoucherQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, reference: str) -> "Voucher":
        return self.get(cluster__slug=cluster, reference=reference)


class VoucherFileQuerySet(ClusterScoped, AppendOnlyQuerySet):  # type: ignore[override]
    cluster_path = "voucher__cluster"


class VoucherFileManager(models.Manager.from_queryset(VoucherFileQuerySet)):  # type: ignore[misc]
    """Files are reached through the voucher's cluster."""


class EntryQuerySet(ClusterScoped, AppendOnlyQuerySet):  # type: ignore[override]
    cluster_path = "voucher__cluster"

    def counted_on(self, day: date, proposed: bool = False) -> Self:
        """Entries of posted vouchers that hold on `day`; those of proposals too where a page says so."""
        held = self.filter(voucher__held_on__lte=day)
        return held if proposed else held.filter(voucher__state="posted")

    def granted(self) -> Decimal:
        """Kroner given to pools: of an initiative what was given for it alone, price-and-wage adjustment included."""
        return self._total(GRANTED | ADJUSTED)

    def allocated(self) -> Decimal:
        """Kroner set aside for lines, less what was taken back; what was spent and carried over is not taken off."""
        return self._total(ALLOCATED)

    def contributed(self) -> Decimal:
        """Kroner that parties have paid of the joint financing."""
        return self._total(CONTRIBUTED)

    def spent(self) -> Decimal:
        """Kroner that lines have used."""
        return self._total(SPENT)

    def remaining(self) -> Decimal:
        """Kroner that stand on lines: allocated, less spent and carried over."""
        return self._total(Q(account__kind="allocated"))

    def carried_over(self) -> Decimal:
        """Kroner taken from lines into later years; below zero where an overspend was covered."""
        return ZERO - self._total(CARRIED_OVER)

    def balance(self) -> Decimal:
        """The sum of all the entries, in kr."""
        return self._total(Q())

    def _total(self, figure: Q) -> Decimal:
        total: Decimal = self.filter(figure).aggregate(total=money_sum("amount"))["total"]
        return total

    def states(self, *by: str) -> models.QuerySet[Any, dict[str, Any]]:
        """`granted`, `allocated`, `contributed`, `spent` and `carried` (below zero: taken on) by the columns named."""
        return (
            self.order_by()
            .values(*by)
            .annotate(
                granted=money_sum("amount", filter=GRANTED | ADJUSTED),
                allocated=money_sum("amount", filter=ALLOCATED),
                contributed=money_sum("amount", filter=CONTRIBUTED),
                spent=money_sum("amount", filter=SPENT),
                carried=money_sum("amount", filter=CARRIED_OVER),
            )
        )

    def by_kind(self) -> models.QuerySet[Any, dict[str, Any]]:
        """`sum` of each `initiative` by kind of account (`on`), `kind` of voucher and `budget_year`. One query."""
        lines = self.filter(initiative__isnull=False).order_by()
        by = {"on": F("account__kind"), "kind": F("voucher__kind")}
        return lines.values("initiative", "budget_year", **by).annotate(sum=money_sum("amount"))

    def pool_years(self) -> models.QuerySet[Any, dict[str, Any]]:
        """`granted`, `adjusted`, `used` (below zero) and `carried` of each pool (`party`) and `budget_year`."""
        pools = self.filter(account__kind="pool").order_by()
        return pools.values("budget_year", party=F("account__party")).annotate(
            granted=money_sum("amount", filter=GRANTED),
            adjusted=money_sum("amount", filter=ADJUSTED),
            used=money_sum("amount", filter=POOL_USED),
            carried=money_sum("amount", filter=POOL_CARRIED),
        )

    def of_plan(self, plan: "ActionPlan") -> Self:
        """Entries on the plan's initiatives and on what stands in no plan; another plan's are told with that one."""
        return self.filter(Q(initiative__plan=plan) | Q(initiative__plan=None))

    def left_before(self, budget_year: int) -> models.QuerySet[Any, dict[str, Any]]:
        """`left` on `allocated` for each line in each budget year before `budget_year`; lines with 0 are left out.

        A line is `initiative` and `recipient` (ids), its year `budget_year`. One query.
        """
        earlier = self.filter(account__kind="allocated", budget_year__lt=budget_year).order_by()
        lines = earlier.values("initiative", "recipient", "budget_year").annotate(left=money_sum("amount"))
        return lines.exclude(left=0)

    def moved_in(self, budget_year: int) -> Self:
        """What was allocated or spent in the year; nothing of it can be taken back."""
        return self.filter(ALLOCATED | SPENT, voucher__budget_year=budget_year)

    def behind_lines(self) -> Self:
        """The entries that `by_line` adds up, with voucher and recipient, in the order they hold; one query."""
        counted = self.filter(ALLOCATED | SPENT | CARRIED_OVER)
        return counted.select_related("voucher__cluster", "recipient").order_by(
            "voucher__held_on", "voucher_id", "position"
        )

    def by_line(self) -> models.QuerySet[Any, dict[str, Any]]:
        """`spent`, `allocated` and `carried` in kroner for each line and budget year, 0 where there is none.

        A line is `initiative` and `recipient` (ids; a line without recipient has None), its year `year`. `carried`
        is negative where something was carried out of the line, positive where overspend was covered. One query.
        """
        lines = self.filter(initiative__isnull=False).order_by()
        return lines.values("initiative", "recipient", year=F("voucher__budget_year")).annotate(
            spent=money_sum("amount", filter=SPENT),
            allocated=money_sum("amount", filter=ALLOCATED),
            carried=money_sum("amount", filter=CARRIED_OVER),
        )


class EntryManager(models.Manager.from_queryset(EntryQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, reference: str, position: int) -> "Entry":
        return self.get(voucher__cluster__slug=cluster, voucher__reference=reference, position=position)


class AccountedYearQuerySet(ClusterScoped, AppendOnlyQuerySet):  # type: ignore[override]
    def known_on(self, day: date) -> Self:
        """Years whose accounts were rendered on `day` or earlier, and had not been reopened by then."""
        return self.filter(accounted_on__lte=day).exclude(reopening__reopened_on__lte=day)

    def closed(self) -> Self:
        """Years that nothing can be posted into: every one that was not reopened, whatever its date."""
        return self.filter(reopening=None)


class AccountedYearManager(models.Manager.from_queryset(AccountedYearQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, budget_year: int, accounted_on: str) -> "AccountedYear":
        return self.get(cluster__slug=cluster, budget_year=budget_year, accounted_on=accounted_on)


class BalanceAssertionQuerySet(ClusterScoped, AppendOnlyQuerySet):  # type: ignore[override]
    cluster_path = "account__cluster"

    def standing(self) -> Self:
        """Those that were not lifted."""
        return self.filter(lifted=None)


class BalanceAssertionManager(models.Manager.from_queryset(BalanceAssertionQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, kind: str, party: str | None, held_on: str) -> "BalanceAssertion":
        account = {"account__cluster__slug": cluster, "account__kind": kind, "account__party__name": party}
        return self.get(**account, held_on=held_on)
