"""Status reports: dated facts about how an initiative is doing."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..asof import AppendOnly, DatePrecision
from ..querysets import StatusReportManager
from .initiatives import Initiative


class Phase(models.TextChoices):
    """Where an initiative is in its life, behind whatever words were printed."""

    PROPOSED = "proposed", _("Proposed")
    ORDERED = "ordered", _("Ordered")
    CONFIRMED = "confirmed", _("Confirmed")
    RUNNING = "running", _("Running")
    PILOT = "pilot", _("Pilot")
    PAUSED = "paused", _("Paused")
    AWAITING = "awaiting", _("Awaiting")
    IN_OPERATION = "in_operation", _("In operation")
    MERGED = "merged", _("Merged into another")
    CLOSED = "closed", _("Closed")
    DISCONTINUED = "discontinued", _("Discontinued")


ENDED_PHASES = frozenset({Phase.MERGED, Phase.CLOSED, Phase.DISCONTINUED})


class Colour(models.TextChoices):
    """Rating of an initiative or of one dimension of it."""

    NONE = "none", _("Not assessed")
    GREEN = "green", _("Green")
    AMBER = "amber", _("Amber")
    RED = "red", _("Red")


class Help(models.TextChoices):
    """Whom the initiative asks for help."""

    NO = "no", _("No")
    MANAGEMENT = "management", _("Yes, from the management forum")
    EXECUTIVE = "executive", _("Yes, from the executive forum")


class StatusReport(AppendOnly):
    """What held from `reported_on`. A later report of the same day supersedes an earlier one and says so."""

    initiative = models.ForeignKey(
        Initiative, models.PROTECT, related_name="status_reports", verbose_name=_("initiative")
    )
    reported_on = models.DateField(_("holds from"))
    precision = models.CharField(_("precision"), max_length=10, choices=DatePrecision, default=DatePrecision.DAY)
    phase = models.CharField(_("phase"), max_length=20, choices=Phase)
    overall = models.CharField(_("overall"), max_length=10, choices=Colour, default=Colour.NONE)
    time = models.CharField(_("time"), max_length=10, choices=Colour, default=Colour.NONE)
    money = models.CharField(_("money"), max_length=10, choices=Colour, default=Colour.NONE)
    quality = models.CharField(_("quality"), max_length=10, choices=Colour, default=Colour.NONE)
    printed_text = models.CharField(_("status as printed"), max_length=160)
    account = models.TextField(_("what has happened"), blank=True, max_length=2000)
    remedy = models.TextField(_("what is done about it"), blank=True, max_length=2000)
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    # Percent; None where nobody has stated how far the work is, which is not the same as 0.
    progress = models.PositiveSmallIntegerField(_("progress"), null=True, blank=True)
    help_needed = models.CharField(_("help needed"), max_length=20, choices=Help, default=Help.NO)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="status_reports",
        verbose_name=_("reported by"),
    )  # fmt: skip
    supersedes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="superseded_by",
        verbose_name=_("supersedes"),
    )
    source = models.CharField(_("source"), max_length=160, blank=True)
    demonstration = models.BooleanField(_("demonstration"), default=False)

    objects = StatusReportManager()

    class Meta:
        ordering = ["-reported_on", "-recorded_at", "-pk"]
        verbose_name = _("status report")
        verbose_name_plural = _("status reports")
        indexes = [models.Index(fields=["initiative", "-reported_on", "-id"], name="status_latest")]
        constraints = [
            models.CheckConstraint(condition=models.Q(progress__lte=100), name="status_progress_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.reported_on}: {self.printed_text}"

    def natural_key(self) -> tuple[str, str, str, str]:
        return (*self.initiative.natural_key(), self.reported_on.isoformat(), self.printed_text)

    natural_key.dependencies = ["initiatives.initiative"]  # type: ignore[attr-defined]


class StatusDraft(models.Model):
    """What somebody is writing for a status report: only theirs, never counted, gone when the report is filed.

    `typed` holds the form's fields by name, as they were typed. `version` rises with each save, so that a second
    window that saves upon an older one is noticed.
    """

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="status_drafts", verbose_name=_("initiative")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="status_drafts", verbose_name=_("user")
    )
    based_on = models.ForeignKey(
        StatusReport, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("written upon")
    )
    typed = models.JSONField(_("as typed"), default=dict)
    version = models.PositiveIntegerField(_("version"), default=1)
    saved_at = models.DateTimeField(_("saved"))

    class Meta:
        verbose_name = _("draft of a status report")
        verbose_name_plural = _("drafts of status reports")
        constraints = [models.UniqueConstraint(fields=["initiative", "user"], name="statusdraft_once")]

    def __str__(self) -> str:
        return f"{self.initiative_id} {self.user_id}: {self.version}"
