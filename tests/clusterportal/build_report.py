"""A small plan with one of everything that an evaluation prints, and what is read out of a PDF."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pikepdf
from django.utils import translation
from pypdf import PdfReader

from clusterportal.reports.chapters import Chapter
from clusterportal.reports.collect import Evaluation, evaluation
from clusterportal.reports.composing import Subject
from clusterportal.reports.html import evaluation_html
from clusterportal.reports.models import Kind, Report
from clusterportal.reports.ordering import order
from finance.shapes import Line
from initiatives.asof import DatePrecision
from initiatives.models import (
    ActionPlan,
    Cluster,
    Colour,
    Initiative,
    InitiativeActor,
    InitiativeRelation,
    Milestone,
    NarrativeSection,
    Phase,
    StatusReport,
    User,
)
from initiatives.money import kroner
from outcomes.counted import Crosstab, Fact
from outcomes.results import InitiativeResults
from tests import build
from tests.finance import build_ledger as ledger

DAY = date(2025, 4, 10)
MADE_ON = date(2026, 11, 22)
GOOD_TEXT = "Borgerne går længere, før smerten standser dem.\n\n- Flere læger skal kende tilbuddet."


def plan() -> ActionPlan:
    """Handleplan 2022–2025 of Sundhedsklynge Prøve: 5 and 3 in the first theme, 7 in the second.

    Accounts through 2024: 5 spent 1.100 of 1.000, 7 spent 400 of 500; 5 has 60 for 2025.
    """
    cluster = ledger.ledger()
    cluster.parties.add(build.municipality("Aalborg Kommune"))
    first = build.theme(build.plan(cluster), "Træning før operation", 1)
    second = build.theme(build.plan(cluster), "Lighed i sundhed", 2)
    five = build.initiative("5", first, title="Superviseret gangtræning", short_title="Gangtræning")
    three = build.initiative("3", first, title="Færdigbehandlede unge", short_title="Unge")
    seven = build.initiative("7", second, title="Samarbejde med Social Sundhed", short_title="Social Sundhed")
    _texts(five, three)
    _statuses(five, three, seven)
    _money(five, seven)
    return ActionPlan.objects.select_related("cluster").get(pk=first.plan_id)


def _texts(five: Initiative, three: Initiative) -> None:
    kind = NarrativeSection.Kind
    InitiativeActor.objects.create(initiative=five, label="Aalborg Kommune", position=1)
    InitiativeActor.objects.create(initiative=five, label="PLO/Nord-KAP", position=2)
    section(five, kind.PURPOSE, GOOD_TEXT)
    section(three, kind.NOTE, "Arbejdet fortsætter i indsats 5.")
    Milestone.objects.create(
        initiative=five, day=date(2024, 6, 30), precision=DatePrecision.MONTH, text="Projektet slutter"
    )
    InitiativeRelation.objects.create(initiative=three, kind=InitiativeRelation.Kind.CONTINUES_IN, target=five)


def _statuses(five: Initiative, three: Initiative, seven: Initiative) -> None:
    status(five, "Helårsdrift i 2025", phase=Phase.IN_OPERATION, overall=Colour.GREEN, time=Colour.AMBER)
    status(three, "En del af gangtræningen", phase=Phase.MERGED, overall=Colour.NONE)
    status(seven, "Afsluttet", phase=Phase.CLOSED, overall=Colour.NONE, precision=DatePrecision.UNPRINTED)


def _money(five: Initiative, seven: Initiative) -> None:
    jammerbugt = build.municipality("Jammerbugt Kommune")
    ledger.used(Line(five, jammerbugt), "1000", "1100")
    ledger.used(Line(seven, None), "500", "400")
    ledger.allocate(Line(five, jammerbugt), "60", budget_year=2025)
    ledger.account_for(five.cluster)


def section(of: Initiative, kind: str, body: str) -> NarrativeSection:
    return NarrativeSection.objects.create(initiative=of, kind=kind, body=body, position=of.sections.count() + 1)


def status(of: Initiative, text: str, reported_on: date = date(2025, 3, 31), **fields: object) -> StatusReport:
    return build.status(of, reported_on, printed_text=text, **fields)


def put(of: Report, **fields: object) -> Report:
    """The row as something earlier left it."""
    Report.objects.filter(pk=of.pk).update(**fields)
    of.refresh_from_db()
    return of


def ordered(of: ActionPlan, by: User, kind: str = "evaluation") -> Report:
    """A report that waits in the queue; that of one initiative is about number 5."""
    about = Initiative.objects.get(plan=of, number="5") if kind == Kind.INITIATIVE else None
    return order(Subject(Kind(kind), of, DAY, about), by, MADE_ON)[0]


def html_of(of: ActionPlan, day: date = DAY) -> str:
    """The document that is set, in Danish."""
    with translation.override("da"):
        return evaluation_html(evaluation(of, day, MADE_ON))


def midt_html(day: date = date(2025, 3, 31)) -> str:
    return html_of(ActionPlan.objects.select_related("cluster").get(cluster=Cluster.objects.get(slug="midt")), day)


def midt_evaluation(day: date = date(2025, 3, 31)) -> Evaluation:
    """The evaluation of Midt, as data."""
    return evaluation(ActionPlan.objects.select_related("cluster").get(cluster__slug="midt"), day, MADE_ON)


def texts_in_order(of: Evaluation) -> Iterator[str]:
    """Every title, status, amount and result figure in the order of the pages: overview, chapters, annex."""
    for theme in of.themes:
        for chapter in theme.chapters:
            yield from (chapter.initiative.title, kroner(chapter.row.funds), _status_text(chapter))
        yield kroner(theme.group.total)
    yield kroner(of.overview.total)
    for theme in of.themes:
        yield from (theme.group.name, *(chapter.initiative.short_title for chapter in theme.chapters))
        for chapter in (*theme.carried_out, *theme.set_aside):
            yield chapter.initiative.title
            both = (kroner(chapter.row.funds), _status_text(chapter))
            yield from reversed(both) if chapter.short else both
            yield from result_texts(chapter.results) if chapter.results else ()
    for row in (*of.economy.rows, of.economy.total):
        yield from (row.name, kroner(row.allocated), kroner(row.spent), row.share, kroner(row.variance), row.verdict)
    for later in of.economy.later:
        yield from (later.name, kroner(later.allocated), later.share)
    yield kroner(of.economy.later_total)


def _status_text(chapter: Chapter) -> str:
    return (chapter.status.text or chapter.status.phase) if chapter.status else ""


def pages_of(content: bytes) -> list[str]:
    """The text layer of each page with single spaces."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def text_of(content: bytes) -> str:
    """The text layer of a PDF with single spaces."""
    return " ".join(pages_of(content))


def open_pdf(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(content))


def result_texts(of: InitiativeResults) -> Iterator[str]:
    """Every figure of an initiative's results in the order in which the report prints them."""
    for flow in of.flows:
        yield from (str(step.count) for step in flow.steps)
        yield flow.total.text
    for table in (*of.counts, *of.participants):
        if isinstance(table, Crosstab):
            cells = [figure for row in table.rows for figure in (*(cell for _, cell in row.cells), row.total)]
            yield from (figure.text for figure in cells if figure)
        else:
            yield from (text for fact in table.facts for text in _fact_texts(fact))
    for effects in of.effects:
        for row in effects.rows:
            yield from (row.label, row.before, row.after, row.difference.text)
            yield from (row.effect.text, row.word) if row.effect else (row.word,)


def _fact_texts(fact: Fact) -> tuple[str, ...]:
    return (fact.label, fact.number, fact.share.percent.text) if fact.share else (fact.label, fact.number)
