"""Counts, shares and characteristics: as a table of groups by places where they make one, else as a list."""

from datetime import date

import pytest

from initiatives.models import Initiative
from outcomes.counted import Crosstab, FactList, counted
from outcomes.models import Measurement
from outcomes.places import Place
from outcomes.printed import Print
from tests import build

from . import build_results

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

AALBORG, JAMMERBUGT = "Aalborg Kommune", "Jammerbugt Kommune"


@pytest.fixture
def five() -> Initiative:
    return build.initiative("5")


def crosstab(*rows: Measurement, known: Print | None = None) -> Crosstab:
    shown = counted(rows, known or Print(), few=20)
    assert isinstance(shown, Crosstab)
    return shown


def facts(*rows: Measurement, known: Print | None = None) -> FactList:
    shown = counted(rows, known or Print(), few=20)
    assert isinstance(shown, FactList)
    return shown


def referred(of: Initiative) -> list[Measurement]:
    """Those referred by two ways to two places, and those who completed: the shape of the document's table 1."""
    numbers = {("GP", AALBORG): 42, ("GP", JAMMERBUGT): 10, ("Surgery", AALBORG): 69, ("Surgery", JAMMERBUGT): 18}
    rows = [build_results.count(of, n, table="1", group_label=way, site=at) for (way, at), n in numbers.items()]
    done = build_results.completed()
    return [
        *rows,
        *(build_results.count(of, n, done, table="1", site=at) for at, n in ((AALBORG, 42), (JAMMERBUGT, 11))),
    ]


def texts(shown: Crosstab) -> list[list[str]]:
    """Cells and total of each row, as read."""
    rows = [[figure.text if figure else "-" for _column, figure in row.cells] for row in shown.rows]
    return [[*cells, row.total.text if row.total else ""] for cells, row in zip(rows, shown.rows, strict=True)]


def test_counts_are_summed_over_the_places_and_over_the_groups_of_a_measure(five):
    assert texts(crosstab(*referred(five))) == [
        ["42", "10", "52"],
        ["69", "18", "87"],
        ["111", "28", "139"],
        ["42", "11", "53"],
    ]


def test_the_sum_of_groups_is_marked_and_the_title_names_the_measures(five):
    shown = crosstab(*referred(five))
    assert [row.is_sum for row in shown.rows] == [False, False, True, False]
    assert (shown.title, shown.summed) == ("Henviste borgere and afsluttede forløb", True)


def test_a_printed_sum_stands_beside_the_sum_and_not_beside_its_parts(five):
    subjects = ("count-sum:proeve/5/1/henvist", f"count-sum:proeve/5/1/henvist/{AALBORG}")
    known = Print("proeve", {each: (build_results.printed(each, "140", "140", "count"),) for each in subjects})
    rows = crosstab(*referred(five), known=known).rows
    totals = [row.total.printed for row in rows if row.total]
    assert totals == ["", "", "printed 140", ""]
    assert [figure.printed for _column, figure in rows[2].cells if figure] == ["printed 140", ""]


def test_a_place_without_a_count_is_not_measured_which_is_not_zero(five):
    one = build_results.count(five, 0, table="1", site=AALBORG)
    other = build_results.count(five, 3, build_results.completed(), table="1", site=JAMMERBUGT)
    assert texts(crosstab(one, other)) == [["0", "-", "0"], ["-", "3", "3"]]


def test_a_single_place_needs_no_sum_over_places(five):
    rows = [build_results.count(five, n, table="1", site=AALBORG, group_label=f"Vej {n}") for n in (2, 3)]
    assert texts(crosstab(*rows)) == [["2", ""], ["3", ""], ["5", ""]]


def test_places_measured_at_different_times_say_so_in_their_columns(five):
    early = build_results.count(five, 1, table="1", site=AALBORG, measured_on=date(2024, 12, 18))
    late = build_results.count(five, 2, table="1", site=JAMMERBUGT)
    shown = crosstab(early, late)
    assert (shown.when, [column.when for column in shown.columns]) == ("", ["18.12.2024", "31.12.2024"])


def test_one_time_for_all_is_told_once(five):
    rows = [build_results.count(five, 1, table="1", site=site) for site in (AALBORG, JAMMERBUGT)]
    shown = crosstab(*rows)
    assert (shown.when, [column.when for column in shown.columns]) == ("31.12.2024", ["", ""])


