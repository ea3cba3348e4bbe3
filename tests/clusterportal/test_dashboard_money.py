"""The dashboard's money: the annex's sums in all and by theme, and what is said about them."""

from datetime import date
from decimal import Decimal

import pytest

from clusterportal.dashboard import money_in_words as words
from clusterportal.dashboard.ledger import Ledger, ledger
from clusterportal.dashboard.money import Money, money
from finance.annex import annex
from finance.lines import Sums, accounted_years
from initiatives.models import Cluster, Initiative, Theme
from tests.finance import build_ledger

END_OF_2024, TODAY = date(2024, 12, 31), date(2026, 11, 22)
FIRST, SECOND = Theme(pk=1, name="Første", colour=1), Theme(pk=2, name="Andet", colour=2)
ONE = Initiative(pk=10, number="1", short_title="Et", theme=FIRST)
TWO = Initiative(pk=20, number="2", short_title="To", theme=SECOND)
INITIATIVES = {10: ONE, 20: TWO}


def year_of(
    theme: int | None, year: int, allocated: int, spent: int = 0, carried: int = 0
) -> tuple[tuple[int, int | None], Sums]:
    return (year, theme), Sums(Decimal(spent), Decimal(allocated), Decimal(carried))


def of(
    *rows: tuple[tuple[int, int | None], Sums], overspent: frozenset[int] = frozenset(), day: date = END_OF_2024
) -> Money:
    found = money(Ledger(dict(rows), {2024}, overspent), INITIATIVES, [FIRST, SECOND], day)
    assert found is not None
    return found


def test_an_empty_ledger_has_no_money():
    assert money(Ledger({}, frozenset(), frozenset()), INITIATIVES, [FIRST], END_OF_2024) is None


def test_each_theme_has_the_sums_of_its_years():
    found = of(year_of(1, 2023, 100, 40), year_of(1, 2024, 50), year_of(2, 2024, 30, 30))
    assert [(each.name, each.sums.frame, each.sums.spent, each.sums.variance) for each in found.themes] == [
        ("Første", 150, 40, 110), ("Andet", 30, 30, 0),
    ]  # fmt: skip
    assert (found.total.frame, found.total.spent, found.total.variance) == (180, 70, 110)


def test_a_theme_without_money_is_shown_with_nothing():
    found = of(year_of(1, 2024, 100, 40))
    assert (found.themes[1].name, found.themes[1].sums, found.themes[1].bar.percent) == ("Andet", Sums(), None)


def test_what_is_outside_the_plan_has_a_row_of_its_own():
    found = of(year_of(1, 2024, 100, 40), year_of(None, 2024, 7, 7))
    assert [(each.name, each.sums.spent, each.fill) for each in found.themes[2:]] == [
        ("Uden for planens temaer", 7, "f-soft")
    ]
    assert found.total.spent == 47


def test_years_to_come_stand_apart():
    found = of(year_of(1, 2024, 100), year_of(1, 2025, 60), year_of(2, 2026, 7))
    assert found.total.frame == 100
    assert found.later == ((2025, 60), (2026, 7))
    assert found.later_words == "Desuden er der disponeret 60 kr. til 2025 og 7 kr. til 2026."


def test_what_was_carried_out_of_a_year_is_no_longer_left():
    found = of(year_of(1, 2024, 100, 40), year_of(1, 2025, 60, carried=-60), day=TODAY)
    assert (found.total.frame, found.total.variance) == (100, 60)
    assert found.allocated_label == "Disponeret, overførsler medregnet"


def test_without_carry_overs_it_is_simply_allocated():
    assert of(year_of(1, 2024, 100)).allocated_label == "Disponeret"


def test_who_overspent_is_named_in_the_plan_s_order():
    found = of(year_of(1, 2024, 100), overspent=frozenset({20, 10, 99}))
    assert found.overspent == (ONE, TWO)
    assert found.overspent_words.startswith("Indsats 1 og 2 har brugt mere")


def test_of_many_who_overspent_only_the_number_is_told():
    assert words.overspent(["7"] * 1200).startswith("1.200 indsatser har brugt mere")


@pytest.mark.django_db
def test_one_line_beyond_its_frame_is_overspent_though_the_other_has_left():
    cluster = build_ledger.ledger()
    over = build_ledger.used(build_ledger.line(cluster, "5", "Jammerbugt Kommune"), "100", "120")
    build_ledger.used(build_ledger.line(cluster, "5", "Aalborg Kommune"), "100", "10")
    build_ledger.used(build_ledger.line(cluster, "6"), "50", "50")
    plan = over.initiative.plan
    assert ledger(plan, END_OF_2024, {2024}, {}).overspent == {over.initiative.pk}
    assert ledger(plan, date(2024, 12, 30), {2024}, {}).overspent == frozenset()


