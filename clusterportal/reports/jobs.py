"""The job that makes a report, and its own row: stage, sign of life, and what became of it.

The task queue forgets a task whose worker was killed, so the row decides. While a report is under way, a second task
lies in the queue and wakes when the first one's sign of life would be too old: it takes the report up again where
the worker has died, and else lies down once more. A task that finds the row finished, cancelled or at a later attempt
leaves it alone.
"""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_tasks import task

from initiatives import attachments
from initiatives.danish import format_number, listed, today

from .composing import LANGUAGE, Subject, longest_texts
from .models import UNDER_WAY, Kind, Report, ReportQuerySet, Stage, State
from .pdf import Progress, Rendered, RenderError, render

logger = logging.getLogger(__name__)

# A report that has outlived so many workers is what kills them.
MOST_LOST = 3
NAMES = {
    Kind.EVALUATION: "evaluering",
    Kind.OVERVIEW: "statusoversigt",
    Kind.ECONOMY: "oekonomioversigt",
    Kind.INITIATIVE: "indsats",
}


class WithdrawnError(Exception):
    """The report was cancelled, or another attempt has it."""


def enqueue(report: Report) -> None:
    """The queue is a table of the same database: its rows are committed together with the report's."""
    run.enqueue(report.pk, report.attempt)
    _watch(report, timezone.now())


def is_lost(report: Report, now: datetime) -> bool:
    """True for a running report without a sign of life for so long that its worker must be dead."""
    if report.state != State.RUNNING or report.alive_at is None:
        return False
    return now - report.alive_at > _lease()


def _lease() -> timedelta:
    return timedelta(seconds=settings.REPORT_LEASE_S)


def _watch(report: Report, seen: datetime) -> None:
    """A task that wakes when a report last `seen` alive could be lost."""
    run.using(run_after=seen + _lease() + timedelta(seconds=1)).enqueue(report.pk, report.attempt)


@task()
def run(report_id: int, attempt: int) -> None:
    """Make the report, unless its row is finished, cancelled, at another attempt or in living hands."""
    with translation.override(LANGUAGE):
        report = take(report_id, attempt, timezone.now())
        if report is None:
            logger.info("Report %s, attempt %s: nothing to do.", report_id, attempt)
            return
        try:
            store(report, render(report.document, lambda progress: _tell(report, progress)))
        except WithdrawnError:
            logger.info("Report %s, attempt %s was withdrawn.", report_id, attempt)
        except RenderError as error:
            _fail(report, f"{error} {_advice(report, error)}")
        # Whatever else went wrong: this is the job's edge, nobody above tells the user, and a row left running would be
        # taken up to fail again without end. What stops the worker itself is no Exception and leaves the row to others.
        except Exception:  # logged with its traceback, and told to the user on the report's own row
            logger.exception("Report %s, attempt %s failed.", report_id, attempt)
            _fail(report, _("The report could not be made, because of an error in the portal. It has been logged."))


def _advice(report: Report, error: RenderError) -> str:
    """What the user can do about it: which text to shorten, where the document was too much."""
    if not error.heavy:
        return _("Try again. If it happens again, tell the administrator.")
    if error.place:
        return _("Try again. If it happens again, shorten the text there.")
    texts = longest_texts(Subject.of(report), today())
    if not texts:
        return _("Try again. If it happens again, tell the administrator.")
    named = [
        _("“%(place)s” (%(count)s characters)") % {"place": place, "count": format_number(count, 0)}
        for place, count in texts
    ]
    return _("Try again. If it happens again, shorten the longest texts: %(texts)s.") % {"texts": listed(named)}


@transaction.atomic
def take(report_id: int, attempt: int, now: datetime) -> Report | None:
    """The report, now in our hands: one that waited, or whose worker has died. None for any other."""
    rows = Report.objects.select_for_update().filter(pk=report_id, attempt=attempt, state__in=UNDER_WAY)
    report = rows.first()
    if report is None:
        return None
    if report.state == State.RUNNING and not is_lost(report, now):
        _watch(report, report.alive_at or now)
        return None
    if report.state == State.RUNNING:
        # Another number of attempt: a worker that was only slow finds that the row is no longer its own.
        report.attempt, report.lost = attempt + 1, report.lost + 1
        rows.update(attempt=report.attempt, lost=report.lost)
        if report.lost >= MOST_LOST:
            _fail(report, _("The work stopped in the middle %(times)s times.") % {"times": report.lost})
            return None
    report.state, report.stage, report.page = State.RUNNING, Stage.RENDERING, 0
    report.started_at, report.alive_at = report.started_at or now, now
    report.save(update_fields=["state", "stage", "page", "started_at", "alive_at"])
    _watch(report, now)
    return report


def _tell(report: Report, progress: Progress) -> None:
    """Keep the row alive. Raises WithdrawnError where it is no longer ours."""
    stage = Stage.WRITING if progress.writing else Stage.RENDERING
    if not _own(report).update(alive_at=timezone.now(), stage=stage, page=progress.page):
        raise WithdrawnError


def _own(report: Report) -> ReportQuerySet:
    """The row while it is still this attempt's."""
    return Report.objects.filter(pk=report.pk, attempt=report.attempt, state=State.RUNNING)


def store(report: Report, rendered: Rendered) -> None:
    """File and row in one transaction; nothing where the report was cancelled or another attempt has taken over."""
    _own(report).update(stage=Stage.STORING)
    with transaction.atomic():
        if not _own(report).select_for_update().exists():
            return
        result = attachments.store(rendered.content, file_name(report), report.requested_by)
        _own(report).update(
            state=State.FINISHED, result=result, pages=rendered.pages, document="", finished_at=timezone.now()
        )


def _fail(report: Report, reason: str) -> None:
    _own(report).update(state=State.FAILED, failure=reason, document="", finished_at=timezone.now())


def file_name(report: Report) -> str:
    """`evaluering-sundhedsklynge-midt-2024-12-31.pdf`, `indsats-5-sundhedsklynge-midt-2024-12-31.pdf`."""
    name = NAMES[Kind(report.kind)]
    if report.initiative:
        name += f"-{report.initiative.address}"
    parts = [slugify(part, allow_unicode=True) for part in (name, report.cluster.name)]
    return f"{'-'.join(parts)}-{report.as_of.isoformat()}.pdf"
