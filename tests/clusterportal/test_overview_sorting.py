"""The order of the status overview: under themes as printed, or by one column in one table."""

from collections.abc import Callable
from datetime import date

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from clusterportal.portfolio.scope import scope_of
from clusterportal.portfolio.selection import Selection, select
from clusterportal.portfolio.sorting import ORDERS, heading_of
from initiatives.access import Role
from initiatives.asof import DatePrecision
from initiatives.models import ActionPlan, Cluster
from tests import build
from tests.finance import build_ledger as ledger

DAY = date(2025, 4, 10)


@pytest.fixture
def cluster(db: None) -> Cluster:
    """2 in the second theme and 1, 10 in the first; 10 has most money and the oldest status, 2 has no date."""
    cluster = ledger.ledger()
    plan = build.plan(cluster)
    first, second = build.theme(plan, "Først", 1), build.theme(plan, "Dernæst", 2)
    one, ten = build.initiative("1", first, title="Aalborg"), build.initiative("10", first, title="Zebra")
    two = build.initiative("2", second, title="Ærø")
    ledger.allocate(ledger.line(cluster, "10", None), "900")
    ledger.allocate(ledger.line(cluster, "2", None), "50")
    build.status(one, date(2025, 4, 1))
    build.status(ten, date(2024, 4, 1))
    build.status(two, date(2025, 3, 31), precision=DatePrecision.UNPRINTED)
    return cluster


@pytest.fixture
def chosen(cluster: Cluster) -> Callable[[str], Selection]:
    return lambda query: select(scope_of(ActionPlan.objects.get(cluster=cluster), DAY), QueryDict(query))


@pytest.mark.parametrize(
    ("order", "numbers"),
    [
        ("", ["1", "10", "2"]),
        ("nummer", ["1", "2", "10"]),
        ("-nummer", ["10", "2", "1"]),
        ("titel", ["10", "2", "1"]),
        ("-titel", ["1", "2", "10"]),
        ("midler", ["1", "2", "10"]),
        ("-midler", ["10", "2", "1"]),
        ("alder", ["1", "10", "2"]),
        ("-alder", ["10", "1", "2"]),
    ],
)
def test_each_order(chosen, order, numbers):
    assert [row.initiative.number for row in chosen(f"sort={order}").shown.rows] == numbers


def test_every_order_is_tried_above():
    marks = test_each_order.pytestmark
    assert {order for order, _ in marks[0].args[1]} == set(ORDERS)


@pytest.mark.parametrize("order", ["midler", "-midler"])
def test_equal_rows_stand_by_number_in_both_directions(cluster, chosen, order):
    for number in ("4", "3"):
        build.initiative(number, build.theme(build.plan(cluster), "Dernæst", 2))
    rows = [row.initiative.number for row in chosen(f"sort={order}").shown.rows if row.funds == 0]
    assert rows == ["1", "3", "4"]


def test_themes_are_headings_only_in_the_standard_order(chosen):
    assert [group.name for group in chosen("").shown.groups] == ["Først", "Dernæst"]
    assert len(chosen("sort=titel").shown.groups) == 1


def test_sorting_changes_no_sum(chosen):
    assert chosen("sort=titel").shown.groups[0].total == chosen("").shown.total


@pytest.mark.parametrize("order", ["xyz", "--titel", "pk", "titel,midler", "password", "x" * 10_000])
def test_an_unknown_order_is_left_out_with_a_notice(chosen, order):
    selection = chosen(f"sort={order}")
    assert (selection.order, len(selection.notices)) == ("", 1)
    assert len(selection.notices[0]) < 100


def test_a_column_asks_for_its_useful_direction_first_and_then_the_other():
    columns = ("nummer", "titel", "", "-midler", "-alder")
    assert [heading_of(each, "").asks for each in columns] == ["nummer", "titel", "", "-midler", "-alder"]
    assert [heading_of(each, "-midler").asks for each in columns] == ["nummer", "titel", "", "midler", "-alder"]
    assert [heading_of(each, "-midler").direction for each in columns] == ["", "", "", "descending", ""]


@pytest.fixture
def read(cluster: Cluster, sign_in: Callable[[object], Client]) -> Callable[[str], str]:
    client = sign_in(build.user("kirsten", Role.COORDINATOR, cluster))
    address = reverse("portfolio:overview")
    return lambda query: " ".join(client.get(f"{address}?{query}").content.decode().split())


def test_sorted_the_page_has_one_table_that_names_order_and_themes(read):
    text = read("sort=-midler")
    assert text.count("<table") == 1
    assert ">Flest klyngemidler først</h2>" in text
    assert '<span class="words">Dernæst</span>' in text
    assert "Sum for temaet" not in text


def test_the_heading_tells_the_direction_and_links_keep_the_filters(read):
    text = read("fase=running&sort=-midler&pr=2025-04-10")
    assert 'aria-sort="descending"><a href="?fase=running&amp;sort=midler&amp;pr=2025-04-10">' in text
    assert '<a class="d-print-none" href="?fase=running&amp;pr=2025-04-10">Vis efter tema</a>' in text


def test_the_filter_form_keeps_the_order(read):
    assert '<option value="-alder" selected>Ældste status først</option>' in read("sort=-alder")


def test_an_empty_choice_in_another_order_is_no_table(read):
    assert "<table" not in read("sort=titel&q=findes-ikke")
