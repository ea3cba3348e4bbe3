"""Acts of the ledger: a voucher is proposed with its entries, may be changed or withdrawn, and is posted.

Only what is posted counts, and it is never changed: finance.correcting reverses. Each `post_` function here makes a
whole voucher of its kind and, unless its heading says `proposed`, posts it, all in one transaction; finance.shapes
says what each kind moves. Errors are ValidationError with a message for the user and a code that tells which field
is meant. Posting takes its turn: one at a time in each cluster.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Max, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives.access import Act
from initiatives.models import Actor, Cluster, Initiative, User
from initiatives.money import ZERO

from . import movements as moves
from . import rules
from .models import Entry, Voucher, VoucherFile
from .shapes import Heading, Line, Movement, check

Kind = Voucher.Kind


def post_grant(heading: Heading, amount: Decimal, party: Actor | None = None, line: Line | None = None) -> Voucher:
    """Funds to the cluster's pool, or to the party's; `line` is what they are earmarked for."""
    return write(heading, Kind.GRANT, moves.grant(heading.cluster, heading.budget_year, amount, party, line))


def post_allocation(heading: Heading, line: Line, amount: Decimal, payer: Actor | None = None) -> Voucher:
    """Sets funds of the pool aside for the line; needs a decision."""
    return write(heading, Kind.ALLOCATION, moves.allocation(heading.cluster, heading.budget_year, line, amount, payer))


def post_spend(heading: Heading, line: Line, amount: Decimal) -> Voucher:
    """What the line has used. More than it has left needs `heading.overspend_reason` (code `overspent` without)."""
    return write(heading, Kind.SPEND, moves.spend(heading.cluster, heading.budget_year, line, amount))


def post_contribution(heading: Heading, line: Line, party: Actor, amount: Decimal) -> Voucher:
    """The party's share of what the line costs, from its own pool to the common one."""
    return write(
        heading, Kind.CONTRIBUTION, moves.contribution(heading.cluster, heading.budget_year, line, party, amount)
    )


def post_invoice(heading: Heading, line: Line, payer: Actor, amount: Decimal) -> Voucher:
    """The line's recipient asks `payer` for an amount; needs a decision."""
    return write(heading, Kind.INVOICE, moves.invoice(heading.cluster, heading.budget_year, line, payer, amount))


def post_payment(heading: Heading, invoice: Voucher, amount: Decimal) -> Voucher:
    """An invoice is paid, or a part of it. Raises ValidationError for more than is left to pay."""
    payer, line = rules.owing(invoice)
    paid = moves.payment(heading.cluster, heading.budget_year, line, payer, amount)
    return write(heading, Kind.PAYMENT, paid, pays=invoice)


def post_adjustment(heading: Heading, amount: Decimal, party: Actor | None = None, line: Line | None = None) -> Voucher:
    """Prices and wages: of a line's allocation where a line is named, else of the party's or the cluster's grant."""
    if line:
        moved = moves.adjustment_of_allocation(heading.cluster, heading.budget_year, line, amount)
    else:
        moved = moves.adjustment_of_grant(heading.cluster, heading.budget_year, amount, party)
    return write(heading, Kind.ADJUSTMENT, moved)


def post_opening(heading: Heading, amount: Decimal, party: Actor | None = None, line: Line | None = None) -> Voucher:
    """What stood when the ledger began: on a line where one is named, else in the party's or the cluster's pool."""
    if line:
        moved = moves.opening_of_line(heading.cluster, heading.budget_year, line, amount)
    else:
        moved = moves.opening_of_pool(heading.cluster, heading.budget_year, amount, party)
    return write(heading, Kind.OPENING, moved)


def post_pool_carry_over(heading: Heading, out_of: int, amount: Decimal, party: Actor | None = None) -> Voucher:
    """A pool's rest from the budget of `out_of` into the heading's; a party's needs its own decision too."""
    moved = moves.carry_over_of_pool(heading.cluster, out_of, heading.budget_year, amount, party)
    return write(heading, Kind.CARRY_OVER, moved)


