"""The charts of measured changes: which bars there are, which way they point, and what stands beside them."""

import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from initiatives.access import Role
from initiatives.models import Cluster, Initiative, User
from initiatives.plots import Chart
from outcomes.plots import LOOKS, effect_charts
from outcomes.results import results
from tests import build

from . import build_results

pytestmark = pytest.mark.django_db
DAY = date(2025, 5, 20)


@pytest.fixture
def five() -> Initiative:
    return build.initiative("5", build.theme(build.plan(build.cluster("klynge", "Klynge"))))


def charts(of: Initiative) -> tuple[Chart, ...]:
    return effect_charts(results(of.cluster, DAY, sees_all=True))


def traces(of: Initiative) -> list[dict[str, Any]]:
    [chart] = charts(of)
    found: list[dict[str, Any]] = chart.figure["data"]
    return found


def lower(slug: str) -> Any:
    return build_results.measure(slug, direction="lower")


def test_each_place_is_a_series_with_a_bar_for_each_measure(five):
    build_results.change(five, "100", "255")
    build_results.change(five, "100", "130", site="Jammerbugt Kommune")
    build_results.change(five, "200", "300", what=build_results.measure("fart"))
    assert [(trace["name"], trace["y"], trace["x"]) for trace in traces(five)] == [
        ("Aalborg Kommune", ["Gangdistance, meter", "Fart, meter"], [155, 50]),
        ("Jammerbugt Kommune", ["Gangdistance, meter"], [30]),
    ]


def test_right_is_better_whichever_way_the_measure_counts(five):
    build_results.change(five, "100", "80", what=lower("smerte"))
    build_results.change(five, "100", "104", what=lower("angst"))
    [trace] = traces(five)
    assert (trace["x"], trace["text"]) == ([20, -4], ["−20 %", "+4 %"])
    assert trace["marker"]["line"]["color"] == ["--rule-2", "--red"]


def test_what_did_not_change_is_said_so_where_there_is_no_bar(five):
    build_results.change(five, "100", "100")
    [trace] = traces(five)
    assert (trace["x"], trace["text"]) == ([0], ["0 % uændret"])


def test_what_cannot_be_placed_stands_in_the_table_alone(five):
    build_results.change(five, "0", "4")
    build_results.change(five, "4", "6", what=build_results.measure("vaegt", direction="neither"))
    build_results.change(five, "4", "6", what=build_results.measure("fart"))
    [chart] = charts(five)
    assert [trace["y"] for trace in chart.figure["data"]] == [["Fart, meter"]]
    assert [name for name, _cells in chart.table.shown] == ["Gangdistance, meter", "Vaegt, meter", "Fart, meter"]
    assert chart.sentence.endswith("To står kun i tabellen: Målene begyndte på 0, eller ingen retning er bedre.")


def test_nothing_to_place_gives_no_chart(five):
    build_results.change(five, "0", "4")
    build_results.count(five, 7)
    assert charts(five) == ()


def test_two_groups_of_one_measure_at_one_place_are_told_apart(five):
    build_results.change(five, "100", "150", group_label="Kvinder")
    build_results.change(five, "100", "120", group_label="Mænd")
    build_results.change(five, "100", "110", group_label="Mænd")
    [trace] = traces(five)
    assert [name.replace("<br>", " ").split(",")[2].strip() for name in trace["y"]] == ["Kvinder", "Mænd", "Mænd"]
    assert len(set(trace["y"])) == 3


def test_long_names_are_broken_for_a_phone(five):
    what = build_results.measure("evne", name="Funktionsevne ud fra patientens egne mål", unit="")
    build_results.change(five, "2", "7", what=what)
    assert traces(five)[0]["y"] == ["Funktionsevne ud fra<br>patientens egne mål"]


def test_the_table_has_every_figure_and_the_file_their_exact_numbers(five):
    build_results.change(five, "168.5", "428")
    [chart] = charts(five)
    assert list(chart.table.shown) == [
        ("Gangdistance, meter", ["Aalborg Kommune", "42", "168,50", "428,00", "+259,50", "+154 %", "Bedre"]),
    ]
    _head, [*words, before, after, difference, effect, judgement] = chart.table.values
    assert ([str(value) for value in words], judgement) == (["Gangdistance, meter", "Aalborg Kommune", "42"], "Bedre")
    assert (before, after, difference) == (Decimal("168.5"), 428, Decimal("259.5"))
    assert str(effect) == "154.0059"


