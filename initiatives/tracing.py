"""Edits that leave a trace: who changed a row, when and why, and nobody's change overwritten unseen.

The trace itself is django-simple-history's. The version of a row is the number of its latest trace: a form carries
the version it was drawn from, and a save that builds on an older one is refused. A row that was loaded from a document
and never edited has no trace, and version 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .models import User

Row = TypeVar("Row", bound=models.Model)
# Room for a few sentences: the history keeps reasons as text, and an initiative the one it was withdrawn for.
REASON_LIMIT = 500


@dataclass(frozen=True)
class Mark:
    """Who changes something, when and why; every row that one act writes carries the same mark."""

    by: User
    at: datetime
    reason: str = ""

    def on(self, row: models.Model) -> None:
        """Read by simple-history when the row is saved or deleted."""
        row._history_user = self.by  # type: ignore[attr-defined]
        row._history_date = self.at  # type: ignore[attr-defined]
        row._change_reason = self.reason or None  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Change:
    """One trace: `by` is empty where a program made the change, `reason` where none was given."""

    at: datetime
    by: str
    reason: str


class EditConflict(Exception):  # noqa: N818 (a situation to solve, not a fault)
    """The row was changed after the form was drawn; nothing was saved."""


class TakenError(Exception):
    """Another row got the same name between the check and the write; nothing was saved."""


def latest_change(row: models.Model) -> Change | None:
    """Who changed the row last; None for a row that was never edited. One query."""
    trace = _traces(row).select_related("history_user").first()
    if trace is None:
        return None
    by = trace.history_user.display_name if trace.history_user else ""
    return Change(trace.history_date, by, trace.history_change_reason or "")


def version_of(row: models.Model) -> str:
    """The version, to be sent along with a form. One query."""
    return str(_traces(row).values_list("history_id", flat=True).first() or 0)


def conflict_words(row: models.Model) -> str:
    """Who changed the row meanwhile, as a sentence."""
    change = latest_change(row)
    if change is None or not change.by:
        return _("Somebody changed this while you were writing. Nothing is overwritten.")
    return _("%(name)s changed this while you were writing. Nothing is overwritten.") % {"name": change.by}


def locked(row: Row) -> Row:
    """The row as it is now, kept from others until the transaction ends (SQLite: the transaction itself waits).

    Raises EditConflict where it has been removed.
    """
    found = type(row)._default_manager.select_for_update(of=("self",)).filter(pk=row.pk).first()
    if found is None:
        raise EditConflict
    return found


def save(row: models.Model, by: User, reason: str = "") -> None:
    """Save a new or a changed row with its trace, inside the caller's transaction.

    Raises TakenError where a unique name was taken meanwhile.
    """
    Mark(by, timezone.now(), reason).on(row)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise TakenError from error


def apply(row: models.Model, by: User, version: str, values: Mapping[str, Any], reason: str) -> bool:
    """Give a row new values, inside the caller's transaction; False where nothing differed.

    Raises EditConflict where the row is not the one of `version` any more, TakenError as `save`.
    """
    current = locked(row)
    if version_of(current) != version:
        raise EditConflict
    differing = {name: value for name, value in values.items() if getattr(current, name) != value}
    for name, value in differing.items():
        setattr(current, name, value)
    if differing:
        save(current, by, reason)
    return bool(differing)


def remove(row: models.Model, by: User, reason: str) -> None:
    """Delete a row that nothing depends on; the trace tells that it was there."""
    Mark(by, timezone.now(), reason).on(row)
    row.delete()


def made_by(row: models.Model, by: User) -> bool:
    """Whether the row was made by this user: so a form that is sent twice is known from a name that is taken."""
    return bool(_traces(row).filter(history_type="+", history_user=by).exists())


def _traces(row: models.Model) -> Any:
    return row.history.order_by("-history_id")  # type: ignore[attr-defined]
