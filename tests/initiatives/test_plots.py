"""What every chart that can be explored has in common: table, file, and series that need no colour."""

from datetime import date
from decimal import Decimal

import pytest
from django.http import Http404

from initiatives.plots import Chart, Look, Measured, Table, about, as_file, bar

TABLE = Table(
    ("Mål", "Pr.", "Tal", "Beløb", "Effekt"),
    (("Gang", date(2025, 5, 20), 1234, Decimal("1766776.50"), Measured(Decimal("154.76"), "+155 %")),),
)


def chart(**fields: object) -> Chart:
    values = {
        "name": "gang", "file": "gang-2025-05-20", "heading": "Gang", "about": "Klynge Prøve", "sentence": "",
        "table": TABLE, "figure": {}, **fields,
    }  # fmt: skip
    return Chart(**values)  # type: ignore[arg-type]


def test_cells_are_shown_as_danes_write_them():
    assert list(TABLE.shown) == [("Gang", ["20.05.2025", "1.234", "1.766.776,50", "+155 %"])]


def test_a_file_has_numbers_where_the_page_has_words():
    rows = as_file([chart()], "gang").content.decode("utf-8-sig").splitlines()
    assert rows == ["Mål;Pr.;Tal;Beløb;Effekt", "Gang;20.05.2025;1234;1766776,50;154,76"]


def test_the_file_is_called_as_the_chart_says():
    assert as_file([chart()], "gang")["Content-Disposition"] == 'attachment; filename="gang-2025-05-20.csv"'


def test_a_chart_that_is_not_there_is_not_found():
    with pytest.raises(Http404):
        as_file([chart()], "ukendt")


def test_a_picture_says_what_whose_and_when_and_that_it_is_invented():
    whose = about("Klynge Prøve", date(2025, 5, 20))
    assert chart(about=whose).title == "Gang, Klynge Prøve, 20. maj 2025"
    assert chart(about=whose, invented=True).title == "Gang, Klynge Prøve, 20. maj 2025 (Demo)"


def test_a_pattern_is_drawn_over_its_colour_and_a_plain_series_has_none():
    patterned = bar("Gul", ["a"], [1], Look("--amber", "/", "--ink"))["marker"]
    assert (patterned["color"], patterned["pattern"]["shape"], patterned["pattern"]["fgcolor"]) == (
        "--amber", "/", "--ink",
    )  # fmt: skip
    assert "pattern" not in bar("Grøn", ["a"], [1], Look("--green"))["marker"]
