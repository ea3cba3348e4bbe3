"""What stands behind the `?` of an address, before any page reads it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


class NulMiddleware:
    """Leaves NUL out of the address's values: PostgreSQL refuses it, and no page of HTML may hold it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "%00" in request.META.get("QUERY_STRING", ""):
            values = request.GET.copy()
            for name, given in request.GET.lists():
                del values[name]
                values.setlist(name.replace("\0", ""), [value.replace("\0", "") for value in given])
            request.GET = values  # type: ignore[assignment]
        return self.get_response(request)
