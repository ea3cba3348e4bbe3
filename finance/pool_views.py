"""Pages of the parties' pools: what each was granted, used and has left, year by year."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from initiatives import asof
from initiatives.home import home_cluster, page_is_about
from initiatives.listing import EXPORTS
from initiatives.models import Actor, Cluster
from initiatives.money import ZERO, kroner, total

from .apportionment import ApportionmentError
from .financing_facts import NoRuleError
from .joint_view import joint_years, kept, standing, undecided_item
from .pools import Pool, Pools, pools
from .settling import Settlement, settlement


@dataclass(frozen=True)
class PartyRow:
    """A party's pool in all years up to the last one."""

    party: Actor
    pool: Pool


@dataclass(frozen=True)
class PartyYear:
    """A party's pool in one year; `settled` is None where nothing is settled in it."""

    year: int
    pool: Pool
    party: Actor
    settled: Settlement | None

    @property
    def contributes(self) -> Decimal:
        """What the party pays of all allocations of the year: as recorded, else by the rule."""
        if self.settled is None:
            return ZERO
        recorded = total(joint.recorded.get(self.party, ZERO) for joint in self.settled.allocations)
        return recorded or self.settled.contributions.get(self.party, ZERO)

    @property
    def sends(self) -> Decimal:
        """What the party collects in the year."""
        return total(invoice.amount for invoice in self.settled.collected_by(self.party)) if self.settled else ZERO

    @property
    def gets(self) -> Decimal:
        """What the party is invoiced for in the year."""
        return total(invoice.amount for invoice in self.settled.charged(self.party)) if self.settled else ZERO


@require_safe
def parties(request: HttpRequest) -> HttpResponse:
    """Every party's pool in all years, as a page or as the file that `?eksport=` names."""
    cluster = home_cluster(request)
    if cluster is None:
        return render(request, "finance/no_cluster.html")
    day = asof.read(request)
    state = standing(request.GET, cluster, day.day)
    of = pools(cluster, day.day, state.proposed)
    if export := EXPORTS.get(request.GET.get("eksport", "")):
        return export(
            _as_rows(of, state.proposed), f"parter-{cluster.slug}" + ("-inkl-forslag" if state.proposed else "")
        )
    last = max(of.years, default=day.day.year)
    context = {
        "rows": [PartyRow(party, of.through(party, last)) for party in of.parties],
        "total": of.all_through(of.parties, last),
        "opening": _opening(of, last),
        "undecided": undecided_item(cluster, day.day) if state.waiting else None,
        "link": kept(cluster, day, state.proposed),
        "other": kept(cluster, day, not state.proposed),
    }
    return render(request, "finance/pools/parties.html", {**context, "asof": day, "standing": state})


@require_safe
def party_view(request: HttpRequest, slug: str, party: int) -> HttpResponse:
    """One party's pool year by year, with what it can carry over. 404 for a party without a pool."""
    cluster = get_object_or_404(Cluster.objects.visible_to(request.user).select_related("region"), slug=slug)
    page_is_about(request, cluster)
    day = asof.read(request)
    state = standing(request.GET, cluster, day.day)
    of = pools(cluster, day.day, state.proposed)
    chosen = next((each for each in of.parties if each.pk == party), None)
    if chosen is None:
        raise Http404
    settled = dict(_settlements(cluster, day.day, state.proposed))
    link = kept(cluster, day, state.proposed)
    context = {
        "party": chosen,
        "years": [PartyYear(year, of.of(chosen, year), chosen, settled.get(year)) for year in of.years],
        "total": of.through(chosen, max(of.years)),
        "to_carry_over": of.to_carry_over(chosen, day.day.year),
        "undecided": undecided_item(cluster, day.day) if state.waiting else None,
        "link": link,
        "other": kept(cluster, day, not state.proposed),
        "trail": [
            (_("Economy"), reverse("finance:annex") + link),
            (pgettext("of a joint financing", "Parties"), reverse("finance:parties") + link),
            (str(chosen), ""),
        ],
    }
    return render(request, "finance/pools/party.html", {**context, "asof": day, "standing": state})


def _settlements(cluster: Cluster, day: date, proposed: bool) -> Iterator[tuple[int, Settlement]]:
    """The settlement of each year that has one; none where the cluster has no usable rule."""
    for year in joint_years(cluster, day):
        try:
            yield year, settlement(cluster, year, day, proposed)
        except (NoRuleError, ApportionmentError):
            return


def _opening(of: Pools, last: int) -> str:
    whole = of.all_through(of.parties, last)
    return _("The parties were granted DKK %(granted)s up to and including %(year)s. DKK %(left)s is left.") % {
        "granted": kroner(whole.granted),
        "year": last,
        "left": kroner(whole.remaining),
    }


def _as_rows(of: Pools, proposed: bool) -> Iterable[Sequence[object]]:
    """Each party's pool in each year, the heading first."""
    yield (
        pgettext("of a joint financing", "Party"),
        _("Budget year"), _("Granted, kr."), _("Carried in, kr."), _("Used, kr."), _("Carried out, kr."),
        _("Remaining, kr."), _("Note"),
    )  # fmt: skip
    for party in of.parties:
        for year in of.years:
            pool = of.of(party, year)
            amounts = pool.granted, pool.carried_in, pool.used, pool.carried_out, pool.remaining
            yield party, year, *amounts, _("Proposals included") if proposed else ""
