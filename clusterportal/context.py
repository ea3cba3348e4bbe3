"""What every page shows around its content: the cluster and the main menu."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.access import Role, rights_of
from initiatives.danish import listed
from initiatives.home import home_cluster
from initiatives.models import User

from .people.scope import may_administer


@dataclass(frozen=True)
class MenuItem:
    """One entry of the main menu."""

    label: str
    url: str
    active: bool


def portal(request: HttpRequest) -> dict[str, object]:
    """What base.html shows: the contact for everybody; menu, cluster and role for somebody logged in."""
    contact = {"contact_email": settings.CONTACT_EMAIL}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return contact
    return {
        **contact,
        "nav": _menu(request),
        "account_url": reverse("people:account"),
        # Called by the template: a page that fails before it is drawn asks for nothing.
        "cluster": lambda: home_cluster(request),
        "user_role": lambda: _roles(request),
    }


def _roles(request: HttpRequest) -> str:
    """The user's roles in the cluster in words, `koordinator`; empty without any."""
    cluster = home_cluster(request)
    held = rights_of(request.user).roles.get(cluster.pk, frozenset()) if cluster else frozenset()
    return listed(str(role.label) for role in Role if role in held)


def _menu(request: HttpRequest) -> list[MenuItem]:
    path = request.path
    entries = [
        (_("Overview"), reverse("home")),
        (_("Initiatives"), reverse("portfolio:overview")),
        (_("Economy"), reverse("finance:annex")),
        (_("Results"), reverse("outcomes:results")),
        (_("Reconciliation"), reverse("reconciliation:figures")),
        (_("Reports"), reverse("reports:list")),
        (_("Search"), reverse("search:results")),
    ]
    if isinstance(request.user, User) and may_administer(request.user):
        entries.append((_("Users"), reverse("people:users")))
    front = reverse("home")
    return [MenuItem(label, url, path == url if url == front else path.startswith(url)) for label, url in entries]
