"""The dashboard, and the figures of its charts as files."""

from typing import cast
from urllib.parse import urlencode

from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from clusterportal.plans.first_use import first_steps
from clusterportal.portfolio.choice import PlanChoice, choose
from initiatives import asof
from initiatives.asof import AsOf
from initiatives.danish import today
from initiatives.home import page_is_about
from initiatives.models import User
from initiatives.plots import POLICY, as_file

from .figures import dashboard, developed, facts
from .plots import plots


@require_safe
@csp_update(POLICY)
def index(request: HttpRequest) -> HttpResponse:
    """The plan of the reader's cluster in one look, on the day in the address."""
    now = today()
    choice, user = choose(request, asof.read(request).day), cast("User", request.user)
    if choice.notice:
        messages.info(request, choice.notice)
    if choice.cluster is None:
        return render(request, "dashboard/no_cluster.html")
    page_is_about(request, choice.cluster)
    as_of = asof.read(request, choice.quick(now))
    context: dict[str, object] = {"choice": choice, "cluster": choice.cluster, "query": query(request, choice, as_of)}
    of = facts(choice.plan, as_of.day, choice.accounted_by(as_of.day)) if choice.plan else None
    if of is None or not of.standings:
        context["start"] = first_steps(choice.cluster, choice.plan, user)
        return render(request, "dashboard/start.html", context)
    shown = dashboard(of, user, as_of.is_today)
    context |= {"shown": shown, "plots": plots(shown.development, of.plan.title, as_of.day), "asof": as_of}
    return render(request, "dashboard/index.html", {**context, "demonstration": shown.demonstration})


@require_safe
def data(request: HttpRequest, name: str) -> HttpResponse:
    """The figures of one chart as CSV, for the same plan and day as on the page."""
    day = asof.read(request).day
    choice = choose(request, day)
    if choice.plan is None:
        raise Http404
    of = facts(choice.plan, day, choice.accounted_by(day))
    return as_file(plots(developed(of), choice.plan.title, day), name)


def query(request: HttpRequest, choice: PlanChoice, as_of: AsOf) -> str:
    """What a link adds to stay at the cluster, the plan and the day of the page; empty where that is the usual."""
    kept = []
    if choice.cluster and "klynge" in request.GET:
        kept.append(("klynge", choice.cluster.slug))
    if choice.plan and "plan" in request.GET:
        kept.append(("plan", str(choice.plan.pk)))
    if not as_of.is_today:
        kept.append(("pr", as_of.day.isoformat()))
    return f"?{urlencode(kept)}" if kept else ""
