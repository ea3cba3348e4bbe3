"""Where something was measured, and which document and table it stands in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .models import Measurement


@dataclass(frozen=True)
class Place:
    """A place by its printed name; `within` is the party it belongs to, where that is another name."""

    name: str = ""
    within: str = ""


def place_of(row: Measurement) -> Place:
    """The place of a measurement; nameless where none is stated."""
    party = row.site.name if row.site else ""
    return Place(row.site_label, party) if row.site_label else Place(party)


def source_of(rows: Sequence[Measurement]) -> str:
    """Where the rows are printed: `Tabel 3a i »Evaluering af Handleplanen 2022–2025«.`; empty without a document."""
    document = rows[0].document
    if document is None:
        return ""
    if rows[0].table:
        return _("Table %(table)s in “%(document)s”.") % {"table": rows[0].table, "document": document.title}
    return _("From the text of “%(document)s”.") % {"document": document.title}


def shared(texts: Iterable[str]) -> str:
    """The text that all have; empty where they differ."""
    distinct = set(texts)
    return distinct.pop() if len(distinct) == 1 else ""
