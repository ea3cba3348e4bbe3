"""The page where the secretariat writes the texts of a plan's evaluation, with a preview of how they are printed."""

from collections.abc import Mapping

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from initiatives.access import Act
from initiatives.forms import ParagraphField
from initiatives.models import ActionPlan

from .forms import plans_of
from .printable import LONGEST, problem
from .texts import LABELS, Texts, TextsConflict, differences, save_texts
from .views import PortalRequest


def _has_room(text: str) -> None:
    """Refuses a text that is too long, for the reason that the report would print."""
    if len(text) > LONGEST:
        raise ValidationError(problem(text))


def _field(name: str, rows: int) -> ParagraphField:
    return ParagraphField(
        label=LABELS[name], required=False, widget=forms.Textarea(attrs={"rows": rows}),
        validators=[_has_room],
    )  # fmt: skip


class TextsForm(forms.Form):
    """The three texts, and the version of those that the writer began with."""

    based_on = forms.CharField(widget=forms.HiddenInput, required=False)
    foreword = _field("foreword", 10)
    introduction = _field("introduction", 10)
    governance = _field("governance", 14)

    @property
    def texts(self) -> Texts:
        """What was written, of a valid form only."""
        return Texts(**{name: self.cleaned_data[name] for name in LABELS})


@require_safe
def plans(request: PortalRequest) -> HttpResponse:
    """The plans whose texts the user may write; straight on to the only one."""
    request.user.rights.require(Act.EDIT_TEXTS, _somewhere(request))
    found = list(plans_of(_own(request)))
    if len(found) == 1:
        return redirect("reports:edit_texts", found[0].pk)
    trail = [(_("Reports"), reverse("reports:list")), (_("Texts"), "")]
    return render(request, "reports/texts_plans.html", {"plans": found, "trail": trail})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PortalRequest, pk: int) -> HttpResponse:
    """Write the texts. POST saves; with `preview` it only shows how they are printed."""
    visible = ActionPlan.objects.filter(cluster__in=request.user.rights.clusters).select_related("cluster")
    plan = get_object_or_404(visible, pk=pk)
    request.user.rights.require(Act.EDIT_TEXTS, plan.cluster_id)
    saved = Texts.of(plan)
    if request.method != "POST":
        return _page(request, plan, TextsForm(initial={**vars(saved), "based_on": saved.version}))
    if "preview" in request.POST:
        return _page(request, plan, TextsForm(initial=request.POST.dict()))
    form = TextsForm(request.POST)
    return _save(request, plan, form) if form.is_valid() else _page(request, plan, form)


def _save(request: PortalRequest, plan: ActionPlan, form: TextsForm) -> HttpResponse:
    try:
        save_texts(plan, request.user, form.cleaned_data["based_on"], form.texts)
    except TextsConflict as conflict:
        # The same text once more, now written with the saved one in view.
        mine = {**vars(form.texts), "based_on": conflict.saved.version}
        context = {"conflict": differences(conflict.saved, form.texts)}
        return _page(request, plan, TextsForm(initial=mine), context, status=409)
    if any(problem(text) for text in vars(form.texts).values()):
        messages.warning(request, _("The texts are saved, but not all of them can be printed: see the preview."))
        return redirect("reports:edit_texts", plan.pk)
    messages.success(request, _("The texts are saved. The next evaluation prints them."))
    return redirect("reports:list")


def _page(
    request: PortalRequest,
    plan: ActionPlan,
    form: TextsForm,
    context: Mapping[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    trail = [(_("Reports"), reverse("reports:list")), (_("Texts"), "")]
    values = {"form": form, "plan": plan, "trail": trail, **(context or {})}
    template = "reports/_texts_preview.html" if request.htmx else "reports/texts.html"
    return render(request, template, values, status=status)


def _own(request: PortalRequest) -> list[int]:
    rights = request.user.rights
    return [cluster for cluster in rights.clusters if rights.may(Act.EDIT_TEXTS, cluster)]


def _somewhere(request: PortalRequest) -> int | None:
    """A cluster in which the user may write; None without any."""
    return next(iter(_own(request)), None)
