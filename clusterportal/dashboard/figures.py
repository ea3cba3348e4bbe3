"""All that the dashboard shows, as data; a fixed number of queries whatever the number of initiatives.

Nine: reports, initiatives and their themes (2), ledger; what the reports shown say, measurements, the initiatives of
the results shown, decisions, next meeting.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import prefetch_related_objects

from finance.by_year import money_by_year
from initiatives.models import ActionPlan, StatusReport, User
from meetings.models import Decision
from outcomes.results import comparable

from . import results_in_words, sentences
from .attention import Deviation, deviations, unreported_lately
from .board import Board, Listed, Standing, board, standings, themes_of
from .development import Development, development
from .forums import NextMeeting, latest_decisions, next_meeting
from .history import Change, History, changes, history
from .ledger import Ledger, ledger
from .money import Money, money
from .money_in_words import outside
from .noteworthy import Result, noteworthy

# What two minutes allow; the rest is a click away.
MOST_DEVIATIONS, MOST_CHANGES, MOST_DECISIONS, MOST_OVERDUE = 5, 4, 3, 12


@dataclass(frozen=True)
class Facts:
    """What the portfolio's parts are computed from, read once: a plan on a day."""

    plan: ActionPlan
    day: date
    standings: tuple[Standing, ...]
    reported: History
    ledger: Ledger

    @property
    def listed(self) -> tuple[Standing, ...]:
        """Those that had not been withdrawn as mistakes; the money of all of them is counted."""
        return tuple(each for each in self.standings if not each.initiative.withdrawn_by(self.day))

    @property
    def initiatives(self) -> dict[int, Listed]:
        """By id, in printed order."""
        return {each.initiative.pk: each.initiative for each in self.standings}


@dataclass(frozen=True)
class Changed:
    """A change of phase or colour of an initiative."""

    initiative: Listed
    change: Change
    words: str
    text: str

    @property
    def label(self) -> str:
        return results_in_words.initiative(self.initiative)


@dataclass(frozen=True)
class Told:
    """A deviation with its report in full."""

    deviation: Deviation
    status: StatusReport


@dataclass(frozen=True)
class Dashboard:
    """The page of a plan on a day; `off_course` is how many deviations there are, shown or not."""

    plan: ActionPlan
    day: date
    lead: sentences.Lead
    board: Board
    deviations: tuple[Told, ...]
    off_course: int
    money: Money | None
    results: tuple[Result, ...]
    changes: tuple[Changed, ...]
    overdue: tuple[Standing, ...]
    decisions: tuple[Decision, ...]
    meeting: NextMeeting | None
    development: Development

    @property
    def overdue_words(self) -> str:
        return sentences.overdue(len(self.overdue))

    @property
    def overdue_shown(self) -> tuple[Standing, ...]:
        return self.overdue[:MOST_OVERDUE]

    @property
    def overdue_rest(self) -> int:
        """How many more there are than are named."""
        return len(self.overdue) - len(self.overdue_shown)

    @property
    def demonstration(self) -> bool:
        """True where something shown is invented."""
        invented = (
            changed.change.before.demonstration or changed.change.after.demonstration for changed in self.changes
        )
        return bool(self.board.demonstrations) or any(invented)


def facts(plan: ActionPlan, day: date, accounted: Set[int]) -> Facts:
    """Reports, initiatives and ledger, `accounted` being the years accounted by `day`; four queries."""
    reported = history(plan, day)
    found = standings(plan, reported)
    theme_of = {each.initiative.pk: each.initiative.theme.pk for each in found if each.initiative.theme}
    return Facts(plan, day, found, reported, ledger(plan, day, accounted, theme_of))


def dashboard(of: Facts, user: User, is_today: bool) -> Dashboard:
    """All that the page shows of the facts, and of what else `user` may see on their day; five more queries."""
    plan, day, initiatives = of.plan, of.day, of.initiatives
    listed = of.listed
    on_board = board(listed)
    amounts = money(of.ledger, initiatives, themes_of(of.standings), day)
    off_course = deviations(listed, of.reported, day)
    changed = changes(of.reported, MOST_CHANGES)
    written = StatusReport.objects.in_bulk(
        [*(each.report.pk for each in off_course[:MOST_DEVIATIONS]), *(each.after.pk for each in changed)]
    )
    return Dashboard(
        plan=plan,
        day=day,
        lead=sentences.lead(plan, on_board, amounts, day, is_today),
        board=on_board,
        deviations=tuple(Told(each, written[each.report.pk]) for each in off_course[:MOST_DEVIATIONS]),
        off_course=len(off_course),
        money=amounts,
        results=_results(of),
        changes=tuple(
            Changed(
                initiatives[each.after.initiative_id],
                each,
                sentences.change(each),
                written[each.after.pk].printed_text,
            )
            for each in changed
        ),
        overdue=unreported_lately(listed, day, settings.STATUS_STALE_DAYS),
        decisions=latest_decisions(plan.cluster, user, day, MOST_DECISIONS),
        meeting=next_meeting(plan.cluster, day),
        development=developed(of),
    )


def _results(of: Facts) -> tuple[Result, ...]:
    """What is worth noting, with the initiatives that it was measured in."""
    chosen = noteworthy(comparable(of.plan, of.day), settings.RESULTS_FEW_CASES)
    collections = [result.row.collection for result in chosen]
    prefetch_related_objects(collections, "initiative")
    for collection in collections:
        collection.initiative.cluster = of.plan.cluster
    return chosen


def developed(of: Facts) -> Development:
    """Phases, colours and money over time."""
    by_year = money_by_year(of.ledger.sums, of.ledger.accounted, themes_of(of.standings), outside())
    return development(of.reported, len(of.standings), by_year, of.day)
