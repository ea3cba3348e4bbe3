"""Reports that were ordered: a job's own row, since the task queue has no memory of what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.access import ClusterScoped
from initiatives.models import ActionPlan, Attachment, Cluster


class ReportQuerySet(ClusterScoped):
    def newest_first(self) -> "ReportQuerySet":
        """With plan, file and who asked, by one query."""
        return self.select_related("plan", "cluster", "result", "requested_by").order_by("-requested_at", "-pk")


class Report(models.Model):
    """One evaluation of a plan as of a day. `result` is set in the same write as the state `finished`."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Being made")
        FINISHED = "finished", _("Finished")
        FAILED = "failed", _("Failed")

    class Stage(models.TextChoices):
        QUEUED = "queued", _("Waiting in the queue")
        COLLECTING = "collecting", _("Collecting figures and texts")
        RENDERING = "rendering", _("Setting the pages")
        STORING = "storing", _("Saving the file")

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="reports", verbose_name=_("cluster"))
    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="reports", verbose_name=_("action plan"))
    as_of = models.DateField(_("as of"))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    stage = models.CharField(_("stage"), max_length=12, choices=Stage, default=Stage.QUEUED)
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    requested_at = models.DateTimeField(_("requested"), auto_now_add=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="reports", verbose_name=_("requested by")
    )
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
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
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.as_of}"
