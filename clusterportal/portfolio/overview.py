"""The status overview of a plan as data; the page and the report both print from it.

Four queries whatever the number of initiatives: initiatives with the status that held, actors, ledger, print; a
fifth for the accounted years where the caller does not know them. What a reader follows costs none.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from django.db.models import F, FilteredRelation, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from finance.lines import LineYear, Sums, accounted_years, line_years, summed
from finance.totals import ClusterFunds, funds_of
from initiatives.asof import DatePrecision
from initiatives.models import (
    ActionPlan,
    Colour,
    Initiative,
    InitiativeActor,
    PublishedFigure,
    StatusReport,
    Theme,
    User,
)
from initiatives.money import total
from initiatives.published import printed_figures

from .following import with_followed


@dataclass(frozen=True)
class OverviewRow:
    """One initiative; `printed_funds` only where a document printed another amount, in kr.

    `status` is None where nothing was reported by the day; `age_days` also where its date is not printed.
    `actors` are the printed lines, `parties` the names of the actors behind them by primary key. `owners` are the
    responsible person and the lines of owners. `sums` are the budget years up to the day's, carry-overs included;
    `years` are those in which it ran or had money. `followed` and `mine` are the reader's.
    """

    initiative: Initiative
    actors: tuple[str, ...]
    parties: Mapping[int, str]
    funds: Decimal
    printed_funds: PublishedFigure | None
    status: StatusReport | None
    age_days: int | None
    owners: tuple[str, ...] = ()
    sums: Sums = field(default_factory=Sums)
    years: frozenset[int] = frozenset()
    followed: bool = False
    mine: bool = False

    @property
    def printed(self) -> Decimal:
        """The amount of the document, the computed one where the two agree or nothing is printed."""
        if self.printed_funds is None or self.printed_funds.value is None:
            return self.funds
        return self.printed_funds.value


@dataclass(frozen=True)
class ThemeGroup:
    """The initiatives of one theme with their sum; `printed_total` is None where no row was printed differently."""

    theme: Theme | None
    rows: tuple[OverviewRow, ...]
    total: Decimal
    printed_total: Decimal | None

    @property
    def name(self) -> str:
        """The theme's name, or words for initiatives outside the themes."""
        return self.theme.name if self.theme else _("Without a theme")


@dataclass(frozen=True)
class Overview:
    """A plan on a day; totals in kr., `printed_total` is None where no row was printed differently."""

    plan: ActionPlan
    day: date
    groups: tuple[ThemeGroup, ...]
    total: Decimal
    printed_total: Decimal | None
    count: int

    @property
    def rows(self) -> Iterator[OverviewRow]:
        """All rows in printed order."""
        return (row for group in self.groups for row in group.rows)

    def only(self, keeps: Callable[[OverviewRow], bool]) -> "Overview":
        """The same plan and day with the rows that `keeps` wants; sums are theirs, and empty themes are gone."""
        kept = ((group.theme, tuple(row for row in group.rows if keeps(row))) for group in self.groups)
        return _overview(self.plan, self.day, [_group(theme, rows) for theme, rows in kept if rows])

    @property
    def differing(self) -> tuple[OverviewRow, ...]:
        """The rows whose amount was printed differently."""
        return tuple(row for row in self.rows if row.printed_funds)

    @property
    def phases(self) -> Counter[str]:
        """How many initiatives are in each phase; those without a report are not counted."""
        return Counter(row.status.phase for row in self.rows if row.status)

    @property
    def colours(self) -> Counter[str]:
        """How many initiatives are assessed with each colour."""
        assessed = (row.status.overall for row in self.rows if row.status)
        return Counter(colour for colour in assessed if colour != Colour.NONE)

    @property
    def demonstration(self) -> bool:
        """True where at least one of the statuses is invented."""
        return any(row.status.demonstration for row in self.rows if row.status)


def overview(plan: ActionPlan, day: date, accounted: Set[int] | None = None, reader: User | None = None) -> Overview:
    """The plan's initiatives under their themes, with money in kr. and status as they were on `day`.

    `accounted` are the budget years accounted by the day, where the caller knows them; else they cost a query.
    Without a `reader` nothing is followed.
    """
    years = accounted_years(plan.cluster, day) if accounted is None else accounted
    rows = list(_rows(plan, day, _Money.of(line_years(plan.cluster, day), years, day), reader))
    by_theme = groupby(rows, key=lambda row: row.initiative.theme)
    groups = [_group(theme, tuple(of_theme)) for theme, of_theme in by_theme]
    # Databases disagree on where "no theme" sorts; here it is last.
    groups.sort(key=lambda group: group.theme is None)
    return _overview(plan, day, groups)


@dataclass(frozen=True)
class _Money:
    """What the ledger says of each initiative, by its id."""

    funds: Mapping[int, ClusterFunds]
    sums: Mapping[int, Sums]
    years: Mapping[int, Set[int]]

    @classmethod
    def of(cls, lines: Iterable[LineYear], accounted: Set[int], day: date) -> "_Money":
        listed = list(lines)
        years: dict[int, set[int]] = {}
        for line in listed:
            if line.sums.allocated or line.sums.spent:
                years.setdefault(line.initiative_id, set()).add(line.budget_year)
        begun = (line for line in listed if line.budget_year <= day.year)
        return cls(funds_of(listed, accounted), summed(begun, lambda line: line.initiative_id), years)


