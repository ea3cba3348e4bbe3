"""Entering whole vouchers by what a user says: spend, an allocation, an invoice, a carry-over.

Each act is one transaction: a voucher with its entries comes into being, or changes, or nothing does. Errors are
ValidationError as in finance.posting, and PermissionDenied for who may not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db import transaction

from initiatives.access import Act
from initiatives.models import Actor, Cluster, User

from . import movements as moves
from . import rules
from .correcting import correct
from .models import AccountedYear, Voucher
from .posting import change, movements_of, post_carry_over, write
from .shapes import ALLOCATED, OWED, POOL, SPENT, Heading, Line, Movement
from .spending import register_spend

T = TypeVar("T")
Kind = Voucher.Kind


@dataclass(frozen=True)
class Said:
    """What a voucher is to move, kroner in `amount`.

    Spend and an allocation have a line. An invoice has a line, whose recipient sends it, and a `payer`. A carry-over
    goes `out_of` a year: of the pool of the party `payer`, of the cluster's where that is None, or of what `lines`
    have left, which needs no amount.
    """

    kind: Voucher.Kind
    amount: Decimal | None = None
    line: Line | None = None
    payer: Actor | None = None
    out_of: int | None = None
    lines: bool = False


@transaction.atomic
def enter(user: User, heading: Heading, said: Said) -> Voucher:
    """A new voucher; posted where the heading says so and the user may."""
    mine = replace(heading, entered_by=user)
    if said.kind == Kind.SPEND:
        voucher = register_spend(user, mine, _needed(said.line), _needed(said.amount))
        _require_reason(voucher)
        return voucher
    user.rights.require(Act.POST, heading.cluster.pk)
    if said.lines:
        return post_carry_over(mine)
    return write(mine, said.kind, movements(mine, said))


@transaction.atomic
def enter_anew(user: User, proposal: Voucher, heading: Heading, said: Said) -> Voucher:
    """A proposal says something else; a coordinator's stays one."""
    if not may_change(user, proposal):
        user.rights.require(Act.POST, proposal.cluster_id)
    state = heading.state if user.rights.may(Act.POST, proposal.cluster_id) else Voucher.State.PROPOSED
    mine = replace(heading, entered_by=user, state=state)
    voucher = change(proposal, mine, movements(mine, said))
    _require_reason(voucher)
    return voucher


@transaction.atomic
def enter_correction(user: User, voucher: Voucher, heading: Heading, said: Said, reason: str) -> Voucher:
    """A posted voucher is reversed, and what was meant is posted."""
    user.rights.require(Act.POST, voucher.cluster_id)
    mine = replace(heading, entered_by=user)
    return correct(voucher, mine, movements(mine, said), reason)


def movements(heading: Heading, said: Said) -> list[Movement]:
    """The movements of what was said; opens the accounts that are moved on for the first time."""
    cluster, year, line, amount = heading.cluster, heading.budget_year, said.line, _needed(said.amount)
    makers: Mapping[Voucher.Kind, Callable[[], list[Movement]]] = {
        Kind.SPEND: lambda: moves.spend(cluster, year, _needed(line), amount),
        Kind.ALLOCATION: lambda: moves.allocation(cluster, year, _needed(line), amount, said.payer),
        Kind.INVOICE: lambda: moves.invoice(cluster, year, _needed(line), _needed(said.payer), amount),
        Kind.CARRY_OVER: lambda: moves.carry_over_of_pool(cluster, _needed(said.out_of), year, amount, said.payer),
    }
    return makers[said.kind]()


def said_by(voucher: Voucher) -> Said | None:
    """What a voucher says, for the form that changes it; None for a kind or a shape that has no form."""
    if voucher.reverses_id:
        return None
    entries = movements_of(voucher)
    readers: Mapping[str, Callable[[list[Movement]], Said | None]] = {
        Kind.SPEND: lambda found: _on_line(Kind.SPEND, found, SPENT),
        Kind.ALLOCATION: lambda found: _on_line(Kind.ALLOCATION, found, ALLOCATED),
        Kind.INVOICE: _invoiced,
        Kind.CARRY_OVER: _carried,
    }
    read = readers.get(voucher.kind)
    # The forms make vouchers of two entries; one that was loaded may have more.
    return read(entries) if read and len(entries) == 2 else None


def may_change(user: User, voucher: Voucher) -> bool:
    """True for an economist, and for who entered the proposal while they may still register spend."""
    if user.rights.may(Act.POST, voucher.cluster_id):
        return True
    own = voucher.entered_by_id == user.pk and user.rights.may(Act.REGISTER_SPEND, voucher.cluster_id)
    return own and not voucher.is_posted


def closed_field(cluster: Cluster, held_on: date, budget_year: int) -> str:
    """Which of a heading's two years is the closed one: `held_on` or `budget_year`."""
    closed = AccountedYear.objects.closed().filter(cluster=cluster, budget_year=held_on.year)
    return "held_on" if budget_year != held_on.year and closed.exists() else "budget_year"


def _require_reason(voucher: Voucher) -> None:
    """Who proposes spend above the frame is asked why at once, not first when it is posted."""
    if voucher.kind == Kind.SPEND and not voucher.is_posted:
        rules.require_reason_for_overspend(voucher, movements_of(voucher))


def _needed(value: T | None) -> T:
    if value is None:
        raise ValueError("what the kind of voucher asks for was not said")
    return value


def _on_line(kind: Voucher.Kind, entries: list[Movement], account: str) -> Said | None:
    taken = next((each for each in entries if each.account.kind == account and each.amount > 0), None)
    payer = next((each.account.party for each in entries if each.account.kind == POOL), None)
    return Said(kind, taken.amount, taken.line, payer) if taken else None


def _invoiced(entries: list[Movement]) -> Said | None:
    paid = next((each for each in entries if each.account.kind == OWED and each.amount < 0), None)
    return Said(Kind.INVOICE, -paid.amount, paid.line, paid.account.party) if paid else None


def _carried(entries: list[Movement]) -> Said | None:
    """A pool's rest; that of lines is computed anew, not changed."""
    if any(each.account.kind != POOL for each in entries):
        return None
    given = min(entries, key=lambda each: each.year)
    return Said(Kind.CARRY_OVER, -given.amount, None, given.account.party, given.year)
