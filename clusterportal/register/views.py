"""The pages of one row of the register: create, see and change, delete."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from clusterportal.editing import answer
from initiatives import register
from initiatives.models import Actor, Initiative, User
from initiatives.register import Entry
from initiatives.tracing import EditConflict, latest_change

from .kinds import KINDS, Kind
from .merging import merged_here, own_page
from .rows import trail, trail_to, visible

FORM = require_http_methods(["GET", "HEAD", "POST"])
# How many initiatives the page of a party names.
MOST_INITIATIVES = 20


@FORM
def create(request: HttpRequest, kind: Kind) -> HttpResponse:
    """A new row."""
    by, row = cast("User", request.user), kind.model()
    register.require(by, row)
    form = kind.form(request.POST or None, by, row)
    if request.method == "POST" and form.is_valid():
        try:
            made = register.create(by, row, form.values)
        except ValidationError as wrong:
            form.add_problems(wrong)
        else:
            messages.success(request, _("%(name)s is created.") % {"name": made.name})
            return redirect(kind.url(made.pk))
    context = {"form": form, "kind": kind, "trail": trail(kind, str(kind.new))}
    return render(request, "register/create.html", context)


@FORM
@never_cache
def entry(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """A row and where it is used; a form for whoever looks after it, and 403 for a change by anybody else."""
    row, by = visible(request, kind, pk), cast("User", request.user)
    if kind.merges and row.merged_into:
        return own_page(request, kind, row)
    may_edit = register.may_edit(by, row)
    if request.method == "POST":
        register.require(by, row)
    result = answer(
        request, row,
        lambda data, compare: kind.form(data, by, row, compare),
        lambda form: register.change(by, row, form.version, form.values, form.why),
    )  # fmt: skip
    if result.changed is not None:
        return redirect(kind.url(pk))
    initiatives = _initiatives(row, by)
    context = {
        "answer": result,
        "kind": kind,
        "row": row,
        "facts": [(field.label, result.form.in_words(field.name, field.initial)) for field in _shown(result.form)],
        "may_edit": may_edit,
        "uses": register.uses_of(row),
        "initiatives": initiatives[:MOST_INITIATIVES],
        "more": len(initiatives) > MOST_INITIATIVES,
        "change": latest_change(row),
        "merged": merged_here(kind, row),
        "trail": trail_to(kind, row),
    }
    return render(request, "register/entry.html", context, status=result.status)


@require_POST
def remove(request: HttpRequest, kind: Kind, pk: int) -> HttpResponse:
    """Delete a row that nothing names."""
    row = visible(request, kind, pk)
    try:
        register.remove(cast("User", request.user), row)
    except (ValidationError, ProtectedError):
        messages.error(request, _("%(name)s is used, so it cannot be deleted.") % {"name": row.name})
        return redirect(kind.url(pk))
    except EditConflict:
        messages.info(request, _("%(name)s was deleted already.") % {"name": row.name})
        return redirect(kind.list_url)
    messages.success(request, _("%(name)s is deleted.") % {"name": row.name})
    return redirect(kind.list_url)


def _initiatives(row: Entry, by: User) -> list[Initiative]:
    """The initiatives that name a party, or that a person is responsible for; one more than are shown."""
    seen = Initiative.objects.visible_to(by).select_related("cluster", "plan").order_by("number_order", "pk")
    if isinstance(row, Actor):
        found = seen.filter(pk__in=Initiative.objects.filter(actor_lines__actors=row))
    else:
        found = seen.filter(responsible=row) if kind_of(row) == "person" else seen.none()
    return list(found[: MOST_INITIATIVES + 1])


def kind_of(row: Entry) -> str:
    return next(kind.slug for kind in KINDS if isinstance(row, kind.model))


def _shown(form: object) -> list:
    return [field for field in form.visible_fields() if field.name != "reason"]  # type: ignore[attr-defined]