def test_the_sentence_names_the_greatest_progress_and_what_got_worse(five):
    build_results.change(five, "100", "150")
    build_results.change(five, "100", "104", what=lower("angst"))
    assert charts(five)[0].sentence == (
        "Størst fremgang: Gangdistance, meter, Aalborg Kommune (+50 %)."
        " Blev værre: Angst, meter, Aalborg Kommune (+4 %)."
    )


def test_of_many_that_got_worse_only_the_number_is_told(five):
    for name in ("a", "b", "c", "d"):
        build_results.change(five, "100", "90", what=build_results.measure(name))
    assert charts(five)[0].sentence == "Fire blev værre."


def test_the_figure_is_plain_json_of_bars_with_known_colours(five):
    for number in range(len(LOOKS) + 1):
        build_results.change(five, "100", "150", site=f"Kommune {number}")
    [chart] = charts(five)
    written = json.loads(json.dumps(chart.figure))
    assert {trace["type"] for trace in written["data"]} == {"bar"}
    css = Path(str(finders.find("portal/portal.css"))).read_text("utf-8")
    assert set(re.findall(r'"(--[\w-]+)"', json.dumps(written))) <= set(re.findall(r"(--[\w-]+):", css))


def test_places_differ_in_pattern_too():
    assert len({look.pattern for look in LOOKS}) == len(LOOKS)


def test_a_chart_is_as_high_as_it_has_bars(five):
    build_results.change(five, "100", "150")
    low = charts(five)[0].height
    for name in ("a", "b", "c"):
        build_results.change(five, "100", "150", what=build_results.measure(name), site="Jammerbugt Kommune")
    assert charts(five)[0].height > 2 * low - 130


# The page and its files


@pytest.fixture
def client_of_five(five: Initiative, sign_in: Callable[[User], Client]) -> Client:
    build_results.change(five, "100", "255")
    build_results.change(five, "100", "130", site="Jammerbugt Kommune")
    return sign_in(build.user("petra", Role.POLITICIAN, five.cluster))


def csv(client: Client, of: Initiative, **address: str) -> HttpResponse:
    return cast("HttpResponse", client.get(reverse("outcomes:data", args=[f"effekt-{of.pk}"]), address))


def test_the_file_has_what_the_page_shows_of_a_selection(client_of_five, five):
    answer = csv(client_of_five, five, sted="Jammerbugt Kommune", pr="2025-01-31")
    assert answer["Content-Disposition"] == 'attachment; filename="effekt-indsats-5-2025-01-31.csv"'
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "Mål;Sted;n;Før;Efter;Forskel;Effekt, %;Vurdering",
        "Gangdistance, meter;Jammerbugt Kommune;42;100;130;30;30;Bedre",
    ]


def test_the_page_leads_to_the_file_of_the_same_selection(client_of_five, five):
    text = client_of_five.get(reverse("outcomes:results"), {"sted": "Jammerbugt Kommune"}).content.decode()
    assert f'href="/resultater/effekt-{five.pk}.csv?sted=Jammerbugt+Kommune"' in text


def test_before_the_measurement_there_is_no_file(client_of_five, five):
    assert csv(client_of_five, five, pr="2020-01-01").status_code == 404


def test_a_page_of_counts_alone_fetches_no_script_for_charts(five, sign_in):
    build_results.count(five, 7)
    client = sign_in(build.user("petra", Role.POLITICIAN, five.cluster))
    assert "charts.js" not in client.get(reverse("outcomes:results")).content.decode()


def test_midt_s_two_initiatives_with_a_before_and_after_are_drawn(midt: Cluster):
    drawn = effect_charts(results(midt, DAY))
    assert [chart.heading for chart in drawn] == ["5. Claudicatio Intermittens", "6. Lænderyg"]
    assert [sum(len(trace["x"]) for trace in chart.figure["data"]) for chart in drawn] == [23, 15]
    assert "Blev værre: Smerteniveau ved MWD, 0–4, Jammerbugt Kommune (+3 %)." in drawn[0].sentence
