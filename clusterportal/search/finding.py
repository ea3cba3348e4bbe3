"""Which rows of each kind a query finds for a user; no kind goes beyond what the user may see.

A row is found when each word stands in its own texts or in its initiative's number, titles or target group, and at
least one in its own: `jammerbugt gangtræning` finds Jammerbugt among the parties of the initiative about gangtræning.

The rows come without order: told to give the first ten, PostgreSQL walks through all initiatives in that order, which
takes seconds; and the two databases sort letters differently. sorting.py puts the ids in order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from initiatives.models import Actor, Initiative, InitiativeActor, NarrativeSection, StatusReport, User
from meetings.models import AgendaItem, Decision, Recommendation
from outcomes.models import Measure, Measurement

from .contains import Contains
from .query import Query, is_short

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Scope:
    """Whose search it is, and the day whose status counts."""

    user: User
    day: date

    @property
    def initiatives(self) -> Rows:
        return Initiative.objects.visible_to(self.user)

    def of_initiatives(self, rows: Rows) -> Rows:
        """The rows whose initiative may be seen."""
        return rows.filter(initiative__cluster__in=self.user.rights.clusters)


def initiatives(scope: Scope, query: Query) -> Rows:
    """Initiatives by number, titles and target group."""
    return scope.initiatives.filter(*(Contains(word, Initiative) for word in query.words))


def parties(scope: Scope, query: Query) -> Rows:
    """Initiatives by the parties that take part, as printed and by the parties' own names."""

    def own(word: str) -> Rows:
        labelled = InitiativeActor.objects.filter(Contains(word, InitiativeActor))
        named = InitiativeActor.objects.filter(actors__in=Actor.objects.filter(Contains(word, Actor)))
        return _ids(labelled, "initiative").union(_ids(named, "initiative"))

    def holds(word: str) -> Q:
        lines = InitiativeActor.objects.filter(initiative=OuterRef("pk"))
        labelled = Exists(lines.filter(Contains(word, InitiativeActor)))
        named = Exists(lines.filter(Contains(word, Actor, "actors__")))
        return Q(labelled) | Q(named) | Q(Contains(word, Initiative))

    return _found(scope.initiatives, query, own, holds)


def statuses(scope: Scope, query: Query) -> Rows:
    """Status reports that hold on the day."""
    return _of_initiative(scope, query, StatusReport, StatusReport.objects.current_on(scope.day))


def sections(scope: Scope, query: Query) -> Rows:
    """Sections of the initiatives' chapters."""
    return _of_initiative(scope, query, NarrativeSection, NarrativeSection.objects.all())


def decisions(scope: Scope, query: Query) -> Rows:
    """Decisions by their own text, the recommendation's and the item's title."""

    def own(word: str) -> Rows:
        items = AgendaItem.objects.filter(Contains(word, AgendaItem))
        points = Recommendation.objects.filter(Contains(word, Recommendation))
        return _ids(Decision.objects.filter(Contains(word, Decision))).union(
            _ids(Decision.objects.filter(recommendation__in=points)),
            _ids(Decision.objects.filter(recommendation__item__in=items)),
        )

    def holds(word: str) -> Q:
        concerning = scope.of_initiatives(Decision.initiatives.through.objects.filter(decision=OuterRef("pk")))
        return (
            Q(Contains(word, Decision))
            | Q(Contains(word, Recommendation, "recommendation__"))
            | Q(Contains(word, AgendaItem, "recommendation__item__"))
            | Q(Exists(concerning.filter(Contains(word, Initiative, "initiative__"))))
        )

    # visible_to tells rows apart by DISTINCT; as a subquery it leaves the planner free.
    visible = Decision.objects.filter(pk__in=_ids(Decision.objects.visible_to(scope.user)))
    return _found(visible, query, own, holds)


def measures(scope: Scope, query: Query) -> Rows:
    """Initiatives by what has been measured in them."""
    visible = Measurement.objects.visible_to(scope.user)

    def own(word: str) -> Rows:
        return _ids(visible.filter(measure__in=Measure.objects.filter(Contains(word, Measure))), "initiative")

    def holds(word: str) -> Q:
        measured = visible.filter(Contains(word, Measure, "measure__"), initiative=OuterRef("pk"))
        return Q(Exists(measured)) | Q(Contains(word, Initiative))

    return _found(scope.initiatives, query, own, holds)


def _of_initiative(scope: Scope, query: Query, model: type[Model], rows: Rows) -> Rows:
    """Rows with texts of their own and an initiative."""

    def own(word: str) -> Rows:
        return _ids(model._default_manager.filter(Contains(word, model)))

    def holds(word: str) -> Q:
        return Q(Contains(word, model)) | Q(Contains(word, Initiative, "initiative__"))

    return _found(scope.of_initiatives(rows), query, own, holds)


def _found(rows: Rows, query: Query, own: Callable[[str], Rows], holds: Callable[[str], Q]) -> Rows:
    """The rows that the index gives for any long word (`own`: their ids), then those of them that hold every word."""
    first, *others = (own(word) for word in query.words if not is_short(word))
    rows = rows.filter(pk__in=first.union(*others) if others else first)
    return rows.filter(*(holds(word) for word in query.words)) if len(query.words) > 1 else rows


def _ids(rows: Rows, column: str = "pk") -> Rows:
    return rows.order_by().values(column)
