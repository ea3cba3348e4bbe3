"""The page of one voucher, and what is done with it: post, withdraw, reverse, add a file."""

from collections.abc import Callable
from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse as address
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from initiatives.access import Act
from initiatives.attachments import served
from initiatives.danish import today
from initiatives.home import page_is_about
from initiatives.models import User

from .correcting import reverse
from .entering import may_change
from .models import Voucher, VoucherFile
from .posting import post, withdraw
from .voucher_files import add_file
from .voucher_forms import ReasonForm
from .voucher_list import list_url
from .voucher_page import earliest_reversal, seen, visible_cluster, voucher_or_404, voucher_page

FORM = require_http_methods(["GET", "HEAD", "POST"])
# What an act answers when somebody else was first.
OVERTAKEN = frozenset({"posted", "withdrawn", "changed"})
Trail = list[tuple[str, str]]


class ReceiptForm(forms.Form):
    """A file to be added to a voucher."""

    use_required_attribute = False
    file = forms.FileField(
        label=gettext_lazy("File"),
        error_messages={"required": gettext_lazy("Choose a file."), "empty": gettext_lazy("The file is empty.")},
    )


@require_safe
def voucher(request: HttpRequest, cluster: str, reference: str) -> HttpResponse:
    """What the voucher moves, what it rests on, and what can be done with it."""
    return _page(request, voucher_or_404(_user(request), cluster, reference))


@require_POST
def post_voucher(request: HttpRequest, cluster: str, reference: str) -> HttpResponse:
    """The proposal counts from now on."""
    found = _proposal(request, cluster, reference)
    if isinstance(found, HttpResponse):
        return found
    _user(request).rights.require(Act.POST, found.cluster_id)
    return _act(request, found, lambda: post(found, _user(request)), _("Voucher %(reference)s is posted."))


@require_POST
def withdraw_voucher(request: HttpRequest, cluster: str, reference: str) -> HttpResponse:
    """The proposal is taken away."""
    found = _proposal(request, cluster, reference)
    if isinstance(found, HttpResponse):
        return found
    if not may_change(_user(request), found):
        raise PermissionDenied(_("Only an economist, or who has entered the proposal, withdraws it."))
    return _act(request, found, lambda: withdraw(found, _user(request)), _("Proposal %(reference)s is withdrawn."))


@FORM
@never_cache
def reverse_voucher(request: HttpRequest, cluster: str, reference: str) -> HttpResponse:
    """Asks for day and reason, and reverses."""
    user, found = _user(request), voucher_or_404(_user(request), cluster, reference)
    user.rights.require(Act.POST, found.cluster_id)
    page = voucher_page(found, user)
    form = ReasonForm(request.POST or None, initial={"held_on": earliest_reversal(found, today())})
    if request.method == "POST" and form.is_valid():
        try:
            made = reverse(found, form.cleaned_data["held_on"], form.cleaned_data["reason"], user)
        except ValidationError as wrong:
            form.add_problems(wrong)
        else:
            messages.success(request, _("Voucher %(reference)s is reversed.") % {"reference": found.reference})
            return redirect(made)
    page_is_about(request, found.cluster)
    context = {"page": page, "form": form, "section": "vouchers", "trail": trail(found, _("Reverse"))}
    return render(request, "finance/vouchers/reverse.html", context)


@require_POST
def add_voucher_file(request: HttpRequest, cluster: str, reference: str) -> HttpResponse:
    """Adds a receipt; what is wrong with it is told on the voucher's page."""
    user, found = _user(request), voucher_or_404(_user(request), cluster, reference)
    form = ReceiptForm(request.POST, request.FILES)
    if not may_change(user, found):
        raise PermissionDenied(_("Only an economist, or who has entered the proposal, adds files to a voucher."))
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            added = add_file(found, user, upload, upload.name)
        except ValidationError as wrong:
            form.add_error("file", wrong.messages)
        else:
            messages.success(request, _("“%(title)s” is added.") % {"title": added.attachment.name})
            return redirect(found)
    return _page(request, found, form)


@never_cache
@require_safe
def voucher_file(request: HttpRequest, cluster: str, pk: int) -> FileResponse:
    """The content of a receipt."""
    visible = VoucherFile.objects.visible_to(request.user).select_related("attachment")
    return served(get_object_or_404(visible, pk=pk, voucher__cluster__slug=cluster).attachment)


def trail(voucher: Voucher, last: str = "") -> Trail:
    """Economy, vouchers, the voucher, and the page below it if any."""
    steps = [
        (_("Economy"), address("finance:annex")),
        (_("Vouchers"), list_url(voucher.cluster)),
        (voucher.reference, voucher.get_absolute_url() if last else ""),
    ]
    return [*steps, (last, "")] if last else steps


def overtaken(request: HttpRequest, cluster: str, reference: str, wrong: ValidationError) -> HttpResponse:
    """Tells the one of two who came last what has happened, and that nothing was done twice."""
    found = Voucher.objects.visible_to(request.user).filter(cluster__slug=cluster, reference=reference)
    now = found.select_related("cluster").first()
    home = visible_cluster(_user(request), cluster)
    page_is_about(request, home)
    context = {"voucher": now, "reference": reference, "what": " ".join(wrong.messages), "back": list_url(home)}
    return render(request, "finance/vouchers/overtaken.html", {**context, "section": "vouchers"}, status=409)


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


def _page(request: HttpRequest, found: Voucher, form: forms.Form | None = None) -> HttpResponse:
    page_is_about(request, found.cluster)
    context = {"page": voucher_page(found, _user(request)), "voucher": found, "section": "vouchers"}
    context |= {"form": form or ReceiptForm(), "trail": trail(found)}
    return render(request, "finance/vouchers/voucher.html", context)


def _proposal(request: HttpRequest, cluster: str, reference: str) -> Voucher | HttpResponse:
    """The proposal as the form showed it, or the answer to one that somebody has withdrawn meanwhile."""
    visible_cluster(_user(request), cluster)
    if "version" in request.POST and not Voucher.objects.filter(cluster__slug=cluster, reference=reference).exists():
        said = {"reference": reference}
        gone = ValidationError(_("Voucher %(reference)s has been withdrawn meanwhile.") % said)
        return overtaken(request, cluster, reference, gone)
    found = voucher_or_404(_user(request), cluster, reference)
    return seen(found, request.POST.get("version", ""))


def _act(request: HttpRequest, found: Voucher, act: Callable[[], object], done: str) -> HttpResponse:
    """Does it, and tells: on the voucher's page what keeps it from being done, on a page of its own who was first."""
    cluster, reference = found.cluster, found.reference
    try:
        act()
    except ValidationError as wrong:
        if getattr(wrong, "code", "") in OVERTAKEN:
            return overtaken(request, cluster.slug, reference, wrong)
        messages.error(request, " ".join(wrong.messages))
        return redirect(found)
    messages.success(request, done % {"reference": reference})
    left = Voucher.objects.filter(pk=found.pk).exists()
    return redirect(found) if left else redirect(list_url(cluster))
