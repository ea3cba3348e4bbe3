"""The forms that make whole vouchers: a new one, a proposal changed, a posted one corrected."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from initiatives.access import Act
from initiatives.danish import today
from initiatives.home import page_is_about
from initiatives.models import Cluster, User

from .entering import enter, enter_anew, enter_correction, may_change, said_by
from .models import Voucher
from .voucher_forms import FORMS, WORDS, VoucherForm, known, starting
from .voucher_list import list_url
from .voucher_page import earliest_reversal, seen, visible_cluster, voucher_or_404
from .voucher_views import OVERTAKEN, overtaken, trail

FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
@never_cache
def new_voucher(request: HttpRequest, cluster: str, word: str) -> HttpResponse:
    """A new voucher of the kind that the address names."""
    user, home = cast("User", request.user), visible_cluster(cast("User", request.user), cluster)
    if word not in FORMS:
        raise Http404
    of_kind = FORMS[word]
    user.rights.require(Act.REGISTER_SPEND if of_kind.kind == Voucher.Kind.SPEND else Act.POST, home.pk)
    asked = {name: request.GET[name] for name in ("initiative", "recipient") if request.GET.get(name, "").isdecimal()}
    form = of_kind(request.POST or None, home, user, {**starting(of_kind.kind, today()), **asked})
    if request.method == "POST" and form.is_valid():
        try:
            made = enter(user, form.heading(_state(request, user, home)), form.said())
        except ValidationError as wrong:
            form.add_problems(wrong)
        else:
            messages.success(request, _told(made))
            return redirect(made)
    steps = [(_("Economy"), reverse("finance:annex")), (_("Vouchers"), list_url(home)), (_titles()[word], "")]
    return _form_page(request, home, form, _titles()[word], {"trail": steps, "back": list_url(home)})


@FORM
@never_cache
def change_voucher(request: HttpRequest, cluster: str, reference: str) -> HttpResponse:
    """A proposal says something else."""
    user, found = cast("User", request.user), voucher_or_404(cast("User", request.user), cluster, reference)
    if not may_change(user, found):
        raise PermissionDenied(_("Only an economist, or who has entered the proposal, changes it."))
    form = _form_of(request, found, user, correcting=False)
    if request.method == "POST" and form.is_valid():
        proposal = seen(found, request.POST.get("version", ""))
        try:
            made = enter_anew(user, proposal, form.heading(_state(request, user, found.cluster)), form.said())
        except ValidationError as wrong:
            if getattr(wrong, "code", "") in OVERTAKEN:
                return overtaken(request, cluster, reference, wrong)
            form.add_problems(wrong)
        else:
            messages.success(request, _told(made))
            return redirect(made)
    if found.is_posted and request.method != "POST":
        return redirect(found)
    context = {"trail": trail(found, _("Change")), "back": found.get_absolute_url(), "changing": found}
    return _form_page(
        request, found.cluster, form, _("Change proposal %(reference)s") % {"reference": found.reference}, context
    )


@FORM
@never_cache
def correct_voucher(request: HttpRequest, cluster: str, reference: str) -> HttpResponse:
    """A posted voucher is reversed, and what was meant is posted, with the reason on both."""
    user, found = cast("User", request.user), voucher_or_404(cast("User", request.user), cluster, reference)
    user.rights.require(Act.POST, found.cluster_id)
    form = _form_of(request, found, user, correcting=True)
    if request.method == "POST" and form.is_valid():
        try:
            heading = form.heading(Voucher.State.POSTED)
            made = enter_correction(user, found, heading, form.said(), form.cleaned_data["reason"])
        except ValidationError as wrong:
            form.add_problems(wrong)
        else:
            said = {"old": found.reference, "new": made.reference}
            messages.success(request, _("Voucher %(old)s is reversed, and %(new)s stands in its place.") % said)
            return redirect(made)
    context = {"trail": trail(found, _("Correct")), "back": found.get_absolute_url(), "correcting": found}
    return _form_page(
        request, found.cluster, form, _("Correct voucher %(reference)s") % {"reference": found.reference}, context
    )


def _form_of(request: HttpRequest, voucher: Voucher, user: User, *, correcting: bool) -> VoucherForm:
    """The form of the voucher's kind. Raises Http404 for a voucher that no form can say."""
    said = said_by(voucher)
    if said is None:
        raise Http404
    values = known(voucher, said)
    if correcting:
        values["held_on"] = earliest_reversal(voucher, today())
    return FORMS[WORDS[said.kind]](request.POST or None, voucher.cluster, user, values, correcting=correcting)


def _form_page(
    request: HttpRequest, cluster: Cluster, form: VoucherForm, title: str, context: dict[str, object]
) -> HttpResponse:
    page_is_about(request, cluster)
    posts = cast("User", request.user).rights.may(Act.POST, cluster.pk)
    shown = {"form": form, "title": title, "cluster": cluster, "may_post": posts, "section": "vouchers", **context}
    return render(request, "finance/vouchers/form.html", shown)


def _state(request: HttpRequest, user: User, cluster: Cluster) -> Voucher.State:
    """Posted where the button says so; a coordinator's spend is a proposal whatever it says."""
    posts = request.POST.get("state") == Voucher.State.POSTED and user.rights.may(Act.POST, cluster.pk)
    return Voucher.State.POSTED if posts else Voucher.State.PROPOSED


def _told(made: Voucher) -> str:
    if made.is_posted:
        return _("Voucher %(reference)s is posted.") % {"reference": made.reference}
    return _("Proposal %(reference)s is saved. It counts when an economist posts it.") % {"reference": made.reference}


def _titles() -> dict[str, str]:
    """What each form is called, by the word of its address."""
    return {
        "forbrug": _("Register spend"),
        "disponering": _("Allocate"),
        "overfoersel": _("Carry over"),
        "opkraevning": _("Send an invoice"),
    }
