"""The facts of Sundhedsklynge Nord, for the tests that ask for them: Midt's are loaded for all.

They are loaded once for each module that asks, in a transaction that is rolled back after it; each test has its own
savepoint in it.
"""

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from clusterportal.facts.loader import load
from initiatives.models import Cluster

NORD = Path(settings.BASE_DIR) / "fixtures" / "nord"


@pytest.fixture(scope="module")
def nord_loaded(django_db_setup: None, django_db_blocker: Any) -> Generator[None, None, None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load([NORD])
        yield
        transaction.set_rollback(True)


@pytest.fixture
def nord(nord_loaded: None, db: None) -> Cluster:
    return Cluster.objects.get(slug="nord")
