"""Which cluster a page is about when the address does not say."""

from typing import cast

from django.http import Http404, HttpRequest

from .access import rights_of
from .models import Cluster


def home_cluster(request: HttpRequest) -> Cluster | None:
    """The cluster named by `?klynge=`, else the user's home, else the first one visible; None without any.

    Found once per request. Raises Http404 for a cluster that does not exist or that the user may not see.
    """
    if not hasattr(request, "_home_cluster"):
        # The page that answers a 404 asks again, and then there is none.
        request._home_cluster = None  # type: ignore[attr-defined]
        request._home_cluster = _find(request)  # type: ignore[attr-defined]
    return cast("Cluster | None", request._home_cluster)  # type: ignore[attr-defined]


def page_is_about(request: HttpRequest, cluster: Cluster | None) -> None:
    """Tells the frame around a page that has found its cluster itself: name and role are shown for this one."""
    request._home_cluster = cluster  # type: ignore[attr-defined]


def _find(request: HttpRequest) -> Cluster | None:
    home = getattr(request.user, "home_cluster", None)
    if home and home.pk in rights_of(request.user).clusters and request.GET.get("klynge", home.slug) in {"", home.slug}:
        return cast("Cluster", home)
    visible = Cluster.objects.visible_to(request.user).select_related("region")
    if slug := request.GET.get("klynge"):
        found = visible.filter(slug=slug).first()
        if found is None:
            raise Http404
        return found
    return visible.order_by("name", "pk").first()
