"""What each kind of voucher moves: one table of named shapes, and the check that entries have the shape of their kind.

A positive entry puts kroner into an account, a negative one takes them out; every voucher sums to zero. For X:

    grant         source −X                 pool +X                 funds are given to the cluster or to a party
    allocation    pool −X                   allocated +X, line      the forum sets funds aside for a line
    spend         allocated −X, line        spent +X, line          a line uses what was set aside for it
    contribution  pool of a party −X, line  pool +X, line           a party pays its share of a line's financing
    invoice       owed, who pays −X         owed, who receives +X   a party asks another for its share
    payment       owed, who receives −X     owed, who pays +X       the invoice is paid
    carry-over    allocated −X, line        pool +X, a later year   a line's rest goes back to the pool
                  pool −X                   pool +X, a later year   a pool's rest is kept for the next year
    adjustment    source −X                 pool +X                 a grant follows prices and wages
                  pool −X                   allocated +X, line      an allocation does
    opening       source −X                 pool +X                 what stood in a pool before the ledger began
                  source −X                 allocated +X, line      what stood on a line
                  owed, who pays −X         owed, who receives +X   what one party owed another
    reversal      the entries of the voucher it reverses, with the opposite signs

X is above zero, except in a carry-over, an adjustment and an opening balance: there an overspend or a cut has the
opposite signs. A line is an initiative and the party that receives for it. All entries touch the budget of one year;
only a carry-over takes out of earlier years and gives to a later one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from initiatives.models import Actor, Cluster, Initiative, User
from initiatives.money import kroner, to_ore, total
from meetings.models import Decision

from .models import Account, Voucher
from .models.vouchers import LARGEST_ENTRY

POOL, ALLOCATED, SPENT, OWED, SOURCE = (
    Account.Kind.POOL, Account.Kind.ALLOCATED, Account.Kind.SPENT, Account.Kind.OWED, Account.Kind.SOURCE,
)  # fmt: skip
ACCOUNTS_OF_LINES = frozenset({ALLOCATED, SPENT})


class Asks(Enum):
    """Whether an entry names something."""

    NO = "no"
    MAY = "may"
    MUST = "must"

    def met_by(self, named: object) -> bool:
        return self is Asks.MAY or (named is not None) is (self is Asks.MUST)


@dataclass(frozen=True)
class Side:
    """One end of a move: the kind of account, whether it is a party's, and whether its entries name a line."""

    account: Account.Kind
    party: Asks = Asks.NO
    line: Asks = Asks.NO


@dataclass(frozen=True)
class Shape:
    """The side that a voucher takes from and the one it gives to; `either_sign` amounts may be negative."""

    gives: Side
    takes: Side
    either_sign: bool = False


_LINE_ALLOCATED = Side(ALLOCATED, line=Asks.MUST)
_PARTY_OWES = Side(OWED, party=Asks.MUST, line=Asks.MUST)
_ANY_POOL = Side(POOL, party=Asks.MAY)

SHAPES: Mapping[Voucher.Kind, tuple[Shape, ...]] = {
    Voucher.Kind.GRANT: (Shape(Side(SOURCE), Side(POOL, party=Asks.MAY, line=Asks.MAY)),),
    Voucher.Kind.ALLOCATION: (Shape(_ANY_POOL, _LINE_ALLOCATED),),
    Voucher.Kind.SPEND: (Shape(_LINE_ALLOCATED, Side(SPENT, line=Asks.MUST)),),
    Voucher.Kind.CONTRIBUTION: (Shape(Side(POOL, Asks.MUST, Asks.MUST), Side(POOL, line=Asks.MUST)),),
    Voucher.Kind.INVOICE: (Shape(_PARTY_OWES, _PARTY_OWES),),
    Voucher.Kind.PAYMENT: (Shape(_PARTY_OWES, _PARTY_OWES),),
    Voucher.Kind.CARRY_OVER: (
        Shape(_LINE_ALLOCATED, Side(POOL), either_sign=True),
        Shape(_ANY_POOL, _ANY_POOL, either_sign=True),
    ),
    Voucher.Kind.ADJUSTMENT: (
        Shape(Side(SOURCE), Side(POOL, party=Asks.MAY, line=Asks.MAY), either_sign=True),
        Shape(Side(POOL), _LINE_ALLOCATED, either_sign=True),
    ),
    Voucher.Kind.OPENING: (
        Shape(Side(SOURCE), _ANY_POOL, either_sign=True),
        Shape(Side(SOURCE), _LINE_ALLOCATED, either_sign=True),
        Shape(_PARTY_OWES, _PARTY_OWES),
    ),
}


