"""The status overview as CSV and Excel: exactly what is shown, on its day and in its order."""

from collections.abc import Callable
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from initiatives.access import Role
from initiatives.asof import DatePrecision
from initiatives.models import Cluster, Colour, Phase
from tests import build
from tests.finance import build_ledger as ledger

DAY = date(2025, 4, 10)
HEADINGS = [
    "Nr.",
    "Indsats",
    "Tema",
    "Aktør",
    "Klyngemidler, beregnet, kr.",
    "Klyngemidler, hvor trykt anderledes, kr.",
    "Status",
    "Fase",
    "Farve",
    "Status fra",
    "Statussens alder, dage",
    "Demonstrationsdata",
    "Opgjort pr.",
]


@pytest.fixture
def cluster(db: None) -> Cluster:
    """5 with 1.171.776,50 kr. and a green status of 1 April 2025; 6 without anything."""
    cluster = ledger.ledger()
    five = ledger.initiative(cluster, "5", title="Træning; hjemme")
    ledger.allocate(ledger.line(cluster, "5", None), "1171776.50")
    five.actor_lines.create(label="PLO/Nord-KAP", position=1)
    build.status(five, date(2025, 4, 1), printed_text="=1+1")
    ledger.initiative(cluster, "6")
    return cluster


@pytest.fixture
def export(cluster: Cluster, sign_in: Callable[[object], Client]) -> Callable[..., Any]:
    client = sign_in(build.user("kirsten", Role.COORDINATOR, cluster))
    return lambda **query: client.get(reverse("portfolio:overview"), {"pr": "2025-04-10", **query})


@pytest.fixture
def sheet(export: Callable[..., Any]) -> Callable[..., list[list[Any]]]:
    """The Excel file's rows, the headings first."""

    def sheet(**query: str) -> list[list[Any]]:
        book = load_workbook(BytesIO(export(eksport="excel", **query).content))
        return [[plain(value) for value in row] for row in book.active.values]

    return sheet


def plain(value: Any) -> Any:
    """A day as a day: Excel has only moments."""
    return value.date() if isinstance(value, datetime) else value


def lines(answer: HttpResponse) -> list[str]:
    return answer.content.decode("utf-8-sig").splitlines()


def test_excel_has_numbers_as_numbers_and_days_as_days(sheet):
    headings, five, _ = sheet()
    assert headings == HEADINGS
    assert five == [
        "5", "Træning; hjemme", "Prøvetema", "PLO/Nord-KAP", 1171776.5, None, "=1+1", "Igangværende", "Grøn",
        date(2025, 4, 1), 9, None, DAY,
    ]  # fmt: skip


def test_one_without_a_report_has_zero_and_empty_cells(sheet):
    assert sheet()[2][4:] == [0, None, "Ingen status endnu", None, None, None, None, None, DAY]


def test_csv_has_danish_numbers_and_no_formulas(export):
    assert lines(export(eksport="csv"))[1] == (
        '5;"Træning; hjemme";Prøvetema;PLO/Nord-KAP;1171776,50;;\'=1+1;Igangværende;Grøn;01.04.2025;9;;10.04.2025'
    )


@pytest.mark.parametrize(
    ("kind", "name"), [("csv", "indsatser-2025-04-10.csv"), ("excel", "indsatser-2025-04-10.xlsx")]
)
def test_the_file_is_named_by_its_day(export, kind, name):
    assert export(eksport=kind)["Content-Disposition"] == f'attachment; filename="{name}"'


def test_it_holds_what_the_filters_leave(sheet):
    assert [row[0] for row in sheet(fase="uden")[1:]] == ["6"]


def test_it_stands_in_the_order_of_the_page(sheet):
    assert [row[0] for row in sheet(sort="-nummer")[1:]] == ["6", "5"]


def test_it_is_of_the_day_asked_for(sheet):
    assert sheet(pr="2025-03-31")[1][6:8] == ["Ingen status endnu", None]


def test_it_is_never_paged(sheet, cluster):
    for number in range(100, 230):
        ledger.initiative(cluster, str(number))
    assert len(sheet(page="2", per_page="25")) == 1 + 132


def test_nothing_that_fits_is_headings_alone(sheet):
    assert sheet(q="findes-ikke") == [HEADINGS]


def test_a_date_that_is_not_printed_is_left_out(sheet, cluster):
    six = ledger.initiative(cluster, "6")
    build.status(six, date(2025, 3, 31), precision=DatePrecision.UNPRINTED, overall=Colour.RED)
    assert sheet()[2][8:11] == ["Rød", None, None]


def test_an_ended_one_that_nobody_assessed_has_no_colour(sheet, cluster):
    build.status(ledger.initiative(cluster, "6"), phase=Phase.CLOSED, overall=Colour.NONE)
    assert sheet()[2][7:9] == ["Afsluttet", None]


def test_invented_rows_are_marked(sheet, cluster):
    build.status(ledger.initiative(cluster, "6"), demonstration=True)
    assert [row[11] for row in sheet()[1:]] == [None, "Ja"]


def test_an_unknown_kind_is_the_page(export):
    assert export(eksport="pdf")["Content-Type"].startswith("text/html")


def test_computed_and_printed_stand_in_their_own_columns(facts, sign_in):
    client = sign_in(build.user("poul", Role.POLITICIAN, facts))
    answer = client.get(reverse("portfolio:overview"), {"pr": "2025-04-10", "eksport": "csv", "q": "12"})
    (twelve,) = (line for line in lines(answer) if line.startswith("12;"))
    assert twelve.split(";")[4:6] == ["163919,00", "300000,00"]


def test_the_menu_links_to_the_list_as_it_is(export):
    text = export(sort="titel", q="træning").content.decode()
    assert 'href="?pr=2025-04-10&amp;sort=titel&amp;q=tr%C3%A6ning&amp;eksport=csv"' in text


def test_without_rows_there_is_nothing_to_export(export):
    assert "eksport=csv" not in export(q="findes-ikke").content.decode()
