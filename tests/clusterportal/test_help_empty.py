"""Where there is nothing to show, a page says what is missing and leads on."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from initiatives.access import Role
from initiatives.models import Cluster, User

from .. import build

LISTS = ("/", "/indsatser/", "/oekonomi/", "/resultater/", "/afstemning/", "/rapporter/")
MISSING = {
    "/oekonomi/": "Ingen klyngemidler endnu", "/resultater/": "Ingen målinger endnu",
    "/afstemning/": "Der er ikke noget at afstemme endnu", "/rapporter/": "Ingen rapporter endnu",
}  # fmt: skip


def main(client: Client, address: str) -> str:
    """What the page says, without the first-use hints."""
    answer = client.get(address)
    assert answer.status_code == 200
    inside = answer.content.decode().split("<main")[1].split("</main>", maxsplit=1)[0]
    return unescape(" ".join(re.sub(r'<section class="hints.*?</section>', "", inside, flags=re.DOTALL).split()))


@pytest.fixture
def nowhere(db: None) -> User:
    return User.objects.create_user("alene", "alene@eksempel.dk", build.PASSWORD)


@pytest.fixture
def empty(db: None) -> Cluster:
    return build.cluster("tom", "Sundhedsklynge Tom")


@pytest.mark.parametrize("address", LISTS)
def test_without_a_cluster_every_list_says_whom_to_ask_for_what(
    address: str, nowhere: User, sign_in: Callable[[User], Client], settings
):
    settings.CONTACT_EMAIL = "sekretariat@eksempel.dk"
    text = main(sign_in(nowhere), address)
    assert "Du er ikke tilknyttet en klynge endnu" in text
    assert "dit brugernavn er alene" in text
    assert 'href="mailto:sekretariat@eksempel.dk"' in text


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("stage", ["no plan", "no initiatives", "no facts"])
def test_an_empty_list_names_what_is_missing_and_leads_on(
    role: Role, stage: str, empty: Cluster, sign_in: Callable[[User], Client]
):
    if stage != "no plan":
        theme = build.theme(build.plan(empty))
    if stage == "no facts":
        build.initiative("1", theme)
    client = sign_in(build.user("ny", role, empty))
    for address, missing in MISSING.items():
        text = main(client, address)
        assert missing in text
        next_step = re.search(r'class="button button-primary" href="([^"]+)"', text)
        assert next_step, address
        assert client.get(next_step[1]).status_code == 200


def test_only_who_may_is_asked_to_make_the_first_report(empty: Cluster, sign_in: Callable[[User], Client]):
    secretariat = build.user("sofie", Role.SECRETARIAT, empty)
    politician = build.user("poul", Role.POLITICIAN, empty)
    assert 'href="/rapporter/evaluering/"' in main(sign_in(secretariat), "/rapporter/")
    assert 'href="/rapporter/evaluering/"' not in main(sign_in(politician), "/rapporter/")


def test_without_a_plan_there_is_nothing_to_evaluate(empty: Cluster, sign_in: Callable[[User], Client]):
    text = main(sign_in(build.user("sofie", Role.SECRETARIAT, empty)), "/rapporter/evaluering/")
    assert "Der er ingen handleplan at lave rapport om" in text
    assert "<form" not in text


@pytest.mark.parametrize(("role", "asked"), [(Role.COORDINATOR, True), (Role.POLITICIAN, False)])
def test_an_initiative_without_a_status_asks_its_coordinator_for_one(
    role: Role, asked: bool, empty: Cluster, sign_in: Callable[[User], Client]
):
    build.initiative("1", build.theme(build.plan(empty)))
    text = main(sign_in(build.user("ny", role, empty)), "/indsatser/tom/1/?fane=status")
    assert "Der er ikke meldt nogen status endnu." in text
    assert ("Meld den første</a>" in text) is asked


def test_an_initiative_with_nothing_says_so_in_every_tab(empty: Cluster, sign_in: Callable[[User], Client]):
    build.initiative("1", build.theme(build.plan(empty)))
    text = main(sign_in(build.user("ny", Role.POLITICIAN, empty)), "/indsatser/tom/1/")
    for words in ("Der er ikke skrevet noget om indsatsen endnu", "Der er ikke disponeret noget til indsatsen",
                  "Der er ikke målt noget endnu", "Ingen beslutning nævner indsatsen"):  # fmt: skip
        assert words in text


@pytest.mark.parametrize("address", ["/soeg/?q=zzzz", "/indsatser/?q=zzzz", "/afstemning/?q=zzzz&vis=alle"])
def test_a_search_without_hits_offers_a_way_back(address: str, coordinator: User, sign_in: Callable[[User], Client]):
    text = main(sign_in(coordinator), address)
    assert re.search(r'class="statepage".*<a href="[^"]+"', text)