def test_characteristics_are_not_summed(five):
    rows = [build_results.characteristic(five, "73", table="2", site=site) for site in (AALBORG, JAMMERBUGT)]
    shown = crosstab(*rows)
    assert texts(shown) == [["73 år", "73 år", ""]]
    assert not shown.summed


@pytest.mark.parametrize("other", [{"measured_on": date(2023, 12, 31)}, {}])
def test_a_place_counted_twice_makes_a_list(five, other):
    first = build_results.count(five, 25, table="1", site=AALBORG)
    assert len(facts(first, build_results.count(five, 30, table="1", site=AALBORG, **other)).facts) == 2


def test_a_place_whose_groups_were_counted_at_different_times_makes_a_list(five):
    early = build_results.count(five, 25, table="1", site=AALBORG, group_label="2023", measured_on=date(2023, 12, 31))
    late = build_results.count(five, 30, table="1", site=AALBORG, group_label="2024")
    assert [fact.when for fact in facts(early, late).facts] == ["31.12.2023", "31.12.2024"]


def test_a_share_is_a_count_of_a_total_with_its_percent(five):
    fact = facts(build_results.proportion(five, 92, 179)).facts[0]
    assert fact.share is not None
    assert (fact.number, fact.share.percent.text, fact.share.bar) == ("92 out of 179", "51 %", "102.8")


def test_a_printed_share_stands_beside_where_it_differs(five):
    subject = "proportion:proeve/5/10/Nord By"
    known = Print("proeve", {subject: (build_results.printed(subject, "52%", "52", "percent"),)})
    fact = facts(build_results.proportion(five, 92, 179, table="10", site_label="Nord By"), known=known).facts[0]
    assert fact.share is not None
    assert fact.share.percent.printed == "printed 52 %"


def test_a_list_about_one_measure_is_titled_by_it_and_labelled_by_its_places(five):
    north = build_results.proportion(five, 92, 179, table="10", site=AALBORG, site_label="Nord By")
    south = build_results.proportion(five, 13, 21, table="10", site=JAMMERBUGT, site_label="Solbakken")
    shown = facts(north, south)
    assert (shown.title, shown.by_place, shown.places) == ("Screenede borgere", True, False)
    assert [(fact.label, fact.words) for fact in shown.facts] == [
        ("Nord By", (AALBORG,)),
        ("Solbakken", (JAMMERBUGT,)),
    ]


def test_a_list_about_several_measures_says_which_and_where(five):
    stays = build_results.count(five, 27, site=AALBORG)
    shown = facts(stays, build_results.proportion(five, 13, 27, site=JAMMERBUGT))
    assert (shown.title, shown.by_place, shown.places, shown.shares) == ("", False, True, True)
    assert [(fact.label, fact.place.name) for fact in shown.facts] == [
        ("Henviste borgere", AALBORG),
        ("Screenede borgere", JAMMERBUGT),
    ]


def test_a_place_that_all_share_is_told_once(five):
    shown = facts(build_results.count(five, 27, site=AALBORG), build_results.proportion(five, 13, 27, site=AALBORG))
    assert (shown.place, shown.places) == (Place(AALBORG), False)


def test_a_list_without_shares_has_no_column_for_them(five):
    assert not facts(build_results.count(five, 11)).shares


@pytest.mark.parametrize(("total", "few"), [(19, True), (20, False)])
def test_a_share_of_few_is_marked(five, total, few):
    assert facts(build_results.proportion(five, 7, total)).few is few


def test_a_single_characteristic_stands_among_the_counts(five):
    what = build_results.measure("afvist", name="Afviste henvisninger", unit="%", decimals=1)
    fact = facts(build_results.characteristic(five, "7.6", what=what, group_label="Fra kommunerne")).facts[0]
    assert (fact.number, fact.words) == ("7,6 %", ("Fra kommunerne",))


@pytest.mark.parametrize(
    ("table", "source"),
    [("1", "Table 1 in “Prøveevaluering”."), ("", "From the text of “Prøveevaluering”.")],
)
def test_the_source_is_named(five, table, source):
    row = build_results.count(five, 3, table=table, document=build_results.document())
    assert counted([row], Print(), few=20).source == source


def test_a_count_without_a_document_has_no_source(five):
    assert facts(build_results.count(five, 3)).source == ""
