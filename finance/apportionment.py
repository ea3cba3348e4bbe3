"""Splits an amount by weights so that the parts always sum to the whole, to the øre.

Largest remainder: every part gets its exact share rounded down to whole øre, and the øre that are left go one each to
the parts whose shares were cut the most. Parts that were cut equally much are served in the order of the weights, so
the answer is the same however often it is asked for. No part is a whole øre from its exact share, and a larger weight
never gets less than a smaller one. An øre more to split can still take one from a part: that is the price of
exactness in this method, so two splits are compared, never subtracted.

Pure: no database, no request. Amounts are kroner as Decimal or int, weights whole numbers, Decimals or Fractions.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from initiatives.money import from_ore, kroner, to_ore

Key = TypeVar("Key", bound=Hashable)
Weight = int | Decimal | Fraction


class ApportionmentError(ValueError):
    """What was to be split, or the weights, cannot be used; the message for the user says which and why."""


@dataclass(frozen=True)
class Part(Generic[Key]):
    """One party's part: `exact` and `remainder` are fractions of a krone, `floor` and `amount` whole øre.

    floor + remainder = exact, floor + rounding = amount; `rounding` is 0 or one øre.
    """

    key: Key
    weight: Fraction
    share: Fraction
    exact: Fraction
    floor: Decimal
    remainder: Fraction
    amount: Decimal

    @property
    def rounding(self) -> Decimal:
        """The øre that was added to the share rounded down: 0 or 0.01 kr."""
        return self.amount - self.floor


@dataclass(frozen=True)
class Apportionment(Generic[Key]):
    """An amount and its parts, in the order of the weights; the parts sum to the amount."""

    amount: Decimal
    of_all: Fraction
    parts: tuple[Part[Key], ...]

    def __getitem__(self, key: Key) -> Part[Key]:
        """The part of a key. Raises KeyError for one without a weight."""
        for part in self.parts:
            if part.key == key:
                return part
        raise KeyError(key)

    @property
    def amounts(self) -> dict[Key, Decimal]:
        """What each is to pay or get, in kroner."""
        return {part.key: part.amount for part in self.parts}


def apportion(amount: Decimal | int, weights: Mapping[Key, Weight]) -> Apportionment[Key]:
    """`amount` in kroner split in proportion to the weights; parts are whole øre and sum to it.

    Raises ApportionmentError for an amount that is not positive or has a third decimal, for no weights, and for a
    weight that is not positive or no exact number. Nothing negative is split: a reversal turns the signs of the parts
    that were, for splitting anew could give the øre to others.
    """
    ore = _positive_ore(amount)
    exact_weights = {key: _positive(key, weight) for key, weight in weights.items()}
    if not exact_weights:
        raise ApportionmentError(_("There is nobody to split the amount among: the key has no weights."))
    of_all = sum(exact_weights.values(), Fraction(0))
    shares = {key: weight / of_all for key, weight in exact_weights.items()}
    floors = {key: int(share * ore) for key, share in shares.items()}
    cut = {key: share * ore - floors[key] for key, share in shares.items()}
    # Sorting is stable: where two were cut equally much, the one that comes first in the weights stays first.
    served = set(sorted(cut, key=lambda key: -cut[key])[: ore - sum(floors.values())])
    parts = tuple(
        Part(
            key=key,
            weight=exact_weights[key],
            share=shares[key],
            exact=shares[key] * ore / 100,
            floor=from_ore(floors[key]),
            remainder=cut[key] / 100,
            amount=from_ore(floors[key] + (key in served)),
        )
        for key in exact_weights
    )
    return Apportionment(from_ore(ore), of_all, parts)


def _positive_ore(amount: Decimal | int) -> int:
    try:
        ore = to_ore(amount)
    except (TypeError, ValueError) as error:
        raise ApportionmentError(
            _("Only an exact amount in whole øre can be split: %(amount)s is not.") % {"amount": amount}
        ) from error
    if ore <= 0:
        raise ApportionmentError(
            _("Only an amount above 0 can be split: %(amount)s kr. is not.") % {"amount": kroner(Decimal(amount))}
        )
    return ore


def _positive(key: object, weight: Weight) -> Fraction:
    told = {"party": key, "weight": weight}
    is_number = isinstance(weight, int | Decimal | Fraction) and not isinstance(weight, bool)
    if not is_number or (isinstance(weight, Decimal) and not weight.is_finite()):
        raise ApportionmentError(_("The weight of %(party)s is no exact number: %(weight)s.") % told)
    if weight <= 0:
        raise ApportionmentError(
            _("The weight of %(party)s is not above 0: %(weight)s. Leave out who has no part.") % told
        )
    return Fraction(weight)
