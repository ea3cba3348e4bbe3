"""The sentences that the results page and its sections open with, computed from the figures below them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.danish import count_word, format_number, listed

from .display import capital, decimals_for
from .effect import Judgement, Smallest, reached

Judgements = Mapping[Judgement, int]
# More names than this are not read in a sentence.
MOST_NAMED = 3


class Explored(Protocol):
    """A bar of a chart: a measure at a place, and how many percent it went the right way."""

    @property
    def name(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def effect(self) -> str: ...
    @property
    def gain(self) -> Decimal | None: ...


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


def explored(bars: Sequence[Explored]) -> str:
    """What the chart of an initiative shows: what got better most, what got worse, and what is not drawn."""
    drawn = [(bar.gain, bar) for bar in bars if bar.gain is not None]
    best = max(drawn, key=lambda pair: pair[0], default=None)
    worse = [bar for gain, bar in drawn if gain < 0]
    parts = [_("Got better most: %(bar)s.") % {"bar": _named(best[1])}] if best and best[0] > 0 else []
    if len(worse) > MOST_NAMED:
        parts.append(_("%(count)s got worse.") % {"count": capital(count_word(len(worse)))})
    elif worse:
        parts.append(_("Got worse: %(bars)s.") % {"bars": listed(map(_named, worse))})
    if left := len(bars) - len(drawn):
        words = ngettext(
            "%(count)s stands in the table alone: it began at 0, or neither way is better.",
            "%(count)s stand in the table alone: they began at 0, or neither way is better.",
            left,
        )
        parts.append(capital(words % {"count": count_word(left)}))
    return " ".join(parts)


def _named(bar: Explored) -> str:
    return _("%(measure)s in %(place)s (%(effect)s)") % {
        "measure": bar.name, "place": bar.place, "effect": bar.effect,
    }  # fmt: skip


def mcid(gain: Decimal | None, unit: str, decimals: int, smallest: Sequence[Smallest]) -> str:
    """Which of the smallest differences that matter an improvement reaches, and whose they are; empty without any.

    `gain` is the improvement in the measure's unit, None where neither way is better.
    """
    if gain is None or not smallest:
        return ""
    yes, no = ([_difference(each, unit, decimals) for each in part] for part in reached(gain, smallest))
    sentences = (
        (_("Reaches the smallest difference that matters (MCID): %(differences)s."), yes),
        (_("Does not reach the smallest difference that matters (MCID): %(differences)s."), no),
    )
    return " ".join(words % {"differences": listed(of_these)} for words, of_these in sentences if of_these)


def _difference(each: Smallest, unit: str, decimals: int) -> str:
    """`25 meter (lungesygdom; Daynes 2025)`."""
    size = f"{format_number(each.value, decimals_for([each.value], decimals))} {unit}".rstrip()
    source = _("derived, not published: %(source)s") % {"source": each.source} if each.derived else each.source
    return f"{size} ({each.group}; {source})"
