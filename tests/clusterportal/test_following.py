"""Following initiatives, "Mine indsatser", and who is to be told."""

from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from clusterportal.portfolio.following import follow, followers_of, unfollow
from clusterportal.portfolio.models import Follow
from clusterportal.portfolio.selection import select
from initiatives.access import Role
from initiatives.models import Cluster, Membership, User
from tests import build
from tests.clusterportal.build_overview import URL, initiative, scope, told
from tests.clusterportal.build_overview import cluster as made

FIVE = "/indsatser/proeve/5/"


@pytest.fixture
def cluster(db: None) -> Cluster:
    return made()


@pytest.fixture
def anna(cluster: Cluster) -> User:
    """A coordinator who is responsible for 5."""
    user = build.user("anna", Role.COORDINATOR, cluster)
    responsible = initiative("5").responsible
    assert responsible
    responsible.user = user
    responsible.save()
    return user


@pytest.fixture
def poul(cluster: Cluster) -> User:
    return build.user("poul", Role.POLITICIAN, cluster)


def mine(of: Cluster, reader: User) -> list[str]:
    shown = select(scope(of, reader), QueryDict("mine=ja")).shown
    return [row.initiative.number for row in shown.rows]


# Mine.
def test_mine_are_those_i_answer_for_and_those_i_follow(cluster, anna):
    follow(anna, initiative("7"))
    assert mine(cluster, anna) == ["5", "7"]


def test_what_others_follow_is_not_mine(cluster, anna, poul):
    follow(anna, initiative("7"))
    assert mine(cluster, poul) == []


def test_no_longer_following_lets_go(cluster, poul):
    follow(poul, initiative("7"))
    unfollow(poul, initiative("7"))
    assert mine(cluster, poul) == []


def test_a_link_leads_to_mine_and_back(cluster, anna, sign_in):
    client = sign_in(anna)
    assert '<a class="button button-secondary" href="?mine=ja">Mine indsatser (1)</a>' in told(client.get(URL))
    back = told(client.get(f"{URL}?mine=ja"))
    assert "Viser <strong>1</strong> af 3 indsatser" in back
    assert ">Også dem, der ikke er mine</a>" in back
    assert '<input type="hidden" name="mine" value="ja">' in back


def test_who_has_none_gets_no_link(poul, sign_in):
    assert "Mine indsatser" not in told(sign_in(poul).get(URL))


# The button.
@pytest.fixture
def client(poul: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(poul)


def test_the_button_follows_and_says_so(client, poul):
    assert 'value="1" aria-pressed="false"' in told(client.get(FIVE))
    client.post(f"{FIVE}foelg/", {"on": "1"})
    assert Follow.objects.get().user == poul
    assert 'value="0" aria-pressed="true"' in told(client.get(FIVE))


def test_pressing_twice_follows_once(client):
    for _again in range(2):
        client.post(f"{FIVE}foelg/", {"on": "1"})
    assert Follow.objects.count() == 1


def test_pressing_again_lets_go(client):
    client.post(f"{FIVE}foelg/", {"on": "1"})
    client.post(f"{FIVE}foelg/", {"on": "0"})
    assert not Follow.objects.exists()


def test_it_goes_back_to_where_the_button_stood(client):
    back = "/indsatser/?fase=running&kolonne=ejer"
    assert client.post(f"{FIVE}foelg/", {"on": "1", "back": back})["Location"] == back


@pytest.mark.parametrize(
    "back", ["https://ondt.eksempel.dk/", "//ondt.eksempel.dk", "", "/\x00", "javascript:alert(1)"]
)
def test_it_goes_nowhere_else(client, back):
    assert client.post(f"{FIVE}foelg/", {"on": "1", "back": back})["Location"] == FIVE


def test_with_htmx_only_the_button_comes_back(client):
    answer = client.post(f"{FIVE}foelg/", {"on": "1"}, headers={"HX-Request": "true"})
    assert answer.content.decode().count("<button") == 1
    assert 'aria-pressed="true"' in told(answer)


def test_a_stranger_finds_nothing_to_follow(stranger, cluster, sign_in):
    other = build.user("ole", Role.COORDINATOR, build.cluster("anden", "Sundhedsklynge Anden"))
    assert sign_in(other).post(f"{FIVE}foelg/", {"on": "1"}).status_code == 404
    assert not Follow.objects.exists()


@pytest.mark.parametrize("address", ["/indsatser/proeve/99/foelg/", "/indsatser/proeve/%00/foelg/"])
def test_what_is_not_there_cannot_be_followed(client, address):
    assert client.post(address, {"on": "1"}).status_code == 404


# Who is told.
def test_followers_are_told_each_once(cluster, poul, anna):
    Membership.objects.create(user=poul, region=cluster.region, role=Role.COORDINATOR)
    follow(poul, initiative("5"))
    follow(anna, initiative("6"))
    assert list(followers_of(initiative("5"))) == [poul]


def test_who_left_the_cluster_or_was_closed_is_not_told(cluster, poul, anna):
    for user in (poul, anna):
        follow(user, initiative("5"))
    poul.memberships.all().delete()
    User.objects.filter(pk=anna.pk).update(is_active=False)
    assert list(followers_of(initiative("5"))) == []


def test_a_member_through_the_region_is_told(cluster):
    regional = User.objects.create_user("regional", "r@eksempel.dk", build.PASSWORD)
    Membership.objects.create(user=regional, region=cluster.region, role=Role.SECRETARIAT)
    follow(regional, initiative("5"))
    assert list(followers_of(initiative("5"))) == [regional]


def test_following_costs_the_pages_nothing(client, poul, queries):
    few = queries(lambda: client.get(FIVE))
    for number in ("5", "6", "7"):
        follow(poul, initiative(number))
    assert queries(lambda: client.get(FIVE)) == few
    assert queries(lambda: client.get(reverse("portfolio:overview"))) == 8
