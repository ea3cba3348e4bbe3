"""The page where a coordinator reports a status: form, preview, and the choice when two report at once."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from .access import Act
from .danish import count_word, possessive, short_date, today
from .diff import compare
from .forms import StatusForm, reported_as
from .models import Initiative, StatusReport, User
from .reporting import StatusConflict, StatusValues, latest_report
from .reporting import report_status as record


class PortalRequest(HttpRequest):
    """A request as the middleware leaves it: somebody is logged in, htmx is recognised."""

    user: User
    htmx: HtmxDetails


@require_http_methods(["GET", "HEAD", "POST"])
def report_status(request: PortalRequest, cluster: str, number: str) -> HttpResponse:
    """Report a status. POST saves; with `preview` it only shows the row, with `resolve` it saves what was chosen."""
    initiative = _initiative_to_report(request.user, cluster, number)
    day = today()
    if request.method != "POST":
        return _form_page(request, StatusForm(initiative=initiative, shown=latest_report(initiative, day), today=day))
    base = reported_as(initiative, request.POST.get("based_on", ""))
    if "preview" in request.POST:
        # What was typed becomes the start of a fresh form: kept as it is, and not yet judged.
        form = StatusForm(initiative=initiative, shown=base, today=day, initial=request.POST.dict())
        return _preview(request, form) if request.htmx else _form_page(request, form)
    data = _chosen(request.POST, base) if "resolve" in request.POST else request.POST
    form = StatusForm(data, initiative=initiative, shown=base, today=day)
    return _save(request, form) if form.is_valid() else _form_page(request, form)


def _initiative_to_report(user: User, cluster: str, number: str) -> Initiative:
    """404 for an initiative that the user may not see, 403 for one that the user may only read."""
    visible = Initiative.objects.visible_to(user).select_related("cluster", "plan", "theme").with_actor_lines()
    initiative: Initiative = get_object_or_404(visible, cluster__slug=cluster, number=number)
    user.rights.require(Act.REPORT_STATUS, initiative.cluster_id)
    return initiative


def _form_page(request: HttpRequest, form: StatusForm) -> HttpResponse:
    return render(request, "initiatives/status_form.html", _context(form))


def _preview(request: HttpRequest, form: StatusForm) -> HttpResponse:
    return render(request, "initiatives/_preview.html", _context(form))


def _context(form: StatusForm) -> dict[str, object]:
    """What all pages of a report need: the form, its initiative, and the way down to here."""
    number, own_page = form.initiative.number, resolve_url(form.initiative)
    return {
        "form": form,
        "initiative": form.initiative,
        "shown": form.shown,
        "demonstration": form.shown is not None and form.shown.demonstration,
        # The overview stands three steps above this address; which app owns it is not known here.
        "trail": [
            (_("Initiatives"), "../../../"),
            (_("Initiative %(number)s") % {"number": number}, own_page),
            (_("Update status"), ""),
        ],
    }


def _chosen(typed: QueryDict, saved: StatusReport | None) -> QueryDict:
    """What was typed, with the saved value of every field that was not chosen as mine."""
    data = typed.copy()
    values = StatusValues.of(saved).as_dict() if saved else {}
    for name, value in values.items():
        if typed.get(f"choice-{name}") != "mine":
            data[name] = short_date(value) if name == "reported_on" else value
    return data


def _save(request: PortalRequest, form: StatusForm) -> HttpResponse:
    if form.shown and form.values == StatusValues.of(form.shown):
        messages.info(request, _("Nothing differs from the saved status, so nothing new was saved."))
        return redirect(resolve_url(form.initiative))
    try:
        report = record(form.initiative, request.user, form.shown, form.values, form.today)
    except StatusConflict as conflict:
        return _conflict(request, form, conflict.latest)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _form_page(request, form)
    messages.success(request, _saved_message(report, form))
    return redirect(resolve_url(form.initiative))


def _saved_message(report: StatusReport, form: StatusForm) -> str:
    latest = latest_report(form.initiative, form.today)
    if latest is None or latest == report:
        return _("The status is saved. It holds from %(day)s.") % {"day": short_date(report.reported_on)}
    return _("The status of %(day)s is saved in the history. The latest is still that of %(latest)s.") % {
        "day": short_date(report.reported_on),
        "latest": short_date(latest.reported_on),
    }


def _conflict(request: PortalRequest, form: StatusForm, latest: StatusReport) -> HttpResponse:
    """Both versions side by side; where they say the same there is nothing to choose."""
    comparison = compare(StatusValues.of(latest), form.values)
    if not comparison.differing:
        messages.info(request, _("Exactly the same status was saved a moment ago, so nothing new was saved."))
        return redirect(resolve_url(form.initiative))
    context = {
        **_context(form),
        "comparison": comparison,
        "latest": latest,
        "own": latest.reported_by == request.user,
        "owner": _owner(latest.reported_by, request.user),
        "differing_word": count_word(len(comparison.differing)),
        "same_word": count_word(len(comparison.same)),
        "now": timezone.localtime(),
    }
    return render(request, "initiatives/status_conflict.html", context, status=409)


def _owner(by: User | None, user: User) -> str:
    """Whose the saved status is, as `Marias`; empty where that is nobody else."""
    return "" if by is None or by == user else possessive(by.first_name or by.display_name)
