"""The flat list page: filter, order, pages and files; what the address asks for wrongly is told, never obeyed."""

from csv import reader
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import django_filters
import django_tables2
import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import QueryDict
from django.test import RequestFactory
from openpyxl import load_workbook

from initiatives.listing import (
    ListPage,
    as_csv,
    as_excel,
    csv_text,
    known_sort,
    read_paging,
    unknown_values,
    with_defaults,
)
from initiatives.models import Actor

pytestmark = pytest.mark.django_db


class ActorTable(django_tables2.Table):
    name = django_tables2.Column("Navn")
    kind = django_tables2.Column("Slags", orderable=False)


class ActorFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(label="Slags", choices=Actor.Kind)

    class Meta:
        model = Actor
        fields = ["kind"]


class ActorList(ListPage):
    table_class = ActorTable
    filterset_class = ActorFilter
    template_name = "partials/table.html"
    export_name = "aktører"

    def queryset(self, request):
        return Actor.objects.filter(name__startswith="Prøve ").order_by("pk")


@pytest.fixture
def actors():
    """Thirty municipalities, Prøve 01 to Prøve 30, and one hospital."""
    Actor.objects.bulk_create(
        [Actor(name=f"Prøve {number:02}", kind=Actor.Kind.MUNICIPALITY) for number in range(1, 31)]
    )
    Actor.objects.create(name="Prøve Hospital", kind=Actor.Kind.HOSPITAL)


@pytest.fixture
def answer_to(actors, rf: RequestFactory):
    """The answer to an address, with its notices as `answer.notices`."""

    def get(query: str):
        request: Any = rf.get(f"/liste/?{query}")
        request.session = {}
        request._messages = FallbackStorage(request)
        answer: Any = ActorList.as_view()(request)
        answer.notices = [str(message) for message in get_messages(request)]
        return answer

    return get


def text(answer) -> str:
    return answer.content.decode()


def exported(answer) -> list[list[str]]:
    return list(reader(StringIO(text(answer).removeprefix("\ufeff")), delimiter=";"))


# The page.
def test_the_first_page_has_twenty_five_rows(answer_to):
    answer = answer_to("")
    assert text(answer).count("Prøve ") == 25
    assert answer.notices == []


def test_the_last_page_has_the_rest(answer_to):
    assert text(answer_to("page=2")).count("Prøve ") == 6


def test_a_page_can_have_fifty_rows(answer_to):
    assert text(answer_to("per_page=50")).count("Prøve ") == 31


def test_it_is_filtered(answer_to):
    assert text(answer_to("kind=hospital")).count("Prøve ") == 1


def test_an_unknown_filter_value_is_told_and_left_out(answer_to):
    answer = answer_to("kind=xyz&per_page=100")
    assert answer.notices == ["»xyz« kan ikke vælges i »Slags«. Filteret er sprunget over."]
    assert text(answer).count("Prøve ") == 31


def test_it_is_sorted_both_ways(answer_to):
    shown = text(answer_to("sort=-name"))
    assert shown.index("Prøve Hospital") < shown.index("Prøve 30") < shown.index("Prøve 29")
    assert 'aria-sort="descending"' in shown


@pytest.mark.parametrize("sort", ["ukendt", "-ukendt", "kind", "name__x", "pk", "--name"])
def test_an_unknown_sort_key_is_told_and_left_out(answer_to, sort):
    answer = answer_to(f"sort={sort}")
    assert answer.notices == [f"Listen kan ikke sorteres efter »{sort}«."]
    assert text(answer).index("Prøve 01") < text(answer).index("Prøve 02")


@pytest.mark.parametrize(
    ("asked", "shown"), [("99", "2"), ("0", "1"), ("-1", "1"), ("abc", "1"), ("1.5", "1"), ("9" * 5000, "1")]
)
def test_a_page_that_is_not_there_is_told(answer_to, asked, shown):
    assert answer_to(f"page={asked}").notices == [f"Der er ingen side »{asked[:12]}«. Side {shown} vises."]


