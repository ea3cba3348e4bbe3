"""Telling users what happened: one notice each, by e-mail as each has chosen."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from .access import Act
from .asof import DatePrecision
from .audience import allowed
from .mailing import send_waiting
from .models import USUAL, Comment, Delivery, Initiative, Notice, NoticeChoice, NoticeKind, StatusReport, User
from .models.status import ENDED_PHASES


def notify(
    kind: NoticeKind,
    initiative: Initiative,
    users: Iterable[User],
    by: User | None,
    comment: Comment | None = None,
    report: StatusReport | None = None,
) -> list[Notice]:
    """Tell each of the users except `by`; e-mails that are wanted at once are put in the queue. Three queries."""
    told = [user for user in users if user != by]
    chosen = dict(NoticeChoice.objects.filter(kind=kind, user__in=told).values_list("user_id", "delivery"))
    notices = [
        Notice(
            user=user, kind=kind, initiative=initiative, by=by, comment=comment, report=report,
            delivery=chosen.get(user.pk, USUAL[kind]),
        )
        for user in told
    ]  # fmt: skip
    with transaction.atomic():
        # A status that two runs find overdue at once is told once.
        Notice.objects.bulk_create(notices, ignore_conflicts=kind == NoticeKind.OVERDUE)
        if any(notice.delivery == Delivery.NOW for notice in notices):
            send_waiting.enqueue()
    return notices


def tell_overdue(today: date) -> int:
    """Tell the coordinators of every status that has grown older than STATUS_STALE_DAYS; how many notices that made.

    A status is called overdue once to each; one whose date is not printed, and of an ended initiative, never.
    """
    oldest = today - timedelta(days=settings.STATUS_STALE_DAYS)
    overdue = StatusReport.objects.current_on(today).filter(reported_on__lt=oldest).exclude(phase__in=ENDED_PHASES)
    overdue = overdue.exclude(precision=DatePrecision.UNPRINTED).select_related("initiative")
    reports: dict[int, list[StatusReport]] = {}
    for report in overdue:
        reports.setdefault(report.initiative.cluster_id, []).append(report)
    return sum(_tell_cluster(cluster, of_cluster) for cluster, of_cluster in reports.items())


def _tell_cluster(cluster_id: int, overdue: list[StatusReport]) -> int:
    coordinators = list(allowed(cluster_id, Act.REPORT_STATUS))
    told = set(Notice.objects.filter(kind=NoticeKind.OVERDUE, report__in=overdue).values_list("user_id", "report_id"))
    made = 0
    for report in overdue:
        new = [user for user in coordinators if (user.pk, report.pk) not in told]
        made += len(notify(NoticeKind.OVERDUE, report.initiative, new, None, report=report) if new else [])
    return made
