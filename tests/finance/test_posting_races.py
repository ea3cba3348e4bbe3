"""Two who act at the same moment, and a process that is killed in the middle of a voucher."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection

from finance import movements
from finance.closing import close_year
from finance.models import Account, Voucher
from finance.posting import post, post_grant, post_spend
from initiatives.access import Role
from initiatives.models import Cluster
from tests import build

from . import build_ledger as ledger

pytestmark = pytest.mark.django_db(transaction=True)
PROPOSED = Voucher.State.PROPOSED


@pytest.fixture
def cluster() -> Cluster:
    return ledger.ledger()


def outcome(act: Callable[[], Any]) -> Callable[[], str]:
    """The act's answer as a word: done, or the code and the message of what refused it."""

    def tried() -> str:
        try:
            act()
        except ValidationError as error:
            return f"{error.code}: {error.messages[0]}"
        return "done"

    return tried


def test_of_two_who_post_the_same_voucher_one_is_told_who_was_first(cluster, at_once):
    erik, eva = (build.user(name, Role.ECONOMIST, cluster) for name in ("erik", "eva"))
    proposal = ledger.grant(cluster, "100", state=PROPOSED, reference="Bilag 7")
    found = at_once(*(outcome(lambda by=by: post(proposal, by)) for by in (erik, eva)))
    assert sorted(found)[0] == "done"
    assert sorted(found)[1].startswith("posted: Bilag Bilag 7 er allerede bogført af E")


def test_two_spends_do_not_both_take_the_last_of_a_line(cluster, at_once):
    line = ledger.line(cluster)
    ledger.allocate(line, "100")
    headings = [ledger.heading(cluster, overspend_reason="") for _ in range(2)]
    found = at_once(*(outcome(lambda by=by: post_spend(by, line, Decimal(60))) for by in headings))
    assert sorted(answer.partition(":")[0] for answer in found) == ["done", "overspent"]


def test_two_new_vouchers_do_not_get_the_same_reference(cluster, at_once):
    headings = [ledger.heading(cluster, reference="") for _ in range(2)]
    movements.account(cluster, Account.Kind.SOURCE)
    found = at_once(*(lambda by=by: post_grant(by, Decimal(1)).reference for by in headings))
    assert sorted(found) == ["2024-00001", "2024-00002"]


def test_a_voucher_is_posted_before_the_year_is_closed_or_not_at_all(cluster, at_once):
    proposal = ledger.grant(cluster, "100", state=PROPOSED)
    found = at_once(outcome(lambda: post(proposal)), outcome(lambda: close_year(cluster, 2024, date(2025, 1, 1))))
    assert found[1] == "done"
    assert found[0] == "done" or found[0].startswith("closed")


# A power cut. The process stops before a statement and is killed while it waits.
SPENDS = """
import sys, django
django.setup()
from datetime import date
from decimal import Decimal
from django.db import connection
from finance.posting import post_spend
from finance.shapes import Heading, Line
from initiatives.models import Cluster
cluster = Cluster.objects.get(slug="proeve")
line = Line(cluster.initiatives.get(number="5"))
def stop_before(execute, sql, params, many, context):
    if sql.startswith(sys.argv[1]):
        print("waits", flush=True)
        sys.stdin.readline()
    return execute(sql, params, many, context)
heading = Heading(cluster, date(2024, 12, 31), 2024, "Afbrudt", "Afbrudt", overspend_reason="Ja")
with connection.execute_wrapper(stop_before):
    post_spend(heading, line, Decimal(100))
print("done", flush=True)
"""


@pytest.fixture
def database(cluster: Cluster, tmp_path: Path) -> str:
    """Where another process finds initiative 5: PostgreSQL's test database, or a file with a copy of SQLite's."""
    ledger.initiative(cluster)
    if connection.vendor == "postgresql":
        own = connection.settings_dict
        return f"postgres://{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}/{own['NAME']}"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "ledger.sqlite3")])
    return f"sqlite:///{tmp_path / 'ledger.sqlite3'}"


@pytest.fixture
def spending(database: str) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    """Starts a process that spends 100 kr. and waits before the first statement that begins as said."""
    started = []

    def start(statement: str) -> subprocess.Popen[str]:
        portal = {"DATABASE_URL": database, "PORTAL_MODE": "demo", "PYTHONPATH": str(settings.BASE_DIR)}
        process = subprocess.Popen(
            [sys.executable, "-c", SPENDS, statement], cwd=settings.BASE_DIR, env={**os.environ, **portal}, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def rows(database: str, table: str) -> int:
    """How many there are, as one who comes afterwards sees it."""
    sql = f"SELECT COUNT(*) FROM {table}"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return int(cursor.fetchone()[0])
    with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as file:
        return int(file.execute(sql).fetchone()[0])


@pytest.mark.parametrize("statement", ['INSERT INTO "finance_entry"', 'UPDATE "finance_voucher"'])
def test_a_process_killed_in_the_middle_of_a_voucher_leaves_nothing_of_it(cluster, database, spending, statement):
    before = rows(database, "finance_voucher"), rows(database, "finance_entry")
    process = spending(statement)
    assert process.stdout.readline() == "waits\n"
    process.send_signal(signal.SIGKILL)
    assert process.wait(60) == -signal.SIGKILL
    assert (rows(database, "finance_voucher"), rows(database, "finance_entry")) == before
    again = spending("NEVER")
    assert again.communicate(timeout=120)[0] == "done\n"
    assert (rows(database, "finance_voucher"), rows(database, "finance_entry")) == (before[0] + 1, before[1] + 2)
