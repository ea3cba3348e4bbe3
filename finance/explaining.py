"""«How was the amount computed?»: a share told step by step, for one who was not there when the rule was made."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.danish import format_number, format_percent, listed, long_date
from initiatives.money import kroner

from .financing import Share

# Of an exact share that is no whole øre; more would not help anybody check it.
SHOWN_DECIMALS = 4


@dataclass(frozen=True)
class Explanation:
    """A share, the exact fraction of the whole that it is, and the sentences that lead to the amount.

    `recorded` is what the ledger holds where it holds something else than the rule gives: a printed amount.
    """

    share: Share
    fraction: Fraction
    sentences: tuple[str, ...]
    recorded: Decimal | None = None

    @property
    def amount(self) -> Decimal:
        """What the rule gives, in kroner."""
        return self.share.amount

    @property
    def difference(self) -> Decimal | None:
        """How much more is recorded than the rule gives; None where nothing is recorded."""
        return None if self.recorded is None else self.recorded - self.amount


def explain(share: Share, recorded: Decimal | None = None) -> Explanation:
    """The share in words: amount, rule, key, weight, exact fraction, rounding, and what was recorded instead."""
    sentences = [*_rule(share), *_key(share), *_fraction(share), *_rounding(share), *_recorded(share, recorded)]
    return Explanation(share, share.part.share, tuple(sentences), recorded)


def _rule(share: Share) -> Iterator[str]:
    rule = share.rule
    yield _("%(amount)s kr. is to be paid jointly.") % {"amount": kroner(share.whole)}
    yield _("The rule “%(rule)s” holds from %(day)s and divides the amount: %(sides)s.") % {
        "rule": rule.name,
        "day": long_date(rule.holds_from),
        "sides": listed(f"{side.name} {_percent(rule.share_of(side))}" for side in rule.sides),
    }


def _key(share: Share) -> Iterator[str]:
    key = share.side.key
    if key is None:
        yield _("%(party)s pays this part alone.") % {"party": share.party}
        return
    yield _("%(side)s share their part by the key “%(key)s”, which holds from %(day)s. Source: %(source)s.") % {
        "side": share.side.name,
        "key": key.name,
        "day": long_date(key.holds_from),
        "source": key.source,
    }
    yield _("In the key %(party)s has %(weight)s of %(all)s %(unit)s, that is %(percent)s.") % {
        "party": share.party,
        "weight": format_number(key.weights[share.party], 0),
        "all": format_number(key.of_all, 0),
        "unit": key.unit,
        "percent": _percent(key.share(share.party)),
    }
    if share.rule.note:
        yield share.rule.note


def _fraction(share: Share) -> Iterator[str]:
    factors = [f"{kroner(share.whole)} kr."]
    of_side, key = share.rule.share_of(share.side), share.side.key
    if of_side != 1:
        factors.append(f"{of_side.numerator}/{of_side.denominator}")
    if key is not None:
        factors.append(f"{format_number(key.weights[share.party], 0)}/{format_number(key.of_all, 0)}")
    yield _("The sum: %(factors)s = %(exact)s kr.") % {"factors": " × ".join(factors), "exact": exact(share.part.exact)}


def _rounding(share: Share) -> Iterator[str]:
    part = share.part
    if not part.remainder:
        yield _("That is a whole number of øre, so nothing is rounded.")
        return
    yield ngettext(
        "All shares are rounded down to whole øre. Then %(count)d øre is left over; it goes to the share that was cut "
        "the most.",
        "All shares are rounded down to whole øre. Then %(count)d øre are left over; they go one each to the shares "
        "that were cut the most.",
        share.left_over,
    ) % {"count": share.left_over}
    told = {"party": share.party, "floor": kroner(part.floor), "amount": kroner(part.amount)}
    if part.rounding:
        yield _("One øre is added for %(party)s: %(floor)s kr. + 1 øre = %(amount)s kr.") % told
    else:
        yield _("Nothing is added for %(party)s, who pays %(amount)s kr.") % told


def _recorded(share: Share, recorded: Decimal | None) -> Iterator[str]:
    if recorded is None:
        return
    told = {"recorded": kroner(recorded), "difference": kroner(abs(recorded - share.amount))}
    if recorded == share.amount:
        yield _("The ledger holds the same amount.")
    elif recorded > share.amount:
        yield _("The ledger holds %(recorded)s kr., which is %(difference)s kr. more than the rule gives.") % told
    else:
        yield _("The ledger holds %(recorded)s kr., which is %(difference)s kr. less than the rule gives.") % told


def _percent(share: Fraction) -> str:
    """A share in percent with as many decimals as it takes, at most two."""
    percent = Decimal(share.numerator * 100) / share.denominator
    return format_percent(percent, 0 if percent == percent.to_integral_value() else 2)


def exact(amount: Fraction) -> str:
    """A fraction of a krone with four decimals, cut and not rounded, and … where more follow: `20.200,0576…`."""
    value = (Decimal(amount.numerator) / amount.denominator).quantize(Decimal(1).scaleb(-SHOWN_DECIMALS), ROUND_DOWN)
    if Fraction(value) == amount and value == value.quantize(Decimal("0.01")):
        return kroner(value)
    return format_number(value, SHOWN_DECIMALS) + ("" if Fraction(value) == amount else "…")
