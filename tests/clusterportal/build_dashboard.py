"""Builders of what only the dashboard's tests need: a small plan with all it can show, meetings with decisions."""

from datetime import date, time

from clusterportal.dashboard.board import Listed
from finance.shapes import Line
from initiatives.models import Cluster, Colour, Forum, Phase, Theme
from meetings.models import AgendaItem, Decision, Meeting, Recommendation
from tests import build
from tests.finance import build_ledger as ledger
from tests.outcomes import build_measurements as measured


def listed(number: str = "1", theme: Theme | None = None) -> Listed:
    """An initiative that is nowhere stored, as the board knows it."""
    cluster = Cluster(slug="proeve", name="Sundhedsklynge Prøve")
    return Listed(1, number, f"Indsats {number}", f"Kort {number}", number, None, theme, cluster)


def plan_of_two() -> Cluster:
    """A running amber initiative with money and a measure, and a closed one, each in a theme of its own."""
    cluster = ledger.ledger()
    first = build.initiative("5", build.theme(build.plan(cluster), "Træning"))
    build.status(first, date(2025, 1, 10), phase=Phase.PILOT, overall=Colour.GREEN)
    build.status(
        first, date(2025, 2, 20), overall=Colour.AMBER, account="Holdet mangler en leder.",
        remedy="Kommunen finder en ny.", help_needed="executive",
    )  # fmt: skip
    second = build.initiative("7", build.theme(build.plan(cluster), "Lighed", 2))
    build.status(second, date(2024, 6, 30), phase=Phase.CLOSED, overall=Colour.NONE, precision="month")
    ledger.used(Line(first), "400", "300")
    ledger.account_for(cluster)
    measured.measure("gang", direction="higher")
    measured.before_after(first, "gang", "168", "428", site="Aalborg Kommune")
    return cluster


def forum(name: str = "Politisk niveau", of: Cluster | None = None, regional: bool = False) -> Forum:
    where = {"region": build.region()} if regional else {"cluster": of or build.cluster()}
    return Forum.objects.get_or_create(name=name, **where, defaults={"level": Forum.Level.POLITICAL})[0]


def meeting(
    held_on: date, of: Forum | None = None, place: str = "Rådhuset", starts_at: time | None = time(16)
) -> Meeting:
    return Meeting.objects.create(forum=of or forum(), held_on=held_on, place=place, starts_at=starts_at)


def item(of: Meeting, title: str, kind: str = AgendaItem.Kind.DECISION, number: str = "") -> AgendaItem:
    return AgendaItem.objects.create(meeting=of, title=title, kind=kind, number=number)


def decision(of: Meeting, title: str, text: str = "Tiltrådt som indstillet.", number: str = "") -> Decision:
    point = Recommendation.objects.create(item=item(of, title, number=number), number=1)
    return Decision.objects.create(recommendation=point, outcome=Decision.Outcome.APPROVED, text=text)
