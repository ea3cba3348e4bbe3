"""Keys that sort as people do, stored beside what they are made of, so that both databases can sort and index them.

Printed numbers as they are counted: 1, 1A, 1B, 2 … 10A; agenda items 2.9 before 2.10. Titles in Danish.
"""

import re
from typing import Any

from django.db import models
from django.utils.text import slugify

from .danish import collation_key

_DIGITS = re.compile(r"\d+")


def natural_key(number: str) -> str:
    """A text that sorts like the number: digit runs are filled to six places, letters are made small."""
    return _DIGITS.sub(lambda run: run.group().zfill(6), number.strip().casefold())


class SortKeyField(models.CharField):
    """Sorting key of another field, filled whenever the row is written; compared character by character."""

    def __init__(self, source: str, **kwargs: Any) -> None:
        self.source = source
        super().__init__(**{"max_length": 60, "editable": False, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.source, *args], kwargs

    def db_parameters(self, connection: Any) -> Any:
        """PostgreSQL would sort by the rules of some language; SQLite compares so by itself."""
        collation = "C" if connection.vendor == "postgresql" else None
        return {**super().db_parameters(connection), "collation": collation}

    def key(self, text: str) -> str:
        raise NotImplementedError

    def pre_save(self, instance: models.Model, add: bool) -> str:
        key = self.key(getattr(instance, self.source))[: self.max_length]
        setattr(instance, self.attname, key)
        return key


class NaturalOrderField(SortKeyField):
    """Key of a printed number."""

    def key(self, text: str) -> str:
        return natural_key(text)


class DanishOrderField(SortKeyField):
    """Key of a title: æ, ø and å last, aa as å."""

    def key(self, text: str) -> str:
        return collation_key(text)


class Unnumbered(models.Func):
    """True for the key of no number, to sort those last; without parameters, so that SQLite knows it from the index."""

    template = "(%(expressions)s = '')"
    output_field = models.BooleanField()


def address(number: str, title: str) -> str:
    """What an initiative is called in addresses where nothing else is chosen: its number, else words of its title."""
    return number or slugify(title, allow_unicode=True)[:20].strip("-")


class AddressField(models.CharField):
    """Part of an address, at most 20 characters; chosen once, from number and title, and then kept."""

    def __init__(self, number: str, title: str, **kwargs: Any) -> None:
        self.number, self.title = number, title
        super().__init__(**{"max_length": 20, "editable": False, "blank": True, "default": "", **kwargs})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, [self.number, self.title, *args], kwargs

    def pre_save(self, instance: models.Model, add: bool) -> str:
        chosen: str = getattr(instance, self.attname) or address(
            getattr(instance, self.number), getattr(instance, self.title)
        )
        setattr(instance, self.attname, chosen)
        return chosen
