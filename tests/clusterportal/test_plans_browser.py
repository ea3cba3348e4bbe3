"""Plans and register in a real browser, on a desk and on a phone; the way from an empty cluster by keyboard."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from initiatives.access import Role
from initiatives.models import Actor, Cluster, User

from .. import build

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


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
def test_every_page_is_accessible_and_fits(
    width: int, enter: Callable[[User], Page], live_server: LiveServer, facts: Cluster
):
    page = enter(build.user("karen", Role.COORDINATOR, facts))
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None)
    page.set_viewport_size({"width": width, "height": 900})
    plan = facts.plans.get()
    actor = Actor.objects.get(name="Aalborg Kommune")
    of_plan = [f"/handleplaner/{plan.pk}/{end}" for end in ("", "ret/", "ny/", "temaer/nyt/")]
    theme = f"/handleplaner/{plan.pk}/temaer/{plan.themes.all()[0].pk}/"
    register = ["/stamdata/aktoerer/", f"/stamdata/aktoerer/{actor.pk}/", "/stamdata/fora/nyt/", "/stamdata/personer/"]
    for address in ["/handleplaner/", "/handleplaner/ny/", *of_plan, theme, *register]:
        page.goto(live_server.url + address)
        complaints += faults(page)
    page.goto(f"{live_server.url}/handleplaner/ny/")
    page.get_by_role("button", name="Opret handleplan").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv titlen.")
    assert complaints + faults(page) == []


def test_an_empty_cluster_gets_its_plan_and_themes_by_keyboard(enter: Callable[[User], Page], live_server: LiveServer):
    empty = build.cluster("tom", "Sundhedsklynge Tom")
    page = enter(build.user("karen", Role.COORDINATOR, empty))
    page.goto(live_server.url)
    page.get_by_role("link", name="Opret den første handleplan").press("Enter")
    page.get_by_label("Titel").press_sequentially("Handleplan 2026–2029")
    page.keyboard.press("Tab")
    page.keyboard.type("1/1/2026")
    page.keyboard.press("Tab")
    page.keyboard.type("31-12-2029")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Opret det første tema").press("Enter")
    page.get_by_label("Navn", exact=True).press_sequentially("Lighed i sundhed")
    page.keyboard.press("Tab")
    page.keyboard.type("Lighed")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Lighed i sundhed")).to_be_visible()
    assert [theme.name for theme in empty.plans.get().themes.all()] == ["Lighed i sundhed"]


def test_a_plan_is_carried_on_with_what_runs(enter: Callable[[User], Page], live_server: LiveServer, facts: Cluster):
    page = enter(build.user("karen", Role.COORDINATOR, facts))
    page.goto(f"{live_server.url}/handleplaner/{facts.plans.get().pk}/")
    page.get_by_role("link", name="Ny handleplan ud fra denne").click()
    closed = page.get_by_label("7. Samarbejdsprojekt med Social Sundhed")
    expect(closed).not_to_be_checked()
    closed.check()
    page.get_by_label("Nummer på", exact=False).first.fill("21")
    page.get_by_role("button", name="Opret handleplan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Handleplan 2026–2029")
    page.get_by_role("link", name="Samarbejdsprojekt med Social Sundhed").click()
    expect(page).to_have_url(f"{live_server.url}/indsatser/midt/7-2026/")
    page.get_by_role("link", name="(Handleplan 2022–2025)").click()
    expect(page).to_have_url(f"{live_server.url}/indsatser/midt/7/")
