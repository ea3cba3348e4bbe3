"""Ordering a report: the same content is made once, whoever asks and however often."""

from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from clusterportal.reports import key
from clusterportal.reports.composing import Subject, compose
from clusterportal.reports.key import content_key
from clusterportal.reports.models import Kind, Report, Stage, State
from clusterportal.reports.ordering import order, retry
from initiatives import attachments
from initiatives.access import Role
from initiatives.models import ActionPlan, Initiative, User
from tests import build

from . import build_report as report

pytestmark = pytest.mark.django_db
NOW = datetime(2025, 4, 10, 12, 0, tzinfo=UTC)
NEXT_DAY = report.MADE_ON + timedelta(days=1)


@pytest.fixture
def plan() -> ActionPlan:
    return report.plan()


@pytest.fixture
def sofie(plan: ActionPlan) -> User:
    return build.user("sofie-order", Role.SECRETARIAT, plan.cluster)


@pytest.fixture
def signe(plan: ActionPlan) -> User:
    return build.user("signe-order", Role.SECRETARIAT, plan.cluster)


@pytest.fixture
def ordered(plan: ActionPlan, sofie: User) -> Report:
    return report.ordered(plan, sofie)


def finished(of: Report, pages: int = 9) -> Report:
    file = attachments.store(build.PDF, "evaluering.pdf", of.requested_by)
    return report.put(of, state=State.FINISHED, result=file, pages=pages, finished_at=NOW, document="")


def initiative(number: str) -> Initiative:
    return Initiative.objects.get(cluster__slug="proeve", number=number)


# One order.
def test_an_order_is_a_waiting_row_its_task_and_the_one_that_watches(ordered, settings):
    assert (ordered.state, ordered.stage, ordered.attempt) == (State.WAITING, Stage.QUEUED, 1)
    task, watch = DBTaskResult.objects.order_by("enqueued_at")
    assert {task.task_path, watch.task_path} == {"clusterportal.reports.jobs.run"}
    assert task.args_kwargs["args"] == watch.args_kwargs["args"] == [ordered.pk, 1]
    assert watch.run_after - watch.enqueued_at > timedelta(seconds=settings.REPORT_LEASE_S)


def test_an_order_belongs_to_the_cluster_of_its_plan(ordered, plan, sofie):
    assert (ordered.cluster, ordered.as_of, ordered.requested_by) == (plan.cluster, report.DAY, sofie)
    assert "<h1>" in ordered.document


def test_the_pages_of_the_last_such_report_are_expected(ordered, plan, sofie):
    assert ordered.expected_pages is None
    finished(ordered, pages=54)
    assert order(Subject(Kind.EVALUATION, plan, report.DAY), sofie, NEXT_DAY)[0].expected_pages == 54
    assert report.ordered(plan, sofie, "overview").expected_pages is None


# The same content.
@pytest.mark.parametrize("state", [State.WAITING, State.RUNNING, State.FINISHED])
def test_who_asks_for_the_same_gets_the_same_report(ordered, plan, signe, state):
    if state == State.FINISHED:
        finished(ordered)
    else:
        report.put(ordered, state=state)
    tasks = DBTaskResult.objects.count()
    again, is_new = order(Subject(Kind.EVALUATION, plan, report.DAY), signe, report.MADE_ON)
    assert (again, is_new) == (ordered, False)
    assert DBTaskResult.objects.count() == tasks


@pytest.mark.parametrize("state", [State.FAILED, State.CANCELLED])
def test_what_came_to_nothing_is_made_anew(ordered, plan, signe, state):
    report.put(ordered, state=state)
    again, is_new = order(Subject(Kind.EVALUATION, plan, report.DAY), signe, report.MADE_ON)
    assert is_new
    assert again != ordered


def test_another_day_is_another_report(ordered, plan, signe):
    assert order(Subject(Kind.EVALUATION, plan, date(2024, 12, 31)), signe, report.MADE_ON)[1]


def test_a_status_reported_since_makes_another_report(ordered, plan, signe):
    report.status(initiative("7"), "Genoptaget", date(2025, 4, 1))
    assert order(Subject(Kind.EVALUATION, plan, report.DAY), signe, report.MADE_ON)[1]


def test_a_part_stays_the_same_when_another_part_changes(plan, sofie, signe):
    first = report.ordered(plan, sofie, "initiative")
    report.status(initiative("7"), "Genoptaget", date(2025, 4, 1))
    again, is_new = order(Subject.of(first), signe, report.MADE_ON)
    assert (again, is_new) == (first, False)


