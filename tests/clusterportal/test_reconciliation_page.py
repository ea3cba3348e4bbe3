"""The list of printed figures: what it opens with, what is filtered, and the files it gives."""

from collections.abc import Callable
from csv import reader
from io import BytesIO, StringIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from initiatives.access import Role
from initiatives.models import PublishedDocument, User
from tests import build

from .build_published import printed

URL = reverse("reconciliation:figures")


@pytest.fixture
def get(politician: User, sign_in: Callable[[User], Client]):
    """The answer to an address of the list."""
    client = sign_in(politician)
    return lambda query="": client.get(f"{URL}?{query}")


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def rows(answer) -> int:
    return answer.content.decode().partition("<tbody")[2].count('role="rowheader"')


OPENING = "206 trykte tal er regnet efter; 7 afviger. Desuden: 11 stemmer efter afrunding og 18 er trykt uden minus."


def test_it_opens_with_how_many_of_midts_figures_differ(get):
    assert text(get()).count(OPENING) == 1


def test_those_that_differ_come_first(get):
    answer = get()
    assert rows(answer) == 7
    assert "Viser <strong>7</strong> af 206 tal" in text(answer)


def test_a_row_shows_print_computation_and_difference(get):
    shown = text(get("q=maksimal+gangdistance"))
    for cell in (">557</td>", ">577</td>", "−20", "Tabel 3a"):
        assert cell in shown


def test_computed_percentages_have_their_sign(get):
    assert "−39 %" in text(get("vis=fortegn"))


def test_all_can_be_shown_and_are_paged(get):
    assert rows(get("vis=alle")) == 25
    assert rows(get("vis=alle&per_page=100&page=3")) == 6


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("vis=fortegn", 18),
        ("vis=afrunding", 11),
        ("emne=oekonomi", 5),
        ("emne=resultater", 2),
        ("vis=fortegn&emne=oekonomi", 0),
        ("q=TABEL+3A", 1),
        ("q=tabel+3a&vis=alle&per_page=100", 16),
        ("q=smerteniveau&vis=afrunding", 1),
        ("q=", 7),
    ],
)
def test_filters_and_search_narrow_the_list(get, query, shown):
    assert rows(get(query)) == shown


def test_search_finds_capital_danish_letters(get):
    assert rows(get("vis=alle&q=SÆDVANLIGE")) == rows(get("vis=alle&q=sædvanlige")) > 0


@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("emne=foo", "»foo« kan ikke vælges i »Om«. Filteret er sprunget over."),
        ("vis=xyz", "»xyz« kan ikke vælges i »Hvilke tal«. Filteret er sprunget over."),
        ("page=99", "Der er ingen side »99«. Side 1 vises."),
        ("per_page=7", "En side kan have 25, 50 eller 100 rækker. Her har den 25."),
        ("sort=secret", "Listen kan ikke sorteres efter »secret«."),
    ],
)
def test_what_is_unknown_in_the_address_is_told(get, query, notice):
    answer = get(query)
    assert notice in text(answer)
    assert rows(answer) == 7


def test_an_overlong_search_is_told_not_obeyed(get):
    answer = get("q=" + "x" * 10_000)
    assert answer.status_code == 200
    assert "Filteret er sprunget over" in text(answer)


@pytest.mark.parametrize("column", ["what", "place", "printed", "computed", "difference", "note"])
def test_every_column_sorts_both_ways(get, column):
    up, down = (get(f"vis=alle&sort={sign}{column}").context["table"] for sign in ("", "-"))
    values = [[getattr(row.record, "figure").pk for row in table.rows] for table in (up, down)]  # noqa: B009
    assert sorted(values[0]) == sorted(values[1])
    assert values[0] != values[1]


def test_places_sort_as_people_count(get):
    places = [row.record.figure.place for row in get("vis=alle&sort=place").context["table"].rows]
    tables = list(dict.fromkeys(place for place in places if place.startswith("Tabel")))
    assert tables == ["Tabel 1", "Tabel 3a", "Tabel 3b", "Tabel 4a", "Tabel 4b", "Tabel 4c", "Tabel 5", *tables[7:]]
    assert tables[-1] == "Tabel 10"


def test_nothing_found_tells_what_to_let_go_of(get):
    shown = text(get("q=zzz&emne=resultater"))
    for words in ("Ingen tal passer til det, du har valgt", "Uden »zzz«", "Både økonomi og resultater"):
        assert words in shown


def test_a_search_is_shown_as_text(get):
    assert "&lt;script&gt;" in text(get("q=<script>"))


# Files.
def test_csv_is_what_is_shown(get):
    answer = get("q=tabel+3a&sort=-difference&eksport=csv")
    lines = list(reader(StringIO(answer.content.decode().removeprefix("\ufeff")), delimiter=";"))
    assert lines[0] == ["Tal", "Sted", "Trykt", "Beregnet", "Forskel", "Bemærkning"]
    assert lines[-1] == ["Forskel, Maksimal gangdistance (MWD), indsats 5", "Tabel 3a", "557", "577", "-20", "Afviger"]


def test_printed_text_that_looks_like_a_formula_stays_text_in_csv(get):
    assert ";'-0,36;-0,37;0,01;" in get("vis=afrunding&eksport=csv").content.decode()


def test_excel_has_numbers(get):
    answer = get("emne=oekonomi&eksport=excel")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert [cell.value for cell in sheet[2]][2:5] == ["300.000 kr.", 163919, 136081]
    assert answer["Content-Disposition"] == 'attachment; filename="afstemning.xlsx"'


# Who and where.
def test_a_cluster_without_documents_is_told_so(stranger, sign_in):
    assert "Der er ikke noget at afstemme endnu" in text(sign_in(stranger).get(URL))


def test_somebody_without_a_cluster_is_told_so(db, sign_in):
    lonely = User.objects.create_user("alene", "alene@eksempel.dk", build.PASSWORD)
    assert "Du er ikke tilknyttet en klynge endnu" in text(sign_in(lonely).get(URL))


def test_another_cluster_is_not_there(stranger, sign_in):
    assert sign_in(stranger).get(f"{URL}?klynge=midt").status_code == 404


def test_a_stranger_sees_only_their_own_figures(stranger, sign_in):
    printed("cluster-funds:proeve/12", "5 kr.", "5")
    shown = text(sign_in(stranger).get(f"{URL}?vis=alle"))
    assert "Viser <strong>1</strong> af 1 tal" in shown


def test_with_several_clusters_one_is_chosen(politician, sign_in):
    other = build.cluster()
    politician.memberships.create(cluster=other, role=Role.POLITICIAN)
    shown = text(sign_in(politician).get(f"{URL}?klynge=midt"))
    assert '<option value="midt" selected>Sundhedsklynge Midt</option>' in shown


def test_with_one_cluster_there_is_nothing_to_choose(get):
    assert 'name="klynge"' not in text(get())


def test_cost_does_not_grow_with_the_figures(get, queries):
    document = PublishedDocument.objects.get(slug="midt-evaluering-2025")
    few = queries(get)
    for number in range(20):
        printed(f"spent:midt/12/Jammerbugt Kommune/{number}", "5", "5", document=document)
    assert queries(get) == few
