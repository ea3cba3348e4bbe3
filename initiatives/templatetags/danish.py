"""Template filters for Danish numbers, dates and Markdown."""

from datetime import date
from decimal import Decimal

from django import template
from django.utils.safestring import SafeString

from .. import danish
from ..markdown import to_html
from ..money import kroner as format_kroner
from ..money import kroner_and_ore as format_kroner_and_ore

register = template.Library()


@register.filter
def kroner(amount: Decimal) -> str:
    """`1.766.776`, without unit."""
    return format_kroner(amount)


@register.filter
def kroner_and_ore(amount: Decimal) -> str:
    """`1.766.776,00`, without unit."""
    return format_kroner_and_ore(amount)


@register.filter
def number(value: Decimal | int, decimals: int = 0) -> str:
    """`3,64` with two decimals."""
    return danish.format_number(value, decimals)


@register.filter
def count_word(value: int) -> str:
    """`tre`; digits above twelve."""
    return danish.count_word(value)


@register.filter
def percent(value: Decimal | int, decimals: int = 0) -> str:
    """`155 %`."""
    return danish.format_percent(Decimal(value), decimals)


@register.filter
def short_date(day: date | None) -> str:
    """`05.03.2026`; empty for no date."""
    return danish.short_date(day) if day else ""


@register.filter
def long_date(day: date | None) -> str:
    """`5. marts 2026`; empty for no date."""
    return danish.long_date(day) if day else ""


@register.filter
def dated(day: date, precision: str) -> str:
    """A date as precisely as the source states it: `10.04.2025`, `juni 2024`, `2024`, `dato ikke trykt`."""
    return danish.dated(day, precision)


@register.filter
def markdown(text: str) -> SafeString:
    """Markdown as HTML; raw HTML in the text is shown, not obeyed."""
    return to_html(text)
