"""The coordinator's whole journey by keyboard alone: log in, find, report, comment, add a file, log out."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from initiatives.access import Role
from initiatives.models import Cluster, Comment, InitiativeFile, StatusReport

from . import build

TEXT = "Hold i begge kommuner, ny læge i Jammerbugt"
# What has the focus: its name for a screen reader, near enough, and whether the focus can be seen.
FOCUSED = """() => {
  const on = document.activeElement;
  const label = on.labels && on.labels[0] ? on.labels[0].textContent : on.textContent;
  const style = getComputedStyle(on);
  const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
  const kind = on.getAttribute('role') === 'tab' ? 'fane ' : '';
  return [kind + (on.getAttribute('aria-label') || label || '').replace(/\\s+/g, ' ').trim(), seen];
}"""


class Keyboard:
    """A person without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, name: str, backwards: bool = False) -> None:
        """Press Tab until the thing of that name has the focus, which must show."""
        pattern = re.compile(name)
        for _press in range(150):
            self.page.keyboard.press("Shift+Tab" if backwards else "Tab")
            focused, seen = self.page.evaluate(FOCUSED)
            if pattern.search(focused):
                assert seen, f"the focus on {focused!r} cannot be seen"
                return
        pytest.fail(f"{name!r} is not reached by Tab")

    def write(self, text: str) -> None:
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)


@pytest.fixture
def keys(page: Page, live_server: LiveServer, facts: Cluster) -> Keyboard:
    build.user("karen", Role.COORDINATOR, facts)
    page.goto(f"{live_server.url}/konto/login/")
    return Keyboard(page)


def log_in(keys: Keyboard) -> None:
    keys.to("brugernavn$")
    keys.write("karen")
    keys.to("Adgangskode")
    keys.write(build.PASSWORD)
    keys.press("Enter")
    expect(keys.page.get_by_role("navigation", name="Hovedmenu", exact=True)).to_be_visible()


def find_the_initiative(keys: Keyboard) -> None:
    keys.to("^Indsatser$")
    keys.press("Enter")
    expect(keys.page.get_by_role("heading", level=1)).to_contain_text("Indsatser")
    keys.to("Henvisning og vedligeholdelse")
    keys.press("Enter")
    expect(keys.page.get_by_role("heading", level=1)).to_contain_text("Henvisning og vedligeholdelse")


def report(keys: Keyboard) -> None:
    keys.to("Opdatér status")
    keys.press("Enter")
    expect(keys.page.get_by_role("heading", level=1)).to_have_text("Opdatér status")
    keys.to("^(Ikke vurderet|Grøn)$")
    keys.press("ArrowRight" if keys.page.evaluate(FOCUSED)[0].startswith("Grøn") else "ArrowLeft")
    keys.to("Status, som den trykkes")
    keys.write(TEXT)
    expect(keys.page.locator("#preview-row .statustext")).to_have_text(TEXT)
    keys.to("Fremdrift")
    keys.press("4")
    keys.to("Hvad gøres der ved det")
    keys.write("Sygehuset finder en afløser.")
    keys.to("Gem status")
    keys.press("Enter")
    expect(keys.page.get_by_role("status")).to_contain_text("Status er gemt.")


def comment(keys: Keyboard) -> None:
    keys.to("^fane Overblik")
    keys.press("End")
    keys.press("ArrowLeft")
    expect(keys.page.get_by_role("tab", name="Kommentarer")).to_have_attribute("aria-selected", "true")
    keys.to("^Kommentar$")
    keys.write("Jeg har talt med Jammerbugt. ")
    keys.to("Hvem kan nævnes")
    keys.press("Enter")
    keys.to("@karen")
    keys.press("Enter")
    expect(keys.page.locator("textarea")).to_be_focused()
    expect(keys.page.locator("textarea")).to_have_value("Jeg har talt med Jammerbugt. @karen ")
    keys.to("Gem kommentar")
    keys.press("Enter")
    expect(keys.page.get_by_role("status")).to_contain_text("Din kommentar er gemt.")


def add_a_file(keys: Keyboard, path: Path) -> None:
    keys.to("^fane Kommentarer")
    keys.press("ArrowLeft")
    expect(keys.page.get_by_role("tab", name="Filer")).to_have_attribute("aria-selected", "true")
    # Before the key, and not around it: a slow browser would open its own dialog first, which nobody can answer.
    keys.page.on("filechooser", lambda chooser: chooser.set_files(path))
    keys.to("^Fil$")
    keys.press("Enter")
    expect(keys.page.locator("input[type=file]:focus")).to_have_value(re.compile(r"referat\.pdf$"))
    keys.to("Titel på listen")
    keys.write("Referat")
    keys.press("Enter")
    expect(keys.page.get_by_role("status")).to_contain_text("»Referat« er tilføjet.")


def test_the_coordinators_whole_journey_by_keyboard_alone(keys: Keyboard, tmp_path: Path):
    path = tmp_path / "referat.pdf"
    path.write_bytes(build.PDF)
    log_in(keys)
    find_the_initiative(keys)
    report(keys)
    comment(keys)
    add_a_file(keys, path)
    keys.to("Log af", backwards=True)
    keys.press("Enter")
    expect(keys.page.get_by_role("button", name="Log ind")).to_be_visible()
    saved = StatusReport.objects.get(printed_text=TEXT)
    assert (saved.progress, saved.remedy) == (40, "Sygehuset finder en afløser.")
    assert Comment.objects.get().text == "Jeg har talt med Jammerbugt. @karen"
    assert InitiativeFile.objects.get().title == "Referat"
