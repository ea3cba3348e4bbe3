"""A party's pool year by year, and several years seen as one."""

from decimal import Decimal

import pytest

from finance.pools import Move, Pool, Pools
from initiatives.models import Actor

ALLEROED = Actor(pk=1, name="Allerød Kommune", kind=Actor.Kind.MUNICIPALITY)
HOSPITAL = Actor(pk=2, name="A-hospitalet", kind=Actor.Kind.HOSPITAL)


def move(year: int, kind: str, amount: str, into: int = 0, party: Actor = ALLEROED) -> Move:
    return Move(party, year, into or year, kind, None, None, Decimal(amount))


EVERY = Pools(
    (
        move(2022, "grant", "100"),
        move(2023, "grant", "80"),
        move(2023, "adjustment", "5"),
        move(2023, "contribution", "-30"),
        move(2022, "carry_over", "-100", 2024),
        move(2023, "carry_over", "-55", 2024),
        move(2024, "carry_over", "155"),
        move(2024, "contribution", "-60.50"),
        move(2023, "opening", "7", party=HOSPITAL),
        move(2023, "allocation", "-2", party=HOSPITAL),
    )
)


@pytest.mark.parametrize(
    ("year", "pool"),
    [
        (2022, Pool(granted=Decimal(100), carried_out=Decimal(100))),
        (2023, Pool(granted=Decimal(85), used=Decimal(30), carried_out=Decimal(55))),
        (2024, Pool(carried_in=Decimal(155), used=Decimal("60.50"))),
        (2025, Pool()),
    ],
)
def test_each_year_has_what_was_granted_used_and_carried(year, pool):
    assert EVERY.of(ALLEROED, year) == pool


def test_what_is_left_is_told_before_and_after_it_is_carried_over():
    of_2023 = EVERY.of(ALLEROED, 2023)
    assert (of_2023.available, of_2023.left, of_2023.remaining) == (Decimal(85), Decimal(55), Decimal(0))
    assert EVERY.of(ALLEROED, 2024).remaining == Decimal("94.50")


def test_what_moves_between_the_years_seen_as_one_is_neither_in_nor_out():
    through = EVERY.through(ALLEROED, 2023)
    assert (through.granted, through.carried_in, through.left) == (Decimal(185), Decimal(0), Decimal(155))
    assert through.carried_out == Decimal(155)
    assert EVERY.through(ALLEROED, 2024) == Pool(granted=Decimal(185), used=Decimal("90.50"))


def test_the_years_sum_to_the_whole():
    years = [EVERY.of(ALLEROED, year).remaining for year in EVERY.years]
    assert sum(years) == EVERY.through(ALLEROED, 2024).remaining


def test_parties_together_are_the_sum_of_each():
    both = EVERY.of_all([ALLEROED, HOSPITAL], 2023)
    assert both == EVERY.of(ALLEROED, 2023) + EVERY.of(HOSPITAL, 2023)
    assert (both.granted, both.used) == (Decimal(92), Decimal(32))
    assert EVERY.all_through(EVERY.parties, 2023).left == Decimal(160)


def test_municipalities_come_first():
    assert EVERY.parties == [ALLEROED, HOSPITAL]


def test_what_there_is_to_carry_over_is_told_by_the_year_it_comes_from():
    assert EVERY.to_carry_over(ALLEROED, 2023) == {}
    assert EVERY.to_carry_over(ALLEROED, 2024) == {2024: Decimal("94.50")}
    assert EVERY.to_carry_over(HOSPITAL, 2024) == {2023: Decimal(5)}
