"""Participant flows: of those referred, how many ended where, and whether the steps add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from initiatives.danish import format_number

from . import charts
from .display import in_sentence, period, whole_percent
from .models import FlowStep, Measurement
from .places import Place, place_of, source_of
from .printed import Figure, Print


@dataclass(frozen=True)
class Step:
    """How many ended at one step; `percent` of those who entered, None where nobody did."""

    label: str
    count: int
    percent: int | None
    bar: charts.Part


@dataclass(frozen=True)
class Flow:
    """`count` entered; `total` is the sum of the steps, which need not be the same."""

    name: str
    count: int
    place: Place
    when: str
    source: str
    steps: tuple[Step, ...]
    total: Figure
    whole: charts.Part
    accounted: int
    few: bool

    @property
    def missing(self) -> int:
        """How many no step accounts for; negative where the steps hold more than entered."""
        return self.count - self.accounted

    @property
    def too_many(self) -> int:
        """How many more the steps hold than entered; 0 where they hold no more."""
        return max(-self.missing, 0)


def flow(row: Measurement, printed: Print, few: int) -> Flow:
    """The flow of a measurement with its steps; `few` is the number from which there are enough."""
    count, steps = row.count or 0, list(row.steps.all())
    accounted = sum(step.count for step in steps)
    bars = charts.stacked((step.count for step in steps), count)
    return Flow(
        name=in_sentence(row.measure.name),
        count=count,
        place=place_of(row),
        when=period(row),
        source=source_of([row]),
        steps=_steps(steps, bars, count),
        total=printed.beside(
            format_number(accounted, 0), Decimal(accounted), "flow-sum", row.initiative.address, row.measure.slug
        ),
        whole=charts.stacked([count], max(count, accounted))[0],
        accounted=accounted,
        few=count < few,
    )


def _steps(steps: Sequence[FlowStep], bars: Sequence[charts.Part], count: int) -> tuple[Step, ...]:
    return tuple(
        Step(step.label, step.count, whole_percent(step.count, count) if count else None, bar)
        for step, bar in zip(steps, bars, strict=True)
    )
