"""How a chosen result is told: its heading, what it is about, and the labels of its figure."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finance.annex import Numbered
from initiatives.danish import format_number
from outcomes.display import decimals_for, effect_text, period, share_text
from outcomes.effect import effect_percent
from outcomes.models import Measure, Measurement
from outcomes.places import place_of

from .charts import Scale


def change_heading(measure: Measure, before: Decimal, after: Decimal) -> str:
    """`Rygmuskler: steget med 44 %`, `Gangdistance: mere end fordoblet`."""
    return _("%(measure)s: %(change)s") % {"measure": measure.name, "change": change_words(before, after)}


def change_words(before: Decimal, after: Decimal) -> str:
    """Which way and how far, in percent of `before`, which is not 0."""
    effect = effect_percent(before, after) or Decimal(0)
    if effect == 0:
        return _("unchanged")
    if effect >= 100:
        return _("doubled") if effect == 100 else _("more than doubled")
    # Kept on one line: a heading that breaks before its percent sign reads badly.
    size = effect_text(abs(effect)).removeprefix("+").replace(" ", "\u00a0")
    return (_("risen by %(size)s") if effect > 0 else _("fallen by %(size)s")) % {"size": size}


def share_heading(measure: Measure, count: int, total: int) -> str:
    """`Tog imod tilbuddet: 1 ud af 7`."""
    return _("%(measure)s: %(change)s") % {"measure": measure.name, "change": share_text(count, total)}


def about_change(row: Measurement) -> str:
    """Where, on how many and when it was measured."""
    if row.n is None:
        people = _("n not stated")
    else:
        people = ngettext("%(n)s measured", "%(n)s measured", row.n) % {"n": format_number(row.n, 0)}
    return _joined(place_of(row).name, people, period(row))


def about_share(row: Measurement) -> str:
    """Where and when it was counted, and of whom where the source says."""
    return _joined(place_of(row).name, row.group_label, period(row))


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def initiative(of: Numbered) -> str:
    """`Indsats 5`; the short title of one without a number."""
    return _("Initiative %(number)s") % {"number": of.number} if of.number else of.short_title


def labels(measure: Measure, before: Decimal, after: Decimal) -> tuple[tuple[Decimal, str], tuple[Decimal, str]]:
    """Both values as they are written in the figure, with the same decimals; the unit stands at the second."""
    decimals = decimals_for([before, after], measure.decimals)
    unit = f" {measure.unit}" if measure.unit else ""
    return (before, format_number(before, decimals)), (after, format_number(after, decimals) + unit)


def scale_words(measure: Measure) -> str:
    """The ends of the measure's own scale: `skala 0–4`; empty where it has none."""
    if measure.scale_low is None or measure.scale_high is None:
        return ""
    ends = {"low": _end(measure.scale_low, measure), "high": _end(measure.scale_high, measure)}
    return _("scale %(low)s–%(high)s") % ends


def scale(measure: Measure, before: Decimal, after: Decimal) -> Scale:
    """The measure's own scale where it has one, else from 0 to the larger value; nothing lies outside it."""
    low = min(measure.scale_low if measure.scale_low is not None else Decimal(0), before, after)
    high = max(measure.scale_high if measure.scale_high is not None else max(before, after), before, after)
    return Scale(low, high, _end(low, measure), _end(high, measure) if measure.scale_high is not None else "")


def _end(value: Decimal, measure: Measure) -> str:
    return format_number(value, decimals_for([value], measure.decimals))
