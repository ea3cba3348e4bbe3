"""The tabs of the initiative's page: every panel is in the page, and the address says which is open."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from initiatives.access import Role
from initiatives.models import Initiative, User
from tests import build

URL = "/indsatser/proeve/5/"
KEYS = ["overblik", "status", "oekonomi", "resultater", "beslutninger", "filer", "historik"]
NOTICE = "Den fane findes ikke her, så overblikket vises."


@pytest.fixture
def five(db: None) -> Initiative:
    return build.initiative("5")


@pytest.fixture
def shown(five: Initiative, sign_in: Callable[[User], Client]) -> Callable[..., str]:
    """The page's text to a politician."""
    client = sign_in(build.user("petra", Role.POLITICIAN, five.cluster))

    def get(**query: str) -> str:
        answer = client.get(URL, query)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return get


def panels(text: str) -> dict[str, bool]:
    """Which panels there are, and whether each is open."""
    found = re.findall(r'<div class="tab-panel" role="tabpanel" tabindex="0" id="(\w+)"[^>]*?( hidden)?>', text)
    return {key: not hidden for key, hidden in found}


def selected(text: str) -> list[str]:
    return re.findall(r'id="tab-(\w+)"[^>]* aria-selected="true"', text)


def test_every_panel_is_in_the_page_and_the_first_is_open(shown):
    assert panels(shown()) == dict.fromkeys(KEYS, False) | {"overblik": True}


@pytest.mark.parametrize("key", KEYS)
def test_the_address_opens_a_tab(key, shown):
    text = shown(fane=key)
    assert [each for each, is_open in panels(text).items() if is_open] == selected(text) == [key]


@pytest.mark.parametrize("wrong", ["findes-ikke", "Status", "<script>", "🙂", "x" * 2000, "status "])
def test_a_tab_that_is_not_there_is_the_overview_with_a_notice(wrong, shown):
    text = shown(fane=wrong)
    assert selected(text) == ["overblik"]
    assert NOTICE in text


@pytest.mark.parametrize("query", [{}, {"fane": ""}, {"fane": "status"}])
def test_no_notice_where_nothing_is_wrong(query, shown):
    assert NOTICE not in shown(**query)


def test_a_tab_is_a_link_that_keeps_the_day(shown):
    assert 'id="tab-status" href="?fane=status" aria-controls="status"' in shown()
    assert 'id="tab-status" href="?fane=status&amp;pr=2025-01-31"' in shown(pr="2025-01-31")


def test_the_date_bar_keeps_the_tab(shown):
    assert '<input type="hidden" name="fane" value="status">' in shown(fane="status")


# Results.
def test_results_are_those_of_the_results_page(politician, sign_in):
    text = " ".join(sign_in(politician).get("/indsatser/midt/5/?fane=resultater").content.decode().split())
    panel = text.partition('id="resultater"')[2].partition('role="tabpanel"')[0]
    assert "+577" in panel
    assert "trykt 557" in panel


def test_without_measurements_it_says_what_will_come(shown):
    assert "Der er ikke målt noget endnu. Før og efter, antal og andele står her" in shown()
    assert "Pr. 31.01.2025 var der ikke målt noget." in shown(pr="2025-01-31")


# Money.
def panel(text: str, key: str) -> str:
    return text.partition(f'id="{key}" aria-labelledby')[2].partition('role="tabpanel"')[0]


def test_money_is_shown_by_recipient_and_year_with_the_vouchers(politician, sign_in):
    text = panel(" ".join(sign_in(politician).get("/indsatser/midt/5/").content.decode().split()), "oekonomi")
    for words in ('−64.528<span class="words">Merforbrug</span>', '12.752<span class="words">Mindreforbrug</span>'):
        assert words in text
    assert "Disponeret til indsats 5 i 2025" in text.partition("Bilagene bag tallene")[2]


def test_the_printed_amount_stands_beside_where_it_differs(politician, sign_in):
    client = sign_in(politician)
    twelve, five = (client.get(f"/indsatser/midt/{number}/").content.decode() for number in ("12", "5"))
    assert "har trykt 300.000 kr. i klyngemidler. Regnskabet giver 163.919 kr." in panel(twelve, "oekonomi")
    assert "har trykt" not in panel(five, "oekonomi")


def test_without_money_it_says_what_will_come(shown):
    assert "Der er ikke disponeret noget til indsatsen. Det disponerede og forbruget står her" in shown()
    assert "Pr. 31.01.2025 var der ikke disponeret noget til indsatsen." in shown(pr="2025-01-31")
