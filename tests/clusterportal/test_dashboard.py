"""The dashboard page: what it says on which day, to whom, where nothing is there yet, and at what cost."""

import re
from collections.abc import Callable
from datetime import date, time
from typing import cast

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from clusterportal.dashboard.board import MOST_TILES
from clusterportal.facts.loader import load
from finance.shapes import Line
from initiatives.access import Role
from initiatives.models import Cluster, Colour, Initiative, User
from meetings.models import AgendaItem
from tests import build
from tests.cast import FACTS
from tests.finance import build_ledger as ledger
from tests.outcomes import build_measurements as measured

from . import build_dashboard

pytestmark = pytest.mark.django_db

# Session, user, rights, plan; reports, initiatives, their themes, ledger (2); what the reports shown say, measurements,
# decisions, next meeting.
QUERIES = 12


@pytest.fixture
def plan_of_two() -> Cluster:
    return build_dashboard.plan_of_two()


@pytest.fixture
def answer(plan_of_two: Cluster, sign_in: Callable[[User], Client]) -> Callable[..., HttpResponse]:
    """The page's answer to a politician of the cluster."""
    client = sign_in(build.user("petra", Role.POLITICIAN, plan_of_two))
    return lambda **address: cast("HttpResponse", client.get(reverse("dashboard:index"), address))


def text_of(answer: HttpResponse) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.fixture
def shown(answer: Callable[..., HttpResponse]) -> Callable[..., str]:
    """The page's text on the day in `pr`, today without."""
    return lambda **address: text_of(answer(**address))


def test_it_opens_with_a_sentence_of_the_figures_below(shown):
    assert (
        "Handleplan 2022–2025: to indsatser i to temaer. <strong>Én følges med farve:</strong>"
        " én skal holdes øje med. <strong>Tre ud af fire kroner</strong> er brugt." in shown()
    )


def test_of_an_earlier_day_heading_and_sentence_say_which(shown):
    text = shown(pr="2024-12-31")
    assert "<h1>Handleplanen pr. 31. december 2024</h1>" in text
    assert "Ved udgangen af 2024 var <strong>tre ud af fire kroner</strong> brugt." in text


def test_each_initiative_is_a_tile_that_keeps_the_day(shown):
    assert '<a class="tile tile--amber" href="/indsatser/proeve/5/">' in shown()
    assert '<a class="tile tile--green" href="/indsatser/proeve/5/?pr=2025-01-31">' in shown(pr="2025-01-31")


def test_a_tile_says_number_colour_and_title_aloud(shown):
    assert '<span class="sr-only"> gul</span><span class="sr-only">: Prøveindsats 5</span>' in shown()


def test_a_deviation_has_what_is_done_and_the_report_s_date(shown):
    text = shown(pr="2025-03-02")
    assert "Holdet mangler en leder." in text
    assert "<strong>Det gør vi ved det:</strong> Kommunen finder en ny." in text
    assert "<strong>Beder om hjælp:</strong> Ja, fra Direktørforum" in text
    assert "Status: 20.02.2025. Gul i 10 dage" in text


def test_long_accounts_are_cut_at_a_word(shown, plan_of_two):
    initiative = Initiative.objects.get(number="7", cluster=plan_of_two)
    build.status(initiative, date(2025, 3, 1), overall=Colour.RED, account="ord " * 300)
    assert " ".join(["ord"] * 40) + " …" in shown()


def test_without_amber_and_red_it_says_so(shown):
    assert "Ingen indsats er gul eller rød." in shown(pr="2025-01-31")
    assert "Ingen indsats er vurderet med farve" in shown(pr="2025-01-01")


def test_the_money_is_in_all_and_by_theme(shown):
    text = shown(pr="2024-12-31")
    assert re.search(r"<dt>Disponeret\b.*?</dt><dd>400 <small>kr.</small></dd>", text)
    assert text.count('data-title="Tilbage, kr."><div>100</div>') == 2  # the theme and the sum
    assert 'aria-label="75 % er brugt, 25 % er tilbage."' in text


def test_before_any_money_it_says_so(shown):
    assert "Pr. 30.12.2024 var der ikke disponeret klyngemidler." in shown(pr="2024-12-30")


