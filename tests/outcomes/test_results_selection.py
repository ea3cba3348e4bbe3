"""Choosing initiative and place by the address."""

import pytest

from initiatives.models import Initiative
from outcomes.models import Measurement
from outcomes.selection import Selection, select
from tests import build

from . import build_results

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def rows() -> list[Measurement]:
    """Initiative 5 in two municipalities and in none, initiative 6 in one."""
    five, six = build.initiative("5"), build.initiative("6")
    return [
        build_results.change(five),
        build_results.change(five, site="Jammerbugt Kommune"),
        build_results.count(five, 139),
        build_results.change(six),
    ]


def numbers(selection: Selection) -> list[tuple[str, str]]:
    return [(row.initiative.number, row.site.name if row.site else "") for row in selection.rows]


def test_nothing_asked_is_everything(rows):
    selection = select({}, rows)
    assert len(selection.rows) == 4
    assert not selection.active


def test_all_that_is_measured_can_be_chosen_in_danish_order(rows):
    selection = select({}, rows)
    assert [initiative.number for initiative in selection.initiatives] == ["5", "6"]
    assert selection.sites == ("Jammerbugt Kommune", "Aalborg Kommune")


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"indsats": "6"}, [("6", "Aalborg Kommune")]),
        ({"sted": "Jammerbugt Kommune"}, [("5", "Jammerbugt Kommune")]),
        ({"indsats": "5", "sted": "Aalborg Kommune"}, [("5", "Aalborg Kommune")]),
    ],
)
def test_the_rows_of_a_selection(rows, asked, found):
    assert numbers(select(asked, rows)) == found


@pytest.mark.parametrize("value", ["99", "\x00", "<script>", "x" * 10_000])
def test_an_unknown_value_is_ignored_with_a_notice(rows, value):
    selection = select({"indsats": value, "sted": "Aalborg Kommune"}, rows)
    assert numbers(selection) == [("5", "Aalborg Kommune"), ("6", "Aalborg Kommune")]
    assert f"“{value[:40]}”" in selection.notice
    assert len(selection.notice) < 200


def test_two_unknown_values_are_both_named(rows):
    notice = select({"indsats": "99", "sted": "Skive"}, rows).notice
    assert notice == ("There are no measurements for “99” and “Skive”, so that part of the selection is ignored.")


def test_a_selection_without_rows_says_what_each_half_would_give(rows):
    selection = select({"indsats": "6", "sted": "Jammerbugt Kommune", "pr": "2024-12-31"}, rows)
    assert [(other.label, other.count, other.query) for other in selection.others] == [
        ("Without initiative 6", 1, "?pr=2024-12-31&sted=Jammerbugt+Kommune"),
        ("Without Jammerbugt Kommune", 1, "?pr=2024-12-31&indsats=6"),
    ]


def test_day_and_cluster_are_kept_when_filters_are_dropped(rows):
    asked = {"klynge": "midt", "pr": "2024-12-31", "indsats": "5", "andet": "1"}
    assert select(asked, rows).everything == "?klynge=midt&pr=2024-12-31"


def test_an_initiative_without_number_is_chosen_by_its_address():
    activity: Initiative = build.initiative("", short_title="Temadag")
    rows = [build_results.count(activity, 3), build_results.count(build.initiative("2"), 4)]
    assert select({"indsats": "temadag"}, rows).rows == (rows[0],)
