"""Who collects from whom, and the fewest transfers that leave everybody with the same.

A recipient of an allocation pays its own share itself and collects the other shares: one invoice to each other payer.
Netted, every party has a balance: what it collects less what it is charged. The balances are settled with the least
number of transfers, and none of them goes through a third party: only who is owed nothing pays, only who owes nothing
gets, so the sum moved is the least as well.

n parties whose balances are not 0 need n less the largest number of groups that sum to 0 each; within a group a
transfer always settles one party for good. Two opposite balances are always such a group in some best answer, so
they are taken out first. For the rest every subset is tried (dynamic programming, 2^n steps of n): exact up to
`EXACT_UP_TO` parties left. Above that they are settled as one group, with one transfer less than parties; that is
never twice the least, for each transfer touches two parties, and `Netting.exact` says that it may not be the least.

Pure: parties are any hashable objects; amounts are kroner as Decimal.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from initiatives.money import ZERO, from_ore, to_ore

from .financing import Party

# 2^14 subsets take less than a tenth of a second.
EXACT_UP_TO = 14


@dataclass(frozen=True)
class Joint:
    """An allocation that is paid jointly: who receives it, and what each party's share of it is."""

    recipient: Party
    shares: Mapping[Party, Decimal]


@dataclass(frozen=True)
class Transfer:
    """`amount` kroner from one party to another; the amount is positive."""

    payer: Party
    payee: Party
    amount: Decimal


@dataclass(frozen=True)
class Netting:
    """The transfers that settle all balances; `exact` where no smaller number could."""

    transfers: tuple[Transfer, ...]
    exact: bool


def invoices(allocations: Iterable[Joint]) -> tuple[Transfer, ...]:
    """What each recipient collects from each other party, in the order of the allocations and shares.

    Two allocations to one recipient give two invoices to a payer: each rests on its own allocation.
    """
    return tuple(
        Transfer(payer, joint.recipient, amount)
        for joint in allocations
        for payer, amount in joint.shares.items()
        if payer != joint.recipient and amount
    )


def balances(transfers: Iterable[Transfer]) -> dict[Party, Decimal]:
    """What each party gets less what it pays, in the order in which they are met; the balances sum to 0."""
    found: dict[Party, Decimal] = {}
    for transfer in transfers:
        found[transfer.payer] = found.get(transfer.payer, ZERO) - transfer.amount
        found[transfer.payee] = found.get(transfer.payee, ZERO) + transfer.amount
    return found


def net(transfers: Iterable[Transfer]) -> Netting:
    """The fewest transfers that give every party the same balance as these; see the module for how and its bound.

    The order of the parties decides between answers that are equally good, so the same transfers always give the
    same netting. Raises ValueError for an amount that is no whole number of øre.
    """
    ore = {party: to_ore(balance) for party, balance in balances(transfers).items() if balance}
    groups = _opposites(ore)
    settled = {party for group in groups for party in group}
    left = [party for party in ore if party not in settled]
    exact = len(left) <= EXACT_UP_TO
    groups += _most_groups(left, ore) if exact else [left]
    moved = tuple(transfer for group in groups for transfer in _settle(group, ore))
    return Netting(moved, exact)


def _opposites(ore: Mapping[Party, int]) -> list[list[Party]]:
    """Pairs of parties whose balances cancel each other, each party in one pair at most."""
    waiting: dict[int, list[Party]] = {}
    pairs = []
    for party, balance in ore.items():
        if waiting.get(-balance):
            pairs.append([waiting[-balance].pop(0), party])
        else:
            waiting.setdefault(balance, []).append(party)
    return pairs


def _most_groups(parties: Sequence[Party], ore: Mapping[Party, int]) -> list[list[Party]]:
    """The parties, whose balances sum to 0, in as many groups that each sum to 0 as there can be."""
    size = 1 << len(parties)
    sums, most = [0] * size, [0] * size
    for subset in range(1, size):
        lowest = subset & -subset
        sums[subset] = sums[subset ^ lowest] + ore[parties[lowest.bit_length() - 1]]
        most[subset] = max(most[subset ^ 1 << place] for place in _places(subset)) + (sums[subset] == 0)
    groups: list[list[Party]] = []
    subset = size - 1
    # Takes the parties out again by the way that led here; where what is left sums to 0, a group is complete.
    while subset:
        if sums[subset] == 0:
            groups.append([])
        wanted = most[subset] - (sums[subset] == 0)
        out = next(place for place in _places(subset) if most[subset ^ 1 << place] == wanted)
        groups[-1].append(parties[out])
        subset ^= 1 << out
    return groups


def _places(subset: int) -> Iterator[int]:
    """The places of the bits that are set, lowest first."""
    while subset:
        lowest = subset & -subset
        yield lowest.bit_length() - 1
        subset ^= lowest


def _settle(group: Iterable[Party], ore: Mapping[Party, int]) -> Iterator[Transfer]:
    """Settles a group that sums to 0: the largest debt goes to the largest claim until nothing is left.

    Each transfer settles one party for good and the last one two, so they are one less than the parties.
    """
    left = {party: ore[party] for party in group}
    while any(left.values()):
        payer = min(left, key=lambda party: left[party])
        payee = max(left, key=lambda party: left[party])
        moved = min(-left[payer], left[payee])
        left[payer] += moved
        left[payee] -= moved
        yield Transfer(payer, payee, from_ore(moved))
