"""The recorded keys, rules and prices of a cluster as the arithmetic wants them; what stands between the two."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from initiatives.models import Cluster, Initiative
from initiatives.money import ZERO, total

from .financing import Key, Rule, Side
from .models import ApportionmentKey, FinancingRule, PriceAdjustment, RateTable, TrackChoice
from .prices import Priced, priced


class NoRuleError(ObjectDoesNotExist):
    """The cluster has no financing rule, or no key that one needs, on the day; the message is for the user."""


def keys_known_on(cluster: Cluster, day: date) -> list[Key]:
    """The key of each basis that is in force on `day`, grants first; three queries."""
    newest: dict[str, ApportionmentKey] = {}
    for key in ApportionmentKey.objects.filter(cluster=cluster).known_on(day).with_weights():
        newest.setdefault(key.basis, key)
    return [newest[basis].as_key() for basis in sorted(newest)]


def rule_in_force(cluster: Cluster, day: date) -> Rule:
    """The rule in force on `day` with the keys in force; six queries.

    Raises NoRuleError where there is none, or one that cannot be used: it has no sides, a side has no key with
    weights, or a party stands on two sides.
    """
    rule = FinancingRule.objects.filter(cluster=cluster).known_on(day).with_sides().first()
    if rule is None:
        raise NoRuleError(_("%(cluster)s has no financing rule on that day.") % {"cluster": cluster})
    keys = {key.basis: key for key in keys_known_on(cluster, day) if key.weights}
    sides = []
    for side in rule.sides.all():
        if side.basis and side.basis not in keys:
            raise NoRuleError(
                _("The rule “%(rule)s” asks for a key that is not recorded: %(basis)s.")
                % {"rule": rule.name, "basis": side.get_basis_display()}
            )
        sides.append(Side(side.name, side.weight, side.actor, keys.get(side.basis)))
    parties = [party for side in sides for party in side.parties]
    if not parties or len(parties) != len(set(parties)):
        raise NoRuleError(
            _("The rule “%(rule)s” cannot be used: it names no party, or the same one twice.") % {"rule": rule.name}
        )
    return Rule(rule.name, rule.holds_from, rule.source, tuple(sides), rule.note)


def cost_of(choice: TrackChoice) -> Priced:
    """What a municipality's two tracks cost in the year they are chosen for; one query besides what is loaded."""
    amount = total([choice.first.amount or ZERO, choice.second.amount or ZERO])
    return _priced(choice.initiative.cluster_id, amount, choice.first.table.price_year, choice.budget_year)


def price_of(initiative: Initiative, numbers: tuple[int, int], year: int) -> Priced:
    """What two tracks of the initiative, by their numbers, cost in `year`; three queries.

    Raises RateTable.DoesNotExist where no prices of the year or an earlier one are known, and KeyError for a number
    that the table does not have.
    """
    table = RateTable.objects.filter(initiative=initiative).for_year(year).with_rates().first()
    if table is None:
        raise RateTable.DoesNotExist(_("No rates are known for %(year)d.") % {"year": year})
    rates = {rate.number: rate.amount for rate in table.rates.all()}
    return _priced(initiative.cluster_id, total(rates[number] for number in numbers), table.price_year, year)


def _priced(cluster_id: int, amount: Decimal, price_year: int, year: int) -> Priced:
    steps = PriceAdjustment.objects.filter(cluster=cluster_id, into_year__gt=price_year, into_year__lte=year)
    return priced(amount, price_year, year, dict(steps.values_list("into_year", "percent")))
