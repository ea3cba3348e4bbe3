"""All that the page of one initiative shows, as data; a fixed number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from clusterportal.plans.words import in_plan
from finance.initiative_funds import InitiativeFunds, initiative_funds
from finance.totals import ClusterFunds
from initiatives.access import Act
from initiatives.milestones import DatedEvent, told
from initiatives.models import (
    Initiative,
    InitiativeActor,
    InitiativeRelation,
    NarrativeSection,
    PublishedFigure,
    StatusReport,
    User,
)
from initiatives.published import printed_figures
from meetings.models import Decision
from outcomes.results import InitiativeResults, results_of

from .rows import age_in_days, printed_differently


@dataclass(frozen=True)
class Related:
    """Another initiative as seen from this one; `initiative` is None where the user has no page to go to."""

    words: str
    name: str
    initiative: Initiative | None


@dataclass(frozen=True)
class InitiativePage:
    """One initiative on a day; money in kr., `history` newest first with what was corrected since."""

    initiative: Initiative
    day: date
    actors: tuple[InitiativeActor, ...]
    money: InitiativeFunds
    printed_funds: PublishedFigure | None
    history: tuple[StatusReport, ...]
    related: tuple[Related, ...]
    milestones: tuple[DatedEvent, ...]
    sections: tuple[NarrativeSection, ...]
    decisions: tuple[Decision, ...]
    results: InitiativeResults

    @property
    def funds(self) -> ClusterFunds:
        """The cluster funds in two amounts."""
        return self.money.funds

    @property
    def status(self) -> StatusReport | None:
        """The report that held on the day, by the same order as StatusReport.objects.current_on."""
        return next((report for report in self.history if not hasattr(report, "superseded_by")), None)

    @property
    def age_days(self) -> int | None:
        """Days since the report; None without one or where its date is not printed."""
        return age_in_days(self.status, self.day)

    @property
    def last_day(self) -> date | None:
        """The last day of the initiative itself; `ends` is the day after."""
        return self.initiative.ends - timedelta(days=1) if self.initiative.ends else None

    @property
    def demonstration(self) -> bool:
        """True where at least one of the reports is invented."""
        return any(report.demonstration for report in self.history)


def initiative_page(initiative: Initiative, user: User, day: date, today: date) -> InitiativePage:
    """The initiative as it was on `day`, with what `user` may see of decisions and relations."""
    cluster = initiative.cluster
    money = initiative_funds(initiative, user, day)
    printed = printed_figures("cluster-funds", cluster.slug, day)
    figures = printed.get(f"cluster-funds:{cluster.slug}/{initiative.address}", [])
    decisions = Decision.objects.visible_to(user).on_initiative(initiative).taken_by(day)
    return InitiativePage(
        initiative=initiative,
        day=day,
        actors=tuple(initiative.actor_lines.all()),
        money=money,
        printed_funds=printed_differently(figures, money.funds.total),
        history=tuple(_history(initiative, day)),
        related=tuple(_related(initiative, user)),
        milestones=told(initiative.milestones.all(), day, today),
        sections=tuple(initiative.sections.all()),
        decisions=tuple(decisions.with_meeting()),
        results=results_of(initiative, day, user.rights.may(Act.SEE_SMALL_NUMBERS, initiative.cluster_id)),
    )


def _history(initiative: Initiative, day: date) -> Iterator[StatusReport]:
    reports = StatusReport.objects.filter(initiative=initiative).known_on(day).latest_first()
    return reports.select_related("reported_by", "superseded_by").iterator()


def _related(initiative: Initiative, user: User) -> Iterator[Related]:
    """Relations both ways, in words that fit the direction."""
    ties = InitiativeRelation.objects.filter(Q(initiative=initiative) | Q(target=initiative))
    for tie in ties.select_related("initiative__cluster", "target__cluster", "initiative__plan", "target__plan"):
        outward = tie.initiative_id == initiative.pk
        other = tie.target if outward else tie.initiative
        seen = other if other and other.cluster_id in user.rights.clusters else None
        yield Related(_words(tie.kind, outward), _name(seen, initiative, tie), seen)


def _name(seen: Initiative | None, initiative: Initiative, tie: InitiativeRelation) -> str:
    """Number and title of the other, with its plan where that is another."""
    if seen is None:
        return tie.label or _("an initiative in another cluster")
    return str(seen) if seen.plan_id == initiative.plan_id else in_plan(str(seen), seen)


def _words(kind: str, outward: bool) -> str:
    kinds = InitiativeRelation.Kind
    words = {
        (kinds.CONTINUES_IN, True): _("Continues in"),
        (kinds.CONTINUES_IN, False): _("Carries on"),
        (kinds.FORMERLY, True): _("Formerly"),
        (kinds.FORMERLY, False): _("Now called"),
    }
    return words[kinds(kind), outward]
