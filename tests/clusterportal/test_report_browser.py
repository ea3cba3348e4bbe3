"""Making reports in a real browser: progress that comes by itself, download, cancelling; and every page by axe."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from clusterportal.reports.models import Report, Stage, State
from initiatives.access import Role
from initiatives.models import Cluster
from tests import build

WIDTHS = [390, 1280]
# Collects what is shown of the page number, which htmx exchanges while the worker works.
WATCH = """() => {
  window.shown = [];
  new MutationObserver(() => {
    const words = document.querySelector("#pages").innerText.trim();
    if (words) window.shown.push(words);
  }).observe(document.querySelector("main"), { childList: true, subtree: true });
}"""


@pytest.fixture
def sofie(page: Page, live_server: LiveServer, facts: Cluster, sign_in: Callable) -> Page:
    """The secretariat's browser."""
    client = sign_in(build.user("sofie", Role.SECRETARIAT, facts))
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    return page


def work() -> None:
    """A worker that does what lies in the queue."""
    call_command("db_worker", batch=True, interval=0, verbosity=0)


def test_from_the_button_through_the_pages_to_the_file(sofie: Page, live_server: LiveServer, tmp_path: Path):
    build.report(Cluster.objects.get(slug="midt"), build.user("tidligere", Role.SECRETARIAT))
    Report.objects.update(pages=54)
    sofie.goto(f"{live_server.url}/rapporter/")
    sofie.get_by_role("link", name="Lav evaluering").click()
    sofie.get_by_label("Opgjort pr.").fill("31.03.2025")
    sofie.get_by_role("button", name="Lav evaluering").click()
    expect(sofie.get_by_role("status")).to_contain_text("Venter i køen")
    sofie.evaluate(WATCH)
    work()
    with sofie.expect_download() as download:
        sofie.get_by_role("link", name="Hent PDF").click()
    shown = sofie.evaluate("window.shown")
    assert shown
    assert [words for words in shown if not re.fullmatch(r"Side \d+ af ca\. 54", words)] == []
    pages = [int(words.split()[1]) for words in shown]
    assert pages == sorted(pages)
    path = tmp_path / "evaluering.pdf"
    download.value.save_as(path)
    assert len(PdfReader(path).pages) == Report.objects.latest("pk").pages


def test_a_report_is_cancelled_and_tried_again(sofie: Page, live_server: LiveServer):
    sofie.goto(f"{live_server.url}/oekonomi/?pr=2024-12-31")
    sofie.get_by_role("button", name="Lav PDF").click()
    sofie.get_by_role("button", name="Annullér rapporten").click()
    expect(sofie.get_by_role("heading", name="Rapporten blev annulleret")).to_be_visible()
    work()
    sofie.reload()
    expect(sofie.get_by_role("link", name="Hent PDF")).to_have_count(0)
    sofie.get_by_role("button", name="Prøv igen").click()
    work()
    expect(sofie.get_by_role("link", name="Hent PDF")).to_be_visible()


def test_the_list_shows_by_itself_that_a_report_is_ready(sofie: Page, live_server: LiveServer):
    sofie.goto(f"{live_server.url}/indsatser/midt/5/?pr=2025-03-31")
    sofie.get_by_role("button", name="Lav PDF").click()
    sofie.goto(f"{live_server.url}/rapporter/")
    row = sofie.get_by_role("row").filter(has_text="Indsats 5")
    expect(row).to_contain_text("Venter")
    work()
    expect(row.get_by_role("link", name="Hent PDF")).to_be_visible()
    expect(row).to_contain_text("Færdig")


def test_the_preview_follows_what_is_typed(sofie: Page, live_server: LiveServer):
    sofie.goto(f"{live_server.url}/rapporter/tekster/")
    sofie.get_by_label("Forord", exact=True).fill("Et **helt nyt** forord")
    expect(sofie.get_by_role("region", name="Sådan trykkes det: Forord").locator("strong")).to_have_text("helt nyt")
    expect(sofie.get_by_label("Forord", exact=True)).to_be_focused()
    sofie.get_by_role("button", name="Gem tekster").click()
    expect(sofie.get_by_text("Teksterne er gemt")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_accessible(sofie: Page, live_server: LiveServer, width: int):
    made = build.report(Cluster.objects.get(slug="midt"), build.user("tidligere", Role.SECRETARIAT))
    Report.objects.update(remarks=[["Indsats 5: Formål", "En tabel har 60 kolonner."]])
    running = Report.objects.create(
        cluster=made.cluster, plan=made.plan, as_of=made.as_of, requested_by=made.requested_by, attempt=1,
        state=State.RUNNING, stage=Stage.RENDERING, page=31, expected_pages=54,
    )  # fmt: skip
    sofie.set_viewport_size({"width": width, "height": 900})
    for path in ("", "indsats/", f"tekster/{made.plan_id}/", f"{made.pk}/", f"{running.pk}/"):
        sofie.goto(f"{live_server.url}/rapporter/{path}")
        assert [found["id"] for found in Axe().run(sofie).response["violations"]] == [], path
        assert sofie.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
