"""The own account, and the language that follows the user."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from initiatives.access import Role
from initiatives.models import Cluster, User

from .. import build
from . import build_people as people

SignIn = Callable[[User], Client]


@pytest.fixture
def client(sign_in: SignIn, coordinator: User) -> Client:
    """The browser of the coordinator of Midt."""
    return sign_in(coordinator)


def save(client: Client, **typed: object):
    return client.post("/konto/", people.form_of(client, "/konto/", **typed), follow=True)


def test_name_email_and_home_cluster_are_saved_with_a_message(client: Client, coordinator: User, midt: Cluster):
    answer = save(client, last_name="Berg", email="KB@eksempel.dk", home_cluster=midt.pk)
    saved = people.again(coordinator)
    assert (saved.last_name, saved.email, saved.home_cluster) == ("Berg", "kb@eksempel.dk", midt)
    assert people.said(answer) == "Din konto er gemt."


def test_the_page_says_which_roles_one_has(client: Client, coordinator: User, midt: Cluster):
    people.give(coordinator, people.neighbour(midt), Role.POLITICIAN)
    text = "Du er koordinator i Sundhedsklynge Midt og politiker i Sundhedsklynge Nabo."
    assert text in client.get("/konto/").content.decode()


def test_a_home_cluster_that_one_cannot_see_is_refused(client: Client, coordinator: User, midt: Cluster):
    answer = save(client, home_cluster=people.neighbour(midt).pk)
    assert list(answer.context["form"].errors) == ["home_cluster"]
    assert people.again(coordinator).home_cluster is None


def test_the_email_of_another_is_refused_and_kept_in_the_field(client: Client, coordinator: User, politician: User):
    answer = save(client, email="POUL@eksempel.dk", last_name="Berg")
    assert list(answer.context["form"].errors) == ["email"]
    assert 'value="POUL@eksempel.dk"' in answer.content.decode()
    assert people.again(coordinator).last_name == ""


def test_a_change_of_ones_own_leaves_a_trace_too(client: Client, coordinator: User):
    save(client, email="kb@eksempel.dk")
    act = coordinator.administrative_acts.get()
    assert (act.kind, act.by, act.after) == ("email", coordinator, "kb@eksempel.dk")


def test_what_an_administrator_changed_meanwhile_is_not_overwritten(
    client: Client, sign_in: SignIn, coordinator: User, administrator: User
):
    typed = people.form_of(client, "/konto/", first_name="Kirsten Marie")
    theirs, address = sign_in(administrator), f"/brugere/{coordinator.pk}/"
    theirs.post(address, people.form_of(theirs, address, email="ny@eksempel.dk"))
    answer = client.post("/konto/", typed)
    assert answer.status_code == 409
    assert 'value="Kirsten Marie"' in answer.content.decode()
    assert "ny@eksempel.dk" in answer.content.decode()
    assert people.identity(coordinator).email == "ny@eksempel.dk"


def test_only_an_administrator_is_led_to_the_users(client: Client, sign_in: SignIn, administrator: User):
    assert 'href="/brugere/"' not in client.get("/konto/").content.decode()
    assert 'href="/brugere/"' in sign_in(administrator).get("/konto/").content.decode()


def test_the_account_leads_to_the_password(client: Client):
    assert 'href="/konto/password/change/"' in client.get("/konto/").content.decode()


# Language


def test_a_chosen_language_is_spoken_at_once_and_stored(client: Client, coordinator: User):
    answer = save(client, language="en")
    assert people.said(answer) == "Your account is saved."
    assert '<html lang="en">' in answer.content.decode()
    assert people.again(coordinator).language == "en"


def test_the_language_follows_the_user_to_another_browser(sign_in: SignIn, coordinator: User):
    User.objects.filter(pk=coordinator.pk).update(language="en")
    page = sign_in(coordinator).get("/konto/", headers={"accept-language": "da"})
    assert "Your account" in page.content.decode()
    assert page["Content-Language"] == "en"


def test_the_users_language_counts_more_than_the_cookie(client: Client, coordinator: User):
    User.objects.filter(pk=coordinator.pk).update(language="da")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Din konto" in client.get("/konto/").content.decode()


def test_without_any_choice_the_pages_are_danish_whatever_the_browser_asks_for(client: Client):
    page = client.get("/konto/", headers={"accept-language": "en"})
    assert "Din konto" in page.content.decode()


def test_without_a_choice_the_cookie_counts(client: Client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Your account" in client.get("/konto/").content.decode()


def test_one_users_language_does_not_stay_for_the_next_request(client: Client, coordinator: User):
    User.objects.filter(pk=coordinator.pk).update(language="en")
    client.get("/konto/")
    assert Client().get("/privatliv/")["Content-Language"] == "da"


def test_the_choice_sets_the_cookie_that_the_privacy_page_names(client: Client):
    save(client, language="en")
    visitor = Client()
    visitor.cookies["django_language"] = client.cookies["django_language"].value
    assert visitor.get("/konto/login/")["Content-Language"] == "en"


def test_a_language_that_does_not_exist_is_refused(client: Client, coordinator: User):
    answer = save(client, language="tlh")
    assert list(answer.context["form"].errors) == ["language"]
    assert people.again(coordinator).language == ""


def test_the_language_button_of_the_footer_is_remembered_on_the_user(client: Client, coordinator: User):
    User.objects.filter(pk=coordinator.pk).update(language="da")
    answer = client.post("/sprog/", {"language": "en", "next": "/konto/"}, follow=True)
    assert people.again(coordinator).language == "en"
    assert "Your account" in answer.content.decode()


def test_the_language_button_works_without_login_and_stays_on_the_site(db: None):
    visitor = Client()
    answer = visitor.post("/sprog/", {"language": "en", "next": "https://andet.eksempel/"})
    assert answer["Location"] == "/"
    assert visitor.get("/konto/login/")["Content-Language"] == "en"


@pytest.mark.parametrize("language", ["", "tlh", "\x00", "e" * 1000])
def test_an_unknown_language_changes_nothing(language: str, client: Client, coordinator: User):
    client.post("/sprog/", {"language": language, "next": "/konto/"})
    assert people.again(coordinator).language == ""


def test_the_page_costs_the_same_with_more_roles(client: Client, queries, coordinator: User, midt: Cluster):
    people.give(coordinator, midt, Role.SECRETARIAT)
    client.get("/konto/")
    few = queries(lambda: client.get("/konto/"))
    for number in range(5):
        people.give(coordinator, build.cluster(f"k{number}", f"Klynge {number}"), Role.POLITICIAN)
    assert queries(lambda: client.get("/konto/")) == few