@dataclass(frozen=True)
class Line:
    """What money is set aside for: an initiative and, where one is named, the party that receives.

    An invoice may name the party that receives alone.
    """

    initiative: Initiative | None
    recipient: Actor | None = None


@dataclass(frozen=True)
class Movement:
    """Kroner into (positive) or out of (negative) an account, in the budget of `year`; `line` where it is asked for."""

    account: Account
    amount: Decimal
    year: int
    line: Line | None = None

    @property
    def initiative(self) -> Initiative | None:
        return self.line.initiative if self.line else None

    @property
    def recipient(self) -> Actor | None:
        return self.line.recipient if self.line else None


@dataclass(frozen=True)
class Heading:
    """What stands at the top of a voucher: `held_on` is the day it counts from, `budget_year` whose budget it is.

    Without a reference it gets the next number of its year. `state` says whether it is to be posted at once.
    """

    cluster: Cluster
    held_on: date
    budget_year: int
    text: str
    reference: str = ""
    decision: Decision | None = None
    party_decision: Decision | None = None
    taken_over_from: str = ""
    overspend_reason: str = ""
    entered_by: User | None = None
    state: Voucher.State = Voucher.State.POSTED


def amount_of(amount: Decimal, either_sign: bool) -> Decimal:
    """The amount, if it can be posted: whole øre, not 0, not too large, negative only where a shape allows it."""
    try:
        ore = to_ore(amount)
    except (TypeError, ValueError) as error:
        raise ValidationError(
            _("An amount is an exact number of kroner and whole øre: %(amount)s is not.") % {"amount": amount},
            code="amount",
        ) from error
    exact = Decimal(amount)
    if ore == 0:
        raise ValidationError(_("A voucher moves something: the amount is 0 kr."), code="zero")
    if ore < 0 and not either_sign:
        raise ValidationError(
            _("The amount is positive: %(amount)s kr. is not.") % {"amount": kroner(exact)}, code="sign"
        )
    if abs(exact) > LARGEST_ENTRY:
        too_large = {"amount": kroner(exact), "most": kroner(LARGEST_ENTRY)}
        raise ValidationError(
            _("%(amount)s kr. is too much for one entry; the most is %(most)s kr.") % too_large, code="amount"
        )
    return exact


def check(cluster: Cluster, kind: Voucher.Kind, budget_year: int, movements: Sequence[Movement]) -> None:
    """Raises ValidationError where movements do not sum to zero, lack the shape of `kind` or belong elsewhere."""
    difference = total(movement.amount for movement in movements)
    if difference or not movements:
        raise ValidationError(
            _("The entries of a voucher sum to zero; these sum to %(sum)s kr.") % {"sum": kroner(difference)},
            code="balance",
        )
    for movement in movements:
        amount_of(movement.amount, either_sign=True)
        _require_cluster(movement, cluster)
    problems = [problem for shape in SHAPES[kind] if (problem := _misfit(shape, kind, budget_year, movements))]
    if len(problems) == len(SHAPES[kind]):
        # Where the accounts are right, what else is wrong says more.
        raise next((problem for problem in problems if problem.code != "shape"), problems[0])


