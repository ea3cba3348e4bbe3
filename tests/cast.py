"""The shared cast: one user of each role in Sundhedsklynge Midt, and a stranger from another cluster.

The facts of fixtures/midt are loaded once per test process, before the first test. Tests that commit for real
(browser, threads) empty the database when they end; they ask for `facts`, and after them the facts are loaded anew.
"""

from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clusterportal.facts.loader import load
from finance import guards
from initiatives.access import Role
from initiatives.models import Cluster, User

from . import build

FACTS = Path(settings.BASE_DIR) / "fixtures" / "midt"


BLOCKER = pytest.StashKey[Any]()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, request: pytest.FixtureRequest
) -> Generator[None, None, None]:
    request.config.stash[BLOCKER] = django_db_blocker
    with django_db_blocker.unblock():
        load([FACTS])
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


def _empties_the_database(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction", False)
    return commits or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)  # type: ignore[attr-defined]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, object, object]:
    """Loads the facts anew where the test just ended has emptied the database and the next one counts on them.

    The ledger's guards refuse to be emptied, so they stand aside meanwhile.
    """
    if _empties_the_database(item):
        with item.config.stash[BLOCKER].unblock():
            guards.remove(connection)
    result = yield
    # After the last test of all there is no database any more.
    if nextitem and _empties_the_database(item):
        with item.config.stash[BLOCKER].unblock():
            guards.install(connection)
            if not _empties_the_database(nextitem):
                load([FACTS])
    return result


@pytest.fixture
def facts(transactional_db: None) -> Cluster:
    """Midt's facts in a database that a browser test may write to."""
    load([FACTS])
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
def economist(midt: Cluster) -> User:
    return build.user("erik", Role.ECONOMIST, midt)


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
