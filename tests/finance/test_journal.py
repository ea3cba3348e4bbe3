"""The plain-text journal: hledger reads it, finds it sound, and has the portal's balances."""

import csv
import os
import subprocess
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finance import movements
from finance.asserting import assert_balance
from finance.journal import Posting, Transaction, account_name, journal
from finance.journal_rows import account_of, journal_of
from finance.models import Account, Entry
from finance.posting import post_contribution, post_invoice
from initiatives.models import Cluster
from tests import build

from . import build_ledger as ledger

DAY = date(2025, 12, 31)


@pytest.fixture
def hledger(tmp_path: Path) -> Callable[..., str]:
    """Runs hledger on a journal: its answer, or the test fails with its complaint."""

    def run(text: str, *arguments: str) -> str:
        file = tmp_path / "ledger.journal"
        file.write_text(text, "utf-8")
        command = ["hledger", "-f", str(file), *arguments]
        # Without a UTF-8 locale it cannot read Danish names.
        environment = {**os.environ, "LC_ALL": "C.UTF-8"}
        ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    return run


def balances(answer: str) -> dict[str, Decimal]:
    """Account and kroner of hledger's balance report; accounts at 0 are told too."""
    rows = list(csv.reader(answer.splitlines()))[1:]
    found = {account: Decimal(amount.split()[0]) for account, amount in rows if account != "total"}
    return {account: amount for account, amount in found.items() if amount}


def in_portal(cluster: Cluster) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for entry in Entry.objects.filter(voucher__cluster=cluster).counted_on(DAY):
        name = account_name(account_of(cluster, entry))
        sums[name] = sums.get(name, Decimal(0)) + (entry.amount or Decimal(0))
    return {name: amount for name, amount in sums.items() if amount}


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2024, 12, 31), DAY])
def test_hledger_finds_the_loaded_facts_sound(midt, hledger, day):
    hledger("".join(journal_of(midt, day)), "check", "--strict")


@pytest.mark.django_db
def test_hledger_has_the_portals_balances_of_the_loaded_facts(midt, hledger):
    answer = hledger("".join(journal_of(midt, DAY)), "balance", "--flat", "--empty", "-O", "csv")
    assert balances(answer) == in_portal(midt)
    assert len(in_portal(midt)) == 18


@pytest.mark.django_db
def test_hledger_has_them_where_parties_pay_each_other_and_a_balance_is_asserted(hledger):
    cluster = ledger.ledger()
    payer, line = ledger.party(cluster, "Aalborg Kommune"), ledger.line(cluster)
    ledger.grant(cluster, "1000.25", party=payer)
    ledger.allocate(line, "300.10")
    post_contribution(ledger.heading(cluster), line, payer, Decimal("100.03"))
    post_invoice(ledger.heading(cluster, decision=ledger.decision(cluster)), line, payer, Decimal("100.03"))
    ledger.spend(line, "99.99", text="Løn; pension | 50 %  rest", reference="Bilag (a)")
    assert_balance(movements.account(cluster, Account.Kind.POOL, payer), ledger.END_OF_2024, Decimal("900.22"), "Bank")
    text = "".join(journal_of(cluster, DAY))
    hledger(text, "check", "--strict")
    assert balances(hledger(text, "balance", "--flat", "--empty", "-O", "csv")) == in_portal(cluster)
    assert "proeve:pool:Aalborg Kommune  0.00 DKK = 900.22 DKK" in text


@pytest.mark.django_db
def test_hledger_sees_an_asserted_balance_that_does_not_hold(hledger):
    """The check is worth something: a changed amount in the file is found."""
    cluster = ledger.ledger()
    ledger.grant(cluster, "100")
    assert_balance(movements.account(cluster, Account.Kind.POOL), ledger.END_OF_2024, Decimal(100), "Bank")
    text = "".join(journal_of(cluster, DAY)).replace("100.00 DKK  ;", "90.00 DKK  ;")
    with pytest.raises(AssertionError, match="assertion"):
        hledger(text, "check")


@pytest.mark.django_db
def test_proposals_are_left_out_unless_asked_for():
    cluster = ledger.ledger()
    ledger.grant(cluster, "100", state="proposed", text="Kun et forslag")
    assert "Kun et forslag" not in "".join(journal_of(cluster, DAY))
    assert "! (" in "".join(journal_of(cluster, DAY, proposed=True))


@pytest.mark.django_db
def test_the_cost_does_not_grow_with_the_vouchers(queries):
    cluster = ledger.ledger()
    ledger.used(ledger.line(cluster), "100", "40")
    few = queries(lambda: list(journal_of(cluster, DAY)))
    for number in range(5):
        ledger.used(ledger.line(cluster, str(number), build.municipality(f"By {number}").name), "100", "40")
    assert queries(lambda: list(journal_of(cluster, DAY))) == few == 3


def test_what_has_a_meaning_in_a_journal_is_taken_out_of_texts():
    odd = Transaction(
        date(2024, 1, 2), "A (1)", "To\n linjer; og | mere", True,
        (Posting(("k", "pool", "Part:  med  kolon"), Decimal("1.5"), 2024), Posting(("k",), Decimal("-1.5"), 2024)),
        (("reason", "en, to"), ("empty", "")),
    )  # fmt: skip
    assert list(journal([odd]))[-5:] == [
        "\n",
        "2024-01-02 * (A [1]) To linjer, og / mere\n",
        "    ; reason: en to\n",
        "    k:pool:Part med kolon  1.50 DKK  ; year: 2024\n",
        "    k  -1.50 DKK  ; year: 2024\n",
    ]
