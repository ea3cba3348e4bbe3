"""The search page, whole or, while somebody types, only its answer."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import replace_url
from django_htmx.middleware import HtmxDetails

from initiatives.danish import today
from initiatives.models import User

from .finding import Scope
from .query import LONGEST, MOST_WORDS, parse
from .results import answer


class HtmxRequest(HttpRequest):
    """A request as HtmxMiddleware leaves it."""

    htmx: HtmxDetails


def results(request: HtmxRequest) -> HttpResponse:
    """What the words in `?q=` find of all kinds, or of the one in `?vis=`."""
    query = parse(request.GET.get("q", ""))
    found = answer(Scope(cast("User", request.user), today()), query, request.GET)
    limits = {"longest": LONGEST, "most_words": MOST_WORDS}
    context = {"query": query, "answer": found, "demonstration": found.demonstration, **limits}
    if request.htmx and not request.htmx.history_restore_request:
        response = render(request, "search/_answer.html", context)
        # Refining a search replaces its address, so that Back leaves the search instead of taking away letters.
        if "q=" in (request.htmx.current_url or ""):
            replace_url(response, request.get_full_path())
    else:
        for notice in found.notices:
            messages.info(request, notice)
        response = render(request, "search/results.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response
