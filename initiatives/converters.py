"""Parts of addresses."""

from django.urls import register_converter
from django.urls.converters import StringConverter, get_converters


class AddressConverter(StringConverter):
    """The address of an initiative in its cluster; a NUL, which PostgreSQL refuses in a query, is in none."""

    regex = r"[^/\x00]{1,20}"


def register() -> None:
    """Make `<address:...>` known; every urls module that uses it calls this, in whatever order they are read."""
    if "address" not in get_converters():
        register_converter(AddressConverter, "address")
