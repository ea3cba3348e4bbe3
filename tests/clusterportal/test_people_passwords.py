"""The link with which a user chooses a password: e-mailed, or handed over."""

import re
import socket
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import reverse

from initiatives.access import Role
from initiatives.models import Cluster, User

from . import build_people as people

SignIn = Callable[[User], Client]
LINK = re.compile(r"http://testserver/konto/password/reset/key/\S+?(?=[\"\s])")
NEW_PASSWORD = "grøn-lampe-under-bordet"


@pytest.fixture
def client(sign_in: SignIn, administrator: User) -> Client:
    return sign_in(administrator)


@pytest.fixture
def no_mail(settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


@pytest.fixture
def dead_server(settings) -> Iterator[None]:
    """An address where nobody listens: bound, so that nobody else takes it."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = taken.getsockname()
        yield


def create_ida(client: Client, midt: Cluster):
    typed = {"first_name": "Ida", "email": "ida@eksempel.dk", "username": "ida", f"cluster-{midt.pk}": ["politician"]}
    return client.post("/brugere/ny/", typed, follow=True)


def link_in(text: str) -> str:
    found = LINK.search(text)
    assert found, "there is no link"
    return found.group()


def choose(link: str) -> Client:
    """Follows a link as a stranger does, and chooses a password."""
    browser = Client()
    form = browser.get(link, follow=True)
    browser.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    return browser


def can_log_in(username: str) -> bool:
    answer = Client().post(reverse("account_login"), {"login": username, "password": NEW_PASSWORD})
    return answer.status_code == 302


def test_a_new_user_gets_a_link_by_email_and_chooses_a_password(client: Client, midt: Cluster, mailoutbox):
    create_ida(client, midt)
    (mail,) = mailoutbox
    assert mail.to == ["ida@eksempel.dk"]
    assert not can_log_in("ida")
    choose(link_in(mail.body))
    assert can_log_in("ida")


def test_the_mail_says_who_made_the_user_and_how_to_log_in(client: Client, midt: Cluster, mailoutbox):
    create_ida(client, midt)
    body = mailoutbox[0].body
    assert "Kære Ida" in body
    assert "Anders har oprettet dig" in body
    assert "brugernavnet ida" in body
    assert "i 3 dage" in body


def test_a_mailed_link_is_not_shown_to_the_administrator(client: Client, midt: Cluster, mailoutbox):
    page = create_ida(client, midt)
    assert not LINK.search(page.content.decode())
    assert "sendt et link til at vælge adgangskode til ida@eksempel.dk" in people.said(page)


def test_a_link_works_once(client: Client, midt: Cluster, mailoutbox):
    create_ida(client, midt)
    link = link_in(mailoutbox[0].body)
    choose(link)
    assert "Linket virker ikke længere" in Client().get(link, follow=True).content.decode()


def test_without_email_the_link_is_shown_once(no_mail: None, client: Client, midt: Cluster):
    page = create_ida(client, midt)
    link = link_in(page.content.decode())
    assert not LINK.search(client.get(page.request["PATH_INFO"]).content.decode())
    choose(link)
    assert can_log_in("ida")


def test_a_page_with_a_link_is_not_kept_by_the_browser(no_mail: None, client: Client, midt: Cluster):
    assert "no-store" in create_ida(client, midt)["Cache-Control"]


def test_a_link_waits_for_the_page_of_its_own_user(no_mail: None, client: Client, coordinator: User, politician: User):
    client.post(f"/brugere/{coordinator.pk}/link/")
    assert not LINK.search(client.get(f"/brugere/{politician.pk}/").content.decode())
    assert LINK.search(client.get(f"/brugere/{coordinator.pk}/").content.decode())


def test_a_mail_that_cannot_be_sent_loses_nothing(dead_server: None, client: Client, midt: Cluster):
    page = create_ida(client, midt)
    assert User.objects.filter(username="ida").exists()
    assert "kunne ikke sendes" in people.said(page)
    assert LINK.search(page.content.decode())


@pytest.mark.parametrize(("set_up", "kind"), [(True, "link_mailed"), (False, "link_shown")])
def test_every_link_leaves_a_trace(set_up: bool, kind: str, client: Client, coordinator: User, settings):
    if not set_up:
        settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    client.post(f"/brugere/{coordinator.pk}/link/")
    assert people.traces(coordinator) == [kind]


def test_the_old_password_holds_until_a_new_one_is_chosen(client: Client, coordinator: User, mailoutbox):
    before = people.again(coordinator).password
    client.post(f"/brugere/{coordinator.pk}/link/")
    assert people.again(coordinator).password == before
    choose(link_in(mailoutbox[0].body))
    assert people.again(coordinator).check_password(NEW_PASSWORD)


def test_a_new_email_makes_an_open_link_void(client: Client, coordinator: User, mailoutbox):
    client.post(f"/brugere/{coordinator.pk}/link/")
    address = f"/brugere/{coordinator.pk}/"
    client.post(address, people.form_of(client, address, email="km@eksempel.dk"))
    choose(link_in(mailoutbox[0].body))
    assert not people.again(coordinator).check_password(NEW_PASSWORD)


def test_a_deactivated_user_gets_no_link(client: Client, coordinator: User, mailoutbox):
    User.objects.filter(pk=coordinator.pk).update(is_active=False)
    answer = client.post(f"/brugere/{coordinator.pk}/link/", follow=True)
    assert mailoutbox == []
    assert "Genaktivér brugeren først" in people.said(answer)


def test_no_link_to_somebody_with_roles_elsewhere(no_mail: None, client: Client, coordinator: User, midt: Cluster):
    people.give(coordinator, people.neighbour(midt), Role.ADMINISTRATOR)
    assert client.post(f"/brugere/{coordinator.pk}/link/").status_code == 403
    assert people.traces(coordinator) == []


def test_the_mail_is_in_the_language_of_its_reader(client: Client, coordinator: User, mailoutbox):
    User.objects.filter(pk=coordinator.pk).update(language="en")
    client.post(f"/brugere/{coordinator.pk}/link/")
    assert mailoutbox[0].subject == "Klyngeportalen: choose your password"
    assert "Dear Kirsten" in mailoutbox[0].body
