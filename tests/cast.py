"""The shared cast: one user of each role in Sundhedsklynge Midt, and a stranger from another cluster.

The facts of fixtures/midt are loaded once per test process, before the first test. Tests that commit for real
(browser, threads) begin with them too, and leave them as they were.
"""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, TransactionTestCase
from django.test.utils import CaptureQueriesContext

from clusterportal.facts.loader import load
from initiatives.access import Role
from initiatives.models import Cluster, User

from . import build, snapshot

FACTS = Path(settings.BASE_DIR) / "fixtures" / "midt"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Generator[None, None, None]:
    with django_db_blocker.unblock():
        load([FACTS])
        kept = snapshot.take()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: kept.put_back())
        yield
    with django_db_blocker.unblock():
        _end_other_sessions()


def _end_other_sessions() -> None:
    """PostgreSQL drops no database that somebody is in: a browser's last request may outlive its live server."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture
def facts(transactional_db: None) -> Cluster:
    """Midt, in a database that a browser test may write to."""
    return Cluster.objects.get(slug="midt")


@pytest.fixture
def midt(db: None) -> Cluster:
    return Cluster.objects.get(slug="midt")


@pytest.fixture
def coordinator(midt: Cluster) -> User:
    return build.user("kirsten", Role.COORDINATOR, midt)


@pytest.fixture
def politician(midt: Cluster) -> User:
    return build.user("poul", Role.POLITICIAN, midt)


@pytest.fixture
def secretariat(midt: Cluster) -> User:
    return build.user("sofie", Role.SECRETARIAT, midt)


@pytest.fixture
def administrator(midt: Cluster) -> User:
    return build.user("anders", Role.ADMINISTRATOR, midt)


@pytest.fixture
def stranger(db: None) -> User:
    """A coordinator of another cluster in another region."""
    return build.user("frida", Role.COORDINATOR, build.cluster())


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """A client logged in as the user."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return signed_in


@pytest.fixture
def queries(db: None) -> Callable[[Callable[[], object]], int]:
    """How many queries a call makes."""

    def counted(call: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return counted


@pytest.fixture
def finished_report(midt: Cluster, secretariat: User) -> int:
    """A finished report of Midt with a small file; its id."""
    return build.report(midt, secretariat).pk
