"""How far a report is, as its page and the list show it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from .collect import title
from .jobs import is_lost
from .models import UNDER_WAY, Kind, Report, Stage, State
from .ordering import may_retry

# A worker that runs takes a report from the queue within seconds; after this long the reader is told.
QUEUE_IS_LONG = timedelta(minutes=1)


@dataclass(frozen=True)
class Step:
    """One stage of the work; `state` is done, now or later."""

    label: str
    state: str


@dataclass(frozen=True)
class Progress:
    """A report at the moment `now`; `may_make` tells whether the reader may try again and cancel."""

    report: Report
    now: datetime
    may_make: bool

    @property
    def title(self) -> str:
        return report_title(self.report)

    @property
    def lost(self) -> bool:
        return is_lost(self.report, self.now)

    @property
    def under_way(self) -> bool:
        """True while there is something to wait for."""
        return self.report.state in UNDER_WAY

    @property
    def may_retry(self) -> bool:
        return self.may_make and may_retry(self.report)

    @property
    def may_cancel(self) -> bool:
        return self.may_make and self.under_way

    @property
    def draft(self) -> bool:
        """True where texts had to be left out."""
        return bool(self.report.remarks)

    @property
    def cancelled(self) -> bool:
        return self.report.state == State.CANCELLED

    @property
    def queue_is_long(self) -> bool:
        """True where nobody has taken the report from the queue for so long that something may be wrong."""
        waiting = self.report.state == State.WAITING
        return waiting and self.now - self.report.requested_at > QUEUE_IS_LONG

    @property
    def setting(self) -> bool:
        """True while pages are being set by somebody who lives."""
        return self.report.state == State.RUNNING and self.report.stage == Stage.RENDERING and not self.lost

    @property
    def page_words(self) -> str:
        """`Side 31 af ca. 54`; without the whole where no such report was made, or this one has become longer."""
        page, expected = self.report.page, self.report.expected_pages
        if not self.setting or not page:
            return ""
        if expected is None or page > expected:
            return _("Page %(page)s") % {"page": page}
        return _("Page %(page)s of about %(expected)s") % {"page": page, "expected": expected}

    @property
    def page_scale(self) -> int:
        """The length of the whole bar in pages; a report that becomes longer than the last one stays below it."""
        return max(self.report.expected_pages or 0, self.report.page + 1)

    @property
    def state_words(self) -> str:
        """The state in the list: `Side 31 af ca. 54` says more than that it is being made."""
        if self.lost:
            return _("Stopped; is taken up again")
        return self.page_words or str(State(self.report.state).label)

    @property
    def step(self) -> str:
        """Changes exactly when more than the page number must be shown anew."""
        shown = (self.report.attempt, self.report.state, self.report.stage, int(self.lost), int(self.queue_is_long))
        return "-".join(str(part) for part in shown)

    @property
    def steps(self) -> list[Step]:
        """The stages in order, each with where the work is. What comes before the queue is done by ordering."""
        stages = list(Stage)
        at = stages.index(Stage(self.report.stage))
        states = ["done" if i < at else "now" if i == at else "later" for i in range(len(stages))]
        collected = Step(_("Figures and texts are collected"), "done")
        return [collected, *(Step(str(stage.label), state) for stage, state in zip(stages, states, strict=True))]


def report_title(report: Report) -> str:
    """What a report is called in lists: `Evaluering af Handleplanen 2022–2025`, `Indsats 5: Gangtræning`."""
    if report.kind == Kind.EVALUATION:
        return title(report.plan)
    if report.initiative is None:
        return f"{Kind(report.kind).label}, {report.plan.title}"
    if not report.initiative.number:
        return report.initiative.short_title
    return _("Initiative %(number)s: %(title)s") % {
        "number": report.initiative.number,
        "title": report.initiative.short_title,
    }
