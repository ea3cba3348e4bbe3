"""Vouchers, their entries and their files."""

from decimal import Decimal
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from initiatives.asof import AppendOnly, AppendOnlyError
from initiatives.attachments import Attachment
from initiatives.models import Actor, Cluster, Initiative
from initiatives.money import ZERO, MoneyField, total
from meetings.models import Decision

from ..querysets import EntryManager, VoucherFileManager, VoucherManager
from .accounts import Account

# A million entries of this size still sum within a 64-bit column.
LARGEST_ENTRY = Decimal("9999999999.99")


class Voucher(AppendOnly):
    """One balanced move of kroner between accounts; finance.shapes says what each kind moves.

    It is born as a proposal, which may be changed or withdrawn; posting makes it count and fixes it for good: the
    model, the queryset and the database (finance.guards) refuse every later change. `held_on` is the day from which
    it counts, `budget_year` the year whose budget it touches, of a carry-over the year carried into. `version` grows
    with each change of a proposal. `taken_over_from` names the published document that a voucher repeats, which then
    stands for decision and reasons. A voucher that reverses another has that one's kind and the opposite signs, so
    every sum by kind is net of reversals.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", _("grant")
        ALLOCATION = "allocation", _("allocation")
        SPEND = "spend", _("spend")
        CONTRIBUTION = "contribution", _("contribution")
        INVOICE = "invoice", _("invoice")
        PAYMENT = "payment", _("payment")
        CARRY_OVER = "carry_over", _("carry-over")
        ADJUSTMENT = "adjustment", _("price-and-wage adjustment")
        OPENING = "opening", _("opening balance")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        POSTED = "posted", _("posted")

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="vouchers", verbose_name=_("cluster"))
    reference = models.CharField(_("reference"), max_length=60)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PROPOSED)
    version = models.PositiveIntegerField(default=1, editable=False)
    held_on = models.DateField(_("date"))
    budget_year = models.PositiveSmallIntegerField(_("budget year"))
    text = models.CharField(_("text"), max_length=200)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="vouchers", verbose_name=_("decision")
    )
    party_decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="vouchers_of_party",
        verbose_name=_("the party's own decision"),
    )  # fmt: skip
    taken_over_from = models.CharField(_("taken over from"), max_length=200, blank=True)
    overspend_reason = models.CharField(_("why more is spent than allocated"), max_length=200, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("reverses")
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    reason = models.CharField(_("reason for the correction"), max_length=200, blank=True)
    pays = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="payments", verbose_name=_("pays the invoice")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="vouchers",
        verbose_name=_("entered by"),
    )  # fmt: skip
    posted_at = models.DateTimeField(_("posted"), null=True, blank=True, editable=False)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("posted by"),
    )  # fmt: skip

    objects = VoucherManager()

    class Meta:
        ordering = ["held_on", "pk"]
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        constraints = [
            models.UniqueConstraint(fields=["cluster", "reference"], name="voucher_reference"),
            models.CheckConstraint(condition=Q(budget_year__range=(2007, 2099)), name="voucher_year_known"),
            models.CheckConstraint(
                condition=Q(state="proposed", posted_at=None) | Q(state="posted", posted_at__isnull=False),
                name="voucher_state_and_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="posted", kind__in=["allocation", "invoice", "carry_over"])
                | Q(decision__isnull=False)
                | Q(reverses__isnull=False)
                | ~Q(taken_over_from=""),
                name="voucher_has_its_decision",
                violation_error_message=_("This kind of voucher is posted only with the decision it rests on."),
            ),
            models.CheckConstraint(
                condition=Q(reverses=None, replaces=None) | ~Q(reason=""),
                name="voucher_correction_has_reason",
                violation_error_message=_("A correction states its reason."),
            ),
            models.CheckConstraint(
                condition=Q(pays=None) | Q(kind="payment"),
                name="voucher_payment_pays",
                violation_error_message=_("Only a payment pays an invoice."),
            ),
        ]
        # Covering: which vouchers count on a day, with what the sums are grouped by.
        indexes = [
            models.Index(fields=["cluster", "state", "held_on", "id", "kind", "budget_year"], name="voucher_counted")
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.text}"

    def get_absolute_url(self) -> str:
        """Address of the voucher's page; reads the cluster."""
        return reverse("finance:voucher", args=[self.cluster.slug, self.reference])

    @property
    def is_posted(self) -> bool:
        return self.state == self.State.POSTED

    @property
    def kind_label(self) -> str:
        """`forbrug`; `tilbageførsel af forbrug` for one that reverses another."""
        kind = self.get_kind_display()
        return str(_("reversal of %(kind)s") % {"kind": kind}) if self.reverses_id else kind

    @property
    def total(self) -> Decimal:
        """What is moved, in kr.: the sum of the entries above zero; reads the entries unless they are prefetched."""
        amounts = (entry.amount or ZERO for entry in self.entries.all())
        return total(amount for amount in amounts if amount > 0)

    def save(self, **kwargs: Any) -> None:
        """Raises AppendOnlyError for one that is posted in the database, whatever this object says."""
        if not self._state.adding and Voucher.objects.posted().filter(pk=self.pk).exists():
            raise AppendOnlyError(f"Voucher {self.pk} is posted: reverse it and post a new one.")
        models.Model.save(self, **kwargs)

    def natural_key(self) -> tuple[str, str]:
        return (self.cluster.slug, self.reference)

    natural_key.dependencies = ["initiatives.cluster", "meetings.decision"]  # type: ignore[attr-defined]