@transaction.atomic
def post_carry_over(heading: Heading) -> Voucher:
    """What each line had left of all earlier years, or had overspent, goes to the pool of `heading.budget_year`.

    Counted is what held on `heading.held_on`. Raises ValidationError where nothing is left, or where a later
    carry-over has been posted already; needs a decision.
    """
    # Two carry-overs at once would both find the same rest.
    rules.take_turn(heading.cluster)
    later = Voucher.objects.posted().filter(cluster=heading.cluster)
    if later.carry_overs_after(heading.budget_year, heading.held_on).exists():
        raise ValidationError(
            _("A later carry-over has been posted already, so the years before it are closed."), code="closed"
        )
    left = _left_in_lines(heading)
    if not left:
        raise ValidationError(_("No line has anything left to carry over to %(year)d.") % {"year": heading.budget_year})
    moved = moves.carry_over_of_lines(heading.cluster, heading.budget_year, left)
    return write(heading, Kind.CARRY_OVER, moved)


@transaction.atomic
def write(heading: Heading, kind: Voucher.Kind, movements: Sequence[Movement], **links: Any) -> Voucher:
    """The one place where a voucher comes into being: its movements become entries, numbered from 1.

    `links` are `reverses`, `replaces` and `pays` with a `reason`. Posts it where the heading says so. Raises
    ValidationError where a rule is broken, and where the voucher itself is not valid (a reference used before, an
    unknown budget year).
    """
    rules.take_turn(heading.cluster)
    voucher = Voucher(kind=kind, state=Voucher.State.PROPOSED, **_said(heading), **links)
    voucher.reference = heading.reference or next_reference(heading.cluster, heading.budget_year)
    _require_sound(voucher, movements)
    voucher.save()
    _enter(voucher, movements)
    return post(voucher, heading.entered_by) if heading.state == Voucher.State.POSTED else voucher


@transaction.atomic
def change(proposal: Voucher, heading: Heading, movements: Sequence[Movement]) -> Voucher:
    """A proposal says something else from now on; posts it where the heading says so.

    Raises PermissionDenied for a user who neither posts nor entered it, and ValidationError as `write` and where
    somebody has posted, changed or withdrawn it meanwhile.
    """
    _require_may_change(proposal, heading.entered_by)
    rules.take_turn(heading.cluster)
    voucher = _still_proposed(proposal)
    for name, value in _said(replace(heading, entered_by=voucher.entered_by)).items():
        setattr(voucher, name, value)
    voucher.reference = heading.reference or voucher.reference
    voucher.version += 1
    _require_sound(voucher, movements)
    voucher.save()
    _plain(Entry).filter(voucher=voucher).delete()
    _enter(voucher, movements)
    return post(voucher, heading.entered_by) if heading.state == Voucher.State.POSTED else voucher


@transaction.atomic
def withdraw(proposal: Voucher, by: User | None = None) -> None:
    """A proposal is taken away with its entries. Raises PermissionDenied and ValidationError as `change`."""
    _require_may_change(proposal, by)
    rules.take_turn(proposal.cluster)
    voucher = _still_proposed(proposal)
    _plain(VoucherFile).filter(voucher=voucher).delete()
    _plain(Entry).filter(voucher=voucher).delete()
    _plain(Voucher).filter(pk=voucher.pk).delete()


@transaction.atomic
def post(proposal: Voucher, by: User | None = None) -> Voucher:
    """The proposal counts from now on and is never changed again.

    Raises ValidationError where a rule is broken, and where somebody has posted, changed or withdrawn it meanwhile:
    of two who post at once one is told.
    """
    rules.require_act(by, Act.POST, proposal.cluster)
    rules.take_turn(proposal.cluster)
    voucher = _still_proposed(proposal)
    movements = movements_of(voucher)
    _require_shape(voucher, movements)
    rules.require_postable(voucher, movements)
    _plain(Voucher).filter(pk=voucher.pk).update(
        state=Voucher.State.POSTED,
        posted_at=timezone.now(),
        posted_by=by,
        overspend_reason=voucher.overspend_reason if rules.overspends(voucher, movements) else "",
    )
    return Voucher.objects.get(pk=voucher.pk)


