"""Who is concerned by an initiative: who may take part in something, and who follows it."""

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.module_loading import import_string

from .access import ALLOWED, Act, Role
from .models import Comment, Initiative, Membership, StatusReport, User


def members(cluster_id: int, roles: frozenset[Role]) -> QuerySet[User]:
    """Active users who hold one of the roles in the cluster, by name."""
    held = Membership.objects.filter(Q(cluster=cluster_id) | Q(region__clusters_of_region=cluster_id), role__in=roles)
    users = User.objects.filter(is_active=True, pk__in=held.values("user"))
    return users.order_by("first_name", "last_name", "username")


def allowed(cluster_id: int, act: Act) -> QuerySet[User]:
    """Active users who may do something in the cluster, by name."""
    return members(cluster_id, ALLOWED[act])


def followers(initiative: Initiative) -> QuerySet[User]:
    """Active users who see the initiative and are told what happens to it.

    They are those whom INITIATIVE_FOLLOWERS answers, and those who have taken part.
    """
    following: QuerySet[User] = import_string(settings.INITIATIVE_FOLLOWERS)(initiative)
    told = Q(pk__in=following.order_by().values("pk")) | Q(pk__in=taken_part(initiative).values("pk"))
    return members(initiative.cluster_id, frozenset(Role)).filter(told)


def taken_part(initiative: Initiative) -> QuerySet[User]:
    """The responsible, and who has reported, commented or been mentioned."""
    return User.objects.filter(
        Q(person__initiatives=initiative)
        | Q(pk__in=StatusReport.objects.filter(initiative=initiative).values("reported_by"))
        | Q(pk__in=Comment.objects.filter(initiative=initiative, removed_at=None).values("by"))
        | Q(pk__in=Comment.mentioned.through.objects.filter(comment__initiative=initiative).values("user"))
    )
