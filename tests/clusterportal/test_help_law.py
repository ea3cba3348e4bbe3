"""The links that the law asks for are on every page, and what the privacy page says is true."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from initiatives.models import User

from .. import build

LINKS = ("/ordliste/", "/was", "/privatliv/")


@pytest.mark.parametrize("address", ["/konto/login/", "/was", "/privatliv/", "/ordliste/", "/konto/password/reset/"])
def test_the_links_stand_on_every_open_page(address: str, db: None):
    footer = Client().get(address).content.decode().split("<footer>")[1]
    assert all(f'href="{link}"' in footer for link in LINKS)


@pytest.mark.parametrize("address", ["/", "/indsatser/midt/5/", "/findes-ikke/", "/indsatser/midt/5/status/"])
def test_the_links_stand_on_pages_behind_the_login_too(
    address: str, politician: User, sign_in: Callable[[User], Client]
):
    footer = sign_in(politician).get(address).content.decode().split("<footer>")[1]
    assert all(f'href="{link}"' in footer for link in LINKS)


def test_the_statement_is_where_the_setting_says(db: None, settings):
    settings.ACCESSIBILITY_STATEMENT_URL = "https://was.digst.dk/klyngeportalen"
    assert Client().get("/was")["Location"] == "https://was.digst.dk/klyngeportalen"


def test_without_a_statement_the_page_says_so_and_whom_to_tell(db: None, settings):
    settings.ACCESSIBILITY_STATEMENT_URL, settings.CONTACT_EMAIL = "", "sekretariat@eksempel.dk"
    html = Client().get("/was").content.decode()
    assert "ACCESSIBILITY_STATEMENT_URL" in html
    assert 'href="mailto:sekretariat@eksempel.dk"' in html


def test_no_cookie_is_set_that_the_page_does_not_name(coordinator: User):
    browser = Client()
    for address in ("/", "/konto/login/", "/privatliv/"):
        browser.get(address)
    browser.post("/sprog/", {"language": "en", "next": "/"})
    browser.post("/konto/login/", {"login": "kirsten", "password": build.PASSWORD})
    browser.get("/indsatser/midt/5/status/")
    browser.post("/konto/introduktion/")
    named = re.findall(r'lead-cell title">(\w+)<', browser.get("/privatliv/").content.decode())
    assert {cookie for cookie, morsel in browser.cookies.items() if morsel.value} == set(named)


def test_the_cookies_last_as_long_as_the_page_says(coordinator: User):
    browser = Client()
    browser.post("/sprog/", {"language": "da", "next": "/"})
    browser.get("/konto/login/")
    browser.post("/konto/login/", {"login": "kirsten", "password": build.PASSWORD})
    days = {name: int(morsel["max-age"] or 0) / 86400 for name, morsel in browser.cookies.items()}
    assert days["sessionid"] == days["django_language"] == 0
    assert 363 < days["csrftoken"] < 367
