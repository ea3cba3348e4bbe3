"""The job that makes a report: its row says what became of it, and no task does the work twice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from clusterportal.reports import jobs
from clusterportal.reports.models import Report, Stage, State
from clusterportal.reports.ordering import cancel, retry
from clusterportal.reports.pdf import Progress, Rendered
from initiatives import attachments
from initiatives.access import Role
from initiatives.models import ActionPlan, Attachment, Initiative, User
from tests import build

from . import build_report as report

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 4, 10, 12, 0, tzinfo=UTC)
LEASE = timedelta(seconds=30)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    """Files of a test are gone with it."""
    settings.REPORT_LEASE_S = LEASE.seconds
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "initiatives.storage.WholeFileStorage", "OPTIONS": {"location": tmp_path}},
    }


@pytest.fixture
def plan() -> ActionPlan:
    return report.plan()


@pytest.fixture
def sofie(plan: ActionPlan) -> User:
    return build.user("sofie-job", Role.SECRETARIAT, plan.cluster)


@pytest.fixture
def ordered(plan: ActionPlan, sofie: User) -> Report:
    return report.ordered(plan, sofie)


def running(of: Report, alive_at: datetime) -> Report:
    return report.put(of, state=State.RUNNING, stage=Stage.RENDERING, started_at=alive_at, alive_at=alive_at, page=7)


def run(of: Report, attempt: int = 1) -> Report:
    jobs.run.call(of.pk, attempt)
    of.refresh_from_db()
    return of


def tasks(of: Report, attempt: int) -> list[datetime]:
    """When the tasks of an attempt may run."""
    found = DBTaskResult.objects.filter(args_kwargs__args=[of.pk, attempt])
    return sorted(found.values_list("run_after", flat=True))


# Success.
def test_a_job_leaves_a_finished_row_with_its_file(ordered, sofie):
    made = run(ordered)
    assert (made.state, made.stage, made.failure, made.document) == (State.FINISHED, Stage.STORING, "", "")
    with made.result.file.open() as file:
        assert file.read(8) == b"%PDF-1.7"
    assert (made.result.media_type, made.result.stored_by) == ("application/pdf", sofie)
    assert made.pages >= 6
    assert made.started_at <= made.alive_at <= made.finished_at


def test_the_row_tells_the_page_and_a_sign_of_life(ordered):
    taken = jobs.take(ordered.pk, 1, NOW)
    jobs._tell(taken, Progress(page=4))
    ordered.refresh_from_db()
    assert (ordered.stage, ordered.page) == (Stage.RENDERING, 4)
    assert ordered.alive_at > NOW
    jobs._tell(taken, Progress(page=4, writing=True))
    ordered.refresh_from_db()
    assert ordered.stage == Stage.WRITING


def test_the_last_page_told_is_the_last_page_made(ordered):
    made = run(ordered)
    assert made.page == made.pages


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("evaluation", "evaluering-sundhedsklynge-prøve-2025-04-10.pdf"),
        ("overview", "statusoversigt-sundhedsklynge-prøve-2025-04-10.pdf"),
        ("economy", "oekonomioversigt-sundhedsklynge-prøve-2025-04-10.pdf"),
        ("initiative", "indsats-5-sundhedsklynge-prøve-2025-04-10.pdf"),
    ],
)
def test_the_file_is_named_for_kind_cluster_and_day(plan, sofie, kind, name):
    assert jobs.file_name(report.ordered(plan, sofie, kind)) == name


def test_the_file_name_of_midt_is_plain(midt):
    assert jobs.file_name(Report(cluster=midt, as_of=report.DAY)) == "evaluering-sundhedsklynge-midt-2025-04-10.pdf"


# Who has the row.
@pytest.mark.parametrize("state", [State.FAILED, State.CANCELLED])
def test_a_row_that_has_come_to_nothing_is_left_alone(ordered, state):
    report.put(ordered, state=state, failure="Før")
    made = run(ordered)
    assert (made.state, made.failure, made.result) == (state, "Før", None)


def test_a_finished_row_is_left_alone(ordered, sofie):
    file = attachments.store(build.PDF, "før.pdf", sofie)
    report.put(ordered, state=State.FINISHED, result=file, pages=1)
    assert run(ordered).result == file
    assert Attachment.objects.count() == 1


def test_a_task_of_an_earlier_attempt_does_nothing(ordered):
    report.put(ordered, attempt=2)
    assert run(ordered, attempt=1).state == State.WAITING


def test_a_task_without_a_row_does_nothing():
    jobs.run.call(123456789, 1)
    assert Attachment.objects.count() == 0


# A worker that died.
@pytest.mark.parametrize(("seconds", "lost"), [(29, False), (30, False), (31, True)])
def test_a_running_job_is_lost_without_a_sign_of_life(seconds, lost):
    row = Report(state=State.RUNNING, alive_at=NOW - timedelta(seconds=seconds))
    assert jobs.is_lost(row, NOW) == lost


@pytest.mark.parametrize("state", [State.WAITING, State.FINISHED, State.FAILED, State.CANCELLED])
def test_only_a_running_job_can_be_lost(state):
    assert not jobs.is_lost(Report(state=state, alive_at=NOW - timedelta(days=9)), NOW)


def test_while_the_worker_lives_the_watch_lies_down_once_more(ordered):
    running(ordered, NOW)
    before = tasks(ordered, 1)
    assert jobs.take(ordered.pk, 1, NOW + LEASE) is None
    assert ordered.page == 7
    woken = set(tasks(ordered, 1)) - set(before)
    assert woken == {NOW + LEASE + timedelta(seconds=1)}


def test_a_lost_report_is_taken_up_again_with_the_same_document(ordered):
    document = ordered.document
    running(ordered, NOW)
    taken = jobs.take(ordered.pk, 1, NOW + LEASE + timedelta(seconds=1))
    assert (taken.attempt, taken.lost, taken.page, taken.document) == (2, 1, 0, document)
    assert taken.alive_at > NOW
    assert tasks(ordered, 2)


def test_of_two_who_take_up_a_lost_report_one_gets_it(ordered):
    running(ordered, NOW)
    later = NOW + timedelta(hours=1)
    assert jobs.take(ordered.pk, 1, later)
    assert jobs.take(ordered.pk, 1, later) is None


def test_a_report_whose_task_died_before_it_began_is_taken_by_the_watch(ordered):
    DBTaskResult.objects.order_by("run_after").first().delete()
    assert run(ordered).state == State.FINISHED


def test_a_report_that_kills_its_workers_is_given_up(ordered):
    report.put(ordered, lost=2)
    running(ordered, NOW)
    assert jobs.take(ordered.pk, 1, NOW + timedelta(hours=1)) is None
    ordered.refresh_from_db()
    assert (ordered.state, ordered.lost) == (State.FAILED, 3)
    assert "3" in ordered.failure


def test_a_worker_that_was_taken_for_dead_stores_nothing(ordered):
    """It was only slow, and comes back after another has taken up the report."""
    late = running(Report.objects.get(pk=ordered.pk), NOW)
    assert jobs.take(ordered.pk, 1, timezone.now())
    jobs.store(late, Rendered(build.PDF, 1))
    late.refresh_from_db()
    assert (late.state, late.attempt, late.result) == (State.RUNNING, 2, None)
    assert Attachment.objects.count() == 0
    with pytest.raises(jobs.WithdrawnError):
        jobs._tell(Report(pk=ordered.pk, attempt=1), Progress())


# Cancelling.
def test_a_cancelled_report_is_not_begun(ordered):
    assert cancel(ordered, NOW)
    made = run(ordered)
    assert (made.state, made.document, made.result) == (State.CANCELLED, "", None)


def test_a_report_cancelled_in_the_middle_ends_its_process_and_keeps_no_file(ordered, monkeypatch, tmp_path):
    pages, tell = [], jobs._tell

    def cancelled_at_page_three(own, progress):
        pages.append(progress.page)
        if progress.page == 3:
            assert cancel(Report.objects.get(pk=own.pk), NOW)
        tell(own, progress)

    monkeypatch.setattr(jobs, "_tell", cancelled_at_page_three)
    made = run(ordered)
    assert (made.state, made.failure, made.result) == (State.CANCELLED, "", None)
    assert pages[-1] == 3
    assert Attachment.objects.count() == 0
    assert list(tmp_path.rglob("*.pdf")) == []


def test_a_report_cancelled_at_the_last_moment_keeps_no_file(ordered, tmp_path):
    taken = jobs.take(ordered.pk, 1, timezone.now())
    assert cancel(taken, NOW)
    jobs.store(taken, Rendered(build.PDF, 1))
    assert Report.objects.get(pk=ordered.pk).state == State.CANCELLED
    assert list(tmp_path.rglob("*.pdf")) == []


def test_a_cancelled_report_can_be_tried_again(ordered, sofie):
    cancel(ordered, NOW)
    ordered.refresh_from_db()
    assert retry(ordered, sofie, NOW, report.MADE_ON) == ordered
    assert run(ordered, attempt=2).state == State.FINISHED


# Failure.
def test_a_failed_rendering_keeps_its_reason(ordered, settings):
    settings.REPORT_MEMORY_MB = 100
    made = run(ordered)
    assert (made.state, made.stage, made.result) == (State.FAILED, Stage.RENDERING, None)
    assert "100 MB" in made.failure
    assert made.finished_at is not None


def test_an_unexpected_error_fails_the_row_and_is_logged(ordered, settings, caplog):
    settings.ATTACHMENT_MAX_MB = 0
    made = run(ordered)
    assert (made.state, made.stage, made.result) == (State.FAILED, Stage.STORING, None)
    assert made.failure
    assert "0 MB" not in made.failure
    assert "ValidationError" in caplog.text


# What the user is told to do.
def test_too_little_memory_names_the_longest_texts(plan, sofie, settings):
    settings.REPORT_MEMORY_MB = 100
    for number, letters in (("5", 6000), ("7", 7000)):
        report.section(Initiative.objects.get(plan=plan, number=number), "purpose", "Ord " * (letters // 4))
    made = run(report.ordered(plan, sofie))
    assert made.state == State.FAILED
    assert "100 MB" in made.failure
    assert (
        "Prøv igen. Sker det igen, så forkort de længste tekster: »Indsats 7: Formål« (7.000 tegn) og »Inds"
        in made.failure
    )


@pytest.mark.parametrize("kind", ["overview", "initiative", "evaluation"])
def test_a_report_without_long_texts_sends_to_the_administrator(plan, sofie, settings, kind):
    settings.REPORT_MEMORY_MB = 100
    assert "sig det til administratoren" in run(report.ordered(plan, sofie, kind)).failure
