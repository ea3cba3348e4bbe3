"""What each party has of the cluster funds in each budget year: granted, used, carried over and left. One query.

Proposals count only where it is asked for; the page then says "inkl. forslag".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F

from initiatives.models import Actor, Cluster
from initiatives.money import ZERO, money_sum, total

from .models import Account, Entry, Voucher

Kind = Voucher.Kind
FUNDS = frozenset({Kind.GRANT, Kind.ADJUSTMENT, Kind.OPENING})
USES = frozenset({Kind.CONTRIBUTION, Kind.ALLOCATION})


@dataclass(frozen=True)
class Move:
    """What moved in a party's pool in the budget of `year` by vouchers of one kind and of the year `into`.

    The two years differ only where something is carried over: out of `year`, into `into`. A contribution says what it
    is for: an initiative and, where one is named, the party that receives.
    """

    party: Actor
    year: int
    into: int
    kind: str
    initiative_id: int | None
    recipient_id: int | None
    amount: Decimal


@dataclass(frozen=True)
class Pool:
    """A party's funds in a year, or in several years seen as one; kroner."""

    granted: Decimal = ZERO
    carried_in: Decimal = ZERO
    used: Decimal = ZERO
    carried_out: Decimal = ZERO

    @property
    def available(self) -> Decimal:
        """What there was to use: granted, and carried in from earlier years."""
        return self.granted + self.carried_in

    @property
    def left(self) -> Decimal:
        """What was not used, whether or not it has been carried over: what there is to propose to carry over."""
        return self.available - self.used

    @property
    def remaining(self) -> Decimal:
        """What still stands in the pool: what was not used and has not been carried over."""
        return self.left - self.carried_out

    def __add__(self, other: "Pool") -> "Pool":
        return Pool(
            self.granted + other.granted,
            self.carried_in + other.carried_in,
            self.used + other.used,
            self.carried_out + other.carried_out,
        )


@dataclass(frozen=True)
class Pools:
    """Every party's pool in every year."""

    moves: tuple[Move, ...]

    @property
    def parties(self) -> list[Actor]:
        """The parties that have a pool, in the order of their kind and name."""
        found = {move.party.pk: move.party for move in self.moves}
        return sorted(found.values(), key=lambda party: (party.kind != Actor.Kind.MUNICIPALITY, party.name))

    @property
    def years(self) -> list[int]:
        """The budget years in which something moved."""
        return sorted({move.year for move in self.moves})

    def of(self, party: Actor, year: int) -> Pool:
        """The party's pool in one year."""
        return self._between([party], year, year)

    def through(self, party: Actor, year: int) -> Pool:
        """The party's pool in all years up to and including `year`, seen as one."""
        return self._between([party], None, year)

    def of_all(self, parties: Iterable[Actor], year: int) -> Pool:
        """As `of`, for several parties together."""
        return self._between(parties, year, year)

    def all_through(self, parties: Iterable[Actor], year: int) -> Pool:
        """As `through`, for several parties together."""
        return self._between(parties, None, year)

    def to_carry_over(self, party: Actor, out_of: int) -> dict[int, Decimal]:
        """What the party can carry over out of the years up to `out_of`: what is left of each year, without 0."""
        left = {year: self.of(party, year).remaining for year in self.years if year <= out_of}
        return {year: amount for year, amount in left.items() if amount}

    def _between(self, parties: Iterable[Actor], first: int | None, last: int) -> Pool:
        chosen = {party.pk for party in parties}
        moves = [
            move
            for move in self.moves
            if move.party.pk in chosen and move.year <= last and (first is None or move.year >= first)
        ]
        carried = [move for move in moves if move.kind == Kind.CARRY_OVER]
        return Pool(
            granted=total(move.amount for move in moves if move.kind in FUNDS),
            # What went from one of these years into another of them is neither in nor out.
            carried_in=total(move.amount for move in carried if move.into <= last),
            used=-total(move.amount for move in moves if move.kind in USES),
            carried_out=-total(move.amount for move in carried if move.into > last),
        )


def pools(cluster: Cluster, day: date, proposed: bool = False) -> Pools:
    """The parties' pools as they stood on `day`, proposals included where `proposed`; two queries."""
    entries = Entry.objects.filter(voucher__cluster=cluster).counted_on(day, proposed)
    rows = list(
        entries.filter(account__kind=Account.Kind.POOL, account__party__isnull=False)
        .order_by()
        .values("initiative", "recipient", "budget_year", party=F("account__party"))
        .annotate(into=F("voucher__budget_year"), kind=F("voucher__kind"), moved=money_sum("amount"))
    )
    parties = Actor.objects.in_bulk({row["party"] for row in rows})
    return Pools(
        tuple(
            Move(
                parties[row["party"]],
                row["budget_year"],
                row["into"],
                row["kind"],
                row["initiative"],
                row["recipient"],
                row["moved"],
            )
            for row in rows
        )
    )
