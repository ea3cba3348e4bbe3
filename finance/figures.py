"""Every figure of the ledger that a document can have printed, by the subject that names it.

Subjects, all in kroner (year = budget years up to and including it; the recipient is empty where none is named):

    cluster-funds:<cluster>/<address>
    spent:<cluster>/<address>/<recipient>/<year>         and allocated, variance
    spent-total:<cluster>/<year>                        and allocated-total, variance-total
    allocated-year:<cluster>/<address>/<year>            that year alone, all recipients
    allocated-year-total:<cluster>/<year>               that year alone
    carried-over:<cluster>/<year>                       what was carried into that year
"""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models import Actor, Cluster, Initiative
from initiatives.money import ZERO

from .lines import LineYear, Sums, accounted_years, line_years, summed
from .totals import ClusterFunds, funds_of

KINDS = {
    "cluster-funds": gettext_lazy("Cluster funds"),
    "spent": gettext_lazy("Spent up to and including %(year)s"),
    "allocated": gettext_lazy("Allocated up to and including %(year)s"),
    "variance": gettext_lazy("Over- or underspend up to and including %(year)s"),
    "spent-total": gettext_lazy("Spent in all up to and including %(year)s"),
    "allocated-total": gettext_lazy("Allocated in all up to and including %(year)s"),
    "variance-total": gettext_lazy("Over- or underspend in all up to and including %(year)s"),
    "allocated-year": gettext_lazy("Allocated for %(year)s"),
    "allocated-year-total": gettext_lazy("Allocated in all for %(year)s"),
    "carried-over": gettext_lazy("Carried over to %(year)s"),
}
OF_CLUSTER = {"spent-total", "allocated-total", "variance-total", "allocated-year-total", "carried-over"}


def computed(cluster: Cluster, day: date) -> dict[str, Decimal]:
    """Every figure of the cluster by subject, as known on `day`; 0 cluster funds for initiatives without entries.

    At most four queries.
    """
    rows = line_years(cluster, day)
    funds = funds_of(rows, accounted_years(cluster, day))
    addresses = _addresses(cluster, {row.initiative_id for row in rows})
    recipients = Actor.objects.in_bulk({row.recipient_id for row in rows if row.recipient_id})

    def place(row: LineYear) -> str:
        recipient = recipients[row.recipient_id].name if row.recipient_id else ""
        return f"{cluster.slug}/{addresses[row.initiative_id]}/{recipient}"

    figures = {
        f"cluster-funds:{cluster.slug}/{address}": funds.get(pk, ClusterFunds()).total
        for pk, address in addresses.items()
    }
    for year in sorted({row.budget_year for row in rows}):
        figures |= _of_lines(rows, year, place)
        figures |= _of_initiatives(rows, year, lambda row: f"{cluster.slug}/{addresses[row.initiative_id]}")
        figures |= _of_cluster(rows, year, cluster.slug)
    return figures


def describe(subject: str) -> str:
    """What a subject is about: `Disponeret til 2025, indsats 5`. Raises KeyError for a subject of another app."""
    kind, _colon, path = subject.partition(":")
    name = KINDS[kind]
    _cluster, *parts = path.split("/")
    year = "" if kind == "cluster-funds" else parts.pop()
    words = [str(name) % {"year": year}]
    if kind not in OF_CLUSTER:
        address, *recipient = parts
        # A recipient's name can hold the dividing sign itself: PLO/Nord-KAP.
        words += [_("initiative %(number)s") % {"number": address}, "/".join(recipient)]
    return ", ".join(filter(None, words))


def _addresses(cluster: Cluster, in_ledger: set[int]) -> dict[int, str]:
    """Addresses of the initiatives that are the cluster's, or were when its ledger was written."""
    initiatives = Initiative.objects.filter(Q(cluster=cluster) | Q(pk__in=in_ledger))
    return dict(initiatives.values_list("pk", "address"))


def _of_lines(rows: Iterable[LineYear], year: int, place: Callable[[LineYear], str]) -> dict[str, Decimal]:
    """Spent, allocated and variance of each line in the years up to `year`."""
    figures = {}
    for where, sums in summed((row for row in rows if row.budget_year <= year), place).items():
        figures[f"spent:{where}/{year}"] = sums.spent
        figures[f"allocated:{where}/{year}"] = sums.allocated
        figures[f"variance:{where}/{year}"] = sums.variance
    return figures


def _of_initiatives(rows: Iterable[LineYear], year: int, place: Callable[[LineYear], str]) -> dict[str, Decimal]:
    """What was allocated to each initiative for `year` alone."""
    of_year = summed((row for row in rows if row.budget_year == year), place)
    return {f"allocated-year:{where}/{year}": sums.allocated for where, sums in of_year.items()}


def _of_cluster(rows: Iterable[LineYear], year: int, slug: str) -> dict[str, Decimal]:
    """The totals up to `year`, and those of `year` alone."""
    through = sum((row.sums for row in rows if row.budget_year <= year), Sums())
    alone = sum((row.sums for row in rows if row.budget_year == year), Sums())
    return {
        f"spent-total:{slug}/{year}": through.spent,
        f"allocated-total:{slug}/{year}": through.allocated,
        f"variance-total:{slug}/{year}": through.variance,
        f"allocated-year-total:{slug}/{year}": alone.allocated,
        # Carried into the year is what left the lines, whose entries are negative.
        f"carried-over:{slug}/{year}": ZERO - alone.carried,
    }
