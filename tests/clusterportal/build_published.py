"""Builders of what documents printed."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from initiatives.models import PublishedDocument, PublishedFigure

_places = count(1)


def document(slug: str = "evaluering", status_date: date = date(2025, 3, 31)) -> PublishedDocument:
    return PublishedDocument.objects.get_or_create(
        slug=slug, defaults={"title": f"Prøvedokument {slug}", "publisher": "Prøve", "status_date": status_date}
    )[0]


def printed(subject: str, text: str, value: str | None, **fields: Any) -> PublishedFigure:
    """A figure of the document, at a place of its own unless one is named."""
    values = {"document": document(), "unit": PublishedFigure.Unit.KRONER, "place": f"Side {next(_places)}", **fields}
    number = None if value is None else Decimal(value)
    return PublishedFigure.objects.create(subject=subject, printed=text, value=number, **values)
