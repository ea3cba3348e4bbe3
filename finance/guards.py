"""What the database itself refuses, whoever asks: posted vouchers are fixed, balanced, and in open years.

    a voucher is born as a proposal; posting needs entries that sum to zero, and no closed year
    a posted voucher and its entries are never changed or deleted, and get no further entries
    an account that has entries keeps its cluster, kind and party
    nothing is posted that changes an asserted balance
    accounted years, asserted balances and what lifts them are never changed or deleted
    on PostgreSQL no table of the ledger is truncated

Triggers on SQLite and PostgreSQL. They stand in no migration: one that remakes a table of SQLite drops its triggers
without a word, so they are taken down before migrations and put in place whenever migrations have run.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.apps import AppConfig
from django.db import connection as usual_connection
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

# Refused with the conditions in which a row `new` or `old` breaks the rule, in SQL that both databases read; {year} is
# the calendar year of a column.
POSTED_OLD = "OLD.state = 'posted'"
ENTRY_OF_POSTED = "EXISTS (SELECT 1 FROM finance_voucher v WHERE v.id = {row}.voucher_id AND v.state = 'posted')"
UNBALANCED = """NEW.state = 'posted'
    AND COALESCE((SELECT SUM(e.amount) FROM finance_entry e WHERE e.voucher_id = NEW.id), 1) <> 0"""
IN_CLOSED_YEAR = """NEW.state = 'posted' AND EXISTS (
    SELECT 1 FROM finance_accountedyear y
    WHERE y.cluster_id = NEW.cluster_id
    AND NOT EXISTS (SELECT 1 FROM finance_reopening r WHERE r.year_id = y.id)
    AND (y.budget_year = {year} OR EXISTS (
        SELECT 1 FROM finance_entry e WHERE e.voucher_id = NEW.id AND e.budget_year = y.budget_year)))"""
BREAKS_BALANCE = """NEW.state = 'posted' AND EXISTS (
    SELECT 1 FROM finance_balanceassertion a
    WHERE a.held_on >= NEW.held_on
    AND NOT EXISTS (SELECT 1 FROM finance_liftedassertion l WHERE l.assertion_id = a.id)
    AND COALESCE((SELECT SUM(e.amount) FROM finance_entry e
        WHERE e.voucher_id = NEW.id AND e.account_id = a.account_id), 0) <> 0)"""
CLOSED_ALREADY = """EXISTS (
    SELECT 1 FROM finance_accountedyear y
    WHERE y.cluster_id = NEW.cluster_id AND y.budget_year = NEW.budget_year
    AND NOT EXISTS (SELECT 1 FROM finance_reopening r WHERE r.year_id = y.id))"""
USED_ACCOUNT = """(OLD.cluster_id <> NEW.cluster_id OR OLD.kind <> NEW.kind
    OR COALESCE(OLD.party_id, 0) <> COALESCE(NEW.party_id, 0))
    AND EXISTS (SELECT 1 FROM finance_entry e WHERE e.account_id = OLD.id)"""

# Table and event: the rules, each a condition and the message with which it refuses.
RULES: Mapping[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("finance_voucher", "INSERT"): (("NEW.state <> 'proposed'", "a voucher is born as a proposal"),),
    ("finance_voucher", "UPDATE"): (
        (POSTED_OLD, "a posted voucher is never changed"),
        (UNBALANCED, "the entries of a posted voucher sum to zero"),
        (IN_CLOSED_YEAR, "the year is closed"),
        (BREAKS_BALANCE, "an asserted balance would break"),
    ),
    ("finance_voucher", "DELETE"): ((POSTED_OLD, "a posted voucher is never deleted"),),
    ("finance_entry", "INSERT"): ((ENTRY_OF_POSTED.format(row="NEW"), "a posted voucher gets no further entries"),),
    ("finance_entry", "UPDATE"): (
        (
            f"{ENTRY_OF_POSTED.format(row='OLD')} OR {ENTRY_OF_POSTED.format(row='NEW')}",
            "an entry of a posted voucher is never changed",
        ),
    ),
    ("finance_entry", "DELETE"): (
        (ENTRY_OF_POSTED.format(row="OLD"), "an entry of a posted voucher is never deleted"),
    ),
    ("finance_account", "UPDATE"): ((USED_ACCOUNT, "an account with entries keeps its kind and party"),),
    ("finance_accountedyear", "INSERT"): ((CLOSED_ALREADY, "the year is closed already"),),
    **{
        (table, event): (("1 = 1", "what was closed, reopened or asserted is never changed"),)
        for table in (
            "finance_accountedyear",
            "finance_reopening",
            "finance_balanceassertion",
            "finance_liftedassertion",
        )
        for event in ("UPDATE", "DELETE")
    },
}
GUARDED = tuple(dict.fromkeys(table for table, _event in RULES))
YEAR_OF_DAY = {
    "sqlite": "CAST(strftime('%Y', NEW.held_on) AS INTEGER)",
    "postgresql": "EXTRACT(YEAR FROM NEW.held_on)",
}


def put_up(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Puts every guard in place anew; a receiver of post_migrate. Nothing where the tables are not there."""
    install(connections[using])


