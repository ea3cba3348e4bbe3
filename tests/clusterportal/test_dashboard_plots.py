"""The figures handed to plotly: only what its basic bundle draws, no colour without a pattern, no float."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.serializers.json import DjangoJSONEncoder

from clusterportal.dashboard.board import LIFE
from clusterportal.dashboard.development import COLOURS, PHASES, development
from clusterportal.dashboard.history import Report
from clusterportal.dashboard.plots import LOOKS, plots, point_labels
from finance.by_year import money_by_year
from finance.lines import Sums
from initiatives.models import Colour, Theme
from initiatives.plots import Chart

DAY = date(2025, 5, 20)
# What the vendored bundle can draw: another type draws nothing and reports nothing.
BASIC = {"scatter", "bar", "pie"}


@pytest.fixture
def charts() -> tuple[Chart, ...]:
    """All three charts of a plan of two initiatives, one of them outside every theme."""
    theme = Theme(pk=1, name="Mental <b>sundhed</b>", colour=1)
    reported = {
        1: [Report(11, 1, date(2025, 1, 5), "day", "running", "amber", False)],
        2: [Report(12, 2, date(2025, 4, 5), "day", "closed", "none", False)],
    }
    sums = {
        (2024, 1): Sums(Decimal("5255088.50"), Decimal(7020000)),
        (2025, None): Sums(Decimal(0), Decimal(60)),
    }
    money = money_by_year(sums, {2024}, [theme], "Uden for planens temaer")
    return plots(development(reported, 2, money, DAY), "Handleplan 2022–2025", DAY)


def traces(chart: Chart) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = chart.figure["data"]
    return found


def test_there_is_a_chart_for_phases_colours_and_money(charts):
    assert [(chart.name, chart.heading, chart.file) for chart in charts] == [
        ("faser", "Faser over tid", "faser-2025-05-20"),
        ("farver", "Farver over tid", "farver-2025-05-20"),
        ("penge", "Penge pr. tema og budgetår", "penge-2025-05-20"),
    ]


def test_a_picture_says_which_plan_and_day_it_is_about(charts):
    assert charts[0].title == "Faser over tid, Handleplan 2022–2025, 20. maj 2025"


def test_invented_figures_are_called_so_in_pictures_and_names_of_files():
    reported = {1: [Report(1, 1, DAY, "day", "running", "green", True)]}
    money = money_by_year({(2025, 1): Sums()}, frozenset(), [Theme(pk=1, name="Tema", colour=1)], "")
    made = plots(development(reported, 1, money, DAY), "Handleplan", DAY)
    assert [chart.file for chart in made] == ["faser-demo-2025-05-20", "farver-demo-2025-05-20", "penge-2025-05-20"]
    assert [chart.title.endswith("(Demo)") for chart in made] == [True, True, False]


def test_without_reports_and_money_there_is_nothing_to_draw():
    assert plots(development({}, 2, None, DAY), "Handleplan", DAY) == ()


def test_every_type_is_one_that_the_basic_bundle_draws(charts):
    assert {trace["type"] for chart in charts for trace in traces(chart)} <= BASIC


def test_what_is_drawn_are_whole_numbers(charts):
    drawn = [value for chart in charts for trace in traces(chart) for value in trace["y"]]
    assert {type(value) for value in drawn} == {int}


def test_figures_can_be_written_as_json(charts):
    written = json.dumps([chart.figure for chart in charts], cls=DjangoJSONEncoder)
    assert json.loads(written)[2]["data"][0]["customdata"][1] == "5.255.088,50"


def test_a_point_is_the_row_of_the_table(charts):
    by_name = {trace["name"]: trace["y"] for trace in traces(charts[0])}
    assert by_name == {"Afsluttet": [0, 1], "Igangværende": [1, 1], "Ingen status": [1, 0]}
    assert charts[0].table.rows == ((date(2025, 3, 31), 0, 1, 1), (DAY, 1, 1, 0))


def test_money_has_two_bars_for_each_year(charts):
    assert traces(charts[2])[0]["x"] == [
        ["2024", "2024", "2025", "2025"],
        ["Disponeret", "Forbrug", "Disponeret", "Forbrug"],
    ]
    assert [(trace["name"], trace["y"]) for trace in traces(charts[2])] == [
        ("Mental <b>sundhed</b>", [7020000, 5255088, 0, 0]),
        ("Uden for planens temaer", [0, 0, 60, 0]),
    ]


def test_every_kind_has_a_look_of_its_own():
    for kinds in (PHASES, COLOURS):
        looks = [LOOKS[kind][:2] for kind in kinds]
        assert len(set(looks)) == len(looks)
    assert set(PHASES) - {"unreported"} == {phase.value for phase in LIFE}


def test_the_three_assessed_colours_differ_in_pattern_too():
    assert len({LOOKS[colour][1] for colour in (Colour.GREEN, Colour.AMBER, Colour.RED)}) == 3


def test_every_token_is_defined_in_the_style_sheet(charts):
    css = Path(str(finders.find("portal/portal.css"))).read_text("utf-8")
    defined = set(re.findall(r"(--[\w-]+):", css))
    used = set(re.findall(r'"(--[\w-]+)"', json.dumps([chart.figure for chart in charts], cls=DjangoJSONEncoder)))
    tokens = {token for look in LOOKS.values() for token in (look.token, look.lines) if token}
    assert used | tokens <= defined


def test_the_year_stands_beneath_the_first_month_of_each():
    days = (date(2024, 9, 30), date(2024, 12, 31), date(2025, 3, 31), DAY)
    assert point_labels(days) == ["sept<br>2024", "dec", "mar<br>2025", "maj"]


def test_the_bundle_is_the_basic_one_with_its_licence_and_asks_for_no_source_map():
    folder = Path(settings.BASE_DIR) / "clusterportal" / "static" / "plotly"
    bundle = (folder / "plotly-basic.min.js").read_text("utf-8")
    assert "plotly.js (basic - minified) v4.1.1" in bundle[:300]
    assert "sourceMappingURL" not in bundle
    assert "MIT License" in (folder / "LICENSE").read_text("utf-8")
