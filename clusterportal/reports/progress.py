"""How far a report is, as its page shows it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .collect import title
from .jobs import is_lost, may_retry
from .models import Report

# A worker that runs takes a report from the queue within seconds; after this long the reader is told.
QUEUE_IS_LONG = timedelta(minutes=1)


@dataclass(frozen=True)
class Step:
    """One stage of the work; `state` is done, now or later."""

    label: str
    state: str


@dataclass(frozen=True)
class Progress:
    """A report at the moment `now`; `may_order` tells whether the reader may try again."""

    report: Report
    now: datetime
    may_order: bool

    @property
    def title(self) -> str:
        return title(self.report.plan)

    @property
    def lost(self) -> bool:
        return is_lost(self.report, self.now)

    @property
    def under_way(self) -> bool:
        """True while there is something to wait for."""
        return self.report.state in {Report.State.WAITING, Report.State.RUNNING} and not self.lost

    @property
    def may_retry(self) -> bool:
        return self.may_order and may_retry(self.report, self.now)

    @property
    def queue_is_long(self) -> bool:
        """True where nobody has taken the report from the queue for so long that something may be wrong."""
        waiting = self.report.state == Report.State.WAITING
        return waiting and self.now - self.report.requested_at > QUEUE_IS_LONG

    @property
    def step(self) -> str:
        """Changes exactly when the page must."""
        shown = (self.report.attempt, self.report.state, self.report.stage, int(self.lost), int(self.queue_is_long))
        return "-".join(str(part) for part in shown)

    @property
    def steps(self) -> list[Step]:
        """The stages in order, each with where the work is."""
        stages = list(Report.Stage)
        at = stages.index(Report.Stage(self.report.stage))
        states = ["done" if i < at else "now" if i == at else "later" for i in range(len(stages))]
        return [Step(str(stage.label), state) for stage, state in zip(stages, states, strict=True)]
