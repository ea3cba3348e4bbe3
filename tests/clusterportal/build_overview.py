"""A plan whose overview can be narrowed, and whom it belongs to."""

from datetime import date

from django.urls import reverse

from clusterportal.portfolio.overview import Overview, overview
from clusterportal.portfolio.scope import Scope, scope_of
from initiatives.models import ActionPlan, Cluster, Colour, Initiative, Person, User
from tests import build
from tests.finance import build_ledger as ledger

URL = reverse("portfolio:overview")
VIEWS = reverse("portfolio:views")
DAY = date(2025, 4, 10)


def cluster() -> Cluster:
    """5 is Anna's, ran 2023–2024, had 100 kr. in 2024 and is red; 6 is the region's, 20 kr. for 2025; 7 is bare."""
    made = ledger.ledger()
    five = ledger.initiative(
        made, "5", title="Gangtræning", target_group="Ældre", starts=date(2023, 3, 1), ends=date(2025, 1, 1),
        responsible=Person.objects.create(name="Anna Ager", role="leder"),
    )  # fmt: skip
    ledger.used(ledger.line(made, "5", None), "100", "60")
    build.status(
        five, date(2025, 4, 1), overall=Colour.RED, time=Colour.AMBER, next_step="Besøg", help_needed="management"
    )
    six = ledger.initiative(made, "6", title="Lænderyg")
    ledger.allocate(ledger.line(made, "6", None), "20", budget_year=2025)
    six.actor_lines.create(label="Region Prøve", role="owner", position=1)
    ledger.initiative(made, "7")
    return made


def scope(of: Cluster, reader: User | None = None, day: date = DAY) -> Scope:
    return scope_of(ActionPlan.objects.get(cluster=of), day, reader=reader)


def everything(of: Cluster, day: date = DAY) -> Overview:
    return overview(ActionPlan.objects.get(cluster=of), day)


def initiative(number: str) -> Initiative:
    return Initiative.objects.get(cluster__slug="proeve", number=number)


def told(response) -> str:
    """The page in one line."""
    return " ".join(response.content.decode().split())
