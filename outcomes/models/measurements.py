"""What was measured: one figure to a row, in the form that it has."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..querysets import FlowStepManager, MeasurementManager
from .collections import Collection
from .instruments import Measure

if TYPE_CHECKING:
    from initiatives.models import Actor, Initiative, PublishedDocument


class Measurement(models.Model):
    """One measured figure of a collection, in one of five forms; the form says which columns it has.

    before_after: before, after (means in the measure's unit), n unless the source does not state it. n is how many
    were measured both times; n_before and n_after stand where they are others. change and change_sd are of the
    people's own changes, known only where the source says so. count: count. proportion: count of total. flow: count
    (referred), with its steps. characteristic: value, with low and high where a range is printed.

    `dimension` says by what `group_label` divides. `before_decimals` and `after_decimals` are how many decimals a
    document printed; None where the means are exact.
    """

    class Form(models.TextChoices):
        BEFORE_AFTER = "before_after", _("before and after")
        COUNT = "count", _("count")
        PROPORTION = "proportion", _("proportion")
        FLOW = "flow", _("participant flow")
        CHARACTERISTIC = "characteristic", _("characteristic")

    class Dimension(models.TextChoices):
        SEX = "sex", _("sex")
        AGE = "age", _("age group")
        REFERRAL = "referral", _("referred from")

    collection = models.ForeignKey(
        Collection, models.CASCADE, related_name="measurements", verbose_name=_("collection")
    )
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="measurements", verbose_name=_("measure"))
    form = models.CharField(_("form"), max_length=20, choices=Form)
    site_label = models.CharField(_("place"), max_length=120, blank=True)
    dimension = models.CharField(_("divided by"), max_length=10, choices=Dimension, blank=True)
    group_label = models.CharField(_("group"), max_length=120, blank=True)
    n = models.PositiveIntegerField(_("n"), null=True, blank=True)
    n_before = models.PositiveIntegerField(_("n before"), null=True, blank=True)
    n_after = models.PositiveIntegerField(_("n after"), null=True, blank=True)
    before = models.DecimalField(_("before"), max_digits=12, decimal_places=4, null=True, blank=True)
    after = models.DecimalField(_("after"), max_digits=12, decimal_places=4, null=True, blank=True)
    before_decimals = models.PositiveSmallIntegerField(_("decimals before"), null=True, blank=True)
    after_decimals = models.PositiveSmallIntegerField(_("decimals after"), null=True, blank=True)
    before_sd = models.DecimalField(_("SD before"), max_digits=12, decimal_places=4, null=True, blank=True)
    after_sd = models.DecimalField(_("SD after"), max_digits=12, decimal_places=4, null=True, blank=True)
    change = models.DecimalField(_("mean change"), max_digits=12, decimal_places=4, null=True, blank=True)
    change_sd = models.DecimalField(_("SD of the change"), max_digits=12, decimal_places=4, null=True, blank=True)
    count = models.PositiveIntegerField(_("count"), null=True, blank=True)
    total = models.PositiveIntegerField(_("out of"), null=True, blank=True)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=4, null=True, blank=True)
    low = models.DecimalField(_("lowest"), max_digits=12, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(_("highest"), max_digits=12, decimal_places=4, null=True, blank=True)
    table = models.CharField(_("table"), max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(_("order"))

    objects = MeasurementManager()

    class Meta:
        ordering = ["collection", "position", "pk"]
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        constraints = [
            models.UniqueConstraint(fields=["collection", "position"], name="measurement_order"),
            models.CheckConstraint(
                name="measurement_has_its_form",
                condition=Q(form="before_after", before__isnull=False, after__isnull=False)
                | Q(form__in=["count", "flow"], count__isnull=False, total__isnull=True)
                | Q(form="proportion", count__isnull=False, total__gt=0, count__lte=models.F("total"))
                | Q(form="characteristic", value__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.site_label or self.site or ''}".strip()

    def natural_key(self) -> tuple[str, str, int, int]:
        return (*self.collection.natural_key(), self.position)

    natural_key.dependencies = ["outcomes.collection", "outcomes.measure"]  # type: ignore[attr-defined]

    @property
    def initiative(self) -> "Initiative":
        return self.collection.initiative

    @property
    def initiative_id(self) -> int:
        return self.collection.initiative_id

    @property
    def site(self) -> "Actor | None":
        return self.collection.site

    @property
    def site_id(self) -> int | None:
        return self.collection.site_id

    @property
    def document(self) -> "PublishedDocument | None":
        return self.collection.document

    @property
    def document_id(self) -> int | None:
        return self.collection.document_id

    @property
    def period_starts(self) -> date | None:
        return self.collection.period_starts

    @property
    def measured_on(self) -> date:
        return self.collection.measured_on

    @property
    def precision(self) -> str:
        return self.collection.precision


class FlowStep(models.Model):
    """One box of a participant flow: how many of those referred ended there."""

    measurement = models.ForeignKey(
        Measurement, models.CASCADE, related_name="steps", verbose_name=_("participant flow")
    )
    position = models.PositiveSmallIntegerField(_("order"))
    label = models.CharField(_("name"), max_length=120)
    count = models.PositiveIntegerField(_("count"))

    objects = FlowStepManager()

    class Meta:
        ordering = ["measurement", "position"]
        verbose_name = _("step of a flow")
        verbose_name_plural = _("steps of a flow")
        constraints = [models.UniqueConstraint(fields=["measurement", "position"], name="flowstep_order")]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str, str, int, int, int]:
        return (*self.measurement.natural_key(), self.position)

    natural_key.dependencies = ["outcomes.measurement"]  # type: ignore[attr-defined]
