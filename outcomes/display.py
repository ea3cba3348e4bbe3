"""How measured figures are written: decimals, signs, units, places and periods. Rounding happens here, half up."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from initiatives.asof import DatePrecision
from initiatives.danish import dated, format_number, format_percent, format_signed, month_and_year, short_date

from .effect import Judgement, proportion_percent
from .models import Measure, Measurement


def decimals_for(values: Iterable[Decimal], decimals: int) -> int:
    """With how many decimals to write values that stand together: none where all are whole, else `decimals`."""
    return 0 if all(value == value.to_integral_value() for value in values) else decimals


def effect_text(effect: Decimal) -> str:
    """A signed effect in whole percent: `+155 %`, `−10 %`; one decimal where a change would look like none."""
    whole = format_signed(effect, 0)
    return f"{format_signed(effect, 1) if whole == '0' and effect else whole} %"


def whole_percent(count: int, total: int) -> int:
    """`count` of `total`, which is over 0, in whole percent, half up; only all of it is 100, only nothing of it 0."""
    rounded = int(proportion_percent(count, total).quantize(Decimal(1), ROUND_HALF_UP))
    if rounded == 100 and count < total:
        return 99
    return 1 if rounded == 0 and count else rounded


def share_text(count: int, total: int) -> str:
    """`92 ud af 179`."""
    words = {"count": format_number(count, 0), "total": format_number(total, 0)}
    return _("%(count)s out of %(total)s") % words


def with_unit(value: Decimal, measure: Measure) -> str:
    """A value in its measure's unit: `73 år`, `7,6 %`."""
    text = format_number(value, decimals_for([value], measure.decimals))
    return f"{text} {measure.unit}".rstrip()


def value_text(row: Measurement) -> str:
    """The value of a characteristic, with its range where there is one: `73 år (52–86)`."""
    if row.value is None:
        return ""
    text = with_unit(row.value, row.measure)
    if row.low is None or row.high is None:
        return text
    return f"{text} ({_range(row.low, row.high, row.measure.decimals)})"


def measure_label(measure: Measure) -> str:
    """The measure with its unit, or with its scale where it has none: `Hastighed, km/t`, `Smerteniveau, 0–4`."""
    if measure.unit:
        return f"{measure.name}, {measure.unit}"
    if measure.scale_low is None or measure.scale_high is None:
        return measure.name
    return f"{measure.name}, {_range(measure.scale_low, measure.scale_high, measure.decimals)}"


def _range(low: Decimal, high: Decimal, measured: int) -> str:
    decimals = decimals_for([low, high], measured)
    return f"{format_number(low, decimals)}–{format_number(high, decimals)}"


def judgement_word(judgement: Judgement) -> str:
    """What a change is called."""
    words = {
        Judgement.BETTER: _("Better"),
        Judgement.WORSE: _("Worse"),
        Judgement.UNCHANGED: _("Unchanged"),
        Judgement.NONE: _("Neither better nor worse"),
    }
    return words[judgement]


def period(row: Measurement) -> str:
    """When it was measured, as precisely as the source says: a day, a month, a year, or from and to."""
    last = dated(row.measured_on, row.precision)
    if row.period_starts is None:
        return last
    if row.precision == DatePrecision.UNPRINTED:
        return _("from %(start)s, end not printed") % {"start": _start(row.period_starts, DatePrecision.MONTH)}
    first = _start(row.period_starts, row.precision)
    return first if first == last else f"{first} – {last}"


def _start(day: date, precision: str) -> str:
    """The first day of a period, no more precisely than its last."""
    if precision == DatePrecision.YEAR and (day.month, day.day) != (1, 1):
        return month_and_year(day)
    if precision == DatePrecision.MONTH and day.day != 1:
        return short_date(day)
    return dated(day, precision)


def percent_text(percent: int) -> str:
    """`51 %`."""
    return format_percent(Decimal(percent))


def in_sentence(name: str) -> str:
    """A name inside a sentence: `henviste borgere`; an abbreviation keeps its capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def capital(text: str) -> str:
    """A text at the beginning of a sentence."""
    return text[:1].upper() + text[1:]