# What may not be posted without a decision. A carry-over of a party's pool needs the party's own as well.
NEEDS_DECISION = frozenset({Voucher.Kind.ALLOCATION, Voucher.Kind.INVOICE, Voucher.Kind.CARRY_OVER})


class Entry(AppendOnly):
    """One line of a voucher: kroner into (positive) or out of (negative) an account, in one year's budget.

    `initiative` and `recipient` stand where finance.shapes asks for them; the recipient of an entry on an account of
    the kind `owed` is the party that is to receive the money.
    """

    # Its index is the covering one below.
    voucher = models.ForeignKey(
        Voucher, models.PROTECT, related_name="entries", db_index=False, verbose_name=_("voucher")
    )
    position = models.PositiveSmallIntegerField(_("line"))
    account = models.ForeignKey(Account, models.PROTECT, related_name="entries", verbose_name=_("account"))
    budget_year = models.PositiveSmallIntegerField(_("budget year"))
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
            models.CheckConstraint(condition=~Q(amount=0), name="entry_moves_something"),
            models.CheckConstraint(condition=Q(amount__range=(-LARGEST_ENTRY, LARGEST_ENTRY)), name="entry_sums_fit"),
            models.CheckConstraint(condition=Q(budget_year__range=(2007, 2099)), name="entry_year_known"),
        ]
        # Covering, each for one way of asking: what of an initiative, on an account, by all the vouchers of a day.
        indexes = [
            models.Index(
                fields=["initiative", "recipient", "account", "budget_year", "voucher", "amount"], name="entry_of_line"
            ),
            models.Index(fields=["account", "budget_year", "voucher", "amount"], name="entry_on_account"),
            models.Index(
                fields=["voucher", "account", "initiative", "recipient", "budget_year", "amount"],
                name="entry_of_voucher",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id}/{self.position}: {self.amount}"

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.voucher.natural_key(), self.position)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "finance.voucher", "finance.account", "initiatives.initiative", "initiatives.actor",
    ]  # fmt: skip


class VoucherFile(models.Model):
    """A receipt, invoice or other file behind a voucher; one may be added after posting, none is taken away then."""

    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="files", verbose_name=_("voucher"))
    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="voucher_file", verbose_name=_("file"))

    objects = VoucherFileManager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("file of a voucher")
        verbose_name_plural = _("files of vouchers")

    def __str__(self) -> str:
        return self.attachment.name

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnlyError(f"File {self.pk} stands behind voucher {self.voucher_id}.")
