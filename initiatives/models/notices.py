"""What a user is told about initiatives, and how each user wants to be told."""

from typing import Self

from django.conf import settings
from django.db import models
from django.shortcuts import resolve_url
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..danish import short_date
from .comments import Comment
from .initiatives import Initiative
from .status import StatusReport


class NoticeKind(models.TextChoices):
    """What happened."""

    MENTION = "mention", _("Somebody mentions me")
    COMMENT = "comment", _("New comment on an initiative that I follow")
    STATUS = "status", _("New status of an initiative that I follow")
    OVERDUE = "overdue", _("Overdue status")


class Delivery(models.TextChoices):
    """How a notice reaches the mailbox; in the portal it stands at once."""

    NOW = "now", _("At once")
    DAILY = "daily", _("Collected daily")
    NEVER = "never", _("Never")


# Where a user has chosen nothing.
USUAL = {
    NoticeKind.MENTION: Delivery.NOW,
    NoticeKind.COMMENT: Delivery.DAILY,
    NoticeKind.STATUS: Delivery.DAILY,
    NoticeKind.OVERDUE: Delivery.DAILY,
}


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def to_mail(self, *deliveries: str) -> Self:
        """Not mailed yet, and chosen to come in one of these ways."""
        return self.filter(mailed_at=None, delivery__in=deliveries)

    def told(self) -> Self:
        """Newest first, with all that their words need, by one query."""
        return self.select_related("initiative__cluster", "by", "report").order_by("-pk")


class Notice(models.Model):
    """One thing that one user is told. `delivery` is what the user had chosen when it happened."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("user"))
    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind)
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="notices", verbose_name=_("initiative"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("done by")
    )
    comment = models.ForeignKey(
        Comment, models.CASCADE, null=True, blank=True, related_name="notices", verbose_name=_("comment")
    )
    report = models.ForeignKey(
        StatusReport, models.CASCADE, null=True, blank=True, related_name="notices", verbose_name=_("status report")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    delivery = models.CharField(_("by e-mail"), max_length=10, choices=Delivery)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(fields=["user", "-id"], name="notice_latest"),
        ]
        constraints = [
            # A status is called overdue once.
            models.UniqueConstraint(
                fields=["user", "report"], condition=models.Q(kind="overdue"), name="notice_overdue_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind}"

    @property
    def words(self) -> str:
        """What happened, in a sentence; needs initiative, by and report."""
        name = self.by.display_name if self.by else gettext("Somebody")
        told = {
            "name": name,
            "initiative": f"{self.initiative.number} {self.initiative.short_title}".strip(),
            "day": short_date(self.report.reported_on) if self.report else "",
        }
        sentences = {
            NoticeKind.MENTION: gettext("%(name)s mentions you in a comment on initiative %(initiative)s"),
            NoticeKind.COMMENT: gettext("%(name)s has commented on initiative %(initiative)s"),
            NoticeKind.STATUS: gettext("%(name)s has saved a status of initiative %(initiative)s"),
            NoticeKind.OVERDUE: gettext(
                "The status of initiative %(initiative)s is from %(day)s and should be updated"
            ),
        }
        return sentences[NoticeKind(self.kind)] % told

    @property
    def url(self) -> str:
        """Where it happened; needs the initiative with its cluster."""
        places = {NoticeKind.STATUS: "?fane=status", NoticeKind.OVERDUE: ""}
        place = places.get(NoticeKind(self.kind), f"?fane=kommentarer#kommentar-{self.comment_id}")
        return resolve_url(self.initiative) + place


class NoticeChoice(models.Model):
    """How a user wants one kind of notice by e-mail."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_choices", verbose_name=_("user")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind)
    delivery = models.CharField(_("by e-mail"), max_length=10, choices=Delivery)

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="noticechoice_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind} {self.delivery}"
