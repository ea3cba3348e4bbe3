"""What every page shows around its content: the cluster and the main menu."""

from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.access import Act, Role, rights_of
from initiatives.danish import listed
from initiatives.home import home_cluster
from initiatives.models import User

from .help.hints import hints
from .help.terms import TERMS
from .people.scope import may_administer
from .portfolio.filters import MINE

# Pages that can be had as a PDF, with the address that makes it: a page of a lower layer does not know reports.
PDF_OF = {
    "portfolio:overview": "reports:overview",
    "portfolio:initiative": "reports:initiative",
    "finance:annex": "reports:economy",
}


@dataclass(frozen=True)
class MenuItem:
    """One entry of the main menu."""

    label: str
    url: str
    active: bool


def portal(request: HttpRequest) -> dict[str, object]:
    """What base.html shows: contact and explained words for everybody; menu, cluster and role for who is logged in."""
    contact = {"contact_email": settings.CONTACT_EMAIL, "terms": TERMS}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return contact
    return {
        **contact,
        # Called by the template, once: a page that fails before it is drawn asks for nothing.
        "nav": lambda: _menu(request),
        "account_url": reverse("people:account"),
        "notices_url": reverse("notices:list"),
        "pdf_url": _pdf_url(request),
        "cluster": lambda: home_cluster(request),
        "user_role": lambda: _roles(request),
        "hints": lambda: hints(request),
    }


def _roles(request: HttpRequest) -> str:
    """The user's roles in the cluster in words, `koordinator`; empty without any."""
    cluster = home_cluster(request)
    held = rights_of(request.user).roles.get(cluster.pk, frozenset()) if cluster else frozenset()
    return listed(str(role.label) for role in Role if role in held)


def _pdf_url(request: HttpRequest) -> str:
    """Where the page is made as a PDF; empty for one that cannot be had so."""
    name = PDF_OF.get(request.resolver_match.view_name) if request.resolver_match else None
    return reverse(name) if name else ""


def _menu(request: HttpRequest) -> list[MenuItem]:
    user = cast("User", request.user)
    overview = reverse("portfolio:overview")
    # Plans stand under initiatives, where their trail begins.
    here = request.path.replace(reverse("plans:list"), overview, 1)
    mine = here == overview and request.GET.get("mine") == MINE
    entries = [
        (_("Overview"), reverse("home")),
        (_("Initiatives"), overview),
        *([(_("My initiatives"), f"{overview}?mine={MINE}")] if user.has_own_initiatives else []),
        (_("Economy"), reverse("finance:annex")),
        (_("Results"), reverse("outcomes:results")),
        (_("Reconciliation"), reverse("reconciliation:figures")),
        (_("Reports"), reverse("reports:list")),
        (_("Search"), reverse("search:results")),
    ]
    if user.rights.may_somewhere(Act.EDIT_REGISTER):
        entries.append((_("Register"), reverse("register:start")))
    if may_administer(user):
        entries.append((_("Users"), reverse("people:users")))
    return [MenuItem(label, url, _is_active(url, here, mine)) for label, url in entries]


def _is_active(url: str, here: str, mine: bool) -> bool:
    """Whether an entry leads to the page that is shown; `mine`: the overview of the reader's own."""
    if "?" in url:
        return mine
    if url == reverse("home") or mine:
        return here == url and not mine
    return here.startswith(url)
