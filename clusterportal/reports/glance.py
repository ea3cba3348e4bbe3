"""The evaluation at a glance: initiatives by phase, and results chosen by the dashboard's rule."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings

from clusterportal.dashboard.noteworthy import Result, noteworthy
from initiatives.models import Phase
from outcomes.models import Measurement

from .chapters import MARKS, NO_MARK, Chapter

# The order of the printed edition: what is done for good first, what came to nothing last.
ORDER = (
    *(Phase.IN_OPERATION, Phase.RUNNING, Phase.PILOT, Phase.PAUSED, Phase.CONFIRMED, Phase.ORDERED, Phase.PROPOSED),
    *(Phase.CLOSED, Phase.MERGED, Phase.AWAITING, Phase.DISCONTINUED),
)
Tile = tuple[str, int]


@dataclass(frozen=True)
class PhaseRow:
    """The initiatives in one phase as (number, theme's colour), in plan order."""

    name: str
    mark: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Glance:
    """What the page shows; `unreported` are the initiatives without a status."""

    phases: tuple[PhaseRow, ...]
    unreported: tuple[Tile, ...]
    results: tuple[Result, ...]


def glance(themes: Iterable[tuple[int, Sequence[Chapter]]], measured: Iterable[Measurement]) -> Glance:
    """The chapters of each theme's colour by phase, and what the rule chooses of `measured`."""
    found: dict[str, list[Tile]] = defaultdict(list)
    for colour, chapters in themes:
        for chapter in chapters:
            report, initiative = chapter.row.status, chapter.initiative
            found[report.phase if report else ""].append((initiative.number or initiative.short_title, colour))
    rows = (PhaseRow(str(each.label), MARKS.get(each, NO_MARK), tuple(found[each])) for each in ORDER if found[each])
    return Glance(tuple(rows), tuple(found[""]), noteworthy(measured, settings.RESULTS_FEW_CASES))
