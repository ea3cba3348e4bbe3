"""Action plans and their themes."""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..querysets import ActionPlanManager, ThemeManager
from .clusters import Cluster


class PlanState(models.TextChoices):
    """Where a plan is on a day."""

    COMING = "coming", _("coming")
    IN_FORCE = "in_force", _("in force")
    ENDED = "ended", _("ended")


class ActionPlan(models.Model):
    """What a cluster has agreed to do in a period; `ends` is the first day after the last."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="plans", verbose_name=_("cluster"))
    title = models.CharField(_("title"), max_length=160)
    starts = models.DateField(_("starts"))
    ends = models.DateField(_("ends"), help_text=_("The first day after the last."))
    foreword = models.TextField(_("foreword"), blank=True)
    introduction = models.TextField(_("introduction"), blank=True)
    governance = models.TextField(_("governance"), blank=True)

    objects = ActionPlanManager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-starts", "pk"]
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        constraints = [
            models.UniqueConstraint(fields=["cluster", "title"], name="plan_cluster_title"),
            models.CheckConstraint(condition=models.Q(ends__gt=models.F("starts")), name="plan_not_empty"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def last_day(self) -> date:
        """The last day of the plan; `ends` is the day after."""
        return self.ends - timedelta(days=1)

    def state_on(self, day: date) -> PlanState:
        """Whether the plan is to come, in force or ended on `day`."""
        if day < self.starts:
            return PlanState.COMING
        return PlanState.IN_FORCE if day < self.ends else PlanState.ENDED

    def natural_key(self) -> tuple[str, str]:
        return (self.cluster.slug, self.title)

    natural_key.dependencies = ["initiatives.cluster"]  # type: ignore[attr-defined]


class Theme(models.Model):
    """A heading of the plan. `colour` is the place in the report's set of theme colours, 1 to 4."""

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="themes", verbose_name=_("action plan"))
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40)
    description = models.TextField(_("description"), blank=True)
    position = models.PositiveSmallIntegerField(_("order"))
    colour = models.PositiveSmallIntegerField(_("colour"), default=1)

    objects = ThemeManager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        constraints = [
            models.UniqueConstraint(fields=["plan", "name"], name="theme_plan_name"),
            models.CheckConstraint(condition=models.Q(colour__range=(1, 4)), name="theme_colour_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, ...]:
        return (*self.plan.natural_key(), self.name)

    natural_key.dependencies = ["initiatives.actionplan"]  # type: ignore[attr-defined]
