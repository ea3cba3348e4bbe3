"""What coordinators and secretariat say to each other about an initiative."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..access import Act, rights_of
from .initiatives import Initiative

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from .users import User


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Those of the clusters where the user takes part in the discussion; politicians read none."""
        return self.filter(initiative__cluster__in=rights_of(user).where(Act.DISCUSS))

    def in_order(self) -> Self:
        """Newest last, with who wrote and who deleted, by one query."""
        return self.select_related("by", "removed_by").order_by("pk")


class Comment(models.Model):
    """A short plain text. A deleted one keeps its row as a trace, but not its text."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="comments", verbose_name=_("initiative"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments", verbose_name=_("written by")
    )
    text = models.TextField(_("text"), max_length=2000, blank=True)
    written_at = models.DateTimeField(_("written"))
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    removed_at = models.DateTimeField(_("deleted"), null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("deleted by")
    )
    mentioned = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="mentions", blank=True, verbose_name=_("mentioned")
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True) | models.Q(text=""), name="comment_removed_is_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def may_be_changed(self, by: "User", now: datetime) -> bool:
        """True for the writer, on the day it was written."""
        same_day = timezone.localdate(self.written_at) == timezone.localdate(now)
        return self.by_id == by.pk and self.removed_at is None and same_day