def _overview(plan: ActionPlan, day: date, groups: Iterable[ThemeGroup]) -> Overview:
    listed = tuple(groups)
    rows = [row for group in listed for row in group.rows]
    return Overview(plan, day, listed, _sum(rows), _printed_sum(rows), len(rows))


def _rows(plan: ActionPlan, day: date, money: _Money, reader: User | None) -> Iterator[OverviewRow]:
    printed = printed_figures("cluster-funds", plan.cluster.slug, day)
    for initiative in _initiatives(plan, day, reader):
        amount = money.funds.get(initiative.pk, ClusterFunds()).total
        figures = printed.get(f"cluster-funds:{plan.cluster.slug}/{initiative.address}", [])
        if initiative.withdrawn_by(day) and not amount and not figures:
            # Where money stands on a withdrawn one it stays, so that no total loses it.
            continue
        lines = vars(initiative)["listed_actors"]
        # The attribute is missing, not None, where nothing was reported.
        status: StatusReport | None = getattr(initiative, "current", None)
        followed = vars(initiative)["followed"]
        yield OverviewRow(
            initiative=initiative,
            actors=tuple({line.pk: line.label for line in lines}.values()),
            parties={line.party_id: line.party for line in lines if line.party_id},
            funds=amount,
            printed_funds=printed_differently(figures, amount),
            status=status,
            age_days=age_in_days(status, day),
            owners=_owners(initiative, lines),
            sums=money.sums.get(initiative.pk, Sums()),
            years=frozenset(money.years.get(initiative.pk, ())) | years_run(initiative, plan),
            followed=followed,
            mine=followed or (reader is not None and _answers_for(reader, initiative)),
        )


def _owners(initiative: Initiative, lines: Iterable[InitiativeActor]) -> tuple[str, ...]:
    """The responsible person first, then the printed lines of owners, each once."""
    responsible = [str(initiative.responsible)] if initiative.responsible else []
    owning = [line.label for line in lines if line.role == InitiativeActor.Role.OWNER]
    return tuple(dict.fromkeys(responsible + owning))


def _answers_for(reader: User, initiative: Initiative) -> bool:
    return initiative.responsible is not None and initiative.responsible.user_id == reader.pk


def years_run(initiative: Initiative, plan: ActionPlan) -> frozenset[int]:
    """The calendar years of the plan in which the initiative ran, by its dates; none where neither is known."""
    if initiative.starts is None and initiative.ends is None:
        return frozenset()
    first = max(initiative.starts or plan.starts, plan.starts)
    # Both ends are the first day after the last.
    last = min(initiative.ends or plan.ends, plan.ends) - timedelta(days=1)
    return frozenset(range(first.year, last.year + 1))


def _initiatives(plan: ActionPlan, day: date, reader: User | None) -> QuerySet[Initiative]:
    """With theme, cluster, responsible, actors and the status of the day as `current`, by two queries."""
    held = StatusReport.objects.current_on(day).filter(initiative=OuterRef("pk")).values("pk")
    # A printed line comes once for each party behind it: one query for both.
    lines = InitiativeActor.objects.annotate(party_id=F("actors__pk"), party=F("actors__name"))
    actors = Prefetch("actor_lines", lines, to_attr="listed_actors")
    listed = Initiative.objects.filter(plan=plan).as_listed().prefetch_related(actors)
    # Not the plan: its long texts would come once for each row.
    listed = listed.select_related(None).select_related("cluster", "theme", "responsible", "current")
    with_status = listed.alias(held=Subquery(held[:1])).annotate(
        current=FilteredRelation("status_reports", condition=Q(status_reports__pk=F("held")))
    )
    return with_followed(with_status, reader)


def _group(theme: Theme | None, rows: tuple[OverviewRow, ...]) -> ThemeGroup:
    return ThemeGroup(theme, rows, _sum(rows), _printed_sum(rows))


def _sum(rows: Iterable[OverviewRow]) -> Decimal:
    return total(row.funds for row in rows)


def _printed_sum(rows: Iterable[OverviewRow]) -> Decimal | None:
    listed = list(rows)
    return total(row.printed for row in listed) if any(row.printed_funds for row in listed) else None


def printed_differently(figures: Iterable[PublishedFigure], amount: Decimal) -> PublishedFigure | None:
    """The newest of the figures, where it is not `amount`; None where they agree or there is none."""
    known = [figure for figure in figures if figure.value is not None]
    newest = max(known, key=lambda figure: (figure.day, figure.pk), default=None)
    return newest if newest and newest.value != amount else None


def age_in_days(status: StatusReport | None, day: date) -> int | None:
    """Days from the report to `day`; None without a report or where its date is not printed."""
    if status is None or status.precision == DatePrecision.UNPRINTED:
        return None
    return (day - status.reported_on).days
