"""The figure from frame to cluster funds: one step for each amount, with its bar as SVG attributes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .charts import WIDTH, units
from .lines import Sums


@dataclass(frozen=True)
class Part:
    """A piece of a step's bar: its class in the style sheet, from where and how long, in 200 units."""

    look: str
    start: str
    length: str


@dataclass(frozen=True)
class Step:
    """One amount on the way from the frame to the cluster funds. `kind` is its word, `year` its budget year."""

    kind: str
    year: int | None
    amount: Decimal
    parts: tuple[Part, ...]


def steps(closed: Sums | None, later: Sequence[tuple[int, Decimal]]) -> tuple[Step, ...]:
    """What accounted years were allocated and spent, each later year after it, and the sum, on one scale."""
    spent = closed.spent if closed else Decimal(0)
    whole = spent + sum((amount for _year, amount in later), Decimal(0))
    scale = WIDTH / max(whole, *([closed.frame, closed.allocated] if closed else []), Decimal(1))
    found = list(_closed_steps(closed, scale)) if closed else []
    at = spent
    for year, amount in later:
        found.append(Step("later", year, amount, _parts(scale, ("f-soft", at, at + amount))))
        at += amount
    return (*found, Step("total", None, whole, _parts(scale, ("f-fg", Decimal(0), spent), ("f-soft", spent, whole))))


def _closed_steps(closed: Sums, scale: Decimal) -> Iterator[Step]:
    zero = Decimal(0)
    yield Step("allocated", None, closed.allocated, _parts(scale, ("f-soft", zero, closed.allocated)))
    if closed.carried:
        yield Step("carried", None, closed.carried, ())
    inside, frame = min(closed.spent, closed.frame), closed.frame
    bar = _parts(scale, ("f-fg", zero, inside), ("f-over", max(frame, zero), closed.spent))
    yield Step("spent", None, closed.spent, bar)
    if closed.variance:
        yield Step("over" if closed.variance < 0 else "under", None, abs(closed.variance), ())


def _parts(scale: Decimal, *pieces: tuple[str, Decimal, Decimal]) -> tuple[Part, ...]:
    """The pieces that have a length; `pieces` are class, start and end in kroner."""
    return tuple(
        Part(look, units(start * scale), units((end - start) * scale)) for look, start, end in pieces if end > start
    )
