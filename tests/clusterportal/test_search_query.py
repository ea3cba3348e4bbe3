"""What is typed into the search box becomes words to find, or a reason why nothing is searched for."""

import pytest

from clusterportal.search.query import Problem, Query, parse


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("gangtræning", ("gangtræning",)),
        ("  ÆLDRE  Borgere ", ("ældre", "borgere")),
        ("10A", ("10a",)),
        ('"Social Sundhed" 7', ("social sundhed", "7")),
        ("»Social Sundhed«", ("social sundhed",)),
        ("“Social Sundhed”", ("social sundhed",)),
        ('gang "social sun', ("gang", "social sun")),
        ("aalborg, (jammerbugt).", ("aalborg", "jammerbugt")),
        ("100 %", ("100", "%")),
        ("... abc", ("...", "abc")),
        ("drift drift DRIFT", ("drift",)),
        ("på", ("på",)),
        ("5", ("5",)),
        # å as a and a ring, a soft hyphen, a NUL, text that runs from right to left
        ("pa\u030a vej", ("på", "vej")),
        ("træ\u00adning", ("træning",)),
        ("gang\x00træning \u202eabc", ("gang", "træning", "abc")),
    ],
)
def test_the_words_of_a_query(typed, words):
    query = parse(typed)
    assert query.words == words
    assert query.problem is None


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", Problem.EMPTY),
        (" \t ", Problem.EMPTY),
        ('""', Problem.EMPTY),
        ("å", Problem.TOO_SHORT),
        ("%", Problem.TOO_SHORT),
        ("_ x", Problem.TOO_SHORT),
        ("x" * 201, Problem.TOO_LONG),
        ("en to tre fire fem seks syv otte ni ti elleve", Problem.TOO_MANY_WORDS),
    ],
)
def test_what_is_not_searched_for(typed, problem):
    query = parse(typed)
    assert query.problem is problem
    assert query.words == ()


def test_two_hundred_characters_and_ten_words_are_allowed():
    assert parse("x" * 200).words == ("x" * 200,)
    assert len(parse("en to tre fire fem seks syv otte ni ti").words) == 10


def test_what_was_typed_is_kept_when_it_is_refused():
    assert parse(" " + "æ" * 300).text == "æ" * 300


@pytest.mark.parametrize(("typed", "only_short"), [("5 ci", True), ("5 gang", False), ("10a", False), ("på", True)])
def test_whether_any_word_is_in_the_index(typed, only_short):
    assert parse(typed).only_short is only_short


def test_dropping_a_word_leaves_a_query_that_can_be_typed():
    rest = parse('kamel "social sundhed"').without("kamel")
    assert rest == Query('"social sundhed"', ("social sundhed",))
    assert parse(rest.text) == rest
