"""Who changed what in an initiative, when and why: the history of its rows as acts, newest first.

simple-history keeps a whole row for each change. What one act wrote carries one moment, user and reason and is shown
as one act; what came from a fixture is shown as that file. A fixed number of queries, whatever has happened: first
one without texts for each kind of row, then the rows of the acts that the page shows and the ones before them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Model
from django.http import QueryDict
from django.utils import timezone

from .listing import Paging, read_paging
from .models import (
    ActionPlan,
    Initiative,
    InitiativeActor,
    InitiativeRelation,
    Milestone,
    NarrativeSection,
    Person,
    StatusReport,
    Theme,
    User,
)
from .trail_words import Change, Names, counted, described, reported

# In the order in which an act tells of them.
TRACED: tuple[type[Any], ...] = (Initiative, InitiativeActor, Milestone, InitiativeRelation, NarrativeSection)


@dataclass(frozen=True)
class Step:
    """One row of the history, without its texts; `before` is the id of the row that it follows, None for a first."""

    model: type[Any]
    pk: int
    row: int
    kind: str
    before: int | None


@dataclass
class Act:
    """What was done at one moment by one user; `file` names the fixture where nobody did it here."""

    at: datetime
    by: int | None
    reason: str
    file: str = ""
    written: list[Step] = field(default_factory=list)
    report: int | None = None


@dataclass(frozen=True)
class Entry:
    """An act in words. `by` is a status report's source where no user reported it; empty for neither."""

    at: datetime
    by: str
    reason: str
    file: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Trail:
    """One page of the history."""

    entries: tuple[Entry, ...]
    paging: Paging
    pages: int

    @property
    def previous(self) -> int | None:
        return self.paging.page - 1 if self.paging.page > 1 else None

    @property
    def next(self) -> int | None:
        return self.paging.page + 1 if self.paging.page < self.pages else None


def trail(initiative: Initiative, day: date, asked: QueryDict) -> Trail:
    """The acts recorded by the end of `day`, the page of them that `asked` names."""
    until = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)) if day < date.max else None
    acts = sorted(_acts(initiative, until), key=lambda act: (act.at, act.report or 0), reverse=True)
    paging = read_paging(asked, len(acts))
    first = (paging.page - 1) * paging.per_page
    shown = acts[first : first + paging.per_page]
    return Trail(tuple(_entries(shown)), paging, max(1, -(-len(acts) // paging.per_page)))


def _acts(initiative: Initiative, until: datetime | None) -> Iterable[Act]:
    found: dict[tuple[object, ...], Act] = {}
    for model in TRACED:
        of = {"id": initiative.pk} if model is Initiative else {"initiative": initiative.pk}
        rows = model.history.filter(**of).order_by("history_id")
        latest: dict[int, int] = {}
        for pk, row, at, by, kind, reason in rows.values_list(
            "id", "history_id", "history_date", "history_user", "history_type", "history_change_reason"
        ):
            step = Step(model, pk, row, kind, latest.get(pk))
            latest[pk] = row
            if until is None or at < until:
                _act(found, at, by, reason or "").written.append(step)
    reports = initiative.status_reports.values_list("pk", "recorded_at", "reported_by")
    own = (Act(at, by, "", report=pk) for pk, at, by in reports if until is None or at < until)
    return [*found.values(), *own]


def _act(found: dict[tuple[object, ...], Act], at: datetime, by: int | None, reason: str) -> Act:
    """The act that a row belongs to; all that a file brought is one, dated when it was ready."""
    file = reason if by is None and reason.endswith(".json") else ""
    key = (file,) if file else (at, by, reason)
    act = found.setdefault(key, Act(at, by, "" if file else reason, file))
    act.at = max(act.at, at)
    return act


def _entries(acts: Sequence[Act]) -> Iterable[Entry]:
    steps = [step for act in acts for step in act.written]
    rows = {model: _rows(model, [step for step in steps if step.model is model]) for model in TRACED}
    names = _names(rows)
    reports = StatusReport.objects.select_related("supersedes").in_bulk([act.report for act in acts if act.report])
    people = User.objects.in_bulk({act.by for act in acts if act.by})
    for act in acts:
        if act.file:
            changes = counted([step.model for step in act.written if step.kind == "+"])
        elif act.report:
            changes = reported(reports[act.report])
        else:
            changes = tuple(_changes(act, rows, names))
        person = people.get(act.by or 0)
        source = reports[act.report].source if act.report else ""
        if changes:
            yield Entry(act.at, person.display_name if person else source, act.reason, act.file, changes)


def _rows(model: type[Any], steps: Sequence[Step]) -> dict[int, Any]:
    """The history's rows of the steps and of the ones before, by their own id."""
    return dict(model.history.in_bulk({row for step in steps for row in (step.row, step.before) if row}))


def _names(rows: Mapping[type[Any], Mapping[int, Any]]) -> Names:
    """What the ids in the rows are called today; what is gone has no name. Five queries."""
    of_facts, of_ties = rows[Initiative].values(), rows[InitiativeRelation].values()
    return Names(
        plan=_called(ActionPlan, (row.plan_id for row in of_facts)),
        theme=_called(Theme, (row.theme_id for row in of_facts)),
        responsible=_called(Person, (row.responsible_id for row in of_facts)),
        initiative=_called(
            Initiative, [*(row.target_id for row in of_ties), *(row.merged_into_id for row in of_facts)]
        ),
        parties=_party_rows(rows[InitiativeActor]),
    )


def _called(model: type[Model], ids: Iterable[int | None]) -> dict[int, str]:
    found = model._default_manager.in_bulk({pk for pk in ids if pk})
    return {pk: str(row) for pk, row in found.items()}


def _party_rows(rows: Mapping[int, Any]) -> dict[int, tuple[str, ...]]:
    """The parties behind each row of the history of actors' lines."""
    model = InitiativeActor.history.model.actors.model
    named: dict[int, list[str]] = {}
    linked = model.objects.filter(history__in=rows).order_by("actor__name")
    for row, name in linked.values_list("history_id", "actor__name"):
        named.setdefault(row, []).append(name or "?")
    return {row: tuple(names) for row, names in named.items()}


def _changes(act: Act, rows: Mapping[type[Any], Mapping[int, Any]], names: Names) -> Iterable[Change]:
    """For each row the difference between before the act and after it, which may have written it twice."""
    for model in TRACED:
        steps = [step for step in act.written if step.model is model]
        firsts = {step.pk: step for step in reversed(steps)}
        lasts = {step.pk: step for step in steps}
        pairs = []
        for pk, last in lasts.items():
            before = rows[model].get(firsts[pk].before or 0)
            pairs.append((before, rows[model].get(last.row), last.kind))
        yield from described(model, pairs, names)
