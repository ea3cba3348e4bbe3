"""What an administrator answers for: the places where roles are held, and the users who belong there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from initiatives.access import ALLOWED, Act
from initiatives.danish import collation_key
from initiatives.models import Actor, Cluster, Membership, User


class PlaceKind(StrEnum):
    REGION = "region"
    CLUSTER = "cluster"


@dataclass(frozen=True)
class Place:
    """A cluster, or a region with all its clusters; two are the same whatever they are called."""

    kind: PlaceKind
    pk: int
    name: str = field(compare=False)

    @property
    def key(self) -> str:
        """As a form names it: `cluster-3`."""
        return f"{self.kind}-{self.pk}"

    @property
    def columns(self) -> dict[str, int]:
        """The place as a membership or an administrative act stores it."""
        return {f"{self.kind}_id": self.pk}

    @property
    def order(self) -> tuple[bool, str, int]:
        """Sorting key: regions before clusters, each in Danish order."""
        return self.kind != PlaceKind.REGION, collation_key(self.name), self.pk

    @property
    def label(self) -> str:
        """The name, with a word on what a role in a region covers."""
        return _("%(region)s, all clusters") % {"region": self.name} if self.kind == PlaceKind.REGION else self.name


@dataclass(frozen=True)
class Grant:
    """A role held in a place."""

    place: Place
    role: str


@dataclass(frozen=True)
class Scope:
    """The places that somebody administers, regions first.

    `regions_above` are the regions whose members work in one of the clusters, too; `everything` is a superuser's,
    who sets the portal up and gives the first administrator the role.
    """

    places: tuple[Place, ...] = ()
    regions_above: frozenset[int] = frozenset()
    everything: bool = False

    @classmethod
    def of(cls, user: User) -> Self:
        """By one query, two for a superuser; empty for somebody who administers nothing."""
        if user.is_superuser:
            return cls(in_order(_all_places()), everything=True)
        rows = user.memberships.filter(role__in=ALLOWED[Act.ADMINISTER]).values_list(
            "region_id", "region__name", "region__clusters_of_region__id", "region__clusters_of_region__name",
            "cluster_id", "cluster__name", "cluster__region_id",
        )  # fmt: skip
        places: set[Place] = set()
        above: set[int] = set()
        for region, region_name, inner, inner_name, cluster, cluster_name, region_above in rows:
            places |= _named(PlaceKind.REGION, region, region_name) | _named(PlaceKind.CLUSTER, inner, inner_name)
            places |= _named(PlaceKind.CLUSTER, cluster, cluster_name)
            above |= {region_above} - {None}
        return cls(in_order(places), frozenset(above))

    @classmethod
    def required(cls, user: User) -> Self:
        """As `of`. Raises PermissionDenied for somebody who administers nothing."""
        scope = cls.of(user)
        if not (scope.places or scope.everything):
            raise PermissionDenied(_("Only an administrator may see and change the users."))
        return scope

    def ids(self, kind: PlaceKind) -> list[int]:
        """The clusters, or the regions, that are administered."""
        return [place.pk for place in self.places if place.kind == kind]

    def memberships(self) -> QuerySet[Membership]:
        """The roles that reach into the scope, those of regions above its clusters included."""
        regions = [*self.ids(PlaceKind.REGION), *self.regions_above]
        return Membership.objects.filter(Q(cluster__in=self.ids(PlaceKind.CLUSTER)) | Q(region__in=regions))

    def users(self) -> QuerySet[User]:
        """Everybody who holds a role that reaches into the scope; all users for a superuser."""
        if self.everything:
            return User.objects.all()
        return User.objects.filter(pk__in=self.memberships().values("user"))


def may_administer(user: User) -> bool:
    """Whether the menu leads to the users; by the rights that every page loads anyway."""
    return user.is_superuser or user.rights.may_somewhere(Act.ADMINISTER)


def grant_of(membership: Membership) -> Grant:
    """A membership, read with its cluster and region, as a grant."""
    if membership.cluster:
        return Grant(Place(PlaceKind.CLUSTER, membership.cluster.pk, membership.cluster.name), membership.role)
    region = membership.region
    if region is None:
        raise ValueError(f"Membership {membership.pk} names neither a cluster nor a region.")
    return Grant(Place(PlaceKind.REGION, region.pk, region.name), membership.role)


def grants_of(user: User) -> frozenset[Grant]:
    """All roles of a user, by one query, or none where the memberships were prefetched."""
    memberships = user.memberships.all()
    if "memberships" not in getattr(user, "_prefetched_objects_cache", {}):
        memberships = memberships.select_related("cluster", "region")
    return frozenset(grant_of(membership) for membership in memberships)


def in_order(places: Iterable[Place]) -> tuple[Place, ...]:
    """Regions before clusters, each in Danish order."""
    return tuple(sorted(places, key=lambda place: place.order))


def _all_places() -> Iterator[Place]:
    for pk, name in Actor.objects.in_use().filter(kind=Actor.Kind.REGION).values_list("pk", "name"):
        yield Place(PlaceKind.REGION, pk, name)
    for pk, name in Cluster.objects.values_list("pk", "name"):
        yield Place(PlaceKind.CLUSTER, pk, name)


def _named(kind: PlaceKind, pk: int | None, name: str | None) -> set[Place]:
    return set() if pk is None else {Place(kind, pk, name or "")}