@pytest.mark.django_db
def test_overspending_of_a_year_to_come_does_not_count():
    over = build_ledger.used(build_ledger.line(build_ledger.ledger()), "100", "120", budget_year=2025)
    assert ledger(over.initiative.plan, END_OF_2024, {2024}, {}).overspent == frozenset()
    assert ledger(over.initiative.plan, date(2025, 1, 1), {2024}, {}).overspent == {over.initiative.pk}


def test_bars_fill_the_width_where_every_frame_holds():
    found = of(year_of(1, 2024, 100, 50), year_of(2, 2024, 100, 100))
    assert [(each.bar.frame, each.bar.fill, each.bar.over_width) for each in found.themes] == [
        ("200.0", "100.0", ""), ("200.0", "200.0", ""),
    ]  # fmt: skip


def test_bars_make_room_where_a_frame_does_not_hold():
    found = of(year_of(1, 2024, 100, 150), year_of(2, 2024, 100, 50))
    assert [each.bar.frame for each in found.themes] == ["133.3", "133.3"] == [found.total_bar.frame] * 2
    assert found.themes[0].bar.over_width
    assert found.bar.frame == "200.0"


def test_open_years_are_those_shown_without_accounts():
    found = of(year_of(1, 2024, 100), year_of(1, 2025, 60), day=TODAY)
    assert (found.accounted_through, found.open_years) == (2024, (2025,))
    assert found.accounts == "Klyngemidler. Regnskabet er aflagt til og med 2024, men endnu ikke for 2025."


@pytest.mark.parametrize(
    ("through", "open_years", "text"),
    [
        (None, [2024], "Klyngemidler. Der er endnu ikke aflagt regnskab."),
        (2024, [], "Klyngemidler. Regnskabet er aflagt til og med 2024."),
        (2024, [2025, 2026], "Klyngemidler. Regnskabet er aflagt til og med 2024, men endnu ikke for 2025 og 2026."),
    ],
)
def test_it_says_how_far_the_accounts_go(through: int | None, open_years: list[int], text: str):
    assert words.accounts(through, open_years) == text


@pytest.mark.parametrize(
    ("spent", "text"),
    [
        ("0", "0 % er brugt, 100 % er tilbage."),
        ("5255088", "75 % er brugt, 25 % er tilbage."),
        ("7020000", "100 % er brugt, 0 % er tilbage."),
        ("7019999", "99 % er brugt, 1 % er tilbage."),
        ("8073000", "115 % af rammen er brugt."),
    ],
)
def test_the_two_parts_of_the_bar_make_a_hundred(spent: str, text: str):
    assert words.bar_words(Sums(spent=Decimal(spent), allocated=Decimal(7020000))) == text


def test_less_than_nothing_left_is_called_overspend():
    assert words.left_label(Sums(spent=Decimal(3), allocated=Decimal(2))) == "Merforbrug"
    assert words.left_label(Sums(allocated=Decimal(2))) == "Tilbage"


@pytest.mark.django_db
@pytest.mark.parametrize("day", [END_OF_2024, date(2025, 6, 1), TODAY])
def test_midt_s_sums_are_those_of_the_annex(midt: Cluster, day: date):
    initiatives = {each.pk: each for each in Initiative.objects.filter(cluster=midt)}
    theme_of = {each.pk: each.theme_id for each in initiatives.values() if each.theme_id}
    themes = list(Theme.objects.filter(plan__cluster=midt))
    found = money(ledger(midt.plans.get(), day, accounted_years(midt, day), theme_of), initiatives, themes, day)
    printed = annex(midt, day)
    assert found is not None
    assert (found.total.spent, found.total.frame, found.total.variance) == (
        printed.spent, printed.frame, printed.variance,
    )  # fmt: skip
    assert (found.accounted_through, found.open_years) == (printed.accounted_through, printed.open_years)


@pytest.mark.django_db
def test_midt_s_themes_at_the_end_of_2024(midt: Cluster):
    initiatives = {each.pk: each for each in Initiative.objects.filter(cluster=midt)}
    theme_of = {each.pk: each.theme_id for each in initiatives.values() if each.theme_id}
    themes = list(Theme.objects.filter(plan__cluster=midt))
    found = money(ledger(midt.plans.get(), END_OF_2024, {2024}, theme_of), initiatives, themes, END_OF_2024)
    assert found is not None
    assert [(int(each.sums.frame), int(each.sums.spent), each.bar.percent) for each in found.themes] == [
        (1500000, 800000, 53), (3120000, 2640483, 85), (2100000, 1814605, 86), (300000, 0, 0),
    ]  # fmt: skip
    assert [each.number for each in found.overspent] == ["5", "10B"]
