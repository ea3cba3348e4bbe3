"""Every figure about the parties of a joint financing that a document can have printed, by the subject that names it.

A document that proposes is compared with the proposals in the ledger, so they are included here. Subjects, in kroner
where nothing else is said; a kind is one of the kinds of parties, `municipality` or `hospital`:

    weight:<cluster>/<basis>/<party>                    inhabitants or kroner in the newest key of the basis
    weight-total:<cluster>/<basis>                      and weight-share, weight-share-total in percent
    party-granted:<cluster>/<party>/<year>              and party-granted-through: up to and including the year
    kind-granted:<cluster>/<kind>/<year>                the same of all parties of a kind, and kind-granted-through
    financed:<cluster>/<address>/<recipient>/<year>     allocated for that one year to a recipient
    financed-total:<cluster>/<address>/<year>           to all recipients
    share:<cluster>/<address>/<recipient>/<party>/<year>   the party's contribution to it
    share-total:<cluster>/<address>/<recipient>/<year>  all contributions to it
    contributed:<cluster>/<party>/<year>                all that the party contributes in the year; and kind-contributed
    carried-into:<cluster>/<party>/<year>               carried into the party's pool; and kind-carried-into
    pool-left:<cluster>/<party>/<year>                  not used up to and including the year, and kind-pool-left
    pools-left:<cluster>/<year>                         the same of all parties
    rate:<cluster>/<address>/<number>/<price year>      what a track costs
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.models import Actor, Cluster, Initiative
from initiatives.money import ZERO, money_sum, total

from .financing_facts import keys_known_on
from .models import Basis, Entry, Rate
from .pools import Pools, pools
from .querysets import ALLOCATED

KINDS = {
    "weight": gettext_lazy("Weight in the key"),
    "weight-total": gettext_lazy("The sum of the key's weights"),
    "weight-share": gettext_lazy("Share of the key"),
    "weight-share-total": gettext_lazy("All shares of the key"),
    "party-granted": gettext_lazy("Granted in %(year)s"),
    "party-granted-through": gettext_lazy("Granted up to and including %(year)s"),
    "kind-granted": gettext_lazy("Granted in %(year)s, all together"),
    "kind-granted-through": gettext_lazy("Granted up to and including %(year)s, all together"),
    "financed": gettext_lazy("Allocated for %(year)s, proposals included"),
    "financed-total": gettext_lazy("Allocated in all for %(year)s, proposals included"),
    "share": gettext_lazy("Share of the allocation for %(year)s, proposals included"),
    "share-total": gettext_lazy("All shares of the allocation for %(year)s, proposals included"),
    "contributed": gettext_lazy("Contributed in %(year)s, proposals included"),
    "kind-contributed": gettext_lazy("Contributed in %(year)s, all together, proposals included"),
    "carried-into": gettext_lazy("Carried over to %(year)s, proposals included"),
    "kind-carried-into": gettext_lazy("Carried over to %(year)s, all together, proposals included"),
    "pool-left": gettext_lazy("Not used up to and including %(year)s, proposals included"),
    "kind-pool-left": gettext_lazy("Not used up to and including %(year)s, all together, proposals included"),
    "pools-left": gettext_lazy("Not used by any party up to and including %(year)s, proposals included"),
    "rate": gettext_lazy("Price in %(year)s"),
}
OF_KEYS = {"weight", "weight-total", "weight-share", "weight-share-total"}


def computed(cluster: Cluster, day: date) -> dict[str, Decimal]:
    """Every figure of the cluster's parties by subject, as known on `day`, proposals included; ten queries."""
    every = pools(cluster, day, proposed=True)
    addresses = dict(Initiative.objects.filter(cluster=cluster).values_list("pk", "address"))
    return {
        **dict(_of_keys(cluster, day)),
        **dict(_of_pools(cluster, every)),
        **dict(_of_shares(cluster, every, addresses)),
        **dict(_of_lines(cluster, day, addresses)),
        **dict(_of_rates(cluster)),
    }


def describe(subject: str) -> str:
    """What a subject is about: `Bidrag i 2023 inkl. forslag, Allerød Kommune`. Raises KeyError for other subjects."""
    kind, _colon, path = subject.partition(":")
    name, parts = KINDS[kind], path.split("/")[1:]
    year = "" if kind in OF_KEYS else parts.pop()
    if kind in OF_KEYS:
        parts[0] = str(Basis(parts[0]).label)
    if kind.startswith("kind-"):
        parts[0] = str(Actor.Kind(parts[0]).label)
    if kind in {"financed", "financed-total", "share", "share-total", "rate"}:
        parts[0] = _("initiative %(number)s") % {"number": parts[0]}
    return ", ".join([str(name) % {"year": year}, *parts])


