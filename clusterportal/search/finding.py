"""Which rows of each kind a query finds for a user; no kind goes beyond what the user may see.

A row is found when each word stands in its own texts or in its initiative's number, titles or target group, and at
least one in its own: `jammerbugt gangtræning` finds Jammerbugt among the parties of the initiative about gangtræning.

The rows come without order: told to give the first ten, PostgreSQL walks through all initiatives in that order, which
takes seconds; and the two databases sort letters differently. sorting.py puts the ids in order.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from initiatives.models import ActionPlan, Actor, Initiative, InitiativeActor, NarrativeSection, StatusReport, User
from meetings.models import AgendaItem, Decision, Recommendation
from outcomes.models import Measure, Measurement

from .contains import Contains, Holds, Unindexed
from .query import Query

Rows = QuerySet[Any]
# More than any table of texts has rows.
EVERY = 1_000_000_000
Condition = Q | Exists | Holds


@dataclass(frozen=True)
class Scope:
    """Whose search it is, and the day whose status counts."""

    user: User
    day: date

    @property
    def initiatives(self) -> Rows:
        """Those that the user may see, without what was withdrawn as a mistake."""
        return Initiative.objects.visible_to(self.user).listed_on(self.day)

    @cached_property
    def many_plans(self) -> bool:
        """Whether a cluster has several plans, so that a hit must tell which of them it is of. One query, once."""
        plans = ActionPlan.objects.visible_to(self.user).order_by().values("cluster").annotate(plans=Count("pk"))
        return bool(plans.filter(plans__gt=1).exists())

    def of_initiatives(self, rows: Rows) -> Rows:
        """The rows whose initiative may be seen and has not been withdrawn.

        SQLite must not use the index of clusters: it would begin with every initiative of them, and look each of them
        up among all rows that were found.
        """
        seen = rows.alias(in_cluster=Unindexed("initiative__cluster")).filter(in_cluster__in=self.user.rights.clusters)
        return seen.exclude(initiative__retired_on__lte=self.day)


@dataclass(frozen=True)
class Source:
    """Where the words of one kind stand: in the rows' own texts, and in the names of their initiatives.

    The ids come from the index; the conditions read the rows' texts.
    """

    rows: Rows
    own_ids: Callable[[str], Rows]
    own: Callable[[str], Condition]
    named_ids: Callable[[str], Rows]
    named: Callable[[str], Condition]

    def found(self, query: Query) -> Rows:
        """The rows that hold every word, at least one in their own texts; the longest word must not be short.

        The longest is looked up, for it is likely the rarest, and the rows it leads to are read for the others.
        """
        longest = max(query.words, key=len)
        if len(query.words) == 1:
            return self.rows.filter(pk__in=_first(self.own_ids(longest)))
        candidates = self.rows.filter(pk__in=_first(self.own_ids(longest).union(self.named_ids(longest))))
        others = (word for word in query.words if word != longest)
        every = (Q(self.own(word)) | Q(self.named(word)) for word in others)
        return candidates.filter(reduce(or_, (Q(self.own(word)) for word in query.words)), *every)


def initiatives(scope: Scope, query: Query) -> Rows:
    """Initiatives by number, titles and target group."""
    return scope.initiatives.filter(*(Contains(word, Initiative) for word in query.words))


def parties(scope: Scope, query: Query) -> Rows:
    """Initiatives by the parties that take part, as printed and by the parties' own names."""

    def own_ids(word: str) -> Rows:
        labelled = InitiativeActor.objects.filter(Contains(word, InitiativeActor))
        named = InitiativeActor.objects.filter(actors__in=Actor.objects.filter(Contains(word, Actor)))
        return _ids(labelled, "initiative").union(_ids(named, "initiative"))

    def own(word: str) -> Condition:
        lines = InitiativeActor.objects.filter(initiative=OuterRef("pk"))
        return Q(Exists(lines.filter(Holds(word, InitiativeActor)))) | Q(
            Exists(lines.filter(Holds(word, Actor, "actors__")))
        )

    return Source(scope.initiatives, own_ids, own, _named_ids, lambda word: Holds(word, Initiative)).found(query)


def statuses(scope: Scope, query: Query) -> Rows:
    """Status reports that hold on the day."""
    return _of_initiative(scope, StatusReport, StatusReport.objects.current_on(scope.day)).found(query)


def sections(scope: Scope, query: Query) -> Rows:
    """Sections of the initiatives' chapters."""
    return _of_initiative(scope, NarrativeSection, NarrativeSection.objects.all()).found(query)


def decisions(scope: Scope, query: Query) -> Rows:
    """Decisions by their own text, the recommendation's and the item's title."""
    concerning = scope.of_initiatives(Decision.initiatives.through.objects.all())

    def own_ids(word: str) -> Rows:
        items = AgendaItem.objects.filter(Contains(word, AgendaItem))
        points = Recommendation.objects.filter(Contains(word, Recommendation))
        return _ids(Decision.objects.filter(Contains(word, Decision))).union(
            _ids(Decision.objects.filter(recommendation__in=points)),
            _ids(Decision.objects.filter(recommendation__item__in=items)),
        )

    def own(word: str) -> Condition:
        point, item = Holds(word, Recommendation, "recommendation__"), Holds(word, AgendaItem, "recommendation__item__")
        return Q(Holds(word, Decision)) | Q(point) | Q(item)

    def named(word: str) -> Condition:
        return Exists(concerning.filter(Holds(word, Initiative, "initiative__"), decision=OuterRef("pk")))

    def named_ids(word: str) -> Rows:
        return _ids(concerning.filter(initiative__in=_named_ids(word)), "decision")

    # visible_to tells rows apart by DISTINCT; as a subquery it leaves the planner free.
    visible = Decision.objects.filter(pk__in=_ids(Decision.objects.visible_to(scope.user)))
    return Source(visible, own_ids, own, named_ids, named).found(query)


def measures(scope: Scope, query: Query) -> Rows:
    """Initiatives by what has been measured in them."""
    visible = Measurement.objects.visible_to(scope.user)

    def own_ids(word: str) -> Rows:
        measured = visible.filter(measure__in=Measure.objects.filter(Contains(word, Measure)))
        return _ids(measured, "collection__initiative")

    def own(word: str) -> Condition:
        return Exists(visible.filter(Holds(word, Measure, "measure__"), collection__initiative=OuterRef("pk")))

    return Source(scope.initiatives, own_ids, own, _named_ids, lambda word: Holds(word, Initiative)).found(query)


def _of_initiative(scope: Scope, model: type[Model], rows: Rows) -> Source:
    """Rows with texts of their own and an initiative."""
    every = model._default_manager.all()
    return Source(
        rows=scope.of_initiatives(rows),
        own_ids=lambda word: _ids(every.filter(Contains(word, model))),
        own=lambda word: Holds(word, model),
        named_ids=lambda word: _ids(every.filter(initiative__in=_named_ids(word))),
        named=lambda word: Holds(word, Initiative, "initiative__"),
    )


def _named_ids(word: str) -> Rows:
    """Initiatives with the word in their number, titles or target group."""
    return _ids(Initiative.objects.filter(Contains(word, Initiative)))


def _ids(rows: Rows, column: str = "pk") -> Rows:
    return rows.order_by().values(column)


def _first(ids: Rows) -> Rows:
    """All of the ids, found before anything else is looked at: no planner looks beyond a limit.

    Without one PostgreSQL begins with every initiative and asks of each row whether it holds the word.
    """
    return ids[:EVERY]
