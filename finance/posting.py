"""Acts of the ledger: each posts one balanced voucher of a named shape in one transaction."""

from django.db.models import Sum

from .models import Voucher


def unbalanced_vouchers() -> list[str]:
    """References of vouchers whose entries do not sum to zero; empty when the ledger is sound."""
    sums = Voucher.objects.annotate(balance=Sum("entries__amount")).exclude(balance=0)
    return list(sums.values_list("reference", flat=True))
