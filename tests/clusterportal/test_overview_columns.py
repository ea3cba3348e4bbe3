"""Which columns the overview shows: as chosen in the address, on the page and in the files alike."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.test import Client

from clusterportal.portfolio import sheet
from clusterportal.portfolio.columns import COLUMNS, colour_of, read
from clusterportal.portfolio.selection import Selection, select
from clusterportal.portfolio.table import Table, table
from finance.shapes import Line
from initiatives.access import Role
from initiatives.models import Cluster, Colour, Phase
from tests import build
from tests.clusterportal.build_overview import DAY, URL, everything, initiative, scope, told
from tests.clusterportal.build_overview import cluster as made
from tests.finance import build_ledger as ledger

ALL = "&".join(f"kolonne={column.key}" for column in COLUMNS)


@pytest.fixture
def cluster(db: None) -> Cluster:
    return made()


@pytest.fixture
def chosen(cluster: Cluster) -> Callable[[str], Selection]:
    return lambda query: select(scope(cluster), QueryDict(query))


@pytest.fixture
def client(cluster: Cluster, sign_in: Callable[[object], Client]) -> Client:
    return sign_in(build.user("kirsten", Role.COORDINATOR, cluster))


def keys(selection: Selection) -> list[str]:
    return [column.key for column in selection.columns]


def cells(of: Selection | Table, number: str) -> dict[str, object]:
    """What stands in the row of an initiative, by the name of the column."""
    shown = of.table if isinstance(of, Selection) else of
    rows = (row for group in shown.groups for row in group.rows)
    row = next(row for row in rows if row.row.initiative.number == number)
    return {cell.column.key: cell.value for cell in row.cells}


# Which ones.
def test_without_a_choice_the_standard_ones_are_shown(chosen):
    assert keys(chosen("")) == ["aktoer", "midler", "status"]


def test_the_page_decides_their_order_not_the_address(chosen):
    assert keys(chosen("kolonne=status&kolonne=ejer&kolonne=status")) == ["ejer", "status"]


@pytest.mark.parametrize("unknown", ["xyz", "password", "%00", "x" * 10_000, "<script>", "😀"])
def test_an_unknown_column_is_left_out_with_a_short_notice(chosen, unknown):
    selection = chosen(f"kolonne={unknown}&kolonne=ejer")
    assert keys(selection) == ["ejer"]
    assert len(selection.notices) == 1
    assert len(selection.notices[0]) < 120


def test_nothing_but_unknown_ones_shows_the_standard_ones():
    columns, notices = read(["xyz", "", "zyx"])
    assert [column.key for column in columns] == ["aktoer", "midler", "status"]
    assert len(notices) == 2


def test_the_standard_ones_make_no_long_address(chosen):
    assert chosen("kolonne=aktoer&kolonne=midler&kolonne=status&fase=").address == "?"
    assert chosen("kolonne=ejer").address == "?kolonne=ejer"


# What stands in them.
def test_facts_of_the_initiative(chosen):
    five = cells(chosen(ALL), "5")
    assert five["maalgruppe"] == "Ældre"
    assert (five["start"], five["slut"]) == (date(2023, 3, 1), date(2024, 12, 31))
    assert five["ejer"] == ("Anna Ager, leder",)
    assert cells(chosen(ALL), "6")["ejer"] == ("Region Prøve",)


def test_what_the_latest_report_says(chosen):
    five = cells(chosen(ALL), "5")
    assert (five["tid"], five["oekonomi"]) == ("amber", "none")
    assert (five["naeste"], five["hjaelp"]) == ("Besøg", "Ja, fra Chefforum")


def test_without_a_report_nothing_is_known(chosen):
    seven = cells(chosen(ALL), "7")
    assert {seven[key] for key in ("rapport", "tid", "naeste", "hjaelp", "slut", "start")} == {None}


def test_an_ended_one_that_nobody_assessed_has_no_colour(cluster, chosen):
    build.status(initiative("7"), phase=Phase.CLOSED, overall=Colour.NONE, quality=Colour.GREEN)
    row = next(row for row in everything(cluster).rows if row.initiative.number == "7")
    assert [colour_of(row, each) for each in ("overall", "time", "quality")] == [None, None, "green"]


def test_amounts_are_those_of_the_ledger_up_to_the_days_year(cluster):
    shown = table(everything(cluster, day=date(2024, 12, 31)), COLUMNS)
    five, six = cells(shown, "5"), cells(shown, "6")
    assert [five[key] for key in ("disponeret", "forbrug", "tilbage")] == [Decimal(100), Decimal(60), Decimal(40)]
    assert six["disponeret"] == 0


def test_what_was_carried_on_is_no_longer_left(cluster):
    ledger.carry_over(cluster, 2025, held_on=date(2025, 1, 15))
    five = cells(table(everything(cluster), COLUMNS), "5")
    assert [five[key] for key in ("disponeret", "forbrug", "tilbage")] == [Decimal(60), Decimal(60), Decimal(0)]


def test_money_is_summed_over_what_is_filtered_and_nothing_else_is(chosen):
    sums = {each.column.key: each.amount for each in chosen(f"{ALL}&farve=red").table.sums}
    assert (sums["disponeret"], sums["forbrug"], sums["tilbage"]) == (Decimal(100), Decimal(60), Decimal(40))
    assert sums["start"] is None


def test_the_same_amounts_stand_in_the_file(chosen):
    selection = chosen("kolonne=disponeret&kolonne=forbrug&kolonne=tilbage")
    headings, five, *_rest = sheet.rows(selection.shown, selection.columns)
    assert headings[3:] == ["Disponeret, kr.", "Forbrug, kr.", "Tilbage, kr.", "Opgjort pr."]
    assert five[3:] == [Decimal(100), Decimal(60), Decimal(40), DAY]


def test_a_file_has_no_heading_twice(chosen):
    selection = chosen(ALL)
    headings = next(sheet.rows(selection.shown, selection.columns))
    assert len(set(headings)) == len(headings)
    assert {"Ejer", "Målgruppe", "Tid", "Kvalitet", "Næste skridt", "Statussens alder, dage"} <= set(headings)


def test_a_file_tells_colours_and_help_in_words(chosen):
    selection = chosen("kolonne=tid&kolonne=hjaelp")
    assert list(sheet.rows(selection.shown, selection.columns))[1][3:5] == ["Gul", "Ja, fra Chefforum"]


def test_the_export_of_the_page_is_what_the_page_shows(client):
    answer = client.get(f"{URL}?pr=2025-04-10&kolonne=ejer&farve=red&eksport=csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines == ["Nr.;Indsats;Tema;Ejer;Opgjort pr.", "5;Gangtræning;Prøvetema;Anna Ager, leder;10.04.2025"]


# On the page.
def test_the_page_shows_the_chosen_ones_and_no_other(client):
    text = told(client.get(f"{URL}?pr=2025-04-10&kolonne=ejer&kolonne=tilbage"))
    assert 'data-title="Ejer">Anna Ager, leder</td>' in text
    assert 'class="num" data-title="Tilbage, kr.">40</td>' in text
    assert 'data-title="Status"' not in text
    assert "gælder budgetårene til og med 2025" in text


def test_more_spent_than_allocated_is_marked(client, cluster):
    ledger.spend(ledger.line(cluster, "7", None), "9")
    assert 'class="num over" data-title="Tilbage, kr.">−9</td>' in told(client.get(f"{URL}?kolonne=tilbage"))


def test_the_boxes_tell_what_is_chosen_and_belong_to_the_filters(client):
    text = told(client.get(f"{URL}?kolonne=ejer"))
    assert 'name="kolonne" value="ejer" form="filters" checked>' in text
    assert 'name="kolonne" value="status" form="filters">' in text


def test_links_for_sorting_and_files_keep_the_columns(client):
    text = told(client.get(f"{URL}?kolonne=ejer&kolonne=midler"))
    assert 'href="?kolonne=ejer&amp;kolonne=midler&amp;sort=-midler"' in text
    assert 'href="?kolonne=ejer&amp;kolonne=midler&amp;eksport=csv"' in text


def test_invented_words_are_marked_where_no_status_says_so(client):
    build.status(initiative("7"), demonstration=True, next_step="Opdigtet")
    mark = '<span class="chip chip--demo">Demo</span>'
    assert told(client.get(f"{URL}?kolonne=naeste")).count(mark) == 1
    assert told(client.get(URL)).count(mark) == 1
    assert mark not in told(client.get(f"{URL}?kolonne=midler"))


def test_what_is_written_is_shown_not_obeyed(client):
    build.status(initiative("7"), next_step="<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in told(client.get(f"{URL}?kolonne=naeste"))


@pytest.mark.parametrize("role", Role.values)
def test_every_column_costs_no_query_more(cluster, role, sign_in, queries):
    client = sign_in(build.user("rolle", role, cluster))
    assert queries(lambda: client.get(f"{URL}?{ALL}")) == 8
    for number in range(20, 60):
        build.status(build.initiative(str(number), build.theme(build.plan(cluster))))
    assert queries(lambda: client.get(f"{URL}?{ALL}")) == 8


# Pages.
@pytest.fixture
def many(cluster: Cluster) -> Cluster:
    """103 initiatives: 100 more in a second theme, with 1 kr. each."""
    theme = build.theme(build.plan(cluster), "Lighed", 2)
    for number in range(100, 200):
        one = build.initiative(str(number), theme)
        ledger.allocate(Line(one, None), "1")
    return cluster


def test_up_to_a_hundred_are_one_page(chosen):
    assert chosen("").table.page.paginator.num_pages == 1


def test_above_a_hundred_there_are_pages_with_the_sums_of_all(many):
    selection = select(scope(many), QueryDict("page=2"))
    (part,) = selection.table.groups
    assert [len(part.rows), part.group.name, part.ends, selection.table.ends] == [3, "Lighed", True, True]
    assert (part.group.total, selection.shown.count) == (Decimal(100), 103)


def test_a_theme_that_goes_on_has_no_sum_yet(many):
    first = select(scope(many), QueryDict("")).table
    assert [(part.group.name, part.ends) for part in first.groups] == [("Prøvetema", True), ("Lighed", False)]
    assert not first.ends


def test_a_sorted_list_is_paged_too(many):
    table = select(scope(many), QueryDict("sort=-nummer&per_page=25&page=5")).table
    assert [row.row.initiative.number for part in table.groups for row in part.rows] == ["7", "6", "5"]


@pytest.mark.parametrize("query", ["page=99", "page=-1", "page=abc", "per_page=7", "page=" + "9" * 5000])
def test_a_page_that_is_not_there_is_told(client, query):
    answer = client.get(f"{URL}?{query}")
    assert answer.status_code == 200
    assert "alert-info" in told(answer)


def test_choosing_and_sorting_go_back_to_the_first_page(many, sign_in):
    text = told(sign_in(build.user("poul", Role.POLITICIAN, many)).get(f"{URL}?page=2"))
    assert 'href="?sort=titel"' in text
    assert 'name="page"' not in text.split('id="filters"')[1].split("</form>")[0]
