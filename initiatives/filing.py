"""Adding a file to an initiative, and removing it again."""

from datetime import datetime
from typing import IO

from django.core.exceptions import ValidationError
from django.db import transaction

from .access import Act
from .attachments import store
from .models import Initiative, InitiativeFile, User
from .reporting import SINGLE_CITIZEN, names_a_citizen

TITLE = 160


def add_file(initiative: Initiative, by: User, content: bytes | IO[bytes], name: str, title: str) -> InitiativeFile:
    """Keep a file with the initiative; without a title it is called by its name.

    Raises PermissionDenied for a role that may not, ValidationError (by field: file, title) for what is refused.
    """
    by.rights.require(Act.KEEP_FILES, initiative.cluster_id)
    called = title.strip() or name
    wrong = {field: [SINGLE_CITIZEN] for field, text in (("file", name), ("title", title)) if names_a_citizen(text)}
    if wrong:
        raise ValidationError(wrong)
    try:
        with transaction.atomic():
            kept = store(content, name, by)
            return InitiativeFile.objects.create(initiative=initiative, attachment=kept, title=called[:TITLE])
    except ValidationError as refused:
        raise ValidationError({"file": refused.messages}) from refused


def remove_file(file: InitiativeFile, by: User, now: datetime) -> bool:
    """Delete the content and keep the trace; False where somebody has removed it already."""
    by.rights.require(Act.KEEP_FILES, file.initiative.cluster_id)
    with transaction.atomic():
        removed = InitiativeFile.objects.kept().filter(pk=file.pk).update(removed_at=now, removed_by=by)
        if removed:
            stored = file.attachment.file
            # After the commit: a file cannot be brought back by a rollback.
            transaction.on_commit(lambda: stored.storage.delete(str(stored.name)))
    return bool(removed)
