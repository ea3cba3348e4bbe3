"""The settlement of Nord's joint financing as a page, as a file and party by party."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from finance.models import Voucher
from initiatives.access import Role
from initiatives.models import Actor, Cluster, User
from tests import build

pytestmark = pytest.mark.django_db

HOSPITAL = "Nordsjællands Hospital"


@pytest.fixture
def reader(nord: Cluster) -> User:
    return build.user("nora", Role.POLITICIAN, nord)


@pytest.fixture
def get(reader: User, sign_in: Callable[[User], Client]) -> Callable[..., str]:
    """The text of the settlement with these parameters."""
    client = sign_in(reader)

    def shown(**query: str) -> str:
        answer = client.get(reverse("finance:settlement"), {"klynge": "nord", "aar": "2023", **query})
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return shown


@pytest.fixture
def explained(reader: User, sign_in: Callable[[User], Client]) -> Callable[..., str]:
    """The text of a party's page."""
    client = sign_in(reader)

    def shown(party: str, year: int = 2023, **query: str) -> str:
        address = reverse("finance:share", args=["nord", year, Actor.objects.get(name=party).pk])
        answer = client.get(address, query)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return shown


def test_it_opens_with_the_figures_below(get):
    assert (
        "I 2023 betaler parterne 2.069.810 kr. i fællesskab for 4 disponeringer."
        " 32 opkrævninger kan afregnes med 8 betalinger." in get()
    )


def test_it_says_that_all_is_proposed_and_which_point_lacks_a_decision(get):
    text = get()
    assert "Alt på siden er forslag" in text
    assert "Punkt 3 på mødet den 23. november 2023" in text
    assert '<small class="mark">inkl. forslag</small>' in text


def test_without_proposals_nothing_is_settled_and_the_way_back_is_shown(get):
    text = get(forslag="0")
    assert "Der er ikke bogført noget, som parterne betaler i fællesskab i 2023." in text
    assert "2.069.810" not in text
    assert 'forslag=1">Vis også forslag</a>' in text


def test_it_tells_which_key_was_used_and_how_well_each_fits(get):
    text = get()
    assert "Beløbene følger nøglen »Tildelte klyngemidler 2022«." in text
    assert "»Tildelte klyngemidler 2022« rammer de registrerede bidrag inden for 0,25 kr." in text
    assert "»Indbyggere i 2. kvartal 2022« rammer de registrerede bidrag inden for 237,29 kr." in text


def test_recorded_and_computed_stand_side_by_side(get):
    text = get()
    assert 'data-title="Registreret, kr.">130.721,53</td>' in text
    assert 'data-title="Efter reglen, kr.">130.721,28</td>' in text
    assert 'data-title="Forskel, kr.">0,25</td>' in text


def test_what_the_print_lacks_is_told_and_not_forced(get):
    assert "De registrerede bidrag er 0,01 kr. mindre end beløbet." in get()


def test_only_2024_is_an_estimate(get):
    assert "skøn" not in get()
    assert "Beløbet er et skøn: Årets spor er ikke valgt." in get(aar="2024")


def test_a_year_without_allocations_is_replaced_with_a_notice(get):
    assert "Der betales ikke noget i fællesskab i »1999«. 2024 vises." in get(aar="1999")
    assert "Afregning 2024" in get(aar="")


def test_before_the_meeting_there_is_nothing_to_settle(get):
    assert "Intet at afregne" in get(pr="2023-11-22")


def test_a_cluster_without_a_rule_is_told_so(midt, sign_in):
    reader = build.user("mia", Role.POLITICIAN, midt)
    text = sign_in(reader).get(reverse("finance:settlement")).content.decode()
    assert "Intet at afregne" in text


def test_the_file_holds_what_is_shown(reader, sign_in):
    answer = sign_in(reader).get(reverse("finance:settlement"), {"klynge": "nord", "aar": "2023", "eksport": "csv"})
    rows = [row.split(";") for row in answer.content.decode("utf-8-sig").splitlines()]
    assert "afregning-nord-2023-inkl-forslag.csv" in answer["Content-Disposition"]
    assert [sum(row[0] == what for row in rows) for what in ("Bidrag", "Opkrævning", "Betaling efter modregning")] == [
        36, 32, 8,
    ]  # fmt: skip
    assert {row[-1] for row in rows[1:]} == {"Inkl. forslag"}


def test_the_file_comes_as_excel_too(reader, sign_in):
    answer = sign_in(reader).get(reverse("finance:settlement"), {"klynge": "nord", "aar": "2024", "eksport": "excel"})
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][0] == "Hvad"
    assert "Skøn; Inkl. forslag" in {row[-1] for row in rows}


def test_every_share_is_explained(explained):
    text = explained("Allerød Kommune")
    assert "Hvordan er beløbet beregnet?" in text
    assert "Allerød Kommune bidrager med <strong>82.050,29 kr.</strong> i 2023" in text
    assert text.count("I nøglen har Allerød Kommune") == 4
    assert "176.166" in text


def test_the_shares_on_the_page_lead_to_their_explanations(get, nord):
    address = reverse("finance:share", args=["nord", 2023, Actor.objects.get(name=HOSPITAL).pk])
    assert get().count(f'href="{address}?klynge=nord&amp;forslag=1') == 5


def test_who_collects_and_who_pays_stands_on_the_partys_page(explained):
    assert "Når opkrævningerne modregnes, skal parten betale 1.034.905,00 kr." in explained(HOSPITAL)
    collector = explained("Halsnæs Kommune")
    assert "<h3>Opkræver</h3>" in collector
    assert "<h3>Bliver opkrævet af</h3>" in collector


@pytest.mark.parametrize(("year", "party"), [(2023, 10**12), (1999, None), (10**9, None)])
def test_a_year_or_party_without_a_share_is_not_there(nord, reader, sign_in, year, party):
    pk = party or Actor.objects.get(name=HOSPITAL).pk
    assert sign_in(reader).get(reverse("finance:share", args=["nord", year, pk])).status_code == 404


def test_a_stranger_sees_neither(nord, stranger, sign_in):
    client = sign_in(stranger)
    pk = Actor.objects.get(name=HOSPITAL).pk
    assert client.get(reverse("finance:settlement"), {"klynge": "nord"}).status_code == 404
    assert client.get(reverse("finance:share", args=["nord", 2023, pk])).status_code == 404


def test_nothing_is_stored(get, explained, nord):
    before = Voucher.objects.count()
    get()
    explained(HOSPITAL)
    assert Voucher.objects.count() == before


def test_the_cost_is_below_what_a_query_for_each_share_would_be(get, queries):
    get()
    assert queries(get) <= 24
