"""The settlement as its pages and its file show it: every figure beside what the rule gives."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.danish import format_number
from initiatives.models import Actor, Cluster
from initiatives.money import ZERO, kroner, total

from .explaining import Explanation
from .financing import Fit, Party, Rule, fits
from .financing_facts import keys_known_on
from .joint_view import in_percent
from .settlement import Transfer
from .settling import JointAllocation, Settlement


@dataclass(frozen=True)
class ShareRow:
    """One party's share: by the rule, and as recorded, which is None where the ledger holds no contributions."""

    party: Actor
    computed: Decimal
    recorded: Decimal | None
    percent: Decimal | None = None

    @property
    def difference(self) -> Decimal | None:
        """How much more is recorded than the rule gives."""
        return None if self.recorded is None else self.recorded - self.computed


@dataclass(frozen=True)
class AllocationTable:
    """One allocation with the share of each party."""

    number: int
    joint: JointAllocation
    rows: tuple[ShareRow, ...]

    @property
    def recorded(self) -> Decimal | None:
        """All contributions recorded; None where none are."""
        return total(self.joint.recorded.values()) if self.joint.recorded else None

    @property
    def excess(self) -> Decimal:
        """How much more than the amount is recorded; 0 or below where it is not more."""
        return -self.joint.not_financed


@dataclass(frozen=True)
class Collector:
    """A party and the invoices that it sends."""

    party: Actor
    invoices: tuple[Transfer, ...]

    @property
    def amount(self) -> Decimal:
        return total(invoice.amount for invoice in self.invoices)


@dataclass(frozen=True)
class SettlementPage:
    """A budget year's settlement, table by table."""

    of: Settlement
    allocations: tuple[AllocationTable, ...]
    fits: tuple[Fit, ...]

    @property
    def amount(self) -> Decimal:
        """What is paid jointly in the year."""
        return total(joint.amount for joint in self.of.allocations)

    @property
    def estimated(self) -> bool:
        """True where the price of at least one allocation is an estimate."""
        return any(joint.estimate for joint in self.of.allocations)

    @cached_property
    def parties(self) -> tuple[ShareRow, ...]:
        """What each party contributes in all, in the order of the rule."""
        return tuple(_summed(self.of, party) for party in self.of.contributions)

    @property
    def recorded(self) -> Decimal | None:
        """All contributions recorded in the year; None where none are."""
        found = [table.recorded for table in self.allocations if table.recorded is not None]
        return total(found) if found else None

    @property
    def difference(self) -> Decimal | None:
        """How much more is recorded than the rule gives."""
        return None if self.recorded is None else self.recorded - total(row.computed for row in self.parties)

    @property
    def collectors(self) -> list[Collector]:
        """Who collects, each with its invoices."""
        by_payee = sorted(self.of.invoices, key=lambda invoice: str(invoice.payee))
        return [Collector(party, tuple(found)) for party, found in groupby(by_payee, lambda invoice: invoice.payee)]

    @property
    def invoiced(self) -> Decimal:
        """What all invoices ask for together."""
        return total(invoice.amount for invoice in self.of.invoices)

    @property
    def moved(self) -> Decimal:
        """What the netted payments move together."""
        return total(transfer.amount for transfer in self.of.netted.transfers)

    @property
    def keys_in_words(self) -> str:
        """Which key the amounts follow, and how well each key gives what was recorded."""
        sides = [side.key for side in self.of.rule.sides if side.key]
        used = _("The amounts follow the key “%(key)s”.") % {"key": sides[0].name} if sides else ""
        return " ".join([used, *(_fit_in_words(fit) for fit in self.fits)])

    @property
    def opening(self) -> str:
        """The year in two sentences."""
        allocations = ngettext("%(count)s allocation", "%(count)s allocations", len(self.allocations))
        invoices = ngettext("%(count)s invoice", "%(count)s invoices", len(self.of.invoices))
        payments = ngettext("%(count)s payment", "%(count)s payments", len(self.of.netted.transfers))
        first = _("In %(year)s the parties pay DKK %(amount)s together for %(allocations)s.") % {
            "year": self.of.year,
            "amount": kroner(self.amount),
            "allocations": allocations % {"count": format_number(len(self.allocations), 0)},
        }
        second = _("%(invoices)s can be settled by %(payments)s.") % {
            "invoices": invoices % {"count": format_number(len(self.of.invoices), 0)},
            "payments": payments % {"count": format_number(len(self.of.netted.transfers), 0)},
        }
        return f"{first} {second}"


