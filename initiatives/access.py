"""Who may see and do what: a membership gives a user one role in one cluster, or in every cluster of a region.

Rows are reached only through `visible_to(user)`: what a user may not see answers 404, what a user may see but not
do answers 403. All rights of a user are loaded by one query and kept on the user of the request.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from .models import User


class Role(models.TextChoices):
    """What a member does in a cluster."""

    COORDINATOR = "coordinator", _("coordinator")
    POLITICIAN = "politician", _("politician")
    SECRETARIAT = "secretariat", _("secretariat")
    ECONOMIST = "economist", _("economist")
    ADMINISTRATOR = "administrator", _("administrator")


class Act(models.TextChoices):
    """What a role may do beyond reading."""

    REPORT_STATUS = "report_status", _("report status")
    ARRANGE = "arrange", _("edit initiatives")
    WRITE_CHAPTER = "write_chapter", _("edit the texts of initiatives")
    DISCUSS = "discuss", _("read and write comments")
    KEEP_FILES = "keep_files", _("add and remove files")
    MAKE_REPORT = "make_report", _("make reports")
    EDIT_TEXTS = "edit_texts", _("edit the texts of reports")
    REGISTER_SPEND = "register_spend", _("register spend")
    POST = "post", _("post vouchers")
    CLOSE_YEAR = "close_year", _("close and reopen years")
    EDIT_PORTFOLIO = "edit_portfolio", _("edit plans and themes")
    EDIT_REGISTER = "edit_register", _("edit parties, forums and people")
    COLLECT = "collect", _("enter and submit results")
    APPROVE_RESULTS = "approve_results", _("approve results and settle periods")
    SEE_SMALL_NUMBERS = "see_small_numbers", _("see small numbers")
    ADMINISTER = "administer", _("administer users and reference data")


ALLOWED: dict[Act, frozenset[Role]] = {
    Act.REPORT_STATUS: frozenset({Role.COORDINATOR}),
    Act.ARRANGE: frozenset({Role.COORDINATOR}),
    # An initiative's chapter is a text of the evaluation, which the secretariat edits.
    Act.WRITE_CHAPTER: frozenset({Role.COORDINATOR, Role.SECRETARIAT}),
    Act.DISCUSS: frozenset({Role.COORDINATOR, Role.SECRETARIAT}),
    Act.KEEP_FILES: frozenset({Role.COORDINATOR, Role.SECRETARIAT}),
    Act.MAKE_REPORT: frozenset({Role.SECRETARIAT}),
    Act.EDIT_TEXTS: frozenset({Role.SECRETARIAT}),
    # A coordinator's spend is a proposal on own initiatives (finance.spending); the economist posts.
    Act.REGISTER_SPEND: frozenset({Role.COORDINATOR, Role.ECONOMIST}),
    Act.POST: frozenset({Role.ECONOMIST}),
    Act.CLOSE_YEAR: frozenset({Role.ECONOMIST}),
    # The secretariat edits the texts of the report, not what the plan consists of.
    Act.EDIT_PORTFOLIO: frozenset({Role.COORDINATOR}),
    Act.EDIT_REGISTER: frozenset({Role.COORDINATOR, Role.ADMINISTRATOR}),
    Act.COLLECT: frozenset({Role.COORDINATOR}),
    Act.APPROVE_RESULTS: frozenset({Role.SECRETARIAT}),
    Act.SEE_SMALL_NUMBERS: frozenset({Role.COORDINATOR, Role.SECRETARIAT}),
    Act.ADMINISTER: frozenset({Role.ADMINISTRATOR}),
}


@dataclass(frozen=True)
class Rights:
    """The clusters a user belongs to, with the roles held in each."""

    roles: dict[int, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[int | None, int | None, str]]) -> Self:
        """From (own cluster, cluster of the region, role) of each membership."""
        collected: dict[int, set[str]] = {}
        for own, of_region, role in rows:
            for cluster in (own, of_region):
                if cluster is not None:
                    collected.setdefault(cluster, set()).add(role)
        return cls({cluster: frozenset(roles) for cluster, roles in collected.items()})

    @property
    def clusters(self) -> list[int]:
        """Ids of the clusters that may be seen."""
        return list(self.roles)

    def may(self, act: Act, cluster_id: int | None) -> bool:
        """True where one of the roles held in the cluster allows the act."""
        return bool(self.roles.get(cluster_id or 0, frozenset()) & ALLOWED[act])

    def where(self, act: Act) -> list[int]:
        """Ids of the clusters in which the act is allowed."""
        return [cluster for cluster in self.roles if self.may(act, cluster)]

    def may_somewhere(self, act: Act) -> bool:
        """True where the act is allowed in at least one cluster."""
        return bool(self.where(act))

    def require(self, act: Act, cluster_id: int | None) -> None:
        """Raises PermissionDenied where the act is not allowed in the cluster."""
        if not self.may(act, cluster_id):
            raise PermissionDenied(_("Your role does not allow you to %(act)s in this cluster.") % {"act": act.label})


def rights_of(user: "User | AnonymousUser") -> Rights:
    """The rights of a user; none for somebody who is not logged in."""
    return user.rights if user.is_authenticated else Rights()


class ClusterScoped(models.QuerySet):
    """Rows that belong to one cluster and are seen by its members."""

    cluster_path = "cluster"

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The rows of the clusters that the user is a member of."""
        return self.filter(**{f"{self.cluster_path}__in": rights_of(user).clusters})
