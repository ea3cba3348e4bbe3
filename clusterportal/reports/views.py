"""The list of reports, the form that orders one, its progress and the finished file."""

from collections.abc import Iterator
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import reswap, retarget
from django_htmx.middleware import HtmxDetails

from initiatives.access import Act
from initiatives.danish import today
from initiatives.listing import read_paging
from initiatives.models import Attachment, User

from .forms import ReportForm, plans_of
from .models import Kind, Report
from .ordering import cancel as withdraw
from .ordering import order, retry
from .progress import Progress
from .rights import clusters_for, may_make, require

ACTIONS = {
    Kind.EVALUATION: gettext_lazy("Make evaluation"),
    Kind.OVERVIEW: gettext_lazy("Make status overview"),
    Kind.ECONOMY: gettext_lazy("Make economy annex"),
    Kind.INITIATIVE: gettext_lazy("Make status of one initiative"),
}
LEADS = {
    Kind.EVALUATION: gettext_lazy(
        "The portal sets the status overview, a chapter for each initiative and the economy annex as one PDF."
    ),
    Kind.OVERVIEW: gettext_lazy("The table of all initiatives with actors, cluster funds and status, as a PDF."),
    Kind.ECONOMY: gettext_lazy("What was spent of what was allocated, and what later years hold, as a PDF."),
    Kind.INITIATIVE: gettext_lazy("The chapter of one initiative as the evaluation prints it, as a PDF."),
}


class PortalRequest(HttpRequest):
    """A request as the middleware leaves it: somebody is logged in, htmx is recognised."""

    user: User
    htmx: HtmxDetails


@never_cache
@require_safe
def report_list(request: PortalRequest) -> HttpResponse:
    """Every report of the user's clusters, newest first. A poll gets the rows alone."""
    paginator = Paginator(Report.objects.visible_to(request.user).newest_first(), 25)
    paging = read_paging(request.GET, paginator.count)
    paginator.per_page = paging.per_page
    page, now = paginator.page(paging.page), timezone.now()
    rows = [Progress(found, now, may_make(request.user, found.kind, found.cluster_id)) for found in page]
    context = {
        "page": page,
        "rows": rows,
        "under_way": any(row.under_way for row in rows),
        "may_order": request.user.rights.may_somewhere(Act.MAKE_REPORT),
        "may_edit": request.user.rights.may_somewhere(Act.EDIT_TEXTS),
        "has_clusters": bool(request.user.rights.clusters),
        "several_clusters": len(request.user.rights.clusters) > 1,
    }
    if request.htmx:
        return render(request, "reports/_rows.html", context)
    for notice in paging.notices:
        messages.info(request, notice)
    return render(request, "reports/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def order_report(request: PortalRequest, kind: Kind) -> HttpResponse:
    """Choose what and as of when; POST orders the report and goes to its page. `klynge` stands for its newest plan."""
    if kind == Kind.EVALUATION and not request.user.rights.may_somewhere(Act.MAKE_REPORT):
        request.user.rights.require(Act.MAKE_REPORT, None)
    posted = request.method == "POST"
    given = _with_plan(request.POST if posted else request.GET, request.user, kind)
    form = ReportForm(given if posted else None, kind=kind, user=request.user, today=today(), initial=given)
    if posted and form.is_valid():
        made, is_new = order(form.subject, request.user, today())
        if not is_new:
            messages.info(request, _already_there(made))
        return redirect("reports:report", made.pk)
    trail = [(_("Reports"), reverse("reports:list")), (ACTIONS[kind], "")]
    context = {"form": form, "trail": trail, "heading": ACTIONS[kind], "lead": LEADS[kind]}
    return render(request, "reports/order.html", context)


def _with_plan(given: QueryDict, user: User, kind: Kind) -> dict[str, str]:
    """What was typed or stood in a link, with the newest plan of the cluster that a page without a plan is about."""
    values = {name: str(given[name]) for name in given}
    if "klynge" in values and "plan" not in values:
        own = plans_of(clusters_for(user, kind)).filter(cluster__slug=values["klynge"].replace("\0", "")).first()
        values["plan"] = str(own.pk) if own else ""
    return values


def _already_there(made: Report) -> str:
    if made.result:
        return _("Nothing has changed since this report was made, so it is the one you get.")
    return _("This report is already being made, so you get the same one.")


@never_cache
@require_safe
def report(request: PortalRequest, pk: int) -> HttpResponse:
    """How far a report is. A poll names the step it shows: it gets the page number, or 204, while that is the step."""
    progress = _progress(request, pk)
    if not request.htmx:
        trail = [(_("Reports"), reverse("reports:list")), (progress.title, "")]
        return render(request, "reports/report.html", {"progress": progress, "trail": trail})
    if request.GET.get("vist") != progress.step:
        return render(request, "reports/_progress.html", {"progress": progress, "polled": True})
    if not progress.page_words:
        return HttpResponse(status=204)
    return retarget(reswap(render(request, "reports/_pages.html", {"progress": progress}), "outerHTML"), "#pages")


def try_again(request: PortalRequest, pk: int) -> HttpResponse:
    """Order a report again that failed or was cancelled. Which addresses exist is not told to strangers, so the
    method is looked at last."""
    found = _to_change(request, pk)
    if found is None:
        return HttpResponseNotAllowed(["POST"])
    again = retry(found, request.user, timezone.now(), today())
    if again is None:
        messages.info(request, _("The report has not failed, so there is nothing to try again."))
    elif again.pk != found.pk:
        messages.info(request, _already_there(again))
    return redirect("reports:report", again.pk if again else pk)


def cancel(request: PortalRequest, pk: int) -> HttpResponse:
    """Withdraw a report that is under way."""
    found = _to_change(request, pk)
    if found is None:
        return HttpResponseNotAllowed(["POST"])
    if not withdraw(found, timezone.now()):
        messages.info(request, _("The report is no longer being made, so there is nothing to cancel."))
    return redirect("reports:report", pk)


def _to_change(request: PortalRequest, pk: int) -> Report | None:
    """The report that a POST may change; None for another method."""
    found = _visible_or_404(request, pk)
    if request.method != "POST":
        return None
    require(request.user, found.kind, found.cluster_id)
    return found


@never_cache
@require_safe
def download(request: PortalRequest, pk: int) -> StreamingHttpResponse:
    """The finished file; 404 before there is one."""
    found = _visible_or_404(request, pk)
    if found.result is None:
        raise Http404
    response = StreamingHttpResponse(_chunks(found.result), content_type=found.result.media_type)
    response["Content-Disposition"] = content_disposition_header(True, found.result.name)
    response["Content-Length"] = str(found.result.size)
    return response


def _chunks(attachment: Attachment) -> Iterator[bytes]:
    """Opens the file when the first byte is asked for: a HEAD request, or a reader that has left, opens nothing."""
    with attachment.file.open("rb") as opened:
        yield from opened.chunks()


def _visible_or_404(request: PortalRequest, pk: int) -> Report:
    return cast("Report", get_object_or_404(Report.objects.visible_to(request.user).newest_first(), pk=pk))


def _progress(request: PortalRequest, pk: int) -> Progress:
    found = _visible_or_404(request, pk)
    return Progress(found, timezone.now(), may_make(request.user, found.kind, found.cluster_id))
