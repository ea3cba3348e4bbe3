"""Exact money: integer øre in the database, Decimal kroner in Python, one way of printing.

SQLite keeps a DecimalField as a float, so sums would drift; a column of whole øre is exact on both databases.
Allowed in queries: Sum, Min, Max, F + F, F - F. Avg, products and a Coalesce with a bare Decimal are silently
wrong by a factor of 100; use `money_sum` for a total that may be empty.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from .danish import format_number, parse_money

ORE = Decimal("0.01")
ZERO = Decimal(0)


def to_ore(amount: Decimal | int) -> int:
    """`amount` in kroner as whole øre. Raises ValueError for a third decimal, TypeError for a float."""
    if isinstance(amount, bool) or not isinstance(amount, Decimal | int):
        raise TypeError(f"money is Decimal or int, got {type(amount).__name__}")
    ore = Decimal(amount) * 100
    if ore != ore.to_integral_value():
        raise ValueError(f"{amount} kr. is not a whole number of øre")
    return int(ore)


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


class MoneyField(models.BigIntegerField):
    """An amount in kroner with two decimals, stored as whole øre; bounds are those of a 64-bit integer."""

    description = "money in whole øre"
    # What the type checker takes an attribute of this field to be.
    _pyi_private_set_type: Decimal | int
    _pyi_private_get_type: Decimal

    def from_db_value(self, value: int | None, expression: Any, connection: Any) -> Decimal | None:
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

    def get_prep_value(self, value: Any) -> int | None:
        if value is None or hasattr(value, "resolve_expression"):
            return value
        return to_ore(Decimal(value) if isinstance(value, str) else value)

    def value_to_string(self, obj: models.Model) -> str:
        value = self.value_from_object(obj)
        return "" if value is None else str(value)

    @property
    def validators(self) -> list[Any]:
        # BigIntegerField's bounds are for the stored øre; get_prep_value meets them, a Decimal here would not.
        return []

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        kwargs.pop("min_value", None)
        return models.Field.formfield(self, **{"form_class": MoneyFormField, **kwargs})


def money_sum(expression: Any, **kwargs: Any) -> Coalesce:
    """Sum of a MoneyField expression, 0 kr. where there is nothing to sum; keywords as of `Sum`."""
    return Coalesce(models.Sum(expression, **kwargs), models.Value(ZERO, output_field=MoneyField()))
