"""Parts of addresses."""

from django.urls import register_converter
from django.urls.converters import StringConverter, get_converters


class NumberConverter(StringConverter):
    """The number of an initiative; a NUL, which PostgreSQL refuses in a query, is no number."""

    regex = r"[^/\x00]{1,10}"


def register() -> None:
    """Make `<number:...>` known; every urls module that uses it calls this, in whatever order they are read."""
    if "number" not in get_converters():
        register_converter(NumberConverter, "number")
