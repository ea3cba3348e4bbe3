"""Action plans and their themes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..querysets import ActionPlanManager, ThemeManager
from .clusters import Cluster


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
