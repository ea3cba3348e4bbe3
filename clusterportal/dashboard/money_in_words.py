"""The money in words: what the figures include, how far they go, and what lies beyond them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from finance.charts import percent_of
from finance.lines import Sums
from initiatives.danish import format_number, format_percent, listed
from initiatives.money import kroner

# More names than this are not read.
MOST_NAMED = 12


def allocated_label(total: Sums) -> str:
    """What is called allocated, which is the frame; that it is after carry-overs is said where there are any."""
    return _("Allocated, carry-overs included") if total.carried else _("Allocated")


def left_label(total: Sums) -> str:
    """What is left is called what it is where it is below nothing."""
    return _("Overspend") if total.variance < 0 else pgettext("money", "Left")


def bar_words(total: Sums) -> str:
    """`75 % er brugt, 25 % er tilbage.`, adding up to 100; more than that where too much was spent."""
    spent = percent_of(total.spent, total.frame) or 0
    if spent > 100:
        return _("%(percent)s of the frame is spent.") % {"percent": format_percent(Decimal(spent))}
    return _("%(spent)s is spent, %(left)s is left.") % {
        "spent": format_percent(Decimal(spent)),
        "left": format_percent(Decimal(100 - spent)),
    }


def accounts(accounted_through: int | None, open_years: Sequence[int]) -> str:
    """How far the accounts go; `open_years` are the years shown that are not accounted for."""
    if accounted_through is None:
        return _("Cluster funds. No accounts have been rendered yet.")
    if not open_years:
        return _("Cluster funds. The accounts are rendered up to and including %(closed)s.") % {
            "closed": accounted_through
        }
    return _("Cluster funds. The accounts are rendered up to and including %(closed)s, not yet for %(open)s.") % {
        "closed": accounted_through,
        "open": listed(str(year) for year in open_years),
    }


def later(years: Iterable[tuple[int, Decimal]]) -> str:
    """What is allocated for years to come; empty for none."""
    clauses = [_("DKK %(amount)s for %(year)s") % {"amount": kroner(amount), "year": year} for year, amount in years]
    return _("Besides, %(amounts)s is allocated.") % {"amounts": listed(clauses)} if clauses else ""


def outside() -> str:
    """What money that belongs to none of the plan's themes is called."""
    return _("Outside the plan's themes")


def overspent(names: Sequence[str]) -> str:
    """Which initiatives have a line that went beyond its frame; of many only how many."""
    if len(names) > MOST_NAMED:
        return _("%(count)s initiatives have spent more than was allocated to them or to one of their recipients.") % {
            "count": format_number(len(names), 0)
        }
    words = ngettext(
        "Initiative %(numbers)s has spent more than was allocated to it or to one of its recipients.",
        "Initiatives %(numbers)s have spent more than was allocated to them or to one of their recipients.",
        len(names),
    )
    return words % {"numbers": listed(names)}
