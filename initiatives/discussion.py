"""The comments of an initiative as one reader sees them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from .access import Act
from .audience import allowed
from .commenting import MOST
from .forms import CommentForm
from .models import Comment, Initiative, User


@dataclass(frozen=True)
class Said:
    """One comment; `mine_to_change` for the writer on the same day."""

    comment: Comment
    mine_to_change: bool


@dataclass(frozen=True)
class Discussion:
    """All comments, oldest first, who reads them and may be mentioned, and the form for the next one."""

    said: tuple[Said, ...]
    readers: tuple[User, ...]
    form: CommentForm
    limit: int = MOST

    @property
    def count(self) -> int:
        """Comments that still have a text."""
        return sum(each.comment.removed_at is None for each in self.said)


def discussion(initiative: Initiative, user: User, form: CommentForm | None = None) -> Discussion | None:
    """The comments by two queries; None for a user who takes no part in them."""
    if not user.rights.may(Act.DISCUSS, initiative.cluster_id):
        return None
    readers = tuple(allowed(initiative.cluster_id, Act.DISCUSS))
    return Discussion(tuple(_said(initiative, user, timezone.now())), readers, form or CommentForm())


def _said(initiative: Initiative, user: User, now: datetime) -> Iterator[Said]:
    for comment in Comment.objects.filter(initiative=initiative).in_order():
        yield Said(comment, comment.may_be_changed(user, now))
