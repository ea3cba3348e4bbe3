"""The search page: whole without script, in parts while somebody types, and in a real search_page."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from initiatives.access import Role
from initiatives.models import Initiative, User

from .. import build
from . import build_search as some

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
URL = reverse("search:results")
# Queries of a search that finds initiatives and sections.
COST = 7


@pytest.fixture
def five(db: None) -> Initiative:
    return build.initiative("5", title="Superviseret gangtræning")


@pytest.fixture
def client(five: Initiative, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(build.user("petra", Role.POLITICIAN, five.cluster))


def whole(client: Client, **address: str) -> str:
    answer = client.get(URL, address)
    assert answer.status_code == 200
    return answer.content.decode()


def part(client: Client, typed: str, on: str = "/soeg/"):
    headers = {"HX-Request": "true", "HX-Current-URL": f"https://portal.example{on}"}
    return client.get(URL, {"q": typed}, headers=headers)


def test_the_page_shows_the_hits_and_what_was_typed(client: Client):
    page = whole(client, q="Træning")
    assert '<a href="/indsatser/proeve/5/">5. Superviseret gang<mark>træning</mark></a>' in page
    assert 'value="Træning"' in page
    assert re.search(r'<p [^>]*id="count" role="status">\s*<strong>1</strong>', page)


def test_an_empty_search_shows_only_the_form(client: Client):
    page = whole(client)
    assert '<input class="form-input" type="search" id="q" name="q" value=""' in page
    assert re.search(r'id="count" role="status">\s*</p>', page)
    assert 'class="statepage"' not in page


@pytest.mark.parametrize(
    ("typed", "told"), [("æ" * 300, "300"), ("en to tre fire fem seks syv otte ni ti elleve", "10")]
)
def test_a_search_that_is_refused_keeps_what_was_typed_and_says_why(typed: str, told: str, client: Client):
    page = whole(client, q=typed)
    assert f'value="{typed}"' in page
    assert told in page.partition('role="status">')[2].partition("</p>")[0]
    assert "<mark>" not in page


def test_without_hits_the_words_that_stand_in_the_way_can_be_dropped(client: Client):
    page = whole(client, q="kamel gangtræning", vis="indsatser")
    assert 'href="?q=gangtr%C3%A6ning"' in page
    assert 'href="?q=kamel"' not in page


def test_all_hits_of_a_kind_are_a_link_away(client: Client, five: Initiative):
    for number in range(11):
        some.section(five, f"Hold {number} hos fysioterapeut")
    page = whole(client, q="fysioterapeut")
    assert 'href="?q=fysioterapeut&amp;vis=beskrivelser"' in page
    assert whole(client, q="fysioterapeut", vis="beskrivelser").count("<mark>") == 11


def test_pages_of_a_kind_are_linked(client: Client, five: Initiative):
    for number in range(26):
        some.section(five, f"Hold {number} hos fysioterapeut")
    page = whole(client, q="fysioterapeut", vis="beskrivelser")
    assert 'href="?q=fysioterapeut&amp;vis=beskrivelser&amp;page=2"' in page


def test_a_kind_and_a_page_that_do_not_exist_are_told(client: Client):
    assert "kameler" in whole(client, q="gangtræning", vis="kameler")
    assert "»99«" in whole(client, q="gangtræning", vis="indsatser", page="99").replace("“", "»").replace("”", "«")


@pytest.mark.parametrize(
    "typed", ["\x00", '"', "' OR 1=1 --", "{{ 7 }}", "*", "NEAR(a b)", "a AND b", "\\", "[^a", "🙂🙂🙂"]
)
def test_odd_signs_are_searched_for_like_any_other(typed: str, client: Client):
    assert whole(client, q=typed)


def test_markup_that_was_typed_is_only_text(client: Client):
    page = whole(client, q="<script>x</script> kamel")
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page


def test_while_typing_only_the_answer_is_sent(client: Client):
    answer = part(client, "træning")
    text = answer.content.decode()
    assert "<html" not in text
    assert '<div id="count" hx-swap-oob="innerHTML">' in text
    assert "gang<mark>træning</mark>" in text
    assert "HX-Request" in answer["Vary"]


def test_going_back_in_history_gets_the_whole_page(client: Client):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    assert "<html" in client.get(URL, {"q": "træning"}, headers=headers).content.decode()


def test_the_first_search_gets_an_address_of_its_own_and_the_next_take_its_place(client: Client):
    assert "HX-Replace-Url" not in part(client, "træ")
    assert part(client, "træning", on="/soeg/?q=tr%C3%A6")["HX-Replace-Url"] == "/soeg/?q=tr%C3%A6ning"


@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_the_page_costs_the_same_for_few_and_many(
    role: Role, five: Initiative, sign_in: Callable[[User], Client], queries: Callable[..., int]
):
    """Session, reader, cluster, ids; then what is shown of initiatives and sections, and whether there are plans."""
    client = sign_in(build.user("sofie", role, five.cluster))
    some.section(five, "gangtræning")
    assert queries(lambda: whole(client, q="gangtræning")) == COST
    for number in range(10, 30):
        some.section(build.initiative(str(number), title="Gangtræning"), "gangtræning")
    assert queries(lambda: whole(client, q="gangtræning")) == COST


# In a browser.
@pytest.fixture
def search_page(page: Page, live_server: LiveServer, cookie_of: Callable[[User], Any]) -> Page:
    """The search page in a browser, with an initiative, 10A, in all kinds of hits and twelve descriptions."""
    ten = build.initiative("10A", title="Superviseret gangtræning i Prøve Kommune")
    some.party(ten, "Prøve Kommune")
    build.status(ten, printed_text="Kommunen kører hold", demonstration=True)
    for number in range(12):
        some.section(ten, f"Hold {number} i kommunen. " * 20)
    some.decision(some.forum(ten.cluster), "Hold i kommunen", "Godkendt", ten)
    some.measured(ten, "Kommunens hold")
    page.context.add_cookies([cookie_of(build.user("poul", Role.POLITICIAN, ten.cluster))])
    page.goto(live_server.url + URL)
    return page


def test_hits_come_while_typing_and_the_focus_stays(search_page: Page, live_server: LiveServer):
    box = search_page.locator("#q")
    box.press_sequentially("gangtr")
    expect(search_page.locator("#answer mark").first).to_have_text("gangtr")
    box.press_sequentially("æning")
    expect(search_page.locator("#answer mark").first).to_have_text("gangtræning")
    expect(search_page).to_have_url(re.compile(r"\?q=gangtr%C3%A6ning$"))
    expect(search_page).to_have_title(re.compile("gangtræning"))
    expect(box).to_be_focused()
    expect(search_page.get_by_role("status")).to_contain_text("gangtræning")
    search_page.go_back()
    expect(search_page).to_have_url(live_server.url + URL)


def test_a_word_that_finds_nothing_says_what_to_do(search_page: Page):
    search_page.locator("#q").fill("gangtræning kamel")
    expect(search_page.locator("#answer h2")).to_contain_text("kamel")
    search_page.locator("#answer a[href*='q=gangtr']").click()
    expect(search_page.locator("#q")).to_have_value("gangtræning")
    search_page.locator("#answer section a").first.click()
    expect(search_page.get_by_role("heading", level=1)).to_contain_text("gangtræning")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_it_works_without_script(search_page: Page):
    search_page.locator("#q").fill("10a")
    search_page.locator("#q").press("Enter")
    assert search_page.locator("#answer mark").all_inner_texts() == ["10A"]


@pytest.mark.parametrize("width", [1280, 390])
def test_it_is_accessible_and_fits(width: int, search_page: Page, live_server: LiveServer):
    complaints: list[str] = []
    search_page.on("console", lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None)
    search_page.set_viewport_size({"width": width, "height": 900})
    for address in ("", "?q=kommune", "?q=kommune&vis=beskrivelser", "?q=gangtr%C3%A6ning+kamel", "?q=%C3%A5", "?q=5"):
        search_page.goto(live_server.url + URL + address)
        found = Axe().run(search_page, options=RULES).response["violations"]
        complaints += [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]
        if search_page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            complaints.append(f"{address} scrolls sideways")
    assert complaints == []
