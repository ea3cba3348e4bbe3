"""Who pays what of a joint effort: a rule of sides, and a key where a side is several parties.

The rule «hospital 50 %, municipalities 50 % by a key» is two sides of the same weight. A party's weight in the whole is
its side's share times its own share of the side, and all parties are split in one go: one rounding, no half øre lost
between the sides.

Pure: parties are any hashable objects, whose `str` is the name to print.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from initiatives.money import ZERO

from .apportionment import Apportionment, ApportionmentError, Part, apportion

Party = Hashable


@dataclass(frozen=True)
class Key:
    """An apportionment key: what each party weighs, in the `unit` that `basis` is counted in."""

    name: str
    basis: str
    unit: str
    holds_from: date
    source: str
    weights: Mapping[Party, int]

    @property
    def of_all(self) -> int:
        """What all weights sum to."""
        return sum(self.weights.values())

    def share(self, party: Party) -> Fraction:
        """The party's share of the key, 0 to 1."""
        return Fraction(self.weights[party], self.of_all)


@dataclass(frozen=True)
class Side:
    """One side of a rule: one party alone, or the parties of a key."""

    name: str
    weight: int
    party: Party | None = None
    key: Key | None = None

    @property
    def parties(self) -> list[Party]:
        """Who pays for the side, in the order of the key."""
        return list(self.key.weights) if self.key else [self.party]

    def share(self, party: Party) -> Fraction:
        """The party's share of the side, 0 to 1."""
        return self.key.share(party) if self.key else Fraction(1)


@dataclass(frozen=True)
class Rule:
    """How joint efforts are paid for from a day; `note` says what a reader of the figures must know."""

    name: str
    holds_from: date
    source: str
    sides: tuple[Side, ...]
    note: str = ""

    @property
    def of_all(self) -> int:
        """What the sides' weights sum to."""
        return sum(side.weight for side in self.sides)

    def share_of(self, side: Side) -> Fraction:
        """The side's share of the whole, 0 to 1."""
        return Fraction(side.weight, self.of_all)

    def with_key(self, key: Key) -> "Rule":
        """The same rule with another key for every side that has one: what the simulation shows."""
        sides = tuple(Side(side.name, side.weight, side.party, key if side.key else None) for side in self.sides)
        return Rule(self.name, self.holds_from, self.source, sides, self.note)


@dataclass(frozen=True)
class Share:
    """One party's share of an amount, with all that says how it came about."""

    party: Party
    whole: Decimal
    rule: Rule
    side: Side
    part: Part[Party]
    # How many øre were left when every share had been rounded down; one each went to those cut the most.
    left_over: int

    @property
    def amount(self) -> Decimal:
        """What the party pays, in kroner."""
        return self.part.amount


def shares(amount: Decimal | int, rule: Rule) -> tuple[Share, ...]:
    """Every party's share of `amount` in kroner, in the order of the sides and keys; the shares sum to it.

    Raises ApportionmentError where `apportion` does, and where a party stands on two sides.
    """
    sides: dict[Party, Side] = {}
    weights: dict[Party, Fraction] = {}
    for side in rule.sides:
        for party in side.parties:
            if party in sides:
                raise ApportionmentError(
                    _("%(party)s stands twice in the rule “%(rule)s”.") % {"party": party, "rule": rule.name}
                )
            sides[party] = side
            weights[party] = rule.share_of(side) * side.share(party)
    split: Apportionment[Party] = apportion(amount, weights)
    left_over = sum(1 for part in split.parts if part.rounding)
    return tuple(Share(part.key, split.amount, rule, sides[part.key], part, left_over) for part in split.parts)


def amounts(of: Iterable[Share]) -> dict[Party, Decimal]:
    """What each party pays in all, in the order in which the parties are met."""
    summed: dict[Party, Decimal] = {}
    for share in of:
        summed[share.party] = summed.get(share.party, ZERO) + share.amount
    return summed


@dataclass(frozen=True)
class Compared:
    """What a party pays by two keys; `difference` is how much more by the second."""

    party: Party
    by_first: Decimal
    by_second: Decimal

    @property
    def difference(self) -> Decimal:
        return self.by_second - self.by_first


def simulate(amount: Decimal | int, rule: Rule, other: Key) -> tuple[Compared, ...]:
    """`amount` by the rule as it is, beside the same under another key; a party without weight in one pays 0 there.

    Stores nothing. Raises ApportionmentError as `shares`.
    """
    first, second = amounts(shares(amount, rule)), amounts(shares(amount, rule.with_key(other)))
    parties = dict.fromkeys([*first, *second])
    return tuple(Compared(party, first.get(party, ZERO), second.get(party, ZERO)) for party in parties)


@dataclass(frozen=True)
class Fit:
    """How well a key gives payments that were published: printed less computed for each party."""

    key: Key
    differences: Mapping[Party, Decimal]

    @property
    def largest(self) -> Decimal:
        """The largest difference either way, in kroner."""
        return max((abs(difference) for difference in self.differences.values()), default=ZERO)


def fits(
    published: Mapping[Party, Decimal], wholes: Sequence[Decimal | int], rule: Rule, keys: Iterable[Key]
) -> list[Fit]:
    """Which key reproduces published payments: every key with its differences, the best first.

    `wholes` are the amounts that the payments are shares of; each is split by itself and the shares are summed, as
    the parties do who each collect their own. Only the parties published are compared. Raises ApportionmentError as
    `shares`, and KeyError where a key lacks a published party.
    """
    found = []
    for key in keys:
        computed = amounts(share for whole in wholes for share in shares(whole, rule.with_key(key)))
        found.append(Fit(key, {party: printed - computed[party] for party, printed in published.items()}))
    return sorted(found, key=lambda fit: fit.largest)
