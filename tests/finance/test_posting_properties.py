"""Whatever is done in whatever order, kroner are only moved, and what is reversed is as if it had never been."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from finance.closing import close_year, reopen_year
from finance.correcting import reverse
from finance.lines import Sums, line_years
from finance.models import AccountedYear, Entry, Voucher
from finance.posting import post, post_contribution, post_invoice, post_payment, unbalanced_vouchers, withdraw
from finance.states import states_of_all
from initiatives.models import Cluster

from . import build_ledger as ledger

NEW_YEAR = date(2026, 12, 31)
AMOUNTS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999999.99"), places=2)
MAKES = ("grant", "allocate", "spend", "contribute", "invoice", "carry_over")
ACTS = st.lists(
    st.tuples(
        st.sampled_from([*MAKES, *MAKES, "propose", "post", "withdraw", "pay", "reverse", "close", "reopen"]),
        st.sampled_from([("1", None), ("5", "Jammerbugt Kommune"), ("5", "Aalborg Kommune")]),
        st.integers(2023, 2025),
        AMOUNTS,
    ),
    max_size=10,
)


def one_of(cluster: Cluster, **which: Any) -> Voucher:
    """The newest voucher that is as asked. Raises ValidationError where there is none, as the ledger would."""
    found = Voucher.objects.filter(cluster=cluster, **which).order_by("-pk").first()
    if found is None:
        raise ValidationError("none")
    return found


def act(cluster: Cluster, kind: str, chosen: tuple[str, str | None], year: int, amount: Decimal) -> None:
    """One act of the sequence."""
    line = ledger.line(cluster, *chosen)
    receiving = ledger.line(cluster, "5", "Jammerbugt Kommune")
    aalborg = ledger.party(cluster, "Aalborg Kommune")
    heading = ledger.heading(cluster, year, date(year, 12, 31), decision=ledger.decision(cluster))
    acts: dict[str, Any] = {
        "grant": lambda: ledger.grant(cluster, str(amount), aalborg, budget_year=year),
        "allocate": lambda: ledger.allocate(line, str(amount), budget_year=year),
        "spend": lambda: ledger.spend(line, str(amount), budget_year=year),
        "contribute": lambda: post_contribution(heading, receiving, aalborg, amount),
        "invoice": lambda: post_invoice(heading, receiving, aalborg, amount),
        "pay": lambda: post_payment(heading, one_of(cluster, kind="invoice", state="posted"), amount),
        "carry_over": lambda: ledger.carry_over(cluster, into=year),
        "propose": lambda: ledger.spend(line, str(amount), budget_year=year, state="proposed"),
        "post": lambda: post(one_of(cluster, state="proposed")),
        "withdraw": lambda: withdraw(one_of(cluster, state="proposed")),
        "reverse": lambda: reverse(one_of(cluster, state="posted", reverses=None), NEW_YEAR, "Prøve"),
        "close": lambda: close_year(cluster, year, NEW_YEAR),
        "reopen": lambda: reopen_year(cluster, year, NEW_YEAR, "Prøve"),
    }
    acts[kind]()


def accounts(cluster: Cluster) -> dict[Any, Decimal]:
    """What stands on every account, for every line and year, without what is 0."""
    entries = Entry.objects.filter(voucher__cluster=cluster).counted_on(NEW_YEAR).order_by()
    sums = entries.values_list("account", "initiative", "recipient", "budget_year").annotate(sum=Sum("amount"))
    return {tuple(row[:4]): row[4] for row in sums if row[4]}


@pytest.mark.django_db
class AnySequence(TestCase):
    @settings(max_examples=20, deadline=None)
    @given(acts=ACTS)
    def test_keeps_every_invariant(self, acts: list[Any]) -> None:
        cluster = ledger.ledger()
        for one in acts:
            closed = set(AccountedYear.objects.closed().filter(cluster=cluster).values_list("budget_year", flat=True))
            posted = set(Voucher.objects.posted().filter(cluster=cluster).values_list("pk", flat=True))
            before = accounts(cluster)
            try:
                with transaction.atomic():
                    act(cluster, *one)
            except ValidationError:
                assert accounts(cluster) == before
            now = Voucher.objects.posted().filter(cluster=cluster)
            assert posted <= set(now.values_list("pk", flat=True))
            if one[0] in {"contribute", "invoice", "pay", "post", "reverse"}:
                new = Entry.objects.filter(voucher__in=now.exclude(pk__in=posted))
                assert not new.filter(budget_year__in=closed).exists()
        assert unbalanced_vouchers() == []
        entries = Entry.objects.filter(voucher__cluster=cluster).counted_on(NEW_YEAR)
        assert entries.balance() == 0
        sums = sum((row.sums for row in line_years(cluster, NEW_YEAR)), Sums())
        assert sums.variance == entries.remaining()
        assert sum(states.remaining for states in states_of_all(cluster, NEW_YEAR).values()) == entries.remaining()

    @settings(max_examples=20, deadline=None)
    @given(acts=st.lists(st.tuples(st.sampled_from(MAKES), st.just(("1", None)), st.integers(2023, 2025), AMOUNTS)))
    def test_reversing_everything_returns_every_balance(self, acts: list[Any]) -> None:
        cluster = ledger.ledger()
        made: list[tuple[Voucher, dict[Any, Decimal]]] = []
        for one in acts:
            before = accounts(cluster)
            try:
                with transaction.atomic():
                    act(cluster, *one)
            except ValidationError:
                continue
            made.append((Voucher.objects.filter(cluster=cluster).latest("pk"), before))
        for voucher, before in reversed(made):
            reverse(voucher, NEW_YEAR, "Prøve")
            assert accounts(cluster) == before
