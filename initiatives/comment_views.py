"""The comments of an initiative: the list with the form that adds one, and correcting one's own."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .access import Act
from .audience import allowed
from .commenting import MOST, edit_comment, remove_comment, write_comment
from .discussion import discussion
from .finding import initiative_or_404, trail_below
from .forms import CommentForm
from .models import Comment, Initiative, User
from .views import PortalRequest

FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
def comments(request: PortalRequest, cluster: str, address: str) -> HttpResponse:
    """The list on a page of its own, which also tells what was wrong with a comment; POST adds one."""
    initiative = _to_discuss(request.user, cluster, address)
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            written = write_comment(initiative, request.user, form.cleaned_data["text"], timezone.now())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Your comment is saved."))
            return _back(initiative, written)
    talk = discussion(initiative, request.user, form)
    context = {"initiative": initiative, "talk": talk, "form": form, "trail": trail_below(initiative, _("Comments"))}
    return render(request, "initiatives/comments.html", context)


@FORM
def comment(request: PortalRequest, cluster: str, address: str, pk: int) -> HttpResponse:
    """Correct or, with `remove`, delete one's own comment of today."""
    initiative = _to_discuss(request.user, cluster, address)
    found = get_object_or_404(Comment.objects.visible_to(request.user).filter(initiative=initiative), pk=pk)
    now, form = timezone.now(), CommentForm(request.POST or None, initial={"text": found.text})
    if not found.may_be_changed(request.user, now):
        messages.info(request, _("A comment can be changed by who wrote it, on the same day."))
        return _back(initiative, found)
    if request.method == "POST" and "remove" in request.POST:
        remove_comment(found, request.user, now)
        messages.success(request, _("Your comment is deleted."))
        return _back(initiative, found)
    if request.method == "POST" and form.is_valid():
        try:
            edit_comment(found, request.user, form.cleaned_data["text"], now)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Your comment is changed."))
            return _back(initiative, found)
    readers = allowed(initiative.cluster_id, Act.DISCUSS)
    context = {"initiative": initiative, "comment": found, "form": form, "readers": readers, "limit": MOST}
    return render(
        request, "initiatives/comment.html", {**context, "trail": trail_below(initiative, _("Change comment"))}
    )


def _to_discuss(user: User, cluster: str, address: str) -> Initiative:
    """404 for an initiative that the user may not see, 403 for one whose comments the user may not read."""
    initiative = initiative_or_404(user, cluster, address)
    user.rights.require(Act.DISCUSS, initiative.cluster_id)
    return initiative


def _back(initiative: Initiative, comment: Comment) -> HttpResponse:
    return redirect(f"{resolve_url(initiative)}?fane=kommentarer#kommentar-{comment.pk}")