def movements_of(voucher: Voucher) -> list[Movement]:
    """What the voucher's entries move, in their order; one query."""
    entries = voucher.entries.select_related("account__party", "initiative__plan", "recipient")
    return [
        Movement(
            entry.account,
            entry.amount or ZERO,
            entry.budget_year,
            Line(entry.initiative, entry.recipient) if entry.initiative or entry.recipient else None,
        )
        for entry in entries
    ]


def next_reference(cluster: Cluster, budget_year: int) -> str:
    """`2024-00017`: the year and the number after the highest one given in it."""
    given = Voucher.objects.filter(cluster=cluster, reference__regex=rf"^{budget_year}-\d{{5}}$")
    highest = given.aggregate(highest=Max("reference"))["highest"] or "-0"
    return f"{budget_year}-{int(highest.partition('-')[2]) + 1:05d}"


def unbalanced_vouchers() -> list[str]:
    """References of vouchers whose entries do not sum to zero; empty when the ledger is sound."""
    sums = Voucher.objects.annotate(balance=Sum("entries__amount")).exclude(balance=0)
    return list(sums.values_list("reference", flat=True))


def _said(heading: Heading) -> dict[str, Any]:
    return {name: value for name, value in vars(heading).items() if name not in {"state", "reference"}}


def _plain(model: type[models.Model]) -> models.QuerySet[Any]:
    """Past the model's own guard, for the acts of this module; the database's holds all the same."""
    return models.QuerySet(model)


def _still_proposed(seen: Voucher) -> Voucher:
    """The proposal as it is now. Raises ValidationError where it is no longer the one that was seen."""
    now = Voucher.objects.select_related("cluster", "posted_by", "reverses").filter(pk=seen.pk).first()
    named = {"reference": seen.reference}
    if now is None:
        raise ValidationError(_("Voucher %(reference)s has been withdrawn meanwhile.") % named, code="withdrawn")
    if now.is_posted:
        who = now.posted_by.display_name if now.posted_by else _("another user")
        raise ValidationError(
            _("Voucher %(reference)s has been posted already, by %(who)s.") % {**named, "who": who}, code="posted"
        )
    if now.version != seen.version:
        raise ValidationError(
            _("Voucher %(reference)s has been changed meanwhile; look at it again.") % named, code="changed"
        )
    return now


def _require_may_change(proposal: Voucher, by: User | None) -> None:
    if by is None or by.pk != proposal.entered_by_id:
        rules.require_act(by, Act.POST, proposal.cluster)


def _require_sound(voucher: Voucher, movements: Sequence[Movement]) -> None:
    """What holds for a proposal too."""
    _require_shape(voucher, movements)
    rules.require_in_place(voucher, movements)
    voucher.full_clean()


def _require_shape(voucher: Voucher, movements: Sequence[Movement]) -> None:
    """A reversal has the shape of what it reverses, upside down."""
    sign = -1 if voucher.reverses_id else 1
    upright = [replace(movement, amount=movement.amount * sign) for movement in movements]
    check(voucher.cluster, Kind(voucher.kind), voucher.budget_year, upright)


def _enter(voucher: Voucher, movements: Sequence[Movement]) -> None:
    Entry.objects.bulk_create(
        Entry(
            voucher=voucher,
            position=position,
            account=movement.account,
            budget_year=movement.year,
            initiative=movement.initiative,
            recipient=movement.recipient,
            amount=movement.amount,
        )
        for position, movement in enumerate(movements, start=1)
    )


def _left_in_lines(heading: Heading) -> dict[tuple[Line, int], Decimal]:
    """What stands on `allocated` for each line in each year before the heading's; lines with 0 are left out."""
    entries = Entry.objects.filter(voucher__cluster=heading.cluster).counted_on(heading.held_on)
    rows = list(entries.left_before(heading.budget_year).order_by("initiative", "recipient", "budget_year"))
    initiatives = Initiative.objects.in_bulk({row["initiative"] for row in rows})
    recipients = Actor.objects.in_bulk({row["recipient"] for row in rows if row["recipient"]})
    return {
        (Line(initiatives[row["initiative"]], recipients.get(row["recipient"])), row["budget_year"]): row["left"]
        for row in rows
    }
