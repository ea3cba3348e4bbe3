"""The facts of Sundhedsklynge Nord, for the tests that ask for them: Midt's are loaded for all."""

from pathlib import Path

import pytest
from django.conf import settings

from clusterportal.facts.loader import load
from initiatives.models import Cluster

NORD = Path(settings.BASE_DIR) / "fixtures" / "nord"


@pytest.fixture
def nord(db: None) -> Cluster:
    load([NORD])
    return Cluster.objects.get(slug="nord")
