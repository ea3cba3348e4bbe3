"""What is measured with: instruments in their versions, their measures, and which difference matters."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..effect import Smallest
from ..querysets import InstrumentManager, MeasureManager, SmallestDifferenceManager


class Instrument(models.Model):
    """A questionnaire, a test or an own count, in one version.

    `value_set` names what turns answers into an index: another set gives the same answers another index. The portal
    keeps results, never a questionnaire; `licence` says what its owner allows.
    """

    slug = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    version = models.CharField(_("version"), max_length=40, blank=True)
    value_set = models.CharField(_("value set"), max_length=80, blank=True)
    licence = models.CharField(_("licence"), max_length=200, blank=True)

    objects = InstrumentManager()

    class Meta:
        ordering = ["name", "version"]
        verbose_name = _("instrument")
        verbose_name_plural = _("instruments")
        constraints = [models.UniqueConstraint(fields=["name", "version"], name="instrument_version_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}".rstrip()

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Measure(models.Model):
    """What is measured, in which unit, and which way is better. Bounds are those of the scale, in its unit.

    `instrument` is the test's name as it is printed beside the measure; `tool` is the instrument that it belongs to,
    None for an own count.
    """

    class Direction(models.TextChoices):
        HIGHER = "higher", _("higher is better")
        LOWER = "lower", _("lower is better")
        NEITHER = "neither", _("neither is better")

    slug = models.SlugField(_("key"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    instrument = models.CharField(_("test as printed"), max_length=80, blank=True)
    tool = models.ForeignKey(
        Instrument, models.PROTECT, null=True, blank=True, related_name="measures", verbose_name=_("instrument")
    )
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

    natural_key.dependencies = ["outcomes.instrument"]  # type: ignore[attr-defined]


class SmallestDifference(models.Model):
    """The smallest difference on a measure that matters to a group of people (MCID), and who found it.

    `derived` where it is not published but computed from the scale; a reader must be told.
    """

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="smallest_differences", verbose_name=_("measure"))
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=4)
    group = models.CharField(_("group"), max_length=120)
    source = models.CharField(_("source"), max_length=160)
    year = models.PositiveSmallIntegerField(_("year"))
    derived = models.BooleanField(_("derived, not published"), default=False)

    objects = SmallestDifferenceManager()

    class Meta:
        ordering = ["measure", "value"]
        verbose_name = _("smallest difference that matters")
        verbose_name_plural = _("smallest differences that matter")
        constraints = [
            models.UniqueConstraint(fields=["measure", "group", "source"], name="smallestdifference_once"),
            models.CheckConstraint(condition=models.Q(value__gt=0), name="smallestdifference_above_nought"),
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.value} ({self.group})"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.measure.slug, self.group, self.source)

    natural_key.dependencies = ["outcomes.measure"]  # type: ignore[attr-defined]

    @property
    def smallest(self) -> Smallest:
        """As the arithmetic takes it."""
        return Smallest(self.value, self.group, f"{self.source}, {self.year}", self.derived)
