"""What a user does with a report: order, try again, cancel. A document is made once, however many ask for it."""

from dataclasses import astuple
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from initiatives.models import User

from . import jobs
from .composing import Document, Subject, compose
from .key import content_key
from .models import HOLDING, UNDER_WAY, Report, Stage, State


def order(subject: Subject, by: User, today: date) -> tuple[Report, bool]:
    """Ask for a report: the row and its tasks, and True; or the report of the very same content, and False.

    The latter is finished or under way. Of two who ask at once, one makes the row and both get it.
    """
    document = compose(subject, today)
    with transaction.atomic():
        report, is_new = Report.objects.get_or_create(
            key=content_key(subject, document.html),
            state__in=HOLDING,
            defaults={
                "kind": subject.kind,
                "cluster": subject.plan.cluster,
                "plan": subject.plan,
                "initiative": subject.initiative,
                "as_of": subject.day,
                "requested_by": by,
                "attempt": 1,
                **_content(subject, document),
            },
        )
        if is_new:
            jobs.enqueue(report)
    return report, is_new


def may_retry(report: Report) -> bool:
    """True for a report that came to nothing. One whose worker died is taken up again by itself."""
    return report.state in {State.FAILED, State.CANCELLED}


def retry(report: Report, by: User, now: datetime, today: date) -> Report | None:
    """Ask again for a report that came to nothing, with the texts of today; None where there is nothing to try again.

    Gives another report where that holds the same content by now.
    """
    if not may_retry(report):
        return None
    subject = Subject.of(report)
    document = compose(subject, today)
    key = content_key(subject, document.html)
    try:
        with transaction.atomic():
            again = Report.objects.filter(pk=report.pk, attempt=report.attempt, state=report.state).update(
                state=State.WAITING, stage=Stage.QUEUED, attempt=report.attempt + 1, page=0, lost=0, failure="",
                started_at=None, alive_at=None, finished_at=None, requested_by=by, requested_at=now,
                **{**_content(subject, document), "key": key},
            )  # fmt: skip
            report.refresh_from_db()
            if again:
                jobs.enqueue(report)
    except IntegrityError:
        return Report.objects.holding(key).get()
    return report if again else None


def cancel(report: Report, now: datetime) -> bool:
    """Withdraw a report that is under way; False for one that is not. Its process is ended within a second."""
    own = Report.objects.filter(pk=report.pk, attempt=report.attempt, state__in=UNDER_WAY)
    return bool(own.update(state=State.CANCELLED, document="", finished_at=now))


def _content(subject: Subject, document: Document) -> dict[str, Any]:
    return {
        "document": document.html,
        "remarks": [astuple(remark) for remark in document.remarks],
        "expected_pages": _pages_last_time(subject),
    }


def _pages_last_time(subject: Subject) -> int | None:
    """How long the last such report was, to tell how far the next one is; None before the first."""
    made = Report.objects.filter(kind=subject.kind, plan=subject.plan, initiative=subject.initiative)
    return made.exclude(pages=None).order_by("-finished_at").values_list("pages", flat=True).first()
