"""Plans and register in a real browser, on a desk and on a phone; the way from an empty cluster by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from initiatives.access import Role
from initiatives.models import Actor, Cluster, User

from .. import build
from ..browser import Open, faults


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_is_accessible_and_fits(width: int, browse: Callable[[User], Open], facts: Cluster):
    karen, found = browse(build.user("karen", Role.COORDINATOR, facts)), []
    plan = facts.plans.get()
    actor = Actor.objects.get(name="Aalborg Kommune")
    of_plan = [f"/handleplaner/{plan.pk}/{end}" for end in ("", "ret/", "ny/", "temaer/nyt/")]
    theme = f"/handleplaner/{plan.pk}/temaer/{plan.themes.all()[0].pk}/"
    register = ["/stamdata/aktoerer/", f"/stamdata/aktoerer/{actor.pk}/", "/stamdata/fora/nyt/", "/stamdata/personer/"]
    kept = Actor.objects.get(name="Jammerbugt Kommune")
    register += [f"/stamdata/aktoerer/{actor.pk}/saml/", f"/stamdata/aktoerer/{actor.pk}/saml/?into={kept.pk}"]
    for address in ["/handleplaner/", "/handleplaner/ny/", *of_plan, theme, *register]:
        found += faults(karen(address, width))
    page = karen("/handleplaner/ny/", width)
    page.get_by_role("button", name="Opret handleplan").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv titlen.")
    assert found + faults(page) == []


def test_an_empty_cluster_gets_its_plan_and_themes_by_keyboard(transactional_db: None, browse: Callable[[User], Open]):
    empty = build.cluster("tom", "Sundhedsklynge Tom")
    page = browse(build.user("karen", Role.COORDINATOR, empty))("/")
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


def test_a_plan_is_carried_on_with_what_runs(browse: Callable[[User], Open], live_server: LiveServer, facts: Cluster):
    page = browse(build.user("karen", Role.COORDINATOR, facts))(f"/handleplaner/{facts.plans.get().pk}/")
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
