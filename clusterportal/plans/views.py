"""The pages of action plans: list, plan, create, change, and a new plan out of an old one."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from clusterportal.editing import answer
from initiatives import asof
from initiatives.access import Act
from initiatives.danish import listed, today
from initiatives.home import home_cluster
from initiatives.models import ActionPlan, Cluster, User
from initiatives.planning import change_plan, create_plan
from initiatives.succession import candidates, continue_plan, proposed_values
from initiatives.tracing import latest_change

from .first_use import first_steps
from .forms import PlanForm, SuccessionForm
from .shown import plan_rows, plan_to_edit, theme_blocks, trail, visible_plan

FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    """The action plans of the reader's cluster."""
    cluster, user = home_cluster(request), cast("User", request.user)
    if cluster is None:
        return render(request, "plans/no_cluster.html")
    rows = plan_rows(cluster, today())
    context = {
        "cluster": cluster,
        "clusters": Cluster.objects.visible_to(user) if len(user.rights.clusters) > 1 else (),
        "rows": rows,
        "may_edit": user.rights.may(Act.EDIT_PORTFOLIO, cluster.pk),
        "start": None if rows else first_steps(cluster, None, user),
        "trail": trail(),
    }
    return render(request, "plans/list.html", context)


@require_safe
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan with its themes and their initiatives in order, as of a day."""
    found, user = visible_plan(request, pk), cast("User", request.user)
    as_of = asof.read(request)
    blocks = theme_blocks(found, as_of.day)
    rows = [row for block in blocks for row in block.rows]
    context = {
        "plan": found,
        "state": found.state_on(as_of.day),
        "asof": as_of,
        "blocks": blocks,
        "count": len(rows),
        "themes": sum(block.theme is not None for block in blocks),
        "may_edit": user.rights.may(Act.EDIT_PORTFOLIO, found.cluster_id),
        "start": None if rows else first_steps(found.cluster, found, user),
        "change": latest_change(found),
        "demonstration": any(row.status and row.status.demonstration for row in rows),
        "trail": trail(found),
    }
    return render(request, "plans/plan.html", context)


@FORM
def create(request: HttpRequest) -> HttpResponse:
    """A new plan of the reader's cluster."""
    cluster, user = home_cluster(request), cast("User", request.user)
    if cluster is None:
        raise PermissionDenied(_("You do not belong to a cluster yet."))
    user.rights.require(Act.EDIT_PORTFOLIO, cluster.pk)
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_plan(user, cluster, form.values)
        except ValidationError as wrong:
            form.add_problems(wrong)
        else:
            messages.success(request, _("%(plan)s is created. Now create its themes.") % {"plan": made.title})
            _tell_overlap(request, made)
            return redirect("plans:plan", made.pk)
    context = {"form": form, "old": cluster.plans.current_first().first(), "trail": trail(None, _("New action plan"))}
    return render(request, "plans/create.html", context)


@FORM
@never_cache
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Title and period of a plan."""
    found, user = plan_to_edit(request, pk), cast("User", request.user)
    result = answer(
        request, found,
        lambda data, compare: PlanForm(data, found, compare),
        lambda form: change_plan(user, found, form.version, form.values, form.why),
    )  # fmt: skip
    if result.changed is not None:
        _tell_overlap(request, plan_to_edit(request, pk))
        return redirect("plans:plan", pk)
    context = {"answer": result, "plan": found, "trail": trail(found, _("Change action plan"))}
    return render(request, "plans/edit.html", context, status=result.status)


@FORM
def succeed(request: HttpRequest, pk: int) -> HttpResponse:
    """A new plan out of this one."""
    old = plan_to_edit(request, pk)
    form = SuccessionForm(request.POST or None, old, proposed_values(old), old.themes.all(), candidates(old, today()))
    if request.method == "POST" and form.is_valid():
        try:
            made, new = continue_plan(cast("User", request.user), old, form.values, form.chosen)
        except ValidationError as wrong:
            form.add_problems(wrong)
        else:
            messages.success(request, _succeeded(made, new))
            _tell_overlap(request, made)
            return redirect("plans:plan", made.pk)
    context = {"form": form, "old": old, "trail": trail(old, _("New action plan from this one"))}
    return render(request, "plans/succeed.html", context)


def _succeeded(made: ActionPlan, new: bool) -> str:
    words = {"plan": made.title, "count": made.initiatives.count()}
    if new:
        return _("%(plan)s is created with %(count)s initiatives. The old plan is as it was.") % words
    return _("%(plan)s was created when you pressed the first time. Nothing was created twice.") % words


def _tell_overlap(request: HttpRequest, plan: ActionPlan) -> None:
    """Which other plans of the cluster hold in some of the same time; no fault, but seldom meant."""
    others = ActionPlan.objects.filter(cluster=plan.cluster, starts__lt=plan.ends, ends__gt=plan.starts)
    if titles := [other.title for other in others.exclude(pk=plan.pk)]:
        words = {"plans": listed(titles)}
        messages.warning(request, _("Its period overlaps %(plans)s. The newest begun plan is shown first.") % words)
