"""The page of measured results."""

from csp.decorators import csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from initiatives import asof, plots
from initiatives.access import Act, rights_of
from initiatives.danish import today
from initiatives.home import home_cluster
from initiatives.models import Cluster

from . import sentences
from .plots import effect_charts
from .results import known, reading, results, span
from .selection import select


@csp_update(plots.POLICY)
def results_page(request: HttpRequest) -> HttpResponse:
    """What the initiatives of the reader's cluster have achieved, as known on the day in the address."""
    cluster = home_cluster(request)
    if cluster is None:
        return render(request, "outcomes/no_cluster.html")
    measured = span(cluster)
    as_of = asof.read(request, measured.year_end(today()) if measured else ())
    read = reading(cluster, as_of.day, _sees_all(request, cluster))
    if not read.rows and not read.withheld:
        return render(request, "outcomes/results_empty.html", {"asof": as_of, "measured": measured})
    selection = select(request.GET, read.rows)
    shown = results(cluster, as_of.day, selection.rows)
    lead = sentences.lead(len(shown.initiatives), shown.judgements, selection.active)
    context = {"asof": as_of, "selection": selection, "results": shown, "lead": lead, "withheld": read.withheld}
    return render(request, "outcomes/results.html", {**context, "plots": effect_charts(shown)})


def data(request: HttpRequest, name: str) -> HttpResponse:
    """The figures of one chart as CSV, for the same cluster, day and selection as on the page."""
    cluster = home_cluster(request)
    if cluster is None:
        raise Http404
    day = asof.read(request).day
    selection = select(request.GET, known(cluster, day, _sees_all(request, cluster)))
    return plots.as_file(effect_charts(results(cluster, day, selection.rows)), name)


def _sees_all(request: HttpRequest, cluster: Cluster) -> bool:
    """True for those who see small numbers of the cluster too."""
    return rights_of(request.user).may(Act.SEE_SMALL_NUMBERS, cluster.pk)
