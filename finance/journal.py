"""Writes a ledger as a plain-text journal that hledger reads: pure, from vouchers to lines of text.

An account is named `cluster:kind[:party]`, and for lines `cluster:kind:initiative[:recipient]`. Reference, kind,
budget year and decision stand as tags, asserted balances as assertions at the end of their day.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

COMMODITY = "DKK"


@dataclass(frozen=True)
class Posting:
    """Kroner on an account; `account` are the parts of its name from the outermost on."""

    account: tuple[str, ...]
    amount: Decimal
    budget_year: int


@dataclass(frozen=True)
class Transaction:
    """A voucher; `tags` are further facts by name, those that are empty are left out."""

    held_on: date
    reference: str
    text: str
    posted: bool
    postings: tuple[Posting, ...]
    tags: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Assertion:
    """On the evening of a day an account held an amount in kr.; `source` says who vouches for it."""

    held_on: date
    account: tuple[str, ...]
    amount: Decimal
    source: str


def journal(transactions: Iterable[Transaction], assertions: Iterable[Assertion] = ()) -> Iterator[str]:
    """The lines, each with its line break: declarations first, then all by day, assertions after a day's vouchers."""
    listed, asserted = list(transactions), list(assertions)
    names = {account_name(posting.account) for transaction in listed for posting in transaction.postings}
    names |= {account_name(assertion.account) for assertion in asserted}
    yield f"commodity 1000.00 {COMMODITY}\n"
    yield from (f"account {name}\n" for name in sorted(names))
    dated = [(each.held_on, 0, tuple(_transaction(each))) for each in listed]
    dated += [(each.held_on, 1, tuple(_assertion(each))) for each in asserted]
    for _day, _order, lines in sorted(dated, key=lambda found: found[:2]):
        yield "\n"
        yield from lines


def account_name(parts: Iterable[str]) -> str:
    """`midt:allocated:5:Jammerbugt Kommune`."""
    return ":".join(_plain(part.replace(":", " ")) for part in parts)


def amount(kroner: Decimal) -> str:
    """`-750000.00 DKK`."""
    return f"{kroner:.2f} {COMMODITY}"


def _transaction(of: Transaction) -> Iterator[str]:
    mark = "*" if of.posted else "!"
    # A parenthesis would end the reference, a semicolon begin a comment.
    reference = _plain(of.reference).replace("(", "[").replace(")", "]")
    yield f"{of.held_on.isoformat()} {mark} ({reference}) {_plain(of.text).replace('|', '/')}\n"
    yield from (f"    ; {name}: {_plain(value.replace(',', ' '))}\n" for name, value in of.tags if value)
    for posting in of.postings:
        yield f"    {account_name(posting.account)}  {amount(posting.amount)}  ; year: {posting.budget_year}\n"


def _assertion(of: Assertion) -> Iterator[str]:
    yield f"{of.held_on.isoformat()} * {_plain(of.source).replace('|', '/')}\n"
    yield f"    {account_name(of.account)}  {amount(Decimal(0))} = {amount(of.amount)}\n"


def _plain(text: str) -> str:
    """On one line, without what a journal gives a meaning; two spaces would end an account's name."""
    return re.sub(r"\s+", " ", text.replace(";", ",")).strip()
