"""Keeping the draft of a status report while it is written; nobody but the writer sees it, and it never counts."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from .access import Act
from .models import Initiative, StatusDraft, StatusReport, User
from .reporting import LABELS

# Most characters kept of one field: far more than may be reported, so that nothing is lost before it is shortened.
MOST = 20_000


class DraftConflict(Exception):  # noqa: N818 (a situation to solve, not a fault)
    """Another window has saved or thrown away the draft; `kept` is what is there now, None for nothing."""

    def __init__(self, kept: StatusDraft | None) -> None:
        super().__init__("the draft was changed elsewhere")
        self.kept = kept


def draft_of(initiative: Initiative, user: User) -> StatusDraft | None:
    """The user's own draft, with the report it was written upon, by one query."""
    drafts = StatusDraft.objects.filter(initiative=initiative, user=user)
    return drafts.select_related("based_on__reported_by").first()


def keep_draft(
    initiative: Initiative,
    by: User,
    based_on: StatusReport | None,
    typed: Mapping[str, str],
    version: int,
    now: datetime,
) -> StatusDraft:
    """Keep what was typed over the draft of `version`; 0 where the writer has seen none.

    Raises PermissionDenied for a role that may not report, DraftConflict where the draft is of another version.
    """
    by.rights.require(Act.REPORT_STATUS, initiative.cluster_id)
    with transaction.atomic():
        # As for reports: the lock on the initiative makes two windows wait for each other.
        Initiative.objects.select_for_update().get(pk=initiative.pk)
        kept = draft_of(initiative, by)
        if (kept.version if kept else 0) != version:
            raise DraftConflict(kept)
        draft = kept or StatusDraft(initiative=initiative, user=by, version=0)
        draft.based_on, draft.typed, draft.saved_at = based_on, _fields(typed), now
        draft.version += 1
        draft.save()
    return draft


def _fields(typed: Mapping[str, str]) -> dict[str, str]:
    """The form's own fields alone; a NUL is refused by PostgreSQL, and by the form when it is filed."""
    return {name: typed[name].replace("\0", "")[:MOST] for name in LABELS if name in typed}


def throw_away_draft(initiative: Initiative, by: User) -> bool:
    """Delete the user's own draft; False where there was none."""
    deleted, _rows = StatusDraft.objects.filter(initiative=initiative, user=by).delete()
    return bool(deleted)
