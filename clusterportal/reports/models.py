"""Reports that were ordered: a job's own row, since the task queue has no memory of what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.access import ClusterScoped
from initiatives.models import ActionPlan, Attachment, Cluster, Initiative


class Kind(models.TextChoices):
    """What can be made: the whole evaluation, or a part of it on its own."""

    EVALUATION = "evaluation", _("Evaluation")
    OVERVIEW = "overview", _("Status overview")
    ECONOMY = "economy", _("Economy annex")
    INITIATIVE = "initiative", _("One initiative")


class State(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Being made")
    FINISHED = "finished", _("Finished")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class Stage(models.TextChoices):
    """Where the work is. Figures and texts are collected when the report is ordered."""

    QUEUED = "queued", _("Waiting in the queue")
    RENDERING = "rendering", _("Setting the pages")
    WRITING = "writing", _("Writing the file")
    STORING = "storing", _("Saving the file")


UNDER_WAY = (State.WAITING, State.RUNNING)
# A report in one of these states holds its content: nobody makes the same once more.
HOLDING = (*UNDER_WAY, State.FINISHED)


class ReportQuerySet(ClusterScoped):
    def newest_first(self) -> "ReportQuerySet":
        """With plan, file and who asked, by one query; without the document that is still to be set."""
        related = self.select_related("plan", "cluster", "initiative", "result", "requested_by")
        return related.defer("document").order_by("-requested_at", "-pk")

    def holding(self, key: str) -> "ReportQuerySet":
        """The one report that is made, or is being made, of the content with this key."""
        return self.filter(key=key, state__in=HOLDING)


class Report(models.Model):
    """One document as of a day. `result` is set in the same write as the state `finished`.

    `document` is the HTML to set, kept until that is done. `key` is the hash of all that decides the file's bytes.
    `remarks` are [place, problem] of each text that could not be printed: with one of them it is a draft.
    """

    Kind, State, Stage = Kind, State, Stage

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.EVALUATION)
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="reports", verbose_name=_("cluster"))
    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="reports", verbose_name=_("action plan"))
    initiative = models.ForeignKey(
        Initiative, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("initiative")
    )
    as_of = models.DateField(_("as of"))
    key = models.CharField(_("hash of the content"), max_length=64, blank=True)
    document = models.TextField(_("document to set"), blank=True)
    remarks = models.JSONField(_("texts left out"), default=list, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.QUEUED)
    page = models.PositiveSmallIntegerField(_("pages set so far"), default=0)
    expected_pages = models.PositiveSmallIntegerField(_("pages expected"), null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    lost = models.PositiveSmallIntegerField(_("times that the worker died"), default=0)
    requested_at = models.DateTimeField(_("requested"), auto_now_add=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reports", verbose_name=_("requested by")
    )
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    alive_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)
    failure = models.TextField(_("what went wrong"), blank=True)
    result = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("file")
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="finished") ^ models.Q(result__isnull=True),
                name="report_file_only_when_finished",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="initiative") ^ models.Q(initiative__isnull=True),
                name="report_initiative_only_of_its_kind",
            ),
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(state__in=["waiting", "running", "finished"]) & ~models.Q(key=""),
                name="report_content_made_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.plan} {self.as_of}"
