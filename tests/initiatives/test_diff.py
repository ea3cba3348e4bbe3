"""Two versions of a text, word by word, and two versions of a status, field by field."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.diff import Piece, compare, in_words, word_diff

from .build_status import values


def marked(pieces: tuple[Piece, ...]) -> str:
    """The text with its changed runs in brackets."""
    return "".join(f"[{piece.text}]" if piece.changed else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ("Tre nye lægehuse", "Fire nye lægehuse", "[Tre] nye lægehuse", "[Fire] nye lægehuse"),
        ("inden 1. juni 2025", "inden 15. maj 2025", "inden [1. juni] 2025", "inden [15. maj] 2025"),
        ("Hold kører.", "Hold kører. Som aftalt.", "Hold kører.", "Hold kører. [Som aftalt.]"),
        ("Hold kører fint.", "Hold kører", "Hold kører [fint.]", "Hold kører"),
        ("", "Nyt", "", "[Nyt]"),
        ("Gammelt", "", "[Gammelt]", ""),
        ("", "", "", ""),
        ("ens", "ens", "ens", "ens"),
        ("a\nb", "a b", "a\nb", "a b"),
        ("مرحبا 👩‍⚕️ x", "مرحبا 👩‍⚕️ y", "مرحبا 👩‍⚕️ [x]", "مرحبا 👩‍⚕️ [y]"),
    ],
)
def test_only_the_words_that_differ_are_marked(before, after, old, new):
    saved, mine = word_diff(before, after)
    assert (marked(saved), marked(mine)) == (old, new)


@given(st.text(alphabet="ab \n.é👩", max_size=60), st.text(alphabet="ab \n.é👩", max_size=60))
def test_nothing_of_either_text_is_lost(before, after):
    saved, mine = word_diff(before, after)
    assert "".join(piece.text for piece in saved) == before.lstrip()
    assert "".join(piece.text for piece in mine) == after.lstrip()


def test_monotonous_texts_of_full_length_are_compared_too():
    saved, mine = word_diff("a " * 1000, "a b " * 500)
    assert len("".join(piece.text for piece in (*saved, *mine))) == 4000


def test_fields_that_differ_come_in_the_order_of_the_form():
    found = compare(values(next_step="A", money="amber", remedy="x"), values(next_step="B", money="green", remedy="x"))
    assert [difference.name for difference in found.differing] == ["money", "next_step"]
    assert len(found.same) == 10


def test_a_difference_holds_both_values_in_words():
    difference = compare(values(phase="paused"), values(phase="in_operation")).differing[0]
    assert (difference.kind, difference.saved, difference.mine) == ("phase", "paused", "in_operation")
    assert (difference.saved_words, difference.mine_words) == ("Pauseret", "I drift")


def test_only_texts_are_compared_word_by_word():
    found = compare(values(overall="green", account="en to"), values(overall="none", account="en tre"))
    assert [(d.kind, marked(d.mine_pieces)) for d in found.differing] == [("colour", ""), ("text", "en [tre]")]


def test_the_same_status_twice_differs_in_nothing():
    assert compare(values(), values()).differing == ()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("reported_on", date(2025, 4, 10), "10.04.2025"),
        ("overall", "amber", "Gul"),
        ("help_needed", "no", "Nej"),
        ("account", "Som skrevet", "Som skrevet"),
    ],
)
def test_values_are_written_as_the_reader_knows_them(name, value, words):
    assert in_words(name, value) == words
