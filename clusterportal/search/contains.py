"""Does a row hold a word? The one question that SQLite and PostgreSQL are asked in different words.

A word of three characters or more may stand anywhere, inside a compound too. A shorter one must begin a word: no
index of trigrams holds it, and nearly every text has an `i` somewhere.
"""

import re
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, F, Func, Model
from django.db.models.sql.compiler import SQLCompiler

from .query import LETTERS, is_short
from .text_index import TEXTS, folded, fts_table, joined

_LIKE_SIGNS = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


class Holds(Func):
    """A condition: one of the model's searched texts holds `word`, which is in small letters.

    `path` leads from the row to the model, `initiative__`; empty for a row of the model itself. It reads the texts
    of every row that it is asked about, so something else must have made those few.
    """

    output_field = BooleanField()

    def __init__(self, word: str, model: type[Model], path: str = "") -> None:
        self.word = word
        super().__init__(*(F(path + field) for field in TEXTS[model]))

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, tuple[str]]:
        # LIKE would not do: SQLite folds no other letters than ASCII's.
        return f"({joined(self._columns(compiler), 'char(10)')}) REGEXP %s", (f"(?i){_pattern(self.word)}",)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str]]:
        texts = folded(self._columns(compiler))
        if is_short(self.word):
            return f"{texts} ~ %s", (_pattern(self.word),)
        return f"{texts} LIKE %s", (f"%{self.word.translate(_LIKE_SIGNS)}%",)

    def _columns(self, compiler: SQLCompiler) -> list[str]:
        return [compiler.compile(source)[0] for source in self.get_source_expressions()]


class Contains(Holds):
    """As Holds, of a row of the model itself, and from the index unless the word is short."""

    def __init__(self, word: str, model: type[Model]) -> None:
        self.index = fts_table(model)
        super().__init__(word, model)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, tuple[str]]:
        if is_short(self.word):
            return super().as_sqlite(compiler, connection)
        table = self._columns(compiler)[0].rpartition(".")[0]
        phrase = self.word.replace('"', '""')
        found = f'SELECT rowid FROM "{self.index}" WHERE "{self.index}" MATCH %s'  # noqa: S608 (a name of ours)
        return f'{table}."id" IN ({found})', (f'"{phrase}"',)


class Unindexed(Func):
    """A column that SQLite does not look up in an index, said in its own way: `+column`.

    PostgreSQL gets the column itself, for it knows how many rows have which value, and of an expression it does not.
    """

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


def _pattern(word: str) -> str:
    """A regular expression that both databases read alike: a short word only where a word begins."""
    return (f"[^{LETTERS}]" if is_short(word) and word[0].isalnum() else "") + re.escape(word)
