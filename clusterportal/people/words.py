"""Roles and administrative acts in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from initiatives.access import Role
from initiatives.danish import listed

from .models import AdministrativeAct
from .scope import Grant, Place, in_order

# What each role may do, for the page where it is given.
ROLE_HELP: dict[str, Promise] = {
    Role.COORDINATOR: _("reports the status of the initiatives"),
    Role.POLITICIAN: _("reads what is published to the cluster"),
    Role.SECRETARIAT: _("reads everything and makes the reports"),
    Role.ECONOMIST: _("posts vouchers and closes years"),
    Role.ADMINISTRATOR: _("administers users and roles, and changes no facts"),
}

_ACTS: dict[str, Promise] = {
    AdministrativeAct.Kind.CREATED: _("Created the user."),
    AdministrativeAct.Kind.NAME: _("Changed the name from “%(before)s” to “%(after)s”."),
    AdministrativeAct.Kind.EMAIL: _("Changed the e-mail from %(before)s to %(after)s."),
    AdministrativeAct.Kind.GRANTED: _("Gave the role %(role)s in %(place)s."),
    AdministrativeAct.Kind.WITHDRAWN: _("Took away the role %(role)s in %(place)s."),
    AdministrativeAct.Kind.DEACTIVATED: _("Deactivated the user."),
    AdministrativeAct.Kind.REACTIVATED: _("Reactivated the user."),
    AdministrativeAct.Kind.LINK_MAILED: _("Sent a password link to %(after)s."),
    AdministrativeAct.Kind.LINK_SHOWN: _("Got a password link to hand over."),
}


@dataclass(frozen=True)
class RoleLine:
    """The roles held in one place: `Sundhedsklynge Midt`, `koordinator og sekretariat`."""

    place: Place
    roles: str


def act_in_words(act: AdministrativeAct) -> str:
    """What was done, as a sentence without who and when."""
    place = act.cluster or act.region
    return str(_ACTS[act.kind]) % {
        "before": act.before or "–",
        "after": act.after,
        "role": act.get_role_display(),
        "place": place.name if place else "",
    }


def roles_in_words(roles: Iterable[str]) -> str:
    """`koordinator og sekretariat`, in the order of the roles; empty for none."""
    held = set(roles)
    return listed(str(role.label) for role in Role if role in held)


def role_lines(grants: Iterable[Grant]) -> tuple[RoleLine, ...]:
    """One line for each place, regions first, each in Danish order."""
    by_place: dict[Place, set[str]] = {}
    for grant in grants:
        by_place.setdefault(grant.place, set()).add(grant.role)
    return tuple(RoleLine(place, roles_in_words(by_place[place])) for place in in_order(by_place))


def grants_in_words(grants: Iterable[Grant]) -> str:
    """`koordinator i Sundhedsklynge Midt og politiker i Region Nordjylland`; empty for none."""
    return listed(
        str(_("%(roles)s in %(place)s")) % {"roles": line.roles, "place": line.place.name}
        for line in role_lines(grants)
    )
