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


def has_own(user: User) -> bool:
    """True for who follows, or is responsible for, an initiative in use that the user may see; one query."""
    followed = Exists(Follow.objects.filter(user=user, initiative=OuterRef("pk")))
    in_use = Initiative.objects.visible_to(user).filter(retired_on=None)
    return in_use.filter(Q(followed) | Q(responsible__user=user)).exists()


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
