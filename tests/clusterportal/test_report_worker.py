"""Real workers in processes of their own, killed in the middle, and two orders at the same moment.

SQLite's test database lies in this process' memory, so the portal gets a file with a copy of it.
"""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import pytest
from django.conf import settings
from django.db import connection

from clusterportal.reports.models import State
from initiatives.access import Role
from initiatives.models import Cluster
from tests import build

pytestmark = pytest.mark.django_db(transaction=True)
ORDER = """
import sys, django
django.setup()
from datetime import date
from clusterportal.reports.composing import Subject
from clusterportal.reports.models import Kind
from clusterportal.reports.ordering import order
from initiatives.models import ActionPlan, User
plan = ActionPlan.objects.select_related("cluster").get(cluster__slug="midt")
subject = Subject(Kind.EVALUATION, plan, date(2025, 3, 31))
print("ready", flush=True)
sys.stdin.readline()
report, is_new = order(subject, User.objects.get(username="sofie"), date(2026, 11, 22))
print(report.pk, is_new)
"""


class Portal:
    """The portal's database and files, and processes that use them."""

    def __init__(self, folder: Path, url: str) -> None:
        self.files = folder / "files"
        self.environment = {
            **os.environ, "DATABASE_URL": url, "MEDIA_ROOT": str(self.files), "PORTAL_MODE": "demo",
            "REPORT_LEASE_S": "1", "PYTHONPATH": str(settings.BASE_DIR),
        }  # fmt: skip
        self.started: list[subprocess.Popen[str]] = []

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=settings.BASE_DIR, env=self.environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.started.append(process)
        return process

    def worker(self) -> subprocess.Popen[str]:
        return self.start("manage.py", "db_worker", "--interval", "0.1", "--no-startup-delay")

    def end(self) -> None:
        for process in self.started:
            process.kill()
            process.communicate()

    @property
    def stored(self) -> list[Path]:
        return [path for path in self.files.rglob("*") if path.is_file()]


@pytest.fixture
def portal(transactional_db: None, facts: Cluster, tmp_path: Path) -> Iterator[Portal]:
    """A database file with Midt's facts and Sofie; the connection `default` is PostgreSQL, or that file."""
    build.user("sofie", Role.SECRETARIAT, facts)
    running = Portal(tmp_path, _url(tmp_path))
    yield running
    running.end()


def _url(folder: Path) -> str:
    if connection.vendor == "postgresql":
        own = connection.settings_dict
        return f"postgres://{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}/{own['NAME']}"
    path = folder / "portal.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(path)])
    return f"sqlite:///{path}"


class Row(NamedTuple):
    """What the tests look at of the only report; `size` is its file's, None without one."""

    pk: int
    state: str
    page: int
    attempt: int
    lost: int
    failure: str
    size: int | None


@pytest.fixture
def look(portal: Portal) -> Callable[[], Row]:
    """Reads the only report in the database that the processes use; SQLite's file is no database of Django's here."""
    sql = (
        "SELECT report.id, state, page, attempt, lost, failure, size FROM clusterportal_report report"
        " LEFT JOIN initiatives_attachment file ON file.id = result_id"
    )

    def looked() -> Row:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return Row(*cursor.fetchone())
        with closing(sqlite3.connect(portal.environment["DATABASE_URL"].removeprefix("sqlite:///"))) as file:
            return Row(*file.execute(sql).fetchone())

    return looked


def until(condition: Callable[[], object], seconds: float = 60) -> None:
    """Asks until it is so; fails when it has not become so in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not become so in time"
        # A worker of its own changes rows and files, and tells nobody: asking without a pause would take its processor.
        time.sleep(0.02)


def children(of: int) -> list[int]:
    """Processes whose parent is or was this one."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = path.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(after_name[1]) == of and after_name[0] != "Z":
            found.append(int(path.parent.name))
    return found


def gone(process: int) -> bool:
    """True for a process that has ended, also where nobody has collected it yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_a_report_outlives_the_worker_that_is_killed_in_the_middle(portal, look):
    portal.start("-c", ORDER).communicate("\n")
    first = portal.worker()
    until(lambda: look().page >= 3)
    [setting] = children(first.pid)
    first.send_signal(signal.SIGKILL)
    first.wait()

    until(lambda: gone(setting))
    left = look()
    assert (left.state, left.size, left.attempt) == (State.RUNNING, None, 1)
    assert portal.stored == []

    portal.worker()
    until(lambda: look().state == State.FINISHED)
    made = look()
    assert (made.attempt, made.lost) == (2, 1)
    [whole] = portal.stored
    content = whole.read_bytes()
    assert (len(content), content[:5], content.rstrip()[-5:]) == (made.size, b"%PDF-", b"%%EOF")


def test_the_setting_process_killed_alone_fails_the_report_with_its_reason(portal, look):
    portal.start("-c", ORDER).communicate("\n")
    worker = portal.worker()
    until(lambda: look().page >= 3)
    [setting] = children(worker.pid)
    os.kill(setting, signal.SIGKILL)
    until(lambda: look().state == State.FAILED)
    assert "signal 9" in look().failure
    assert portal.stored == []


def test_two_processes_that_order_at_the_same_moment_get_one_report(portal, look):
    both = [portal.start("-c", ORDER) for _ in range(2)]
    assert [process.stdout.readline() for process in both] == ["ready\n", "ready\n"]
    for process in both:
        process.stdin.write("\n")
        process.stdin.flush()
    said = [process.communicate()[0].split() for process in both]
    assert sorted(is_new for _, is_new in said) == ["False", "True"]
    assert {int(pk) for pk, _ in said} == {look().pk}
