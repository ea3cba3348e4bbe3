"""Acts of joint financing: what the rule gives becomes proposals, which are posted like any other voucher."""

from datetime import date
from decimal import Decimal
from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from initiatives.models import Actor, Cluster, User
from initiatives.money import total

from . import movements as moves
from . import rules
from .financing import Share, shares
from .financing_facts import NoRuleError, rule_in_force
from .models import Entry, Voucher
from .pools import pools
from .posting import movements_of, write
from .shapes import ALLOCATED, POOL, Heading, Line, Movement


@transaction.atomic
def propose_financing(allocation: Voucher, held_on: date, by: User | None = None) -> tuple[Voucher, ...]:
    """Proposes how an allocation to a party is paid: one contribution of all parties, and an invoice to each other one.

    The shares are those of the rule in force on `held_on`, which the proposals are dated; they rest on the
    allocation's own decision. Returns the contribution first. Raises ValidationError for a voucher that allocates
    nothing to a party, for one whose line has contributions in the year already, and where no rule holds on the day.
    """
    cluster = allocation.cluster
    rules.take_turn(cluster)
    line, recipient, amount = _set_aside(allocation)
    _require_not_financed(allocation, line)
    try:
        split = shares(amount, rule_in_force(cluster, held_on))
    except NoRuleError as error:
        raise ValidationError(str(error), code="rule") from error
    year = allocation.budget_year
    contribution = write(
        _heading(allocation, held_on, by, _("Contributions to %(text)s") % {"text": allocation.text}),
        Voucher.Kind.CONTRIBUTION,
        _joined(cluster, year, line, split),
    )
    return (
        contribution,
        *(
            write(
                _heading(allocation, held_on, by, _asks(recipient, share, allocation)),
                Voucher.Kind.INVOICE,
                moves.invoice(cluster, year, line, _actor(share), share.amount),
            )
            for share in split
            if share.party != recipient and share.amount
        ),
    )


@transaction.atomic
def propose_carry_over(cluster: Cluster, out_of: int, held_on: date, by: User | None = None) -> tuple[Voucher, ...]:
    """Proposes for each party that what it has left of the years up to `out_of` is carried over to the next year.

    What other proposals use or carry over is not left. Each is posted with the forum's and the party's own decision.
    Raises ValidationError where nobody has anything left.
    """
    rules.take_turn(cluster)
    every = pools(cluster, held_on, proposed=True)
    left = {party: every.to_carry_over(party, out_of) for party in every.parties}
    if not any(left.values()):
        raise ValidationError(_("No party has anything left to carry over to %(year)d.") % {"year": out_of + 1})
    return tuple(
        write(
            Heading(
                cluster=cluster,
                held_on=held_on,
                budget_year=out_of + 1,
                text=_("What %(party)s has left, to %(year)d") % {"party": party, "year": out_of + 1},
                entered_by=by,
                state=Voucher.State.PROPOSED,
            ),
            Voucher.Kind.CARRY_OVER,
            _carried(cluster, party, of_years, out_of + 1),
        )
        for party, of_years in left.items()
        if of_years
    )


def _set_aside(allocation: Voucher) -> tuple[Line, Actor, Decimal]:
    """The line that an allocation sets funds aside for, its recipient and the amount."""
    lines = [movement for movement in movements_of(allocation) if movement.account.kind == ALLOCATED]
    line = lines[0].line if len(lines) == 1 else None
    if allocation.kind != Voucher.Kind.ALLOCATION or line is None or line.recipient is None:
        raise ValidationError(
            _("Voucher %(reference)s sets nothing aside for one party.") % {"reference": allocation.reference},
            code="allocation",
        )
    return line, line.recipient, lines[0].amount


def _require_not_financed(allocation: Voucher, line: Line) -> None:
    """Proposals count too, and contributions to all recipients together: nobody is to be asked twice."""
    contributions = Entry.objects.filter(
        Q(recipient=line.recipient) | Q(recipient=None),
        voucher__kind=Voucher.Kind.CONTRIBUTION,
        voucher__reverses=None,
        voucher__reversed_by=None,
        voucher__budget_year=allocation.budget_year,
        initiative=line.initiative,
    )
    if earlier := contributions.select_related("voucher").first():
        raise ValidationError(
            _("The contributions are there already: voucher %(reference)s.") % {"reference": earlier.voucher.reference},
            code="financed",
        )


def _heading(allocation: Voucher, held_on: date, by: User | None, text: str) -> Heading:
    return Heading(
        cluster=allocation.cluster,
        held_on=held_on,
        budget_year=allocation.budget_year,
        text=text[: Voucher._meta.get_field("text").max_length],
        decision=allocation.decision,
        entered_by=by,
        state=Voucher.State.PROPOSED,
    )


def _asks(recipient: Actor, share: Share, allocation: Voucher) -> str:
    said = {"payee": recipient, "payer": share.party, "text": allocation.text}
    return _("%(payee)s asks %(payer)s for a share of %(text)s") % said


def _joined(cluster: Cluster, year: int, line: Line, split: tuple[Share, ...]) -> list[Movement]:
    """Every party's share out of its own pool, all of them together into the cluster's."""
    paid = [
        Movement(moves.account(cluster, POOL, _actor(share)), -share.amount, year, line)
        for share in split
        if share.amount
    ]
    return [*paid, Movement(moves.account(cluster, POOL), -total(movement.amount for movement in paid), year, line)]


def _carried(cluster: Cluster, party: Actor, of_years: dict[int, Decimal], into: int) -> list[Movement]:
    pool = moves.account(cluster, POOL, party)
    out = [Movement(pool, -amount, year) for year, amount in of_years.items()]
    of_all = total(of_years.values())
    return [*out, *([Movement(pool, of_all, into)] if of_all else [])]


def _actor(share: Share) -> Actor:
    """The party of a share: keys and rules that are recorded name actors."""
    return cast("Actor", share.party)
