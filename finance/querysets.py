"""Reading rules of the ledger, as words. One method per figure; screen, export and PDF all come here."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

from initiatives.access import ClusterScoped

if TYPE_CHECKING:
    from .models import Account, AccountedYear, Entry, Voucher


class AccountManager(models.Manager["Account"]):
    def get_by_natural_key(self, cluster: str, kind: str, party: str | None) -> "Account":
        return self.get(cluster__slug=cluster, kind=kind, party__name=party)


class VoucherQuerySet(ClusterScoped):
    def posted(self) -> Self:
        """Only what counts: proposals do not."""
        return self.filter(state="posted")


class VoucherManager(models.Manager.from_queryset(VoucherQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, reference: str) -> "Voucher":
        return self.get(cluster__slug=cluster, reference=reference)


class EntryQuerySet(ClusterScoped):
    cluster_path = "voucher__cluster"

    def counted_on(self, day: date) -> Self:
        """Entries of posted vouchers that hold on `day`."""
        return self.filter(voucher__state="posted", voucher__held_on__lte=day)


class EntryManager(models.Manager.from_queryset(EntryQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, reference: str, position: int) -> "Entry":
        return self.get(voucher__cluster__slug=cluster, voucher__reference=reference, position=position)


class AccountedYearQuerySet(ClusterScoped):
    def known_on(self, day: date) -> Self:
        """Years whose accounts were rendered on `day` or earlier."""
        return self.filter(accounted_on__lte=day)


class AccountedYearManager(models.Manager.from_queryset(AccountedYearQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, budget_year: int) -> "AccountedYear":
        return self.get(cluster__slug=cluster, budget_year=budget_year)
