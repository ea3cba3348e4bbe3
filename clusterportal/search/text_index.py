"""The databases' own indexes of the texts that are searched: always current, whoever writes the row.

PostgreSQL gets a trigram index over the folded texts of each table. SQLite gets an FTS5 trigram table beside each,
kept by three triggers. Neither is in a migration: one that remakes a table of SQLite drops its triggers without a
word, so they are looked after whenever migrations have run.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.db import connections, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Model

from initiatives.models import Actor, Initiative, InitiativeActor, NarrativeSection, StatusReport
from meetings.models import AgendaItem, Decision, Recommendation
from outcomes.models import Measure

# Fields of one model are searched together; a phrase never runs from one into the next.
TEXTS: dict[type[Model], tuple[str, ...]] = {
    Initiative: ("number", "title", "short_title", "target_group"),
    InitiativeActor: ("label",),
    Actor: ("name",),
    StatusReport: ("printed_text", "account", "remedy", "next_step"),
    NarrativeSection: ("heading", "body"),
    AgendaItem: ("title",),
    Recommendation: ("text",),
    Decision: ("text",),
    Measure: ("name", "instrument"),
}


def keep_up(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Puts in place what is missing of the indexes; a receiver of post_migrate. Costs little when nothing is."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    mend = {"sqlite": _mend_sqlite, "postgresql": _mend_postgresql}[connection.vendor]
    with transaction.atomic(using), connection.cursor() as cursor:
        mend(cursor, [model for model in TEXTS if model._meta.db_table in tables])


def fts_table(model: type[Model]) -> str:
    """SQLite's table that indexes the model's texts; rowid is the row's id."""
    return f"search_{model._meta.db_table}"


def joined(columns: Sequence[str], line_break: str) -> str:
    """SQL of the texts in one, each after a line break (`line_break` as the database writes it)."""
    return " || ".join(f"{line_break} || {column}" for column in columns)


def folded(columns: Sequence[str]) -> str:
    """PostgreSQL's SQL of the texts in small letters; the collation folds Æ Ø Å whatever the database's own is."""
    return f'lower(({joined(columns, "chr(10)")}) COLLATE "und-x-icu")'


def _mend_sqlite(cursor: CursorWrapper, models: list[type[Model]]) -> None:
    """A table and its triggers are made and filled together: with one of them missing, rows may be too."""
    cursor.execute("SELECT sql FROM sqlite_master WHERE sql LIKE 'CREATE %' AND name LIKE 'search!_%' ESCAPE '!'")
    present = {sql for (sql,) in cursor.fetchall()}
    for model in models:
        wanted = dict(_sqlite_objects(model))
        if present.issuperset(wanted.values()):
            continue
        for name in wanted:
            cursor.execute(f'DROP {"TABLE" if name == fts_table(model) else "TRIGGER"} IF EXISTS "{name}"')
        for statement in wanted.values():
            cursor.execute(statement)
        cursor.execute(_filling(model))


def _sqlite_objects(model: type[Model]) -> Iterator[tuple[str, str]]:
    """Name and statement of the index's table and of the triggers that keep it."""
    table, index, columns = model._meta.db_table, fts_table(model), TEXTS[model]
    new = ", ".join(f'new."{column}"' for column in ("id", *columns))
    # OR REPLACE: what a missing trigger left behind must not stop somebody from saving.
    put = f'INSERT OR REPLACE INTO "{index}" ({_quoted("rowid", *columns)}) VALUES ({new})'  # noqa: S608 (names of ours)
    acts = {
        "insert": ("INSERT", put),
        "update": (f"UPDATE OF {_quoted(*columns)}", put),
        "delete": ("DELETE", f'DELETE FROM "{index}" WHERE rowid = old."id"'),  # noqa: S608
    }
    yield index, f"""CREATE VIRTUAL TABLE "{index}" USING fts5({_quoted(*columns)}, tokenize = 'trigram')"""
    for act, (event, statement) in acts.items():
        name = f"{index}_{act}"
        yield name, f'CREATE TRIGGER "{name}" AFTER {event} ON "{table}" BEGIN {statement}; END'


def _filling(model: type[Model]) -> str:
    into, names = _quoted("rowid", *TEXTS[model]), _quoted("id", *TEXTS[model])
    return f'INSERT INTO "{fts_table(model)}" ({into}) SELECT {names} FROM "{model._meta.db_table}"'  # noqa: S608


def _mend_postgresql(cursor: CursorWrapper, models: list[type[Model]]) -> None:
    """The name of an index tells what it indexes, so that one of other texts is seen and replaced."""
    cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    cursor.execute(
        "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
        " AND indexname LIKE 'search!_%' ESCAPE '!' AND indexdef LIKE '%gin_trgm_ops%'"
    )
    present = {name for (name,) in cursor.fetchall()}
    wanted = dict(_postgresql_index(model) for model in models)
    for name in sorted(present - set(wanted)):
        cursor.execute(f'DROP INDEX "{name}"')
    for name in sorted(set(wanted) - present):
        cursor.execute(wanted[name])


def _postgresql_index(model: type[Model]) -> tuple[str, str]:
    """Name and statement of the index."""
    table, expression = model._meta.db_table, folded([f'"{column}"' for column in TEXTS[model]])
    digest = hashlib.sha256(expression.encode()).hexdigest()[:8]
    name = f"search_{table}_{digest}"
    return name, f'CREATE INDEX "{name}" ON "{table}" USING gin ({expression} gin_trgm_ops)'


def _quoted(*names: str) -> str:
    return ", ".join(f'"{name}"' for name in names)