def take_down(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Before migrations: SQLite cannot remake a table that another one's trigger reads. A receiver of pre_migrate."""
    remove(connections[using])


def install(connection: BaseDatabaseWrapper) -> None:
    """Every guard as it should be, in one transaction; replaces those that are there."""
    if not set(GUARDED) <= set(connection.introspection.table_names()):
        return
    make = {"sqlite": _sqlite, "postgresql": _postgresql}[connection.vendor]
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        for statement in make():
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """No guard is left in place."""
    present = set(connection.introspection.table_names())
    with transaction.atomic(connection.alias), connection.cursor() as cursor:
        for name, table in _names(connection.vendor):
            if table in present:
                on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


def present(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the guards that are in place."""
    listed = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'guard!_%' ESCAPE '!'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'guard!_%' ESCAPE '!'",
    }
    with connection.cursor() as cursor:
        cursor.execute(listed[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def expected(vendor: str) -> set[str]:
    """Names of the guards that should be."""
    return {name for name, _table in _names(vendor)}


@contextmanager
def lifted_for_maintenance(connection: BaseDatabaseWrapper = usual_connection) -> Iterator[None]:
    """The one switch: without guards until the block ends. For tests that empty or fill a database; no page uses it."""
    remove(connection)
    try:
        yield
    finally:
        install(connection)


def _names(vendor: str) -> list[tuple[str, str]]:
    """Name and table of each guard."""
    named = [(f"guard_{table}_{event.lower()}", table) for table, event in RULES]
    return named + [(f"guard_{table}_truncate", table) for table in GUARDED if vendor == "postgresql"]


def _sqlite() -> Iterator[str]:
    for (table, event), rules in RULES.items():
        name = f"guard_{table}_{event.lower()}"
        checks = " ".join(
            f"SELECT RAISE(ABORT, 'ledger: {message}') WHERE {condition.format(year=YEAR_OF_DAY['sqlite'])};"
            for condition, message in rules
        )
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN {checks} END"


def _postgresql() -> Iterator[str]:
    for (table, event), rules in RULES.items():
        name = f"guard_{table}_{event.lower()}"
        checks = " ".join(
            f"IF {condition.format(year=YEAR_OF_DAY['postgresql'])} THEN {_refusal(message)} END IF;"
            for condition, message in rules
        )
        row = "OLD" if event == "DELETE" else "NEW"
        if table == "finance_entry":
            # Whoever is posting the voucher at this moment finishes first, and is then seen.
            checks = f"PERFORM 1 FROM finance_voucher v WHERE v.id = {row}.voucher_id FOR SHARE; {checks}"
        yield from _postgresql_trigger(name, f"{event} ON {table} FOR EACH ROW", f"{checks} RETURN {row};")
    for table in GUARDED:
        refused = f"{_refusal('no table of the ledger is truncated')} RETURN NULL;"
        yield from _postgresql_trigger(f"guard_{table}_truncate", f"TRUNCATE ON {table} FOR EACH STATEMENT", refused)


def _postgresql_trigger(name: str, when: str, body: str) -> Iterator[str]:
    table = when.split()[2]
    yield f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
    yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
    yield f"CREATE TRIGGER {name} BEFORE {when} EXECUTE FUNCTION {name}()"


def _refusal(message: str) -> str:
    """Django meets it as IntegrityError, as on SQLite."""
    return f"RAISE EXCEPTION 'ledger: {message}' USING ERRCODE = 'check_violation';"
