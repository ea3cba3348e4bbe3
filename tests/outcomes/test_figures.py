"""Every figure of outcomes by its subject: which rows it is computed from, and what it is called."""

from datetime import date
from decimal import Decimal

import pytest

from initiatives.models import Cluster, Initiative
from outcomes.figures import computed, describe
from tests import build

from . import build_measurements as measured

pytestmark = pytest.mark.django_db
DAY = date(2025, 3, 31)


@pytest.fixture
def initiative() -> Initiative:
    return build.initiative("5")


@pytest.fixture
def figures(initiative: Initiative):
    """The cluster's figures on a day."""
    return lambda day=DAY: computed(initiative.cluster, day).values


def test_difference_and_effect_of_a_row(initiative, figures):
    measured.before_after(initiative, "mwd", "536", "1072")
    assert figures() == {"difference:proeve/5/3a/mwd": 536, "effect:proeve/5/3a/mwd": 100}


def test_a_fall_is_negative(initiative, figures):
    measured.before_after(initiative, "mwd-pain", "3.64", "3.27")
    assert figures()["difference:proeve/5/3a/mwd-pain"] == Decimal("-0.37")


def test_from_zero_there_is_a_difference_but_no_effect(initiative, figures):
    measured.before_after(initiative, "pwd", "0", "12")
    assert figures() == {"difference:proeve/5/3a/pwd": 12}


def test_a_measure_that_stands_twice_in_a_table_is_left_out(initiative, figures):
    measured.before_after(initiative, "pwd", "100", "200", site="Aalborg Kommune")
    measured.before_after(initiative, "pwd", "100", "300", site="Jammerbugt Kommune")
    assert figures() == {}


def test_the_same_measure_in_two_tables_is_two_subjects(initiative, figures):
    measured.before_after(initiative, "pwd", "100", "200", table="3a")
    measured.before_after(initiative, "pwd", "100", "300", table="3b")
    assert figures()["difference:proeve/5/3b/pwd"] == 200


def test_proportion_is_told_by_its_label(initiative, figures):
    measured.proportion(initiative, "Nord By", 92, 184)
    assert figures() == {"proportion:proeve/5/10/Nord By": 50}


def test_counts_are_added_over_sites_and_for_each(initiative, figures):
    for site, number in (("Aalborg Kommune", 42), ("Aalborg Kommune", 69), ("Jammerbugt Kommune", 28)):
        measured.counted(initiative, "referred", number, site=site)
    assert figures() == {
        "count-sum:proeve/5/1/referred": 139,
        "count-sum:proeve/5/1/referred/Aalborg Kommune": 111,
        "count-sum:proeve/5/1/referred/Jammerbugt Kommune": 28,
    }


def test_a_count_without_a_site_is_in_the_sum_alone(initiative, figures):
    measured.counted(initiative, "contacts", 7)
    assert figures() == {"count-sum:proeve/5/1/contacts": 7}


def test_counts_of_two_tables_are_not_added(initiative, figures):
    measured.counted(initiative, "referred", 5, table="1")
    measured.counted(initiative, "referred", 6, table="5")
    assert figures()["count-sum:proeve/5/5/referred"] == 6


def test_flow_is_the_sum_of_its_steps_not_the_printed_number(initiative, figures):
    measured.flow(initiative, "referred", 140, 53, 29, 17, 10, 30)
    assert figures() == {"flow-sum:proeve/5/referred": 139}


def test_n_of_a_table_is_what_was_counted_as_completed_at_its_site(initiative, figures):
    measured.before_after(initiative, "pwd", "168", "428", site="Aalborg Kommune", n=40)
    measured.counted(initiative, "completed", 42, site="Aalborg Kommune")
    measured.counted(initiative, "completed", 11, site="Jammerbugt Kommune")
    assert figures()["n:proeve/5/3a"] == 42


def test_n_is_left_out_where_nobody_was_counted_at_the_site(initiative, figures):
    measured.before_after(initiative, "pwd", "168", "428", site="Aalborg Kommune")
    measured.counted(initiative, "completed", 11, site="Jammerbugt Kommune")
    assert "n:proeve/5/3a" not in figures()


def test_characteristics_are_no_figures(initiative, figures):
    measured.measurement(initiative, "characteristic", "mean-age", value=Decimal(73))
    assert figures() == {}


def test_what_was_measured_later_is_not_known(initiative, figures):
    measured.counted(initiative, "contacts", 7, measured_on=date(2025, 4, 1))
    assert figures() == {}
    assert figures(date(2025, 4, 1)) == {"count-sum:proeve/5/1/contacts": 7}


def test_another_cluster_has_its_own(initiative, figures):
    other = build.theme(build.plan(build.cluster("nord", "Sundhedsklynge Nord")))
    measured.counted(build.initiative("5", other), "contacts", 7)
    assert figures() == {}


def test_cost_does_not_grow_with_the_rows(initiative, queries):
    def call():
        return computed(initiative.cluster, DAY)

    measured.flow(initiative, "referred", 1, 1)
    few = queries(call)
    for number in range(20):
        measured.flow(initiative, f"flow-{number}", 2, 1, 1)
        measured.counted(initiative, f"count-{number}", 2, site=f"Kommune {number}")
    assert queries(call) == few == 2


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("difference:midt/5/3a/mwd", "Forskel, Maksimal gangdistance, indsats 5"),
        ("effect:midt/5/3a/mwd", "Effekt i procent, Maksimal gangdistance, indsats 5"),
        ("proportion:midt/10A/10/Nord By", "Andel, Nord By, indsats 10A"),
        ("count-sum:midt/5/1/mwd/Aalborg Kommune", "Antal, Maksimal gangdistance, Aalborg Kommune, indsats 5"),
        ("flow-sum:midt/5/mwd", "Sum af forløbet, Maksimal gangdistance, indsats 5"),
        ("n:midt/5/3a", "Målte, gennemførte forløb, indsats 5"),
        ("difference:midt/5/3a/ukendt", "Forskel, ukendt, indsats 5"),
    ],
)
def test_a_subject_in_words(subject, words):
    assert describe(subject, {"mwd": "Maksimal gangdistance"}) == words


def test_a_subject_of_another_app_is_refused():
    with pytest.raises(KeyError):
        describe("cluster-funds:midt/5", {})


@pytest.mark.parametrize(
    ("subject", "value"),
    [
        ("difference:midt/5/3a/mwd", "577"),
        ("difference:midt/5/4c/eq5d-index", "0.11"),
        ("flow-sum:midt/5/referred", "139"),
        ("flow-sum:midt/6/referred", "193"),
        ("count-sum:midt/5/1/referred/Aalborg Kommune", "111"),
        ("n:midt/6/7b", "46"),
    ],
)
def test_figures_of_midt(midt: Cluster, subject: str, value: str):
    assert computed(midt, DAY).values[subject] == Decimal(value)


def test_midts_proportion_keeps_all_decimals(midt: Cluster):
    assert round(computed(midt, DAY).values["proportion:midt/10A/10/Nord By"], 3) == Decimal("51.397")
