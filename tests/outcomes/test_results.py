"""What the initiatives of a cluster have achieved on a day."""

from datetime import date

import pytest

from initiatives.models import Initiative
from outcomes.effect import Judgement
from outcomes.results import Span, known, results, results_of, span
from tests import build

from . import build_results

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

DAY = date(2025, 4, 10)


@pytest.fixture
def five() -> Initiative:
    return build.initiative("5")


def test_only_what_was_measured_by_the_day_is_known(five):
    build_results.change(five, measured_on=date(2024, 12, 31))
    assert results_of(five, date(2024, 12, 30), sees_all=True).measurements == 0
    assert results_of(five, date(2024, 12, 31), sees_all=True).measurements == 1


def test_another_cluster_is_not_read(five):
    other = build.plan(build.cluster("nord", "Sundhedsklynge Nord"))
    build_results.change(build.initiative("5", build.theme(other)))
    assert results(five.cluster, DAY, sees_all=True).initiatives == ()


def test_initiatives_come_in_their_natural_order(five):
    for number in ("10A", "2", "1B"):
        build_results.count(build.initiative(number), 1)
    numbers = [shown.initiative.number for shown in results(five.cluster, DAY, sees_all=True).initiatives]
    assert numbers == ["1B", "2", "10A"]


def test_initiatives_without_number_are_kept_apart_though_their_rows_were_made_in_turn(five):
    first, second = (build.initiative("", title="Samme titel", short_title=f"Aktivitet {each}") for each in "AB")
    for each in (first, second, first):
        build_results.count(each, 1)
    shown = results(five.cluster, DAY, sees_all=True).initiatives
    assert [(each.initiative, each.measurements) for each in shown] == [(first, 2), (second, 1)]


def test_tables_are_kept_apart_by_place_and_time(five):
    build_results.change(five)
    build_results.change(five, site="Jammerbugt Kommune")
    build_results.change(five, measured_on=date(2023, 12, 31))
    assert [table.place.name for table in results_of(five, DAY, sees_all=True).effects] == [
        "Aalborg Kommune", "Jammerbugt Kommune", "Aalborg Kommune",
    ]  # fmt: skip


def test_all_figures_of_an_initiative_share_one_axis(five):
    build_results.change(five, "100", "105")
    build_results.change(five, "100", "300", site="Jammerbugt Kommune")
    shown = results_of(five, DAY, sees_all=True)
    index = shown.effects[0].rows[0].index
    assert shown.axis.top == 310
    assert index is not None
    assert index.start == shown.axis.start


def test_judgements_are_counted_over_tables_and_initiatives(five):
    build_results.change(five, "1", "2")
    build_results.change(five, "2", "1", site="Jammerbugt Kommune")
    build_results.change(build.initiative("6"), "1", "2")
    shown = results(five.cluster, DAY, sees_all=True)
    assert shown.judgements == {Judgement.BETTER: 2, Judgement.WORSE: 1}
    assert [each.changes for each in shown.initiatives] == [2, 1]


def test_what_is_no_before_and_after_is_counted_apart(five):
    build_results.change(five)
    build_results.count(five, 3)
    build_results.flow(five, 3, ("Fuldført", 3))
    assert results_of(five, DAY, sees_all=True).others == 2


def test_numbered_tables_come_before_what_stands_in_the_text(five):
    build_results.count(five, 14)
    build_results.count(five, 42, table="1", site="Aalborg Kommune")
    tables = results_of(five, DAY, sees_all=True).counts
    assert [len(getattr(table, "columns", ())) for table in tables] == [1, 0]


def test_characteristics_of_a_table_tell_who_they_are_and_those_of_the_text_are_figures(five):
    build_results.characteristic(five, "73", table="2", site="Aalborg Kommune")
    build_results.characteristic(five, "7.6")
    shown = results_of(five, DAY, sees_all=True)
    assert (len(shown.participants), len(shown.counts), shown.mixed) == (1, 1, True)


