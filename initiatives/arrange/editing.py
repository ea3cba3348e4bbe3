"""The acts that create an initiative and change its parts; each is one transaction and leaves a trace.

The trace is tracing.py's; every row written by one act carries the same mark, so that the history page can show them
as the one change they were. A part is a set of rows, so its version counts them all: parts.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ..access import Act
from ..models import Cluster, Initiative
from ..numbering import address as usual_address
from ..tracing import EditConflict, Mark
from .parts import LINES, ORDERED, Part, act_of, needs_reason, version
from .rules import Facts, problems

# Words of addresses beside those of initiatives.
RESERVED = frozenset({"ny", "trukket-tilbage"})
# Above any position in use, so that rows can change places one by one.
_ASIDE = 10_000


@dataclass(frozen=True)
class Line:
    """One row of a part as typed: `pk` None for a new one, `values` by field, `parties` only for actors' lines."""

    pk: int | None
    values: dict[str, Any]
    parties: frozenset[int] = field(default_factory=frozenset)


def create_initiative(cluster: Cluster, facts: Facts, mark: Mark) -> Initiative:
    """A new initiative without status, at an address of its own.

    Raises PermissionDenied for a role that may not, ValidationError (by field) for facts that break a rule.
    """
    mark.by.rights.require(Act.ARRANGE, cluster.pk)
    with transaction.atomic():
        # Whoever creates in the cluster waits here, so that number and address are still free below.
        Cluster.objects.select_for_update().get(pk=cluster.pk)
        _refuse(problems(facts, cluster, None))
        address = free_address(cluster, facts)
        initiative = Initiative(cluster=cluster, address=address, **facts.as_dict())
        mark.on(initiative)
        initiative.save()
    return initiative


def free_address(cluster: Cluster, facts: Facts) -> str:
    """The number, `7-2026` where an earlier plan has it, else with a count: `7-2026-2`. At most 20 characters."""
    taken = set(cluster.initiatives.values_list("address", flat=True)) | RESERVED
    wanted = usual_address(facts.number, facts.short_title) or "indsats"
    year = f"-{facts.plan.starts.year}" if facts.plan else ""
    endings = ["", year, *(f"{year}-{again}" for again in range(2, len(taken) + 3))]
    return next(found for ending in endings if (found := wanted[: 20 - len(ending)] + ending) not in taken)


def change_facts(initiative: Initiative, seen: int, facts: Facts, mark: Mark) -> bool:
    """Change the facts that were shown as version `seen`; False where nothing differs.

    Raises, without changing anything: PermissionDenied, EditConflict, ValidationError by field.
    """
    with transaction.atomic():
        initiative = _locked(initiative, Part.FACTS, seen, mark)
        if facts == Facts.of(initiative):
            return False
        _refuse(problems(facts, initiative.cluster, initiative) | _reason_problem(initiative, mark))
        for name, value in facts.as_dict().items():
            setattr(initiative, name, value)
        mark.on(initiative)
        initiative.save()
    return True


def replace_lines(initiative: Initiative, part: Part, seen: int, lines: Sequence[Line], mark: Mark) -> bool:
    """Make the rows of a part those typed, in their order; False where nothing differs.

    A row that is not among `lines` is removed. Raises as change_facts.
    """
    try:
        with transaction.atomic():
            initiative = _locked(initiative, part, seen, mark)
            rows = {row.pk: row for row in _rows(initiative, part)}
            new = _ordered(lines) if LINES[part] in ORDERED else list(lines)
            if {pk: _said(row) for pk, row in rows.items()} == {line.pk: (line.values, line.parties) for line in new}:
                return False
            _refuse(_reason_problem(initiative, mark))
            _write(initiative, part, rows, new, mark)
    except IntegrityError as error:
        raise ValidationError(_("Two lines say the same. Change or remove one of them.")) from error
    return True


def _rows(initiative: Initiative, part: Part) -> models.QuerySet[Any]:
    rows = LINES[part].objects.filter(initiative=initiative)
    return rows.prefetch_related("actors") if part == Part.ACTORS else rows


def _write(initiative: Initiative, part: Part, rows: dict[int, Any], lines: Sequence[Line], mark: Mark) -> None:
    kept = {line.pk for line in lines}
    for row in [row for pk, row in rows.items() if pk not in kept]:
        mark.on(row)
        row.delete()
    if LINES[part] in ORDERED:
        LINES[part].objects.filter(initiative=initiative).update(position=F("position") + _ASIDE)
    for line in lines:
        row = rows.get(line.pk or 0) or LINES[part](initiative=initiative)
        if row.pk and _said(row) == (line.values, line.parties):
            # What was put aside comes back; that is no change and leaves no trace.
            LINES[part].objects.filter(pk=row.pk).update(**line.values)
            continue
        for name, value in line.values.items():
            setattr(row, name, value)
        _save(row, line, mark)


def _save(row: Any, line: Line, mark: Mark) -> None:
    mark.on(row)
    row.save()
    if hasattr(row, "actors"):
        row.actors.set(line.parties)


def _ordered(lines: Sequence[Line]) -> list[Line]:
    return [Line(line.pk, {**line.values, "position": place}, line.parties) for line, place in zip(lines, count(1))]


def _said(row: Any) -> tuple[dict[str, Any], frozenset[int]]:
    """What a stored row says, in the shape of a typed line."""
    names = [each.attname for each in row._meta.concrete_fields if each.name not in {"id", "initiative"}]
    parties = frozenset(actor.pk for actor in row.actors.all()) if hasattr(row, "actors") else frozenset()
    return {name: getattr(row, name) for name in names}, parties


def _locked(initiative: Initiative, part: Part, seen: int, mark: Mark) -> Initiative:
    """The initiative as it is now; others who edit it wait (SQLite: the transaction itself does)."""
    mark.by.rights.require(act_of(part), initiative.cluster_id)
    if part == Part.FACTS:
        # The number must stay free until it is written.
        Cluster.objects.select_for_update().get(pk=initiative.cluster_id)
    locked = Initiative.objects.select_for_update(of=("self",)).select_related("cluster", "plan", "theme")
    found: Initiative = locked.get(pk=initiative.pk)
    if version(found, part) != seen:
        raise EditConflict
    return found


def _reason_problem(initiative: Initiative, mark: Mark) -> dict[str, str]:
    if mark.reason or not needs_reason(initiative):
        return {}
    return {"reason": _("Write in a few words why. The initiative has been published.")}


def _refuse(found: dict[str, str]) -> None:
    if found:
        raise ValidationError({name: [message] for name, message in found.items()})
