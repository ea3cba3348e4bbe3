"""Asserting a balance, and lifting the assertion again."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from initiatives.access import Act
from initiatives.models import User

from . import rules
from .models import Account, BalanceAssertion, LiftedAssertion


@transaction.atomic
def assert_balance(
    account: Account, held_on: date, amount: Decimal, source: str, by: User | None = None
) -> BalanceAssertion:
    """From now on nothing is posted that breaks it. Raises ValidationError where the ledger says something else."""
    rules.require_act(by, Act.POST, account.cluster)
    rules.take_turn(account.cluster)
    assertion = BalanceAssertion(account=account, held_on=held_on, amount=amount, source=source.strip(), entered_by=by)
    assertion.full_clean()
    assertion.save()
    return assertion


@transaction.atomic
def lift(assertion: BalanceAssertion, reason: str, by: User | None = None) -> LiftedAssertion:
    """The balance may change again. Raises ValidationError without a reason, and where it is lifted already."""
    cluster = assertion.account.cluster
    rules.require_act(by, Act.POST, cluster)
    rules.take_turn(cluster)
    if LiftedAssertion.objects.filter(assertion=assertion).exists():
        raise ValidationError(_("The balance has been lifted already."), code="lifted")
    lifted = LiftedAssertion(assertion=assertion, reason=reason.strip(), lifted_by=by)
    lifted.full_clean()
    lifted.save()
    return lifted
