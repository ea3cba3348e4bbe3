"""What is found in the real facts of Sundhedsklynge Midt; the same on SQLite and on PostgreSQL."""

import pytest

from initiatives.models import User

from .build_search import found, search, words_marked

# What was typed, a kind, and what is found of it. Descriptions are left to small tests: their wording changes.
EXPECTED = [
    ("træning", "indsatser", ["5", "6", "12"]),
    ("TRÆNING", "indsatser", ["5", "6", "12"]),
    ("gangtræning", "indsatser", ["5"]),
    ("gangtræning vedligeholdelse", "indsatser", ["5"]),
    ("lænderyg", "indsatser", ["6"]),
    ("LÆNDERYG", "indsatser", ["6"]),
    ("ældre", "indsatser", ["11"]),
    ("ÆLDRE", "indsatser", ["11"]),
    ("børn", "indsatser", ["11", "12", "1", "2"]),
    ("BØRN UNGE", "indsatser", ["11", "1", "2", "12"]),
    ("ips", "indsatser", ["1A"]),
    ("IPS", "beslutninger", ["IPS til 15-17-årige"]),
    ("10A", "indsatser", ["10A"]),
    ("10a", "indsatser", ["10A"]),
    ("10", "indsatser", ["10A", "10B"]),
    ("1", "indsatser", ["1", "1A", "1B", "10A", "10B", "11", "12", "13", "14"]),
    ("indsats 5", "indsatser", ["5"]),
    ("nr. 10b", "indsatser", ["10B"]),
    ("Social Sundhed", "indsatser", ["7"]),
    ("sundhed social", "indsatser", ["7"]),
    ('"Social Sundhed"', "indsatser", ["7"]),
    ('"Sundhed Social"', "indsatser", None),
    ("ci", "indsatser", ["5"]),
    ("jammerbugt gangtræning", "aktoerer", ["5"]),
    ("nord-kap 14", "aktoerer", ["14"]),
    ("i drift regionalt", "status", ["11"]),
    ("gangdistance", "maalinger", ["5"]),
    ("walking distance", "maalinger", ["5"]),
    ("valgperioden", "beslutninger", ["Handleplan for valgperioden"]),
    ("å", "indsatser", None),
    ("%", "indsatser", None),
    ("_", "indsatser", None),
    ("t_æning", "indsatser", None),
    ("tr%ning", "indsatser", None),
    ("træ*", "indsatser", None),
    ("kamel", "indsatser", None),
]


@pytest.mark.parametrize(("typed", "kind", "numbers"), EXPECTED)
def test_what_is_found_in_midt(typed, kind, numbers, coordinator: User):
    assert found(coordinator, typed).get(kind) == numbers


@pytest.mark.parametrize("typed", ["%", "_", "å", "t_æning", "tr%ning", "kamel"])
def test_signs_of_the_databases_find_nothing_by_themselves(typed, coordinator: User):
    assert found(coordinator, typed) == {}


@pytest.mark.parametrize("typed", ["gangtræning", "GANGTRÆNING"])
def test_capitals_make_no_difference(typed, coordinator: User):
    assert found(coordinator, typed) == found(coordinator, "Gangtræning")
    assert "5" in found(coordinator, typed)["beskrivelser"]


def test_kinds_come_in_one_order(coordinator: User):
    kinds = [group.kind.slug for group in search(coordinator, "kommune").groups]
    assert kinds == ["indsatser", "aktoerer", "status", "beskrivelser", "beslutninger", "maalinger"]


def test_every_hit_shows_the_word_it_was_found_by(coordinator: User):
    for group in search(coordinator, "kommune").groups:
        for hit in group.hits:
            assert "kommune" in [word.lower() for word in words_marked(hit.title + hit.place + hit.snippet)]


@pytest.mark.parametrize("typed", ["træning", "10A", "5", "kommune", "IPS", "gangdistance", "handleplan"])
def test_a_stranger_finds_nothing_of_midt(typed, stranger: User):
    assert set(found(stranger, typed)) <= {"ordliste"}
