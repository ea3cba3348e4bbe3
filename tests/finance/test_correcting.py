"""What is posted is corrected by a reversal and a new voucher, never changed."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from finance import movements
from finance.correcting import correct, reverse
from finance.models import Entry, Voucher
from finance.posting import post_invoice, post_payment
from finance.states import states_of
from initiatives.models import Cluster

from . import build_ledger as ledger

pytestmark = pytest.mark.django_db
LATER = date(2025, 3, 1)


@pytest.fixture
def cluster() -> Cluster:
    return ledger.ledger()


def test_a_reversal_has_the_opposite_signs_and_brings_back_every_balance(cluster):
    line = ledger.line(cluster)
    ledger.allocate(line, "100")
    before = states_of(line.initiative, LATER)
    spent = ledger.spend(line, "40")
    back = reverse(spent, LATER, "Forkert beløb")
    assert [entry.amount for entry in back.entries.all()] == [-entry.amount for entry in spent.entries.all()]
    assert (back.kind, back.kind_label, back.reverses, back.reason) == (
        "spend", "tilbageførsel af forbrug", spent, "Forkert beløb",
    )  # fmt: skip
    assert states_of(line.initiative, LATER) == before
    assert states_of(line.initiative, ledger.END_OF_2024).spent == 40


def test_what_is_allocated_spent_and_carried_is_net_of_reversals(cluster):
    line = ledger.line(cluster)
    ledger.used(line, "100", "40")
    for voucher in (
        ledger.carry_over(cluster),
        *Voucher.objects.filter(cluster=cluster, kind__in=["spend", "allocation"]),
    ):
        reverse(voucher, LATER, "Prøve")
    now = states_of(line.initiative, LATER)
    assert (now.allocated, now.spent, now.carried_over, now.remaining) == (0, 0, 0, 0)


def test_a_reversed_carry_over_can_be_made_again(cluster):
    ledger.used(ledger.line(cluster), "100", "40")
    reverse(ledger.carry_over(cluster), ledger.END_OF_2024, "For tidligt")
    assert ledger.carry_over(cluster).total == 60


def test_a_correction_is_a_reversal_and_a_new_voucher(cluster):
    line = ledger.line(cluster)
    ledger.allocate(line, "100")
    wrong = ledger.spend(line, "40")
    right = correct(wrong, ledger.heading(cluster), movements.spend(cluster, 2024, line, Decimal(45)), "Tastefejl")
    assert (right.replaces, right.reason, wrong.reversed_by.reason) == (wrong, "Tastefejl", "Tastefejl")
    assert states_of(line.initiative, LATER).spent == 45


def test_a_correction_that_is_refused_reverses_nothing(cluster):
    wrong = ledger.grant(cluster, "40")
    with pytest.raises(ValidationError):
        correct(
            wrong,
            ledger.heading(cluster, reference=wrong.reference),
            movements.grant(cluster, 2024, Decimal(1)),
            "Fejl",
        )
    assert not Voucher.objects.filter(reverses=wrong).exists()


def test_what_is_not_reversed(cluster):
    voucher = ledger.grant(cluster, "1")
    proposal = ledger.grant(cluster, "1", state=Voucher.State.PROPOSED)
    for chosen, day, reason, code in (
        (voucher, LATER, "  ", "reason"),
        (proposal, LATER, "Fejl", "state"),
        (voucher, date(2024, 12, 30), "Fejl", "held_on"),
    ):
        with pytest.raises(ValidationError) as refused:
            reverse(chosen, day, reason)
        assert refused.value.code == code
    back = reverse(voucher, LATER, "Fejl")
    for chosen in (voucher, back):
        with pytest.raises(ValidationError) as refused:
            reverse(chosen, LATER, "Fejl")
        assert refused.value.code == "reverses"


def test_a_paid_invoice_is_reversed_after_its_payments(cluster):
    line, payer = ledger.line(cluster), ledger.party(cluster, "Aalborg Kommune")
    decided = ledger.heading(cluster, decision=ledger.decision(cluster))
    invoice = post_invoice(decided, line, payer, Decimal(5))
    payment = post_payment(ledger.heading(cluster), invoice, Decimal(5))
    with pytest.raises(ValidationError) as refused:
        reverse(invoice, LATER, "Fejl")
    assert refused.value.code == "pays"
    reverse(payment, LATER, "Fejl")
    reverse(invoice, LATER, "Fejl")
    assert Entry.objects.filter(voucher__cluster=cluster).balance() == 0
