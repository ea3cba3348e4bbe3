"""The main menu: what it leads to for whom, and which entry is marked as the page that is shown."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from clusterportal.portfolio.following import follow
from initiatives.access import Role
from initiatives.models import Initiative, Person, User

from .. import build

MINE = "/indsatser/?mine=ja"


@pytest.fixture
def one(db) -> Initiative:
    made = build.initiative("1")
    build.status(made)
    return made


@pytest.fixture
def reader(one: Initiative) -> User:
    return build.user("poul", Role.POLITICIAN, build.cluster())


def menu(client: Client, address: str = "/") -> dict[str, bool]:
    """The entries of the menu by address, and whether they are marked."""
    html = client.get(address).content.decode().split('<ul class="mainmenu">')[1].split("</ul>")[0]
    found = re.findall(r'href="([^"]*)"( aria-current="page")?', html)
    return {url: bool(current) for url, current in found}


def test_my_initiatives_stand_in_the_menu_of_who_follows_one(reader, one, sign_in):
    client = sign_in(reader)
    assert MINE not in menu(client)
    follow(reader, one)
    assert MINE in menu(client)
    assert "Prøveindsats 1" in client.get(MINE).content.decode()


def test_my_initiatives_stand_in_the_menu_of_who_answers_for_one(reader, one, sign_in):
    Initiative.objects.filter(pk=one.pk).update(
        responsible=Person.objects.create(name="Poul", role="leder", user=reader)
    )
    assert MINE in menu(sign_in(reader))


@pytest.mark.parametrize("gone", [{"retired_on": "2026-01-01"}, {"cluster": "fremmed"}])
def test_what_is_withdrawn_or_hidden_is_nobodys(reader, one, sign_in, gone):
    follow(reader, one)
    values = {"cluster": build.cluster("fremmed", "Sundhedsklynge Fremmed")} if "cluster" in gone else gone
    Initiative.objects.filter(pk=one.pk).update(**values)
    assert MINE not in menu(sign_in(reader))


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/", ["/"]),
        ("/indsatser/", ["/indsatser/"]),
        (MINE, [MINE]),
        ("/indsatser/?mine=nej", ["/indsatser/"]),
        ("/indsatser/proeve/1/", ["/indsatser/"]),
        ("/handleplaner/", ["/indsatser/"]),
        ("/oekonomi/", ["/oekonomi/"]),
    ],
)
def test_one_entry_at_most_is_marked(reader, one, sign_in, address, marked):
    follow(reader, one)
    assert [url for url, current in menu(sign_in(reader), address).items() if current] == marked


def test_the_menu_of_the_phone_has_the_same_entries(reader, one, sign_in: Callable[[User], Client]):
    follow(reader, one)
    assert sign_in(reader).get("/").content.decode().count(f'href="{MINE}"') == 2
