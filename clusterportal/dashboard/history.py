"""How the initiatives of a plan have been reported: what held on which day, and what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, takewhile
from typing import NamedTuple

from initiatives.models import ActionPlan, StatusReport


class Report(NamedTuple):
    """What an initiative was reported with; `day` is the one from which it held, as precisely as `precision` says.

    A plan has many, so they are not whole rows; what was written is read for those that are shown.
    """

    pk: int
    initiative_id: int
    day: date
    precision: str
    phase: str
    colour: str
    demonstration: bool


# By the initiative's id, oldest first.
History = Mapping[int, Sequence[Report]]


@dataclass(frozen=True)
class Change:
    """Two reports of an initiative that follow each other and differ in phase or colour."""

    before: Report
    after: Report


def history(plan: ActionPlan, day: date) -> dict[int, list[Report]]:
    """Every report of the plan known on `day`, without those that were corrected; one query."""
    reports = StatusReport.objects.filter(initiative__plan=plan, superseded_by=None).known_on(day)
    rows = reports.order_by("reported_on", "pk").values_list(
        "pk", "initiative_id", "reported_on", "precision", "phase", "overall", "demonstration"
    )
    found: dict[int, list[Report]] = {}
    for row in map(Report._make, rows):
        found.setdefault(row.initiative_id, []).append(row)
    return found


def changes(reported: History, most: int) -> tuple[Change, ...]:
    """The newest changes of phase or colour, at most `most`; a first report is no change."""
    found = [
        Change(before, after)
        for reports in reported.values()
        for before, after in pairwise(reports)
        if (before.phase, before.colour) != (after.phase, after.colour)
    ]
    return tuple(sorted(found, key=lambda change: change.after.day, reverse=True)[:most])


def colour_since(reports: Sequence[Report]) -> Report:
    """The report with which the present colour began; `reports` of one initiative, at least one."""
    return list(takewhile(lambda report: report.colour == reports[-1].colour, reversed(reports)))[-1]
