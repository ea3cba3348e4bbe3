"""«Hvordan er beløbet beregnet?»: told in words that somebody can follow who was not there."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from finance.explaining import exact, explain
from finance.financing import Key, Rule, Share, Side, shares

GRANTS = Key(
    "Tildelte klyngemidler", "grants", "kr.", date(2022, 1, 1), "Tabel 1",
    {"Allerød Kommune": 176166, "Hørsholm Kommune": 168634},
)  # fmt: skip
RULE = Rule(
    "Principper", date(2023, 5, 10), "Mødet",
    (Side("Hospitalet", 50, "Hospitalet"), Side("Kommunerne", 50, None, GRANTS)),
    "Principperne nævner befolkningen.",
)  # fmt: skip


def share(amount: str, party: str) -> Share:
    return next(share for share in shares(Decimal(amount), RULE) if share.party == party)


def test_a_share_by_a_key_is_told_step_by_step():
    told = explain(share("100.01", "Allerød Kommune"))
    assert told.sentences == (
        "100,01 kr. skal betales i fællesskab.",
        "Reglen »Principper« gælder fra 10. maj 2023 og deler beløbet sådan: Hospitalet 50 % og Kommunerne 50 %.",
        "Kommunerne deler deres del efter nøglen »Tildelte klyngemidler«, som gælder fra 1. januar 2022. "
        "Kilde: Tabel 1.",
        "I nøglen har Allerød Kommune 176.166 af 344.800 kr., altså 51,09 %.",
        "Principperne nævner befolkningen.",
        "Regnestykket: 100,01 kr. × 1/2 × 176.166/344.800 = 25,5486… kr.",
        "Alle andele rundes ned til hele øre. Så er der 2 øre tilbage. De går én for én til de andele, der blev "
        "skåret mest.",
        "Allerød Kommune får 1 øre lagt til: 25,54 kr. + 1 øre = 25,55 kr.",
    )
    assert told.fraction == Fraction(1, 2) * Fraction(176166, 344800)
    assert (told.amount, told.recorded, told.difference) == (Decimal("25.55"), None, None)


def test_the_one_who_gets_no_ore_is_told():
    assert (
        explain(share("100.01", "Hospitalet")).sentences[-1] == "Hospitalet får ikke noget lagt til og betaler 50 kr."
    )


def test_a_single_ore_goes_to_one():
    told = explain(share("100", "Hørsholm Kommune")).sentences
    assert told[-2:] == (
        "Alle andele rundes ned til hele øre. Så er der 1 øre tilbage. Den går til den andel, der blev skåret mest.",
        "Hørsholm Kommune får ikke noget lagt til og betaler 24,45 kr.",
    )


def test_a_party_alone_needs_no_key_and_a_whole_amount_no_rounding():
    told = explain(share("100", "Hospitalet")).sentences
    assert "Hospitalet betaler sin del alene." in told
    assert "Regnestykket: 100 kr. × 1/2 = 50 kr." in told
    assert told[-1] == "Det er et helt antal øre, så der rundes ikke af."


def test_what_was_published_instead_is_told_with_the_difference():
    told = explain(share("100", "Allerød Kommune"), Decimal("25.82"))
    assert told.difference == Decimal("25.82") - told.amount
    assert told.sentences[-1] == "I regnskabet står der 25,82 kr. Det er 0,27 kr. mere, end reglen giver."
    less = explain(share("100", "Allerød Kommune"), Decimal(25))
    assert less.sentences[-1] == "I regnskabet står der 25 kr. Det er 0,55 kr. mindre, end reglen giver."
    same = explain(share("100", "Allerød Kommune"), told.amount)
    assert same.sentences[-1] == "I regnskabet står der det samme beløb."


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Fraction(50), "50"),
        (Fraction(1, 2), "0,50"),
        (Fraction(1, 8), "0,1250"),
        (Fraction(2, 3), "0,6666…"),
        (Fraction(1, 16), "0,0625"),
        (Fraction(1, 32), "0,0312…"),
        (Fraction(10**12) + Fraction(1, 3), "1.000.000.000.000,3333…"),
    ],
)
def test_an_exact_amount_is_cut_not_rounded(amount, text):
    assert exact(amount) == text
