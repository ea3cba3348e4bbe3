"""Pages of the cluster's money."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from initiatives import asof
from initiatives.danish import today
from initiatives.home import home_cluster

from .annex import annex
from .annex_page import annex_page, first_posted, last_accounted
from .differences import differences


@require_safe
def annex_view(request: HttpRequest) -> HttpResponse:
    """The economy annex of the reader's cluster on the day in the address."""
    cluster = home_cluster(request)
    if cluster is None:
        return render(request, "finance/no_cluster.html")
    day = asof.read(request, last_accounted(cluster, today()))
    on_day = annex(cluster, day.day)
    if not (on_day.lines or on_day.later):
        return render(request, "finance/annex_empty.html", {"asof": day, "first": first_posted(cluster)})
    context = {"asof": day, "page": annex_page(cluster, on_day), "differences": differences(cluster)}
    return render(request, "finance/annex.html", context)
