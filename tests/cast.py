"""The shared cast: one user of each role in Sundhedsklynge Midt, and a stranger from another cluster.

The facts of fixtures/midt are loaded once per test process, before the first test; browser tests empty the
database when they end, so they ask for `facts` and come last (pytest-django sorts them so).
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clusterportal.facts.loader import load
from initiatives.access import Role
from initiatives.models import Cluster, User

from . import build

FACTS = Path(settings.BASE_DIR) / "fixtures" / "midt"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        load([FACTS])


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
