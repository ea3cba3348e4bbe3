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


class Contains(Func):
    """A condition: one of the model's searched texts holds `word`, which is in small letters.

    `path` leads from the row to the model, `initiative__`; empty for a row of the model itself. The index answers
    unless the word is short: ask for a short word only of rows that something else has made few.
    """

    output_field = BooleanField()

    def __init__(self, word: str, model: type[Model], path: str = "") -> None:
        self.word, self.index = word, fts_table(model)
        super().__init__(*(F(path + field) for field in ("pk", *TEXTS[model])))

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, tuple[str]]:
        key, *texts = self._columns(compiler)
        if is_short(self.word):
            return f"({joined(texts, 'char(10)')}) REGEXP %s", (f"(?i){_beginning(self.word)}",)
        phrase = self.word.replace('"', '""')
        found = f'SELECT rowid FROM "{self.index}" WHERE "{self.index}" MATCH %s'  # noqa: S608 (a name of ours)
        return f"{key} IN ({found})", (f'"{phrase}"',)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str]]:
        _, *texts = self._columns(compiler)
        if is_short(self.word):
            return f"{folded(texts)} ~ %s", (_beginning(self.word),)
        return f"{folded(texts)} LIKE %s", (f"%{self.word.translate(_LIKE_SIGNS)}%",)

    def _columns(self, compiler: SQLCompiler) -> list[str]:
        return [compiler.compile(source)[0] for source in self.get_source_expressions()]


def _beginning(word: str) -> str:
    """A regular expression that both databases read alike: the word where a word begins."""
    return (f"[^{LETTERS}]" if word[0].isalnum() else "") + re.escape(word)
