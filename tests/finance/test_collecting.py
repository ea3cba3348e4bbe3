"""What the rule gives becomes proposals: contributions, invoices and carry-over."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from finance.collecting import propose_carry_over, propose_financing
from finance.models import Voucher
from finance.pools import pools
from finance.posting import movements_of, withdraw
from finance.settling import settlement
from finance.shapes import check
from initiatives.money import total

DAY = date(2024, 5, 6)


@pytest.fixture
def allocation(nord) -> Voucher:
    """509.569 kr. to Allerød in 2024; the estimate of what all parties pay is withdrawn, so nobody has been asked."""
    withdraw(Voucher.objects.get(cluster=nord, reference="stime-2024-bidrag"))
    return Voucher.objects.get(cluster=nord, reference="stime-2024-alleroed")


def test_an_allocation_becomes_a_contribution_and_an_invoice_to_each_other_party(nord, allocation):
    contribution, *invoices = propose_financing(allocation, DAY)
    assert [contribution.kind, *{invoice.kind for invoice in invoices}] == ["contribution", "invoice"]
    assert (len(invoices), contribution.total) == (8, Decimal(509569))
    assert {voucher.state for voucher in (contribution, *invoices)} == {"proposed"}
    assert {(voucher.held_on, voucher.budget_year) for voucher in invoices} == {(DAY, 2024)}
    for voucher in (contribution, *invoices):
        check(nord, Voucher.Kind(voucher.kind), 2024, movements_of(voucher))


def test_the_invoices_are_those_of_the_rule(nord, allocation):
    propose_financing(allocation, DAY)
    [joint, *_others] = settlement(nord, 2024, DAY, proposed=True).allocations
    assert joint.not_financed == 0
    assert joint.recorded == {share.party: share.amount for share in joint.shares}
    recorded = settlement(nord, 2024, DAY, proposed=True).recorded
    assert {(invoice.payer, invoice.amount) for invoice in recorded} == {
        (share.party, share.amount) for share in joint.shares if share.party != joint.recipient
    }


def test_nobody_is_asked_twice(nord, allocation):
    propose_financing(allocation, DAY)
    before = Voucher.objects.count()
    with pytest.raises(ValidationError, match="ligger allerede") as refused:
        propose_financing(allocation, DAY)
    assert refused.value.code == "financed"
    assert Voucher.objects.count() == before


def test_contributions_to_all_recipients_together_count_too(nord):
    with pytest.raises(ValidationError, match="stime-2024-bidrag"):
        propose_financing(Voucher.objects.get(cluster=nord, reference="stime-2024-alleroed"), DAY)


def test_only_what_is_set_aside_for_a_party_is_paid_jointly(nord):
    with pytest.raises(ValidationError, match="tildelt-2022-alleroed"):
        propose_financing(Voucher.objects.get(cluster=nord, reference="tildelt-2022-alleroed"), DAY)


def test_without_a_rule_on_the_day_nothing_is_proposed(nord, allocation):
    before = Voucher.objects.count()
    with pytest.raises(ValidationError, match="ingen finansieringsregel"):
        propose_financing(allocation, date(2023, 5, 9))
    assert Voucher.objects.count() == before


def test_every_party_is_proposed_to_carry_over_what_it_has_left(nord):
    left = pools(nord, DAY, proposed=True)
    proposed = propose_carry_over(nord, 2024, DAY)
    assert len(proposed) == 9
    assert total(voucher.total for voucher in proposed) == left.all_through(left.parties, 2024).remaining
    after = pools(nord, DAY, proposed=True)
    assert after.all_through(after.parties, 2024).remaining == 0
    assert {voucher.budget_year for voucher in proposed} == {2025}
    for voucher in proposed:
        check(nord, Voucher.Kind.CARRY_OVER, 2025, movements_of(voucher))


def test_what_is_carried_over_already_is_not_left(nord):
    with pytest.raises(ValidationError, match="2024"):
        propose_carry_over(nord, 2023, DAY)
