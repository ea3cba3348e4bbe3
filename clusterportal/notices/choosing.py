"""Which notices come by e-mail: what a user has chosen, and choosing anew."""

from collections.abc import Mapping

from django.db import transaction

from initiatives.access import Act
from initiatives.models import USUAL, NoticeChoice, NoticeKind, User


def kinds_for(user: User) -> list[NoticeKind]:
    """The kinds that can reach the user: comments only who reads them, overdue statuses only who reports them."""
    needed = {NoticeKind.MENTION: Act.DISCUSS, NoticeKind.COMMENT: Act.DISCUSS, NoticeKind.OVERDUE: Act.REPORT_STATUS}
    return [kind for kind in NoticeKind if kind not in needed or user.rights.may_somewhere(needed[kind])]


def chosen(user: User) -> dict[str, str]:
    """How each kind comes, by kind; the usual way where nothing was chosen."""
    own = dict(user.notice_choices.values_list("kind", "delivery"))
    return {kind.value: own.get(kind.value, USUAL[kind].value) for kind in NoticeKind}


@transaction.atomic
def choose(user: User, deliveries: Mapping[str, str]) -> None:
    """Keep how each of the kinds comes from now on; notices that wait go as they were chosen then."""
    for kind, delivery in deliveries.items():
        NoticeChoice.objects.update_or_create(user=user, kind=kind, defaults={"delivery": delivery})
