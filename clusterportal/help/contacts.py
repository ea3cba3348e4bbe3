"""Whom a member of a cluster can ask: its administrators and coordinators by name. Nobody else is told."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import Http404, HttpRequest

from initiatives.access import Role, rights_of
from initiatives.danish import collation_key
from initiatives.home import home_cluster
from initiatives.models import Cluster, Membership, User

# Most names of each role; more is no help.
MOST = 5


@dataclass(frozen=True)
class Contacts:
    """Those who hold one role, in Danish order; never empty."""

    role: str
    people: tuple[User, ...]


def contacts(reader: User | AnonymousUser, cluster: Cluster | None) -> tuple[Contacts, ...]:
    """The administrators and coordinators of the cluster other than the reader, by one query; none for a stranger."""
    if cluster is None or cluster.pk not in rights_of(reader).clusters:
        return ()
    there = Q(cluster=cluster) | Q(region=cluster.region_id)
    held = Membership.objects.filter(there, user__is_active=True, role__in=(Role.ADMINISTRATOR, Role.COORDINATOR))
    held = held.exclude(user=reader.pk).select_related("user").order_by("pk")
    by_role: dict[str, dict[int, User]] = {Role.ADMINISTRATOR: {}, Role.COORDINATOR: {}}
    for membership in held:
        by_role[membership.role][membership.user_id] = membership.user
    return tuple(Contacts(str(Role(role).label), _first(people)) for role, people in by_role.items() if people)


def _first(people: dict[int, User]) -> tuple[User, ...]:
    return tuple(sorted(people.values(), key=lambda user: (collation_key(user.display_name), user.pk))[:MOST])


def cluster_of(request: HttpRequest) -> Cluster | None:
    """The cluster that the address names, else the reader's own; None where the reader may not see it."""
    match = request.resolver_match
    slug = match.kwargs.get("cluster") if match else None
    if slug:
        return Cluster.objects.visible_to(request.user).filter(slug=slug).first()
    try:
        return home_cluster(request)
    except Http404:
        return None
