"""Whether a fixture's values fit their fields, before Django reads them.

Django is generous: it takes a number for a foreign key's row, a list for a text and `true` for 1. A fixture that says
such a thing is damaged, so it is refused instead of loaded as something that nobody wrote.
"""

import reprlib
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from initiatives.money import MoneyField

# By the first class that fits. Amounts and decimals never come from a float, which is not what was written.
JSON_TYPES: tuple[tuple[type[models.Field], tuple[type, ...], str], ...] = (
    (models.BooleanField, (bool,), "true or false"),
    (MoneyField, (int, str), "a whole number or text"),
    (models.DecimalField, (int, str), "a whole number or text"),
    (models.IntegerField, (int,), "a whole number"),
    (models.Field, (str,), "text"),
)
IN_A_KEY = (str, int, type(None))


def misfit(model: type[models.Model], values: Mapping[str, Any]) -> str:
    """What is wrong with the first value that does not fit its field of the model, or is missing; "" if all fit."""
    for name, value in values.items():
        if not _is_given_by_fixtures(model, name):
            return f"«{name}» is no field that a fixture gives"
        if expected := _expected_instead(model._meta.get_field(name), value):  # type: ignore[arg-type]
            return f"«{name}» must be {expected}, not {reprlib.repr(value)}"
    for field in model._meta.concrete_fields:
        if field.name not in values and _is_required(field):
            return f"«{field.name}» is missing"
    return ""


def _is_given_by_fixtures(model: type[models.Model], name: str) -> bool:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return field.concrete and not getattr(field, "primary_key", False)


def _expected_instead(field: models.Field[Any, Any], value: Any) -> str:
    """What the field takes, in words, where the value is something else; "" where it fits."""
    if value is None and field.null:
        return ""
    if field.many_to_many:
        fits, expected = isinstance(value, list) and all(map(_is_natural_key, value)), "a list of natural keys"
    elif field.is_relation:
        fits, expected = _is_natural_key(value), "a natural key (a list)"
    else:
        types, expected = next((types, words) for kind, types, words in JSON_TYPES if isinstance(field, kind))
        # type() and not isinstance(): true is an int.
        fits = type(value) in types and not (isinstance(value, str) and _is_unprintable(value))
    if fits:
        return ""
    return f"{expected} or null" if field.null else expected


def _is_natural_key(value: Any) -> bool:
    return isinstance(value, list) and all(type(part) in IN_A_KEY for part in value)


def _is_unprintable(text: str) -> bool:
    """No database keeps a NUL or half of a surrogate pair as text, though JSON can write them."""
    return any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text)


def _is_required(field: models.Field[Any, Any]) -> bool:
    return not (field.null or field.blank or field.has_default() or field.auto_created)
