"""The pages that create an initiative and edit it, one part at a time."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..access import Act
from ..home import page_is_about
from ..models import Cluster, Initiative, User
from ..tracing import EditConflict, Mark
from ..views import PortalRequest
from .editing import change_facts, create_initiative, replace_lines
from .forms import FactsForm
from .line_forms import LinesForm
from .lines import BUTTONS, arranged_form, conflict_form, judged_form, stored_form
from .parts import Part, act_of, editable_by, needs_reason, version

FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
def create(request: PortalRequest, cluster: str) -> HttpResponse:
    """A new initiative of the cluster."""
    of: Cluster = get_object_or_404(Cluster.objects.visible_to(request.user), slug=cluster)
    request.user.rights.require(Act.ARRANGE, of.pk)
    page_is_about(request, of)
    form = FactsForm(request.POST or None, of, None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_initiative(of, form.facts, Mark(request.user, timezone.now()))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("%(initiative)s is created.") % {"initiative": made.called})
            return redirect(made.edit_url(Part.ACTORS))
    trail = [(_("Initiatives"), "../../"), (_("New initiative"), "")]
    return render(request, "initiatives/arrange/create.html", {"form": form, "of": of, "trail": trail})


@FORM
@never_cache
def edit(request: PortalRequest, cluster: str, address: str, part: str = Part.FACTS) -> HttpResponse:
    """One part of an initiative."""
    if part not in Part:
        raise Http404
    initiative = initiative_to(request.user, cluster, address, act_of(Part(part)))
    page_is_about(request, initiative.cluster)
    return _edit_facts(request, initiative) if part == Part.FACTS else _edit_lines(request, initiative, Part(part))


def initiative_to(user: User, cluster: str, address: str, act: Act) -> Initiative:
    """404 for an initiative that the user may not see, 403 for one that the user may not do this with."""
    visible = Initiative.objects.visible_to(user).select_related("cluster", "plan", "theme", "responsible")
    initiative: Initiative = get_object_or_404(visible, cluster__slug=cluster, address=address)
    user.rights.require(act, initiative.cluster_id)
    return initiative


def _edit_facts(request: PortalRequest, initiative: Initiative) -> HttpResponse:
    form = FactsForm(request.POST or None, initiative.cluster, initiative, version(initiative, Part.FACTS))
    if request.method != "POST" or not form.is_valid():
        return _page(request, initiative, Part.FACTS, form)
    mark = Mark(request.user, timezone.now(), form.cleaned_data["reason"])
    try:
        changed = change_facts(initiative, form.cleaned_data["seen"], form.facts, mark)
    except EditConflict:
        now = initiative_to(request.user, initiative.cluster.slug, initiative.address, Act.ARRANGE)
        seen = version(now, Part.FACTS)
        form = FactsForm(_with(request.POST, seen=str(seen)), now.cluster, now, seen, compare=True)
        return _page(request, now, Part.FACTS, form, conflict=True)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _page(request, initiative, Part.FACTS, form)
    return _saved(request, initiative, Part.FACTS, changed)


def _edit_lines(request: PortalRequest, initiative: Initiative, part: Part) -> HttpResponse:
    if request.method != "POST":
        return _page(request, initiative, part, stored_form(initiative, part))
    if any(button in request.POST for button in BUTTONS):
        form = arranged_form(initiative, part, request.POST)
        return _page(request, initiative, part, form, preview="preview" in request.POST)
    form = judged_form(initiative, part, request.POST)
    if not form.is_valid():
        return _page(request, initiative, part, form)
    head = form.head.cleaned_data
    try:
        mark = Mark(request.user, timezone.now(), head["reason"])
        changed = replace_lines(initiative, part, head["seen"], form.typed, mark)
    except EditConflict:
        return _page(request, initiative, part, conflict_form(initiative, part, request.POST), conflict=True)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _page(request, initiative, part, form)
    return _saved(request, initiative, part, changed)


def _with(typed: QueryDict, **replaced: str) -> QueryDict:
    data = typed.copy()
    for name, value in replaced.items():
        data[name] = value
    return data


def _saved(request: HttpRequest, initiative: Initiative, part: Part, changed: bool) -> HttpResponse:
    if changed:
        messages.success(request, _("%(part)s: the changes are saved.") % {"part": part.label})
    else:
        messages.info(request, _("Nothing differs from what is saved, so nothing was changed."))
    return redirect(initiative.edit_url("" if part == Part.FACTS else part))


def _page(
    request: PortalRequest, initiative: Initiative, part: Part, form: FactsForm | LinesForm, conflict: bool = False,
    preview: bool = False,
) -> HttpResponse:  # fmt: skip
    parts = [
        (each, each.label, initiative.edit_url("" if each == Part.FACTS else each))
        for each in editable_by(request.user, initiative)
    ]
    context = {
        "form": form,
        "initiative": initiative,
        "part": part,
        "parts": parts,
        "conflict": conflict,
        "preview": preview,
        "needs_reason": needs_reason(initiative),
        "may_withdraw": request.user.rights.may(Act.ARRANGE, initiative.cluster_id),
        "trail": trail(initiative, _("Edit"), up=3 + (part != Part.FACTS)),
    }
    template = "facts" if part == Part.FACTS else "lines"
    return render(request, f"initiatives/arrange/{template}.html", context, status=409 if conflict else 200)


def trail(initiative: Initiative, here: str, up: int) -> list[tuple[str, str]]:
    """The way down; the overview stands `up` steps above the address, which app owns it is not known here."""
    return [
        (_("Initiatives"), "../" * up),
        (initiative.called, initiative.get_absolute_url()),  # type: ignore[attr-defined]
        (here, ""),
    ]
