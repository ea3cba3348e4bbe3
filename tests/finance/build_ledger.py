"""Builders of ledgers for tests: a cluster with its accounts, and one line of words for each voucher."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from finance.models import Account, AccountedYear, Voucher
from finance.posting import Heading, Line, post_allocation, post_carry_over, post_grant, post_spend
from initiatives.models import Cluster, Initiative
from tests import build

END_OF_2024 = date(2024, 12, 31)
_references = count(1)


def ledger(slug: str = "proeve", name: str = "Sundhedsklynge Prøve") -> Cluster:
    """A cluster with one account of each kind and nothing on them."""
    cluster = build.cluster(slug, name)
    for kind in (Account.Kind.SOURCE, Account.Kind.POOL, Account.Kind.ALLOCATED, Account.Kind.SPENT):
        Account.objects.create(cluster=cluster, kind=kind)
    return cluster


def initiative(of: Cluster, number: str = "5", **fields: Any) -> Initiative:
    """The cluster's initiative of that number, made where it is missing."""
    found = Initiative.objects.filter(cluster=of, number=number).first()
    return found or build.initiative(number, build.theme(build.plan(of)), **fields)


def line(of: Cluster, number: str = "5", recipient: str | None = "Jammerbugt Kommune") -> Line:
    party = build.municipality(recipient) if recipient else None
    return Line(initiative(of, number), party)


def heading(of: Cluster, budget_year: int = 2024, held_on: date = END_OF_2024, **fields: Any) -> Heading:
    values = {"reference": f"Bilag {next(_references)}", "text": "Prøvebilag", **fields}
    return Heading(cluster=of, budget_year=budget_year, held_on=held_on, **values)


def grant(of: Cluster, amount: str, **fields: Any) -> Voucher:
    return post_grant(heading(of, **fields), Decimal(amount))


def allocate(to: Line, amount: str, **fields: Any) -> Voucher:
    return post_allocation(heading(to.initiative.cluster, **fields), to, Decimal(amount))


def spend(by: Line, amount: str, **fields: Any) -> Voucher:
    return post_spend(heading(by.initiative.cluster, **fields), by, Decimal(amount))


def carry_over(of: Cluster, into: int = 2025, **fields: Any) -> Voucher:
    return post_carry_over(heading(of, into, **fields))


def account_for(of: Cluster, budget_year: int = 2024, on: date = END_OF_2024) -> AccountedYear:
    return AccountedYear.objects.create(cluster=of, budget_year=budget_year, accounted_on=on)


def used(by: Line, allocated: str, spent: str, budget_year: int = 2024, held_on: date = END_OF_2024) -> Line:
    """A line that was allocated and spent something in a year; spent "0" posts nothing spent."""
    allocate(by, allocated, budget_year=budget_year, held_on=held_on)
    if Decimal(spent):
        spend(by, spent, budget_year=budget_year, held_on=held_on)
    return by
