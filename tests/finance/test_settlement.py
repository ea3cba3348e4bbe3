"""Invoices between parties, and the fewest transfers that leave everybody with the same."""

from decimal import Decimal
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finance.settlement import EXACT_UP_TO, Joint, Transfer, balances, invoices, net
from initiatives.money import ZERO, total

PARTIES = "abcdefg"
# Few and small amounts, so that balances often cancel each other.
TRANSFERS = st.lists(
    st.builds(
        Transfer,
        st.sampled_from(PARTIES),
        st.sampled_from(PARTIES),
        st.integers(1, 6).map(lambda ore: Decimal(ore) / 100),
    ).filter(lambda transfer: transfer.payer != transfer.payee),
    max_size=12,
)
SHARES = st.dictionaries(st.sampled_from(PARTIES), st.decimals(0, 10**6, places=2), min_size=1)
ALLOCATIONS = st.lists(st.builds(Joint, st.sampled_from(PARTIES), SHARES), max_size=5)


def least(amounts: tuple[Decimal, ...]) -> int:
    """The least number of transfers by trying every way to take a group that sums to 0 out of the rest."""

    @cache
    def groups(rest: tuple[Decimal, ...]) -> int:
        found = 0
        for size in range(1, len(rest) + 1):
            for chosen in combinations(range(len(rest)), size):
                if total(rest[place] for place in chosen) == 0:
                    others = tuple(amount for place, amount in enumerate(rest) if place not in chosen)
                    found = max(found, 1 + groups(others))
        return found

    return len(amounts) - groups(amounts)


def open_balances(transfers: list[Transfer]) -> dict[object, Decimal]:
    return {party: balance for party, balance in balances(transfers).items() if balance}


@given(ALLOCATIONS)
def test_a_recipient_collects_what_it_does_not_pay_itself(allocations):
    sent = invoices(allocations)
    assert total(invoice.amount for invoice in sent) == total(
        amount for joint in allocations for payer, amount in joint.shares.items() if payer != joint.recipient
    )
    assert all(invoice.amount > 0 and invoice.payer != invoice.payee for invoice in sent)


@given(ALLOCATIONS)
def test_what_is_collected_is_charged(allocations):
    assert total(balances(invoices(allocations)).values()) == ZERO


@given(TRANSFERS)
def test_netting_leaves_everybody_with_the_same(transfers):
    assert open_balances(net(transfers).transfers) == open_balances(transfers)


@settings(deadline=None)
@given(TRANSFERS)
def test_no_smaller_number_of_transfers_would_do(transfers):
    netting = net(transfers)
    assert netting.exact
    assert len(netting.transfers) == least(tuple(sorted(open_balances(transfers).values())))


@given(TRANSFERS)
def test_no_smaller_sum_could_be_moved(transfers):
    claims = total(balance for balance in balances(transfers).values() if balance > 0)
    assert total(transfer.amount for transfer in net(transfers).transfers) == claims


@given(TRANSFERS)
def test_nobody_both_pays_and_is_paid(transfers):
    moved = net(transfers).transfers
    assert {transfer.payer for transfer in moved}.isdisjoint(transfer.payee for transfer in moved)


@given(TRANSFERS)
def test_the_same_transfers_give_the_same_netting(transfers):
    assert net(transfers) == net(list(transfers))


def chain(parties: int, ore: int = 1) -> list[Transfer]:
    """Each pays the next one more than it gets, so that no balances cancel each other but all of them."""
    return [Transfer(str(n), "hub", Decimal(ore * 2**n) / 100) for n in range(parties - 1)]


def test_opposite_balances_are_settled_by_one_transfer_each():
    moved = [Transfer(f"payer {n}", f"payee {n}", Decimal(n + 1)) for n in range(20)]
    netting = net([*moved, Transfer("payer 0", "payee 1", Decimal(5)), Transfer("payee 1", "payer 0", Decimal(5))])
    assert (len(netting.transfers), netting.exact) == (20, True)


def test_up_to_the_bound_the_number_is_the_least():
    netting = net(chain(EXACT_UP_TO))
    assert (len(netting.transfers), netting.exact) == (EXACT_UP_TO - 1, True)


def test_above_the_bound_it_is_said_that_fewer_could_do():
    transfers = chain(EXACT_UP_TO + 1)
    netting = net(transfers)
    assert (len(netting.transfers), netting.exact) == (EXACT_UP_TO, False)
    assert open_balances(netting.transfers) == open_balances(transfers)


@pytest.mark.parametrize("transfers", [[], [Transfer("a", "b", Decimal(5)), Transfer("b", "a", Decimal(5))]])
def test_where_nobody_owes_anything_nothing_moves(transfers):
    assert net(transfers).transfers == ()


def test_part_of_an_ore_is_refused():
    with pytest.raises(ValueError, match="øre"):
        net([Transfer("a", "b", Decimal("0.001"))])
