"""Creating and editing an initiative in a real browser: by keyboard alone, narrow, wide and without script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from initiatives.access import Role
from initiatives.models import Cluster, Initiative, User
from tests import build
from tests.browser import Open

CREATE = "/indsatser/midt/ny/"
EDIT = "/indsatser/midt/5/rediger/"
PAGES = [
    CREATE,
    EDIT,
    *(f"{EDIT}{part}/" for part in ("aktoerer", "milepaele", "relationer", "tekst")),
    "/indsatser/midt/5/traek-tilbage/",
    "/indsatser/midt/trukket-tilbage/",
    "/indsatser/midt/5/?fane=historik",
]


@pytest.fixture
def karen(facts: Cluster) -> User:
    return build.user("karen", Role.COORDINATOR, facts)


@pytest.fixture
def opened(browse: Callable[[User], Open], karen: User) -> Open:
    return browse(karen)


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_is_accessible_and_fits(width, opened):
    for path in PAGES:
        page = opened(path, width)
        assert Axe().run(page).response["violations"] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until the field or button with the name has the focus."""
    for _press in range(80):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.count() and focused.evaluate(
            "(it) => ((it.labels && it.labels.length ? it.labels[0] : it).textContent || '').trim()"
        ).startswith(name):
            return
    pytest.fail(f"Tab never reaches {name!r}")


def test_an_initiative_is_created_and_given_a_party_by_keyboard_alone(opened):
    page = opened(CREATE)
    tab_to(page, "Handleplan og tema")
    page.keyboard.type("Mental")
    for label, text in (("Indsatsnummer", "77"), ("Titel", "Fælles faldteam"), ("Kort titel", "Faldteam")):
        tab_to(page, label)
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/indsatser/midt/77/rediger/aktoerer/$"))
    expect(page.get_by_role("status")).to_contain_text("Indsats 77 er oprettet")
    tab_to(page, "Som trykt")
    page.keyboard.type("PLO")
    tab_to(page, "Tilføj linje")
    page.keyboard.press("Enter")
    # The cursor is in the new line.
    expect(page.get_by_role("group", name="Linje 2").get_by_label("Som trykt")).to_be_focused()
    page.keyboard.type("Aalborg Kommune")
    tab_to(page, "Gem ændringer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Ændringerne er gemt")
    made = Initiative.objects.get(cluster__slug="midt", address="77")
    assert [line.label for line in made.actor_lines.all()] == ["PLO", "Aalborg Kommune"]


def test_a_line_is_moved_without_reloading_what_is_typed(opened):
    page = opened(f"{EDIT}aktoerer/")
    page.get_by_label("Hvorfor ændres det?").fill("Ny rækkefølge")
    first = page.get_by_label("Som trykt").first.input_value()
    page.get_by_role("button", name="Flyt ned linje 1").click()
    expect(page.get_by_label("Som trykt").nth(1)).to_have_value(first)
    expect(page.get_by_role("button", name="Flyt op linje 2")).to_be_focused()
    expect(page.get_by_label("Hvorfor ændres det?")).to_have_value("Ny rækkefølge")
    page.get_by_role("button", name="Gem ændringer").last.click()
    page.goto(page.url.replace("rediger/aktoerer/", "?fane=historik"))
    expect(page.get_by_text("Aktørernes rækkefølge er ændret.")).to_be_visible()
    expect(page.get_by_text("Begrundelse: Ny rækkefølge")).to_be_visible()


def test_enter_in_a_line_saves_and_moves_nothing(opened):
    page = opened(f"{EDIT}milepaele/")
    page.get_by_label("Hvorfor ændres det?").fill("Rettet")
    page.get_by_label("Hvad sker der").first.fill("Rettet med Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Ændringerne er gemt")
    assert Initiative.objects.get(cluster__slug="midt", address="5").milestones.filter(text="Rettet med Enter").exists()


def test_the_history_is_fetched_when_its_tab_is_opened(opened):
    page = opened("/indsatser/midt/5/")
    expect(page.get_by_text("Indlæst fra 30-initiatives.json")).to_have_count(0)
    page.get_by_role("tab", name="Historik").click()
    expect(page.get_by_text("Indlæst fra 30-initiatives.json")).to_be_visible()


def test_errors_take_the_focus_and_lead_to_their_fields(opened):
    page = opened(CREATE)
    page.get_by_role("button", name="Opret indsats").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name=re.compile("^Titel")).click()
    expect(page.get_by_label("Titel", exact=True)).to_be_focused()
    assert Axe().run(page).response["violations"] == []


def test_without_script_lines_are_added_moved_and_saved(
    browser: Browser, live_server: LiveServer, cookie_of: Callable[[User], Any], karen: User
):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([cookie_of(karen)])
    page = context.new_page()
    page.goto(f"{live_server.url}{EDIT}aktoerer/")
    page.get_by_role("button", name="Tilføj linje").click()
    page.get_by_label("Som trykt").last.fill("Foreningen")
    page.get_by_role("button", name="Flyt op").last.click()
    page.get_by_label("Hvorfor ændres det?").fill("Ny aktør")
    page.get_by_role("button", name="Gem ændringer").last.click()
    labels = [line.label for line in Initiative.objects.get(cluster__slug="midt", address="5").actor_lines.all()]
    assert labels[-2] == "Foreningen"
    context.close()