def _of_keys(cluster: Cluster, day: date) -> Iterator[tuple[str, Decimal]]:
    for key in keys_known_on(cluster, day):
        where = f"{cluster.slug}/{key.basis}"
        for party, weight in key.weights.items():
            share = key.share(party)
            yield f"weight:{where}/{party}", Decimal(weight)
            yield f"weight-share:{where}/{party}", Decimal(share.numerator * 100) / share.denominator
        yield f"weight-total:{where}", Decimal(key.of_all)
        yield f"weight-share-total:{where}", Decimal(100)


def _of_pools(cluster: Cluster, every: Pools) -> Iterator[tuple[str, Decimal]]:
    groups = {f"kind-{{}}:{cluster.slug}/{kind}": [p for p in every.parties if p.kind == kind] for kind in Actor.Kind}
    for year in every.years:
        for party in every.parties:
            where = f"{cluster.slug}/{party}/{year}"
            one, through = every.of(party, year), every.through(party, year)
            yield f"party-granted:{where}", one.granted
            yield f"party-granted-through:{where}", through.granted
            yield f"contributed:{where}", one.used
            yield f"carried-into:{where}", one.carried_in
            yield f"pool-left:{where}", through.left
        for group, parties in groups.items():
            one, through = every.of_all(parties, year), every.all_through(parties, year)
            yield f"{group.format('granted')}/{year}", one.granted
            yield f"{group.format('granted-through')}/{year}", through.granted
            yield f"{group.format('contributed')}/{year}", one.used
            yield f"{group.format('carried-into')}/{year}", one.carried_in
            yield f"{group.format('pool-left')}/{year}", through.left
        yield f"pools-left:{cluster.slug}/{year}", every.all_through(every.parties, year).left


def _of_shares(cluster: Cluster, every: Pools, addresses: Mapping[int, str]) -> Iterator[tuple[str, Decimal]]:
    """What each party contributes to each recipient; nothing for contributions to no recipient in particular."""
    shared = [move for move in every.moves if move.initiative_id and move.recipient_id]
    names = {party.pk: party.name for party in Actor.objects.filter(pk__in={move.recipient_id for move in shared})}
    sums: dict[str, list[Decimal]] = {}
    for move in shared:
        where = f"{cluster.slug}/{addresses[move.initiative_id]}/{names[move.recipient_id]}"  # type: ignore[index]
        sums.setdefault(f"share:{where}/{move.party}/{move.year}", []).append(-move.amount)
        sums.setdefault(f"share-total:{where}/{move.year}", []).append(-move.amount)
    yield from ((subject, total(amounts)) for subject, amounts in sums.items())


def _of_lines(cluster: Cluster, day: date, addresses: Mapping[int, str]) -> Iterator[tuple[str, Decimal]]:
    """What is allocated to each party for each year, 0 to those of the cluster that get nothing from it."""
    entries = Entry.objects.filter(ALLOCATED, voucher__cluster=cluster, recipient__isnull=False).counted_on(day, True)
    rows = entries.order_by().values("initiative", name=F("recipient__name"), year=F("budget_year"))
    given = {
        (row["initiative"], row["year"], row["name"]): row["moved"] for row in rows.annotate(moved=money_sum("amount"))
    }
    parties = list(cluster.parties.values_list("name", flat=True))
    for initiative, year in {line[:2] for line in given}:
        where = f"{cluster.slug}/{addresses[initiative]}"
        of_year = {name: amount for (*line, name), amount in given.items() if line == [initiative, year]}
        for name in {*parties, *of_year}:
            yield f"financed:{where}/{name}/{year}", of_year.get(name, ZERO)
        yield f"financed-total:{where}/{year}", total(of_year.values())


def _of_rates(cluster: Cluster) -> Iterator[tuple[str, Decimal]]:
    for rate in Rate.objects.filter(table__initiative__cluster=cluster).select_related("table__initiative"):
        where = f"{cluster.slug}/{rate.table.initiative.address}/{rate.number}/{rate.table.price_year}"
        yield f"rate:{where}", rate.amount or ZERO
