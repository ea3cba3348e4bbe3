"""The job that makes a report: its row says what became of it, and no task does the work twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from clusterportal.reports import jobs
from clusterportal.reports.models import Report
from initiatives import attachments
from initiatives.access import Role
from initiatives.models import ActionPlan, Attachment, User
from tests import build

from . import build_report as report

pytestmark = pytest.mark.django_db
State, Stage = Report.State, Report.Stage
NOW = datetime(2025, 4, 10, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    """Files of a test are gone with it."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


@pytest.fixture
def plan() -> ActionPlan:
    return report.plan()


@pytest.fixture
def sofie(plan: ActionPlan) -> User:
    return build.user("sofie-job", Role.SECRETARIAT, plan.cluster)


@pytest.fixture
def ordered(plan: ActionPlan, sofie: User) -> Report:
    return jobs.order(plan, report.DAY, sofie)


def put(of: Report, **fields: object) -> Report:
    """The row as an earlier job left it."""
    Report.objects.filter(pk=of.pk).update(**fields)
    of.refresh_from_db()
    return of


def run(of: Report, attempt: int = 1) -> Report:
    jobs.run.call(of.pk, attempt)
    of.refresh_from_db()
    return of


# Ordering.
def test_an_order_is_a_waiting_row_and_one_task(ordered):
    assert (ordered.state, ordered.stage, ordered.attempt) == (State.WAITING, Stage.QUEUED, 1)
    task = DBTaskResult.objects.get()
    assert (task.task_path, task.args_kwargs["args"]) == ("clusterportal.reports.jobs.run", [ordered.pk, 1])


def test_an_order_belongs_to_the_cluster_of_its_plan(ordered, plan, sofie):
    assert (ordered.cluster, ordered.as_of, ordered.requested_by) == (plan.cluster, report.DAY, sofie)


# Success.
def test_a_job_leaves_a_finished_row_with_its_file(ordered, sofie):
    made = run(ordered)
    assert (made.state, made.stage, made.failure) == (State.FINISHED, Stage.STORING, "")
    with made.result.file.open() as file:
        assert file.read(8) == b"%PDF-1.7"
    assert (made.result.media_type, made.result.stored_by) == ("application/pdf", sofie)
    assert made.pages >= 6
    assert made.started_at <= made.finished_at


def test_the_file_is_named_for_cluster_and_day(ordered):
    assert jobs.file_name(ordered) == "evaluering-sundhedsklynge-prøve-2025-04-10.pdf"


def test_the_file_name_of_midt_is_plain(midt):
    assert jobs.file_name(Report(cluster=midt, as_of=report.DAY)) == "evaluering-sundhedsklynge-midt-2025-04-10.pdf"


# Running twice.
@pytest.mark.parametrize("state", [State.RUNNING, State.FAILED])
def test_a_row_that_was_taken_or_has_failed_is_left_alone(ordered, state):
    put(ordered, state=state, failure="Før")
    made = run(ordered)
    assert (made.state, made.failure, made.result) == (state, "Før", None)


def test_a_finished_row_is_left_alone(ordered, sofie):
    file = attachments.store(build.PDF, "før.pdf", sofie)
    put(ordered, state=State.FINISHED, result=file, pages=1)
    assert run(ordered).result == file
    assert Attachment.objects.count() == 1


def test_a_task_of_an_earlier_attempt_does_nothing(ordered):
    put(ordered, attempt=2)
    assert run(ordered, attempt=1).state == State.WAITING


def test_a_task_without_a_row_does_nothing():
    jobs.run.call(123456789, 1)
    assert Attachment.objects.count() == 0


# Failure.
def test_a_failed_rendering_keeps_its_reason(ordered, settings):
    settings.REPORT_MEMORY_MB = 100
    made = run(ordered)
    assert (made.state, made.stage, made.result) == (State.FAILED, Stage.RENDERING, None)
    assert "100 MB" in made.failure
    assert made.finished_at is not None


def test_an_unexpected_error_fails_the_row_and_is_logged(ordered, monkeypatch, caplog):
    monkeypatch.setattr(attachments, "MAX_BYTES", 10)
    made = run(ordered)
    assert (made.state, made.stage, made.result) == (State.FAILED, Stage.STORING, None)
    assert made.failure
    assert "50 MB" not in made.failure
    assert "ValidationError" in caplog.text


# Trying again.
def test_a_failed_report_can_be_tried_again(ordered, plan):
    put(ordered, state=State.FAILED, failure="For lidt hukommelse", started_at=NOW, finished_at=NOW)
    other = build.user("signe-job", Role.SECRETARIAT, plan.cluster)
    assert jobs.retry(ordered, other)
    ordered.refresh_from_db()
    assert (ordered.state, ordered.stage, ordered.attempt, ordered.failure) == (State.WAITING, Stage.QUEUED, 2, "")
    assert (ordered.started_at, ordered.finished_at, ordered.requested_by) == (None, None, other)
    assert DBTaskResult.objects.filter(args_kwargs__args=[ordered.pk, 2]).count() == 1


@pytest.mark.parametrize("state", [State.WAITING, State.RUNNING])
def test_a_report_under_way_cannot_be_tried_again(ordered, sofie, state):
    put(ordered, state=state, started_at=timezone.now())
    assert not jobs.retry(ordered, sofie)
    assert DBTaskResult.objects.count() == 1


def test_two_who_try_again_at_once_get_one_job(ordered, sofie):
    put(ordered, state=State.FAILED, failure="For lidt hukommelse")
    seen_by_the_other = Report.objects.get(pk=ordered.pk)
    assert jobs.retry(ordered, sofie)
    assert not jobs.retry(seen_by_the_other, sofie)
    assert DBTaskResult.objects.count() == 2


@pytest.mark.parametrize(("seconds", "lost"), [(419, False), (420, False), (421, True)])
def test_a_running_job_is_lost_when_it_has_used_more_time_than_it_can(settings, seconds, lost):
    settings.REPORT_TIMEOUT_S = 300
    row = Report(state=State.RUNNING, started_at=NOW - timedelta(seconds=seconds))
    assert jobs.is_lost(row, NOW) == lost


def test_only_a_running_job_can_be_lost():
    row = Report(state=State.WAITING, requested_at=NOW - timedelta(days=9))
    assert not jobs.is_lost(row, NOW)


def test_a_lost_report_can_be_tried_again(ordered, sofie):
    put(ordered, state=State.RUNNING, started_at=timezone.now() - timedelta(days=1))
    assert jobs.retry(ordered, sofie)
    assert ordered.attempt == 2


def test_a_job_that_was_taken_for_dead_stores_nothing(ordered, sofie):
    """It comes back after the report was ordered again."""
    late = put(ordered, state=State.RUNNING, started_at=timezone.now() - timedelta(days=1))
    assert jobs.retry(Report.objects.get(pk=late.pk), sofie)
    jobs.store(late, jobs.Rendered(build.PDF, 1))
    late.refresh_from_db()
    assert (late.state, late.attempt, late.result) == (State.WAITING, 2, None)
    assert Attachment.objects.count() == 0
