"""Danish numbers, dates and words: how they are typed and how they are printed.

Comma is the decimal sign. For money a dot or space followed by three digits groups thousands; a bounded measure
such as an index takes a lone dot as its decimal sign too, because people paste from programs that write it so.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

MINUS = "−"
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
# Groups of thousands never begin with a zero: 0.761 is no amount of 761 kr.
_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}(?:[. ]\d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"[+-]?\d+(?:,\d+)?")
_LONE_DOT = re.compile(r"[+-]?\d+\.\d+")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DANISH = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
# Characters that sort after z.
_LAST_LETTERS = str.maketrans("æäøöå", "{{||}")
_UNIT = re.compile(r"\s*kr\.?$", re.IGNORECASE)
# More digits than any amount or measure has, and few enough for exact arithmetic.
_MOST_DIGITS = 15


def today() -> date:
    """The day in Copenhagen; read once at the edge of a request, an argument everywhere else."""
    return timezone.localdate()


def _clean(text: str) -> str:
    return _SPACES.sub(" ", _UNIT.sub("", text.strip())).replace(MINUS, "-")


def _number(cleaned: str) -> Decimal:
    """The value of a text that one of the patterns has matched."""
    if sum(sign.isdigit() for sign in cleaned) > _MOST_DIGITS:
        raise ValueError(_("The number has too many digits."))
    return Decimal(cleaned.replace(".", "").replace(" ", "").replace(",", "."))


def parse_money(text: str) -> Decimal:
    """Kroner as typed: `1.766.776`, `1 766 776`, `1766776,50`. Raises ValueError with a message for the user."""
    cleaned = _clean(text)
    if not (_GROUPED.fullmatch(cleaned) or _PLAIN.fullmatch(cleaned)):
        raise ValueError(_("Write the amount with digits, for example 1.250.000 or 1250000,50."))
    amount = _number(cleaned)
    if amount != round(amount, 2):
        raise ValueError(_("An amount has at most two decimals (øre)."))
    return amount


def parse_measure(text: str) -> Decimal:
    """A measured figure as typed: `3,64`, `0.761`, `1 250`. Raises ValueError with a message for the user."""
    cleaned = _clean(text)
    if _LONE_DOT.fullmatch(cleaned):
        return _number(cleaned.replace(".", ","))
    if not (_GROUPED.fullmatch(cleaned) or _PLAIN.fullmatch(cleaned)):
        raise ValueError(_("Write the number with digits, for example 3,64."))
    return _number(cleaned)


def parse_date(text: str) -> date:
    """A day as typed: `10.04.2025`, `5/3/2026`, `05-03-2026`, `2026-03-05`. Raises ValueError for the user."""
    cleaned = text.strip()
    if match := _ISO.fullmatch(cleaned):
        year, month, day = (int(part) for part in match.groups())
    elif match := _DANISH.fullmatch(cleaned):
        day, month, year = (int(part) for part in match.groups())
    else:
        raise ValueError(_("Write the date as day.month.year, for example 10.04.2025."))
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValueError(_no_such_day(year, month, day)) from error


def _no_such_day(year: int, month: int, day: int) -> str:
    if not 1 <= month <= 12:
        return _("The date does not exist: there is no month %(month)s.") % {"month": month}
    if year < 1:
        return _("The date does not exist.")
    return _("The date does not exist: %(month)s %(year)s has %(days)s days.") % {
        "month": MONTHS[month],
        "year": year,
        "days": monthrange(year, month)[1],
    }


def format_number(value: Decimal | int, decimals: int) -> str:
    """`value` rounded half up to `decimals`, thousands grouped by dots: `1.766.776`, `3,64`, `−0,36`."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return MINUS + text if rounded < 0 else text


def format_percent(value: Decimal, decimals: int = 0) -> str:
    """`value` in percent: `155 %`."""
    return f"{format_number(value, decimals)} %"


def format_signed(value: Decimal, decimals: int) -> str:
    """A difference with its sign: `+260`, `−0,36`, `0`."""
    text = format_number(value, decimals)
    return f"+{text}" if value > 0 and any(digit in text for digit in "123456789") else text


def short_date(day: date) -> str:
    """A date for tables: `05.03.2026`."""
    return f"{day:%d.%m.%Y}"


def long_date(day: date) -> str:
    """A date for running text: `5. marts 2026`."""
    return _("%(month)s %(day)d, %(year)d") % {"day": day.day, "month": MONTHS[day.month], "year": day.year}


def month_and_year(day: date) -> str:
    """`juni 2024`, where only the month is known."""
    return f"{MONTHS[day.month]} {day.year}"


def count_word(number: int) -> str:
    """Zero to twelve in words, as running text has them; digits above."""
    words = (
        _("none"), _("one"), _("two"), _("three"), _("four"), _("five"), _("six"),
        _("seven"), _("eight"), _("nine"), _("ten"), _("eleven"), _("twelve"),
    )  # fmt: skip
    return words[number] if 0 <= number < len(words) else format_number(number, 0)


def listed(words: Iterable[str]) -> str:
    """`a, b og c`."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s and %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}


def possessive(name: str) -> str:
    """What belongs to somebody: `Marias`, `Jens'`."""
    if name.endswith(("s", "x", "z")):
        return _("%(name_ending_in_s)s'") % {"name_ending_in_s": name}
    return _("%(name)s's") % {"name": name}


def collation_key(text: str) -> str:
    """Sorting key of Danish: æ, ø, å last and aa as å, so that Jammerbugt comes before Aalborg."""
    lowered = text.casefold().replace("aa", "å")
    return lowered.translate(_LAST_LETTERS)


def dated(day: date, precision: str) -> str:
    """`day` as precisely as its source states it; `precision` is one of asof.DatePrecision."""
    if precision == "unprinted":
        return _("date not printed")
    if precision == "year":
        return str(day.year)
    return month_and_year(day) if precision == "month" else short_date(day)
