"""The cluster-fund ledger: accounts, and balanced vouchers that move kroner between them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.asof import AppendOnly
from initiatives.models import Actor, Cluster, Initiative
from initiatives.money import MoneyField
from meetings.models import Decision

from . import financing_models  # noqa: F401 (its models are models of this app)
from .querysets import AccountedYearManager, AccountManager, EntryManager, VoucherManager


class Account(models.Model):
    """A place where cluster funds stand. A party's account names the party; the others belong to the cluster."""

    class Kind(models.TextChoices):
        SOURCE = "source", _("grant source")
        POOL = "pool", _("pool")
        ALLOCATED = "allocated", _("allocated")
        SPENT = "spent", _("spent")
        OWED = "owed", _("owed between parties")

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="accounts", verbose_name=_("cluster"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    party = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("party")
    )

    objects = AccountManager()

    class Meta:
        ordering = ["cluster", "kind", "pk"]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(fields=["cluster", "kind", "party"], name="account_of_party_once"),
            models.UniqueConstraint(
                fields=["cluster", "kind"], condition=models.Q(party=None), name="account_of_cluster_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.party or ''}".strip()

    def natural_key(self) -> tuple[str, str, str | None]:
        return (self.cluster.slug, self.kind, self.party.name if self.party else None)

    natural_key.dependencies = ["initiatives.cluster", "initiatives.actor"]  # type: ignore[attr-defined]


class Voucher(AppendOnly):
    """One balanced posting; finance.posting makes them and knows the shape of each kind.

    `held_on` is the day from which it counts, `budget_year` the year whose budget it touches.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", _("grant")
        ALLOCATION = "allocation", _("allocation")
        SPEND = "spend", _("spend")
        CARRY_OVER = "carry_over", _("carry-over")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        POSTED = "posted", _("posted")

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="vouchers", verbose_name=_("cluster"))
    reference = models.CharField(_("reference"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.POSTED)
    held_on = models.DateField(_("date"))
    budget_year = models.PositiveSmallIntegerField(_("budget year"))
    text = models.CharField(_("text"), max_length=200)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="vouchers", verbose_name=_("decision")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="vouchers",
        verbose_name=_("entered by"),
    )  # fmt: skip

    objects = VoucherManager()

    class Meta:
        ordering = ["held_on", "pk"]
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        constraints = [
            models.UniqueConstraint(fields=["cluster", "reference"], name="voucher_reference"),
            models.CheckConstraint(condition=models.Q(budget_year__range=(2007, 2099)), name="voucher_year_known"),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.text}"

    def natural_key(self) -> tuple[str, str]:
        return (self.cluster.slug, self.reference)

    natural_key.dependencies = ["initiatives.cluster", "meetings.decision"]  # type: ignore[attr-defined]


class Entry(AppendOnly):
    """One line of a voucher: kroner into (positive) or out of (negative) an account."""

    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="entries", verbose_name=_("voucher"))
    position = models.PositiveSmallIntegerField(_("line"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="entries", verbose_name=_("account"))
    initiative = models.ForeignKey(
        Initiative,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("initiative"),
    )
    recipient = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="received", verbose_name=_("recipient")
    )
    amount = MoneyField(_("amount"))

    objects = EntryManager()

    class Meta:
        ordering = ["voucher", "position"]
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(fields=["voucher", "position"], name="entry_line"),
            models.CheckConstraint(condition=~models.Q(amount=0), name="entry_moves_something"),
        ]
        indexes = [models.Index(fields=["initiative", "account", "voucher"], include=["amount"], name="entry_sums")]

    def __str__(self) -> str:
        return f"{self.voucher_id}/{self.position}: {self.amount}"

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.voucher.natural_key(), self.position)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "finance.voucher", "finance.account", "initiatives.initiative", "initiatives.actor",
    ]  # fmt: skip


class AccountedYear(AppendOnly):
    """The accounts of a budget year have been rendered: from `accounted_on` what was spent stands for the year."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="accounted_years", verbose_name=_("cluster"))
    budget_year = models.PositiveSmallIntegerField(_("budget year"))
    accounted_on = models.DateField(_("accounted on"))

    objects = AccountedYearManager()

    class Meta:
        ordering = ["budget_year"]
        verbose_name = _("accounted year")
        verbose_name_plural = _("accounted years")
        constraints = [models.UniqueConstraint(fields=["cluster", "budget_year"], name="accounted_once")]

    def __str__(self) -> str:
        return str(self.budget_year)

    def natural_key(self) -> tuple[str, int]:
        return (self.cluster.slug, self.budget_year)

    natural_key.dependencies = ["initiatives.cluster"]  # type: ignore[attr-defined]
