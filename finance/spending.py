"""Who registers spend: an economist posts it, a coordinator proposes it for own initiatives."""

from dataclasses import replace
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from initiatives.access import Act
from initiatives.models import Initiative, User

from .models import Voucher
from .posting import post_spend
from .shapes import Heading, Line


def may_register_spend(user: User, initiative: Initiative) -> bool:
    """True for an economist of the cluster, and for a coordinator of it unless another user answers for the initiative.

    Reads the initiative's responsible person.
    """
    if user.rights.may(Act.POST, initiative.cluster_id):
        return True
    answers = initiative.responsible.user_id if initiative.responsible else None
    return user.rights.may(Act.REGISTER_SPEND, initiative.cluster_id) and answers in {None, user.pk}


def register_spend(user: User, heading: Heading, line: Line, amount: Decimal) -> Voucher:
    """Spend as `post_spend`; a coordinator's is a proposal, whatever the heading says.

    Raises PermissionDenied where `may_register_spend` says no, ValidationError as `post_spend`.
    """
    if line.initiative is None or not may_register_spend(user, line.initiative):
        raise PermissionDenied(_("You may register spend only on your own initiatives."))
    state = heading.state if user.rights.may(Act.POST, heading.cluster.pk) else Voucher.State.PROPOSED
    return post_spend(replace(heading, entered_by=user, state=state), line, amount)
