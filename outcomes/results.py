"""What the initiatives of a cluster have achieved, as it was known on a day.

Three queries whatever the number of initiatives: measurements, steps of flows, print. The results page, the
initiative's tab and the report read from here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.conf import settings
from django.db.models import F, Max, Min

from initiatives.models import ActionPlan, Cluster, Initiative

from . import charts, sentences
from .before_after import Courses, EffectTable, courses, effect_table, means
from .counted import Crosstab, FactList, counted
from .effect import Judgement
from .figures import COMPLETED
from .flow import Flow, flow
from .masking import Seen, Withheld, seen
from .models import Measurement
from .printed import Print, printed_by
from .querysets import MeasurementQuerySet

Form = Measurement.Form
Rows = Sequence[Measurement]


@dataclass(frozen=True)
class InitiativeResults:
    """The measurements of one initiative that may be seen, in tables; `axis` is that of its figures with start = 100.

    `withheld` are those that may not, where one initiative is asked for.
    """

    initiative: Initiative
    axis: charts.Axis
    flows: tuple[Flow, ...]
    effects: tuple[EffectTable, ...]
    counts: tuple[Crosstab | FactList, ...]
    participants: tuple[Crosstab | FactList, ...]
    measurements: int
    withheld: tuple[Withheld, ...] = ()

    @property
    def anchor(self) -> str:
        """Where the initiative stands on the page: `indsats-5`. A number can stand in two plans, an address cannot."""
        return f"indsats-{self.initiative.address}"

    @property
    def sentence(self) -> str:
        """What was measured, and which way it went."""
        return sentences.about(bool(self.measurements), self.judgements)

    @property
    def mixed(self) -> bool:
        """True where there is more than counts, so that they need a heading of their own."""
        return bool(self.flows or self.effects or self.participants)

    @property
    def beyond(self) -> bool:
        """True where the end of a change lies outside its figure."""
        return any(table.beyond for table in self.effects)

    @property
    def undirected(self) -> bool:
        """True where neither way is better on a measure that changed."""
        return any(table.undirected for table in self.effects)

    @property
    def judgements(self) -> Counter[Judgement]:
        """How many measures before and after were judged how."""
        return Counter(row.judgement for table in self.effects for row in table.rows)

    @property
    def changes(self) -> int:
        """How many measurements are a before and after."""
        return self.judgements.total()

    @property
    def others(self) -> int:
        """How many are not."""
        return self.measurements - self.changes


@dataclass(frozen=True)
class Results:
    """The measured initiatives of a cluster on a day, in their order."""

    cluster: Cluster
    day: date
    initiatives: tuple[InitiativeResults, ...]

    @property
    def judgements(self) -> Counter[Judgement]:
        """How many measures before and after were judged how, over all initiatives."""
        return sum((each.judgements for each in self.initiatives), Counter())


@dataclass(frozen=True)
class Span:
    """The first and the last day from which there is a measurement."""

    first: date
    last: date

    def year_end(self, today: date) -> tuple[date, ...]:
        """The last end of a year that has measurements and has passed, as the date bar's short cut; empty without."""
        last = min(self.last, today)
        day = last if (last.month, last.day) == (12, 31) else date(last.year - 1, 12, 31)
        return (day,) if day >= self.first else ()


def reading(cluster: Cluster, day: date, sees_all: bool = False) -> Seen:
    """Every measurement known on `day` that may be seen, in the initiatives' order, and those withheld; two queries.

    `sees_all` for coordinators and secretariat of the cluster; never for what is published.
    """
    return _read(Measurement.objects.filter(collection__initiative__cluster=cluster), day, sees_all)


def known(cluster: Cluster, day: date, sees_all: bool = False) -> list[Measurement]:
    """The measurements of `reading`."""
    return list(reading(cluster, day, sees_all).rows)


def comparable(plan: ActionPlan, day: date) -> list[Measurement]:
    """What was measured before and after or as a share by `day` in a plan's initiatives, in their order; one query.

    As everybody may see it. A plan can have many, so the initiatives are left to whoever knows them already.
    """
    forms = (Form.BEFORE_AFTER, Form.PROPORTION)
    rows = Measurement.objects.filter(collection__initiative__plan=plan, form__in=forms).approved_by(day)
    return list(seen(_in_order(rows.placed()), day, settings.SMALL_NUMBER_LIMIT, sees_all=False).rows)


