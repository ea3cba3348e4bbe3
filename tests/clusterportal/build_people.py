"""Builders for the tests of account and administration."""

from django.test import Client

from clusterportal.people.scope import Grant, Place, PlaceKind, Scope
from clusterportal.people.subject import Identity, Subject
from initiatives.access import Role
from initiatives.models import Actor, Cluster, Membership, User

from .. import build


def neighbour(of: Cluster) -> Cluster:
    """Another cluster of the same region."""
    return Cluster.objects.create(slug="nabo", name="Sundhedsklynge Nabo", kind="cluster", region=of.region)


def in_cluster(cluster: Cluster, role: str) -> Grant:
    return Grant(Place(PlaceKind.CLUSTER, cluster.pk, cluster.name), role)


def in_region(region: Actor, role: str) -> Grant:
    return Grant(Place(PlaceKind.REGION, region.pk, region.name), role)


def region_administrator(region: Actor, username: str = "rikke") -> User:
    user = User.objects.create_user(username, f"{username}@eksempel.dk", build.PASSWORD, first_name=username.title())
    Membership.objects.create(user=user, region=region, role=Role.ADMINISTRATOR)
    return user


def superuser() -> User:
    return User.objects.create_superuser("drift", "drift@eksempel.dk", build.PASSWORD, first_name="Drift")


def give(user: User, cluster: Cluster, role: str) -> None:
    Membership.objects.create(user=user, cluster=cluster, role=role)


def again(user: User) -> User:
    """The user as stored now, with rights read anew."""
    return User.objects.get(pk=user.pk)


def seen(by: User, user: User) -> Subject:
    """`user` as `by` sees it now."""
    return Subject.of(again(by), again(user), Scope.of(again(by)))


def identity(user: User, **changed: str) -> Identity:
    return Identity(**{**vars(Identity.of(again(user))), **changed})


def held(user: User) -> set[tuple[str, str]]:
    """The roles of a user as (place, role)."""
    rows = user.memberships.values_list("cluster__name", "region__name", "role")
    return {(cluster or region or "", role) for cluster, region, role in rows}


def traces(user: User) -> list[str]:
    """The kinds of what was done to a user, oldest first."""
    return list(user.administrative_acts.order_by("pk").values_list("kind", flat=True))


def form_of(client: Client, address: str, **typed: object) -> dict[str, object]:
    """What a browser would send from the form of a page, with `typed` in it; None leaves a field out."""
    form = client.get(address).context["form"]
    shown = {field.html_name: field.value() for field in form}
    return {name: value for name, value in {**shown, **typed}.items() if value is not None}


def said(response: object) -> str:
    """The messages of a page, in one text."""
    return " ".join(str(message) for message in response.context["messages"])  # type: ignore[attr-defined]
