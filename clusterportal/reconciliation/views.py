"""The list of everything that was printed, beside what the portal computes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.access import rights_of
from initiatives.danish import format_number, listed
from initiatives.home import home_cluster
from initiatives.listing import ListPage
from initiatives.models import Cluster, PublishedFigure

from .compare import Comparison, Verdict, compare, published
from .filters import ComparisonFilter, Shown
from .tables import ComparisonTable


class FigureList(ListPage):
    """Published figures of one cluster; those that differ first of all."""

    table_class = ComparisonTable
    filterset_class = ComparisonFilter
    template_name = "reconciliation/figures.html"
    export_name = "afstemning"
    defaults = {"vis": Shown.DIFFERS.value}
    compared: list[Comparison]

    def queryset(self, request: HttpRequest) -> Any:
        cluster = home_cluster(request)
        return published(cluster) if cluster else PublishedFigure.objects.none()

    def rows(self, filters: ComparisonFilter) -> Sequence[Comparison]:
        cluster = home_cluster(self.request)
        self.compared = compare(filters.qs, cluster) if cluster else []
        return [row for row in self.compared if filters.keeps(row)]

    def context(self, request: HttpRequest) -> dict[str, Any]:
        clusters = rights_of(request.user).clusters
        choice = Cluster.objects.visible_to(request.user) if len(clusters) > 1 else ()
        return {"opening": opening(self.compared), "compared": len(self.compared), "clusters": choice}


def opening(rows: Iterable[Comparison]) -> str:
    """`263 trykte tal er regnet efter; 14 afviger.` and how many could not be compared outright."""
    verdicts = Counter(row.verdict for row in rows)
    differ, count = verdicts[Verdict.DIFFERS], sum(verdicts.values())
    checked = ngettext(
        "%(count)s printed figure has been computed anew", "%(count)s printed figures have been computed anew", count
    ) % {"count": format_number(count, 0)}
    found = ngettext("%(count)s differs.", "%(count)s differ.", differ) % {"count": format_number(differ, 0)}
    if not differ:
        found = _("none differs.")
    return " ".join(part for part in (f"{checked}; {found}", _besides(verdicts)) if part)


def _besides(verdicts: Counter[Verdict]) -> str:
    """Those that neither agree outright nor differ; empty without any."""
    rounded, unsigned, unknown = (verdicts[each] for each in (Verdict.ROUNDED, Verdict.UNSIGNED, Verdict.UNKNOWN))
    parts = []
    if rounded:
        words = ngettext("%(count)s agrees after rounding", "%(count)s agree after rounding", rounded)
        parts.append(words % {"count": format_number(rounded, 0)})
    if unsigned:
        words = ngettext(
            "%(count)s is printed without its minus", "%(count)s are printed without their minus", unsigned
        )
        parts.append(words % {"count": format_number(unsigned, 0)})
    if unknown:
        words = ngettext("%(count)s cannot be computed", "%(count)s cannot be computed", unknown)
        parts.append(words % {"count": format_number(unknown, 0)})
    return _("Besides, %(parts)s.") % {"parts": listed(parts)} if parts else ""
