"""The nouns of the ledger: accounts, vouchers and their entries, closed years, asserted balances, joint financing."""

from .accounts import Account
from .assertions import BalanceAssertion, LiftedAssertion
from .financing import (
    ApportionmentKey,
    Basis,
    FinancingRule,
    FinancingSide,
    KeyWeight,
    PriceAdjustment,
    Rate,
    RateTable,
    TrackChoice,
)
from .vouchers import NEEDS_DECISION, Entry, Voucher, VoucherFile
from .years import AccountedYear, Reopening

__all__ = [
    "NEEDS_DECISION",
    "Account",
    "AccountedYear",
    "ApportionmentKey",
    "BalanceAssertion",
    "Basis",
    "Entry",
    "FinancingRule",
    "FinancingSide",
    "KeyWeight",
    "LiftedAssertion",
    "PriceAdjustment",
    "Rate",
    "RateTable",
    "Reopening",
    "TrackChoice",
    "Voucher",
    "VoucherFile",
]
