"""The parties' pools on their pages: all together, and one party year by year."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from initiatives.access import Role
from initiatives.models import Actor, Cluster, User
from tests import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(nord: Cluster, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(build.user("nora", Role.POLITICIAN, nord))


@pytest.fixture
def parties(client: Client) -> Callable[..., str]:
    def get(**query: str) -> str:
        answer = client.get(reverse("finance:parties"), {"klynge": "nord", **query})
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return get


@pytest.fixture
def party(client: Client) -> Callable[..., str]:
    def get(name: str = "Hørsholm Kommune", **query: str) -> str:
        address = reverse("finance:party", args=["nord", Actor.objects.get(name=name).pk])
        answer = client.get(address, query)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return get


def test_what_is_posted_counts_and_proposals_are_one_click_away(parties):
    text = parties()
    assert "Parterne har fået tildelt 8.807.555 kr. til og med 2023. Der er 8.807.555 kr. tilbage." in text
    assert "Kun bogførte bilag" in text
    assert "inkl. forslag" not in text


def test_with_proposals_the_rest_is_what_the_annex_prints(parties):
    text = parties(forslag="1")
    assert "Der er 4.699.469,04 kr. tilbage." in text
    assert '<small class="mark">inkl. forslag</small>' in text


def test_a_party_is_told_year_by_year(party):
    text = party(forslag="1")
    assert 'data-title="Tildelt, kr.">168.634,00</td>' in text
    assert 'data-title="Tilbage, kr.">181.380,96</td>' in text


def test_what_can_be_carried_over_is_proposed_for_each_year(party):
    text = party()
    assert '<dt>Tilbage af 2022</dt><dd class="num">168.634,00</dd>' in text
    assert '<dt>Tilbage af 2023</dt><dd class="num">168.634,00</dd>' in text
    assert "når både forummet og parten har truffet beslutning om den" in text


def test_what_is_carried_over_cannot_be_carried_over_again(party):
    assert "Tilbage af 2022" not in party(forslag="1")


def test_invoices_to_and_from_stand_with_a_way_to_how_they_were_computed(party):
    text = party("Halsnæs Kommune", forslag="1")
    assert "2023: sådan er beløbene beregnet" in text
    assert '<dt>Opkræver selv</dt><dd class="num">515.111,10</dd>' in text
    assert '<dt>Bliver opkrævet</dt><dd class="num">73.431,45</dd>' in text
    assert '<dt>Bidrager med</dt><dd class="num">99.423,34</dd>' in text


def test_before_the_first_grant_the_page_says_what_comes(parties):
    assert "Ingen part har klyngemidler endnu" in parties(pr="2021-01-01")


def test_the_file_has_every_year_of_every_party(client):
    answer = client.get(reverse("finance:parties"), {"klynge": "nord", "forslag": "1", "eksport": "csv"})
    rows = [row.split(";") for row in answer.content.decode("utf-8-sig").splitlines()]
    assert "parter-nord-inkl-forslag.csv" in answer["Content-Disposition"]
    assert len(rows) == 1 + 9 * 3
    assert {row[-1] for row in rows[1:]} == {"Inkl. forslag"}


def test_a_party_without_a_pool_is_not_there(nord, client, midt):
    for pk in (midt.region_id, 10**12):
        assert client.get(reverse("finance:party", args=["nord", pk])).status_code == 404


def test_a_stranger_sees_neither(nord, stranger, sign_in):
    pk = Actor.objects.get(name="Hørsholm Kommune").pk
    assert sign_in(stranger).get(reverse("finance:parties"), {"klynge": "nord"}).status_code == 404
    assert sign_in(stranger).get(reverse("finance:party", args=["nord", pk])).status_code == 404


def test_the_list_costs_the_same_for_any_number_of_parties(parties, queries):
    parties()
    assert queries(parties) <= 14


def test_the_annex_of_a_cluster_that_has_only_granted_leads_to_the_pools(client):
    text = client.get(reverse("finance:annex"), {"klynge": "nord"}).content.decode()
    assert "Ingen indsats har fået disponeret midler" in text
    assert 'href="/oekonomi/parter/?klynge=nord"' in text
