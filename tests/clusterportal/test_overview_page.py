"""The page of the status overview: what it says, to whom, on which day, and at what cost."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from initiatives.access import Role
from initiatives.asof import DatePrecision
from initiatives.models import Cluster, Colour, Initiative, Membership, Phase, User
from tests import build
from tests.finance import build_ledger as ledger

URL = reverse("portfolio:overview")
TODAY = date(2025, 4, 10)


@pytest.fixture
def cluster(db: None) -> Cluster:
    """One initiative, 5, with 1.171.776 kr. spent and accounted for."""
    cluster = ledger.ledger()
    ledger.used(ledger.line(cluster, "5", None), "1171776", "1171776")
    ledger.account_for(cluster)
    return cluster


@pytest.fixture
def reader(cluster: Cluster) -> User:
    return build.user("petra", Role.POLITICIAN, cluster)


@pytest.fixture
def shown(reader: User, sign_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch):
    """The page's text on 10 April 2025, with the address's parameters."""
    for module in ("clusterportal.portfolio.views", "initiatives.asof"):
        monkeypatch.setattr(f"{module}.today", lambda: TODAY)
    client = sign_in(reader)

    def get(user: User | None = None, **query: str) -> str:
        answer = (sign_in(user) if user else client).get(URL, query)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return get


def five() -> Initiative:
    return Initiative.objects.get(cluster__slug="proeve", number="5")


# What it says.
def test_it_opens_with_a_sentence_of_the_figures_below(shown):
    build.status(five(), phase=Phase.RUNNING, overall=Colour.AMBER)
    text = shown()
    assert "Handleplan 2022–2025 har én indsats i ét tema med <strong>1.171.776 kr.</strong> i klyngemidler." in text
    assert " Én er i gang. Én er gul." in text


def test_nothing_is_said_of_colours_that_nobody_gave(shown):
    build.status(five(), phase=Phase.RUNNING, overall=Colour.NONE)
    assert "Én er i gang. </p>" in shown()


def test_a_row_shows_number_title_actor_funds_and_printed_status(shown):
    five().actor_lines.create(label="PLO/Nord-KAP", position=1)
    build.status(five(), printed_text="Kører som aftalt")
    text = shown()
    for cell in ("Prøveindsats 5</a>", "PLO/Nord-KAP</td>", "<div>1.171.776</div>", "Kører som aftalt", "Igangværende"):
        assert cell in text


def test_an_assessed_status_shows_its_colour_in_a_word(shown):
    build.status(five(), overall=Colour.RED)
    assert "badge-error" in shown()
    assert "</svg> Rød</span>" in shown()


def test_an_unassessed_one_says_so(shown):
    build.status(five(), overall=Colour.NONE)
    assert "chip--none" in shown()
    assert "</svg> Ikke vurderet</span>" in shown()


def test_an_ended_one_needs_no_colour(shown):
    build.status(five(), phase=Phase.CLOSED, overall=Colour.NONE)
    assert "chip--none" not in shown()


def test_without_a_report_it_says_so(shown):
    assert "Ingen status endnu" in shown()


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "fra i dag"),
        (1, "1 dag gammel"),
        (90, "90 dage gammel"),
        (91, "91 dage gammel: bør opdateres"),
    ],
)
def test_age_of_the_report(shown, days, words):
    build.status(five(), TODAY - timedelta(days=days))
    assert f"{words}</span>" in shown()


def test_an_unprinted_date_has_no_age(shown):
    build.status(five(), date(2025, 3, 31), precision=DatePrecision.UNPRINTED)
    assert "dato ikke trykt" in shown()


def test_an_ended_one_tells_since_when_as_precisely_as_known(shown):
    build.status(five(), date(2024, 6, 30), phase=Phase.CLOSED, precision=DatePrecision.MONTH)
    assert "siden juni 2024" in shown()


def test_the_theme_and_all_are_summed(shown):
    text = shown()
    assert "Sum for temaet, 1 indsats" in text
    assert "Alle temaer, 1 indsats" in text


def test_invented_rows_are_marked_and_the_page_says_so(shown):
    build.status(five(), demonstration=True)
    assert shown().count('<span class="chip chip--demo">Demo</span>') == 1
    assert "opdigtede demonstrationsdata" in shown()


def test_without_invented_rows_nothing_is_marked(shown):
    build.status(five())
    assert "Demo" not in shown()


def test_texts_are_shown_not_obeyed(shown):
    Initiative.objects.update(title="<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in shown()


def test_an_initiative_without_a_number_is_found_by_its_title(shown):
    build.initiative("", title="Fælles temadag", short_title="Temadag for ældre")
    assert '<a href="/indsatser/proeve/temadag-for-%C3%A6ldre/">Fælles temadag</a>' in shown()


# The day.
def test_it_shows_the_day_asked_for_and_links_keep_it(shown):
    build.status(five(), date(2025, 1, 1), printed_text="Den gamle")
    build.status(five(), date(2025, 4, 1), printed_text="Den nye")
    text = shown(pr="2025-01-31")
    assert "Den gamle" in text
    assert "Den nye" not in text
    assert "/indsatser/proeve/5/?pr=2025-01-31" in text


@pytest.mark.parametrize(
    ("asked", "notice"),
    [
        ("2030-01-01", "01.01.2030 ligger ude i fremtiden"),
        ("31.02.2025", "Datoen findes ikke"),
        ("i går", "Skriv datoen som dag.måned.år"),
    ],
)
def test_a_day_that_cannot_be_shown_is_told(shown, asked, notice):
    text = shown(pr=asked)
    assert notice in text
    assert "Viser det, der gælder i dag." in text


def test_the_last_accounts_are_one_click_away(shown):
    assert ">31.12.2024</a>" in shown()


def test_before_the_accounts_the_funds_are_what_was_allocated(shown, cluster):
    ledger.allocate(ledger.line(cluster, "5", None), "700000", held_on=date(2024, 3, 1))
    assert "<strong>700.000 kr.</strong>" in shown(pr="2024-06-01")


def test_accounts_to_come_are_not_offered(shown, cluster):
    ledger.account_for(cluster, 2025, date(2025, 12, 31))
    assert "31.12.2025" not in shown()


# Which plan, which cluster.
def test_the_newest_plan_begun_is_shown(shown, cluster):
    build.initiative("77", build.theme(build.plan(cluster, "Handleplan 2026–2029")))
    cluster.plans.filter(title="Handleplan 2026–2029").update(starts=date(2026, 1, 1), ends=date(2030, 1, 1))
    assert "Handleplan 2022–2025 har én indsats" in shown()


def test_another_plan_can_be_chosen(shown, cluster):
    other = build.plan(cluster, "Handleplan 2018–2021")
    build.initiative("77", build.theme(other))
    assert "Prøveindsats 77" in shown(plan=str(other.pk))
    assert f'<option value="{other.pk}" selected>Handleplan 2018–2021</option>' in shown(plan=str(other.pk))


def test_with_one_plan_and_one_cluster_there_is_nothing_to_choose(shown):
    text = shown()
    assert '<select class="form-select" id="plan"' not in text
    assert '<select class="form-select" id="klynge"' not in text


@pytest.mark.parametrize("asked", ["999999", "abc", "-1", "1' OR 1=1", "²"])
def test_an_unknown_plan_is_told(shown, asked):
    assert "Den handleplan findes ikke her, så den nyeste vises." in shown(plan=asked)


def test_a_foreign_plan_is_unknown(shown, midt):
    assert "Den handleplan findes ikke her" in shown(plan=str(midt.plans.get().pk))


def test_who_sees_several_clusters_chooses_one(shown, reader, midt):
    Membership.objects.create(user=reader, cluster=midt, role=Role.POLITICIAN)
    text = shown(klynge="midt")
    assert '<option value="midt" selected>Sundhedsklynge Midt</option>' in text
    assert "17 indsatser i fire temaer" in text


def test_without_a_wish_the_home_cluster_is_shown(shown, reader, midt):
    Membership.objects.create(user=reader, cluster=midt, role=Role.POLITICIAN)
    User.objects.filter(pk=reader.pk).update(home_cluster=build.cluster())
    assert "har én indsats" in shown()


def test_without_a_home_the_first_by_name_is_shown(shown, reader, midt):
    Membership.objects.create(user=reader, cluster=midt, role=Role.POLITICIAN)
    assert "17 indsatser" in shown()


def test_a_home_without_a_plan_is_not_replaced_by_another_cluster(shown, reader):
    bare = build.cluster("bar", "Sundhedsklynge Bar")
    Membership.objects.create(user=reader, cluster=bare, role=Role.POLITICIAN)
    User.objects.filter(pk=reader.pk).update(home_cluster=bare)
    assert "Sundhedsklynge Bar har ingen handleplan endnu" in shown()


def test_a_plan_of_another_of_ones_clusters_opens_it(shown, reader, midt):
    Membership.objects.create(user=reader, cluster=midt, role=Role.POLITICIAN)
    assert "har én indsats" in shown(plan=str(build.plan().pk))


def test_a_foreign_or_missing_cluster_is_not_found(shown, reader, sign_in, midt):
    for slug in ("midt", "findes-ikke", "\x01"):
        assert sign_in(reader).get(URL, {"klynge": slug}).status_code == 404


# Nothing to show.
def test_somebody_without_a_cluster_is_told_whom_to_ask(shown):
    lonely = User.objects.create_user("alene", "alene@eksempel.dk", build.PASSWORD)
    text = shown(lonely)
    assert "Du er ikke tilknyttet en klynge endnu" in text
    assert "Bed administratoren i din klynge" in text


def test_a_cluster_without_a_plan_says_so(shown):
    bare = build.user("bo", Role.COORDINATOR, build.cluster("bar", "Sundhedsklynge Bar"))
    assert "Sundhedsklynge Bar har ingen handleplan endnu" in shown(bare)


def test_a_plan_without_initiatives_says_so(shown):
    bare = build.cluster("bar", "Sundhedsklynge Bar")
    build.plan(bare)
    assert "Handleplan 2022–2025 har ingen indsatser endnu." in shown(build.user("bo", Role.COORDINATOR, bare))


# Cost.
@pytest.mark.parametrize("role", Role.values)
def test_eight_queries_whatever_the_rows_and_the_role(cluster, role, sign_in, queries):
    client = sign_in(build.user("rolle", role, cluster))
    assert queries(lambda: client.get(URL)) == 8
    for number in range(20, 60):
        build.status(build.initiative(str(number), build.theme(build.plan(cluster))))
    assert queries(lambda: client.get(URL)) == 8


@pytest.mark.parametrize("query", ["q=findes-ikke&fase=closed", "sort=-midler&mangler=status", "fase=xyz&sort=xyz"])
def test_choosing_costs_no_more(cluster, reader, sign_in, queries, query):
    client = sign_in(reader)
    assert queries(lambda: client.get(f"{URL}?{query}")) == 8


def test_eight_queries_for_who_sees_a_whole_region(cluster, midt, sign_in, queries):
    regional = User.objects.create_user("regional", "r@eksempel.dk", build.PASSWORD)
    for region in (cluster.region, midt.region):
        Membership.objects.create(user=regional, region=region, role=Role.SECRETARIAT)
    client = sign_in(regional)
    assert queries(lambda: client.get(URL, {"klynge": "midt"})) == 8


# The real plan.
def test_midt_shows_computed_and_printed_side_by_side(shown, politician):
    text = shown(politician)
    for words in ("163.919<a", "trykt 300.000", "7.020.088", "med trykte tal 7.156.169"):
        assert words in text
    assert (
        "Indsats 12 er trykt med 300.000 kr. i »Evaluering af Handleplanen 2022–2025«."
        " Regnskabet giver 163.919 kr." in text
    )


def test_midts_opening(shown, politician):
    text = shown(politician)
    assert "Handleplan 2022–2025 har 17 indsatser i fire temaer med <strong>7.020.088 kr.</strong>" in text
    assert (
        " Fem er i drift, fire er afsluttet, tre er i gang, én afprøves som pilot, én er sat på pause, én afventer,"
        " én indgår i en anden, og én er udgået." in text
    )


def test_a_day_before_the_ledger_says_that_nothing_is_known(politician, sign_in):
    html = sign_in(politician).get("/indsatser/?pr=2024-06-30").content.decode()
    assert "0 betyder her, at intet er kendt" in html
    assert "0 betyder her" not in sign_in(politician).get("/indsatser/?pr=2024-12-31").content.decode()
