"""What every page shows around its content: the cluster and the main menu."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from .home import home_cluster


@dataclass(frozen=True)
class MenuItem:
    """One entry of the main menu."""

    label: str
    url: str
    active: bool


def portal(request: HttpRequest) -> dict[str, object]:
    """`nav` and `cluster` for base.html; nothing for somebody who is not logged in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"nav": _menu(request.path), "cluster": lambda: home_cluster(request)}


def _menu(path: str) -> list[MenuItem]:
    entries = [
        (_("Initiatives"), reverse("portfolio:overview")),
        (_("Economy"), reverse("finance:annex")),
        (_("Reconciliation"), reverse("reconciliation:figures")),
        (_("Reports"), reverse("reports:list")),
    ]
    return [MenuItem(label, url, path.startswith(url)) for label, url in entries]
