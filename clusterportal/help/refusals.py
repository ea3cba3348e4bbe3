"""Answers to what cannot be done: logged off, a page too old, no right. What was typed is kept where that is safe."""

from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import requires_csrf_token
from django_htmx.http import HttpResponseClientRefresh

from .contacts import cluster_of, contacts
from .kept import Kept, kept


class LoginMiddleware(LoginRequiredMiddleware):
    """Asks for a login, and loses nothing that was typed when the login ended meanwhile."""

    def handle_no_permission(  # type: ignore[override]  # Django tells of its redirect, and any answer will do.
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponseBase:
        """Part of a page is never answered with the login page, which would be put in its place."""
        if request.headers.get("HX-Request"):
            # Loading the page anew leads to the login; a form being written is left alone until it is sent.
            return HttpResponseClientRefresh() if request.method == "GET" else HttpResponseForbidden()
        if request.method == "POST":
            # After the login the address would be asked for by GET, which not every one of them answers.
            return _page(request, typed) if (typed := kept(request)) else redirect(settings.LOGIN_URL)
        return super().handle_no_permission(request, view_func)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page was older than the login, or another site sent the form. Only the portal's own form is kept."""
    if typed := kept(request):
        return _page(request, typed)
    return render(request, "403_csrf.html", status=403)


def _page(request: HttpRequest, typed: Kept) -> HttpResponse:
    response = render(request, "help/kept.html", {"kept": typed}, status=403)
    add_never_cache_headers(response)
    return response


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Says what the role does not allow, and who can help."""
    cluster = cluster_of(request)
    context = {"exception": str(exception), "asked_in": cluster, "contacts": contacts(request.user, cluster)}
    return render(request, "403.html", context, status=403)
