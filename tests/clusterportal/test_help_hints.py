"""The first-use hints: for whom, until when, and how they come back."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client

from clusterportal.help.hints import HINTS, put_away, take_out
from initiatives.access import Role
from initiatives.models import Cluster, Membership, User

from .. import build

HEADING = "Godt at vide første gang"


def front(client: Client) -> str:
    return client.get("/").content.decode()


def test_every_role_has_hints_and_none_more_than_three():
    assert set(HINTS) == set(Role)
    assert all(1 <= len(shown) <= 3 for shown in HINTS.values())


@pytest.mark.parametrize("role", Role)
def test_a_hint_leads_to_a_page_that_the_role_may_open(role: Role, midt: Cluster, sign_in: Callable[[User], Client]):
    client = sign_in(build.user("ny", role, midt))
    for hint in HINTS[role]:
        address = hint.url.split("#", maxsplit=1)[0]
        assert client.get(address).status_code == 200, hint.url


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.COORDINATOR, "Meld, hvordan det går"),
        (Role.POLITICIAN, "Begynd med det, der kræver opmærksomhed"),
        (Role.SECRETARIAT, "Lav evalueringen"),
        (Role.ADMINISTRATOR, "Giv kolleger adgang"),
    ],
)
def test_a_new_user_gets_the_hints_of_the_role(role: str, words: str, midt: Cluster, sign_in):
    html = front(sign_in(build.user("ny", role, midt)))
    assert HEADING in html
    assert words in html


def test_with_two_roles_the_one_that_does_most_is_introduced(politician: User, midt: Cluster, sign_in):
    Membership.objects.create(user=politician, cluster=midt, role=Role.COORDINATOR)
    assert "Meld, hvordan det går" in front(sign_in(politician))


def test_put_away_once_they_are_gone_on_every_device(coordinator: User, sign_in):
    here, elsewhere = sign_in(coordinator), sign_in(coordinator)
    answer = here.post("/konto/introduktion/", follow=True).content.decode()
    assert HEADING not in answer
    assert "hente dem frem igen på din konto" in answer
    assert HEADING not in front(elsewhere)


def test_the_account_page_takes_them_out_again(coordinator: User, sign_in):
    put_away(coordinator, datetime(2026, 11, 1, tzinfo=UTC))
    client = sign_in(coordinator)
    assert 'name="show"' in client.get("/konto/").content.decode()
    assert HEADING in client.post("/konto/introduktion/", {"show": "1"}, follow=True).content.decode()


def test_one_users_choice_touches_nobody_elses_and_nothing_else(coordinator: User, politician: User):
    User.objects.filter(pk=coordinator.pk).update(first_name="Karen")
    put_away(coordinator, datetime(2026, 11, 1, tzinfo=UTC))
    coordinator.refresh_from_db()
    assert (coordinator.first_name, coordinator.hints_put_away_at) == ("Karen", datetime(2026, 11, 1, tzinfo=UTC))
    assert User.objects.get(pk=politician.pk).hints_put_away_at is None
    take_out(coordinator)
    assert User.objects.get(pk=coordinator.pk).hints_put_away_at is None


def test_they_stand_on_the_front_page_alone(coordinator: User, sign_in):
    client = sign_in(coordinator)
    assert all(HEADING not in client.get(page).content.decode() for page in ("/indsatser/", "/oekonomi/", "/konto/"))


def test_somebody_without_a_cluster_gets_none(db, sign_in):
    alone = User.objects.create_user("alene", "alene@eksempel.dk", build.PASSWORD)
    assert HEADING not in front(sign_in(alone))


def test_they_cost_no_query(coordinator: User, sign_in, queries):
    client = sign_in(coordinator)
    front(client)
    shown = queries(lambda: front(client))
    put_away(coordinator, datetime(2026, 11, 1, tzinfo=UTC))
    assert queries(lambda: front(client)) == shown
