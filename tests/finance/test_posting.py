"""The acts of the ledger post balanced vouchers of their shape and refuse what cannot be meant."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from finance import movements
from finance.models import Account, AccountedYear, Entry, Voucher
from finance.posting import (
    post_allocation,
    post_grant,
    post_spend,
    unbalanced_vouchers,
    write,
)
from finance.shapes import Line, Movement
from initiatives.access import Role
from initiatives.asof import AppendOnlyError
from initiatives.models import Cluster
from tests import build

from . import build_ledger as ledger

pytestmark = pytest.mark.django_db


@pytest.fixture
def cluster() -> Cluster:
    return ledger.ledger()


def entries(voucher: Voucher) -> list[tuple[int, str, str, str, Decimal | None]]:
    """Position, account, initiative, recipient and amount of each entry."""
    return [
        (
            entry.position,
            entry.account.kind,
            entry.initiative.number if entry.initiative else "",
            entry.recipient.name if entry.recipient else "",
            entry.amount,
        )
        for entry in voucher.entries.all()
    ]


def account(cluster: Cluster, kind: str) -> Account:
    return movements.account(cluster, Account.Kind(kind))


def test_a_grant_moves_from_the_source_to_the_pool(cluster):
    assert entries(ledger.grant(cluster, "7020000")) == [
        (1, "source", "", "", Decimal("-7020000.00")),
        (2, "pool", "", "", Decimal("7020000.00")),
    ]


def test_an_allocation_moves_from_the_pool_to_the_line(cluster):
    voucher = ledger.allocate(ledger.line(cluster), "270000")
    assert entries(voucher) == [
        (1, "pool", "", "", Decimal("-270000.00")),
        (2, "allocated", "5", "Jammerbugt Kommune", Decimal("270000.00")),
    ]


def test_spend_moves_within_the_line(cluster):
    voucher = ledger.spend(ledger.line(cluster), "334528.50")
    assert entries(voucher) == [
        (1, "allocated", "5", "Jammerbugt Kommune", Decimal("-334528.50")),
        (2, "spent", "5", "Jammerbugt Kommune", Decimal("334528.50")),
    ]


def test_a_line_without_recipient_names_the_initiative_alone(cluster):
    voucher = ledger.allocate(ledger.line(cluster, "1", None), "750000")
    assert entries(voucher)[1] == (2, "allocated", "1", "", Decimal("750000.00"))


def test_the_heading_is_kept(cluster):
    economist = build.user("erik", Role.ECONOMIST, cluster)
    voucher = ledger.grant(
        cluster, "1", reference="Bevilling 1", text="Nationale midler", budget_year=2023,
        held_on=date(2023, 3, 13), entered_by=economist,
    )  # fmt: skip
    stored = Voucher.objects.get(pk=voucher.pk)
    assert (stored.reference, stored.text, stored.budget_year) == ("Bevilling 1", "Nationale midler", 2023)
    assert (stored.kind, stored.state, stored.held_on) == ("grant", "posted", date(2023, 3, 13))
    assert (stored.entered_by, stored.posted_by) == (economist, economist)


@pytest.mark.parametrize("amount", [Decimal(0), Decimal("-0.01"), Decimal("0.001"), 0.1, "100", True])
def test_an_amount_that_is_not_positive_whole_oere_is_refused(cluster, amount):
    line = ledger.line(cluster)
    for post in (post_allocation, post_spend):
        with pytest.raises(ValidationError):
            post(ledger.heading(cluster), line, amount)
    with pytest.raises(ValidationError):
        post_grant(ledger.heading(cluster), amount)
    assert not Voucher.objects.filter(cluster=cluster).exists()


def test_an_amount_of_nothing_is_called_by_its_name(cluster):
    with pytest.raises(ValidationError) as refused:
        ledger.grant(cluster, "0")
    assert refused.value.code == "zero"


def test_the_message_names_the_refused_amount(cluster):
    with pytest.raises(ValidationError, match=r"−64\.528 kr"):
        ledger.spend(ledger.line(cluster), "-64528")


def test_an_initiative_of_another_cluster_is_refused(cluster):
    other = ledger.ledger("fremmed", "Sundhedsklynge Fremmed")
    with pytest.raises(ValidationError, match="Sundhedsklynge Prøve"):
        post_allocation(ledger.heading(cluster), ledger.line(other), Decimal(1))
    assert not Voucher.objects.filter(cluster__in=[cluster, other]).exists()


def test_an_account_of_another_cluster_is_refused(cluster):
    other = ledger.ledger("fremmed", "Sundhedsklynge Fremmed")
    moved = [
        Movement(account(cluster, "source"), Decimal(-5), 2024),
        Movement(account(other, "pool"), Decimal(5), 2024),
    ]
    with pytest.raises(ValidationError, match="Sundhedsklynge Prøve"):
        write(ledger.heading(cluster), Voucher.Kind.GRANT, moved)


def test_an_account_is_opened_when_it_is_first_moved_on(cluster):
    assert not Account.objects.filter(cluster=cluster).exists()
    ledger.grant(cluster, "100")
    ledger.grant(cluster, "100")
    assert list(Account.objects.filter(cluster=cluster).values_list("kind", flat=True)) == ["pool", "source"]


def test_entries_that_do_not_sum_to_zero_are_refused(cluster):
    moved = [
        Movement(account(cluster, "source"), Decimal(-100), 2024),
        Movement(account(cluster, "pool"), Decimal(88), 2024),
    ]
    with pytest.raises(ValidationError, match="−12 kr"):
        write(ledger.heading(cluster), Voucher.Kind.GRANT, moved)


def test_a_voucher_without_entries_is_refused(cluster):
    with pytest.raises(ValidationError):
        write(ledger.heading(cluster), Voucher.Kind.GRANT, [])


@pytest.mark.parametrize(
    ("kind", "gives", "takes"),
    [("grant", "pool", "source"), ("grant", "source", "spent"), ("spend", "spent", "allocated")],
)
def test_accounts_or_signs_of_another_shape_are_refused(cluster, kind, gives, takes):
    moved = [
        Movement(account(cluster, name), amount, 2024, ledger.line(cluster) if name in {"spent", "allocated"} else None)
        for name, amount in ((gives, Decimal(-5)), (takes, Decimal(5)))
    ]
    with pytest.raises(ValidationError):
        write(ledger.heading(cluster), Voucher.Kind(kind), moved)


@pytest.mark.parametrize(("on_pool", "on_allocated"), [(True, True), (False, False)])
def test_only_accounts_of_lines_name_a_line(cluster, on_pool, on_allocated):
    line = ledger.line(cluster)
    moved = [
        Movement(account(cluster, "pool"), Decimal(-5), 2024, line if on_pool else None),
        Movement(account(cluster, "allocated"), Decimal(5), 2024, line if on_allocated else None),
    ]
    with pytest.raises(ValidationError):
        write(ledger.heading(cluster), Voucher.Kind.ALLOCATION, moved)


def test_a_reference_is_used_once(cluster):
    ledger.grant(cluster, "100", reference="Bevilling 1")
    with pytest.raises(ValidationError):
        ledger.grant(cluster, "100", reference="Bevilling 1")
    assert Entry.objects.filter(voucher__cluster=cluster).count() == 2


@pytest.mark.parametrize("year", [2006, 2100])
def test_a_budget_year_out_of_range_is_refused(cluster, year):
    with pytest.raises(ValidationError):
        ledger.grant(cluster, "100", budget_year=year)


def test_what_is_posted_is_never_changed_or_deleted(cluster):
    voucher = ledger.grant(cluster, "100")
    ledger.account_for(cluster)
    for change in (
        lambda: Entry.objects.filter(voucher=voucher).update(amount=Decimal(1)),
        lambda: Voucher.objects.filter(pk=voucher.pk).update(state="proposed"),
        lambda: Voucher.objects.filter(pk=voucher.pk).delete(),
        lambda: AccountedYear.objects.filter(cluster=cluster).delete(),
        voucher.save,
    ):
        with pytest.raises(AppendOnlyError):
            change()


def test_an_unbalanced_voucher_is_named(cluster):
    ledger.grant(cluster, "100")
    loose = Voucher.objects.create(
        cluster=cluster, reference="Løst bilag", kind="grant", held_on=date(2024, 1, 1), budget_year=2024, text="-"
    )
    Entry.objects.create(
        voucher=loose, position=1, account=account(cluster, "pool"), budget_year=2024, amount=Decimal("0.01")
    )
    assert unbalanced_vouchers() == ["Løst bilag"]


def test_the_accounts_of_parties_stand_apart(cluster):
    Account.objects.create(cluster=cluster, kind="pool", party=build.municipality("Aalborg Kommune"))
    voucher = ledger.allocate(Line(ledger.initiative(cluster)), "100")
    assert [entry.account.party for entry in voucher.entries.all()] == [None, None]
