"""Acts of the ledger: each posts one balanced voucher of a named shape in one transaction.

A positive entry puts kroner into an account, a negative one takes them out. The shapes, for an amount X:

    grant        source −X     pool +X         the cluster is given funds
    allocation   pool −X       allocated +X    the pool sets funds aside for a line
    spend        allocated −X  spent +X        a line uses what was set aside for it
    carry-over   allocated −X  pool +X         a line's rest goes back to the pool, for a later year

A line is an initiative and the party that receives for it. Entries on the accounts allocated and spent name their
line, entries on the others name none. Errors are ValidationError with a message for the user.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from initiatives.models import Actor, Cluster, Initiative, User
from initiatives.money import ZERO, kroner, to_ore, total
from meetings.models import Decision

from .models import Account, Entry, Voucher

Kind = Account.Kind


@dataclass(frozen=True)
class Shape:
    """The account that a voucher takes from and the one it gives to; `reversible` amounts may be negative."""

    gives: Account.Kind
    takes: Account.Kind
    reversible: bool = False


SHAPES: Mapping[Voucher.Kind, Shape] = {
    Voucher.Kind.GRANT: Shape(Kind.SOURCE, Kind.POOL),
    Voucher.Kind.ALLOCATION: Shape(Kind.POOL, Kind.ALLOCATED),
    Voucher.Kind.SPEND: Shape(Kind.ALLOCATED, Kind.SPENT),
    # An overspent line is covered by the pool, so its carry-over has the opposite signs.
    Voucher.Kind.CARRY_OVER: Shape(Kind.ALLOCATED, Kind.POOL, reversible=True),
}
ACCOUNTS_OF_LINES = frozenset({Kind.ALLOCATED, Kind.SPENT})


@dataclass(frozen=True)
class Heading:
    """What stands at the top of a voucher: `held_on` is the day it counts from, `budget_year` whose budget it is."""

    cluster: Cluster
    reference: str
    held_on: date
    budget_year: int
    text: str
    decision: Decision | None = None
    entered_by: User | None = None
    state: Voucher.State = Voucher.State.POSTED


@dataclass(frozen=True)
class Line:
    """What money is set aside for: an initiative and, where one is named, the party that receives."""

    initiative: Initiative
    recipient: Actor | None = None


@dataclass(frozen=True)
class Movement:
    """Kroner into (positive) or out of (negative) an account; `line` only on an account of lines."""

    account: Account
    amount: Decimal
    line: Line | None = None


def post_grant(heading: Heading, amount: Decimal) -> Voucher:
    """Shape: source −amount, pool +amount. Raises ValidationError for an amount that is not positive."""
    return _post(heading, Voucher.Kind.GRANT, {None: amount})


def post_allocation(heading: Heading, line: Line, amount: Decimal) -> Voucher:
    """Shape: pool −amount, allocated +amount for the line.

    Raises ValidationError for an amount that is not positive.
    """
    return _post(heading, Voucher.Kind.ALLOCATION, {line: amount})


def post_spend(heading: Heading, line: Line, amount: Decimal) -> Voucher:
    """Shape: allocated −amount, spent +amount, both for the line; a line may spend more than it was allocated.

    Raises ValidationError for an amount that is not positive.
    """
    return _post(heading, Voucher.Kind.SPEND, {line: amount})


@transaction.atomic
def post_carry_over(heading: Heading) -> Voucher:
    """Shape: allocated −left for each line that has something left or is overspent, pool +the sum of them.

    Carries what was left of all earlier years on `heading.held_on` into `heading.budget_year`. Raises
    ValidationError where nothing is left, or where a later carry-over has been posted already.
    """
    # Two carry-overs at once would both find the same rest.
    list(Account.objects.select_for_update().filter(cluster=heading.cluster))
    later = Voucher.objects.posted().filter(cluster=heading.cluster)
    if later.carry_overs_after(heading.budget_year, heading.held_on).exists():
        raise ValidationError(
            _("A later carry-over has been posted already, so the years before it are closed."), code="closed"
        )
    left = _left_in_lines(heading)
    if not left:
        raise ValidationError(_("No line has anything left to carry over to %(year)d.") % {"year": heading.budget_year})
    return _post(heading, Voucher.Kind.CARRY_OVER, left)


@transaction.atomic
def write(heading: Heading, kind: Voucher.Kind, movements: Sequence[Movement]) -> Voucher:
    """The one place where a voucher comes into being: its movements become entries, numbered from 1.

    Raises ValidationError where `check` does, and where the voucher itself is not valid (a reference used before,
    an unknown budget year).
    """
    check(heading.cluster, kind, movements)
    voucher = Voucher(kind=kind, **vars(heading))
    voucher.full_clean()
    voucher.save()
    Entry.objects.bulk_create(
        Entry(
            voucher=voucher,
            position=position,
            account=movement.account,
            initiative=movement.line.initiative if movement.line else None,
            recipient=movement.line.recipient if movement.line else None,
            amount=movement.amount,
        )
        for position, movement in enumerate(movements, start=1)
    )
    return voucher


def check(cluster: Cluster, kind: Voucher.Kind, movements: Sequence[Movement]) -> None:
    """Raises ValidationError where movements do not sum to zero, lack the shape of `kind` or belong elsewhere."""
    difference = total(movement.amount for movement in movements)
    if difference or not movements:
        raise ValidationError(
            _("The entries of a voucher sum to zero; these sum to %(sum)s kr.") % {"sum": kroner(difference)}
        )
    for movement in movements:
        _require_place(movement, cluster, SHAPES[kind])


def unbalanced_vouchers() -> list[str]:
    """References of vouchers whose entries do not sum to zero; empty when the ledger is sound."""
    sums = Voucher.objects.annotate(balance=Sum("entries__amount")).exclude(balance=0)
    return list(sums.values_list("reference", flat=True))


def _post(heading: Heading, kind: Voucher.Kind, amounts: Mapping[Line | None, Decimal]) -> Voucher:
    """One voucher that moves an amount for each line from the giving account of the shape to the taking one."""
    shape = SHAPES[kind]
    checked = {line: _kroner(amount, shape) for line, amount in amounts.items()}
    accounts = _accounts(heading.cluster, shape)
    given = _side(accounts[shape.gives], {line: -amount for line, amount in checked.items()})
    taken = _side(accounts[shape.takes], checked)
    return write(heading, kind, given + taken)


def _side(account: Account, amounts: Mapping[Line | None, Decimal]) -> list[Movement]:
    """A movement for each line on an account of lines, on any other one movement of the sum, none for a sum of 0."""
    if account.kind in ACCOUNTS_OF_LINES:
        return [Movement(account, amount, line) for line, amount in amounts.items()]
    of_all = total(amounts.values())
    return [Movement(account, of_all)] if of_all else []


def _kroner(amount: Decimal, shape: Shape) -> Decimal:
    """The amount, if it can be posted: whole øre, not 0, and negative only where the shape is reversible."""
    try:
        ore = to_ore(amount)
    except (TypeError, ValueError) as error:
        raise ValidationError(
            _("An amount is an exact number of kroner and whole øre: %(amount)s is not.") % {"amount": amount}
        ) from error
    if ore == 0:
        raise ValidationError(_("A voucher moves something: the amount is 0 kr."), code="zero")
    if ore < 0 and not shape.reversible:
        raise ValidationError(_("The amount is positive: %(amount)s kr. is not.") % {"amount": kroner(Decimal(amount))})
    return Decimal(amount)


def _accounts(cluster: Cluster, shape: Shape) -> dict[str, Account]:
    """The cluster's own accounts of the shape; parties' accounts are left out."""
    kinds = [shape.gives, shape.takes]
    found = {account.kind: account for account in Account.objects.filter(cluster=cluster, party=None, kind__in=kinds)}
    for kind in kinds:
        if kind not in found:
            raise ValidationError(
                _("%(cluster)s has no account of the kind “%(kind)s”.") % {"cluster": cluster, "kind": kind.label}
            )
    return found


def _left_in_lines(heading: Heading) -> dict[Line | None, Decimal]:
    """What stands on `allocated` for each line before the heading's budget year; lines with 0 are left out."""
    entries = Entry.objects.filter(voucher__cluster=heading.cluster).counted_on(heading.held_on)
    left: dict[tuple[int, int | None], Decimal] = {}
    for row in entries.to_carry_into(heading.budget_year).by_line().order_by("initiative", "recipient", "year"):
        key = (row["initiative"], row["recipient"])
        left[key] = left.get(key, ZERO) + row["allocated"] + row["carried"] - row["spent"]
    initiatives = Initiative.objects.in_bulk({initiative for initiative, _recipient in left})
    recipients = Actor.objects.in_bulk({recipient for _initiative, recipient in left if recipient})
    return {
        Line(initiatives[initiative], recipients[recipient] if recipient else None): amount
        for (initiative, recipient), amount in left.items()
        if amount
    }


def _require_place(movement: Movement, cluster: Cluster, shape: Shape) -> None:
    """Raises ValidationError for a movement on a foreign account, outside the shape or with a wrong line."""
    account, line = movement.account, movement.line
    if account.cluster_id != cluster.pk or (line and line.initiative.cluster_id != cluster.pk):
        raise ValidationError(_("The voucher belongs to %(cluster)s, but an entry does not.") % {"cluster": cluster})
    sign = {shape.gives: -1, shape.takes: 1}.get(Kind(account.kind))
    if sign is None or not (shape.reversible or movement.amount * sign > 0):
        raise ValidationError(_("An entry does not have the account or the sign that its kind of voucher asks for."))
    if (line is not None) != (account.kind in ACCOUNTS_OF_LINES):
        raise ValidationError(_("Entries on “allocated” and “spent” name an initiative, others do not."))
