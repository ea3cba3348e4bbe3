"""Every figure of outcomes that a document can have printed, by the subject that names it.

Subjects (a place is cluster/address/table; the table is empty for a figure of the running text):

    difference:<place>/<measure>            after minus before, signed, in the measure's unit
    effect:<place>/<measure>                the same in percent of before
    proportion:<place>/<place's label>      percent
    count-sum:<place>/<measure>             counts of the table, also with /<site> for one site
    flow-sum:<cluster>/<address>/<measure>   the steps of a participant flow
    n:<place>                               how many had completed at the site of a table of before and after
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models import Cluster

from .agreement import Range, difference_range, effect_range, printed_range
from .effect import difference, effect_percent, proportion_percent
from .models import Measurement

# The measure that counts those who completed; a table of before and after is about them.
COMPLETED = "completed"
Figure = tuple[str, Decimal]

KINDS = {
    "difference": gettext_lazy("Difference"),
    "effect": gettext_lazy("Effect in percent"),
    "proportion": gettext_lazy("Proportion"),
    "count-sum": gettext_lazy("Counted"),
    "flow-sum": gettext_lazy("Sum of the course"),
    "n": gettext_lazy("Completed courses measured"),
}


@dataclass(frozen=True)
class Computed:
    """Figures by subject: `values` of the means as they stand, unrounded, and what else they may have been.

    `possible` holds, for a difference or effect of means that a document printed, what all means that round to the
    printed ones give.
    """

    values: Mapping[str, Decimal]
    possible: Mapping[str, Range]


def computed(cluster: Cluster, day: date) -> Computed:
    """Figures of the measurements known on `day`; two queries.

    A subject that two rows answer differently, such as the same measure twice in a table, is left out.
    """
    rows = list(
        Measurement.objects.filter(collection__initiative__cluster=cluster)
        .known_on(day)
        .placed()
        .select_related("collection__initiative")
        .prefetch_related("steps")
    )
    found: dict[str, set[Decimal]] = defaultdict(set)
    for subject, value in (*_single(rows), *_sums(rows), *_numbers(rows)):
        found[_in_cluster(cluster, subject)].add(value)
    values = {subject: values.pop() for subject, values in found.items() if len(values) == 1}
    ranges = ((_in_cluster(cluster, subject), possible) for subject, possible in _ranges(rows))
    return Computed(values, {subject: possible for subject, possible in ranges if subject in values})


def describe(subject: str, measures: Mapping[str, str]) -> str:
    """What a subject is about: `Forskel, Maksimal gangdistance, indsats 5`; `measures` are names by slug.

    Raises KeyError for a kind of other apps.
    """
    kind, _colon, path = subject.partition(":")
    _cluster, address, *parts = path.split("/")
    # The table is told by the place where the figure is printed.
    rest = parts if kind == "flow-sum" else parts[1:]
    named = [measures.get(part, part) for part in rest if part]
    return ", ".join([str(KINDS[kind]), *named, _("initiative %(number)s") % {"number": address}])


def _in_cluster(cluster: Cluster, subject: str) -> str:
    kind, parts = subject.split(":", 1)
    return f"{kind}:{cluster.slug}/{parts}"


def _single(rows: list[Measurement]) -> Iterator[Figure]:
    """What one row gives: difference and effect, a proportion, the sum of a flow's steps."""
    for row in rows:
        address, measure = row.initiative.address, row.measure.slug
        if row.before is not None and row.after is not None:
            yield f"difference:{address}/{row.table}/{measure}", difference(row.before, row.after)
            effect = effect_percent(row.before, row.after)
            if effect is not None:
                yield f"effect:{address}/{row.table}/{measure}", effect
        elif row.count is not None and row.total:
            yield (
                f"proportion:{address}/{row.table}/{row.site_label}",
                proportion_percent(row.count, row.total),
            )
        elif row.form == Measurement.Form.FLOW:
            yield f"flow-sum:{address}/{measure}", Decimal(sum(step.count for step in row.steps.all()))


def _ranges(rows: list[Measurement]) -> Iterator[tuple[str, Range]]:
    """What differences and effects may have been before the printed means were rounded."""
    for row in rows:
        if row.before is None or row.after is None or row.before_decimals is None or row.after_decimals is None:
            continue
        place = f"{row.initiative.address}/{row.table}/{row.measure.slug}"
        before, after = printed_range(row.before, row.before_decimals), printed_range(row.after, row.after_decimals)
        yield f"difference:{place}", difference_range(before, after)
        if effect := effect_range(before, after):
            yield f"effect:{place}", effect


def _sums(rows: list[Measurement]) -> Iterator[Figure]:
    """Sums of counts over a table, in all and at each site."""
    sums: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.form == Measurement.Form.COUNT and row.count is not None:
            subject = f"count-sum:{row.initiative.address}/{row.table}/{row.measure.slug}"
            sums[subject] += row.count
            if row.site:
                sums[f"{subject}/{row.site.name}"] += row.count
    return ((subject, Decimal(value)) for subject, value in sums.items())


def _numbers(rows: list[Measurement]) -> Iterator[Figure]:
    """How many a table of before and after is about: those counted as completed at its site."""
    completed: dict[tuple[int, int | None], int] = defaultdict(int)
    for row in rows:
        if row.form == Measurement.Form.COUNT and row.measure.slug == COMPLETED and row.count is not None:
            completed[row.initiative_id, row.site_id] += row.count
    for row in rows:
        place = row.initiative_id, row.site_id
        if row.form == Measurement.Form.BEFORE_AFTER and place in completed:
            yield f"n:{row.initiative.address}/{row.table}", Decimal(completed[place])
