"""Every figure that a document can have printed has a subject and a value."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from finance.figures import KINDS, computed, describe
from initiatives.models import Cluster, Initiative
from tests import build

from . import build_ledger as ledger

TODAY = date(2026, 11, 22)


@pytest.fixture
def cluster(db: None) -> Cluster:
    """Two years: 2023 with one line, 2024 with two, the rest carried into 2025 and one line there."""
    cluster = ledger.ledger()
    ledger.used(ledger.line(cluster, "5", "Aalborg Kommune"), "100", "60", 2023, date(2023, 12, 31))
    ledger.used(ledger.line(cluster, "5", "Aalborg Kommune"), "850", "837")
    ledger.used(ledger.line(cluster, "1", None), "750", "50")
    ledger.carry_over(cluster)
    ledger.allocate(ledger.line(cluster, "5", None), "595", budget_year=2025)
    ledger.initiative(cluster, "3")
    for year in (2023, 2024):
        ledger.account_for(cluster, year)
    return cluster


EXPECTED = {
    "cluster-funds:proeve/5": 60 + 837 + 595,
    "cluster-funds:proeve/1": 50,
    "cluster-funds:proeve/3": 0,
    "spent:proeve/5/Aalborg Kommune/2023": 60,
    "spent:proeve/5/Aalborg Kommune/2024": 897,
    "allocated:proeve/5/Aalborg Kommune/2024": 950,
    "variance:proeve/5/Aalborg Kommune/2024": 53,
    "variance:proeve/5/Aalborg Kommune/2025": 0,
    "spent:proeve/1//2024": 50,
    "allocated:proeve/5//2025": 595,
    "spent-total:proeve/2023": 60,
    "spent-total:proeve/2024": 947,
    "allocated-total:proeve/2024": 1700,
    "variance-total:proeve/2024": 753,
    "allocated-year:proeve/5/2023": 100,
    "allocated-year:proeve/5/2025": 595,
    "allocated-year-total:proeve/2024": 1600,
    "allocated-year-total:proeve/2025": 595,
    "carried-over:proeve/2025": 753,
    "carried-over:proeve/2024": 0,
}


@pytest.mark.parametrize("subject", EXPECTED)
def test_the_figure_of_a_subject(cluster, subject):
    assert computed(cluster, TODAY)[subject] == Decimal(EXPECTED[subject])


def test_every_subject_is_of_a_known_kind(cluster):
    kinds = {subject.partition(":")[0] for subject in computed(cluster, TODAY)}
    assert kinds == set(KINDS)


def test_a_line_has_no_figures_before_its_first_year(cluster):
    assert "spent:proeve/1//2023" not in computed(cluster, TODAY)


def test_what_is_dated_later_is_not_known(cluster):
    figures = computed(cluster, date(2024, 12, 30))
    assert figures["spent-total:proeve/2023"] == Decimal(60)
    assert "spent-total:proeve/2024" not in figures


def test_an_activity_without_number_is_known_by_its_address(cluster):
    activity = ledger.line(cluster, "")
    ledger.used(activity, "10", "10")
    assert computed(cluster, TODAY)[f"cluster-funds:proeve/{activity.initiative.address}"] == Decimal(10)
    assert computed(cluster, TODAY)["spent-total:proeve/2024"] == Decimal(957)


def test_an_initiative_that_was_handed_over_keeps_its_figures_in_the_old_ledger(cluster):
    Initiative.objects.filter(cluster=cluster, number="1").update(cluster=build.cluster("ny", "Sundhedsklynge Ny"))
    assert computed(cluster, TODAY)["spent:proeve/1//2024"] == Decimal(50)


def test_another_cluster_has_its_own_figures(cluster):
    other = ledger.ledger("fremmed", "Sundhedsklynge Fremmed")
    ledger.used(ledger.line(other, "5"), "10", "10")
    assert {subject.partition(":")[2].partition("/")[0] for subject in computed(other, TODAY)} == {"fremmed"}


def test_the_cost_does_not_grow_with_the_lines(cluster, queries):
    few = queries(lambda: computed(cluster, TODAY))
    for number in range(20, 40):
        ledger.used(ledger.line(cluster, str(number), f"Kommune {number}"), "100", "40")
    assert queries(lambda: computed(cluster, TODAY)) == few == 4


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("cluster-funds:midt/12", "Cluster funds, initiative 12"),
        ("spent:midt/5/Aalborg Kommune/2024", "Spent up to and including 2024, initiative 5, Aalborg Kommune"),
        ("spent:midt/5/PLO/Nord-KAP/2024", "Spent up to and including 2024, initiative 5, PLO/Nord-KAP"),
        ("spent:midt/1//2024", "Spent up to and including 2024, initiative 1"),
        ("allocated-year:midt/5/2025", "Allocated for 2025, initiative 5"),
        ("variance-total:midt/2024", "Over- or underspend in all up to and including 2024"),
        ("carried-over:midt/2025", "Carried over to 2025"),
    ],
)
def test_a_subject_in_words(subject, words):
    with translation.override("en"):
        assert describe(subject) == words


def test_a_subject_of_another_app_is_not_described():
    with pytest.raises(KeyError):
        describe("difference:midt/5/3a/mwd")