@dataclass(frozen=True)
class Explained:
    """How a party's share of one allocation was computed."""

    joint: JointAllocation
    number: int
    explanation: Explanation


@dataclass(frozen=True)
class PartyShares:
    """One party's part in a settlement, every share explained."""

    party: Actor
    row: ShareRow
    shares: tuple[Explained, ...]
    sends: tuple[Transfer, ...]
    gets: tuple[Transfer, ...]
    netted: tuple[Transfer, ...]

    @property
    def balance(self) -> Decimal:
        """What the party gets in all less what it pays."""
        return total(invoice.amount for invoice in self.sends) - total(invoice.amount for invoice in self.gets)

    @property
    def owed(self) -> Decimal:
        """The balance without its sign."""
        return abs(self.balance)

    @property
    def amount(self) -> Decimal:
        """What the party contributes: as recorded, else by the rule."""
        return self.row.computed if self.row.recorded is None else self.row.recorded


def settlement_page(cluster: Cluster, of: Settlement, day: date) -> SettlementPage:
    """The tables of a settlement; three queries, for the keys that are compared with what was recorded."""
    tables = tuple(
        AllocationTable(number, joint, tuple(_shares(joint))) for number, joint in enumerate(of.allocations, start=1)
    )
    return SettlementPage(of, tables, tuple(_fits(cluster, of, day)))


def party_shares(of: Settlement, party: Actor) -> PartyShares:
    """The party's part in the settlement. Raises KeyError for one without a share."""
    explained = [Explained(joint, number, joint.explain(party)) for number, joint in enumerate(of.allocations, start=1)]
    return PartyShares(
        party,
        _summed(of, party),
        tuple(explained),
        tuple(of.collected_by(party)),
        tuple(of.charged(party)),
        tuple(of.of(party)),
    )


def as_rows(page: SettlementPage, proposed: bool) -> Iterator[Sequence[object]]:
    """All that the page shows, as the rows of a file, the heading first."""
    yield (
        _("What"), _("Initiative"), _("Pays"), _("Receives"), _("Amount, kr."), _("By the rule, kr."),
        _("Difference, kr."), _("Note"),
    )  # fmt: skip
    counted = _("Proposals included") if proposed else ""
    for table in page.allocations:
        note = "; ".join(part for part in (_("Estimate") if table.joint.estimate else "", counted) if part)
        for row in table.rows:
            amount = row.computed if row.recorded is None else row.recorded
            where = table.joint.initiative, row.party, table.joint.recipient
            yield _("Contribution"), *where, amount, row.computed, row.difference, note
    for invoice in page.of.invoices:
        yield _("Invoice"), "", invoice.payer, invoice.payee, invoice.amount, None, None, counted
    for transfer in page.of.netted.transfers:
        yield _("Payment after netting"), "", transfer.payer, transfer.payee, transfer.amount, None, None, counted


def _shares(joint: JointAllocation) -> Iterator[ShareRow]:
    for share in joint.shares:
        recorded = joint.recorded.get(share.party, ZERO) if joint.recorded else None  # type: ignore[call-overload]
        yield ShareRow(share.party, share.amount, recorded, in_percent(share.part.share))  # type: ignore[arg-type]


def _summed(of: Settlement, party: Actor) -> ShareRow:
    rows = [row for joint in of.allocations for row in _shares(joint) if row.party == party]
    if not rows:
        raise KeyError(party)
    recorded = [row.recorded for row in rows if row.recorded is not None]
    return ShareRow(party, total(row.computed for row in rows), total(recorded) if recorded else None)


def _fits(cluster: Cluster, of: Settlement, day: date) -> list[Fit]:
    """How well each key that is known gives the contributions recorded; none where none are."""
    settled = [joint for joint in of.allocations if joint.recorded]
    recorded: dict[Actor, Decimal] = {}
    for joint in settled:
        for party, amount in joint.recorded.items():
            recorded[party] = recorded.get(party, ZERO) + amount
    if not recorded:
        return []
    keys = [
        key for key in keys_known_on(cluster, day) if key.weights and recorded.keys() <= _payers(of.rule.with_key(key))
    ]
    return fits(recorded, [joint.amount for joint in settled], of.rule, keys)  # type: ignore[arg-type]


def _payers(rule: Rule) -> set[Party]:
    return {party for side in rule.sides for party in side.parties}


def _fit_in_words(fit: Fit) -> str:
    return _("“%(key)s” gives the recorded contributions within DKK %(largest)s.") % {
        "key": fit.key.name,
        "largest": kroner(fit.largest),
    }
