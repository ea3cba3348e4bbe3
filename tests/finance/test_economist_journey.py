"""An economist in a real browser: spend is posted, the annex and the dashboard show it, and a closed year is closed."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from initiatives.access import Role
from initiatives.models import Cluster, User
from tests import build
from tests.browser import Open


@pytest.fixture
def economist(facts: Cluster) -> User:
    return build.user("erna", Role.ECONOMIST, facts)


def register_spend(page: Page, day: str, text: str) -> None:
    page.get_by_role("link", name="Registrér forbrug").click()
    page.get_by_label("Indsats", exact=True).select_option(
        label="14 Geriatri på kommunale pladser (tidligere SUGA 2.0)"
    )
    page.get_by_label("Beløb, kr.").fill("15.000")
    page.get_by_label("Dato").fill(day)
    page.get_by_label("Budgetår").fill("2025")
    page.get_by_label("Tekst", exact=True).fill(text)
    page.get_by_role("button", name="Bogfør").click()


def close_2025(page: Page) -> None:
    page.get_by_role("link", name="Årsafslutning").click()
    page.get_by_role("link", name="2025").click()
    page.get_by_label("Regnskabet er aflagt").fill("31.12.2025")
    page.get_by_text("Jeg har set, hvad tjeklisten fandt").click()
    page.get_by_role("button", name="Luk 2025").click()


def test_spend_is_posted_and_shown_and_a_closed_year_refuses_a_late_entry(
    economist: User, browse: Callable[[User], Open]
):
    opened = browse(economist)
    register_spend(opened("/oekonomi/bilag/"), "01.06.2025", "Undervisere i foråret")
    page = opened("/oekonomi/bilag/")
    expect(page.get_by_role("row").filter(has_text="Undervisere i foråret")).to_contain_text("15.000,00")
    close_2025(page)
    expect(page.locator("main")).to_contain_text("2025 er lukket")

    annex = opened("/oekonomi/")
    expect(annex.get_by_role("row").filter(has_text="14. ").first).to_contain_text("15.000")
    expect(opened("/").locator("main")).to_contain_text("15.000")

    register_spend(opened("/oekonomi/bilag/"), "02.06.2025", "En sen regning")
    expect(page.get_by_role("alert")).to_contain_text("Året 2025 er lukket")
    expect(page.get_by_label("Tekst", exact=True)).to_have_value("En sen regning")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(
    "address",
    [
        "/oekonomi/bilag/?aar=2025",
        "/oekonomi/bilag/midt/bilag1-06-forbrug/",
        "/oekonomi/bilag/midt/ny/overfoersel/",
        "/oekonomi/aarsafslutning/midt/2025/",
    ],
)
def test_the_pages_are_accessible_and_never_wider_than_the_window(
    economist: User, browse: Callable[[User], Open], address: str, width: int
):
    page = browse(economist)(address, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]})
    assert found.response["violations"] == []
