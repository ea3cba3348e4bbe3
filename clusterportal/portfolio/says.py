"""Whether a text says something: a regular expression that both databases read alike, whatever the letters' size."""

from typing import Any

from django.db.models import BooleanField, F, Func, TextField, Value
from django.db.models.functions import Coalesce


class Says(Func):
    """True where the fields, one on each line, match `pattern`, which is in small letters."""

    output_field = BooleanField()

    def __init__(self, pattern: str, *fields: str) -> None:
        self.pattern = pattern
        super().__init__(*(Coalesce(F(field), Value(""), output_field=TextField()) for field in fields))

    def as_sqlite(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        # LIKE would not do: SQLite folds no other letters than ASCII's.
        texts, params = self._texts(compiler, "char(10)")
        return f"{texts} REGEXP %s", (*params, f"(?i){self.pattern}")

    def as_postgresql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, tuple[Any, ...]]:
        # The collation folds Æ Ø Å whatever the database's own is.
        texts, params = self._texts(compiler, "chr(10)")
        return f'lower({texts} COLLATE "und-x-icu") ~ %s', (*params, self.pattern)

    def _texts(self, compiler: Any, line_break: str) -> tuple[str, list[Any]]:
        compiled = [compiler.compile(source) for source in self.get_source_expressions()]
        joined = f" || {line_break} || ".join(sql for sql, _params in compiled)
        return f"({joined})", [param for _sql, params in compiled for param in params]