def test_a_result_has_its_figure_people_place_and_the_caveat(shown):
    text = shown()
    assert 'aria-label="Prøvemål gang: fra 168 til 428"' in text
    assert "Prøve 5 · Aalborg Kommune, 42 målt, 31.12.2024" in text
    assert "uden kontrolgruppe" in text
    assert "Valgt efter en fast regel" in text


def test_results_are_those_of_the_plan(shown, plan_of_two):
    measured.measure("anden", "Anden plan", direction="higher")
    measured.before_after(
        build.initiative("8", build.theme(build.plan(plan_of_two, "Handleplan 2018–2021"))), "anden", "1", "1"
    )
    assert "Anden plan" not in shown()


def test_before_anything_was_measured_it_says_so(shown):
    assert "Der var ikke målt noget på det tidspunkt." in shown(pr="2024-12-30")


def test_changes_of_phase_and_colour_are_listed(shown):
    text = shown()
    assert "20.02.2025 · <a href=" in text
    assert "<strong>Fra pilot til igangværende og fra grøn til gul:</strong> Kører som aftalt" in text
    assert "Ingen indsats har skiftet fase" in shown(pr="2025-01-31")


def test_who_needs_a_new_status_is_named(shown):
    assert "Én indsats mangler en ny status:" in shown()
    assert "mangler en ny status" not in shown(pr="2025-03-01")


def test_the_latest_decisions_of_cluster_and_region_are_shown(shown, plan_of_two):
    build_dashboard.decision(build_dashboard.meeting(date(2025, 3, 19)), "Overførsel til 2025", number="3")
    regional = build_dashboard.forum("Sundhedssamarbejdsudvalget", regional=True)
    build_dashboard.decision(build_dashboard.meeting(date(2025, 2, 27), regional), "Udbredelse")
    text = shown()
    assert "19.03.2025 · Politisk niveau, punkt 3" in text
    assert text.index("Overførsel til 2025") < text.index("Udbredelse")
    assert "Overførsel til 2025" not in shown(pr="2025-03-18")


def test_another_cluster_s_decisions_and_meetings_are_not_shown(shown):
    elsewhere = build_dashboard.forum("Chefforum", build.cluster("anden", "Sundhedsklynge Anden"))
    build_dashboard.decision(build_dashboard.meeting(date(2025, 3, 19), elsewhere), "Fremmed sag")
    build_dashboard.meeting(date(2025, 9, 1), elsewhere, "Fremmed sted")
    assert "Fremmed" not in shown(pr="2025-08-01")


def test_the_next_meeting_stands_beside_the_title(shown):
    coming = build_dashboard.meeting(date(2025, 5, 21), starts_at=time(16))
    build_dashboard.meeting(date(2025, 6, 21))
    build_dashboard.item(coming, "Status på handleplanen")
    build_dashboard.item(coming, "Ny bemanding")
    build_dashboard.item(coming, "Orientering", AgendaItem.Kind.INFORMATION)
    text = shown(pr="2025-05-21")
    assert "Næste møde: onsdag den 21. maj 2025" in text
    assert "Politisk niveau, kl. 16.00<br>Rådhuset" in text
    assert "3 punkter, 2 til beslutning" in text


def test_without_a_meeting_to_come_it_says_that_none_is_planned(shown):
    build_dashboard.meeting(date(2025, 5, 21))
    assert "Der er ikke planlagt noget møde i portalen." in shown(pr="2025-05-22")


def test_invented_statuses_are_marked(shown, plan_of_two):
    assert "opdigtede demonstrationsdata" not in shown()
    initiative = Initiative.objects.get(number="5", cluster=plan_of_two)
    build.status(initiative, date(2025, 3, 1), overall=Colour.RED, demonstration=True)
    text = shown()
    assert "opdigtede demonstrationsdata" in text
    assert "tile tile--red tile--demo" in text
    assert "Demo: opdigtet status 1" in text


def test_a_plan_of_too_many_counts_them_with_a_way_to_each_count(shown, plan_of_two):
    plan = build.plan(plan_of_two)
    theme = build.theme(plan, "Stort", 3)
    many = [
        Initiative(cluster=plan_of_two, plan=plan, theme=theme, number="", title="T", short_title=f"N{number}")
        for number in range(MOST_TILES)
    ]
    Initiative.objects.bulk_create(many)
    text = shown(pr="2025-03-01")
    assert "Hvert tal er et antal indsatser." in text
    assert f'?pr=2025-03-01&amp;tema={theme.pk}&amp;fase=uden">{MOST_TILES} <' in text
    assert "fase=running&amp;farve=amber" in text
    assert ">N7<" not in text


