"""Parts of addresses in finance."""

from django.urls import register_converter
from django.urls.converters import StringConverter, get_converters


class ReferenceConverter(StringConverter):
    """The reference of a voucher in its cluster: anything but a NUL, which PostgreSQL refuses in a query."""

    regex = r"[^\x00]{1,60}"


def register() -> None:
    """Make `<reference:...>` known."""
    if "reference" not in get_converters():
        register_converter(ReferenceConverter, "reference")
