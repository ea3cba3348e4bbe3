"""An initiative's chapter as it is printed: status, texts, milestones and ties to other initiatives.

Three queries for all chapters of a plan, one for each kind of text.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import TypeVar

from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from clusterportal.dashboard.noteworthy import Result
from clusterportal.plans.words import in_plan
from clusterportal.portfolio.overview import Overview
from clusterportal.portfolio.rows import OverviewRow
from initiatives.danish import dated
from initiatives.milestones import DatedEvent, told
from initiatives.models import (
    ActionPlan,
    Colour,
    Initiative,
    InitiativeRelation,
    Milestone,
    NarrativeSection,
    Phase,
    StatusReport,
)
from initiatives.reporting import COLOURS, LABELS
from outcomes.before_after import EffectTable
from outcomes.counted import FactList
from outcomes.flow import Flow
from outcomes.results import InitiativeResults

from .dumbbell import Dumbbell, dumbbell
from .flow_bars import FlowBars, flow_bars
from .timeline import Timeline, timeline

# Signs of the printed edition: full circle, half circle, square, dashed ring.
MARKS = {
    Phase.IN_OPERATION: "in-operation",
    Phase.RUNNING: "under-way",
    Phase.PILOT: "under-way",
    Phase.PAUSED: "under-way",
    Phase.CLOSED: "closed",
}
NO_MARK = "not-running"
# Initiatives in these phases stand last in their theme, under a heading of their own.
SET_ASIDE = {Phase.AWAITING, Phase.MERGED, Phase.DISCONTINUED}
# A name longer than this takes two lines in the list of contents.
ONE_LINE = 66
# About so many characters stand on a line of text; a chapter of more lines is set tighter, to keep to one page.
LINE, FULL_PAGE, TIMELINE = 70, 32, 5

Text = TypeVar("Text", NarrativeSection, Milestone)
Subject = TypeVar("Subject")
Drawn = TypeVar("Drawn")


@dataclass(frozen=True)
class Rating:
    """One assessed dimension: its name, the colour's code and the colour's word."""

    dimension: str
    code: str
    word: str


@dataclass(frozen=True)
class Relation:
    """A tie to another initiative; `anchor` is empty where that has no chapter in this report."""

    kind: str
    words: str
    name: str
    number: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class PrintedStatus:
    """A status as the page shows it; `text` is empty where it only repeats the phase.

    `progress` is in percent, None where nobody has stated it.
    """

    phase: str
    mark: str
    text: str
    ratings: tuple[Rating, ...]
    dated: str
    demonstration: bool
    progress: int | None = None


@dataclass(frozen=True)
class Chapter:
    """One initiative; one that has nothing but notes is `short` and shares its page with others.

    `day` is that of the report, `highlight` the result that says most about the initiative, if one was measured.
    Its figures are numbered on from `first_figure`: the time line, the flows, before and after.
    """

    day: date
    row: OverviewRow
    anchor: str
    status: PrintedStatus | None
    sections: tuple[NarrativeSection, ...]
    milestones: tuple[DatedEvent, ...]
    relations: tuple[Relation, ...]
    results: InitiativeResults | None = None
    highlight: Result | None = None
    first_figure: int = 1

    @property
    def initiative(self) -> Initiative:
        return self.row.initiative

    @property
    def short(self) -> bool:
        return not self.results and all(section.kind == NarrativeSection.Kind.NOTE for section in self.sections)

    @property
    def set_aside(self) -> bool:
        return self.row.status is not None and self.row.status.phase in SET_ASIDE

    @property
    def timeline(self) -> Timeline | None:
        """The figure of the milestones, where there are enough of them."""
        return timeline(self.milestones)

    @property
    def flows(self) -> tuple[tuple[Flow, FlowBars | None, int], ...]:
        """The participant flows, each with its figure and the figure's number."""
        if self.results is None:
            return ()
        first = self.first_figure + (self.timeline is not None)
        return _numbered([(flow, flow_bars(flow)) for flow in self.results.flows], first)

    @property
    def effects(self) -> tuple[tuple[EffectTable, Dumbbell | None, int], ...]:
        """The tables of before and after, each with its figure and the figure's number."""
        if self.results is None:
            return ()
        first = self.first_figure + (self.timeline is not None) + sum(each[1] is not None for each in self.flows)
        return _numbered([(table, dumbbell(table, self.results.axis)) for table in self.results.effects], first)

    @property
    def figures(self) -> int:
        """How many figures it has."""
        return (self.timeline is not None) + sum(each[1] is not None for each in (*self.flows, *self.effects))

    @property
    def is_long_in_contents(self) -> bool:
        return len(self.initiative.short_title) > ONE_LINE

    @property
    def _figures(self) -> int:
        """How many lines the single figures take."""
        counts = self.results.counts if self.results else ()
        return sum(len(table.facts) for table in counts if isinstance(table, FactList))

    @property
    def is_full(self) -> bool:
        """True where the texts would run a few lines over the page, as far as their length tells."""
        paragraphs = [line for section in self.sections for line in section.body.splitlines() if line.strip()]
        lines = sum(-(-len(paragraph) // LINE) for paragraph in paragraphs)
        figure = TIMELINE if self.timeline else 0
        return lines + len(self.milestones) + len(self.relations) + self._figures + figure > FULL_PAGE


def _numbered(
    pairs: Sequence[tuple[Subject, Drawn | None]], first: int
) -> tuple[tuple[Subject, Drawn | None, int], ...]:
    """Each subject and its figure with the figure's number; where there is no figure, the number of the next."""
    before = accumulate((pair[1] is not None for pair in pairs), initial=first)
    return tuple((subject, figure, number) for (subject, figure), number in zip(pairs, before, strict=False))


def chapters(
    portfolio: Overview, made_on: date, measured: Mapping[int, InitiativeResults], highlights: Mapping[int, Result]
) -> dict[int, Chapter]:
    """A chapter for each initiative, by its id; milestones as of the day, texts and ties as they are now.

    `measured` and `highlights` hold the results of those that have any, by the initiative's id.
    """
    plan = portfolio.plan
    sections = _by_initiative(NarrativeSection.objects.filter(initiative__plan=plan))
    milestones = _by_initiative(Milestone.objects.filter(initiative__plan=plan))
    relations = _relations(plan)
    found = {}
    for row in portfolio.rows:
        pk = row.initiative.pk
        found[pk] = Chapter(
            day=portfolio.day,
            row=row,
            anchor=anchor(row.initiative),
            status=printed_status(row.status, relations[pk]) if row.status else None,
            sections=tuple(sections[pk]),
            milestones=told(milestones[pk], portfolio.day, made_on),
            relations=tuple(relations[pk]),
            results=measured.get(pk),
            highlight=highlights.get(pk),
        )
    return found


def anchor(initiative: Initiative) -> str:
    """Where an initiative's chapter begins."""
    return f"initiative-{slugify(initiative.address, allow_unicode=True) or initiative.pk}"


def printed_status(report: StatusReport, relations: Sequence[Relation]) -> PrintedStatus:
    """The status in print; an initiative that was merged names the one that it became part of."""
    phase = _phase(report, relations)
    return PrintedStatus(
        phase=phase,
        mark=MARKS.get(Phase(report.phase), NO_MARK),
        text="" if report.printed_text.casefold() == phase.casefold() else report.printed_text,
        ratings=tuple(_ratings(report)),
        dated=dated(report.reported_on, report.precision),
        demonstration=report.demonstration,
        progress=report.progress,
    )


def _phase(report: StatusReport, relations: Sequence[Relation]) -> str:
    # A number of another plan would be taken for one of this.
    inside = (tie for tie in relations if tie.kind == InitiativeRelation.Kind.CONTINUES_IN and tie.anchor)
    continued = [tie.number for tie in inside if tie.number]
    if report.phase == Phase.MERGED and continued:
        return _("Part of %(number)s") % {"number": continued[0]}
    return report.get_phase_display()


def _ratings(report: StatusReport) -> Iterable[Rating]:
    for name in COLOURS:
        code = getattr(report, name)
        if code != Colour.NONE:
            yield Rating(str(LABELS[name]), code, str(Colour(code).label))


def _by_initiative(rows: Iterable[Text]) -> dict[int, list[Text]]:
    found: dict[int, list[Text]] = defaultdict(list)
    for row in rows:
        found[row.initiative_id].append(row)
    return found


def _relations(plan: ActionPlan) -> dict[int, list[Relation]]:
    """The plan's ties, by the initiative that prints them: both ends of a tie do."""
    kind = InitiativeRelation.Kind
    words = {kind.CONTINUES_IN: _("Continues in"), kind.FORMERLY: _("Formerly")}
    backwards = {kind.CONTINUES_IN: _("Carries on"), kind.FORMERLY: _("Now called")}
    found: dict[int, list[Relation]] = defaultdict(list)
    ties = InitiativeRelation.objects.filter(Q(initiative__plan=plan) | Q(target__plan=plan))
    for tie in ties.select_related("initiative__plan", "target__plan"):
        this_way = words[kind(tie.kind)]
        if tie.target is None:
            found[tie.initiative_id].append(Relation(tie.kind, this_way, tie.label))
        else:
            found[tie.initiative_id].append(_tie(tie.kind, this_way, tie.target, plan))
            found[tie.target.pk].append(_tie("", backwards[kind(tie.kind)], tie.initiative, plan))
    return found


def _tie(kind: str, words: str, other: Initiative, plan: ActionPlan) -> Relation:
    """Every member of the cluster reads the report, so an initiative of another cluster is not named."""
    if other.cluster_id != plan.cluster_id:
        return Relation(kind, words, _("an initiative in another cluster"))
    if other.plan_id == plan.pk:
        return Relation(kind, words, other.short_title, other.number, anchor(other))
    name = in_plan(other.short_title, other)
    return Relation(kind, words, name, other.number)
