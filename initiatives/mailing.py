"""Notices by e-mail: what is wanted at once by a job, the rest collected once a day.

A notice is marked as mailed before it is sent, so that two workers never send it twice; the mark is taken back where
the mail server refuses, and the next run tries again.
"""

import logging
import smtplib
from itertools import groupby
from operator import attrgetter
from typing import cast

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import ngettext
from django_tasks import task

from .models import Delivery, Notice, User

logger = logging.getLogger(__name__)


@task()
def send_waiting() -> None:
    """Send what is wanted at once."""
    send(Delivery.NOW)


def send_daily() -> int:
    """Send what is collected daily, and what could not be sent at once; how many e-mails went out."""
    return send(Delivery.NOW, Delivery.DAILY)


def send(*deliveries: str) -> int:
    """One e-mail to each user for whom notices wait; how many went out."""
    waiting = Notice.objects.to_mail(*deliveries).select_related("user", "initiative__cluster", "by", "report")
    sent = 0
    for user, notices in groupby(waiting.order_by("user_id", "pk"), key=attrgetter("user")):
        sent += _send_to(user, [notice for notice in notices if _claim(notice)])
    return sent


def _claim(notice: Notice) -> bool:
    """True where this run is the one that sends it."""
    return bool(Notice.objects.filter(pk=notice.pk, mailed_at=None).update(mailed_at=timezone.now()))


def _send_to(user: User, notices: list[Notice]) -> int:
    """What may no longer be seen is not told, and nothing to who can no longer log in."""
    seen = [notice for notice in notices if notice.initiative.cluster_id in user.rights.clusters]
    if not seen or not user.is_active:
        return 0
    with translation.override(user.language or settings.LANGUAGE_CODE):
        try:
            send_mail(_subject(seen), _body(user, seen), None, [user.email])
        except (smtplib.SMTPException, OSError):
            logger.exception("The notices of user %s could not be mailed.", user.pk)
            Notice.objects.filter(pk__in=[notice.pk for notice in seen]).update(mailed_at=None)
            return 0
    return 1


def _subject(notices: list[Notice]) -> str:
    """One line, whatever a user is called."""
    if len(notices) == 1:
        return " ".join(notices[0].words.split())
    count = len(notices)
    return ngettext("%(count)s notice from the portal", "%(count)s notices from the portal", count) % {"count": count}


def _body(user: User, notices: list[Notice]) -> str:
    """Plain text. The links hold no secret: they lead to pages that ask for the login."""
    portal = settings.PORTAL_URL.rstrip("/")
    lines = [(notice.words, portal + notice.url) for notice in notices]
    context = {"name": user.first_name or user.display_name, "lines": lines, "choose": f"{portal}/konto/beskeder/"}
    return cast("str", render_to_string("initiatives/notice_email.txt", context)).strip() + "\n"
