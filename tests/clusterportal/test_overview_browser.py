"""The status overview in a real browser: narrowed while one types, without losing the place."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from initiatives.access import Role
from initiatives.models import Cluster, User
from tests import build
from tests.browser import Open, faults

ADDRESSES = ("/indsatser/", "/indsatser/?fase=in_operation&pr=2025-04-10", "/indsatser/?q=diabetes&farve=red&fase=xyz")


@pytest.fixture
def opened(browse: Callable[[User], Open], facts: Cluster) -> Open:
    return browse(build.user("kai", Role.COORDINATOR, facts))


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_obeys_axe_and_never_scrolls_sideways(opened: Open, width: int):
    for address in ADDRESSES:
        assert faults(opened(address, width)) == []


def test_typing_narrows_the_list_and_keeps_the_focus(opened: Open):
    page = opened("/indsatser/?pr=2025-04-10")
    page.locator("#id_q").press_sequentially("HIIT")
    expect(page.locator("#count")).to_contain_text("Viser 1 af 17 indsatser")
    expect(page.locator("#shown tbody tr")).to_have_count(1)
    expect(page.locator("#id_q")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/indsatser/\?pr=2025-04-10&q=HIIT$"))


def test_going_to_another_day_keeps_what_was_chosen(opened: Open):
    page = opened("/indsatser/")
    page.locator("#id_fase").select_option("closed")
    expect(page.locator("#count")).to_contain_text("Viser 4 af 17")
    page.locator("#pr").fill("10.04.2025")
    page.locator("#asof button[type=submit]").click()
    expect(page.locator("#id_fase")).to_have_value("closed")


def test_back_undoes_a_choice(opened: Open):
    page = opened("/indsatser/?pr=2025-04-10")
    page.locator("#id_fase").select_option("closed")
    expect(page.locator("#count")).to_contain_text("Viser 4 af 17")
    page.go_back()
    expect(page.locator("#count")).to_contain_text("Viser alle 17")
    expect(page.locator("#id_fase")).to_have_value("")


def test_the_export_follows_the_choice_and_its_menu_still_opens(opened: Open):
    page = opened("/indsatser/?pr=2025-04-10")
    page.locator("#id_fase").select_option("closed")
    expect(page.locator("#count")).to_contain_text("Viser 4 af 17")
    page.get_by_role("button", name="Eksportér").click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="CSV").click()
    assert len(downloading.value.path().read_text("utf-8-sig").splitlines()) == 1 + 4