def test_titles_are_escaped(shown, plan_of_two):
    theme = build.theme(build.plan(plan_of_two), "<i>Fed</i>", 3)
    build.status(build.initiative("9", theme, title="<b>Fed</b>", short_title="<b>F</b>"), overall=Colour.RED)
    text = shown()
    assert "<b>F" not in text
    assert "<i>Fed" not in text


def test_an_initiative_without_a_number_has_a_tile_named_by_its_title(shown, plan_of_two):
    theme = build.theme(build.plan(plan_of_two), "Træning")
    build.status(build.initiative("", theme, title="Uden nummer", short_title="Uden nummer"))
    assert re.search(r'<a class="tile tile--green" href="/indsatser/proeve/uden-nummer/[^"]*"> Uden nummer', shown())


def test_links_keep_cluster_plan_and_day(shown, plan_of_two):
    plan = build.plan(plan_of_two)
    text = shown(klynge="proeve", plan=str(plan.pk), pr="2024-12-31")
    kept = f"?klynge=proeve&amp;plan={plan.pk}&amp;pr=2024-12-31"
    for name in ("portfolio:overview", "finance:annex", "outcomes:results"):
        assert f'href="{reverse(name)}{kept}"' in text


def test_the_style_element_of_the_charts_is_let_in_and_no_other(answer):
    policy = answer()["Content-Security-Policy"]
    assert "style-src 'self' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("pr", ["31.02.2025", "i går", "2999-01-01"])
def test_a_day_that_is_none_gives_a_notice_and_shows_today(shown, pr):
    assert "Siden viser i dag." in shown(pr=pr)


def test_a_plan_that_is_not_there_gives_a_notice(shown):
    assert "Den handleplan findes ikke her" in shown(plan="999999")


def test_nobody_changes_anything_here(answer, sign_in):
    assert sign_in(User.objects.get(username="petra")).post(reverse("dashboard:index")).status_code == 405


# Files


def csv(client: Client, name: str, **address: str) -> HttpResponse:
    return cast("HttpResponse", client.get(reverse("dashboard:data", args=[name]), address))


