"""Following initiatives: who wants to be told of them."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from initiatives.models import Initiative, User

from .models import Follow


def follow(user: User, initiative: Initiative) -> None:
    """From now on; nothing where the user follows already."""
    Follow.objects.get_or_create(user=user, initiative=initiative)


def unfollow(user: User, initiative: Initiative) -> None:
    """No longer; nothing where the user does not follow."""
    Follow.objects.filter(user=user, initiative=initiative).delete()


def has_own() -> Q:
    """For users joined with their memberships: whether an initiative in use there is followed, or answered for."""
    user = OuterRef("pk")
    followed = Follow.objects.filter(_where_it_counts("initiative__"), user=user, initiative__retired_on=None)
    answered = Initiative.objects.filter(_where_it_counts(""), responsible__user=user, retired_on=None)
    return Exists(followed) | Exists(answered)


def _where_it_counts(path: str) -> Q:
    """The initiatives of the membership's cluster or region."""
    of_cluster = Q(**{f"{path}cluster": OuterRef("memberships__cluster")})
    return of_cluster | Q(**{f"{path}cluster__region": OuterRef("memberships__region")})


def is_followed_by(user: User) -> Q:
    """Whether an initiative is followed by the user."""
    return Q(Exists(Follow.objects.filter(user=user, initiative=OuterRef("pk"))))


def with_followed(initiatives: QuerySet[Initiative], user: User | None) -> QuerySet[Initiative]:
    """Each with `followed`: whether the user follows it; nobody follows nothing."""
    if user is None:
        return initiatives.annotate(followed=Value(False))
    return initiatives.annotate(followed=is_followed_by(user))


def followers_of(initiative: Initiative) -> QuerySet[User]:
    """The active users who follow the initiative and are still members of its cluster, each once, by user name."""
    cluster = initiative.cluster
    member = Q(memberships__cluster=cluster) | Q(memberships__region=cluster.region_id)
    following = Follow.objects.filter(initiative=initiative).values("user")
    return User.objects.filter(member, is_active=True, pk__in=following).distinct().order_by("username")
