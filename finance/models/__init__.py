"""The nouns of the ledger: accounts, vouchers and their entries, closed years, asserted balances."""

from .accounts import Account
from .assertions import BalanceAssertion, LiftedAssertion
from .vouchers import NEEDS_DECISION, Entry, Voucher, VoucherFile
from .years import AccountedYear, Reopening

__all__ = [
    "NEEDS_DECISION",
    "Account",
    "AccountedYear",
    "BalanceAssertion",
    "Entry",
    "LiftedAssertion",
    "Reopening",
    "Voucher",
    "VoucherFile",
]
