"""The pages that merge a row of the register into another: choose, confirm, and take it back."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from clusterportal.editing import Line
from initiatives import merging, register
from initiatives.models import User
from initiatives.tracing import REASON_LIMIT, Mark, latest_change

from .forms import ByName
from .kinds import Kind
from .rows import trail_to, visible


class MergeForm(forms.Form):
    """Which other row this one is the same as, and why; without `data` of a reason only the first is asked."""

    use_required_attribute = False

    into = ByName(
        None, label=gettext_lazy("The same as"), empty_label=gettext_lazy("Choose"),
        help_text=gettext_lazy("The one that is kept"),
        error_messages=dict.fromkeys(
            ("required", "invalid_choice"), gettext_lazy("Choose another one that is in use and of the same kind.")
        ),
    )  # fmt: skip
    reason = Line(
        REASON_LIMIT, label=gettext_lazy("Why?"), help_text=gettext_lazy("A few words. They stand in the history"),
        error_messages={"required": gettext_lazy("Write in a few words why.")},
    )  # fmt: skip

    def __init__(self, data: Any, by: User, row: merging.Entry) -> None:
        super().__init__(data)
        cast("ByName", self.fields["into"]).offer(merging.candidates(by, row))

    def chosen(self) -> merging.Entry | None:
        """The row that has been chosen, whatever else is missing."""
        self.is_valid()
        return self.cleaned_data.get("into")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def merge(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Choose the other row (`?into=`), read what moves and what stays, and do it."""
    row, by = visible(request, kind, pk), cast("User", request.user)
    register.require(by, row)
    asked = request.GET if "into" in request.GET else None
    form = MergeForm(request.POST or asked, by, row)
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        try:
            merging.merge(row, into, Mark(by, timezone.now(), form.cleaned_data["reason"]))
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, _("%(name)s is merged into this.") % {"name": row.name})
            return redirect(kind.url(into.pk))
    chosen = form.chosen() if form.is_bound else None
    if request.method != "POST":
        # The reason has not been asked for yet.
        form.errors.pop("reason", None)
    context = {
        "form": form,
        "kind": kind,
        "row": row,
        "into": chosen,
        "effect": merging.effect(row),
        "refusal": merging.refusal(by, row),
        "trail": trail_to(kind, row, _("Merge")),
    }
    return render(request, "register/merge.html", context)


@require_POST
def take_back(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Take a merged row into use again."""
    row, by = visible(request, kind, pk), cast("User", request.user)
    register.require(by, row)
    try:
        merging.take_back(row, Mark(by, timezone.now(), _("Taken into use again")))
    except ValidationError as wrong:
        messages.error(request, " ".join(wrong.messages))
    else:
        messages.success(request, _("%(name)s is in use again.") % {"name": row.name})
    return redirect(kind.url(pk))


def merged_here(kind: Kind, row: Any) -> list[tuple[str, str]]:
    """Name and address of each row that was merged into this one."""
    return [(each.name, f"{kind.url(each.pk)}?egen=1") for each in row.merged_from.all()] if kind.merges else []


def own_page(request: HttpRequest, kind: Kind, row: merging.Entry) -> HttpResponse:
    """What is left of a merged row: `?egen=1`; else its address leads to the other."""
    if row.merged_into is None:
        raise Http404
    if "egen" not in request.GET:
        messages.info(request, _("%(name)s has been merged into this.") % {"name": row.name})
        return redirect(kind.url(row.merged_into.pk))
    context = {
        "kind": kind,
        "row": row,
        "into": row.merged_into,
        "into_url": kind.url(row.merged_into.pk),
        "stays": merging.effect(row).stays,
        "may_edit": register.may_edit(cast("User", request.user), row),
        "change": latest_change(row),
        "trail": trail_to(kind, row),
    }
    return render(request, "register/merged.html", context)