def test_the_database_refuses_the_same_content_twice(ordered):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(
            cluster=ordered.cluster, plan=ordered.plan, as_of=ordered.as_of, requested_by=ordered.requested_by,
            key=ordered.key,
        )  # fmt: skip


def test_an_initiative_belongs_to_its_kind_alone(ordered):
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=ordered.pk).update(initiative=initiative("5"))


def test_those_who_ask_at_the_same_moment_get_one_report(at_once):
    plan = report.plan()
    users = [build.user(f"samtidig-{number}", Role.SECRETARIAT, plan.cluster) for number in range(4)]
    subject = Subject(Kind.EVALUATION, plan, report.DAY)
    made = at_once(*(partial(order, subject, user, report.MADE_ON) for user in users))
    assert sorted(is_new for _, is_new in made) == [False, False, False, True]
    assert len({found.pk for found, _ in made}) == 1


# The key.
def test_the_key_holds_the_styles_the_libraries_and_the_audience(plan, monkeypatch, tmp_path):
    subject = Subject(Kind.EVALUATION, plan, report.DAY)
    plain = content_key(subject, "<p>Tekst</p>")
    assert plain == content_key(subject, "<p>Tekst</p>")
    other_plan = Subject(Kind.EVALUATION, build.plan(build.cluster("anden", "Anden")), report.DAY)
    others = [content_key(subject, "<p>Anden tekst</p>"), content_key(other_plan, "<p>Tekst</p>")]
    with monkeypatch.context() as patched:
        patched.setattr(key, "version", lambda name: "99")
        others.append(content_key(subject, "<p>Tekst</p>"))
    (tmp_path / "report.css").write_text("p { color: red }")
    monkeypatch.setattr(key.pdf, "READABLE", (tmp_path,))
    others.append(content_key(subject, "<p>Tekst</p>"))
    assert len({plain, *others}) == 5


# Trying again.
def test_a_failed_report_can_be_tried_again(ordered, signe):
    report.put(ordered, state=State.FAILED, failure="For lidt hukommelse", started_at=NOW, finished_at=NOW, page=4)
    assert retry(ordered, signe, NOW, report.MADE_ON) == ordered
    ordered.refresh_from_db()
    assert (ordered.state, ordered.stage, ordered.attempt, ordered.failure) == (State.WAITING, Stage.QUEUED, 2, "")
    assert (ordered.started_at, ordered.finished_at, ordered.requested_by, ordered.page) == (None, None, signe, 0)
    assert DBTaskResult.objects.filter(args_kwargs__args=[ordered.pk, 2]).count() == 2


def test_trying_again_takes_the_texts_of_today(ordered, signe):
    report.put(ordered, state=State.FAILED)
    report.status(initiative("7"), "Genoptaget i april", date(2025, 4, 1))
    retry(ordered, signe, NOW, report.MADE_ON)
    assert "Genoptaget i april" in Report.objects.get(pk=ordered.pk).document


def test_trying_again_what_another_has_made_meanwhile_gives_the_other(ordered, plan, sofie, signe):
    report.put(ordered, state=State.FAILED)
    other = report.ordered(plan, signe)
    assert retry(ordered, sofie, NOW, report.MADE_ON) == other
    assert Report.objects.get(pk=ordered.pk).state == State.FAILED


@pytest.mark.parametrize("state", [State.WAITING, State.RUNNING])
def test_a_report_under_way_cannot_be_tried_again(ordered, sofie, state):
    report.put(ordered, state=state, started_at=NOW)
    assert retry(ordered, sofie, NOW, report.MADE_ON) is None


def test_two_who_try_again_at_once_get_one_job(ordered, sofie):
    report.put(ordered, state=State.FAILED)
    seen_by_the_other = Report.objects.get(pk=ordered.pk)
    tasks = DBTaskResult.objects.count()
    assert retry(ordered, sofie, NOW, report.MADE_ON)
    assert retry(seen_by_the_other, sofie, NOW, report.MADE_ON) is None
    assert DBTaskResult.objects.count() == tasks + 2


def test_an_initiative_outside_the_plan_cannot_be_printed(plan):
    elsewhere = build.initiative("9", build.theme(build.plan(build.cluster("anden", "Anden"))))
    with pytest.raises(LookupError):
        compose(Subject(Kind.INITIATIVE, plan, report.DAY, elsewhere), report.MADE_ON)
