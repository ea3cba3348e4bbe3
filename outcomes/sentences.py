"""The sentences that the results page and its sections open with, computed from the figures below them."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.danish import count_word, listed

from .display import capital
from .effect import Judgement

Judgements = Mapping[Judgement, int]


def lead(initiatives: int, judgements: Judgements, selected: bool) -> str:
    """How many initiatives have measurements, and which way those before and after went.

    Of a selection only what was measured is told: there are more initiatives with measurements than are shown.
    """
    if selected:
        return about(bool(initiatives), judgements)
    words = ngettext("%(count)s initiative has measurements.", "%(count)s initiatives have measurements.", initiatives)
    measured = capital(words % {"count": count_word(initiatives)})
    return f"{measured} {before_and_after(judgements)}".rstrip()


def about(measured: bool, judgements: Judgements) -> str:
    """What was measured of one initiative, and which way it went."""
    if not measured:
        return _("Nothing has been measured yet.")
    return before_and_after(judgements) or _("Counted results; nothing was measured before and after.")


def before_and_after(judgements: Judgements) -> str:
    """`32 målinger før og efter: 29 blev bedre, én blev værre, og to er uændrede.`; empty without any."""
    count = sum(judgements.values())
    if not count:
        return ""
    clauses = [_clause(each, judgements[each]) for each in Judgement if judgements.get(each)]
    words = ngettext(
        "%(count)s measurement before and after: %(clauses)s.",
        "%(count)s measurements before and after: %(clauses)s.",
        count,
    )
    return capital(words % {"count": count_word(count), "clauses": listed(clauses)})


def _clause(judgement: Judgement, count: int) -> str:
    clauses = {
        Judgement.BETTER: ngettext("%(count)s got better", "%(count)s got better", count),
        Judgement.WORSE: ngettext("%(count)s got worse", "%(count)s got worse", count),
        Judgement.UNCHANGED: ngettext("%(count)s is unchanged", "%(count)s are unchanged", count),
        Judgement.NONE: ngettext(
            "%(count)s is neither better nor worse", "%(count)s are neither better nor worse", count
        ),
    }
    return clauses[judgement] % {"count": count_word(count)}
