"""Who may make which report: the evaluation is the secretariat's, a part of it everybody's who may see its figures."""

from initiatives.access import Act
from initiatives.models import User

from .models import Kind


def may_make(user: User, kind: str, cluster_id: int) -> bool:
    """True where the user may order, try again and cancel a report of the kind in the cluster."""
    if kind == Kind.EVALUATION:
        return user.rights.may(Act.MAKE_REPORT, cluster_id)
    return cluster_id in user.rights.roles


def clusters_for(user: User, kind: str) -> list[int]:
    """The clusters in which the user may make a report of the kind."""
    return [cluster for cluster in user.rights.clusters if may_make(user, kind, cluster)]


def require(user: User, kind: str, cluster_id: int) -> None:
    """Raises PermissionDenied for a report that the user may only read."""
    if not may_make(user, kind, cluster_id):
        user.rights.require(Act.MAKE_REPORT, cluster_id)
