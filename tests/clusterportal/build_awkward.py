"""A plan whose rows are hard to sort and to filter: ties, gaps, and what is known twice."""

from datetime import date, timedelta

from finance.shapes import Line
from initiatives.asof import DatePrecision
from initiatives.models import Cluster, Colour, Initiative, InitiativeActor, Person, Phase, StatusReport
from tests import build
from tests.finance import build_ledger as ledger

DAY = date(2025, 4, 10)
# (number, title, place of the theme or None); the titles of some are alike but for the size of letters.
ROWS = (
    ("10A", "Åben dialog", 1), ("1B", "aabenraa", 1), ("2", "Ældre og ernæring", 2), ("1", "Zebra", 3),
    ("", "Øvelser", 1), ("1A", "Ærø", 2), ("10", "zebra", 3), ("9", "Genoptræning", None), ("", "ØVELSER", None),
    ("11", "Træning 50 % (1_A) \\ [x]", 2), ("2025", "Rehabilitering i 2025", 3), ("100", "Aalborg", 1),
    ("3", "Abe", 2), ("4", "Åse & Co. + flere?", 1), ("12.2", "Café", 3), ("12.10", "Caféen", 3),
)  # fmt: skip


def awkward() -> Cluster:
    """ROWS, the second and third theme at the same place, with statuses, money, parties, owners and days."""
    cluster = ledger.ledger()
    plan = build.plan(cluster)
    themes = {1: build.theme(plan, "Først", 1), 2: build.theme(plan, "Lige", 2), 3: build.theme(plan, "Også lige", 2)}
    made = Initiative.objects.bulk_create(
        Initiative(
            cluster=cluster, plan=plan, theme=themes.get(place or 0), number=number, title=title,
            short_title=f"{title[:10]} {index}", address=f"a{index}",
        )
        for index, (number, title, place) in enumerate(ROWS)
    )  # fmt: skip
    _statuses(made)
    _money(made)
    anna = Person.objects.create(name="Anna Ager", role="leder")
    for index, each in enumerate(made):
        if index % 3 == 0:
            line = each.actor_lines.create(label="Prøve/PLO", position=1)
            line.actors.add(build.municipality("Prøve Kommune"), build.municipality("Aalborg Kommune"))
        if index % 5 == 1:
            each.actor_lines.create(label="Anna Ager, leder", role=InitiativeActor.Role.OWNER, position=2)
        if index % 4 == 2:
            Initiative.objects.filter(pk=each.pk).update(responsible=anna, starts=date(2021, 6, 1))
        if index % 4 == 3:
            Initiative.objects.filter(pk=each.pk).update(starts=date(2023, 12, 31), ends=date(2025, 1, 1))
    return cluster


def _statuses(made: list[Initiative]) -> None:
    """Three have none, one only one to come; some have two of a day, one is corrected, one is without a date."""
    phases = list(Phase)
    for index, each in enumerate(made[3:], start=3):
        for earlier in (200, 40):
            build.status(
                each, DAY - timedelta(days=earlier + index % 4), phase=phases[index % len(phases)],
                overall=list(Colour)[index % 4], printed_text=f"Tekst {index} helårsdrift",
            )  # fmt: skip
    build.status(made[2], DAY + timedelta(days=1))
    same_day = DAY - timedelta(days=5)
    first, second = (build.status(made[5], same_day, phase=phase) for phase in (Phase.PILOT, Phase.PAUSED))
    assert first.pk < second.pk
    wrong = build.status(made[6], DAY, overall=Colour.RED)
    build.status(made[6], DAY - timedelta(days=100), overall=Colour.AMBER, supersedes=wrong)
    build.status(made[7], DAY - timedelta(days=1), precision=DatePrecision.UNPRINTED, phase=Phase.RUNNING)
    build.status(made[8], DAY, precision=DatePrecision.YEAR, phase=Phase.CLOSED, overall=Colour.NONE)
    assert StatusReport.objects.filter(initiative__in=made[:2]).count() == 0


def _money(made: list[Initiative]) -> None:
    """Equal amounts, a negative one, and one that was taken back in the same year; 2024 is accounted for."""
    for index in (0, 3, 4, 9):
        ledger.used(Line(made[index], None), "100", "60")
    ledger.allocate(Line(made[1], None), "60", budget_year=2025)
    ledger.spend(Line(made[2], None), "9", budget_year=2025)
    ledger.account_for(made[0].cluster)
