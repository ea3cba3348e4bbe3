"""The page where a coordinator reports a status: form, preview, and the choice when two report at once."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_htmx.middleware import HtmxDetails

from .access import Act
from .danish import count_word, possessive, short_date, today
from .diff import compare, shown
from .drafting import DraftConflict, draft_of, keep_draft, throw_away_draft
from .finding import initiative_or_404, trail_below
from .forms import StatusForm, reported_as
from .models import Initiative, StatusDraft, StatusReport, User
from .reporting import (
    INVENTED,
    WITHDRAWN,
    StatusConflict,
    StatusValues,
    earliest_day,
    latest_report,
    problems,
    unchanged,
)
from .reporting import report_status as record
from .reporting import report_unchanged as record_unchanged


class PortalRequest(HttpRequest):
    """A request as the middleware leaves it: somebody is logged in, htmx is recognised."""

    user: User
    htmx: HtmxDetails


@require_http_methods(["GET", "HEAD", "POST"])
def report_status(request: PortalRequest, cluster: str, address: str) -> HttpResponse:
    """Report a status. POST saves; with `preview` it only shows the row, with `resolve` it saves what was chosen, with
    `draft` it keeps what was typed, with `throw_away` it deletes that."""
    initiative = _initiative_to_report(request.user, cluster, address)
    day = today()
    if request.method != "POST":
        return _withdrawn(request, initiative) if initiative.retired_on else _opened(request, initiative, day)
    if "throw_away" in request.POST:
        return _throw_away(request, initiative)
    base = reported_as(initiative, request.POST.get("based_on", ""))
    if {"preview", "draft"} & request.POST.keys():
        # What was typed becomes the start of a fresh form: kept as it is, and not yet judged.
        form = StatusForm(initiative=initiative, shown=base, today=day, initial=request.POST.dict())
        if "draft" in request.POST:
            return _keep(request, form)
        return _preview(request, form) if request.htmx else _form_page(request, form)
    data = _chosen(request.POST, base) if "resolve" in request.POST else request.POST
    form = StatusForm(data, initiative=initiative, shown=base, today=day)
    return _save(request, form) if form.is_valid() else _form_page(request, form)


def _initiative_to_report(user: User, cluster: str, address: str) -> Initiative:
    """404 for an initiative that the user may not see, 403 for one that the user may only read."""
    initiative = initiative_or_404(user, cluster, address)
    user.rights.require(Act.REPORT_STATUS, initiative.cluster_id)
    return initiative


def _withdrawn(request: HttpRequest, initiative: Initiative) -> HttpResponse:
    """To the initiative's own page, which says when and why; not on to the one that it was merged into."""
    messages.warning(request, WITHDRAWN)
    return redirect(f"{resolve_url(initiative)}?egen=1")


def _opened(request: PortalRequest, initiative: Initiative, day: date) -> HttpResponse:
    """The form with the user's own draft; without one, with what the latest report says."""
    latest, draft = latest_report(initiative, day), draft_of(initiative, request.user)
    if draft is None:
        return _form_page(request, StatusForm(initiative=initiative, shown=latest, today=day))
    typed = {**draft.typed, "draft_version": str(draft.version)}
    form = StatusForm(initiative=initiative, shown=draft.based_on, today=day, initial=typed)
    return _form_page(request, form, draft, newer=latest if latest != draft.based_on else None)


def _form_page(
    request: HttpRequest, form: StatusForm, draft: StatusDraft | None = None, newer: StatusReport | None = None
) -> HttpResponse:
    """The form; `draft` is what it was opened with, `newer` the report that came after that."""
    context = {**_context(form), "funds": _funds(form), "draft": draft, "newer": newer}
    return render(request, "initiatives/status_form.html", context)


def _preview(request: HttpRequest, form: StatusForm) -> HttpResponse:
    return render(request, "initiatives/_preview.html", {**_context(form), "funds": _funds(form)})


def _funds(form: StatusForm) -> Decimal:
    """The cluster funds that the row prints; the ledger that knows them lies above this app."""
    total: Decimal = import_string(settings.INITIATIVE_FUNDS)(form.initiative, form.today)
    return total


