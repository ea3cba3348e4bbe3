"""Reading rules of the base, as words."""

from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q, Subquery

from .access import Act, ClusterScoped, rights_of
from .asof import AppendOnlyQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from .models import (
        ActionPlan,
        Actor,
        Cluster,
        Forum,
        Initiative,
        InitiativeActor,
        InitiativeRelation,
        Milestone,
        NarrativeSection,
        Person,
        StatusReport,
        Theme,
        User,
    )


# Of initiatives; of one theme all but the first two do, and an index has them.
IN_PRINTED_ORDER = (F("theme__position").asc(nulls_last=True), "theme_id", "number_order", "title_order", "pk")


class ClusterQuerySet(ClusterScoped):
    cluster_path = "pk"


class ClusterManager(models.Manager.from_queryset(ClusterQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, slug: str) -> "Cluster":
        return self.get(slug=slug)


class ActorQuerySet(models.QuerySet["Actor"]):
    """The parties, which all clusters share."""

    def in_use(self) -> Self:
        """Those to choose from and to list: without the ones that were merged into another."""
        return self.filter(merged_into=None)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """All of them to a member of any cluster."""
        return self if rights_of(user).clusters else self.none()

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """All to an administrator; to a coordinator those of own clusters, and those that no cluster has yet."""
        rights = rights_of(user)
        if rights.may_somewhere(Act.ADMINISTER):
            return self
        own = rights.where(Act.EDIT_REGISTER)
        if not own:
            return self.none()
        ties = ("clusters", "clusters_of_region", "initiative_lines__initiative__cluster")
        mine = reduce(or_, (Q(**{f"{tie}__in": own}) for tie in ties))
        nobodys = Q(**{f"{tie}__isnull": True for tie in ties})
        # A subquery: the joins would repeat rows, and spoil what is counted afterwards.
        return self.filter(pk__in=self.model._base_manager.filter(mine | nobodys).values("pk"))


class ActorManager(models.Manager.from_queryset(ActorQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, name: str) -> "Actor":
        return self.get(name=name)


class PersonQuerySet(models.QuerySet["Person"]):
    """Office holders, who stand in documents that all may read."""

    def in_use(self) -> Self:
        """As of parties."""
        return self.filter(merged_into=None)

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """All of them to a member of any cluster."""
        return self if rights_of(user).clusters else self.none()

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """Those of the organisations that the user may edit, and those of none."""
        from .models import Actor

        if not rights_of(user).may_somewhere(Act.EDIT_REGISTER):
            return self.none()
        return self.filter(Q(organisation__in=Actor.objects.editable_by(user)) | Q(organisation=None))


class PersonManager(models.Manager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, name: str, role: str) -> "Person":
        return self.get(name=name, role=role)


class ForumQuerySet(models.QuerySet["Forum"]):
    """The bodies of clusters, and of regions across their clusters."""

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Those of the user's clusters and of their regions."""
        return self._of(rights_of(user).clusters)

    def editable_by(self, user: "User | AnonymousUser") -> Self:
        """Those of the clusters, and of their regions, in which the user edits the register."""
        return self._of(rights_of(user).where(Act.EDIT_REGISTER))

    def _of(self, clusters: list[int]) -> Self:
        from .models import Cluster

        regions = Cluster.objects.filter(pk__in=clusters).values("region")
        return self.filter(Q(cluster__in=clusters) | Q(region__in=regions))


class ForumManager(models.Manager.from_queryset(ForumQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, name: str, cluster: str | None, region: str | None) -> "Forum":
        return self.get(name=name, cluster__slug=cluster, region__name=region)


class ActionPlanQuerySet(ClusterScoped):
    def current_first(self) -> Self:
        """Newest plan first."""
        return self.order_by("-starts", "pk")

    def with_counts(self) -> Self:
        """With the number of initiatives as `initiative_count` and the themes in order, by two queries."""
        return self.annotate(
            initiative_count=models.Count("initiatives", filter=Q(initiatives__retired_on=None))
        ).prefetch_related("themes")


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

    def listed_on(self, day: date) -> Self:
        """Without those that had been withdrawn by the day because they were made by mistake."""
        return self.exclude(retired_on__lte=day)

    def as_listed(self) -> Self:
        """In the order of the printed overview: theme, then number; those without a theme last."""
        return self.select_related("cluster", "plan", "theme").order_by(*IN_PRINTED_ORDER)


class InitiativeManager(models.Manager.from_queryset(InitiativeQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, address: str) -> "Initiative":
        return self.get(cluster__slug=cluster, address=address)


class InitiativeActorManager(models.Manager["InitiativeActor"]):
    def get_by_natural_key(self, cluster: str, address: str, position: int) -> "InitiativeActor":
        return self.get(initiative__cluster__slug=cluster, initiative__address=address, position=position)


class InitiativeRelationManager(models.Manager["InitiativeRelation"]):
    def get_by_natural_key(
        self, cluster: str, address: str, kind: str, target: str, label: str
    ) -> "InitiativeRelation":
        of = self.filter(initiative__cluster__slug=cluster, initiative__address=address, kind=kind, label=label)
        return of.get(target__address=target) if target else of.get(target=None)


class MilestoneManager(models.Manager["Milestone"]):
    def get_by_natural_key(self, cluster: str, address: str, day: str, text: str) -> "Milestone":
        return self.get(initiative__cluster__slug=cluster, initiative__address=address, day=day, text=text)


class NarrativeSectionManager(models.Manager["NarrativeSection"]):
    def get_by_natural_key(self, cluster: str, address: str, position: int) -> "NarrativeSection":
        return self.get(initiative__cluster__slug=cluster, initiative__address=address, position=position)


class StatusReportQuerySet(AppendOnlyQuerySet):
    def known_on(self, day: date) -> Self:
        """Reports that hold from `day` or earlier, superseded ones too."""
        return self.filter(reported_on__lte=day)

    def latest_first(self) -> Self:
        """By the day they hold from; of one day the one recorded last comes first."""
        return self.order_by("-reported_on", "-pk")

    def current_on(self, day: date) -> Self:
        """For each initiative the one report that held on `day`."""
        return self.filter(pk=self.model._default_manager.held_by(OuterRef("initiative"), day))

    def held_by(self, initiative: OuterRef, day: date) -> Subquery:
        """The id of the one report of an initiative that held on `day`, None where there is none."""
        known = self.filter(initiative=initiative, superseded_by__isnull=True).known_on(day).latest_first()
        return Subquery(known.values("pk")[:1])


class StatusReportManager(models.Manager.from_queryset(StatusReportQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, address: str, reported_on: str, printed_text: str) -> "StatusReport":
        return self.get(
            initiative__cluster__slug=cluster,
            initiative__address=address,
            reported_on=reported_on,
            printed_text=printed_text,
        )
