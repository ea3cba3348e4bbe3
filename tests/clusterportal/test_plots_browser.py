"""The charts of the economy and results pages in a real browser: narrow and wide, for keyboards, without scripts."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from initiatives.access import Role
from initiatives.models import Cluster, User
from tests import build

Open = Callable[..., Page]
ADDRESSES = ("/oekonomi/", "/resultater/")


@pytest.fixture
def opened(page: Page, live_server: LiveServer, facts: Cluster, sign_in: Callable[[User], Client]) -> Iterator[Open]:
    """Opens an address as a politician of Midt; a complaint of the browser or a request elsewhere fails the test."""
    found: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} or "CSP" in message.text:
            found.append(message.text)

    page.on("console", heard)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("request", lambda request: None if "localhost" in request.url else found.append(request.url[:80]))
    session = sign_in(build.user("poul", Role.POLITICIAN, facts)).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])

    def at(address: str, width: int = 1280) -> Page:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(live_server.url + address)
        return page

    yield at
    assert [text for text in found if not text.startswith(("data:", "blob:"))] == []


def draw_all(page: Page) -> None:
    for place in page.locator("[data-chart]").all():
        place.scroll_into_view_if_needed()
        expect(place.locator(".bars .point").first).to_be_attached()


@pytest.mark.parametrize("address", ADDRESSES)
def test_drawn_charts_obey_axe_and_never_scroll_sideways(opened: Open, address: str):
    for width in (1280, 390):
        page = opened(address, width)
        draw_all(page)
        assert page.locator(".modebar-btn").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()


def test_nothing_moves_when_a_chart_is_drawn(opened: Open):
    page = opened("/resultater/")
    below = page.locator("#indsats-1-heading")
    before = below.evaluate("each => each.getBoundingClientRect().top + scrollY")
    draw_all(page)
    assert below.evaluate("each => each.getBoundingClientRect().top + scrollY") == before


def test_words_at_the_bars_ends_stay_inside_the_chart_on_a_phone(opened: Open):
    page = opened("/resultater/", 390)
    draw_all(page)
    outside = page.evaluate(
        """() => [...document.querySelectorAll(".bartext")].filter((text) => {
            const own = text.getBoundingClientRect(), chart = text.closest("[data-chart]").getBoundingClientRect();
            return own.right > chart.right + 1 || own.left < chart.left - 1;
        }).map((text) => text.textContent)"""
    )
    assert outside == []


def test_a_place_is_chosen_in_the_page_and_its_figures_fetched(opened: Open, tmp_path: Path):
    page = opened("/resultater/?indsats=5&sted=Jammerbugt+Kommune&pr=2025-04-10")
    draw_all(page)
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("CSV")).click()
    assert download.value.suggested_filename == "effekt-indsats-5-2025-04-10.csv"
    download.value.save_as(tmp_path / "tal.csv")
    rows = (tmp_path / "tal.csv").read_text("utf-8-sig").splitlines()
    assert len(rows) == 9
    assert all("Jammerbugt Kommune" in row for row in rows[1:])


@pytest.mark.parametrize(("kind", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_a_chart_is_saved_as_a_picture_from_the_keyboard(opened: Open, tmp_path: Path, kind: str, begins: bytes):
    page = opened("/oekonomi/?pr=2025-04-10")
    draw_all(page)
    page.locator(f"[data-picture={kind}]").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename == f"penge-2025-04-10.{kind}"
    download.value.save_as(tmp_path / "figur")
    assert (tmp_path / "figur").read_bytes().startswith(begins)


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_scripts_the_figures_stand_in_their_tables_and_leave_no_hole(
    opened: Open, browser: Browser, live_server: LiveServer, address: str
):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(opened(address).context.cookies())  # type: ignore[arg-type]
    plain = context.new_page()
    plain.goto(live_server.url + address)
    expect(plain.locator("[data-picture]").first).to_be_hidden()
    box = plain.locator(".plot__figure").first.bounding_box()
    assert box is None or box["height"] < 1
    plain.locator(".plot summary").first.click()
    expect(plain.locator(".plot tbody tr").first).to_be_visible()
    context.close()
