"""The list of notices, and the choice of those that come by e-mail."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from initiatives.listing import read_paging
from initiatives.models import User

from .choosing import choose as keep_choice
from .forms import ChoiceForm

FORM = require_http_methods(["GET", "HEAD", "POST"])


class PortalRequest(HttpRequest):
    """A request as the middleware leaves it: somebody is logged in."""

    user: User


@FORM
def notices(request: PortalRequest) -> HttpResponse:
    """The own notices, newest first; POST marks those that were shown, and older ones, as read."""
    own = request.user.notices.filter(initiative__cluster__in=request.user.rights.clusters)
    if request.method == "POST":
        # What came after the page was drawn has not been seen.
        newest = request.POST.get("newest", "")
        if newest.isascii() and newest.isdigit() and len(newest) < 19:
            request.user.notices.unread().filter(pk__lte=int(newest)).update(read_at=timezone.now())
        return redirect("notices:list")
    paginator = Paginator(own.told(), 25)
    paging = read_paging(request.GET, paginator.count)
    for notice in paging.notices:
        messages.info(request, notice)
    paginator.per_page = paging.per_page
    page = paginator.page(paging.page)
    context = {"page": page, "newest": page[0].pk if page else None, "unread": request.user.unread_notices}
    return render(request, "notices/list.html", context)


@FORM
def choose(request: PortalRequest) -> HttpResponse:
    """Which notices come by e-mail, and when."""
    form = ChoiceForm(request.POST or None, request.user)
    if request.method == "POST" and form.is_valid():
        keep_choice(request.user, form.cleaned_data)
        messages.success(request, _("Your choice of e-mails is saved."))
        return redirect("people:account")
    trail = [(_("Your account"), reverse("people:account")), (_("Notices by e-mail"), "")]
    return render(request, "notices/choose.html", {"form": form, "trail": trail})
