"""What the pages of plans show, as data."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.access import Act
from initiatives.home import page_is_about
from initiatives.models import ActionPlan, Cluster, Initiative, PlanState, StatusReport, Theme, User

# What base.html shows above the title: label and address, the last one being the page itself.
Trail = list[tuple[str, str]]


@dataclass(frozen=True)
class PlanRow:
    """One line of the list of plans."""

    plan: ActionPlan
    state: PlanState
    count: int


@dataclass(frozen=True)
class Listed:
    """An initiative under its theme, with the status that held on the day, if any."""

    initiative: Initiative
    status: StatusReport | None


@dataclass(frozen=True)
class ThemeBlock:
    """A theme of the plan, or None for the initiatives without one, with what stands under it."""

    theme: Theme | None
    rows: tuple[Listed, ...]
    first: bool = False
    last: bool = False


def plan_rows(cluster: Cluster, day: date) -> list[PlanRow]:
    """The plans of a cluster, newest first, with where each of them is on `day`; two queries."""
    # The long texts belong to the report, not here.
    plans = ActionPlan.objects.filter(cluster=cluster).current_first().with_counts()
    listed = plans.defer("foreword", "introduction", "governance")
    return [PlanRow(plan, plan.state_on(day), plan.initiative_count) for plan in listed]


def theme_blocks(plan: ActionPlan, day: date) -> list[ThemeBlock]:
    """Every theme in order, empty ones too, then the initiatives without a theme; three queries."""
    themes = list(plan.themes.all())
    rows: dict[int | None, list[Listed]] = {theme.pk: [] for theme in themes}
    for initiative in Initiative.objects.filter(plan=plan).listed_on(day).as_listed().with_status_on(day):
        status = next(iter(vars(initiative)["current_status"]), None)
        rows.setdefault(initiative.theme_id, []).append(Listed(initiative, status))
    last = len(themes) - 1
    blocks = [
        ThemeBlock(theme, tuple(rows[theme.pk]), first=place == 0, last=place == last)
        for place, theme in enumerate(themes)
    ]
    return blocks + ([ThemeBlock(None, tuple(rows[None]))] if rows.get(None) else [])


def visible_plan(request: HttpRequest, pk: int) -> ActionPlan:
    """404 for a plan that the user may not see; the frame around the page is its cluster's."""
    plan: ActionPlan | None = (
        ActionPlan.objects.visible_to(request.user).select_related("cluster__region").filter(pk=pk).first()
    )
    if plan is None:
        raise Http404
    page_is_about(request, plan.cluster)
    return plan


def plan_to_edit(request: HttpRequest, pk: int) -> ActionPlan:
    """As `visible_plan`, and 403 for somebody who may only read it."""
    plan = visible_plan(request, pk)
    cast("User", request.user).rights.require(Act.EDIT_PORTFOLIO, plan.cluster_id)
    return plan


def trail(plan: ActionPlan | None = None, last: str = "") -> Trail:
    """Initiatives, action plans, the plan, the page `last`; each but initiatives may be the page itself."""
    steps = [
        (_("Initiatives"), reverse("portfolio:overview")),
        (_("Action plans"), reverse("plans:list") + (f"?klynge={plan.cluster.slug}" if plan else "")),
    ]
    if plan:
        steps.append((plan.title, reverse("plans:plan", args=[plan.pk])))
    if last:
        return [*steps, (last, "")]
    return [*steps[:-1], (steps[-1][0], "")]
