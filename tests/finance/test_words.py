"""The sentences of the annex, in English; the catalogue's are seen in test_midt.py."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from finance import words
from finance.annex import Annex, AnnexLine
from initiatives.models import Initiative


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def lines(*variances: int) -> list[AnnexLine]:
    return [
        AnnexLine(Initiative(), None, Decimal(100 - variance), Decimal(100), Decimal(0), "") for variance in variances
    ]


def annex(through: int, accounted: int | None, open_years: tuple[int, ...]) -> Annex:
    nothing = Decimal(0)
    day = date(through, 6, 1)
    return Annex(
        day, through, (), nothing, nothing, nothing, nothing, (), nothing, accounted, open_years, later_years=(),
        by_year=None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("variance", "closed", "word"),
    [
        (1, True, "Underspend"),
        (1, False, "Not spent yet"),
        (0, True, "In balance"),
        (0, False, "In balance"),
        (-1, True, "Overspend"),
        (-1, False, "Overspend"),
    ],
)
def test_a_variance_has_a_word(variance, closed, word):
    assert words.variance_word(Decimal(variance), closed) == word


def test_closed_years_are_told_in_the_past():
    assert (
        words.lines_in_words(lines(-1, -2, 3, 0, 0, 0), closed=True)
        == "Two lines went over the frame, one ended under it, and three met it."
    )


def test_one_line_over_is_told_in_the_singular():
    assert words.lines_in_words(lines(-1, 5), closed=True).startswith("One line went over the frame,")


def test_open_years_are_told_in_the_present():
    assert (
        words.lines_in_words(lines(-1, 3), closed=False) == "One line is over the frame, one under it, and none at it."
    )


def test_no_overspend_is_said_so():
    assert words.lines_in_words(lines(0), closed=True).startswith("No lines went over")


@pytest.mark.parametrize(
    ("shown", "sentence"),
    [
        (annex(2024, 2024, ()), ""),
        (annex(2023, 2024, ()), ""),
        (
            annex(2025, 2024, (2025,)),
            "The accounts are rendered up to and including 2024; for 2025 what is allocated is shown.",
        ),
        (
            annex(2026, 2024, (2025, 2026)),
            "The accounts are rendered up to and including 2024; for 2025 and 2026 what is allocated is shown.",
        ),
        (annex(2025, 2024, ()), "The accounts are rendered up to and including 2024."),
        (annex(2024, None, (2024,)), "No accounts have been rendered yet; what is allocated is shown."),
    ],
)
def test_how_far_the_accounts_go(shown, sentence):
    assert words.accounts_in_words(shown) == sentence


@pytest.mark.parametrize(
    ("day", "beginning"),
    [(date(2024, 12, 31), "At the end of 2024"), (date(2025, 6, 1), "On June 1, 2025")],
)
def test_a_sentence_begins_with_its_day(day, beginning):
    assert words.when(day) == beginning


@pytest.mark.parametrize(("number", "label"), [(1, "Overspend in one line"), (2, "Overspend in two lines")])
def test_the_overspend_is_named_by_its_lines(number, label):
    assert words.overspend_label(number) == label


def test_initiatives_without_funds_are_named():
    assert words.without_funds_in_words(["1B", "3", "4"], [("14", 2025)]) == (
        "Initiatives 1B, 3 and 4 have no cluster funds. Initiative 14 gets cluster funds from 2025."
    )


def test_later_funds_are_told_year_by_year():
    assert words.without_funds_in_words([], [("14", 2026), ("15", 2025), ("16", 2026)]) == (
        "Initiative 15 gets cluster funds from 2025. Initiatives 14 and 16 get cluster funds from 2026."
    )


def test_nothing_is_said_where_all_have_funds():
    assert words.without_funds_in_words([], []) == ""
