"""Pages of the settlement: a budget year, and how each share of it was computed."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from initiatives import asof
from initiatives.asof import AsOf
from initiatives.home import home_cluster, page_is_about
from initiatives.listing import EXPORTS
from initiatives.models import Actor, Cluster

from .apportionment import ApportionmentError
from .financing_facts import NoRuleError
from .joint_view import JOINT, Standing, joint_years, kept, read_year, standing, undecided_item
from .settlement_page import SettlementPage, as_rows, party_shares, settlement_page
from .settling import Settlement, settlement


@require_safe
def settlement_view(request: HttpRequest) -> HttpResponse:
    """The settlement of a budget year of the reader's cluster, as a page or as the file that `?eksport=` names."""
    cluster = home_cluster(request)
    if cluster is None:
        return render(request, "finance/no_cluster.html")
    day = asof.read(request)
    years = joint_years(cluster, day.day)
    if not years:
        return _empty(request, day, _("Nothing has been allocated to a party that all pay for."))
    year = read_year(request, years, day.day)
    state = standing(request.GET, cluster, day.day, budget_year=year, kind__in=JOINT)
    try:
        page = settlement_page(cluster, settlement(cluster, year, day.day, state.proposed), day.day)
    except (NoRuleError, ApportionmentError) as error:
        return _empty(request, day, str(error))
    if export := EXPORTS.get(request.GET.get("eksport", "")):
        return export(as_rows(page, state.proposed), _file_name(cluster, year, state))
    return render(request, "finance/settlement/year.html", _context(cluster, day, years, page, state))


@require_safe
def share_view(request: HttpRequest, slug: str, year: int, party: int) -> HttpResponse:
    """How each of a party's shares of the year was computed. 404 for a year or party without a share."""
    cluster = get_object_or_404(Cluster.objects.visible_to(request.user).select_related("region"), slug=slug)
    page_is_about(request, cluster)
    day = asof.read(request)
    state = standing(request.GET, cluster, day.day, budget_year=year, kind__in=JOINT)
    try:
        of = settlement(cluster, year, day.day, state.proposed)
    except (NoRuleError, ApportionmentError) as error:
        raise Http404(str(error)) from error
    shares = party_shares(of, _party(of, party))
    link = kept(cluster, day, state.proposed, aar=year)
    trail = [
        (_("Economy"), reverse("finance:annex") + kept(cluster, day, state.proposed)),
        (_("Settlement %(year)s") % {"year": year}, reverse("finance:settlement") + link),
        (str(shares.party), ""),
    ]
    undecided = undecided_item(cluster, day.day, budget_year=year) if state.waiting else None
    context = {"asof": day, "page": shares, "of": of, "standing": state, "undecided": undecided}
    return render(request, "finance/settlement/party.html", {**context, "trail": trail, "link": link})


def _party(of: Settlement, pk: int) -> Actor:
    """The party of the settlement with this id. Raises Http404 for one that has no share."""
    for party in of.contributions:
        if party.pk == pk:
            return party
    raise Http404


def _context(cluster: Cluster, day: AsOf, years: list[int], page: SettlementPage, state: Standing) -> dict[str, object]:
    year = page.of.year
    return {
        "asof": day,
        "page": page,
        "standing": state,
        "undecided": undecided_item(cluster, day.day, budget_year=year) if state.waiting else None,
        "years": [(each, kept(cluster, day, state.proposed, aar=each), each == year) for each in years],
        "link": kept(cluster, day, state.proposed),
        "other": kept(cluster, day, not state.proposed, aar=year),
    }


def _empty(request: HttpRequest, day: AsOf, why: str) -> HttpResponse:
    return render(request, "finance/settlement/empty.html", {"asof": day, "why": why})


def _file_name(cluster: Cluster, year: int, state: Standing) -> str:
    """`afregning-nord-2023-inkl-forslag`."""
    return f"afregning-{cluster.slug}-{year}" + ("-inkl-forslag" if state.proposed else "")