def _require_cluster(movement: Movement, cluster: Cluster) -> None:
    initiative = movement.initiative
    if movement.account.cluster_id != cluster.pk or (initiative and initiative.cluster_id != cluster.pk):
        raise ValidationError(
            _("The voucher belongs to %(cluster)s, but an entry does not.") % {"cluster": cluster}, code="cluster"
        )


def _misfit(
    shape: Shape, kind: Voucher.Kind, budget_year: int, movements: Sequence[Movement]
) -> ValidationError | None:
    """What keeps the movements from having the shape; None where they have it."""
    given = taken = False
    for position, movement in enumerate(movements, start=1):
        gives, takes = _fits(movement, shape.gives, -1, shape), _fits(movement, shape.takes, 1, shape)
        given, taken = given or gives, taken or takes
        if not gives and not takes:
            return _wrong_entry(kind, shape, position)
        if not _right_year(kind, movement, budget_year):
            years = {"line": position, "year": movement.year, "kind": kind.label}
            return ValidationError(
                _("Line %(line)s: a voucher of the kind “%(kind)s” cannot touch the budget of %(year)s.") % years,
                code="year",
            )
    # Rests that cancel out are carried over without an entry on the pool.
    if not given or (not taken and kind != Voucher.Kind.CARRY_OVER):
        return _wrong_entry(kind, shape, len(movements))
    if kind in {Voucher.Kind.INVOICE, Voucher.Kind.PAYMENT} or shape.gives.account == OWED:
        return _owing_misfit(kind, movements)
    if kind == Voucher.Kind.CARRY_OVER and shape.gives.account == POOL:
        return _pool_misfit(movements)
    return None


def _fits(movement: Movement, side: Side, sign: int, shape: Shape) -> bool:
    named = movement.recipient if side.account == OWED else movement.initiative
    return (
        movement.account.kind == side.account
        and (shape.either_sign or movement.amount * sign > 0)
        and side.party.met_by(movement.account.party_id)
        and side.line.met_by(named)
        and (side.line is not Asks.NO or movement.line is None)
    )


def _wrong_entry(kind: Voucher.Kind, shape: Shape, position: int) -> ValidationError:
    said = {
        "line": position,
        "kind": kind.label,
        "gives": shape.gives.account.label,
        "takes": shape.takes.account.label,
    }
    return ValidationError(
        _(
            "Line %(line)s does not fit the kind “%(kind)s”: it takes from “%(gives)s” (minus) and gives to "
            "“%(takes)s” (plus), with the party and initiative that these accounts ask for."
        )
        % said,
        code="shape",
    )


def _right_year(kind: Voucher.Kind, movement: Movement, budget_year: int) -> bool:
    """Only a carry-over takes out of years before its own; what it gives to a pool is in its own."""
    if kind != Voucher.Kind.CARRY_OVER:
        return movement.year == budget_year
    if movement.account.kind == ALLOCATED:
        return movement.year < budget_year
    return movement.year <= budget_year


def _owing_misfit(kind: Voucher.Kind, movements: Sequence[Movement]) -> ValidationError | None:
    """An invoice credits the party that is to receive and debits one other; a payment does the opposite."""
    sign = -1 if kind == Voucher.Kind.PAYMENT else 1
    for movement in movements:
        receives = movement.account.party_id == (movement.recipient.pk if movement.recipient else None)
        if receives != (movement.amount * sign > 0):
            return ValidationError(
                _("An invoice is between two different parties, and both entries name the one that receives."),
                code="party",
            )
    return None


def _pool_misfit(movements: Sequence[Movement]) -> ValidationError | None:
    """A pool's rest stays in the same pool: what leaves it in one year comes into it in another."""
    sums: dict[int, Decimal] = {}
    years: dict[int, set[int]] = {}
    for movement in movements:
        account = movement.account.pk
        sums[account] = sums.get(account, Decimal(0)) + movement.amount
        years.setdefault(account, set()).add(movement.year)
    if any(sums.values()) or any(len(found) < 2 for found in years.values()):
        return ValidationError(_("What is carried over stays in the same pool, from one year to another."), code="year")
    return None
