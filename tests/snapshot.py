"""The database as it was before the first test, put back after each test that commits for real.

Django would empty the database after such a test, and the facts would be loaded and checked anew: some four seconds,
where putting rows back takes a tenth of one.
"""

import sqlite3
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

KEPT = "kept_for_tests"


class SQLiteSnapshot:
    """A second database in memory."""

    def __init__(self) -> None:
        connection.ensure_connection()
        self.kept = sqlite3.connect(":memory:", check_same_thread=False)
        connection.connection.backup(self.kept)

    def put_back(self) -> None:
        connection.ensure_connection()
        self.kept.backup(connection.connection)


class PostgreSQLSnapshot:
    """A copy of every table, in a schema of its own."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {KEPT}")
            self.tables = connection.introspection.table_names(cursor)
            for table in self.tables:
                cursor.execute(f'CREATE TABLE {KEPT}."{table}" AS TABLE "{table}"')
            self.script = "; ".join(self._statements(self._guarded(cursor)))

    def put_back(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(self.script)

    def _guarded(self, cursor: Any) -> list[str]:
        """Tables with triggers of the portal's own: these refuse what a restore does."""
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        return [table for (table,) in cursor.fetchall()]

    def _statements(self, guarded: list[str]) -> Iterator[str]:
        yield "SET CONSTRAINTS ALL DEFERRED"
        yield from (f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in guarded)
        # DELETE, since a TRUNCATE of so many tables makes new files for all of them, which takes seconds.
        yield from (f'DELETE FROM "{table}"' for table in self.tables)
        yield from (f'INSERT INTO "{table}" SELECT * FROM {KEPT}."{table}"' for table in self.tables)
        # A test may have begun the numbers anew.
        yield from (statement.rstrip(";") for statement in self._numbers())
        # A table with checks that still wait cannot be altered.
        yield "SET CONSTRAINTS ALL IMMEDIATE"
        yield from (f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in guarded)

    def _numbers(self) -> list[str]:
        """Lets every sequence go on after the rows that are there."""
        models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
        return connection.ops.sequence_reset_sql(no_style(), models)


Snapshot = SQLiteSnapshot | PostgreSQLSnapshot


def take() -> Snapshot:
    return SQLiteSnapshot() if connection.vendor == "sqlite" else PostgreSQLSnapshot()
