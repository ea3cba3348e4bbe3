"""Which initiatives the status overview is about, and the rules by which the database reads them."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from finance.lines import accounted_years
from finance.models import Entry
from finance.querysets import EntryQuerySet, list_sums
from initiatives.models import ActionPlan, Initiative, PublishedFigure, StatusReport, User
from initiatives.money import ZERO, MoneyField


@dataclass(frozen=True)
class Scope:
    """A plan on a day, as `reader` sees it; `accounted` are the budget years accounted by the day.

    Without a reader nothing is followed. `kept` are the ids of `withdrawn_with_money` where a query has told; else
    the database looks for them again in each.
    """

    plan: ActionPlan
    day: date
    accounted: Set[int]
    reader: User | None = None
    kept: Sequence[int] | None = None

    @property
    def subject(self) -> str:
        """What the subject of a printed amount of cluster funds begins with; the initiative's address follows."""
        return f"cluster-funds:{self.plan.cluster.slug}/"

    @property
    def figures(self) -> QuerySet[PublishedFigure]:
        """The amounts that documents had printed by the day."""
        return PublishedFigure.objects.about(self.plan.cluster.slug, ["cluster-funds"]).printed_by(self.day)

    @property
    def entries(self) -> EntryQuerySet:
        """What the cluster's ledger counts on the day."""
        return Entry.objects.filter(voucher__cluster=self.plan.cluster).counted_on(self.day)

    @property
    def funds(self) -> Coalesce:
        """An initiative's cluster funds in kr., as an expression."""
        own = self.own_entries.annotate(funds=self.sums["funds"])
        return Coalesce(Subquery(own.values("funds")), Value(ZERO, output_field=MoneyField()))

    @property
    def withdrawn_with_money(self) -> QuerySet[Initiative]:
        """Those withdrawn by the day on which money stands or was printed."""
        printed = Exists(self.figures.filter(subject=Concat(Value(self.subject), OuterRef("address"))))
        withdrawn = Initiative.objects.filter(plan=self.plan, retired_on__lte=self.day).alias(funds=self.funds)
        return withdrawn.filter(Q(printed) | ~Q(funds=0)).order_by()

    @property
    def listed(self) -> QuerySet[Initiative]:
        """The plan's initiatives; one withdrawn by the day only where money stands on it, so that no total loses it."""
        kept = self.withdrawn_with_money.values("pk") if self.kept is None else self.kept
        there = Q(retired_on=None) | Q(retired_on__gt=self.day) | Q(pk__in=kept)
        return Initiative.objects.filter(there, plan=self.plan).order_by()

    @property
    def reported(self) -> QuerySet[Initiative]:
        """As `listed`, each with the status report of the day as the relation `current`."""
        return self.with_current(self.listed)

    def with_current(self, initiatives: QuerySet[Initiative]) -> QuerySet[Initiative]:
        held = StatusReport.objects.held_by(OuterRef("pk"), self.day)
        return initiatives.alias(held=held).annotate(
            current=FilteredRelation("status_reports", condition=Q(status_reports__pk=F("held")))
        )

    @property
    def own_entries(self) -> QuerySet[Any, Any]:
        """Those of an initiative that a query outside this one has, to be added up."""
        return self.entries.filter(initiative=OuterRef("pk")).order_by().values("initiative")

    @property
    def sums(self) -> dict[str, Any]:
        """What is added up of `entries`: see finance.querysets.list_sums."""
        return list_sums(self.accounted, self.day)


def scope_of(plan: ActionPlan, day: date, accounted: Set[int] | None = None, reader: User | None = None) -> Scope:
    """`accounted` are the budget years accounted by the day, where the caller knows them; else they cost a query."""
    return Scope(plan, day, accounted_years(plan.cluster, day) if accounted is None else accounted, reader)
