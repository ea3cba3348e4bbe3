"""A year that was closed and reopened is accounted for only in between, on every page alike."""

from datetime import date
from types import SimpleNamespace

import pytest

from clusterportal.portfolio.choice import visible_plans
from finance.closing import close_year, reopen_year
from finance.lines import accounted_years
from tests import build
from tests.finance import build_ledger as ledger

CLOSED, REOPENED, AGAIN = date(2025, 1, 10), date(2025, 2, 10), date(2025, 3, 10)


@pytest.mark.django_db
def test_a_reopened_year_is_not_accounted_for_until_it_is_closed_anew():
    cluster = ledger.ledger()
    for title in ("Handleplan A", "Handleplan B"):
        build.plan(cluster, title)
    close_year(cluster, 2024, CLOSED)
    reopen_year(cluster, 2024, REOPENED, "Et bilag manglede")
    close_year(cluster, 2024, AGAIN)
    reader = build.user("poul", "politician", cluster)
    choice = visible_plans(SimpleNamespace(user=reader)).choice(cluster, None)
    for day, known in ((date(2025, 1, 9), set()), (CLOSED, {2024}), (REOPENED, set()), (AGAIN, {2024})):
        assert choice.accounted_by(day) == accounted_years(cluster, day) == known
    assert choice.quick(date(2025, 2, 1)) == (CLOSED,)
    assert choice.quick(date(2025, 2, 20)) == ()
    assert len(choice.plans) == 2
