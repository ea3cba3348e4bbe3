"""Collections of data: who was measured where and when, and how the figures came to count."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from initiatives.asof import AppendOnly, DatePrecision
from initiatives.models import Actor, Cluster, Initiative, PublishedDocument

from ..querysets import CollectionManager


class Collection(models.Model):
    """Figures of an initiative that were collected together, at one place for one period.

    A draft is an ordinary row whose `version` rises with each save. From the submission on it is frozen, and only an
    approved one counts. A correction is a collection of its own that supersedes: it holds from its own date,
    `corrected_on`, with the reason. outcomes.collecting makes every step.

    The period ends with `measured_on`; `extracted_on` is the day the data was drawn. `population` says who was
    measured: referred from where, with which diagnosis. Of these people so many were invited, started, were measured
    both before and after (`paired`) and dropped out; None where the source does not say.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned")

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="collections", verbose_name=_("initiative"))
    position = models.PositiveSmallIntegerField(_("order"))
    site = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="collections", verbose_name=_("party")
    )
    period_starts = models.DateField(_("from"), null=True, blank=True)
    measured_on = models.DateField(_("measured on"))
    precision = models.CharField(_("precision"), max_length=10, choices=DatePrecision, default=DatePrecision.DAY)
    extracted_on = models.DateField(_("data drawn on"), null=True, blank=True)
    population = models.CharField(_("who was measured"), max_length=200, blank=True)
    invited = models.PositiveIntegerField(_("invited"), null=True, blank=True)
    started = models.PositiveIntegerField(_("started"), null=True, blank=True)
    paired = models.PositiveIntegerField(_("measured before and after"), null=True, blank=True)
    dropped_out = models.PositiveIntegerField(_("dropped out"), null=True, blank=True)
    source = models.CharField(_("data source"), max_length=160, blank=True)
    # Where a document has published the figures, small ones too.
    document = models.ForeignKey(
        PublishedDocument, models.PROTECT, null=True, blank=True, related_name="collections",
        verbose_name=_("document"),
    )  # fmt: skip
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    version = models.PositiveIntegerField(_("version"), default=1)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by", verbose_name=_("supersedes")
    )
    corrected_on = models.DateField(_("corrected on"), null=True, blank=True)
    reason = models.CharField(_("reason for the correction"), max_length=400, blank=True)

    objects = CollectionManager()

    class Meta:
        ordering = ["initiative", "position"]
        verbose_name = _("collection of data")
        verbose_name_plural = _("collections of data")
        indexes = [models.Index(fields=["initiative", "status", "measured_on"], name="collection_known")]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "position"], name="collection_order"),
            models.CheckConstraint(
                condition=Q(period_starts=None) | Q(period_starts__lte=F("measured_on")), name="collection_period"
            ),
            models.CheckConstraint(
                condition=Q(supersedes=None, corrected_on=None, reason="")
                | (Q(supersedes__isnull=False, corrected_on__isnull=False) & ~Q(reason="")),
                name="collection_correction_has_day_and_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.site or ''} {self.measured_on}"

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.initiative.natural_key(), self.position)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "initiatives.initiative", "initiatives.actor", "initiatives.publisheddocument",
    ]  # fmt: skip

    @property
    def counts_from(self) -> date:
        """The day from which it counts, once it is approved."""
        return self.corrected_on or self.measured_on

    def superseded_by_day(self, day: date) -> bool:
        """True where an approved correction counts on `day`; a query unless `superseded_by` is read with it."""
        correction: Collection | None = getattr(self, "superseded_by", None)
        return bool(correction and correction.status == self.Status.APPROVED and correction.counts_from <= day)

    @property
    def is_open(self) -> bool:
        """True while its figures may be written."""
        return self.status in {self.Status.DRAFT, self.Status.RETURNED}


class CollectionStep(AppendOnly):
    """Who submitted, approved or returned a collection, and when; a return has its comment."""

    collection = models.ForeignKey(Collection, models.PROTECT, related_name="trail", verbose_name=_("collection"))
    status = models.CharField(_("became"), max_length=10, choices=Collection.Status)
    version = models.PositiveIntegerField(_("version"))
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="collection_steps", verbose_name=_("by")
    )
    comment = models.CharField(_("comment"), max_length=400, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("step of a collection")
        verbose_name_plural = _("steps of a collection")

    def __str__(self) -> str:
        return f"{self.collection_id} {self.status}"


class PeriodLock(AppendOnly):
    """Up to which day a cluster's figures are settled; the latest row counts, so an earlier day opens again."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="period_locks", verbose_name=_("cluster"))
    until = models.DateField(_("settled until"))
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="period_locks", verbose_name=_("by")
    )
    reason = models.CharField(_("reason"), max_length=400)

    class Meta:
        ordering = ["cluster", "pk"]
        verbose_name = _("lock of a period")
        verbose_name_plural = _("locks of periods")

    def __str__(self) -> str:
        return f"{self.cluster_id} {self.until}"
