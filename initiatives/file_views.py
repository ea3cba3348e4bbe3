"""The files of an initiative: the list with the form that adds one, the content, and removing."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from .access import Act
from .attachments import served
from .filing import add_file, remove_file
from .finding import initiative_or_404, trail_below
from .forms import FileForm
from .models import InitiativeFile, User
from .views import PortalRequest

FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
def files(request: PortalRequest, cluster: str, address: str) -> HttpResponse:
    """The list on a page of its own, which also tells what was wrong with a file; POST adds one."""
    initiative = initiative_or_404(request.user, cluster, address)
    if request.method == "POST":
        request.user.rights.require(Act.KEEP_FILES, initiative.cluster_id)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload, title = form.cleaned_data["file"], form.cleaned_data["title"]
        try:
            added = add_file(initiative, request.user, upload, upload.name, title)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("“%(title)s” is added.") % {"title": added.title})
            return redirect(resolve_url(initiative) + "?fane=filer")
    context = {
        "initiative": initiative,
        "files": initiative.files.listed(),
        "form": form,
        "may_keep_files": request.user.rights.may(Act.KEEP_FILES, initiative.cluster_id),
        "trail": trail_below(initiative, _("Files")),
    }
    return render(request, "initiatives/files.html", context)


@never_cache
@require_safe
def file(request: PortalRequest, cluster: str, address: str, pk: int) -> FileResponse:
    """The content; 404 for a removed one as for one that never was."""
    return served(_kept_or_404(request.user, cluster, address, pk).attachment)


@FORM
def remove(request: PortalRequest, cluster: str, address: str, pk: int) -> HttpResponse:
    """Confirm that a file is removed."""
    found = _kept_or_404(request.user, cluster, address, pk)
    request.user.rights.require(Act.KEEP_FILES, found.initiative.cluster_id)
    if request.method == "POST":
        if remove_file(found, request.user, timezone.now()):
            messages.success(request, _("“%(title)s” is removed.") % {"title": found.title})
        return redirect(resolve_url(found.initiative) + "?fane=filer")
    context = {"file": found, "initiative": found.initiative, "trail": trail_below(found.initiative, _("Remove file"))}
    return render(request, "initiatives/file_remove.html", context)


def _kept_or_404(user: User, cluster: str, address: str, pk: int) -> InitiativeFile:
    visible = InitiativeFile.objects.visible_to(user).kept()
    of = visible.select_related("initiative__cluster", "initiative__theme", "attachment__stored_by")
    found: InitiativeFile = get_object_or_404(of, pk=pk, initiative__cluster__slug=cluster, initiative__address=address)
    return found
