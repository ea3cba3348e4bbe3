"""The settlement of a budget year: what is paid jointly, who collects from whom, and the fewest transfers instead.

What the ledger holds and what the rule gives are shown side by side: a published amount is kept as published.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import F, QuerySet

from initiatives.models import Actor, Cluster, Initiative
from initiatives.money import ZERO, money_sum, total

from .explaining import Explanation, explain
from .financing import Rule, Share, amounts, shares
from .financing_facts import rule_in_force
from .models import Entry, RateTable, TrackChoice, Voucher
from .querysets import ALLOCATED, EntryQuerySet
from .settlement import Joint, Netting, Transfer, invoices, net


@dataclass(frozen=True)
class JointAllocation:
    """An allocation to a party that all parties of the rule pay for.

    `recorded` are the contributions that the ledger holds for it, by party; empty where none are. It is an
    `estimate` where its price depends on tracks that the recipient has not chosen for the year.
    """

    initiative: Initiative
    recipient: Actor
    amount: Decimal
    shares: tuple[Share, ...]
    recorded: Mapping[Actor, Decimal]
    estimate: bool

    @property
    def not_financed(self) -> Decimal:
        """What the recorded contributions lack of the amount; below 0 where they are more. 0 where none are."""
        return self.amount - total(self.recorded.values()) if self.recorded else ZERO

    def explain(self, party: Actor) -> Explanation:
        """How the party's share was computed. Raises KeyError for a party without a share."""
        found = {share.party: share for share in self.shares}
        return explain(found[party], self.recorded.get(party))


@dataclass(frozen=True)
class Settlement:
    """One budget year as it stood on a day. `recorded` are the invoices that the ledger holds."""

    year: int
    rule: Rule
    allocations: tuple[JointAllocation, ...]
    recorded: tuple[Transfer, ...]

    @cached_property
    def computed(self) -> tuple[Transfer, ...]:
        """The invoices that the rule gives, in the order of the allocations and keys."""
        return invoices(Joint(joint.recipient, amounts(joint.shares)) for joint in self.allocations)

    @property
    def invoices(self) -> tuple[Transfer, ...]:
        """What is to be settled: the invoices recorded, else those that the rule gives."""
        return self.recorded or self.computed

    @cached_property
    def netted(self) -> Netting:
        """The fewest transfers that settle the same."""
        return net(self.invoices)

    @property
    def contributions(self) -> dict[Actor, Decimal]:
        """What each party pays in all by the rule, its own share of what it receives included."""
        return amounts(share for joint in self.allocations for share in joint.shares)  # type: ignore[return-value]

    def collected_by(self, recipient: Actor) -> list[Transfer]:
        """The invoices that a party sends."""
        return [invoice for invoice in self.invoices if invoice.payee == recipient]

    def charged(self, payer: Actor) -> list[Transfer]:
        """The invoices that a party gets."""
        return [invoice for invoice in self.invoices if invoice.payer == payer]

    def of(self, party: Actor) -> list[Transfer]:
        """The netted transfers that the party pays or gets."""
        return [transfer for transfer in self.netted.transfers if party in {transfer.payer, transfer.payee}]


def settlement(cluster: Cluster, year: int, day: date, proposed: bool = False) -> Settlement:
    """The budget year as known on `day`, proposals included where `proposed`; at most fourteen queries.

    Raises NoRuleError where the cluster has no rule on the day.
    """
    entries = Entry.objects.filter(voucher__cluster=cluster, budget_year=year).counted_on(day, proposed)
    rule = rule_in_force(cluster, day)
    return Settlement(year, rule, _allocations(entries, rule, year), _recorded_invoices(entries))


def _allocations(entries: EntryQuerySet, rule: Rule, year: int) -> tuple[JointAllocation, ...]:
    """What is set aside for a line with a recipient, by initiative and the recipient's name."""
    rows = list(_of_lines(entries.filter(ALLOCATED)))
    paid = list(_of_lines(entries.filter(voucher__kind=Voucher.Kind.CONTRIBUTION), party=F("account__party")))
    initiatives = Initiative.objects.select_related("cluster").in_bulk({row["initiative"] for row in rows})
    parties = Actor.objects.in_bulk({*(row["recipient"] for row in rows), *(row["party"] for row in paid)} - {None})
    priced, chosen = _tracks(initiatives, year)
    found = []
    for row in rows:
        line = row["initiative"], row["recipient"]
        recorded = [
            contribution for contribution in paid if (contribution["initiative"], contribution["recipient"]) == line
        ]
        found.append(
            JointAllocation(
                initiatives[line[0]],
                parties[line[1]],
                row["moved"],
                shares(row["moved"], rule),
                {parties[contribution["party"]]: -contribution["moved"] for contribution in recorded},
                line[0] in priced and line not in chosen,
            )
        )
    return tuple(sorted(found, key=lambda joint: (joint.initiative.pk, joint.recipient.name)))


def _of_lines(entries: EntryQuerySet, **named: F) -> QuerySet[Any, dict[str, Any]]:
    """`moved` for each line with a recipient, and for each of the named; what sums to 0 is left out."""
    lines = entries.filter(initiative__isnull=False, recipient__isnull=False)
    if named:
        lines = lines.filter(account__party__isnull=False)
    return (
        lines.order_by().values("initiative", "recipient", **named).annotate(moved=money_sum("amount")).exclude(moved=0)
    )


def _tracks(initiatives: Collection[int], year: int) -> tuple[set[int], set[tuple[int, int]]]:
    """Initiatives whose prices depend on tracks, and the lines whose tracks are chosen for the year; two queries."""
    priced = RateTable.objects.filter(initiative__in=initiatives).values_list("initiative", flat=True)
    choices = TrackChoice.objects.filter(initiative__in=initiatives, budget_year=year)
    return set(priced), set(choices.values_list("initiative", "actor"))


def _recorded_invoices(entries: EntryQuerySet) -> tuple[Transfer, ...]:
    """The invoices that the ledger holds, net of reversals, by who collects and who pays; two queries."""
    asked = entries.filter(voucher__kind=Voucher.Kind.INVOICE).exclude(account__party=F("recipient"))
    rows = list(
        asked.order_by()
        .values("initiative", "recipient", party=F("account__party"))
        .annotate(moved=money_sum("amount"))
    )
    parties = Actor.objects.in_bulk({row[end] for row in rows for end in ("party", "recipient")})
    sent = [Transfer(parties[row["party"]], parties[row["recipient"]], -row["moved"]) for row in rows if row["moved"]]
    return tuple(sorted(sent, key=lambda invoice: (str(invoice.payee), str(invoice.payer))))
