"""The list of compared figures."""

from decimal import Decimal

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from initiatives.danish import format_number, format_percent, format_signed
from initiatives.models import PublishedFigure

from .compare import Comparison, Verdict

# Letters of a place that always fits on one line.
SHORT = 12
RIGHT = {"th": {"class": "num"}, "td": {"class": "num"}}


def shown(value: Decimal, row: Comparison) -> str:
    """`value` with the decimals of the print."""
    if row.figure.unit == PublishedFigure.Unit.PERCENT:
        return format_percent(value, row.decimals)
    return format_number(value, row.decimals)


class ComparisonTable(tables.Table):
    """What a figure is and where it stands, as printed, as computed, and how the two differ.

    In a file the computed figures are numbers.
    """

    what = tables.Column(_("Figure"), attrs={"td": {"class": "lead-cell"}})
    place = tables.Column(_("Place"), accessor="figure__place", order_by="place_order")
    printed = tables.Column(_("Printed"), accessor="figure__printed", order_by="figure__value", attrs=RIGHT)
    computed = tables.Column(_("Computed"), attrs=RIGHT, default=_("not computed"))
    difference = tables.Column(_("Difference"), attrs=RIGHT, default="")
    note = tables.Column(_("Remark"))

    class Meta:
        attrs = {"class": "reconciliation"}

    def render_place(self, value: str) -> str:
        """Short places such as `Tabel 3a` are not broken."""
        return value.replace(" ", "\u00a0") if len(value) <= SHORT else value

    def value_place(self, value: str) -> str:
        return value

    def render_computed(self, value: Decimal, record: Comparison) -> str:
        return shown(value, record)

    def value_computed(self, value: Decimal) -> Decimal:
        return value

    def render_difference(self, value: Decimal, record: Comparison) -> str | SafeString:
        text = format_signed(value, record.decimals)
        return format_html('<span class="over">{}</span>', text) if record.verdict == Verdict.DIFFERS else text

    def value_difference(self, value: Decimal) -> Decimal:
        return value
