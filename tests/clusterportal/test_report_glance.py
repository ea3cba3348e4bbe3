"""The evaluation at a glance: every initiative in its phase, and results by the dashboard's rule."""

from datetime import date

import pytest
from django.utils import translation

from clusterportal.reports.collect import evaluation
from clusterportal.reports.glance import Glance
from initiatives.models import ActionPlan

from . import build_report as report

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Glance:
    with translation.override("da"):
        return evaluation(report.plan(), report.DAY, report.MADE_ON).glance


@pytest.fixture
def whole(midt) -> Glance:
    plan = ActionPlan.objects.select_related("cluster").get(cluster=midt)
    with translation.override("da"):
        return evaluation(plan, date(2025, 3, 31), report.MADE_ON).glance


def test_initiatives_stand_in_their_phase_with_their_themes_colour(small):
    assert [(row.mark, row.tiles) for row in small.phases] == [
        ("in-operation", (("5", 1),)),
        ("closed", (("7", 2),)),
        ("not-running", (("3", 1),)),
    ]


def test_one_without_a_status_is_told_apart():
    plan = report.plan()
    early = evaluation(plan, date(2024, 1, 1), report.MADE_ON).glance
    assert early.phases == ()
    assert early.unreported == (("3", 1), ("5", 1), ("7", 2))


def test_every_initiative_of_midt_stands_once(whole):
    assert sum(len(row.tiles) for row in whole.phases) + len(whole.unreported) == 17


def test_results_are_those_of_the_dashboards_rule(whole):
    assert [result.label for result in whole.results] == ["Indsats 6", "Indsats 5", "Indsats 5", "Indsats 7"]
    assert [result.worse for result in whole.results] == [False, False, True, False]
