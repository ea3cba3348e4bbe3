"""Nord's published payments for STIME, reproduced from the recorded rule, keys and prices."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from finance.apportionment import ApportionmentError
from finance.financing import Key, amounts, fits, shares, simulate
from finance.financing_facts import NoRuleError, cost_of, keys_known_on, price_of, rule_in_force
from finance.models import ApportionmentKey, FinancingRule, PriceAdjustment, RateTable, TrackChoice
from initiatives.models import Actor, Initiative
from initiatives.money import total

MEETING = date(2023, 11, 23)
WHOLES_2023 = [509569, 509569, 541103, 509569]
WHOLES_2024 = [509569] * 4

# Tables 3 and 6 of the annex.
PAID_2023 = {
    "Allerød": "82050.28", "Fredensborg": "130721.54", "Frederikssund": "145277.87", "Gribskov": "130518.53",
    "Halsnæs": "99423.35", "Helsingør": "199439.87", "Hillerød": "168931.52", "Hørsholm": "78542.04",
}  # fmt: skip
PAID_2024 = {
    "Allerød": "80800", "Fredensborg": "128730", "Frederikssund": "143065", "Gribskov": "128530",
    "Halsnæs": "97909", "Helsingør": "196401", "Hillerød": "166358", "Hørsholm": "77345",
}  # fmt: skip


def published(of: dict[str, str]) -> dict[Actor, Decimal]:
    return {Actor.objects.get(name=f"{name} Kommune"): Decimal(amount) for name, amount in of.items()}


@pytest.mark.parametrize(
    ("paid", "wholes", "within", "by_population"),
    [(PAID_2023, WHOLES_2023, "0.27", "230"), (PAID_2024, WHOLES_2024, "0.61", "230")],
)
def test_the_published_payments_follow_the_grants_and_not_the_population(nord, paid, wholes, within, by_population):
    rule = rule_in_force(nord, MEETING)
    best, other = fits(published(paid), wholes, rule, keys_known_on(nord, MEETING))
    assert (best.key.basis, other.key.basis) == ("grants", "population")
    assert Decimal("0.20") < best.largest.quantize(Decimal("0.01")) <= Decimal(within)
    assert other.largest > Decimal(by_population)


def test_the_rule_uses_the_key_that_fits_and_says_so(nord):
    rule = rule_in_force(nord, MEETING)
    [hospital, municipalities] = rule.sides
    assert (hospital.party, hospital.key) == (Actor.objects.get(name="Nordsjællands Hospital"), None)
    assert municipalities.key is not None
    assert (municipalities.key.basis, municipalities.key.of_all) == ("grants", 2221992)
    assert [rule.share_of(side) for side in rule.sides] == [Fraction(1, 2), Fraction(1, 2)]
    assert "befolkningen" in rule.note


def test_the_shares_of_each_allocation_sum_to_it(nord):
    rule = rule_in_force(nord, MEETING)
    for whole in {*WHOLES_2023, *WHOLES_2024}:
        assert total(amounts(shares(whole, rule)).values()) == Decimal(whole)


def test_the_hospital_pays_half(nord):
    hospital = Actor.objects.get(name="Nordsjællands Hospital")
    rule = rule_in_force(nord, MEETING)
    paid = amounts(share for whole in WHOLES_2023 for share in shares(whole, rule))
    assert paid[hospital] == Decimal(1034905)
    assert total(paid.values()) == Decimal(2069810)


def test_the_keys_hold_what_the_document_prints(nord):
    population, grants = sorted(keys_known_on(nord, MEETING), key=lambda key: key.of_all)
    assert (population.of_all, grants.of_all) == (326907, 2221992)
    assert list(population.weights) == list(grants.weights)
    assert {str(party): weight for party, weight in population.weights.items()}["Helsingør Kommune"] == 62947


def test_the_same_amount_under_the_other_key_stands_beside(nord):
    rule = rule_in_force(nord, MEETING)
    population = next(key for key in keys_known_on(nord, MEETING) if key.basis == "population")
    compared = {str(row.party): row for row in simulate(2069810, rule, population)}
    assert compared["Nordsjællands Hospital"].difference == 0
    assert compared["Hørsholm Kommune"].difference.quantize(Decimal(1)) == Decimal(-237)
    assert total(row.by_first for row in compared.values()) == total(row.by_second for row in compared.values())
    assert total(row.difference for row in compared.values()) == 0


def test_before_the_rule_was_approved_there_is_none(nord):
    with pytest.raises(NoRuleError, match="Sundhedsklynge Nord har ingen finansieringsregel"):
        rule_in_force(nord, date(2023, 5, 9))


def test_a_rule_without_its_key_is_refused_by_name(nord):
    rule = FinancingRule.objects.create(cluster=nord, name="Ny regel", holds_from=date(2024, 1, 1), source="Prøve")
    rule.sides.create(position=1, name="Kommunerne", weight=1, basis="other")
    with pytest.raises(NoRuleError, match="Ny regel"):
        rule_in_force(nord, date(2024, 1, 1))


@pytest.mark.parametrize("sides", [[], [{"basis": "grants"}, {"actor": "Allerød Kommune"}]])
def test_a_rule_that_names_nobody_or_somebody_twice_is_refused(nord, sides):
    rule = FinancingRule.objects.create(cluster=nord, name="Ny regel", holds_from=date(2024, 1, 1), source="Prøve")
    for place, side in enumerate(sides, start=1):
        actor = Actor.objects.filter(name=side.get("actor")).first()
        rule.sides.create(position=place, name=f"Side {place}", weight=1, basis=side.get("basis", ""), actor=actor)
    with pytest.raises(NoRuleError, match="»Ny regel« kan ikke bruges"):
        rule_in_force(nord, date(2024, 1, 1))


def test_a_key_that_names_a_party_of_another_side_cannot_be_simulated(nord):
    rule = rule_in_force(nord, MEETING)
    hospital = Actor.objects.get(name="Nordsjællands Hospital")
    with pytest.raises(ApportionmentError, match="Nordsjællands Hospital står to gange"):
        simulate(100, rule, Key("Nøgle", "other", "kr.", MEETING, "Prøve", {hospital: 1}))


def test_a_later_key_replaces_one_of_the_same_basis_from_its_day(nord):
    later = ApportionmentKey.objects.create(
        cluster=nord, basis="grants", name="Tildelte klyngemidler 2024", unit="kr.", holds_from=date(2024, 1, 1),
        source="Prøve",
    )  # fmt: skip
    later.weights.create(position=1, actor=Actor.objects.get(name="Allerød Kommune"), weight=1)
    assert rule_in_force(nord, date(2023, 12, 31)).sides[1].key.of_all == 2221992
    assert rule_in_force(nord, date(2024, 1, 1)).sides[1].key.of_all == 1


def test_a_corrected_key_is_a_higher_version_of_the_same_day(nord):
    first = ApportionmentKey.objects.get(cluster=nord, basis="grants")
    second = ApportionmentKey.objects.create(
        cluster=nord, basis="grants", name=first.name, unit="kr.", holds_from=first.holds_from, version=2,
        source="Prøve",
    )  # fmt: skip
    second.weights.create(position=1, actor=Actor.objects.get(name="Allerød Kommune"), weight=2)
    assert rule_in_force(nord, MEETING).sides[1].key.of_all == 2


def test_the_cost_of_the_chosen_tracks_is_what_was_allocated(nord):
    chosen = {
        choice.actor.name: cost_of(choice)
        for choice in TrackChoice.objects.filter(initiative__cluster=nord).of_year(2023)
    }
    assert {name: price.amount for name, price in chosen.items()} == {
        "Fredensborg Kommune": Decimal(509569),
        "Gribskov Kommune": Decimal(509569),
        "Halsnæs Kommune": Decimal(541103),
        "Helsingør Kommune": Decimal(509569),
    }
    assert not any(price.is_estimate for price in chosen.values())


def test_the_estimate_for_2024_is_the_price_of_2023_as_no_adjustment_is_recorded(nord):
    stime = Initiative.objects.get(cluster=nord, address="stime")
    price = price_of(stime, (1, 2), 2024)
    assert (price.amount, price.missing, price.is_estimate) == (Decimal(509569), (2024,), True)
    assert price.amount * 4 == Decimal(2038276)


def test_a_recorded_adjustment_raises_the_price(nord):
    PriceAdjustment.objects.create(cluster=nord, into_year=2024, percent=Decimal("3.3"), source="Prøve")
    price = price_of(Initiative.objects.get(cluster=nord, address="stime"), (1, 2), 2024)
    assert (price.amount, price.adjusted, price.is_estimate) == (Decimal("526384.78"), (2024,), False)


def test_prices_of_a_year_before_the_first_table_are_not_known(nord):
    with pytest.raises(RateTable.DoesNotExist):
        price_of(Initiative.objects.get(cluster=nord, address="stime"), (1, 2), 2022)


def test_reading_a_rule_costs_the_same_whatever_the_parties(nord, queries):
    assert queries(lambda: rule_in_force(nord, MEETING)) == 6
