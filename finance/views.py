"""Pages of the cluster's money."""

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from initiatives import asof, plots
from initiatives.danish import today
from initiatives.home import home_cluster
from initiatives.models import Cluster

from .annex import Annex, annex
from .annex_page import annex_page, first_posted, last_accounted
from .differences import differences
from .plots import money_chart


@require_safe
@csp_update(plots.POLICY)
def annex_view(request: HttpRequest) -> HttpResponse:
    """The economy annex of the reader's cluster on the day in the address."""
    cluster = home_cluster(request)
    if cluster is None:
        return render(request, "finance/no_cluster.html")
    day = asof.read(request, last_accounted(cluster, today()))
    on_day = annex(cluster, day.day)
    if not (on_day.lines or on_day.later):
        pools = f"{reverse('finance:parties')}?klynge={cluster.slug}"
        return render(
            request, "finance/annex_empty.html", {"asof": day, "first": first_posted(cluster), "pools": pools}
        )
    context = {"asof": day, "page": annex_page(cluster, on_day), "differences": differences(cluster, day.day)}
    return render(request, "finance/annex.html", {**context, "plots": _charts(cluster, on_day)})


@require_safe
def data(request: HttpRequest, name: str) -> HttpResponse:
    """The figures of one chart as CSV, for the same cluster and day as on the page."""
    cluster = home_cluster(request)
    if cluster is None:
        raise Http404
    return plots.as_file(_charts(cluster, annex(cluster, asof.read(request).day)), name)


def _charts(cluster: Cluster, of: Annex) -> tuple[plots.Chart, ...]:
    return (money_chart(of.by_year, cluster.name, of.day),) if of.by_year else ()
