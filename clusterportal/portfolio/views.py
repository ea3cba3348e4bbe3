"""The status overview and the page of one initiative."""

from datetime import date
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django_htmx.http import push_url, replace_url
from django_htmx.middleware import HtmxDetails

from finance.models import AccountedYear
from initiatives import asof
from initiatives.access import Act
from initiatives.danish import today
from initiatives.home import page_is_about
from initiatives.listing import EXPORTS
from initiatives.models import Cluster, Initiative, User
from initiatives.models.status import ENDED_PHASES

from . import sentences, sheet
from .choice import choose
from .links import trail
from .overview import overview
from .page import initiative_page
from .selection import Selection, select
from .tabs import tabs


class HtmxRequest(HttpRequest):
    """A request as HtmxMiddleware leaves it."""

    htmx: HtmxDetails


def overview_page(request: HtmxRequest) -> HttpResponse:
    """The initiatives of a plan under their themes, narrowed as asked, with money and status as of a day."""
    now = today()
    choice = choose(request, now)
    if choice.notice:
        messages.info(request, choice.notice)
    page_is_about(request, choice.cluster)
    if choice.plan is None:
        return render(request, "portfolio/overview_empty.html", {"choice": choice})
    as_of = asof.read(request, choice.quick(now))
    everything = overview(choice.plan, as_of.day, choice.accounted_by(as_of.day))
    selection = select(everything, request.GET)
    if export := EXPORTS.get(request.GET.get("eksport", "")):
        return export(sheet.rows(selection.shown), sheet.name(selection.shown))
    context = {"choice": choice, "asof": as_of, "selection": selection, "overview": selection.shown}
    context |= {"lead": sentences.lead(everything), "demonstration": everything.demonstration, **_ageing()}
    response = render(request, "portfolio/overview.html", context)
    return _with_address(request, response, selection) if request.htmx else response


def _with_address(request: HtmxRequest, response: HttpResponse, selection: Selection) -> HttpResponse:
    """With the address of a swapped list; typing on replaces it, so that Back does not take away letters."""
    typing = request.GET.get("q") and "q=" in (request.htmx.current_url or "")
    keep = replace_url if typing else push_url
    return keep(response, request.path + selection.address)


def _ageing() -> dict[str, object]:
    """When a report is old, and which never are."""
    return {"stale_days": settings.STATUS_STALE_DAYS, "ended_phases": ENDED_PHASES}


def initiative(request: HttpRequest, cluster: str, number: str) -> HttpResponse:
    """One initiative in tabs; all of them are in the page, whichever is open."""
    found = _visible_or_404(request, cluster, number)
    page_is_about(request, found.cluster)
    user = cast("User", request.user)
    as_of = asof.read(request, _accounted(found.cluster, today()))
    page = initiative_page(found, user, as_of.day)
    context = {
        "page": page,
        "state": sentences.state(page.status) if page.status else "",
        "asof": as_of,
        "trail": trail(as_of, found),
        "tabs": tabs(request, as_of),
        "demonstration": page.demonstration,
        "may_report": user.rights.may(Act.REPORT_STATUS, found.cluster_id),
        **_ageing(),
    }
    return render(request, "portfolio/initiative.html", context)


def _visible_or_404(request: HttpRequest, cluster: str, number: str) -> Initiative:
    if not number.isprintable():  # PostgreSQL refuses a NUL where SQLite finds nothing
        raise Http404
    visible = Initiative.objects.visible_to(request.user).select_related("cluster", "theme")
    return cast("Initiative", get_object_or_404(visible, cluster__slug=cluster, number=number))


def _accounted(cluster: Cluster, day: date) -> tuple[date, ...]:
    """The last day on which the cluster accounted for a year, if any."""
    years = AccountedYear.objects.known_on(day).filter(cluster=cluster)
    return tuple(years.order_by("-accounted_on").values_list("accounted_on", flat=True)[:1])
