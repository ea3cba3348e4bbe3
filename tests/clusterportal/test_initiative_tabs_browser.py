"""The tabs of the initiative in a real browser: by mouse, keyboard and without script, narrow, wide and on paper."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from clusterportal.facts.loader import load
from clusterportal.portfolio.tabs import TABS
from initiatives.access import Role
from initiatives.models import Cluster, User
from tests import build
from tests.browser import Open
from tests.cast import FACTS

URL = "/indsatser/midt/5/"


@pytest.fixture
def karen(facts: Cluster) -> User:
    """A coordinator of Midt, with the demonstration loaded."""
    load([FACTS.parent / "demo"])
    return build.user("karen", Role.COORDINATOR, facts)


@pytest.fixture
def opened(browse: Callable[[User], Open], karen: User) -> Callable[..., Page]:
    """Initiative 5 as a coordinator sees it."""
    at = browse(karen)
    return lambda query="", width=1280: at(f"{URL}{query}", width)


def open_tab(page: Page) -> str:
    """The key of the one panel that can be seen."""
    seen = page.locator("[role=tabpanel]:visible")
    expect(seen).to_have_count(1)
    return seen.get_attribute("id") or ""


def test_a_click_opens_the_tab_and_a_reload_keeps_it(opened):
    page = opened("?pr=2025-03-31")
    page.get_by_role("tab", name="Status").click()
    expect(page).to_have_url(re.compile(r"\?fane=status&pr=2025-03-31$"))
    page.reload()
    assert open_tab(page) == "status"


def test_arrows_home_end_and_space_work(opened):
    page = opened()
    page.get_by_role("tab", name="Overblik").focus()
    steps = [
        ("ArrowRight", "status"),
        ("End", "historik"),
        ("ArrowRight", "overblik"),
        ("ArrowLeft", "historik"),
    ]
    for key, expected in [*steps, ("Home", "overblik"), (" ", "overblik")]:
        page.keyboard.press(key)
        assert open_tab(page) == expected
        expect(page.locator("[role=tab]:focus")).to_have_attribute("aria-controls", expected)


def test_the_date_bar_reloads_the_tab_that_is_open(opened):
    page = opened()
    page.get_by_role("tab", name="Beslutninger").click()
    page.get_by_label("Vis pr.").fill("31.12.2024")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page).to_have_url(re.compile("fane=beslutninger"))
    assert open_tab(page) == "beslutninger"


def test_without_script_a_tab_is_a_link(
    browser: Browser, live_server: LiveServer, cookie_of: Callable[[User], Any], karen: User
):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([cookie_of(karen)])
    page = context.new_page()
    page.goto(f"{live_server.url}{URL}")
    page.get_by_role("tab", name="Status").click()
    assert open_tab(page) == "status"
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_every_tab_is_accessible_and_fits(width, opened):
    for key in TABS:
        page = opened(f"?fane={key}", width)
        assert Axe().run(page).response["violations"] == [], key
        assert page.evaluate("document.documentElement.scrollWidth") <= width, key


def test_paper_has_every_panel(opened):
    text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(opened("?fane=status").pdf())).pages)
    for words in (
        "Formål",
        "Sådan er det gået",
        "Bilagene bag tallene",
        "Før og efter",
        "Hvad klyngens fora har besluttet",
    ):
        assert words in text
