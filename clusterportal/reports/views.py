"""The list of reports, the form that orders one, its progress and the finished file."""

from collections.abc import Iterator
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.middleware import HtmxDetails

from initiatives.access import Act
from initiatives.danish import today
from initiatives.listing import read_paging
from initiatives.models import Attachment, User

from . import jobs
from .forms import EvaluationForm
from .models import Report
from .progress import Progress


class PortalRequest(HttpRequest):
    """A request as the middleware leaves it: somebody is logged in, htmx is recognised."""

    user: User
    htmx: HtmxDetails


@require_safe
def report_list(request: PortalRequest) -> HttpResponse:
    """Every report of the user's clusters, newest first."""
    paginator = Paginator(Report.objects.visible_to(request.user).newest_first(), 25)
    paging = read_paging(request.GET, paginator.count)
    for notice in paging.notices:
        messages.info(request, notice)
    paginator.per_page = paging.per_page
    page, now = paginator.page(paging.page), timezone.now()
    may_order = request.user.rights.may_somewhere(Act.MAKE_REPORT)
    context = {
        "page": page,
        "rows": [Progress(found, now, may_order) for found in page],
        "may_order": may_order,
        "several_clusters": len(request.user.rights.clusters) > 1,
    }
    return render(request, "reports/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def order_evaluation(request: PortalRequest) -> HttpResponse:
    """Choose plan and day; POST orders the report and goes to its page."""
    if not request.user.rights.may_somewhere(Act.MAKE_REPORT):
        request.user.rights.require(Act.MAKE_REPORT, None)
    form = EvaluationForm(request.POST or None, user=request.user, today=today())
    if request.method == "POST" and form.is_valid():
        report = jobs.order(form.cleaned_data["plan"], form.cleaned_data["as_of"], request.user)
        return redirect("reports:report", report.pk)
    trail = [(_("Reports"), reverse("reports:list")), (_("Make evaluation"), "")]
    return render(request, "reports/evaluation_form.html", {"form": form, "trail": trail})


@never_cache
@require_safe
def report(request: PortalRequest, pk: int) -> HttpResponse:
    """How far a report is. A poll names the step it shows: 204 while that is still the step."""
    progress = _progress(request, pk)
    if not request.htmx:
        trail = [(_("Reports"), reverse("reports:list")), (progress.title, "")]
        return render(request, "reports/report.html", {"progress": progress, "trail": trail})
    if request.GET.get("vist") == progress.step:
        return HttpResponse(status=204)
    return render(request, "reports/_progress.html", {"progress": progress})


def try_again(request: PortalRequest, pk: int) -> HttpResponse:
    """Order a report again that failed or whose job died. Which addresses exist is not told to strangers, so the
    method is looked at last."""
    found = _visible_or_404(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    request.user.rights.require(Act.MAKE_REPORT, found.cluster_id)
    if not jobs.retry(found, request.user):
        messages.info(request, _("The report has not failed, so there is nothing to try again."))
    return redirect("reports:report", pk)


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
    return Progress(found, timezone.now(), request.user.rights.may(Act.MAKE_REPORT, found.cluster_id))
