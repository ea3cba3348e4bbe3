"""The results page in a real browser: on a phone and on a desk, without script errors, by the rules of axe."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from initiatives.access import Role
from initiatives.models import Cluster, User
from tests import build
from tests.browser import Open, faults

ADDRESSES = ("/resultater/", "/resultater/?indsats=1A&sted=Aalborg+Kommune", "/resultater/?pr=2020-01-01")


@pytest.fixture
def opened(browse: Callable[[User], Open], facts: Cluster) -> Open:
    return browse(build.user("poul", Role.POLITICIAN, facts))


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_obeys_axe_and_never_scrolls_sideways(opened: Open, width: int):
    for address in ADDRESSES:
        assert faults(opened(address, width)) == []


def test_a_reader_chooses_an_initiative_and_a_place(opened: Open):
    page = opened("/resultater/?pr=2025-04-10")
    page.locator("#indsats").select_option("5")
    page.locator("#sted").select_option("Jammerbugt Kommune")
    page.locator("form.filters button").click()
    expect(page.locator("#indsats-5")).to_be_visible()
    expect(page.locator("#indsats-6")).to_have_count(0)
    assert "pr=2025-04-10" in page.url


def test_the_list_leads_down_to_an_initiative(opened: Open):
    page = opened("/resultater/")
    page.get_by_role("link", name="6. Lænderyg", exact=True).click()
    expect(page.locator("#indsats-6 h2")).to_be_in_viewport()