def test_completed_courses_are_compared_at_their_place(five):
    build_results.change(five, n=45, site="Jammerbugt Kommune")
    build_results.change(five, n=45)
    build_results.count(five, 46, build_results.completed(), site="Jammerbugt Kommune")
    assert [table.completed for table in results_of(five, DAY, sees_all=True).effects] == [46, None]


@pytest.mark.parametrize(("limit", "few"), [(10, None), (20, 11)])
def test_what_few_means_is_a_setting(five, settings, limit, few):
    settings.RESULTS_FEW_CASES = limit
    build_results.change(five, n=11)
    assert results_of(five, DAY, sees_all=True).effects[0].n_few == few


def test_notes_of_an_initiative_are_those_of_its_tables(five):
    build_results.change(five, "1", "90", what=build_results.measure("x", direction="neither"))
    shown = results_of(five, DAY, sees_all=True)
    assert (shown.beyond, shown.undirected) == (True, True)


def test_an_initiative_without_measurements_has_no_tables(five):
    shown = results_of(five, DAY, sees_all=True)
    assert (shown.flows, shown.effects, shown.counts, shown.participants) == ((), (), (), ())
    assert shown.sentence == "Nothing has been measured yet."


@pytest.mark.parametrize(("number", "anchor"), [("10A", "indsats-10A"), ("", "indsats-prøve")])
def test_an_initiative_has_an_anchor(number, anchor):
    initiative = build.initiative(number)
    assert results_of(initiative, DAY, sees_all=True).anchor == anchor


def test_results_cost_the_same_for_one_initiative_as_for_many(five, queries):
    build_results.flow(five, 3, ("Fuldført", 3))
    build_results.change(five)
    few = queries(lambda: results(five.cluster, DAY, sees_all=True))
    for number in range(20, 30):
        build_results.flow(build.initiative(str(number)), 3, ("Fuldført", 3))
    assert queries(lambda: results(five.cluster, DAY, sees_all=True)) == few == 3


def test_rows_already_read_are_not_read_again(five, queries):
    build_results.change(five)
    rows = known(five.cluster, DAY, sees_all=True)
    assert queries(lambda: results(five.cluster, DAY, rows)) == 1


def test_the_span_of_a_cluster_is_its_first_and_last_day(five):
    assert span(five.cluster) is None
    build_results.change(five, measured_on=date(2023, 5, 1))
    build_results.count(five, 3, measured_on=date(2025, 3, 31))
    assert span(five.cluster) == Span(date(2023, 5, 1), date(2025, 3, 31))


@pytest.mark.parametrize(
    ("first", "last", "day"),
    [
        (date(2021, 12, 31), date(2025, 3, 31), (date(2024, 12, 31),)),
        (date(2021, 12, 31), date(2024, 12, 31), (date(2024, 12, 31),)),
        (date(2025, 1, 7), date(2025, 3, 14), ()),
        (date(2021, 12, 31), date(2099, 1, 1), (date(2025, 12, 31),)),
    ],
)
def test_the_short_cut_is_the_last_year_end_with_measurements(first, last, day):
    assert Span(first, last).year_end(date(2026, 11, 22)) == day


def test_what_stands_in_no_document_comes_after_what_does(five):
    build_results.change(five, before="200", position=1, table="", n=30)
    build_results.change(five, before="100", position=2, document=build_results.document(), n=42)
    assert [table.rows[0].before for table in results_of(five, DAY, sees_all=True).effects] == ["100", "200"]


def test_courses_completed_in_another_period_say_nothing_of_a_table(five):
    year = {"period_starts": date(2024, 1, 1)}
    build_results.count(five, 11, build_results.completed(), site="Aalborg Kommune")
    build_results.change(five, n=14, **year)
    assert [table.completed for table in results_of(five, DAY, sees_all=True).effects] == [None]
    build_results.count(five, 15, build_results.completed(), site="Aalborg Kommune", **year)
    assert [table.completed for table in results_of(five, DAY, sees_all=True).effects] == [15]
