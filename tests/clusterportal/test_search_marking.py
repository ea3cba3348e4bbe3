"""Words are marked in the texts where they were found, and long texts are cut to where they stand."""

import pytest

from clusterportal.search.marking import best, found_in, marked, snippet


@pytest.mark.parametrize(
    ("text", "words", "shown"),
    [
        ("Superviseret gangtræning", ("træning",), "Superviseret gang<mark>træning</mark>"),
        ("ÆLDRE borgere", ("ældre",), "<mark>ÆLDRE</mark> borgere"),
        ("10A. Samarbejde", ("10a",), "<mark>10A</mark>. Samarbejde"),
        ("I drift", ("i", "drift"), "<mark>I</mark> <mark>drift</mark>"),
        ("Social Sundhed", ("social sundhed", "sund"), "<mark>Social Sundhed</mark>"),
        ("<b>gang</b> & træning", ("gang",), "&lt;b&gt;<mark>gang</mark>&lt;/b&gt; &amp; træning"),
        ("a<script", ("<script",), "a<mark>&lt;script</mark>"),
        ("50 % af 50", ("%",), "50 <mark>%</mark> af 50"),
        ("stk. 3", ("k. ",), "st<mark>k. </mark>3"),
    ],
)
def test_marks(text, words, shown):
    assert marked(text, words) == shown


def test_a_short_word_is_marked_only_where_a_word_begins():
    assert marked("Principper for IPS (ip)", ("ip",)) == "Principper for <mark>IP</mark>S (<mark>ip</mark>)"
    assert found_in("15-17 år", ("5",)) == set()
    assert found_in("15-17 år", ("17",)) == {"17"}


def test_a_snippet_begins_shortly_before_the_word_and_says_that_it_is_cut():
    text = "ord " * 100 + "gangtræning " + "efter " * 100
    shown = snippet(text, ("træning",))
    assert shown.startswith("… ord ord")
    assert "gang<mark>træning</mark>" in shown
    assert shown.endswith("efter …")
    assert len(shown) < 230


def test_a_snippet_shows_the_place_with_most_of_the_words():
    text = "gang " + "fyld " * 80 + "gang og træning"
    assert snippet(text, ("gang", "træning")).endswith("<mark>gang</mark> og <mark>træning</mark>")


def test_a_short_text_is_shown_whole():
    assert snippet("Kører som aftalt", ("aftalt",)) == "Kører som <mark>aftalt</mark>"


def test_a_text_without_the_word_is_shown_from_its_beginning():
    assert snippet("Kører som aftalt", ("gang",)) == "Kører som aftalt"


def test_one_endless_word_is_cut_as_well():
    assert len(snippet("x" * 5000 + "gang" + "x" * 5000, ("gang",))) < 230


def test_the_text_with_most_of_the_words_is_the_best():
    assert best(["gang", "gang og træning", "gang, træning"], ("gang", "træning")) == 1
    assert best(["gang"], ("træning",)) == -1
