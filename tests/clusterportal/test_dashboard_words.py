"""The sentences of the dashboard, computed from the figures below them."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from clusterportal.dashboard import sentences
from clusterportal.dashboard.board import Board, Standing, board
from clusterportal.dashboard.history import Change, Report
from clusterportal.dashboard.ledger import Ledger
from clusterportal.dashboard.money import Money, money
from finance.by_year import ThemeYears
from finance.lines import Sums
from initiatives.models import ActionPlan, Theme

from . import build_dashboard

END_OF_2024 = date(2024, 12, 31)
PLAN, THEME = ActionPlan(title="Handleplan 2022–2025"), Theme(pk=1, name="Tema", colour=1)


def report(phase: str, colour: str) -> Report:
    return Report(1, 1, END_OF_2024, "day", phase, colour, False)


def on_board(*kinds: tuple[str, str], theme: Theme | None = THEME) -> Board:
    """A board with an initiative for each (phase, colour)."""
    return board([Standing(build_dashboard.listed(theme=theme), report(phase, colour)) for phase, colour in kinds])


def spent(amount: str, of: str) -> Money:
    sums: ThemeYears = {(2024, None): Sums(Decimal(amount), Decimal(of))}
    found = money(Ledger(sums, {2024}, frozenset()), {}, [], END_OF_2024)
    assert found is not None
    return found


def opening(of: Board, amounts: Money | None = None, is_today: bool = True) -> str:
    lead = sentences.lead(PLAN, of, amounts, END_OF_2024, is_today)
    return " ".join([lead.portfolio, lead.rated, lead.ratings, str(lead.money)]).strip()


def test_the_opening_counts_initiatives_themes_and_colours():
    shown = on_board(*[("running", "green")] * 6, *[("running", "amber")] * 3, ("paused", "red"), ("closed", "none"))
    assert opening(shown) == (
        "Handleplan 2022–2025: elleve indsatser i ét tema."
        " Ti følges med farve: seks går som aftalt, tre skal holdes øje med, og én kræver handling."
    )


def test_without_colours_it_says_how_many_are_still_followed():
    shown = on_board(("running", "none"), ("awaiting", "none"), ("closed", "none"))
    assert opening(shown).endswith(
        "Ingen har fået farve endnu: to følges stadig, og én er afsluttet, udgået eller lagt sammen."
    )


def test_a_colour_that_none_has_is_not_mentioned():
    assert opening(on_board(("running", "green"))).endswith("Én følges med farve: én går som aftalt.")


def test_initiatives_outside_the_themes_make_no_theme():
    assert opening(on_board(("running", "green"), theme=None)).startswith("Handleplan 2022–2025: én indsats.")


@pytest.mark.parametrize(
    ("amount", "of", "text"),
    [
        ("5255088", "7020000", "<strong>Tre ud af fire kroner</strong> er brugt."),
        ("50", "100", "<strong>Én ud af to kroner</strong> er brugt."),
        ("333", "1000", "<strong>Én ud af tre kroner</strong> er brugt."),
        ("81", "100", "<strong>81 % af klyngemidlerne</strong> er brugt."),
        ("0", "100", "<strong>Ingen af klyngemidlerne</strong> er brugt."),
        ("100", "100", "<strong>100 % af klyngemidlerne</strong> er brugt."),
        ("115", "100", "<strong>115 % af klyngemidlerne</strong> er brugt."),
        ("9996", "10000", "<strong>99 % af klyngemidlerne</strong> er brugt."),
    ],
)
def test_how_far_the_money_is_as_people_say_it(amount: str, of: str, text: str):
    assert sentences.spent(spent(amount, of), END_OF_2024, is_today=True) == text


def test_of_an_earlier_day_it_says_when():
    found = sentences.spent(spent("5255088", "7020000"), END_OF_2024, is_today=False)
    assert found == "Ved udgangen af 2024 var <strong>tre ud af fire kroner</strong> brugt."


def test_where_there_is_no_money_it_says_nothing_of_it():
    assert sentences.spent(None, END_OF_2024, is_today=True) == ""
    assert sentences.spent(spent("5", "0"), END_OF_2024, is_today=True) == ""


def test_half_a_percentage_point_off_is_not_three_out_of_four():
    assert sentences.spoken_share(Decimal("755.1"), Decimal(1000)) == "76 % af klyngemidlerne"
    assert sentences.spoken_share(Decimal("755"), Decimal(1000)) == "tre ud af fire kroner"


def changed(*steps: tuple[str, str]) -> str:
    before, after = (report(phase, colour) for phase, colour in steps)
    return sentences.change(Change(before, after))


def test_a_change_of_phase_and_colour_is_told_in_one_sentence():
    assert changed(("running", "amber"), ("in_operation", "green")) == (
        "Fra igangværende til i drift og fra gul til grøn"
    )


def test_only_what_changed_is_told():
    assert changed(("pilot", "amber"), ("pilot", "red")) == "Fra gul til rød"
    assert changed(("ordered", "none"), ("pilot", "none")) == "Fra bestilt til pilot"


def test_ratings_count_in_words_best_first():
    assert sentences.ratings(Counter(red=2, green=13)) == "13 går som aftalt, og to kræver handling."


@pytest.mark.parametrize(
    ("count", "text"), [(1, "Én indsats mangler en ny status:"), (4, "Fire indsatser mangler en ny status:")]
)
def test_how_many_need_a_new_status(count: int, text: str):
    assert sentences.overdue(count) == text


def test_a_meeting_s_day_has_its_weekday():
    assert sentences.weekday_and_date(date(2025, 5, 21)) == "onsdag den 21. maj 2025"
