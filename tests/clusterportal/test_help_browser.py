"""Help and the login that ended, in a real browser: on a desk and on a phone, by keyboard, without script."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from initiatives.access import Role
from initiatives.models import Cluster, Milestone, StatusReport, User

from .. import build
from ..browser import Open, faults

FORM = "/indsatser/midt/5/status/"
TEXT = "En lang tekst, som ingen vil skrive to gange.\nMed to linjer."


def logged_off(page: Page) -> None:
    """As after a night: the session is gone, and the browser does not know."""
    Session.objects.all().delete()
    page.context.clear_cookies(name="sessionid")


def log_in(page: Page) -> None:
    """From the page that says that the login has ended."""
    page.get_by_role("link", name="Log ind og skriv videre").click()
    page.get_by_label("E-mail eller brugernavn").fill("kirsten")
    page.get_by_label("Adgangskode").fill(build.PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Log ind").click()


def told(page: Page) -> Locator:
    """What the page says of what was put back."""
    return page.get_by_role("main").get_by_role("status").first


def refused_once(complaints: list[str]) -> None:
    """The browser notes that a form was refused; nothing else may have gone wrong."""
    assert len(complaints) == 1
    assert "403" in complaints.pop()


@pytest.fixture
def kirsten(facts: Cluster, browse: Callable[[User], Open]) -> Open:
    """The browser of a coordinator."""
    return browse(build.user("kirsten", Role.COORDINATOR, facts))


@pytest.fixture
def poul(facts: Cluster, browse: Callable[[User], Open]) -> Open:
    """The browser of a politician."""
    return browse(build.user("poul", Role.POLITICIAN, facts))


@pytest.mark.parametrize("width", [1280, 390])
def test_after_the_login_the_form_is_there_with_what_was_typed(width: int, kirsten: Open, complaints: list[str]):
    page = kirsten(FORM, width)
    before = StatusReport.objects.count()
    page.get_by_label("Hvad er der sket?").fill(TEXT)
    page.locator("[name=phase]").select_option("pilot")
    logged_off(page)
    page.get_by_role("button", name="Gem status").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du er logget af")
    expect(page.get_by_label("Hvad er der sket?")).to_have_value(TEXT)
    found = faults(page)

    log_in(page)
    expect(page).to_have_url(re.compile(f"{FORM}$"))
    expect(told(page)).to_contain_text("Det, du skrev, står i formularen igen.")
    expect(page.get_by_label("Hvad er der sket?")).to_have_value(TEXT)
    expect(page.locator("[name=phase]")).to_have_value("pilot")
    assert StatusReport.objects.count() == before
    found += faults(page)
    refused_once(complaints)

    page.get_by_role("button", name="Gem status").click()
    expect(page.get_by_role("status").first).to_contain_text("Status er gemt")
    saved = StatusReport.objects.latest("pk")
    assert (saved.account, saved.phase) == (TEXT, "pilot")
    assert found == []


def test_lines_that_were_added_are_drawn_again_and_not_saved(kirsten: Open, complaints: list[str]):
    page = kirsten("/indsatser/midt/5/rediger/milepaele/")
    before = Milestone.objects.count()
    lines = page.get_by_label("Hvad sker der")
    for text in ("Første nye", "Anden nye"):
        count = lines.count()
        page.get_by_role("button", name="Tilføj linje").click()
        expect(lines).to_have_count(count + 1)
        lines.last.fill(text)
    logged_off(page)
    page.get_by_role("button", name="Gem ændringer").last.click()
    log_in(page)
    expect(told(page)).to_contain_text("står i formularen igen")
    expect(lines.last).to_have_value("Anden nye")
    expect(lines.nth(lines.count() - 2)).to_have_value("Første nye")
    assert Milestone.objects.count() == before
    refused_once(complaints)


def test_a_page_older_than_the_login_gives_the_form_back(kirsten: Open, complaints: list[str], live_server: LiveServer):
    page = kirsten("/indsatser/midt/5/?fane=kommentarer")
    page.get_by_label("Kommentar", exact=True).fill(TEXT)
    page.context.add_cookies([{"name": "csrftoken", "value": "x" * 32, "url": live_server.url}])
    page.get_by_role("button", name="Gem kommentar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Åbn formularen igen")
    page.get_by_role("link", name="Åbn formularen med det, du skrev").click()
    expect(page).to_have_url(re.compile("fane=kommentarer$"))
    expect(page.get_by_label("Kommentar", exact=True)).to_have_value(TEXT)
    refused_once(complaints)


def test_what_has_no_room_any_more_can_be_copied_and_files_are_asked_for(
    kirsten: Open, complaints: list[str], tmp_path: Path
):
    file = tmp_path / "notat.pdf"
    file.write_bytes(build.PDF)
    page = kirsten("/indsatser/midt/5/filer/")
    page.get_by_label("Titel på listen").fill("Et notat om holdene")
    page.locator("input[type=file]").set_input_files(file)
    page.evaluate("document.querySelector('[name=file-title]').name = 'file-gone'")
    logged_off(page)
    page.get_by_role("button", name="Tilføj filen").click()
    expect(page.get_by_text("Filer kan ikke gemmes her. Vedhæft dem igen bagefter.")).to_be_visible()
    log_in(page)
    expect(told(page)).to_contain_text("Kopier resten herfra")
    expect(told(page).get_by_role("listitem")).to_have_text("Et notat om holdene")
    expect(told(page)).to_contain_text("Filer kan ikke gemmes her. Vedhæft dem igen.")
    refused_once(complaints)


def test_without_script_the_form_is_sent_on_from_the_page_that_keeps_it(
    browser: Browser, live_server: LiveServer, facts: Cluster, cookie_of: Callable[[User], Any]
):
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies([cookie_of(build.user("kirsten", Role.COORDINATOR, facts))])
    page = plain.new_page()
    page.goto(live_server.url + FORM)
    page.get_by_label("Hvad er der sket?").fill(TEXT)
    logged_off(page)
    page.get_by_role("button", name="Gem status").click()
    with page.expect_popup() as opened:
        page.get_by_role("main").get_by_role("link", name="Log ind").click()
    login = opened.value
    login.get_by_label("E-mail eller brugernavn").fill("kirsten")
    login.get_by_label("Adgangskode").fill(build.PASSWORD)
    login.get_by_role("main").get_by_role("button", name="Log ind").click()
    expect(login).to_have_url(live_server.url + "/")
    page.get_by_role("button", name="Fortsæt").click()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status").first).to_contain_text("Status er gemt")
    assert StatusReport.objects.latest("pk").account == TEXT
    plain.close()


def test_a_word_is_explained_with_the_keyboard(poul: Open):
    page = poul("/oekonomi/")
    button = page.get_by_role("button", name="Forklaring: Disponeret")
    note = page.get_by_text("Penge, som klyngen har besluttet at sætte af")
    expect(note).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    assert button.get_attribute("aria-expanded") == "true"
    assert faults(page) == []
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(button).to_be_focused()


@pytest.mark.parametrize("address", ["/", "/indsatser/", "/oekonomi/", "/resultater/", "/ordliste/"])
def test_a_note_fits_a_phone(address: str, poul: Open):
    page = poul(address, 390)
    for button in page.locator("button.tooltip-target:visible").all():
        button.click()
        edges = page.locator(".tooltip:visible").evaluate(
            "each => [each.getBoundingClientRect().left, each.getBoundingClientRect().right]"
        )
        assert 0 <= edges[0] < edges[1] <= 390
    assert faults(page) == []


def test_without_script_a_question_mark_leads_to_the_word(
    browser: Browser, live_server: LiveServer, facts: Cluster, cookie_of: Callable[[User], Any]
):
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies([cookie_of(build.user("poul", Role.POLITICIAN, facts))])
    page = plain.new_page()
    page.goto(live_server.url + "/oekonomi/")
    page.get_by_role("link", name="Forklaring: Disponeret").click()
    expect(page).to_have_url(live_server.url + "/ordliste/#disponeret")
    expect(page.locator("#disponeret")).to_be_in_viewport()
    plain.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_of_help_is_accessible_and_fits(width: int, poul: Open, facts: Cluster, complaints: list[str]):
    build.user("anders", Role.ADMINISTRATOR, facts)
    found = []
    for address in ("/", "/ordliste/", "/privatliv/", "/was", FORM, "/findes-ikke/", "/konto/"):
        found += faults(poul(address, width))
    assert found == []
    # The browser notes that the form is refused and that a page is missing.
    assert [code for each in complaints for code in re.findall(r"\d{3}", each)] == ["403", "404"]
    complaints.clear()


def test_the_hints_are_put_away_with_the_keyboard_and_taken_out_again(poul: Open, live_server: LiveServer):
    page = poul("/")
    hints = page.get_by_role("region", name="Godt at vide første gang")
    expect(hints.get_by_role("listitem")).to_have_count(3)
    hints.get_by_role("link", name="Gå tilbage i tiden").press("Enter")
    expect(page.get_by_label("Vis pr.")).to_be_focused()
    hints.get_by_role("button", name="Forstået, vis dem ikke igen").press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("lagt væk")
    expect(hints).to_have_count(0)
    page.goto(f"{live_server.url}/konto/")
    page.get_by_role("button", name="Vis tips igen").press("Enter")
    expect(hints).to_be_visible()
