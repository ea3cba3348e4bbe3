"""The results of Sundhedsklynge Midt, as its evaluation has them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from initiatives.danish import parse_measure
from initiatives.models import Cluster
from outcomes.before_after import EffectTable
from outcomes.counted import Crosstab, FactList
from outcomes.effect import Judgement
from outcomes.figures import computed
from outcomes.results import InitiativeResults, Results, results

pytestmark = pytest.mark.usefixtures("english")

DAY = date(2025, 4, 10)
# The tables of before and after in the order of the document; 5 and 6 have them.
TABLES = ("3a", "3b", "4a", "4b", "4c", "7a", "7b", "8")


@pytest.fixture
def shown(midt: Cluster) -> Results:
    return results(midt, DAY)


def of(shown: Results, number: str) -> InitiativeResults:
    return next(each for each in shown.initiatives if each.initiative.number == number)


def tables(shown: Results) -> Iterator[tuple[str, EffectTable]]:
    yield from zip(TABLES, (table for each in shown.initiatives for table in each.effects), strict=True)


def test_twelve_initiatives_are_measured(shown):
    numbers = [each.initiative.number for each in shown.initiatives]
    assert numbers == ["1", "1A", "2", "5", "6", "7", "8", "10A", "10B", "11", "12", "14"]


def test_of_38_measurements_one_got_worse(shown):
    assert shown.judgements == {Judgement.BETTER: 35, Judgement.WORSE: 1, Judgement.UNCHANGED: 2}


def test_the_worse_one_is_the_pain_in_jammerbugt(shown):
    worse = [(name, row.label) for name, table in tables(shown) for row in table.rows if row.worse]
    assert worse == [("3b", "Smerteniveau ved MWD, 0–4")]


def test_table_3a_differs_from_print_in_four_differences(shown):
    rows = dict(tables(shown))["3a"].rows
    assert {row.label: (row.difference.text, row.difference.printed) for row in rows if row.difference.printed} == {
        "Maksimal gangdistance (MWD), meter": ("+577", "printed 557"),
        "Smerteniveau ved MWD, 0–4": ("−0,37", "printed −0,36"),
        "Hastighed, km/t": ("+0,63", "printed 0,64"),
        "Stigning, %": ("+4", "printed 3,9"),
    }


def test_table_7b_differs_in_one_effect_that_the_text_prints_right(shown):
    effects = [row.effect for row in dict(tables(shown))["7b"].rows if row.effect and row.effect.printed]
    assert [(effect.text, effect.printed) for effect in effects] == [("+34 %", "printed 35 %")]


def test_tables_that_print_falls_without_minus_are_noted(shown):
    assert [name for name, table in tables(shown) if table.unsigned] == ["4c", "8"]


def test_tables_of_eleven_are_marked_as_few(shown):
    assert [(name, table.n_few) for name, table in tables(shown) if table.n_few] == [("3b", 11), ("4b", 11)]


def test_table_7b_is_about_45_of_46_completed(shown):
    assert [(name, table.n, table.completed) for name, table in tables(shown) if table.completed] == [("7b", "45", 46)]


def test_no_figure_of_midt_lies_outside_its_axis(shown):
    assert not any(each.beyond for each in shown.initiatives)


@pytest.mark.parametrize(("number", "count", "steps"), [("1A", 9, 4), ("5", 139, 5), ("6", 193, 4)])
def test_the_flows_add_up(shown, number, count, steps):
    flow = of(shown, number).flows[0]
    assert (flow.count, len(flow.steps), flow.missing, flow.total.printed) == (count, steps, 0, "")


def test_table_1_has_the_printed_sums(shown):
    table = of(shown, "5").counts[0]
    assert isinstance(table, Crosstab)
    sums = next(row for row in table.rows if row.is_sum)
    assert [figure.text for _column, figure in sums.cells if figure] == ["111", "28"]
    assert sums.total is not None
    assert (sums.total.text, sums.total.printed) == ("139", "")


def test_table_2_has_ages_with_ranges_and_sex(shown):
    table = of(shown, "5").participants[0]
    assert isinstance(table, Crosstab)
    assert [figure.text for _column, figure in table.rows[0].cells if figure] == ["73 år (52–86)", "73 år (62–83)"]
    assert [row.label for row in table.rows[:3]] == ["Gennemsnitsalder", "Mænd", "Kvinder"]


def test_table_10_has_its_shares_and_a_count_without_total(shown):
    table = of(shown, "10A").counts[0]
    assert isinstance(table, FactList)
    shares = [(fact.label, fact.number, fact.share.percent.text) for fact in table.facts if fact.share]
    assert shares[0] == ("Nord By", "92 out of 179", "51 %")
    assert (table.facts[6].number, table.facts[6].share) == ("287", None)


def test_no_share_of_midt_differs_from_print(shown):
    lists = [table for each in shown.initiatives for table in each.counts if isinstance(table, FactList)]
    assert not any(fact.share.percent.printed for table in lists for fact in table.facts if fact.share)


def test_the_page_shows_the_figures_that_reconciliation_compares(shown, midt):
    figures = computed(midt, DAY).values
    for name, table in tables(shown):
        number = "5" if name < "5" else "6"
        place = f"difference:midt/{number}/{name}/"
        expected = [value for subject, value in figures.items() if subject.startswith(place)]
        assert sorted(signed(row.difference.text) for row in table.rows) == sorted(expected)


def signed(text: str) -> Decimal:
    return parse_measure(text.removeprefix("+"))


def test_at_the_end_of_2024_the_evaluation_was_not_out_yet(midt):
    then = results(midt, date(2024, 12, 31))
    printed = [row.difference.printed for _name, table in tables(then) for row in table.rows]
    assert len(printed) == 38
    assert not any(printed)
