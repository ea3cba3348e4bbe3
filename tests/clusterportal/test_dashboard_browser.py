"""The dashboard in a real browser: narrow and wide, on paper, for keyboards, and under the content policy."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from clusterportal.facts.loader import load
from initiatives.access import Role
from initiatives.models import Cluster, User
from tests import build
from tests.cast import FACTS

from . import build_dashboard

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser complains of, among it every breach of the content policy; a test that leaves any fails."""
    found: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} or "CSP" in message.text:
            found.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("request", lambda request: None if "localhost" in request.url else found.append(request.url[:80]))
    yield found
    assert [text for text in found if not text.startswith(("data:", "blob:"))] == []


@pytest.fixture
def opened(
    page: Page, live_server: LiveServer, cookie_of: Callable[[User], Any], complaints: list[str]
) -> Callable[..., Page]:
    """The page as a politician of a cluster sees it, logged in at the first call."""

    def open_it(of: Cluster, query: str = "", size: dict[str, int] = WIDE) -> Page:
        if not User.objects.filter(username="poul").exists():
            page.context.add_cookies([cookie_of(build.user("poul", Role.POLITICIAN, of))])
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        page.goto(f"{live_server.url}/{query}")
        return page

    return open_it


@pytest.fixture
def of_midt(facts: Cluster, opened: Callable[..., Page]) -> Callable[..., Page]:
    """Midt with the demonstration."""
    load([FACTS.parent / "demo"])
    return lambda *args, **kwargs: opened(facts, *args, **kwargs)


@pytest.fixture
def small(transactional_db: None, opened: Callable[..., Page]) -> Callable[..., Page]:
    """A plan of two initiatives, for what any plan shows."""
    cluster = build_dashboard.plan_of_two()
    return lambda *args, **kwargs: opened(cluster, *args, **kwargs)


def draw_all(page: Page) -> None:
    """Scroll to each chart and wait until it is drawn."""
    for place in page.locator("[data-chart]").all():
        place.scroll_into_view_if_needed()
        expect(place.locator(".bars .point").first).to_be_attached()


@pytest.mark.parametrize("query", ["", "?pr=2024-12-31"], ids=["today", "past"])
def test_nothing_is_wider_than_the_window_and_axe_finds_nothing(of_midt, query):
    for size in (WIDE, PHONE):
        page = of_midt(query, size)
        draw_all(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()


def test_every_series_of_every_chart_is_drawn(of_midt):
    page = of_midt()
    draw_all(page)
    names = page.locator(".legendtext").all_text_contents()
    assert {"I drift", "Igangværende", "Grøn", "Gul", "Rød", "Mental sundhed og psykiatriske lidelser"} <= set(names)
    assert page.locator(".modebar-btn").count() == 0


def sheets(page: Page) -> list[str]:
    """The text of each printed page."""
    page.emulate_media(media="print")
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True)))
    return [" ".join(sheet.extract_text().split()) for sheet in printed.pages]


def test_the_first_look_prints_on_one_sheet(of_midt):
    first, second = sheets(of_midt())
    for heading in (
        "Handleplanen lige nu",
        "Hvor er indsatserne?",
        "Det kræver opmærksomhed",
        "Hvor langt er pengene?",
    ):
        assert heading in first
    assert first.count("Det gør vi ved det:") == 5
    assert first.endswith("7.020.088 5.255.088 1.765.000")  # the sums close the table, and the sheet
    assert second.startswith("Resultater værd at kende")


def test_a_message_on_screen_does_not_push_the_first_look_onto_a_second_sheet(of_midt):
    page = of_midt("?pr=2999-01-01")
    expect(page.get_by_text("Siden viser i dag.")).to_be_visible()
    first, second = sheets(page)
    assert first.endswith("7.020.088 5.255.088 1.765.000")
    assert second.startswith("Resultater værd at kende")


def test_the_print_says_whose_and_which_day_it_is_and_leaves_the_charts_out(small):
    text = " ".join(sheets(small("?pr=2025-02-28")))
    assert "Sundhedsklynge Prøve, 28. februar 2025" in text
    assert "Udvikling" not in text


def test_plotly_is_fetched_when_the_reader_comes_near_a_chart_and_not_before(small):
    page = small()
    page.evaluate("window.scrollTo(0, 0)")
    bundle = page.locator("script[src*='plotly-basic']:not([data-plotly])")
    assert bundle.count() == 0
    draw_all(page)
    assert bundle.count() == 1


@pytest.mark.parametrize(("kind", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_a_chart_is_saved_as_a_picture_from_the_keyboard(small, tmp_path: Path, kind: str, begins: bytes):
    page = small("?pr=2025-02-28")
    draw_all(page)
    page.locator(f"[data-picture={kind}]").first.focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == f"faser-2025-02-28.{kind}"
    download.value.save_as(tmp_path / "figur")
    assert (tmp_path / "figur").read_bytes().startswith(begins)


def test_figures_are_fetched_as_csv_and_opened_as_a_table_with_the_keyboard(small):
    page = small("?pr=2025-02-28")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("CSV.*Faser over tid")).click()
    assert download.value.suggested_filename == "faser-2025-02-28.csv"
    page.locator("details summary").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("row", name="28.02.2025").first).to_be_visible()


def test_without_scripts_the_figures_stand_in_their_tables(small, browser: Browser, live_server: LiveServer):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(small().context.cookies())
    plain = context.new_page()
    plain.goto(f"{live_server.url}/?pr=2025-02-28")
    plain.locator("details summary").first.click()
    expect(plain.get_by_role("row", name="28.02.2025").first).to_be_visible()
    expect(plain.locator("[data-picture]").first).to_be_hidden()
    context.close()


def test_a_tile_leads_to_its_initiative_on_the_same_day(small):
    page = small("?pr=2025-02-28")
    page.get_by_role("link", name=re.compile("^Indsats 5")).first.click()
    expect(page).to_have_url(re.compile(r"/indsatser/proeve/5/\?pr=2025-02-28$"))


def test_on_a_phone_the_board_lists_the_phases_of_each_theme(small):
    page = small(size=PHONE)
    expect(page.locator(".board thead")).to_be_hidden()
    row = page.get_by_role("row", name=re.compile("Træning")).first
    expect(row.locator("td:not(:empty)")).to_have_count(1)
    expect(row).to_contain_text("5")
