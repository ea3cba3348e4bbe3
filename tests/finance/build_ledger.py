"""Builders of ledgers for tests: a cluster with its accounts, and one line of words for each voucher."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from finance import guards
from finance.closing import close_year
from finance.models import AccountedYear, Voucher
from finance.posting import post_allocation, post_carry_over, post_grant, post_spend
from finance.shapes import Heading, Line
from initiatives.models import Actor, Cluster, Forum, Initiative
from meetings.models import AgendaItem, Decision, Meeting, Recommendation
from tests import build

END_OF_2024 = date(2024, 12, 31)
_references = count(1)


def ledger(slug: str = "proeve", name: str = "Sundhedsklynge Prøve") -> Cluster:
    """A cluster whose ledger is empty."""
    return build.cluster(slug, name)


def initiative(of: Cluster, number: str = "5", **fields: Any) -> Initiative:
    """The cluster's initiative of that number, made where it is missing."""
    found = Initiative.objects.filter(cluster=of, number=number).first()
    return found or build.initiative(number, build.theme(build.plan(of)), **fields)


def line(of: Cluster, number: str = "5", recipient: str | None = "Jammerbugt Kommune") -> Line:
    return Line(initiative(of, number), party(of, recipient) if recipient else None)


def party(of: Cluster, name: str = "Jammerbugt Kommune") -> Actor:
    """A municipality that is a party of the cluster."""
    found = build.municipality(name)
    of.parties.add(found)
    return found


def decision(
    of: Cluster, text: str = "Godkendt", by: Actor | None = None, outcome: str = Decision.Outcome.APPROVED
) -> Decision:
    """A decision of the cluster's forum, or of the own body of the party `by`; the same one for the same words."""
    name = f"Byråd, {by}" if by else "Styregruppe"
    forum = Forum.objects.get_or_create(name=name, cluster=of, defaults={"level": "political", "actor": by})[0]
    meeting = Meeting.objects.get_or_create(forum=forum, held_on=date(2024, 6, 1))[0]
    item = AgendaItem.objects.get_or_create(meeting=meeting, title=text, defaults={"kind": "decision"})[0]
    point = Recommendation.objects.get_or_create(item=item, number=1)[0]
    return Decision.objects.get_or_create(recommendation=point, defaults={"outcome": outcome, "text": text})[0]


def heading(of: Cluster, budget_year: int = 2024, held_on: date = END_OF_2024, **fields: Any) -> Heading:
    """A heading to post by; it says why more is spent than allocated, for the tests that do not care."""
    values = {
        "reference": f"Bilag {next(_references)}", "text": "Prøvebilag", "overspend_reason": "Aftalt", **fields,
    }  # fmt: skip
    return Heading(cluster=of, budget_year=budget_year, held_on=held_on, **values)


@contextmanager
def though_closed(of: Cluster) -> Iterator[None]:
    """What a test's ledger holds may be told in any order: closed years stand aside for the block."""
    closed = list(AccountedYear.objects.closed().filter(cluster=of))
    if closed:
        # PostgreSQL alters no table that has checks left to do.
        connection.check_constraints()
        with guards.lifted_for_maintenance():
            QuerySet(AccountedYear).filter(pk__in=[year.pk for year in closed]).delete()
    yield
    AccountedYear.objects.bulk_create(closed)


def grant(of: Cluster, amount: str, party: Actor | None = None, **fields: Any) -> Voucher:
    with though_closed(of):
        return post_grant(heading(of, **fields), Decimal(amount), party)


def allocate(to: Line, amount: str, **fields: Any) -> Voucher:
    cluster = place(to, fields.get("budget_year", 2024))
    with though_closed(cluster):
        return post_allocation(heading(cluster, **{"decision": decision(cluster), **fields}), to, Decimal(amount))


def spend(by: Line, amount: str, **fields: Any) -> Voucher:
    cluster = place(by, fields.get("budget_year", 2024))
    with though_closed(cluster):
        return post_spend(heading(cluster, **fields), by, Decimal(amount))


def place(line: Line, year: int) -> Cluster:
    """The cluster of the line's initiative, with the recipient among its parties and a plan that covers the year."""
    assert line.initiative is not None
    plan = line.initiative.plan
    if plan and plan.last_day.year < year:
        plan.ends = date(year + 1, 1, 1)
        plan.save(update_fields=["ends"])
    if line.recipient:
        line.initiative.cluster.parties.add(line.recipient)
    return line.initiative.cluster


def carry_over(of: Cluster, into: int = 2025, **fields: Any) -> Voucher:
    with though_closed(of):
        return post_carry_over(heading(of, into, **{"decision": decision(of), **fields}))


def account_for(of: Cluster, budget_year: int = 2024, on: date = END_OF_2024) -> AccountedYear:
    return close_year(of, budget_year, on)


def used(by: Line, allocated: str, spent: str, budget_year: int = 2024, held_on: date = END_OF_2024) -> Line:
    """A line that was allocated and spent something in a year; spent "0" posts nothing spent."""
    allocate(by, allocated, budget_year=budget_year, held_on=held_on)
    if Decimal(spent):
        spend(by, spent, budget_year=budget_year, held_on=held_on)
    return by
