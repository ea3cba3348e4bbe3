"""The secretariat's own texts in the evaluation of a plan, and the act that saves them."""

import hashlib
from dataclasses import asdict, dataclass, fields
from typing import Self

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from initiatives.access import Act
from initiatives.diff import Piece, word_diff
from initiatives.models import ActionPlan, User

LABELS = {"foreword": _("Foreword"), "introduction": _("Introduction"), "governance": _("Governance")}


@dataclass(frozen=True)
class Texts:
    """What stands in the evaluation besides the facts, as Markdown; the names are those of ActionPlan."""

    foreword: str
    introduction: str
    governance: str

    @classmethod
    def of(cls, plan: ActionPlan) -> Self:
        return cls(**{field.name: getattr(plan, field.name) for field in fields(cls)})

    @property
    def version(self) -> str:
        """Tells whether these are the texts that a writer began with."""
        return hashlib.sha256("\0".join(asdict(self).values()).encode()).hexdigest()


@dataclass(frozen=True)
class Difference:
    """One text that two writers have changed, with what only the one or the other has."""

    label: str
    saved: str
    mine: str
    saved_pieces: tuple[Piece, ...]
    mine_pieces: tuple[Piece, ...]
    kind: str = "text"


class TextsConflict(Exception):  # noqa: N818 (a situation to solve, not a fault)
    """Somebody saved other texts than those that the writer began with; `saved` is what they saved."""

    def __init__(self, saved: Texts) -> None:
        super().__init__("the texts were saved in between")
        self.saved = saved


def save_texts(plan: ActionPlan, by: User, based_on: str, texts: Texts) -> None:
    """Save texts that were written with those of the version `based_on` in view.

    Raises, without saving anything: PermissionDenied for a role that may not, TextsConflict where other texts than
    these were saved in between.
    """
    by.rights.require(Act.EDIT_TEXTS, plan.cluster_id)
    with transaction.atomic():
        # Two writers wait for each other here (on SQLite already where the transaction begins).
        locked = ActionPlan.objects.select_for_update().get(pk=plan.pk)
        saved = Texts.of(locked)
        if saved.version not in {based_on, texts.version}:
            raise TextsConflict(saved)
        for name, text in asdict(texts).items():
            setattr(locked, name, text)
        locked.save(update_fields=[field.name for field in fields(texts)])


def differences(saved: Texts, mine: Texts) -> list[Difference]:
    """The texts that differ, in the order of the form."""
    theirs, ours = asdict(saved), asdict(mine)
    return [
        Difference(str(label), theirs[name], ours[name], *word_diff(theirs[name], ours[name]))
        for name, label in LABELS.items()
        if theirs[name] != ours[name]
    ]
