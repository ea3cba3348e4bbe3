"""Whatever is posted in whatever order, kroner are only moved: every voucher and the whole ledger sum to zero."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from finance.lines import Sums, line_years
from finance.models import Entry
from finance.posting import unbalanced_vouchers
from initiatives.models import Cluster

from . import build_ledger as ledger

AMOUNTS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("99999999.99"), places=2)
POSTS = st.lists(
    st.tuples(
        st.sampled_from(["grant", "allocate", "spend", "carry_over"]),
        st.sampled_from([("1", None), ("5", "Jammerbugt Kommune"), ("5", "Aalborg Kommune")]),
        st.integers(2023, 2026),
        AMOUNTS,
    ),
    max_size=8,
)


def post(cluster: Cluster, kind: str, line: tuple[str, str | None], year: int, amount: Decimal) -> None:
    """One post of the sequence; what the ledger refuses leaves no trace."""
    acts: dict[str, Any] = {
        "grant": lambda: ledger.grant(cluster, str(amount), budget_year=year),
        "allocate": lambda: ledger.allocate(ledger.line(cluster, *line), str(amount), budget_year=year),
        "spend": lambda: ledger.spend(ledger.line(cluster, *line), str(amount), budget_year=year),
        "carry_over": lambda: ledger.carry_over(cluster, into=year),
    }
    try:
        with transaction.atomic():
            acts[kind]()
    except ValidationError:
        assert kind == "carry_over"


@pytest.mark.django_db
class AnySequence(TestCase):
    @settings(max_examples=25, deadline=None)
    @given(posts=POSTS)
    def test_sums_to_zero_and_agrees_with_the_lines(self, posts: list[Any]) -> None:
        cluster = ledger.ledger()
        for one in posts:
            post(cluster, *one)
        entries = Entry.objects.filter(voucher__cluster=cluster)
        assert unbalanced_vouchers() == []
        assert (entries.aggregate(sum=Sum("amount"))["sum"] or 0) == 0
        sums = sum((row.sums for row in line_years(cluster, ledger.END_OF_2024)), Sums())
        on_allocated = entries.filter(account__kind="allocated").aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
        assert sums.variance == on_allocated