@pytest.fixture
def client_of_cluster(plan_of_two: Cluster, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(build.user("petra", Role.POLITICIAN, plan_of_two))


def test_the_figures_of_a_chart_come_as_a_danish_csv(client_of_cluster):
    found = csv(client_of_cluster, "penge", pr="2024-12-31")
    assert found["Content-Disposition"] == 'attachment; filename="penge-2024-12-31.csv"'
    assert found.content.decode("utf-8-sig").splitlines() == [
        "Tema;Budgetår;Disponeret, kr.;Forbrug, kr.", "Træning;2024;400,00;300,00", "Lighed;2024;0;0",
    ]  # fmt: skip


def test_the_csv_has_the_rows_of_the_table_on_the_page(client_of_cluster):
    rows = csv(client_of_cluster, "faser", pr="2025-02-28").content.decode("utf-8-sig").splitlines()
    assert rows[0] == "Pr.;Afsluttet;Igangværende;Ingen status"
    assert rows[-1] == "28.02.2025;1;1;0"


@pytest.mark.parametrize("name", ["ukendt", "penge"])
def test_a_file_that_is_not_there_is_not_found(sign_in, name):
    cluster = build.cluster("tom", "Sundhedsklynge Tom")
    build.initiative("1", build.theme(build.plan(cluster)))
    assert csv(sign_in(build.user("tove", Role.POLITICIAN, cluster)), name).status_code == 404


def test_a_cluster_without_a_plan_has_no_files(sign_in):
    client = sign_in(build.user("tove", Role.POLITICIAN, build.cluster("tom", "Sundhedsklynge Tom")))
    assert csv(client, "faser").status_code == 404


# Nothing there yet


@pytest.fixture
def of_empty(sign_in: Callable[[User], Client]) -> Callable[..., str]:
    """The page of a cluster that has nothing, to a user of the role."""
    cluster = build.cluster("tom", "Sundhedsklynge Tom")

    def page(role: str = Role.COORDINATOR) -> str:
        client = sign_in(build.user(f"{role}-af-tom", role, cluster))
        return text_of(cast("HttpResponse", client.get(reverse("home"))))

    return page


def test_a_cluster_without_a_plan_is_guided_to_the_first_step(of_empty):
    text = of_empty()
    assert "<h1>Ingen handleplan endnu</h1>" in text
    assert "Sundhedsklynge Tom har ingen handleplan endnu." in text
    assert "Gjort" not in text


def test_who_may_create_the_plan_gets_the_button(of_empty):
    assert 'href="/handleplaner/ny/?klynge=tom">Opret den første handleplan</a>' in of_empty(Role.COORDINATOR)
    assert "En koordinator opretter handleplanen. Spørg Coordinator-Af-Tom." in of_empty(Role.POLITICIAN)


def test_an_empty_plan_is_guided_to_the_next_step(of_empty):
    plan = build.plan(build.cluster("tom", "Sundhedsklynge Tom"))
    text = of_empty(Role.COORDINATOR)
    assert "<h1>Ingen indsatser endnu</h1>" in text
    assert "Handleplan 2022–2025 er oprettet, men tom." in text
    assert text.count("Gjort") == 1
    assert f'href="/handleplaner/{plan.pk}/temaer/nyt/">Opret det første tema</a>' in text


def test_a_plan_without_reports_and_money_is_drawn_without_charts(of_empty):
    build.initiative("1", build.theme(build.plan(build.cluster("tom", "Sundhedsklynge Tom"))))
    text = of_empty()
    assert "Ingen status" in text
    assert "Udvikling" not in text
    assert "charts.js" not in text


def test_a_user_without_a_cluster_is_told_whom_to_ask(sign_in):
    outsider = User.objects.create_user("uffe", "uffe@eksempel.dk", build.PASSWORD)
    assert "Du er ikke tilknyttet en klynge endnu" in text_of(sign_in(outsider).get("/"))


def test_a_stranger_cannot_name_the_cluster(plan_of_two, sign_in):
    stranger = build.user("fie", Role.COORDINATOR, build.cluster("fremmed", "Sundhedsklynge Fremmed"))
    assert sign_in(stranger).get("/", {"klynge": "proeve"}).status_code == 404
    assert "Prøveindsats 5" not in text_of(sign_in(stranger).get("/"))


def test_who_is_not_logged_in_is_sent_to_the_login(client):
    assert client.get("/").status_code == 302


# Cost


def test_the_cost_is_stated_and_does_not_grow(shown, plan_of_two, queries):
    shown()
    assert queries(shown) == QUERIES <= 20
    theme = build.theme(build.plan(plan_of_two), "Mere", 3)
    for number in range(20, 40):
        initiative = build.initiative(str(number), theme)
        build.status(initiative, date(2025, 1, 1))
        build.status(initiative, date(2025, 2, 1), overall=Colour.RED)
        ledger.used(Line(initiative), "100", "40")
        measured.before_after(initiative, "gang", "1", "2")
        build_dashboard.decision(build_dashboard.meeting(date(2023, 1, number - 19)), f"Sag {number}")
    assert queries(shown) == QUERIES


# Midt


@pytest.fixture
def of_midt(midt: Cluster, politician: User, sign_in: Callable[[User], Client]) -> Callable[..., str]:
    client = sign_in(politician)
    return lambda **address: text_of(cast("HttpResponse", client.get("/", address)))


def test_midt_at_the_end_of_2024_is_the_evaluation_s(of_midt):
    text = of_midt(pr="2024-12-31")
    for amount in ("7.020.000", "5.255.088", "1.764.912"):
        assert f"<dd>{amount} <small>kr.</small></dd>" in text
    assert "Desuden er der disponeret 1.765.000 kr. til 2025." in text


def test_midt_after_the_evaluation_has_every_phase_and_no_colour(of_midt):
    text = of_midt(pr="2025-04-10")
    assert "17 indsatser i fire temaer. <strong>Ingen har fået farve endnu:</strong> elleve følges stadig" in text
    assert "<strong>5</strong>I drift" in text
    assert "<strong>4</strong>Afsluttet" in text


def test_midt_with_the_demonstration_is_followed_with_colours(of_midt):
    load([FACTS.parent / "demo"])
    text = of_midt(pr="2026-11-01")
    assert "<strong>Elleve følges med farve:</strong> seks går som aftalt, fire skal holdes øje med" in text
    assert "13. eHospital i Nordjylland" in text
    assert text.count("chip--demo") >= 5
