"""Corrections: what is posted is never changed; it is reversed, and posted anew where it was meant otherwise."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from initiatives.models import User

from . import rules
from .models import Voucher
from .posting import movements_of, write
from .shapes import Heading, Movement


@transaction.atomic
def reverse(voucher: Voucher, held_on: date, reason: str, by: User | None = None) -> Voucher:
    """Posts a voucher with the opposite signs, so that every balance is as if `voucher` had not been posted.

    It touches the same budget years and counts from `held_on`. Raises ValidationError without a reason, for a day
    before the voucher's own, and for a voucher that is not posted, a reversal itself, or reversed already.
    """
    rules.take_turn(voucher.cluster)
    _require_reversible(voucher, held_on, reason)
    heading = Heading(
        cluster=voucher.cluster,
        held_on=held_on,
        budget_year=voucher.budget_year,
        text=_("Reversal of %(reference)s") % {"reference": voucher.reference},
        entered_by=by,
    )
    opposite = [replace(movement, amount=-movement.amount) for movement in movements_of(voucher)]
    kind = Voucher.Kind(voucher.kind)
    return write(heading, kind, opposite, reverses=voucher, pays=voucher.pays, reason=reason.strip())


@transaction.atomic
def correct(voucher: Voucher, heading: Heading, movements: Sequence[Movement], reason: str) -> Voucher:
    """Reverses `voucher` and posts what was meant, of the same kind; both count from `heading.held_on`.

    Returns the new voucher. Raises ValidationError as `reverse` and `write`; then neither is posted.
    """
    reverse(voucher, heading.held_on, reason, heading.entered_by)
    meant = replace(heading, state=Voucher.State.POSTED)
    kind = Voucher.Kind(voucher.kind)
    return write(meant, kind, movements, replaces=voucher, pays=voucher.pays, reason=reason.strip())


def _require_reversible(voucher: Voucher, held_on: date, reason: str) -> None:
    named = {"reference": voucher.reference}
    if not reason.strip():
        raise ValidationError(_("A correction states its reason."), code="reason")
    if not Voucher.objects.posted().filter(pk=voucher.pk).exists():
        raise ValidationError(
            _("Voucher %(reference)s is not posted; change or withdraw the proposal.") % named, code="state"
        )
    if voucher.reverses_id:
        raise ValidationError(
            _("Voucher %(reference)s is a reversal; post what was meant as a new voucher.") % named, code="reverses"
        )
    if Voucher.objects.filter(reverses=voucher).exists():
        raise ValidationError(_("Voucher %(reference)s has been reversed already.") % named, code="reverses")
    if held_on < voucher.held_on:
        raise ValidationError(_("A reversal counts from the voucher's own day at the earliest."), code="held_on")
