"""The nouns of the ledger: accounts, vouchers and their entries, closed years, asserted balances."""

from .accounts import Account
from .vouchers import NEEDS_DECISION, Entry, Voucher, VoucherFile
from .years import AccountedYear, Reopening

__all__ = [
    "NEEDS_DECISION",
    "Account",
    "AccountedYear",
    "Entry",
    "Reopening",
    "Voucher",
    "VoucherFile",
]
