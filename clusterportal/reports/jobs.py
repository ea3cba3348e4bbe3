"""The job that makes a report, and its own row: stage, attempt and what became of it.

The task queue forgets a task whose worker was killed, so the row decides: a task that finds the row taken, finished
or at a later attempt leaves it alone.
"""

import logging
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_tasks import task

from initiatives import attachments
from initiatives.danish import today
from initiatives.models import ActionPlan, User

from .collect import evaluation
from .html import evaluation_html
from .models import Report, ReportQuerySet
from .pdf import Rendered, RenderError, render

logger = logging.getLogger(__name__)

# The printed edition, and what is told of a failure, are Danish whatever language is read elsewhere.
LANGUAGE = "da"
# Time that a job may use beside setting the pages, before it is taken for dead.
ALLOWANCE = timedelta(minutes=2)


def order(plan: ActionPlan, day: date, by: User) -> Report:
    """Ask for the evaluation of `plan` as of `day`: the row and its task, or neither."""
    with transaction.atomic():
        report = Report.objects.create(cluster=plan.cluster, plan=plan, as_of=day, requested_by=by, attempt=1)
        _enqueue(report)
    return report


def retry(report: Report, by: User) -> bool:
    """Ask again for a report that failed or whose job died; False where there is nothing to try again."""
    if not may_retry(report, timezone.now()):
        return False
    with transaction.atomic():
        again = Report.objects.filter(pk=report.pk, attempt=report.attempt, state=report.state).update(
            state=Report.State.WAITING,
            stage=Report.Stage.QUEUED,
            attempt=report.attempt + 1,
            failure="",
            started_at=None,
            finished_at=None,
            requested_by=by,
            requested_at=timezone.now(),
        )
        if again:
            report.refresh_from_db()
            _enqueue(report)
    return bool(again)


def may_retry(report: Report, now: datetime) -> bool:
    """True for a report that failed, and for one whose job must be dead."""
    return report.state == Report.State.FAILED or is_lost(report, now)


def is_lost(report: Report, now: datetime) -> bool:
    """True for a running report that has used more time than a living job can."""
    allowed = timedelta(seconds=settings.REPORT_TIMEOUT_S) + ALLOWANCE
    if report.state != Report.State.RUNNING or report.started_at is None:
        return False
    return now - report.started_at > allowed


def _enqueue(report: Report) -> None:
    """The queue is a table of the same database: its row is committed together with the report's."""
    run.enqueue(report.pk, report.attempt)


@task()
def run(report_id: int, attempt: int) -> None:
    """Make the report, unless its row is taken, finished or at another attempt."""
    job = Report.objects.filter(pk=report_id, attempt=attempt)
    waiting = job.filter(state=Report.State.WAITING)
    if not waiting.update(state=Report.State.RUNNING, stage=Report.Stage.COLLECTING, started_at=timezone.now()):
        logger.info("Report %s, attempt %s: nothing to do.", report_id, attempt)
        return
    report = job.select_related("cluster", "plan__cluster", "requested_by").get()
    with translation.override(LANGUAGE):
        try:
            store(report, _make(report))
        except RenderError as error:
            _fail(report, str(error))
        # The edge of the job: nobody waits above to be told, and a row left running would be offered to nobody.
        except Exception:
            logger.exception("Report %s, attempt %s failed.", report_id, attempt)
            _fail(report, _("The report could not be made, because of an error in the portal. It has been logged."))


def _make(report: Report) -> Rendered:
    html = evaluation_html(evaluation(report.plan, report.as_of, today()))
    _reach(report, Report.Stage.RENDERING)
    rendered = render(html)
    _reach(report, Report.Stage.STORING)
    return rendered


def _reach(report: Report, stage: Report.Stage) -> None:
    _own(report).update(stage=stage)


def _own(report: Report) -> ReportQuerySet:
    """The row while it is still this attempt's."""
    return Report.objects.filter(pk=report.pk, attempt=report.attempt, state=Report.State.RUNNING)


def store(report: Report, rendered: Rendered) -> None:
    """File and row in one transaction; nothing where another attempt has taken over."""
    with transaction.atomic():
        if not _own(report).select_for_update().exists():
            return
        result = attachments.store(rendered.content, file_name(report), report.requested_by)
        _own(report).update(
            state=Report.State.FINISHED, result=result, pages=rendered.pages, finished_at=timezone.now()
        )


def _fail(report: Report, reason: str) -> None:
    _own(report).update(state=Report.State.FAILED, failure=reason, finished_at=timezone.now())


def file_name(report: Report) -> str:
    """`evaluering-sundhedsklynge-midt-2024-12-31.pdf`."""
    return f"evaluering-{slugify(report.cluster.name, allow_unicode=True)}-{report.as_of.isoformat()}.pdf"
