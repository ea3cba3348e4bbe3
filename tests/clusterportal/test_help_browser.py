"""Help and the login that ended, in a real browser: on a desk and on a phone, by keyboard, without script."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from initiatives.access import Role
from initiatives.models import Cluster, StatusReport, User

from .. import build

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FORM = "/indsatser/midt/5/status/"
TEXT = "En lang tekst, som ingen vil skrive to gange.\nMed to linjer."


@pytest.fixture
def enter(
    page: Page, live_server: LiveServer, facts: Cluster, sign_in: Callable[[User], Client]
) -> Callable[[User], Page]:
    """The browser, logged in as a user."""

    def entered(user: User) -> Page:
        session = sign_in(user).cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return page

    return entered


def faults(page: Page) -> list[str]:
    """What axe finds on the page, and whether it is wider than the window."""
    found = [f"{each['id']}: {node['html']}" for each in Axe().run(page, options=RULES).response["violations"]
             for node in each["nodes"]]  # fmt: skip
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return found + ([f"{page.url} scrolls sideways"] if wide else [])


@pytest.mark.parametrize("width", [1280, 390])
def test_a_text_survives_the_end_of_the_login(
    width: int, enter: Callable[[User], Page], live_server: LiveServer, facts: Cluster
):
    page = enter(build.user("kirsten", Role.COORDINATOR, facts))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url + FORM)
    page.get_by_label("Hvad er der sket?").fill(TEXT)
    Session.objects.all().delete()
    page.get_by_role("button", name="Gem status").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du er logget af")
    expect(page.get_by_label("Hvad er der sket?")).to_have_value(TEXT)
    found = faults(page)

    with page.expect_popup() as opened:
        page.get_by_role("main").get_by_role("link", name="Log ind").click()
    login = opened.value
    login.get_by_label("E-mail eller brugernavn").fill("kirsten")
    login.get_by_label("Adgangskode").fill(build.PASSWORD)
    login.get_by_role("main").get_by_role("button", name="Log ind").click()
    expect(login).to_have_url(live_server.url + "/")

    page.get_by_role("button", name="Fortsæt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Send igen")
    found += faults(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status").first).to_contain_text("Status er gemt")
    assert StatusReport.objects.latest("pk").account == TEXT
    assert found == []


def test_a_word_is_explained_with_the_keyboard(enter: Callable[[User], Page], live_server: LiveServer, facts: Cluster):
    page = enter(build.user("poul", Role.POLITICIAN, facts))
    page.goto(live_server.url + "/oekonomi/")
    button = page.get_by_role("button", name="Forklaring: Disponeret")
    note = page.get_by_text("Penge, som klyngen har besluttet at sætte af")
    expect(note).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    assert button.get_attribute("aria-expanded") == "true"
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(button).to_be_focused()


@pytest.mark.parametrize("address", ["/", "/indsatser/", "/oekonomi/", "/resultater/", "/ordliste/"])
def test_a_note_fits_a_phone(address: str, enter: Callable[[User], Page], live_server: LiveServer, facts: Cluster):
    page = enter(build.user("poul", Role.POLITICIAN, facts))
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(live_server.url + address)
    for button in page.locator("button.tooltip-target:visible").all():
        button.click()
        edges = page.locator(".tooltip:visible").evaluate(
            "each => [each.getBoundingClientRect().left, each.getBoundingClientRect().right]"
        )
        assert 0 <= edges[0] < edges[1] <= 390
    assert faults(page) == []


def test_without_script_a_question_mark_leads_to_the_word(
    browser: Browser, live_server: LiveServer, facts: Cluster, sign_in: Callable[[User], Client]
):
    plain = browser.new_context(java_script_enabled=False)
    session = sign_in(build.user("poul", Role.POLITICIAN, facts)).cookies[settings.SESSION_COOKIE_NAME].value
    plain.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = plain.new_page()
    page.goto(live_server.url + "/oekonomi/")
    page.get_by_role("link", name="Forklaring: Disponeret").click()
    expect(page).to_have_url(live_server.url + "/ordliste/#disponeret")
    expect(page.locator("#disponeret")).to_be_in_viewport()
    plain.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_of_help_is_accessible_and_fits(
    width: int, enter: Callable[[User], Page], live_server: LiveServer, facts: Cluster
):
    build.user("anders", Role.ADMINISTRATOR, facts)
    page = enter(build.user("poul", Role.POLITICIAN, facts))
    page.set_viewport_size({"width": width, "height": 900})
    found = []
    for address in ("/", "/ordliste/", "/privatliv/", "/was", FORM, "/findes-ikke/", "/konto/"):
        page.goto(live_server.url + address)
        found += faults(page)
    assert found == []


def test_the_hints_are_put_away_with_the_keyboard_and_taken_out_again(
    enter: Callable[[User], Page], live_server: LiveServer, facts: Cluster
):
    page = enter(build.user("poul", Role.POLITICIAN, facts))
    page.goto(live_server.url)
    hints = page.get_by_role("region", name="Godt at vide første gang")
    expect(hints.get_by_role("listitem")).to_have_count(3)
    hints.get_by_role("link", name="Gå tilbage i tiden").press("Enter")
    expect(page.get_by_label("Vis pr.")).to_be_focused()
    hints.get_by_role("button", name="Forstået, vis dem ikke igen").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("lagt væk")
    expect(hints).to_have_count(0)
    page.goto(f"{live_server.url}/konto/")
    page.get_by_role("button", name="Vis tips igen").press("Enter")
    expect(hints).to_be_visible()
