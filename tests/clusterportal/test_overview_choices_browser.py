"""Columns, saved views and following in a real browser: with and without script, on a phone and by keyboard."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from clusterportal.portfolio.columns import COLUMNS
from clusterportal.portfolio.models import Follow, SavedView
from initiatives.access import Role
from initiatives.models import Cluster, User
from tests import build
from tests.browser import Open

ALL = "&".join(f"kolonne={column.key}" for column in COLUMNS)


@pytest.fixture
def kai(facts: Cluster) -> User:
    """A coordinator with an own view, shared with the cluster."""
    user = build.user("kai", Role.COORDINATOR, facts)
    SavedView.objects.create(
        owner=user, cluster=facts, name="I drift", shared_with="cluster", query={"fase": ["in_operation"]}
    )
    return user


@pytest.fixture
def opened(browse: Callable[[User], Open], kai: User) -> Open:
    return browse(kai)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_obey_axe_and_never_scroll_sideways(opened: Open, width: int):
    view = SavedView.objects.get().pk
    for address in (f"/indsatser/?{ALL}", f"/indsatser/?visning={view}", "/indsatser/visninger/"):
        page = opened(address)
        page.set_viewport_size({"width": width, "height": 900})
        for panel in page.locator("details.drop > summary").all():
            panel.click()
            found = Axe().run(page)
            assert found.violations_count == 0, found.generate_report()
        assert Axe().run(page).violations_count == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_a_phone_the_list_is_not_buried(opened: Open):
    page = opened("/indsatser/")
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.locator("#id_q")).to_be_hidden()
    page.get_by_text("Søg og filtrér").click()
    expect(page.locator("#id_q")).to_be_visible()


def test_on_a_desk_the_list_begins_above_the_fold(opened: Open):
    page = opened("/indsatser/")
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.locator("#id_q")).to_be_visible()
    assert page.locator("#shown tbody tr").first.evaluate("row => row.getBoundingClientRect().top") < 900


def test_a_column_appears_when_its_box_is_ticked(opened: Open):
    page = opened("/indsatser/")
    page.locator("#columns summary").click()
    page.get_by_label("Målgruppe").check()
    expect(page.locator("#shown thead").first).to_contain_text("Målgruppe")
    expect(page.locator("#columns")).to_have_attribute("open", "")
    expect(page).to_have_url(re.compile("kolonne=maalgruppe"))
    page.locator("#id_fase").select_option("closed")
    expect(page.locator("#count")).to_contain_text("Viser 4 af 17")
    expect(page.locator("#shown thead").first).to_contain_text("Målgruppe")


def test_on_a_phone_the_chosen_ones_stand_on_the_cards(opened: Open):
    page = opened("/indsatser/?kolonne=tilbage&q=HIIT")
    page.set_viewport_size({"width": 390, "height": 844})
    cell = page.locator("#shown tbody td[data-title='Tilbage, kr.']")
    expect(cell).to_be_visible()
    assert "Tilbage, kr." in cell.evaluate("each => getComputedStyle(each, '::before').content")


def test_a_panel_opens_and_closes_by_keyboard(opened: Open):
    page = opened("/indsatser/")
    page.locator("#views summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#views .drop__panel")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator("#views .drop__panel")).to_be_hidden()
    expect(page.locator("#views summary")).to_be_focused()


def test_what_is_shown_is_saved_and_becomes_the_default(opened: Open):
    page = opened("/indsatser/")
    page.locator("#id_fase").select_option("closed")
    expect(page.locator("#count")).to_contain_text("Viser 4 af 17")
    page.locator("#views summary").click()
    page.get_by_label("Visningens navn").fill("De afsluttede")
    page.get_by_role("button", name="Gem visning").click()
    expect(page.locator("#count")).to_contain_text("Viser »De afsluttede«. Vis alle indsatser")
    page.locator("#views summary").click()
    page.get_by_role("link", name="Omdøb, del eller slet").click()
    page.get_by_role("button", name=re.compile("Gør til standard.*De afsluttede")).click()
    page.get_by_role("link", name="Indsatser").first.click()
    expect(page.locator("#count")).to_contain_text("Viser din standardvisning »De afsluttede«.")
    page.get_by_role("link", name="Vis alle indsatser").click()
    expect(page.locator("#count")).to_contain_text("Viser alle 17")


def test_dropping_the_last_filter_stays_away_from_the_default(opened: Open):
    page = opened(f"/indsatser/?visning={SavedView.objects.get().pk}")
    page.locator("#id_fase").select_option("")
    expect(page.locator("#count")).to_contain_text("Viser alle 17")
    expect(page.locator("#count")).not_to_contain_text("Viser »I drift«")


def test_following_keeps_place_and_focus(opened: Open, kai: User):
    page = opened("/indsatser/?q=HIIT")
    button = page.get_by_role("button", name="Følg indsats 12")
    button.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    assert Follow.objects.get().user == kai
    page = opened("/indsatser/")
    page.get_by_role("link", name="Mine indsatser (1)").click()
    expect(page.locator("#shown tbody tr")).to_have_count(1)


def test_without_script_everything_works(
    browser: Browser, live_server: LiveServer, cookie_of: Callable[[User], Any], kai: User
):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([cookie_of(kai)])
    page = context.new_page()
    page.goto(f"{live_server.url}/indsatser/?q=HIIT")
    page.get_by_role("button", name="Følg indsats 12").click()
    expect(page.get_by_role("button", name="Følg indsats 12")).to_have_attribute("aria-pressed", "true")
    page.locator("#columns summary").click()
    page.get_by_label("Målgruppe").check()
    page.locator("#columns").get_by_role("button", name="Vis").click()
    expect(page.locator("#shown thead").first).to_contain_text("Målgruppe")
    expect(page.locator("#shown tbody tr")).to_have_count(1)
    context.close()
