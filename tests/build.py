"""Builders of small rows for tests; every argument that a test does not care about has a default."""

from datetime import date
from typing import Any

from clusterportal.reports.models import Report
from initiatives.attachments import store
from initiatives.models import (
    ActionPlan,
    Actor,
    Cluster,
    Colour,
    Initiative,
    Membership,
    Phase,
    StatusReport,
    Theme,
    User,
)

PASSWORD = "korrekt-hest-batteri"


def region(name: str = "Region Prøve") -> Actor:
    return Actor.objects.get_or_create(name=name, defaults={"kind": Actor.Kind.REGION})[0]


def municipality(name: str = "Prøve Kommune") -> Actor:
    return Actor.objects.get_or_create(name=name, defaults={"kind": Actor.Kind.MUNICIPALITY})[0]


def cluster(slug: str = "proeve", name: str = "Sundhedsklynge Prøve") -> Cluster:
    return Cluster.objects.get_or_create(
        slug=slug, defaults={"name": name, "kind": Cluster.Kind.CLUSTER, "region": region()}
    )[0]


def plan(of: Cluster | None = None, title: str = "Handleplan 2022–2025") -> ActionPlan:
    return ActionPlan.objects.get_or_create(
        cluster=of or cluster(), title=title, defaults={"starts": date(2022, 1, 1), "ends": date(2026, 1, 1)}
    )[0]


def theme(of: ActionPlan | None = None, name: str = "Prøvetema", position: int = 1) -> Theme:
    return Theme.objects.get_or_create(
        plan=of or plan(), name=name, defaults={"short_name": name, "position": position, "colour": position}
    )[0]


def initiative(number: str = "1", of: Theme | None = None, **fields: Any) -> Initiative:
    in_theme = of or theme()
    values: dict[str, Any] = {"title": f"Prøveindsats {number}", "short_title": f"Prøve {number}", **fields}
    return Initiative.objects.create(
        cluster=in_theme.plan.cluster, plan=in_theme.plan, theme=in_theme, number=number, **values
    )


def status(of: Initiative, reported_on: date = date(2025, 1, 15), **fields: Any) -> StatusReport:
    values = {"phase": Phase.RUNNING, "overall": Colour.GREEN, "printed_text": "Kører som aftalt", **fields}
    return StatusReport.objects.create(initiative=of, reported_on=reported_on, **values)


def user(username: str, role: str, of: Cluster | None = None) -> User:
    person = User.objects.create_user(username, f"{username}@eksempel.dk", PASSWORD, first_name=username.title())
    Membership.objects.create(user=person, cluster=of or cluster(), role=role)
    return person


# The smallest file that is sniffed as a PDF.
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def report(of: Cluster, by: User, as_of: date = date(2024, 12, 31)) -> Report:
    """A finished report with a file."""
    return Report.objects.create(
        cluster=of, plan=of.plans.first() or plan(of), as_of=as_of, requested_by=by,
        state=Report.State.FINISHED, result=store(PDF, "evaluering.pdf", by), pages=1,
    )  # fmt: skip