def results(cluster: Cluster, day: date, rows: Rows | None = None, sees_all: bool = False) -> Results:
    """What was known on `day`; `rows` are those of `known` to show, where that is not all of them."""
    shown, printed = known(cluster, day, sees_all) if rows is None else rows, printed_by(cluster, day)
    by_initiative = groupby(shown, key=lambda row: row.initiative)
    return Results(cluster, day, tuple(_of(initiative, list(own), printed) for initiative, own in by_initiative))


def results_of(initiative: Initiative, day: date, sees_all: bool = False) -> InitiativeResults:
    """What was known about one initiative on `day`; without tables where nothing was measured. Three queries."""
    read = _read(Measurement.objects.filter(collection__initiative=initiative), day, sees_all)
    return _of(initiative, read.rows, printed_by(initiative.cluster, day), read.withheld)


def span(cluster: Cluster) -> Span | None:
    """From when to when the cluster has measurements; None without any."""
    measured = Measurement.objects.filter(collection__initiative__cluster=cluster, collection__status="approved")
    days = measured.aggregate(first=Min("collection__measured_on"), last=Max("collection__measured_on"))
    return Span(days["first"], days["last"]) if days["first"] else None


def _read(measurements: MeasurementQuerySet, day: date, sees_all: bool) -> Seen:
    rows = measurements.approved_by(day).as_printed().select_related("collection__initiative__cluster")
    return seen(_in_order(rows), day, settings.SMALL_NUMBER_LIMIT, sees_all)


def _in_order(rows: MeasurementQuerySet) -> MeasurementQuerySet:
    # Initiatives without a number share their place in the printed order, and none may be split.
    by_initiative = (f"collection__initiative__{name}" for name in ("number_order", "title", "pk"))
    # What stands in no document comes after what does.
    document = F("collection__document").asc(nulls_last=True)
    return rows.order_by(*by_initiative, document, "position", "collection__position", "pk")


def _of(initiative: Initiative, rows: Rows, printed: Print, withheld: tuple[Withheld, ...] = ()) -> InitiativeResults:
    few = settings.RESULTS_FEW_CASES
    by_form = _by_form(rows)
    changes, plain = by_form[Form.BEFORE_AFTER], [*by_form[Form.COUNT], *by_form[Form.PROPORTION]]
    axis, completed = charts.axis(means(row) for row in changes), _completed(by_form[Form.COUNT])
    return InitiativeResults(
        initiative=initiative,
        axis=axis,
        flows=tuple(flow(row, printed, few) for row in by_form[Form.FLOW]),
        effects=tuple(effect_table(own, axis, printed, completed, few) for own in _tables(changes)),
        counts=tuple(counted(own, printed, few) for own in _numbered(plain)),
        participants=tuple(counted(own, printed, few) for own in _numbered(by_form[Form.CHARACTERISTIC])),
        measurements=len(rows),
        withheld=withheld,
    )


def _by_form(rows: Rows) -> dict[str, list[Measurement]]:
    """A characteristic outside the tables is one of the single figures, beside the counts."""
    found: dict[str, list[Measurement]] = defaultdict(list)
    for row in rows:
        single = row.form == Form.CHARACTERISTIC and not row.table
        found[Form.COUNT if single else row.form].append(row)
    return found


def _tables(rows: Rows) -> Iterator[list[Measurement]]:
    """Rows of one table, place and time, in printed order."""
    tables: dict[tuple[object, ...], list[Measurement]] = defaultdict(list)
    for row in rows:
        key = (row.document_id, row.table, row.site_id, row.site_label, row.period_starts, row.measured_on)
        tables[key].append(row)
    yield from tables.values()


def _numbered(rows: Rows) -> Iterator[list[Measurement]]:
    """Rows of one table, in the order of the tables; what stands in none comes last."""
    tables: dict[tuple[int | None, str], list[Measurement]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (not row.table, row.position)):
        tables[row.document_id, row.table].append(row)
    yield from tables.values()


def _completed(rows: Rows) -> dict[Courses, int]:
    """How many courses are counted as completed."""
    found: Counter[Courses] = Counter()
    for row in rows:
        if row.form == Form.COUNT and row.measure.slug == COMPLETED:
            found[courses(row)] += row.count or 0
    return dict(found)
