"""What a reader keeps: the pages of saved views, and following an initiative."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from initiatives.danish import today
from initiatives.models import User

from .following import follow, unfollow
from .forms import SaveViewForm, ViewForm
from .models import SavedView
from .opening import chosen_by
from .saved import ALL, PARAMETER, views_of
from .saving import change_view, choose_default, drop_default, save_view
from .scope import Scope
from .selection import select
from .views import HtmxRequest, visible_initiative

FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
def saved_views(request: HttpRequest) -> HttpResponse:
    """All views that the user may open; a POST saves the choices of an overview as a new one."""
    form = SaveViewForm(request.POST or None, auto_id="view_%s")
    if request.method == "POST" and form.is_valid():
        try:
            view = _save(request, form)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
            return redirect(f"{reverse('portfolio:overview')}?{PARAMETER}={view.pk}")
    views = views_of(cast("User", request.user))
    context = {
        "form": form,
        "own": [view for view in views if view.is_own],
        "shared": [view for view in views if not view.is_own],
        "trail": _trail((_("Saved views"), "")),
    }
    return render(request, "portfolio/views.html", context)


def _save(request: HttpRequest, form: SaveViewForm) -> SavedView:
    """Only what means something in the overview is kept; raises Http404 where there is no overview."""
    choice, data = chosen_by(request, form.cleaned_data["query"], today())
    if choice.plan is None or choice.cluster is None:
        raise Http404
    query = select(Scope(choice.plan, today(), frozenset()), data).to_save
    owner = cast("User", request.user)
    return save_view(owner, choice.cluster, form.values, query, replace=form.cleaned_data["replace"])


@FORM
def saved_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Name and readers of an own view, and deleting it."""
    view = _own_view(request, pk)
    form = ViewForm.of(view, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change_view(view, form.values)
        except ValidationError as error:
            form.add_problems(error)
        else:
            messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
            return redirect("portfolio:views")
    name = SavedView.objects.values_list("name", flat=True).get(pk=view.pk)
    trail = _trail((_("Saved views"), reverse("portfolio:views")), (name, ""))
    return render(request, "portfolio/view.html", {"form": form, "view": view, "name": name, "trail": trail})


@require_POST
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Gone for everybody it was shared with, too."""
    view = _own_view(request, pk)
    view.delete()
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect("portfolio:views")


@require_POST
def default_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the overview with this view from now on (`on=1`), or no longer (`on=0`)."""
    user = cast("User", request.user)
    view = get_object_or_404(SavedView.objects.visible_to(user), pk=pk)
    if request.POST.get("on") == "1":
        choose_default(user, view)
        messages.success(request, _("The overview now opens with “%(name)s”.") % {"name": view.name})
    else:
        drop_default(user, view)
        messages.success(request, _("The overview no longer opens with “%(name)s”.") % {"name": view.name})
    return redirect("portfolio:views")


@require_POST
def following(request: HtmxRequest, cluster: str, address: str) -> HttpResponse:
    """Follow the initiative (`on=1`), or no longer (`on=0`); then back to where the button stood."""
    found, user = visible_initiative(request, cluster, address), cast("User", request.user)
    followed = request.POST.get("on") == "1"
    (follow if followed else unfollow)(user, found)
    if request.htmx:
        context = {"initiative": found, "followed": followed, "follow_url": request.get_full_path()}
        return render(request, "portfolio/_follow.html", context)
    return redirect(_back(request) or reverse("portfolio:initiative", args=[found.cluster.slug, found.address]))


def _back(request: HttpRequest) -> str:
    """The page that the button stood on, if it is one of the portal's."""
    back = request.POST.get("back", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.isprintable() else ""


def _own_view(request: HttpRequest, pk: int) -> SavedView:
    """Raises Http404 for one that the user may not see, PermissionDenied for somebody else's."""
    user = cast("User", request.user)
    view = get_object_or_404(SavedView.objects.visible_to(user).select_related("cluster"), pk=pk)
    if view.owner_id != user.pk:
        raise PermissionDenied(_("Only the one who saved the view may change it."))
    return view


def _trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Initiatives"), f"{reverse('portfolio:overview')}?{PARAMETER}={ALL}"), *last]
