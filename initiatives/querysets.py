"""Reading rules of the base, as words."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import OuterRef, Prefetch, Subquery

from .access import ClusterScoped
from .asof import AppendOnlyQuerySet

if TYPE_CHECKING:
    from .models import (
        ActionPlan,
        Cluster,
        Forum,
        Initiative,
        InitiativeActor,
        InitiativeRelation,
        Milestone,
        NarrativeSection,
        StatusReport,
        Theme,
    )


class ClusterQuerySet(ClusterScoped):
    cluster_path = "pk"


class ClusterManager(models.Manager.from_queryset(ClusterQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, slug: str) -> "Cluster":
        return self.get(slug=slug)


class ForumManager(models.Manager["Forum"]):
    def get_by_natural_key(self, name: str, cluster: str | None, region: str | None) -> "Forum":
        return self.get(name=name, cluster__slug=cluster, region__name=region)


class ActionPlanQuerySet(ClusterScoped):
    def current_first(self) -> Self:
        """Newest plan first."""
        return self.order_by("-starts", "pk")


class ActionPlanManager(models.Manager.from_queryset(ActionPlanQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, title: str) -> "ActionPlan":
        return self.get(cluster__slug=cluster, title=title)


class ThemeManager(models.Manager["Theme"]):
    def get_by_natural_key(self, cluster: str, plan: str, name: str) -> "Theme":
        return self.get(plan__cluster__slug=cluster, plan__title=plan, name=name)


class InitiativeQuerySet(ClusterScoped):
    def with_actor_lines(self) -> Self:
        """With the printed actors, by one query for all rows."""
        return self.prefetch_related("actor_lines")

    def with_status_on(self, day: date) -> Self:
        """With the status that held on `day` as `current_status`, a list of one or none, by one query."""
        from .models import StatusReport

        return self.prefetch_related(
            Prefetch("status_reports", StatusReport.objects.current_on(day), to_attr="current_status")
        )

    def as_listed(self) -> Self:
        """In the order of the printed overview: theme, then number."""
        return self.select_related("cluster", "plan", "theme").order_by(
            "theme__position", "number_order", "title", "pk"
        )


class InitiativeManager(models.Manager.from_queryset(InitiativeQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, number: str) -> "Initiative":
        return self.get(cluster__slug=cluster, number=number)


class InitiativeActorManager(models.Manager["InitiativeActor"]):
    def get_by_natural_key(self, cluster: str, number: str, position: int) -> "InitiativeActor":
        return self.get(initiative__cluster__slug=cluster, initiative__number=number, position=position)


class InitiativeRelationManager(models.Manager["InitiativeRelation"]):
    def get_by_natural_key(self, cluster: str, number: str, kind: str, target: str, label: str) -> "InitiativeRelation":
        of = self.filter(initiative__cluster__slug=cluster, initiative__number=number, kind=kind, label=label)
        return of.get(target__number=target) if target else of.get(target=None)


class MilestoneManager(models.Manager["Milestone"]):
    def get_by_natural_key(self, cluster: str, number: str, day: str, text: str) -> "Milestone":
        return self.get(initiative__cluster__slug=cluster, initiative__number=number, day=day, text=text)


class NarrativeSectionManager(models.Manager["NarrativeSection"]):
    def get_by_natural_key(self, cluster: str, number: str, position: int) -> "NarrativeSection":
        return self.get(initiative__cluster__slug=cluster, initiative__number=number, position=position)


class StatusReportQuerySet(AppendOnlyQuerySet):
    def known_on(self, day: date) -> Self:
        """Reports that hold from `day` or earlier, superseded ones too."""
        return self.filter(reported_on__lte=day)

    def latest_first(self) -> Self:
        """By the day they hold from; of one day the one recorded last comes first."""
        return self.order_by("-reported_on", "-pk")

    def current_on(self, day: date) -> Self:
        """For each initiative the one report that held on `day`."""
        newest = self.model._default_manager.filter(
            initiative=OuterRef("initiative"), reported_on__lte=day, superseded_by__isnull=True
        ).order_by("-reported_on", "-pk")
        return self.filter(pk=Subquery(newest.values("pk")[:1]))


class StatusReportManager(models.Manager.from_queryset(StatusReportQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, number: str, reported_on: str, printed_text: str) -> "StatusReport":
        return self.get(
            initiative__cluster__slug=cluster,
            initiative__number=number,
            reported_on=reported_on,
            printed_text=printed_text,
        )
