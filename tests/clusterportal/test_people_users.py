"""The list of users: who is there, search, filters, pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from clusterportal.people.listing import PER_PAGE
from initiatives.access import Role
from initiatives.models import Cluster, User

from .. import build
from . import build_people as people

SignIn = Callable[[User], Client]


@pytest.fixture
def listed(sign_in: SignIn, administrator: User) -> Callable[..., object]:
    """The list as the administrator of Midt gets it, with parameters."""
    client = sign_in(administrator)

    def users(parameters: str = "") -> object:
        return client.get(f"/brugere/{parameters}")

    return users


def names(response) -> list[str]:
    return [row.user.username for row in response.context["list"].rows]


def test_an_administrator_sees_the_users_of_the_own_cluster(
    listed, coordinator: User, politician: User, stranger: User
):
    assert names(listed()) == ["anders", "kirsten", "poul"]


def test_others_are_told_that_only_an_administrator_sees_users(sign_in: SignIn, coordinator: User):
    answer = sign_in(coordinator).get("/brugere/")
    assert answer.status_code == 403
    assert "Kun en administrator" in answer.content.decode()


def test_names_stand_in_danish_order(listed, midt: Cluster):
    for username, first_name in (("a", "Åse"), ("b", "Ægir"), ("c", "Øjvind"), ("d", "Zita")):
        User.objects.filter(pk=build.user(username, Role.POLITICIAN, midt).pk).update(first_name=first_name)
    assert names(listed()) == ["anders", "d", "b", "c", "a"]


@pytest.mark.parametrize("words", ["ÅSE", "åse ny", "aase@", "ny kommune"])
def test_search_reads_name_user_name_and_email_in_any_case(words: str, listed, midt: Cluster):
    found = build.user("aase", Role.POLITICIAN, midt)
    User.objects.filter(pk=found.pk).update(first_name="Åse", last_name="Nygård", email="aase@kommune.dk")
    assert names(listed(f"?q={words}")) == ["aase"]


def test_filter_by_role(listed, coordinator: User, politician: User):
    assert names(listed("?rolle=politician")) == ["poul"]


def test_a_role_held_elsewhere_does_not_count(listed, coordinator: User, midt: Cluster):
    people.give(coordinator, people.neighbour(midt), Role.POLITICIAN)
    assert names(listed("?rolle=politician")) == []


@pytest.mark.parametrize(("access", "expected"), [("aktiv", ["anders"]), ("lukket", ["kirsten"])])
def test_filter_by_access(access: str, expected: list[str], listed, coordinator: User):
    User.objects.filter(pk=coordinator.pk).update(is_active=False)
    assert names(listed(f"?adgang={access}")) == expected


def test_filter_by_role_and_place_means_that_role_in_that_place(sign_in: SignIn, coordinator: User, midt: Cluster):
    neighbour = people.neighbour(midt)
    people.give(coordinator, neighbour, Role.POLITICIAN)
    build.user("nora", Role.COORDINATOR, neighbour)
    client = sign_in(people.region_administrator(midt.region))
    found = client.get(f"/brugere/?rolle=coordinator&sted=cluster-{neighbour.pk}")
    assert names(found) == ["nora"]


@pytest.mark.parametrize("parameters", ["?rolle=konge", "?adgang=måske", "?sted=cluster-999999"])
def test_an_unknown_choice_is_left_out_with_a_notice(parameters: str, listed, coordinator: User):
    answer = listed(parameters)
    assert names(answer) == ["anders", "kirsten"]
    assert "findes ikke" in people.said(answer)


@pytest.mark.parametrize("number", ["0", "-1", "99", "abc", "1.5", "9" * 30])
def test_a_page_that_does_not_exist_shows_the_first_with_a_notice(number: str, listed, coordinator: User):
    answer = listed(f"?page={number}")
    assert names(answer) == ["anders", "kirsten"]
    assert "Den side findes ikke" in people.said(answer)


def test_pages_follow_each_other_and_keep_the_filters(listed, midt: Cluster):
    for number in range(PER_PAGE + 1):
        build.user(f"p{number:03}", Role.POLITICIAN, midt)
    first, second = listed("?rolle=politician"), listed("?rolle=politician&page=2")
    assert (len(names(first)), names(second)) == (PER_PAGE, ["p050"])
    assert "?rolle=politician&amp;page=2" in first.content.decode()


def test_the_opening_sentence_counts_all_users_whatever_is_filtered(listed, coordinator: User, politician: User):
    User.objects.filter(pk=politician.pk).update(is_active=False)
    answer = listed("?q=kirsten").content.decode()
    assert "To brugere kan logge ind. Én af dem har aldrig gjort det. Én er deaktiveret." in answer
    assert "Viser <strong>1</strong> af 3 brugere." in answer


def test_nobody_found_says_so_and_leads_back(listed):
    assert "Ingen passer" in listed("?q=findes-ikke").content.decode()


def test_an_email_is_shown_as_text(listed, coordinator: User):
    User.objects.filter(pk=coordinator.pk).update(first_name="<b>Kirsten</b>", email="<i>@eksempel.dk")
    answer = listed().content.decode()
    assert "&lt;b&gt;Kirsten" in answer
    assert "&lt;i&gt;@<wbr>eksempel.dk" in answer


def test_the_list_costs_the_same_with_more_users(listed, queries, midt: Cluster):
    build.user("p1", Role.POLITICIAN, midt)
    listed()
    few = queries(lambda: listed("?rolle=politician"))
    for number in range(2, 22):
        build.user(f"p{number}", Role.POLITICIAN, midt)
    assert queries(lambda: listed("?rolle=politician")) == few
    assert few <= 10
