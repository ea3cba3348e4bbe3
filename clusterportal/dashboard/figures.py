"""All that the dashboard shows, as data; a fixed number of queries whatever the number of initiatives.

Eight: initiatives and their statuses (2), reports, ledger; measurements (2), decisions, next meeting.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from finance.lines import line_years
from initiatives.models import ActionPlan, Initiative, User
from meetings.models import Decision
from outcomes.results import known

from . import results_in_words, sentences
from .attention import Deviation, deviations, unreported_lately
from .board import Board, Standing, board, standings
from .development import Development, development
from .forums import NextMeeting, latest_decisions, next_meeting
from .history import Change, History, changes, history
from .ledger import Ledger
from .money import Money, money
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
    def initiatives(self) -> dict[int, Initiative]:
        """By id, in printed order."""
        return {each.initiative.pk: each.initiative for each in self.standings}


@dataclass(frozen=True)
class Changed:
    """A change of phase or colour of an initiative."""

    initiative: Initiative
    change: Change
    words: str

    @property
    def label(self) -> str:
        return results_in_words.initiative(self.initiative)


@dataclass(frozen=True)
class Dashboard:
    """The page of a plan on a day; `off_course` is how many deviations there are, shown or not."""

    plan: ActionPlan
    day: date
    lead: sentences.Lead
    board: Board
    deviations: tuple[Deviation, ...]
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
    """Initiatives, statuses, reports and ledger, `accounted` being the years accounted by `day`; four queries."""
    ledger = Ledger(line_years(plan.cluster, day), accounted)
    return Facts(plan, day, standings(plan, day), history(plan, day), ledger)


def dashboard(of: Facts, user: User, is_today: bool) -> Dashboard:
    """All that the page shows of the facts, and of what else `user` may see on their day; four more queries."""
    plan, day, initiatives = of.plan, of.day, of.initiatives
    on_board = board(of.standings)
    amounts = money(of.ledger, initiatives, on_board.themes, day)
    off_course = deviations(of.standings, of.reported, day)
    measured = (row for row in known(plan.cluster, day) if row.initiative_id in initiatives)
    return Dashboard(
        plan=plan,
        day=day,
        lead=sentences.lead(plan, on_board, amounts, day, is_today),
        board=on_board,
        deviations=off_course[:MOST_DEVIATIONS],
        off_course=len(off_course),
        money=amounts,
        results=noteworthy(measured, settings.RESULTS_FEW_CASES),
        changes=tuple(
            Changed(initiatives[change.after.initiative_id], change, sentences.change(change))
            for change in changes(of.reported, MOST_CHANGES)
        ),
        overdue=unreported_lately(of.standings, day, settings.STATUS_STALE_DAYS),
        decisions=latest_decisions(plan.cluster, user, day, MOST_DECISIONS),
        meeting=next_meeting(plan.cluster, day),
        development=developed(of, on_board),
    )


def developed(of: Facts, on_board: Board) -> Development:
    """Phases, colours and money over time."""
    return development(of.initiatives, on_board.themes, of.reported, of.ledger, of.day)