@pytest.mark.parametrize("asked", ["7", "1000000", "0", "-25", "abc", ""])
def test_rows_on_a_page_are_chosen_among_three(answer_to, asked):
    answer = answer_to(f"per_page={asked}")
    assert answer.notices == ["En side kan have 25, 50 eller 100 rækker. Her har den 25."]
    assert text(answer).count("Prøve ") == 25


def test_an_empty_list_has_one_page(rf):
    assert read_paging(QueryDict("page=1"), 0).page == 1
    assert read_paging(QueryDict("page=2"), 0).notices


def test_exactly_full_pages_make_no_empty_one():
    assert read_paging(QueryDict("page=2"), 50).page == 2
    assert read_paging(QueryDict("page=3"), 50).page == 2


def test_several_sort_keys_are_kept_in_order():
    assert known_sort(ActorTable, ["name,-name", "x"])[0] == ("name", "-name")


def test_a_default_holds_until_the_address_says_otherwise():
    defaults = {"kind": "hospital"}
    assert with_defaults(QueryDict("q=x"), defaults)["kind"] == "hospital"
    assert with_defaults(QueryDict("kind=region"), defaults)["kind"] == "region"


def test_known_values_give_no_notice():
    assert unknown_values(ActorFilter(QueryDict("kind=hospital"), queryset=Actor.objects.none())) == ()


# The files.
def test_a_file_has_every_row_of_the_filter_and_never_a_page(answer_to):
    rows = exported(answer_to("eksport=csv&kind=municipality&page=2&per_page=25&sort=-name"))
    assert rows[0] == ["Navn", "Slags"]
    assert [len(rows), rows[1][0], rows[-1][0]] == [31, "Prøve 30", "Prøve 01"]


def test_csv_begins_with_a_byte_order_mark_and_names_itself(answer_to):
    answer = answer_to("eksport=csv")
    assert answer.content.startswith(b"\xef\xbb\xbfNavn;Slags\r\n")
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''akt%C3%B8rer.csv"


def test_an_unknown_kind_of_file_is_the_page(answer_to):
    assert text(answer_to("eksport=pdf")).count("Prøve ") == 25


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Decimal("1766776.50"), "1766776,50"),
        (Decimal("-0.36"), "-0,36"),
        (Decimal("1E+3"), "1000"),
        (163919, "163919"),
        (date(2024, 12, 31), "31.12.2024"),
        (None, ""),
        ("Blåbærgrød; og mere", "Blåbærgrød; og mere"),
        ("=1+1", "'=1+1"),
        ("+45 12", "'+45 12"),
        ("-0,36", "'-0,36"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
    ],
)
def test_a_cell_of_csv(value, written):
    assert csv_text(value) == written


def sheet(*rows):
    return load_workbook(BytesIO(as_excel(rows, "prøve").content)).active


def test_numbers_are_numbers_in_excel():
    cells = sheet(["Beløb"], [Decimal("1766776.50")], [Decimal(300000)], [17])
    assert [cells["A2"].value, cells["A3"].value, cells["A4"].value] == [1766776.5, 300000, 17]
    assert [cells["A2"].number_format, cells["A3"].number_format] == ["#,##0.00##", "#,##0"]


def test_dates_are_dates_and_nothing_is_empty_in_excel():
    cells = sheet(["Dato"], [date(2024, 12, 31), None])
    assert cells["A2"].is_date
    assert cells["B2"].value is None


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@x"])
def test_no_text_becomes_a_formula_in_excel(formula):
    cell = sheet(["Tekst"], [formula])["A2"]
    assert (cell.value, cell.data_type) == (formula, "s")


def test_control_characters_do_not_break_excel():
    assert sheet(["Tekst"], ["a\x00b\x0bc"])["A2"].value == "abc"


def test_the_heading_of_excel_is_bold_and_stays():
    cells = sheet(["Navn"], ["x"])
    assert cells["A1"].font.bold
    assert cells.freeze_panes == "A2"


def test_lazy_texts_are_written_out():
    from django.utils.translation import gettext_lazy

    assert "Nr." in as_csv([[gettext_lazy("No.")]], "x").content.decode()


def test_a_list_must_say_what_it_lists(rf):
    with pytest.raises(NotImplementedError):
        ListPage().queryset(rf.get("/"))
