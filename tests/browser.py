"""The browser of the tests: logged in as somebody, and listened to."""

from collections.abc import Callable, Iterator
from typing import Any, Protocol

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from initiatives.models import User

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def faults(page: Page) -> list[str]:
    """What axe finds on the page, and whether it is wider than the window."""
    found = [f"{each['id']}: {node['html']}" for each in Axe().run(page, options=RULES).response["violations"]
             for node in each["nodes"]]  # fmt: skip
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return found + ([f"{page.url} scrolls sideways"] if wide else [])


class Open(Protocol):
    """Opens an address of the portal in a window so many pixels wide."""

    def __call__(self, address: str, width: int = 1280) -> Page: ...


@pytest.fixture
def cookie_of(live_server: LiveServer, sign_in: Callable[[User], Client]) -> Callable[[User], Any]:
    """The session of a user, as a cookie that Playwright takes."""

    def cookie(user: User) -> dict[str, str]:
        session = sign_in(user).cookies["sessionid"].value
        return {"name": "sessionid", "value": session, "url": live_server.url}

    return cookie


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser complains of, script or content policy; a test that leaves any fails."""
    heard: list[str] = []
    page.on("console", lambda line: heard.append(line.text) if line.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert heard == []


@pytest.fixture
def browse(
    page: Page, live_server: LiveServer, cookie_of: Callable[[User], Any], complaints: list[str]
) -> Callable[[User], Open]:
    """Logs the browser in as a user."""

    def as_user(user: User) -> Open:
        page.context.add_cookies([cookie_of(user)])

        def opened(address: str, width: int = 1280) -> Page:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{live_server.url}{address}")
            return page

        return opened

    return as_user
