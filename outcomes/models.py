"""Measures and what was measured: aggregates only, never a person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives.asof import DatePrecision
from initiatives.models import Actor, Initiative, PublishedDocument

from .querysets import FlowStepManager, MeasureManager, MeasurementManager


class Measure(models.Model):
    """What is measured, in which unit, and which way is better. Bounds are those of the scale, in its unit."""

    class Direction(models.TextChoices):
        HIGHER = "higher", _("higher is better")
        LOWER = "lower", _("lower is better")
        NEITHER = "neither", _("neither is better")

    slug = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    instrument = models.CharField(_("instrument"), max_length=80, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction, default=Direction.NEITHER)
    scale_low = models.DecimalField(_("lowest"), max_digits=12, decimal_places=4, null=True, blank=True)
    scale_high = models.DecimalField(_("highest"), max_digits=12, decimal_places=4, null=True, blank=True)

    objects = MeasureManager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("measure")
        verbose_name_plural = _("measures")

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Measurement(models.Model):
    """One measured figure of an initiative at a site, in one of five forms; the form says which columns it has.

    before_after: before, after (means in the measure's unit), n unless the source does not state it. count: count.
    proportion: count of total. flow: count (referred), with its steps. characteristic: value, with low and high where
    a range is printed.
    """

    class Form(models.TextChoices):
        BEFORE_AFTER = "before_after", _("before and after")
        COUNT = "count", _("count")
        PROPORTION = "proportion", _("proportion")
        FLOW = "flow", _("participant flow")
        CHARACTERISTIC = "characteristic", _("characteristic")

    initiative = models.ForeignKey(
        Initiative, models.PROTECT, related_name="measurements", verbose_name=_("initiative")
    )
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="measurements", verbose_name=_("measure"))
    form = models.CharField(_("form"), max_length=20, choices=Form)
    site = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="measurements", verbose_name=_("party")
    )
    site_label = models.CharField(_("place"), max_length=120, blank=True)
    group_label = models.CharField(_("group"), max_length=120, blank=True)
    period_starts = models.DateField(_("from"), null=True, blank=True)
    measured_on = models.DateField(_("measured on"))
    precision = models.CharField(_("precision"), max_length=10, choices=DatePrecision, default=DatePrecision.DAY)
    n = models.PositiveIntegerField(_("n"), null=True, blank=True)
    before = models.DecimalField(_("before"), max_digits=12, decimal_places=4, null=True, blank=True)
    after = models.DecimalField(_("after"), max_digits=12, decimal_places=4, null=True, blank=True)
    count = models.PositiveIntegerField(_("count"), null=True, blank=True)
    total = models.PositiveIntegerField(_("out of"), null=True, blank=True)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=4, null=True, blank=True)
    low = models.DecimalField(_("lowest"), max_digits=12, decimal_places=4, null=True, blank=True)
    high = models.DecimalField(_("highest"), max_digits=12, decimal_places=4, null=True, blank=True)
    document = models.ForeignKey(
        PublishedDocument, models.PROTECT, null=True, blank=True, related_name="measurements",
        verbose_name=_("document"),
    )  # fmt: skip
    table = models.CharField(_("table"), max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(_("order"))

    objects = MeasurementManager()

    class Meta:
        ordering = ["initiative", "position", "pk"]
        verbose_name = _("measurement")
        verbose_name_plural = _("measurements")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "position"], name="measurement_order"),
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

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.initiative.natural_key(), self.position)

    natural_key.dependencies = [  # type: ignore[attr-defined]
        "initiatives.initiative", "initiatives.actor", "outcomes.measure", "initiatives.publisheddocument",
    ]  # fmt: skip


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

    def natural_key(self) -> tuple[str, str, int, int]:
        return (*self.measurement.natural_key(), self.position)

    natural_key.dependencies = ["outcomes.measurement"]  # type: ignore[attr-defined]
