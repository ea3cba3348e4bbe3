"""Drafts, the unchanged status, comments, files and notices in a real browser, narrow and wide."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect

from initiatives.access import Role
from initiatives.commenting import remove_comment, write_comment
from initiatives.drafting import keep_draft
from initiatives.filing import add_file, remove_file
from initiatives.models import Cluster, Initiative, StatusDraft, User
from tests import build
from tests.browser import Open

FORM = "/indsatser/midt/5/status/"
WIDTHS = (390, 1280)


@pytest.fixture
def five(facts: Cluster) -> Initiative:
    return facts.initiatives.get(address="5")


@pytest.fixture
def karen(five: Initiative) -> User:
    return build.user("karen", Role.COORDINATOR, five.cluster)


@pytest.fixture
def opened(browse: Callable[[User], Open], karen: User) -> Open:
    return browse(karen)


# The draft.
def test_what_is_typed_is_kept_a_moment_later_and_is_there_again(opened, karen):
    page = opened(FORM)
    page.get_by_label("Hvad er der sket?").fill("Halvt skrevet")
    expect(page.locator("[data-draft-words]")).to_contain_text("Kladden blev gemt kl.")
    page.get_by_label("Næste skridt").fill("Besøg")
    expect(page.locator("[name=draft_version]")).to_have_value("2")
    page = opened(FORM)
    expect(page.get_by_label("Hvad er der sket?")).to_have_value("Halvt skrevet")
    expect(page.get_by_text("Her er din kladde fra")).to_be_visible()
    page.get_by_role("button", name="Smid kladden væk").click()
    expect(page.get_by_label("Hvad er der sket?")).to_have_value("")
    assert not StatusDraft.objects.exists()


def test_leaving_the_page_at_once_keeps_what_was_typed(opened, karen):
    opened(FORM).get_by_label("Hvad er der sket?").fill("Straks væk")
    opened("/indsatser/")
    expect(opened(FORM).get_by_label("Hvad er der sket?")).to_have_value("Straks væk")


def test_filing_ends_the_draft_also_while_it_is_being_kept(opened, karen):
    page = opened(FORM)
    page.get_by_label("Hvad er der sket?").fill("Færdig")
    page.get_by_role("button", name="Gem status").click()
    expect(page.get_by_role("status")).to_contain_text("Status er gemt.")
    assert not StatusDraft.objects.exists()


def test_a_second_window_is_told_that_it_keeps_nothing(page, opened, complaints, karen, five):
    opened(FORM)
    keep_draft(five, karen, None, {"account": "Det andet vindue"}, 0, timezone.now())
    page.get_by_label("Hvad er der sket?").fill("Dette vindue")
    expect(page.locator("[data-draft-status]")).to_have_text("Ikke gemt: Du har kladden åben i et andet vindue.")
    # The browser names the refused request; the page has told it in words.
    assert complaints.pop().count("409") == 1


def test_somebody_logged_off_meanwhile_is_told_and_keeps_the_text(page, context: BrowserContext, opened, complaints):
    opened(FORM)
    context.clear_cookies()
    page.get_by_label("Hvad er der sket?").fill("Ikke tabt")
    expect(page.locator("[data-draft-status]")).to_contain_text("Kladden kunne ikke gemmes")
    expect(page.get_by_label("Hvad er der sket?")).to_have_value("Ikke tabt")
    assert all("403" in each for each in complaints)
    complaints.clear()


def test_the_latest_value_stands_beside_the_field_when_wide_and_below_it_when_narrow(opened):
    for width in WIDTHS:
        page = opened(FORM, width)
        field = page.get_by_label("Status, som den trykkes").bounding_box()
        latest = page.locator(".field:has([name=printed_text]) .prev").bounding_box()
        assert (latest["x"] > field["x"] + field["width"]) == (width == 1280)
        assert latest["x"] + latest["width"] <= width


# Every page is accessible and fits.
@pytest.fixture
def filled(five: Initiative, karen: User) -> Initiative:
    """Initiative 5 with a draft, comments, files and a notice."""
    now, sofie = timezone.now(), build.user("sofie", Role.SECRETARIAT, five.cluster)
    keep_draft(five, karen, five.status_reports.first(), {"account": "Halvt skrevet"}, 0, now)
    write_comment(five, sofie, "Hej @karen, se https://eksempel.dk/" + "lang" * 40, now)
    remove_comment(write_comment(five, karen, "Fejl", now), karen, now)
    write_comment(five, karen, "Rettes måske", now)
    add_file(five, karen, build.PDF, "x" * 150 + ".pdf", "")
    remove_file(add_file(five, karen, build.PDF, "b.pdf", ""), karen, now)
    return five


PAGES = [
    FORM, FORM + "uaendret/", "/indsatser/midt/5/?fane=filer", "/indsatser/midt/5/?fane=kommentarer",
    "/indsatser/midt/5/filer/", "/indsatser/midt/5/kommentarer/", "/beskeder/", "/konto/beskeder/", "/konto/",
]  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_accessible_and_fit_the_screen(opened, filled, karen, width):
    own, file = filled.comments.latest("pk"), filled.files.kept().get()
    below = [f"/indsatser/midt/5/kommentarer/{own.pk}/", f"/indsatser/midt/5/filer/{file.pk}/fjern/"]
    for path in PAGES + below:
        page = opened(path, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert Axe().run(page).response["violations"] == [], path


def test_a_refused_file_and_comment_are_told_in_an_accessible_way(opened):
    page = opened("/indsatser/midt/5/?fane=kommentarer", 390)
    page.get_by_role("button", name="Gem kommentar").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv en kommentar.")
    assert Axe().run(page).response["violations"] == []
    page = opened("/indsatser/midt/5/?fane=filer", 390)
    page.get_by_role("button", name="Tilføj filen").click()
    expect(page.get_by_role("alert")).to_contain_text("Vælg en fil.")
    assert Axe().run(page).response["violations"] == []
