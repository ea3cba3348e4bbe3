"""The parts of an initiative that are edited one at a time, and how a form tells that somebody edited meanwhile."""

from typing import Any

from django.db.models import Max, TextChoices
from django.utils.translation import gettext_lazy as _

from ..access import Act
from ..models import Initiative, InitiativeActor, InitiativeRelation, Milestone, NarrativeSection, User


class Part(TextChoices):
    """A part, by its word in the address."""

    FACTS = "fakta", _("Facts")
    ACTORS = "aktoerer", _("Parties")
    MILESTONES = "milepaele", _("Milestones")
    RELATIONS = "relationer", _("Relations")
    SECTIONS = "tekst", _("Text")


LINES: dict[Part, type[Any]] = {
    Part.ACTORS: InitiativeActor,
    Part.MILESTONES: Milestone,
    Part.RELATIONS: InitiativeRelation,
    Part.SECTIONS: NarrativeSection,
}
# The models whose rows stand in an order that is chosen.
ORDERED = frozenset({InitiativeActor, NarrativeSection})


def act_of(part: Part) -> Act:
    """What somebody must be allowed to do to edit the part."""
    return Act.WRITE_CHAPTER if part == Part.SECTIONS else Act.ARRANGE


def editable_by(user: User, initiative: Initiative) -> list[Part]:
    """The parts that the user may edit."""
    return [part for part in Part if user.rights.may(act_of(part), initiative.cluster_id)]


def version(initiative: Initiative, part: Part) -> int:
    """Grows whenever a row of the part is written, changed or removed; one query."""
    if part == Part.FACTS:
        rows = Initiative.history.filter(id=initiative.pk)
    else:
        rows = LINES[part].history.filter(initiative=initiative.pk)
    return rows.aggregate(newest=Max("history_id"))["newest"] or 0


def added_since(initiative: Initiative, part: Part, seen: str) -> set[int]:
    """The ids of the rows that were added after the version `seen`, as a form sent it along."""
    before = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else 0
    rows = LINES[part].history.filter(initiative=initiative.pk, history_type="+", history_id__gt=before)
    return set(rows.values_list("id", flat=True))


def needs_reason(initiative: Initiative) -> bool:
    """True once a status has been reported: from then on readers know the initiative, and a change is explained."""
    return initiative.status_reports.exists()