def _keep(request: PortalRequest, form: StatusForm) -> HttpResponse:
    """Keep the draft; a script is answered in JSON, a button with the form."""
    typed, scripted = request.POST.dict(), request.headers.get("Accept") == "application/json"
    try:
        draft = keep_draft(form.initiative, request.user, form.shown, typed, form.seen_draft, timezone.now())
    except DraftConflict as conflict:
        if scripted:
            return JsonResponse({"words": _("Not saved: you have this draft open in another window.")}, status=409)
        messages.warning(request, _("Another window has changed the draft. Save once more to keep what stands here."))
        seen = {**typed, "draft_version": str(conflict.kept.version) if conflict.kept else ""}
        again = StatusForm(initiative=form.initiative, shown=form.shown, today=form.today, initial=seen)
        return _form_page(request, again)
    words = _draft_words(draft)
    if scripted:
        return JsonResponse({"version": draft.version, "words": words})
    messages.success(request, words)
    return redirect(request.path)


def _draft_words(draft: StatusDraft) -> str:
    time = timezone.localtime(draft.saved_at)
    return _("The draft was saved at %(time)s. Only you can see it.") % {"time": f"{time:%H.%M}"}


def _throw_away(request: PortalRequest, initiative: Initiative) -> HttpResponse:
    if throw_away_draft(initiative, request.user):
        messages.info(request, _("The draft is thrown away."))
    return redirect(request.path)


@require_http_methods(["GET", "HEAD", "POST"])
def report_unchanged(request: PortalRequest, cluster: str, address: str) -> HttpResponse:
    """Confirm that the latest status still holds; POST reports it again, as of today."""
    initiative, day = _initiative_to_report(request.user, cluster, address), today()
    if initiative.retired_on:
        return _withdrawn(request, initiative)
    latest = latest_report(initiative, day)
    if latest is None or latest.demonstration or latest.reported_on == day:
        messages.info(request, _nothing_to_repeat(latest))
        real = latest is not None and not latest.demonstration
        return redirect(resolve_url(initiative) if real else initiative.report_url())
    values = unchanged(latest, day)
    if wrong := problems(values, earliest_day(initiative), day):
        messages.info(request, _("The latest status cannot be repeated: %(why)s") % {"why": " ".join(wrong.values())})
        return redirect(initiative.report_url())
    if request.method != "POST":
        return _unchanged_page(request, initiative, latest, values)
    if reported_as(initiative, request.POST.get("based_on", "")) != latest:
        return _unchanged_page(request, initiative, latest, values, newer=True)
    try:
        record_unchanged(initiative, request.user, latest, day)
    except StatusConflict as conflict:
        return _unchanged_page(request, initiative, conflict.latest, unchanged(conflict.latest, day), newer=True)
    except ValidationError as refused:
        # Something happened since the page was asked for: somebody withdrew the initiative, or reported today.
        messages.warning(request, " ".join(refused.messages))
        return redirect(f"{resolve_url(initiative)}?egen=1")
    messages.success(request, _("The status is saved unchanged. It holds from %(day)s.") % {"day": short_date(day)})
    return redirect(resolve_url(initiative))


def _unchanged_page(
    request: PortalRequest, initiative: Initiative, latest: StatusReport, values: StatusValues, newer: bool = False
) -> HttpResponse:
    """What is filed when it is confirmed; `newer` where it is not what the writer had seen."""
    context = {
        "initiative": initiative,
        "shown": latest,
        "rows": shown(values),
        "newer": newer,
        "day": values.reported_on,
        "draft": draft_of(initiative, request.user),
        "trail": trail_below(initiative, _("Unchanged")),
    }
    return render(request, "initiatives/status_unchanged.html", context, status=409 if newer else 200)


def _nothing_to_repeat(latest: StatusReport | None) -> str:
    if latest is None:
        return _("There is no status to repeat yet. Write the first one.")
    if latest.demonstration:
        return str(INVENTED)
    return _("There is a status of today already.")


def _context(form: StatusForm) -> dict[str, object]:
    """What all pages of a report need: the form, its initiative, and the way down to here."""
    return {
        "form": form,
        "initiative": form.initiative,
        "shown": form.shown,
        "demonstration": form.shown is not None and form.shown.demonstration,
        "trail": trail_below(form.initiative, _("Update status")),
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
    if form.shown and not form.shown.demonstration and form.values == StatusValues.of(form.shown):
        throw_away_draft(form.initiative, request.user)
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
        throw_away_draft(form.initiative, request.user)
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
