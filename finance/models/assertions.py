"""Balances that somebody outside the ledger vouches for."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.asof import AppendOnly
from initiatives.danish import short_date
from initiatives.money import ZERO, MoneyField, kroner

from ..querysets import BalanceAssertionManager
from .accounts import Account
from .vouchers import Entry


class BalanceAssertion(AppendOnly):
    """On the evening of `held_on` the account held `amount` kr., as `source` says.

    It is recorded only where the ledger agrees, and from then on nothing that would break it is posted, unless it is
    lifted.
    """

    account = models.ForeignKey(
        Account, models.PROTECT, related_name="assertions", verbose_name=gettext_lazy("account")
    )
    held_on = models.DateField(gettext_lazy("date"))
    amount = MoneyField(gettext_lazy("amount"))
    source = models.CharField(gettext_lazy("source"), max_length=200)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=gettext_lazy("entered by"),
    )  # fmt: skip

    objects = BalanceAssertionManager()

    class Meta:
        ordering = ["held_on", "pk"]
        verbose_name = gettext_lazy("asserted balance")
        verbose_name_plural = gettext_lazy("asserted balances")

    def __str__(self) -> str:
        """`31.12.2024: pulje Allerød Kommune, 270.282 kr.`"""
        return f"{short_date(self.held_on)}: {self.account}, {kroner(self.amount or ZERO)} kr."

    def clean(self) -> None:
        """Raises ValidationError where the ledger says something else on the day."""
        entries = Entry.objects.filter(account=self.account).counted_on(self.held_on)
        in_ledger = entries.balance()
        if in_ledger != self.amount:
            said = {"asserted": self, "ledger": kroner(in_ledger)}
            raise ValidationError(
                _("The ledger does not agree with the balance (%(asserted)s): it has DKK %(ledger)s.") % said,
                code="assertion",
            )

    def natural_key(self) -> tuple[str, str, str | None, str]:
        return (*self.account.natural_key(), str(self.held_on))

    natural_key.dependencies = ["finance.account", "finance.entry", "finance.accountedyear"]  # type: ignore[attr-defined]


class LiftedAssertion(AppendOnly):
    """An asserted balance stands in nobody's way any more; `reason` says why."""

    assertion = models.OneToOneField(
        BalanceAssertion, models.PROTECT, related_name="lifted", verbose_name=gettext_lazy("asserted balance")
    )
    reason = models.CharField(gettext_lazy("reason"), max_length=300)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=gettext_lazy("lifted by"),
    )  # fmt: skip

    class Meta:
        ordering = ["pk"]
        verbose_name = gettext_lazy("lifted balance")
        verbose_name_plural = gettext_lazy("lifted balances")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="lifting_has_reason",
                violation_error_message=gettext_lazy("Say why the balance no longer holds."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.assertion}: {self.reason}"
