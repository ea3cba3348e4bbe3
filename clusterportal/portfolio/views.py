"""The status overview and the page of one initiative."""

from datetime import date
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django_htmx.http import push_url, replace_url
from django_htmx.middleware import HtmxDetails

from clusterportal.plans.first_use import first_steps
from finance.models import AccountedYear
from finance.spending import may_register_spend
from initiatives import asof
from initiatives.access import Act
from initiatives.arrange.parts import editable_by
from initiatives.danish import today
from initiatives.discussion import discussion
from initiatives.forms import FileForm
from initiatives.home import page_is_about
from initiatives.listing import EXPORTS, PER_PAGE
from initiatives.models import Cluster, Initiative, User
from initiatives.models.status import ENDED_PHASES
from initiatives.trail import Trail
from initiatives.trail import trail as history_of

from . import sentences, sheet
from .following import with_followed
from .forms import SaveViewForm
from .links import trail
from .opening import Opening, open_overview
from .page import initiative_page
from .scope import Scope
from .selection import Selection, select
from .tabs import opened, tabs


class HtmxRequest(HttpRequest):
    """A request as HtmxMiddleware leaves it."""

    htmx: HtmxDetails


def overview_page(request: HtmxRequest) -> HttpResponse:
    """The initiatives of a plan under their themes, narrowed as asked, with money and status as of a day."""
    now = today()
    opening = open_overview(request, asof.read(request).day)
    if opening.go_to:
        return redirect(opening.go_to)
    choice = opening.choice
    if choice.notice:
        messages.info(request, choice.notice)
    page_is_about(request, choice.cluster)
    if choice.plan is None:
        start = first_steps(choice.cluster, None, cast("User", request.user)) if choice.cluster else None
        return render(request, "portfolio/overview_empty.html", {"choice": choice, "start": start})
    as_of = asof.read(request, choice.quick(now))
    reader = cast("User", request.user)
    scope = Scope(choice.plan, as_of.day, choice.accounted_by(as_of.day), reader)
    export = EXPORTS.get(request.GET.get("eksport", ""))
    selection = select(scope, opening.data, paged=export is None)
    if export:
        return export(sheet.rows(selection.shown, selection.columns), sheet.name(selection.shown))
    everything = selection.everything
    context = {"choice": choice, "asof": as_of, "selection": selection, "overview": selection.shown}
    context |= {"lead": sentences.lead(everything), "demonstration": everything.demonstration, **_ageing()}
    context |= {"opening": opening, "view_form": _view_form(opening, selection), "per_page_choices": PER_PAGE}
    context["may_arrange"] = reader.rights.may(Act.ARRANGE, choice.plan.cluster_id)
    response = render(request, "portfolio/overview.html", context)
    return _with_address(request, response, selection) if request.htmx else response


def _view_form(opening: Opening, selection: Selection) -> SaveViewForm:
    """Ready to save what is shown; an own view that is open keeps its name."""
    own = opening.view if opening.view and opening.view.is_own else None
    named = {"name": own.name, "shared_with": own.shared_with, "replace": True} if own else {}
    return SaveViewForm(initial={"query": selection.address.removeprefix("?"), **named}, auto_id="view_%s")


def _with_address(request: HtmxRequest, response: HttpResponse, selection: Selection) -> HttpResponse:
    """With the address of a swapped list; typing on replaces it, so that Back does not take away letters."""
    typing = request.GET.get("q") and "q=" in (request.htmx.current_url or "")
    keep = replace_url if typing else push_url
    return keep(response, request.path + selection.address)


def _ageing() -> dict[str, object]:
    """When a report is old, and which never are."""
    return {"stale_days": settings.STATUS_STALE_DAYS, "ended_phases": ENDED_PHASES}


def initiative(request: HttpRequest, cluster: str, address: str) -> HttpResponse:
    """One initiative in tabs; all of them are in the page, whichever is open."""
    found = visible_initiative(request, cluster, address)
    page_is_about(request, found.cluster)
    user = cast("User", request.user)
    as_of = asof.read(request, _accounted(found.cluster, today()))
    if found.merged_into and found.withdrawn_by(as_of.day) and "egen" not in request.GET:
        messages.info(request, _("%(merged)s has been merged into this initiative.") % {"merged": found})
        return redirect(f"{found.merged_into.get_absolute_url()}{as_of.suffix}")  # type: ignore[attr-defined]
    page = initiative_page(found, user, as_of.day, as_of.today)
    talk, files = discussion(found, user), list(found.files.listed())
    counts = {"filer": sum(file.removed_at is None for file in files), "kommentarer": talk.count if talk else 0}
    shown = tabs(request, as_of, counts, frozenset() if talk else frozenset({"kommentarer"}))
    context = {
        "page": page,
        "followed": vars(found)["followed"],
        "state": sentences.state(page.status) if page.status else "",
        "asof": as_of,
        "trail": trail(as_of, found),
        "tabs": shown,
        "changes": _changes(request, found, as_of.day) if opened(shown) == "historik" else None,
        "talk": talk,
        "files": files,
        "file_form": FileForm(),
        "may_keep_files": user.rights.may(Act.KEEP_FILES, found.cluster_id),
        "demonstration": page.demonstration,
        "may_report": user.rights.may(Act.REPORT_STATUS, found.cluster_id) and not found.retired_on,
        "may_arrange": user.rights.may(Act.ARRANGE, found.cluster_id),
        "may_register_spend": may_register_spend(user, found) and not found.retired_on,
        "parts": editable_by(user, found),
        "merged": [other for other in found.merged_from.all() if other.withdrawn_by(as_of.day)],
        **_ageing(),
    }
    return render(request, "portfolio/initiative.html", context)


def visible_initiative(request: HttpRequest, cluster: str, address: str) -> Initiative:
    """With `followed`. Raises Http404 for one that is not there or that the user may not see."""
    if not address.isprintable():  # PostgreSQL refuses a NUL where SQLite finds nothing
        raise Http404
    user = cast("User", request.user)
    visible = with_followed(Initiative.objects.visible_to(user), user).prefetch_related("merged_from__cluster")
    visible = visible.select_related("cluster", "plan", "theme", "merged_into__cluster", "responsible")
    return get_object_or_404(visible, cluster__slug=cluster, address=address)


def _changes(request: HttpRequest, initiative: Initiative, day: date) -> Trail:
    changes = history_of(initiative, day, request.GET)
    for notice in changes.paging.notices:
        messages.info(request, notice)
    return changes


def _accounted(cluster: Cluster, day: date) -> tuple[date, ...]:
    """The last day on which the cluster accounted for a year, if any."""
    years = AccountedYear.objects.known_on(day).filter(cluster=cluster)
    return tuple(years.order_by("-accounted_on").values_list("accounted_on", flat=True)[:1])
