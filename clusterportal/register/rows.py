"""What the pages of one row of the register share: finding it, and the trail that leads to it."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from .kinds import KINDS, Kind


def visible(request: HttpRequest, kind: Kind, pk: int) -> Any:
    """The row with what it was merged into, if anything. Raises Http404 for one that the user may not see."""
    rows = kind.visible(request)
    return get_object_or_404(rows.select_related("merged_into") if kind.merges else rows, pk=pk)


def trail(kind: Kind, last: str) -> list[tuple[str, str]]:
    """The way from the register to a page of this name."""
    return [(_("Register"), KINDS[0].list_url), (str(kind.plural), kind.list_url), (last, "")]


def trail_to(kind: Kind, row: Any, page: str = "") -> list[tuple[str, str]]:
    """The way to the row, or to a page about it."""
    if not page:
        return trail(kind, row.name)
    return [*trail(kind, "")[:-1], (row.name, kind.url(row.pk)), (page, "")]
