"""Which plan the overview shows: the one asked for, else the newest begun by the day, of the user's own cluster."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, cast

from django.db.models import F, Subquery
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from initiatives.home import home_cluster
from initiatives.models import ActionPlan, Cluster, User


class Accounted(NamedTuple):
    """A budget year whose accounts were rendered `on` a day; `reopened` is the day they ceased to hold, if any."""

    year: int
    on: date
    reopened: date | None

    def by(self, day: date) -> bool:
        """True where the accounts held on `day`."""
        return self.on <= day and (self.reopened is None or day < self.reopened)


@dataclass(frozen=True)
class PlanChoice:
    """The cluster and plan to show, what else can be chosen, and what to tell if the wish could not be met.

    `plans` are those of the cluster, newest first; `clusters` is empty unless there is more than one to choose.
    `accounted` are the budget years whose accounts were rendered.
    """

    cluster: Cluster | None
    plan: ActionPlan | None
    plans: tuple[ActionPlan, ...] = ()
    clusters: tuple[Cluster, ...] = ()
    notice: str = ""
    accounted: tuple[Accounted, ...] = ()

    def accounted_by(self, day: date) -> frozenset[int]:
        """The budget years whose accounts had been rendered on `day`."""
        return frozenset(each.year for each in self.accounted if each.by(day))

    def quick(self, today: date) -> tuple[date, ...]:
        """Days worth going to at once: the last one on which a year was accounted."""
        return tuple(sorted(each.on for each in self.accounted if each.by(today))[-1:])


@dataclass(frozen=True)
class VisiblePlans:
    """The plans of all the user's clusters, newest first, and the accounted years of each cluster."""

    plans: tuple[ActionPlan, ...]
    accounted: Mapping[int, tuple[Accounted, ...]]

    def choice(self, cluster: Cluster | None, plan: ActionPlan | None, notice: str = "") -> PlanChoice:
        """`plan` of `cluster`, beside what else there is."""
        clusters = {each.cluster for each in self.plans} | ({cluster} if cluster else set())
        return PlanChoice(
            cluster=cluster,
            plan=plan,
            plans=tuple(each for each in self.plans if each.cluster == cluster),
            clusters=tuple(sorted(clusters, key=_by_name)) if len(clusters) > 1 else (),
            notice=notice,
            accounted=self.accounted.get(cluster.pk, ()) if cluster else (),
        )


def choose(request: HttpRequest, day: date) -> PlanChoice:
    """The plan named by `?plan=`, or the newest begun by `day` of `?klynge=`, of the home or of the first cluster.

    Before a cluster's first plan that one is shown.

    One query where there is a plan. Raises Http404 for a cluster that the user may not see.
    """
    return choose_among(visible_plans(request), request, request.GET, day)


def choose_among(visible: VisiblePlans, request: HttpRequest, data: QueryDict, day: date) -> PlanChoice:
    """As `choose`, with the values of `data` instead of the address's."""
    number, slug = data.get("plan", ""), data.get("klynge", "")
    named = next((plan for plan in visible.plans if str(plan.pk) == number), None)
    if named and slug in {"", named.cluster.slug}:
        return visible.choice(named.cluster, named)
    cluster = _cluster(request, visible.plans, slug)
    plans = [plan for plan in visible.plans if plan.cluster == cluster]
    begun = [plan for plan in plans if plan.starts <= day]
    notice = _("There is no such action plan here, so the newest is shown.") if number else ""
    return visible.choice(cluster, next(iter(begun or reversed(plans)), None), notice)


def visible_plans(request: HttpRequest, **more: Subquery) -> VisiblePlans:
    """By one query: a list page has few to spend, and both plans and years are few. `more` annotates each plan."""
    years = "cluster__accounted_years__"
    rows = ActionPlan.objects.visible_to(request.user).current_first().select_related("cluster")
    # The long texts belong to the report, not here.
    rows = rows.defer("foreword", "introduction", "governance").annotate(
        year=F(f"{years}budget_year"),
        accounted_on=F(f"{years}accounted_on"),
        reopened_on=F(f"{years}reopening__reopened_on"),
        **more,
    )
    plans: dict[int, ActionPlan] = {}
    # Each year comes once for each plan.
    accounted: dict[int, dict[Accounted, None]] = {}
    for row in rows:
        plans.setdefault(row.pk, row)
        if row.year is not None:
            accounted.setdefault(row.cluster_id, {})[Accounted(row.year, row.accounted_on, row.reopened_on)] = None
    return VisiblePlans(tuple(plans.values()), {cluster: tuple(years) for cluster, years in accounted.items()})


def _cluster(request: HttpRequest, plans: tuple[ActionPlan, ...], slug: str) -> Cluster | None:
    """As `home_cluster`, without a query of its own where the plans already tell."""
    clusters = {plan.cluster.slug: plan.cluster for plan in plans}
    if slug:
        return clusters.get(slug) or home_cluster(request)
    user = cast("User", request.user)
    if user.home_cluster_id in user.rights.clusters:
        home = (cluster for cluster in clusters.values() if cluster.pk == user.home_cluster_id)
        return next(home, None) or home_cluster(request)
    return min(clusters.values(), key=_by_name, default=None) or home_cluster(request)


def _by_name(cluster: Cluster) -> tuple[str, int]:
    return cluster.name, cluster.pk
