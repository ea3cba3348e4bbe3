"""How Danish numbers and dates are read and printed: boundaries, traps, and what is refused."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from initiatives import danish


@pytest.fixture(autouse=True)
def in_danish():
    with translation.override("da"):
        yield


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1.766.776", "1766776"),
        ("1 766 776", "1766776"),
        ("1\u00a0766\u202f776", "1766776"),
        ("1766776,50", "1766776.50"),
        ("1.250.000,5", "1250000.5"),
        ("0,27", "0.27"),
        ("0", "0"),
        ("-64.528", "-64528"),
        ("−64.528", "-64528"),
        ("+5", "5"),
        ("  1.250 kr. ", "1250"),
        ("1.250 KR", "1250"),
        ("9" * 15, "9" * 15),
    ],
)
def test_an_amount_is_read_as_danes_type_it(typed, amount):
    assert danish.parse_money(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    [
        *("", "   ", "kr.", "abc", "NaN", "Infinity", "1e5", "--5", "5-"),
        *("1.2.3", "12,345,6", "1,2,3", "1.25", "12.3456", "1.2345.678", ".500", "500.", ",5", "5,"),
        # A dot groups thousands, so this would be 761 kr. to a parser that is not careful.
        *("0.761", "-0.758", "00.500"),
    ],
)
def test_what_is_no_amount_is_refused_with_an_example(typed):
    with pytest.raises(ValueError, match=r"1\.250\.000"):
        danish.parse_money(typed)


def test_an_amount_has_at_most_two_decimals():
    with pytest.raises(ValueError, match="højst to decimaler"):
        danish.parse_money("1,234")


def test_a_third_decimal_of_zero_changes_nothing():
    assert danish.parse_money("1,230") == Decimal("1.23")


@pytest.mark.parametrize("parse", [danish.parse_money, danish.parse_measure])
@pytest.mark.parametrize("typed", ["9" * 16, "9" * 5000, "1." + "000." * 10 + "000"])
def test_more_digits_than_any_amount_has_are_refused_in_words(parse, typed):
    with pytest.raises(ValueError, match="for mange cifre"):
        parse(typed)


@pytest.mark.parametrize(
    ("typed", "figure"),
    [
        ("3,64", "3.64"),
        ("0.761", "0.761"),
        ("-0.758", "-0.758"),
        ("−0,36", "-0.36"),
        ("1 250", "1250"),
        ("1.250", "1.250"),
        ("1.250.000", "1250000"),
        ("577", "577"),
        ("0", "0"),
    ],
)
def test_a_measure_takes_a_lone_dot_as_its_decimal_sign(typed, figure):
    assert danish.parse_measure(typed) == Decimal(figure)


@pytest.mark.parametrize("typed", ["", "abc", "1.2.3", "12,345,6", "5.", ".5", "1,2,3"])
def test_what_is_no_measure_is_refused_with_an_example(typed):
    with pytest.raises(ValueError, match="3,64"):
        danish.parse_measure(typed)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("10.04.2025", date(2025, 4, 10)),
        ("5/3/2026", date(2026, 3, 5)),
        ("05-03-2026", date(2026, 3, 5)),
        ("2026-03-05", date(2026, 3, 5)),
        (" 31.12.2024 ", date(2024, 12, 31)),
        ("29.02.2024", date(2024, 2, 29)),
        ("1.1.0001", date(1, 1, 1)),
        ("31.12.9999", date(9999, 12, 31)),
    ],
)
def test_a_date_is_read_in_the_ways_it_is_typed(typed, day):
    assert danish.parse_date(typed) == day


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("31.04.2025", "april 2025 har 30 dage"),
        ("29.02.2025", "februar 2025 har 28 dage"),
        ("30.02.2025", "februar 2025 har 28 dage"),
        ("30.02.2024", "februar 2024 har 29 dage"),
        ("29.02.1900", "februar 1900 har 28 dage"),
        ("0.12.2025", "december 2025 har 31 dage"),
        ("32/12/2025", "december 2025 har 31 dage"),
        ("01.13.2025", "ingen måned 13"),
        ("2025-00-10", "ingen måned 0"),
        ("01.01.0000", "Datoen findes ikke"),
    ],
)
def test_a_date_that_does_not_exist_is_refused_with_the_reason(typed, message):
    with pytest.raises(ValueError, match=message):
        danish.parse_date(typed)


@pytest.mark.parametrize("typed", ["", "i dag", "10.04", "10.04.25", "10. april 2025", "10.04.20255", "2025/04/10"])
def test_what_is_no_date_is_refused_with_an_example(typed):
    with pytest.raises(ValueError, match=r"10\.04\.2025"):
        danish.parse_date(typed)


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (Decimal(1766776), 0, "1.766.776"),
        (Decimal("3.645"), 2, "3,65"),
        (Decimal("3.644"), 2, "3,64"),
        (Decimal("-0.355"), 2, "−0,36"),
        (Decimal("0.5"), 0, "1"),
        (Decimal("999.995"), 2, "1.000,00"),
        (Decimal("-0.001"), 2, "0,00"),
        (2026, 0, "2.026"),
        (0, 0, "0"),
    ],
)
def test_a_number_is_rounded_half_up_and_grouped(value, decimals, printed):
    assert danish.format_number(value, decimals) == printed


def test_percent_and_signed_differences():
    assert danish.format_percent(Decimal("154.6")) == "155 %"
    assert danish.format_signed(Decimal(260), 0) == "+260"
    assert danish.format_signed(Decimal("-0.36"), 2) == "−0,36"


@pytest.mark.parametrize("value", ["0", "0.001", "-0.001"])
def test_a_difference_that_rounds_to_nothing_has_no_sign(value):
    assert danish.format_signed(Decimal(value), 2) == "0,00"


def test_dates_are_printed_short_long_and_by_month():
    day = date(2026, 3, 5)
    assert danish.short_date(day) == "05.03.2026"
    assert danish.long_date(day) == "5. marts 2026"
    assert danish.month_and_year(day) == "marts 2026"


@pytest.mark.parametrize(
    ("precision", "printed"),
    [("day", "31.03.2025"), ("month", "marts 2025"), ("year", "2025"), ("unprinted", "dato ikke trykt")],
)
def test_a_date_is_as_precise_as_its_source(precision, printed):
    assert danish.dated(date(2025, 3, 31), precision) == printed


@pytest.mark.parametrize(("number", "word"), [(0, "ingen"), (1, "én"), (12, "tolv"), (13, "13"), (-1, "−1")])
def test_small_numbers_are_written_in_words(number, word):
    assert danish.count_word(number) == word


@pytest.mark.parametrize(
    ("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a og b"), (["a", "b", "c"], "a, b og c")]
)
def test_words_are_listed_with_og(words, text):
    assert danish.listed(words) == text


@pytest.mark.parametrize(("name", "owner"), [("Maria", "Marias"), ("Jens", "Jens'"), ("Max", "Max'"), ("Liz", "Liz'")])
def test_what_belongs_to_somebody(name, owner):
    assert danish.possessive(name) == owner


def test_aa_sorts_as_the_last_letter():
    names = ["Aalborg", "Østjylland", "Jammerbugt", "Ærø", "aarhus", "Zoo", "Åbenrå"]
    assert sorted(names, key=danish.collation_key) == [
        "Jammerbugt", "Zoo", "Ærø", "Østjylland", "Åbenrå", "Aalborg", "aarhus",
    ]  # fmt: skip


def test_today_is_the_day_in_copenhagen(monkeypatch):
    # 31 December 23.30 in Greenwich is New Year's Day in Denmark; the clock cannot be waited for.
    monkeypatch.setattr(timezone, "now", lambda: datetime(2024, 12, 31, 23, 30, tzinfo=UTC))
    assert danish.today() == date(2025, 1, 1)
