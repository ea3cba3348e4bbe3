"""Writing, correcting and deleting a comment on an initiative, and finding whom it mentions."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from .access import Act
from .audience import allowed, followers
from .models import Comment, Initiative, NoticeKind, User
from .noticing import notify
from .reporting import SINGLE_CITIZEN, names_a_citizen, too_long

MOST = 2000
# An e-mail address is no mention: something stands right before its @.
_MENTION = re.compile(r"(?<![\w@.+-])@([\w.@+-]+)")


def named_in(text: str) -> list[str]:
    """The user names after each @, once each, without the punctuation that ends a sentence."""
    return list(dict.fromkeys(found.rstrip(".+-@").casefold() for found in _MENTION.findall(text)))


def problem(text: str, known: Iterable[User]) -> str:
    """What is wrong with a comment, in words for the user; empty where all is well."""
    if not text.strip():
        return _("Write a comment.")
    if len(text) > MOST:
        return too_long(text, MOST)
    if names_a_citizen(text):
        return str(SINGLE_CITIZEN)
    names = {user.username.casefold() for user in known}
    if unknown := [name for name in named_in(text) if name and name not in names]:
        told = {"name": unknown[0]}
        return (
            _("Nobody who reads the comments here is called @%(name)s. Choose from the list, or leave out the @.")
            % told
        )
    return ""


def write_comment(initiative: Initiative, by: User, text: str, now: datetime) -> Comment:
    """Record a comment and tell those it mentions and those who follow the initiative.

    Raises PermissionDenied for a role that may not, ValidationError for a text that breaks a rule.
    """
    by.rights.require(Act.DISCUSS, initiative.cluster_id)
    with transaction.atomic():
        mentioned = _mentioned(initiative, text)
        comment = Comment.objects.create(initiative=initiative, by=by, text=text.strip(), written_at=now)
        comment.mentioned.set(mentioned)
        notify(NoticeKind.MENTION, initiative, mentioned, by, comment=comment)
        readers = allowed(initiative.cluster_id, Act.DISCUSS).filter(pk__in=followers(initiative).values("pk"))
        notify(NoticeKind.COMMENT, initiative, [user for user in readers if user not in mentioned], by, comment=comment)
    return comment


def edit_comment(comment: Comment, by: User, text: str, now: datetime) -> None:
    """Replace the text of one's own comment of today; only those newly mentioned are told.

    Raises PermissionDenied for somebody else's or an older one, ValidationError for a text that breaks a rule.
    """
    with transaction.atomic():
        locked = _own_of_today(comment, by, now)
        mentioned, before = _mentioned(comment.initiative, text), set(locked.mentioned.all())
        if text.strip() == locked.text:
            return
        locked.text, locked.edited_at = text.strip(), now
        locked.save(update_fields=["text", "edited_at"])
        locked.mentioned.set(mentioned)
        new = [user for user in mentioned if user not in before]
        notify(NoticeKind.MENTION, comment.initiative, new, by, comment=comment)


def remove_comment(comment: Comment, by: User, now: datetime) -> None:
    """Delete the text of one's own comment of today; who and when is kept. Raises PermissionDenied."""
    with transaction.atomic():
        locked = _own_of_today(comment, by, now)
        locked.text, locked.removed_at, locked.removed_by = "", now, by
        locked.save(update_fields=["text", "removed_at", "removed_by"])
        locked.notices.unread().delete()


def _own_of_today(comment: Comment, by: User, now: datetime) -> Comment:
    by.rights.require(Act.DISCUSS, comment.initiative.cluster_id)
    locked = Comment.objects.select_for_update().get(pk=comment.pk)
    if not locked.may_be_changed(by, now):
        raise PermissionDenied(_("A comment can be changed by who wrote it, on the same day."))
    return locked


def _mentioned(initiative: Initiative, text: str) -> list[User]:
    known = list(allowed(initiative.cluster_id, Act.DISCUSS))
    if wrong := problem(text, known):
        raise ValidationError({"text": [wrong]})
    names = set(named_in(text))
    return [user for user in known if user.username.casefold() in names]
