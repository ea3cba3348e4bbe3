"""The pages and acts of a plan's themes."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from clusterportal.editing import answer
from initiatives.models import Theme, User
from initiatives.planning import add_theme, change_theme, move_theme, remove_theme
from initiatives.tracing import EditConflict, latest_change

from .forms import ThemeForm
from .shown import plan_to_edit, trail

FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """A new theme after the others; the page offers to go on with the next one."""
    plan = plan_to_edit(request, pk)
    form = ThemeForm(request.POST or None, plan)
    if request.method == "POST" and form.is_valid():
        try:
            theme = add_theme(cast("User", request.user), plan, form.values)
        except ValidationError as wrong:
            form.add_problems(wrong)
        else:
            messages.success(request, _("The theme “%(theme)s” is created.") % {"theme": theme.name})
            return redirect("plans:theme_create" if "another" in request.POST else "plans:plan", plan.pk)
    context = {"form": form, "plan": plan, "trail": trail(plan, _("New theme"))}
    return render(request, "plans/new_theme.html", context)


@FORM
@never_cache
def edit(request: HttpRequest, pk: int, theme: int) -> HttpResponse:
    """Name, text and colour of a theme."""
    found, user = _theme_to_edit(request, pk, theme), cast("User", request.user)
    result = answer(
        request, found,
        lambda data, compare: ThemeForm(data, found.plan, found, compare),
        lambda form: change_theme(user, found, form.version, form.values, form.why),
    )  # fmt: skip
    if result.changed is not None:
        return _back(found)
    context = {
        "answer": result,
        "theme": found,
        "change": latest_change(found),
        "count": found.initiatives.count(),
        "trail": trail(found.plan, found.name),
    }
    return render(request, "plans/theme.html", context, status=result.status)


@require_POST
def move(request: HttpRequest, pk: int, theme: int) -> HttpResponse:
    """One place up, or down with `down`."""
    found = _theme_to_edit(request, pk, theme)
    try:
        move_theme(cast("User", request.user), found, 1 if "down" in request.POST else -1)
    except EditConflict:
        messages.error(request, _("The theme was removed meanwhile."))
    else:
        messages.success(request, _("“%(theme)s” is moved.") % {"theme": found.name})
    return _back(found)


@require_POST
def remove(request: HttpRequest, pk: int, theme: int) -> HttpResponse:
    """Remove a theme without initiatives."""
    found = _theme_to_edit(request, pk, theme)
    try:
        remove_theme(cast("User", request.user), found)
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
        return redirect("plans:theme", pk, theme)
    messages.success(request, _("The theme “%(theme)s” is removed.") % {"theme": found.name})
    return redirect("plans:plan", pk)


def _theme_to_edit(request: HttpRequest, pk: int, theme: int) -> Theme:
    plan = plan_to_edit(request, pk)
    return get_object_or_404(plan.themes.select_related("plan__cluster"), pk=theme)


def _back(theme: Theme) -> HttpResponse:
    """To the plan, at the theme."""
    return redirect(f"{reverse('plans:plan', args=[theme.plan_id])}#theme-{theme.pk}")
