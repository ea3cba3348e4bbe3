"""The movements of each kind of voucher, from what a user says: which amount, for which line, between which parties.

Accounts are opened when they are first moved on. Each function raises ValidationError for an amount that its shape
does not allow; finance.shapes has the table of shapes.
"""

from collections.abc import Mapping
from decimal import Decimal

from initiatives.models import Actor, Cluster
from initiatives.money import total

from .models import Account
from .shapes import ALLOCATED, OWED, POOL, SOURCE, SPENT, Line, Movement, amount_of

# A line and the budget year of its money.
LineYears = Mapping[tuple[Line, int], Decimal]


def account(cluster: Cluster, kind: Account.Kind, party: Actor | None = None) -> Account:
    """The cluster's account of the kind, or the party's in it; opened where there is none."""
    return Account.objects.get_or_create(cluster=cluster, kind=kind, party=party)[0]


def grant(
    cluster: Cluster, year: int, amount: Decimal, party: Actor | None = None, line: Line | None = None
) -> list[Movement]:
    """Source −amount, pool +amount; the pool is the party's where one is named.

    `line` is what the grant is earmarked for.
    """
    return _from_source(cluster, year, amount_of(amount, either_sign=False), party, line)


def adjustment_of_grant(
    cluster: Cluster, year: int, amount: Decimal, party: Actor | None = None, line: Line | None = None
) -> list[Movement]:
    """As `grant`; a negative amount cuts it."""
    return _from_source(cluster, year, amount_of(amount, either_sign=True), party, line)


def allocation(cluster: Cluster, year: int, line: Line, amount: Decimal, payer: Actor | None = None) -> list[Movement]:
    """Pool −amount, allocated +amount for the line; the pool is the cluster's unless a party pays alone."""
    return _to_line(cluster, year, line, amount_of(amount, either_sign=False), payer)


def adjustment_of_allocation(cluster: Cluster, year: int, line: Line, amount: Decimal) -> list[Movement]:
    """As `allocation`; a negative amount cuts it."""
    return _to_line(cluster, year, line, amount_of(amount, either_sign=True), None)


def spend(cluster: Cluster, year: int, line: Line, amount: Decimal) -> list[Movement]:
    """Allocated −amount, spent +amount, both for the line."""
    kroner = amount_of(amount, either_sign=False)
    return [
        Movement(account(cluster, ALLOCATED), -kroner, year, line),
        Movement(account(cluster, SPENT), kroner, year, line),
    ]


def contribution(cluster: Cluster, year: int, line: Line, party: Actor, amount: Decimal) -> list[Movement]:
    """The party's pool −amount, the cluster's +amount, both for the line whose financing the party shares."""
    kroner = amount_of(amount, either_sign=False)
    return [
        Movement(account(cluster, POOL, party), -kroner, year, line),
        Movement(account(cluster, POOL), kroner, year, line),
    ]


def invoice(cluster: Cluster, year: int, line: Line, payer: Actor, amount: Decimal) -> list[Movement]:
    """Owed by the payer −amount, owed to the line's recipient +amount. Raises ValueError for a line without one."""
    return _between(cluster, year, line, payer, amount_of(amount, either_sign=False))


def payment(cluster: Cluster, year: int, line: Line, payer: Actor, amount: Decimal) -> list[Movement]:
    """The opposite of `invoice`: both parties' accounts come that much nearer to 0."""
    received = _between(cluster, year, line, payer, -amount_of(amount, either_sign=False))
    return received[::-1]


def carry_over_of_lines(cluster: Cluster, into: int, left: LineYears) -> list[Movement]:
    """Allocated −left for each line and year, the cluster's pool +the sum of them in the budget of `into`."""
    allocated = account(cluster, ALLOCATED)
    given = [Movement(allocated, -amount, year, line) for (line, year), amount in left.items()]
    of_all = total(left.values())
    return [*given, *([Movement(account(cluster, POOL), of_all, into)] if of_all else [])]


def carry_over_of_pool(
    cluster: Cluster, out_of: int, into: int, amount: Decimal, party: Actor | None
) -> list[Movement]:
    """The party's pool (the cluster's where none is named) −amount in one year's budget, +amount in a later one's."""
    kroner, pool = amount_of(amount, either_sign=True), account(cluster, POOL, party)
    return [Movement(pool, -kroner, out_of), Movement(pool, kroner, into)]


def opening_of_pool(cluster: Cluster, year: int, amount: Decimal, party: Actor | None = None) -> list[Movement]:
    """What stood in a pool when the ledger began; below zero for one that was overdrawn."""
    return _from_source(cluster, year, amount_of(amount, either_sign=True), party, None)


def opening_of_line(cluster: Cluster, year: int, line: Line, amount: Decimal) -> list[Movement]:
    """What was set aside for a line and not spent when the ledger began; below zero for one that was overspent."""
    kroner = amount_of(amount, either_sign=True)
    return [
        Movement(account(cluster, SOURCE), -kroner, year),
        Movement(account(cluster, ALLOCATED), kroner, year, line),
    ]


def opening_of_debt(cluster: Cluster, year: int, line: Line, payer: Actor, amount: Decimal) -> list[Movement]:
    """What one party owed another when the ledger began; as `invoice`."""
    return _between(cluster, year, line, payer, amount_of(amount, either_sign=False))


def _from_source(
    cluster: Cluster, year: int, kroner: Decimal, party: Actor | None, line: Line | None
) -> list[Movement]:
    return [
        Movement(account(cluster, SOURCE), -kroner, year),
        Movement(account(cluster, POOL, party), kroner, year, line),
    ]


def _to_line(cluster: Cluster, year: int, line: Line, kroner: Decimal, payer: Actor | None) -> list[Movement]:
    return [
        Movement(account(cluster, POOL, payer), -kroner, year),
        Movement(account(cluster, ALLOCATED), kroner, year, line),
    ]


def _between(cluster: Cluster, year: int, line: Line, payer: Actor, kroner: Decimal) -> list[Movement]:
    if line.recipient is None:
        raise ValueError("an invoice is sent by the party that receives")
    return [
        Movement(account(cluster, OWED, payer), -kroner, year, line),
        Movement(account(cluster, OWED, line.recipient), kroner, year, line),
    ]
