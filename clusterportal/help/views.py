"""The word list, which anybody may read, and the first-use hints put away or taken out again."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from initiatives.models import User

from .contacts import cluster_of, contacts
from .hints import put_away, take_out
from .terms import by_letter


@login_not_required
@require_safe
def word_list(request: HttpRequest) -> HttpResponse:
    """Every word of the portal with what it means, and whom to ask."""
    asked_in = cluster_of(request) if request.user.is_authenticated else None
    context = {"letters": list(by_letter()), "asked_in": asked_in, "contacts": contacts(request.user, asked_in)}
    return render(request, "help/word_list.html", context)


@require_POST
def introduction(request: HttpRequest) -> HttpResponse:
    """Put the first-use hints away for good, or with `show` take them out again."""
    user = cast(User, request.user)
    if "show" in request.POST:
        take_out(user)
    else:
        put_away(user, timezone.now())
        messages.success(request, _("The hints are put away. You can take them out again from your account."))
    return redirect("home")
