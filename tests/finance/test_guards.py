"""The database refuses what the acts would not do, through every door: ORM, bulk calls, raw SQL, the admin."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.models import QuerySet

from finance import guards, movements
from finance.models import Account, AccountedYear, Entry, Reopening, Voucher, VoucherFile
from initiatives.asof import AppendOnlyError
from initiatives.models import Cluster

from . import build_ledger as ledger

pytestmark = pytest.mark.django_db
PROPOSED = Voucher.State.PROPOSED


@pytest.fixture
def cluster() -> Cluster:
    return ledger.ledger()


@pytest.fixture
def posted(cluster: Cluster) -> Voucher:
    return ledger.grant(cluster, "100")


@pytest.fixture
def proposed(cluster: Cluster) -> Voucher:
    return ledger.grant(cluster, "100", state=PROPOSED)


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def refused(change: Callable[[], Any], said: str) -> None:
    with pytest.raises(IntegrityError, match=said), transaction.atomic():
        change()


def test_every_guard_is_there_after_the_migrations():
    assert guards.present(connection) == guards.expected(connection.vendor)
    assert len(guards.expected(connection.vendor)) >= 11


def test_they_are_there_again_after_a_table_was_remade(posted):
    """A migration that alters a column remakes a table on SQLite, which drops its triggers."""
    if connection.vendor == "postgresql":
        connection.check_constraints()
    from django.apps import apps

    config = apps.get_app_config("finance")
    guards.take_down(config, "default")
    if connection.vendor == "postgresql":
        field = Voucher._meta.get_field("text")
        wider = models.CharField(max_length=300)
        wider.set_attributes_from_name("text")
        wider.model = Voucher
        with connection.schema_editor() as editor:
            editor.alter_field(Voucher, field, wider)
            editor.alter_field(Voucher, wider, field)
    assert guards.present(connection) == set()
    guards.put_up(config, "default")
    guards.put_up(config, "default")
    assert guards.present(connection) == guards.expected(connection.vendor)
    refused(lambda: sql(f"DELETE FROM finance_entry WHERE voucher_id = {posted.pk}"), "never deleted")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE finance_voucher SET text = 'Andet' WHERE id = {pk}",
        "UPDATE finance_voucher SET state = 'proposed', posted_at = NULL WHERE id = {pk}",
        "UPDATE finance_entry SET amount = amount * 2 WHERE voucher_id = {pk}",
        "DELETE FROM finance_entry WHERE voucher_id = {pk}",
        "DELETE FROM finance_voucher WHERE id = {pk}",
        "INSERT INTO finance_entry (voucher_id, position, account_id, budget_year, amount, recorded_at)"
        " SELECT voucher_id, 9, account_id, 2024, 1, recorded_at FROM finance_entry WHERE voucher_id = {pk}",
    ],
)
def test_raw_sql_changes_nothing_that_is_posted(posted, change):
    refused(lambda: sql(change.format(pk=posted.pk)), "posted voucher")


def test_the_orm_past_the_models_own_guard_changes_nothing_that_is_posted(posted):
    entries, vouchers = QuerySet(Entry).filter(voucher=posted), QuerySet(Voucher).filter(pk=posted.pk)
    [first, *_rest] = entries
    first.amount = Decimal(1)
    refused(lambda: entries.update(amount=Decimal(1)), "never changed")
    refused(lambda: QuerySet(Entry).bulk_update([first], ["amount"]), "never changed")
    refused(entries.delete, "never deleted")
    refused(lambda: vouchers.update(budget_year=2025), "never changed")
    refused(lambda: models.Model.save(posted), "never changed")
    refused(
        lambda: QuerySet(Entry).bulk_create(
            [Entry(voucher=posted, position=8, account=first.account, budget_year=2024, amount=Decimal(1))]
        ),
        "no further entries",
    )


def test_the_orm_refuses_before_the_database_does(posted):
    entry = posted.entries.all()[0]
    for change in (
        lambda: Voucher.objects.filter(pk=posted.pk).update(text="Andet"),
        lambda: Voucher.objects.filter(pk=posted.pk).delete(),
        lambda: Voucher.objects.bulk_update([posted], ["text"]),
        lambda: Entry.objects.bulk_update([entry], ["amount"]),
        lambda: Entry.objects.bulk_create([entry], update_conflicts=True, update_fields=["amount"]),
        posted.save,
        posted.delete,
        entry.save,
        entry.delete,
    ):
        with pytest.raises(AppendOnlyError):
            change()


def test_a_stale_object_does_not_open_a_posted_voucher(cluster, proposed):
    from finance.posting import post

    seen = Voucher.objects.get(pk=proposed.pk)
    post(proposed)
    seen.text = "Andet"
    with pytest.raises(AppendOnlyError):
        seen.save()


def test_an_entry_is_not_moved_into_a_posted_voucher(posted, proposed):
    refused(
        lambda: sql(
            f"UPDATE finance_entry SET voucher_id = {posted.pk}, position = 7"
            f" WHERE voucher_id = {proposed.pk} AND position = 1"
        ),
        "never changed",
    )


def test_a_voucher_is_not_born_posted(cluster):
    refused(
        lambda: Voucher.objects.create(
            cluster=cluster, reference="Født", kind="grant", held_on=date(2024, 1, 1), budget_year=2024, text="-",
            state="posted", posted_at="2024-01-01T00:00Z",
        ),
        "born as a proposal",
    )  # fmt: skip


POST = "UPDATE finance_voucher SET state = 'posted', posted_at = recorded_at WHERE id = {pk}"


def test_an_unbalanced_voucher_is_not_posted(cluster, proposed):
    QuerySet(Entry).filter(voucher=proposed, position=1).update(amount=Decimal(-99))
    refused(lambda: sql(POST.format(pk=proposed.pk)), "sum to zero")
    QuerySet(Entry).filter(voucher=proposed).delete()
    refused(lambda: sql(POST.format(pk=proposed.pk)), "sum to zero")


def test_nothing_is_posted_into_a_closed_year(cluster):
    of_year = ledger.grant(cluster, "1", state=PROPOSED)
    dated = ledger.grant(cluster, "1", state=PROPOSED, budget_year=2025)
    ledger.account_for(cluster)
    for voucher in (of_year, dated):
        refused(lambda pk=voucher.pk: sql(POST.format(pk=pk)), "closed")
    other = ledger.ledger("anden", "Sundhedsklynge Anden")
    elsewhere = ledger.grant(other, "1", state=PROPOSED)
    sql(POST.format(pk=elsewhere.pk))


def test_an_allocation_is_not_posted_without_its_decision(cluster):
    voucher = ledger.allocate(ledger.line(cluster), "100", state=PROPOSED, decision=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        sql(POST.format(pk=voucher.pk))


def test_closings_stand(cluster):
    year = ledger.account_for(cluster)
    reopening = Reopening.objects.create(year=year, reopened_on=date(2025, 1, 2), reason="Fejl i bilag")
    for table, pk in (("finance_accountedyear", year.pk), ("finance_reopening", reopening.pk)):
        refused(lambda table=table, pk=pk: sql(f"DELETE FROM {table} WHERE id = {pk}"), "never changed")
    refused(lambda: sql(f"UPDATE finance_reopening SET reason = '-' WHERE id = {reopening.pk}"), "never changed")
    AccountedYear.objects.create(cluster=cluster, budget_year=2024, accounted_on=date(2025, 1, 3))
    refused(
        lambda: AccountedYear.objects.create(cluster=cluster, budget_year=2024, accounted_on=date(2025, 1, 4)),
        "closed already",
    )


def test_an_account_that_is_used_keeps_its_meaning(cluster, posted):
    pool = movements.account(cluster, Account.Kind.POOL)
    pool.kind = Account.Kind.SPENT
    refused(pool.save, "keeps its kind")
    unused = movements.account(cluster, Account.Kind.OWED, ledger.party(cluster))
    unused.party = ledger.party(cluster, "Aalborg Kommune")
    unused.save()


# SQLite has no TRUNCATE: there the rows that Midt's facts brought are deleted at once.
IN_ONE_GO = {
    "postgresql": [(f"TRUNCATE {table} CASCADE", "truncated") for table in guards.GUARDED],
    "sqlite": [
        ("DELETE FROM finance_entry", "never deleted"),
        ("DELETE FROM finance_voucher", "never deleted"),
        ("DELETE FROM finance_accountedyear", "never changed"),
    ],
}


@pytest.mark.parametrize(("statement", "told"), IN_ONE_GO[connection.vendor])
def test_no_table_of_the_ledger_is_emptied_in_one_go(statement, told):
    refused(lambda: sql(statement), told)


def test_a_flush_is_refused_without_the_maintenance_switch(transactional_db, cluster):
    guards.install(connection)
    ledger.grant(cluster, "100")
    with pytest.raises(Exception, match=r"truncated|never deleted|flushed"):
        call_command("flush", interactive=False, verbosity=0)
    assert Voucher.objects.filter(cluster=cluster).exists()
    with guards.lifted_for_maintenance():
        call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    assert not Voucher.objects.exists()
    assert guards.present(connection) == guards.expected(connection.vendor)


def test_the_ledger_is_not_administered():
    """Vouchers and years have no page of Django's admin, so there is no door to guard; keys and rates have one."""
    facts = {Account, AccountedYear, Entry, Reopening, Voucher, VoucherFile}
    assert facts.isdisjoint(admin.site._registry)
