"""Account and administration in a real browser, on a desk and on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from initiatives.access import Role
from initiatives.models import Cluster, User

from .. import build
from ..browser import Open, faults
from . import build_people as people

NEW_PASSWORD = "grøn-lampe-under-bordet"


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_is_accessible_and_fits(width: int, browse: Callable[[User], Open], facts: Cluster):
    above = people.region_administrator(facts.region)
    shared = build.user("hanne.oestergaard-mikkelsen", Role.COORDINATOR, facts)
    opened, found = browse(above), []
    user = f"/brugere/{shared.pk}/"
    for address in ("/konto/", "/brugere/", "/brugere/?q=ingen", "/brugere/ny/", user, f"{user}adgang/"):
        page = opened(address, width)
        found += faults(page)
    page.get_by_role("button", name="Deaktivér bruger").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv hvorfor")
    assert found + faults(page) == []


def test_a_user_is_created_and_logs_in_with_the_link_that_was_handed_over(
    browse: Callable[[User], Open], live_server: LiveServer, facts: Cluster, settings
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    page = browse(build.user("anders", Role.ADMINISTRATOR, facts))("/brugere/ny/")
    for label, text in (("Fornavn", "Ida"), ("Efternavn", "Ny"), ("E-mail", "ida@eksempel.dk"), ("Brugernavn", "ida")):
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_role("group", name=facts.name).get_by_label("Politiker").check()
    page.get_by_role("button", name="Opret bruger").click()
    link = page.get_by_label("Link", exact=True).input_value()

    page.context.clear_cookies()
    page.goto(link)
    page.locator("[name=password1]").fill(NEW_PASSWORD)
    page.locator("[name=password2]").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Gem adgangskode").click()
    page.goto(f"{live_server.url}/konto/login/?next=/konto/")
    page.locator("[name=login]").fill("ida@eksempel.dk")
    page.locator("[name=password]").fill(NEW_PASSWORD)
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_role("main")).to_contain_text(f"Du er politiker i {facts.name}.")

    page.get_by_label("English").check()
    page.get_by_role("button", name="Gem konto").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Your account"))
