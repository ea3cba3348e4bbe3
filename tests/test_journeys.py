"""The three journeys of the portal in a real browser: report a status, read the overview, print the evaluation."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from initiatives.access import Role
from initiatives.models import Cluster, StatusReport

from . import build

NEW_TEXT = "Hold i begge kommuner, ny læge i Jammerbugt"


@pytest.fixture
def log_in(page: Page, live_server: LiveServer, facts: Cluster) -> Callable[[Role], Page]:
    """A page logged in through the login form as a user of the role."""

    def logged_in(role: Role) -> Page:
        username = f"{role}-journey"
        if not facts.memberships.filter(user__username=username).exists():
            build.user(username, role, facts)
        page.context.clear_cookies()
        page.goto(f"{live_server.url}/konto/login/")
        page.get_by_label("Brugernavn").fill(username)
        page.get_by_label("Adgangskode", exact=True).fill(build.PASSWORD)
        page.get_by_role("button", name="Log ind").click()
        page.get_by_role("navigation", name="Hovedmenu", exact=True).get_by_role("link", name="Indsatser").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Indsatser")
        return page

    return logged_in


def report_new_status(page: Page) -> None:
    page.get_by_role("link", name="Henvisning og vedligeholdelse").click()
    page.get_by_role("link", name="Opdatér status").click()
    page.get_by_label("Status, som den trykkes").fill(NEW_TEXT)
    page.get_by_role("radiogroup", name="Samlet").get_by_label("Gul").check()
    page.get_by_label(re.compile("Hvad gøres der ved det")).fill("Sygehuset finder en afløser.")
    page.get_by_role("button", name="Gem status").click()


def test_a_status_goes_from_the_coordinator_to_the_politician_and_into_the_evaluation(
    log_in: Callable[[Role], Page], live_server: LiveServer, tmp_path: Path
):
    report_new_status(log_in(Role.COORDINATOR))
    page = log_in(Role.COORDINATOR)
    assert StatusReport.objects.filter(printed_text=NEW_TEXT, overall="amber").count() == 1

    page = log_in(Role.POLITICIAN)
    row = page.get_by_role("row").filter(has_text="Henvisning og vedligeholdelse")
    expect(row).to_contain_text(NEW_TEXT)
    expect(row).to_contain_text("Gul")

    page = log_in(Role.SECRETARIAT)
    page.get_by_role("navigation", name="Hovedmenu", exact=True).get_by_role("link", name="Rapporter").click()
    page.get_by_role("link", name="Lav evaluering").click()
    page.get_by_role("button", name="Lav evaluering").click()
    call_command("db_worker", batch=True, interval=0, verbosity=0)
    with page.expect_download() as download:
        page.get_by_role("link", name="Hent").click()
    path = tmp_path / "evaluering.pdf"
    download.value.save_as(path)
    text = re.sub(r"\s+", " ", "".join(sheet.extract_text() for sheet in PdfReader(path).pages))
    assert NEW_TEXT in text
