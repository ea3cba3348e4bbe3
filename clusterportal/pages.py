"""Pages that anybody may read: the accessibility statement, cookies and privacy, the health check."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    """The organisation's declaration in the national register, or word that it has not been set up."""
    if settings.ACCESSIBILITY_STATEMENT_URL:
        return HttpResponseRedirect(settings.ACCESSIBILITY_STATEMENT_URL)
    return render(request, "pages/accessibility_missing.html")


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """Cookies and privacy."""
    return render(request, "pages/privacy.html")


@login_not_required
def favicon(request: HttpRequest) -> HttpResponse:
    """Where browsers look that have read no page: shown PDFs, old ones."""
    return HttpResponseRedirect(static("portal/favicon.svg"))


@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """`ok` when the web process answers and the database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
