"""Exact money: integer øre in the database, Decimal kroner in Python, one way of printing.

SQLite keeps a DecimalField as a float, so sums would drift; a column of whole øre is exact on both databases.
Allowed in queries: Sum, Min, Max, F + F, F - F. Products, quotients and a Coalesce with a bare Decimal raise an
error instead of answering in øre; use `money_sum` for a total that may be empty. Avg drops fractions of an øre.
A `Value` must say `output_field=MoneyField()`: in an update or a filter it would be taken for øre without it.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import Combinable, register_combinable_fields
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from .danish import format_number, parse_money

ORE = Decimal("0.01")
ZERO = Decimal(0)
# What a 64-bit column of øre holds.
LARGEST = Decimal("92233720368547758.07")


def to_ore(amount: Decimal | int) -> int:
    """`amount` in kroner as whole øre. Raises TypeError for a float, ValueError for a third decimal.

    ValueError also for what is no number or is larger than the column (92 million milliards either way).
    """
    if isinstance(amount, bool) or not isinstance(amount, Decimal | int):
        raise TypeError(f"money is Decimal or int, got {type(amount).__name__}")
    exact = Decimal(amount)
    if not exact.is_finite() or abs(exact) > LARGEST:
        raise ValueError(f"{amount} kr. is no amount that can be stored")
    rounded = exact.quantize(ORE)
    if rounded != exact:
        raise ValueError(f"{amount} kr. is not a whole number of øre")
    return int(rounded.scaleb(2))


def from_ore(ore: int) -> Decimal:
    """Whole øre as kroner with two decimals."""
    return Decimal(ore).scaleb(-2)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The exact sum in kroner, 0 for none."""
    return sum(amounts, ZERO)


def kroner(amount: Decimal) -> str:
    """`amount` as Danes print it, without unit: `1.766.776`, with øre only where there are any: `0,27`, `−64.528`.

    Raises TypeError for anything but Decimal, so that a float is found the first time it is shown.
    """
    if not isinstance(amount, Decimal):
        raise TypeError(f"money must be Decimal, got {type(amount).__name__}")
    rounded = amount.quantize(ORE, ROUND_HALF_UP)
    return format_number(rounded, 0 if rounded == rounded.to_integral_value() else 2)


def kroner_and_ore(amount: Decimal) -> str:
    """As `kroner`, always with two decimals, for columns in which øre matter: `50.000,00`, `−0,27`."""
    if not isinstance(amount, Decimal):
        raise TypeError(f"money must be Decimal, got {type(amount).__name__}")
    return format_number(amount, 2)


class MoneyFormField(forms.Field):
    """A typed amount in kroner: dot or space groups thousands, comma starts the øre."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Decimal | None:
        if value in self.empty_values:
            return None
        if isinstance(value, Decimal):
            return value
        try:
            return parse_money(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        return kroner(value) if isinstance(value, Decimal) else value


class MoneyField(models.Field[Decimal | int | str | None, Decimal | None]):
    """An amount in kroner with two decimals, stored as whole øre; bounds are those of a 64-bit integer.

    No kind of IntegerField: Django would take a sum of two columns for a bare integer and forget that it is øre.
    """

    description = "money in whole øre"

    def get_internal_type(self) -> str:
        return "BigIntegerField"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Decimal | None:
        return None if value is None else from_ore(int(value))

    def to_python(self, value: Any) -> Decimal | None:
        if value is None or isinstance(value, Decimal):
            return value
        if isinstance(value, int | str):
            try:
                return Decimal(value)
            except ArithmeticError as error:
                raise ValidationError(_("Enter an amount in kroner."), code="invalid") from error
        raise ValidationError(_("Enter an amount in kroner."), code="invalid")

    def get_prep_value(self, value: Any) -> Any:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return to_ore(Decimal(value) if isinstance(value, str) else value)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": MoneyFormField, **kwargs})


for _connector in (Combinable.ADD, Combinable.SUB):
    register_combinable_fields(MoneyField, _connector, MoneyField, MoneyField)


def money_sum(expression: Any, **kwargs: Any) -> Coalesce:
    """Sum of a MoneyField expression, 0 kr. where there is nothing to sum; keywords as of `Sum`."""
    return Coalesce(models.Sum(expression, **kwargs), models.Value(ZERO, output_field=MoneyField()))
