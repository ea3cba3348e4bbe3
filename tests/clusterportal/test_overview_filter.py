"""The filter row of the status overview: what each filter leaves, and what is said of those that leave nothing."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from clusterportal.portfolio.scope import scope_of
from clusterportal.portfolio.selection import Selection, select
from initiatives.access import Role
from initiatives.asof import DatePrecision
from initiatives.models import ActionPlan, Cluster, Colour, Initiative, Phase
from tests import build
from tests.clusterportal import build_overview
from tests.finance import build_ledger as ledger

URL = reverse("portfolio:overview")
DAY = date(2025, 4, 10)


@pytest.fixture
def cluster(db: None) -> Cluster:
    """Three initiatives: 5 red and running with 100 kr., 5A closed with 20 kr., 6 of another theme, unreported."""
    cluster = ledger.ledger()
    plan = build.plan(cluster)
    other = build.theme(plan, "Lighed i sundhed", 2)
    five, closed = (ledger.initiative(cluster, number) for number in ("5", "5A"))
    build.initiative("6", other, title="Ældre på pladser")
    ledger.allocate(ledger.line(cluster, "5", None), "100")
    ledger.allocate(ledger.line(cluster, "5A", None), "20")
    build.status(five, date(2025, 1, 1), overall=Colour.RED, printed_text="Helårsdrift i 2025")
    build.status(closed, date(2025, 2, 1), phase=Phase.CLOSED, overall=Colour.NONE, printed_text="Afsluttet")
    doctors = five.actor_lines.create(label="Prøve/PLO", position=1)
    doctors.actors.add(build.municipality("Prøve Kommune"), build.municipality("Aalborg Kommune"))
    closed.actor_lines.create(label="Øvrige", position=1)
    return cluster


@pytest.fixture
def chosen(cluster: Cluster) -> Callable[[str], Selection]:
    def chosen(query: str) -> Selection:
        return select(scope_of(ActionPlan.objects.get(cluster=cluster), DAY), QueryDict(query))

    return chosen


@pytest.fixture
def read(cluster: Cluster, sign_in: Callable[[object], Client]) -> Callable[..., str]:
    client = sign_in(build.user("kirsten", Role.COORDINATOR, cluster))

    def read(**query: str) -> str:
        answer = client.get(URL, {"pr": "2025-04-10", **query})
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return read


def numbers(selection: Selection) -> list[str]:
    return [row.initiative.number for row in selection.shown.rows]


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("", ["5", "5A", "6"]),
        ("q=ældre", ["6"]),
        ("q=ÆLDRE", ["6"]),
        ("q=helårs", ["5"]),
        ("q=prøve+igang", ["5"]),
        ("q=5", ["5", "5A"]),
        ("q=5a", ["5A"]),
        ("q=2025", ["5"]),
        ("q=02", []),
        ("fase=closed", ["5A"]),
        ("fase=uden", ["6"]),
        ("farve=red", ["5"]),
        ("farve=none", []),
        ("fase=running&farve=green", []),
    ],
)
def test_what_a_filter_leaves(chosen, query, left):
    assert numbers(chosen(query)) == left


def test_a_theme_leaves_its_own(chosen, cluster):
    theme = Initiative.objects.get(cluster=cluster, number="6").theme_id
    assert numbers(chosen(f"tema={theme}")) == ["6"]


def test_an_actor_behind_a_printed_line_is_found(chosen):
    (aalborg,) = (str(pk) for pk, name in actors(chosen("")) if name == "Aalborg Kommune")
    assert numbers(chosen(f"aktoer={aalborg}")) == ["5"]


def actors(selection: Selection) -> list[tuple[str, str]]:
    return selection.filters.filters["aktoer"].extra["choices"]


def test_the_actors_are_those_of_the_plan_in_danish_order(chosen):
    build.municipality("Uden indsats Kommune")
    assert [name for _, name in actors(chosen(""))] == ["Prøve Kommune", "Aalborg Kommune"]


def test_an_actor_line_with_two_parties_is_printed_once(chosen):
    assert chosen("").shown.rows[0].actors == ("Prøve/PLO",)


def test_an_unassessed_one_under_way_is_found_by_its_colour(chosen, cluster):
    build.status(Initiative.objects.get(cluster=cluster, number="6"), overall=Colour.NONE)
    assert numbers(chosen("farve=none")) == ["6"]


def test_phase_and_colour_are_those_of_the_day(cluster):
    before = scope_of(ActionPlan.objects.get(cluster=cluster), date(2025, 1, 31))
    assert numbers(select(before, QueryDict("fase=uden"))) == ["5A", "6"]


def test_sums_are_of_what_is_left(chosen):
    left = chosen("farve=red").shown
    assert (left.total, left.groups[0].total, left.count) == (Decimal(100), Decimal(100), 1)


def test_a_theme_with_nothing_left_is_gone(chosen):
    assert [group.name for group in chosen("farve=red").shown.groups] == ["Prøvetema"]


@pytest.mark.parametrize(
    "query", ["fase=xyz", "tema=999999", "tema=x", "farve=blå", "aktoer=-1", "q=%00", "q=" + "a" * 101]
)
def test_what_means_nothing_is_left_out_with_a_notice(chosen, query):
    selection = chosen(query)
    assert (len(selection.notices), selection.active, numbers(selection)) == (1, False, ["5", "5A", "6"])


def test_a_meaningless_value_leaves_the_other_filters(chosen):
    assert numbers(chosen("fase=xyz&farve=red")) == ["5"]


def test_a_long_value_is_not_repeated_in_full(chosen):
    assert len(chosen("fase=" + "x" * 10_000).notices[0]) < 150


def test_the_page_names_what_means_nothing(read):
    assert "»xyz« kan ikke vælges i »Fase«. Filteret er sprunget over." in read(fase="xyz")


def test_the_count_line_tells_how_much_is_shown_and_its_sum(read):
    assert 'role="status"> Viser <strong>alle 3</strong> indsatser. </p>' in read()
    assert "Viser <strong>1</strong> af 3 indsatser med 100 kr. i klyngemidler." in read(farve="red")


def test_the_opening_still_tells_of_the_whole_plan(read):
    assert "tre indsatser i to temaer med <strong>120 kr.</strong>" in read(farve="red")


def test_what_was_chosen_stays_chosen(read):
    text = read(q="helårs", fase="running")
    assert 'value="helårs"' in text
    assert 'value="running" selected' in text


def test_the_filters_keep_plan_and_day(read, cluster):
    plan = str(ActionPlan.objects.get(cluster=cluster).pk)
    text = read(plan=plan)
    assert f'<input type="hidden" name="plan" value="{plan}">' in text
    assert f'<a class="d-print-none" href="?pr=2025-04-10&amp;plan={plan}">' in read(plan=plan, farve="red", q="5")


# Those that lack a new status.
@pytest.fixture
def old(cluster: Cluster) -> Cluster:
    """On 10 April 2025: 5 is 99 days old, 5A is older but closed, 6 was reported 90 days ago, 7 never."""
    six = Initiative.objects.get(cluster=cluster, number="6")
    build.status(six, date(2025, 1, 10))
    build.initiative("7", six.theme)
    build.status(Initiative.objects.get(cluster=cluster, number="5A"), date(2024, 6, 1), phase=Phase.CLOSED)
    return cluster


def test_only_those_that_are_too_old_and_not_ended_lack_a_new_status(old, chosen):
    assert numbers(chosen("mangler=status")) == ["5"]


def test_a_date_that_is_not_printed_is_not_too_old(cluster, chosen):
    six = Initiative.objects.get(cluster=cluster, number="6")
    build.status(six, date(2024, 1, 1), precision=DatePrecision.UNPRINTED)
    assert numbers(chosen("mangler=status")) == ["5"]


def test_a_link_counts_them_and_leads_to_them_and_back(old, chosen):
    to, back = chosen("pr=2025-04-10").stale, chosen("pr=2025-04-10&mangler=status").stale
    assert (to.words, to.query, to.count) == ("1 mangler ny status", "?pr=2025-04-10&mangler=status", 1)
    assert (back.words, back.query, back.count) == ("Også dem med ny status", "?pr=2025-04-10", 4)


def test_the_link_counts_among_what_the_other_filters_leave(old, chosen):
    assert chosen("farve=green").stale is None
    assert chosen("farve=red").stale.count == 1


def test_the_page_keeps_it_while_other_filters_change(read):
    text = read(mangler="status")
    assert '<input type="hidden" name="mangler" value="status">' in text
    assert "Viser <strong>1</strong> af 3" in text


def test_it_is_one_of_the_filters_to_let_go_of(chosen):
    alternatives = chosen("mangler=status&farve=green").alternatives
    assert [(each.words, each.count) for each in alternatives] == [
        ("Uden farven Grøn", 1),
        ("Også dem med ny status", 0),
    ]


def test_an_unknown_lack_is_left_out_with_a_notice(read):
    assert "»penge« kan ikke vælges i »Mangler«." in read(mangler="penge")


# Nothing fits.
def test_no_hits_tell_what_each_filter_costs(chosen):
    found = [(each.words, each.query, each.count) for each in chosen("pr=2025-04-10&q=Pladser&farve=red").alternatives]
    assert found == [
        ("Uden »Pladser«", "?pr=2025-04-10&farve=red", 1),
        ("Uden farven Rød", "?pr=2025-04-10&q=Pladser", 1),
    ]


def test_no_hits_offer_to_drop_everything(read):
    text = read(q="diabetes", farve="red", fase="running")
    assert "Ingen indsatser passer til alle tre valg" in text
    assert '<a href="?pr=2025-04-10"><strong>Nulstil alle filtre</strong></a> <span class="muted">3 indsatser' in text


def test_one_filter_without_hits_is_simply_dropped(read):
    text = read(q="<script>")
    assert "Ingen indsatser passer til dit valg" in text
    assert "Prøv at fjerne" not in text


# Swapped by htmx.
@pytest.fixture
def swap(cluster: Cluster, sign_in: Callable[[object], Client]) -> Callable[..., dict[str, str]]:
    client = sign_in(build.user("klara", Role.COORDINATOR, cluster))

    def swap(came_from: str, query: str) -> dict[str, str]:
        headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{URL}{came_from}"}
        return dict(client.get(f"{URL}?{query}", headers=headers).headers)

    return swap


def test_a_choice_pushes_an_address_without_empty_filters(swap):
    assert swap("", "q=&tema=&fase=closed&pr=2025-04-10")["HX-Push-Url"] == "/indsatser/?fase=closed&pr=2025-04-10"


def test_typing_on_replaces_the_address(swap):
    headers = swap("?q=he", "q=hel")
    assert headers["HX-Replace-Url"] == "/indsatser/?q=hel"
    assert "HX-Push-Url" not in headers


# Owner and year.
@pytest.fixture
def owned(db: None) -> Callable[[str], Selection]:
    """5 is Anna's and ran 2023–2024 with money for 2024; 6 is the region's with money for 2025; 7 has neither."""
    of = build_overview.cluster()
    return lambda query: select(build_overview.scope(of), QueryDict(query))


def choices(selection: Selection, name: str) -> list[str]:
    return [value for value, _label in selection.filters.filters[name].extra["choices"]]


def test_owners_are_the_responsible_and_the_owning_actors(owned):
    assert choices(owned(""), "ejer") == ["Anna Ager, leder", "Region Prøve"]
    assert numbers(owned("ejer=Anna+Ager,+leder")) == ["5"]
    assert numbers(owned("ejer=Region+Prøve")) == ["6"]


def test_an_actor_that_only_takes_part_is_no_owner(owned):
    build_overview.initiative("7").actor_lines.create(label="Bare med", position=1)
    assert "Bare med" not in choices(owned(""), "ejer")


def test_a_year_finds_those_that_ran_and_those_with_money(owned):
    assert choices(owned(""), "aar") == ["2023", "2024", "2025"]
    assert [numbers(owned(f"aar={year}")) for year in (2023, 2024, 2025)] == [["5"], ["5"], ["6"]]


def test_the_year_after_the_last_day_is_not_one_of_them(owned):
    Initiative.objects.filter(number="7").update(starts=date(2023, 12, 31), ends=date(2024, 1, 1))
    assert numbers(owned("aar=2023")) == ["5", "7"]
    assert numbers(owned("aar=2024")) == ["5"]


def test_one_without_an_end_runs_as_long_as_its_plan(owned):
    Initiative.objects.filter(number="7").update(starts=date(2024, 6, 1))
    assert choices(owned(""), "aar") == ["2023", "2024", "2025"]
    assert numbers(owned("aar=2025")) == ["6", "7"]


@pytest.mark.parametrize("query", ["aar=1066", "aar=2024.0", "aar=²", "aar=%00", "ejer=Ingen", "ejer=%00", "mine=nej"])
def test_an_unknown_owner_or_year_is_left_out_with_a_notice(owned, query):
    selection = owned(query)
    assert (len(selection.notices), numbers(selection)) == (1, ["5", "6", "7"])


def test_owner_and_year_are_among_the_filters_to_let_go_of(owned):
    words = [each.words for each in owned("aar=2023&ejer=Region+Prøve").alternatives]
    assert words == ["Uden ejeren Region Prøve", "Uden året 2023"]


def test_they_are_folded_away_until_one_is_in_force(read, cluster):
    Initiative.objects.filter(number="5").update(starts=date(2023, 1, 1))
    assert '<details class="filters__more">' in read()
    text = read(aar="2023")
    assert '<details class="filters__more" open>' in text
    assert "Et år viser de indsatser, der var i gang i året" in text
