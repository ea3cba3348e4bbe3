"""Which texts that users wrote can be printed: pure, without database. What cannot is left out and said so."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from initiatives.danish import format_number

# Most characters of one text, about ten pages; and most columns of a table, for which the text column has room.
LONGEST, COLUMNS = 30_000, 6
# Reads more than is printed, to find what the writer meant.
_PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")
# Without one of these signs there is nothing to find, and most texts have none.
_SUSPECT = re.compile(r"[`~|<]|!\[")
# A picture pasted into the text: as letters it is megabytes, and no advice about the length of the text would help.
_PASTED = re.compile(r"data:image/[\w.+-]+;base64,")
_CLOSED = re.compile(r"[\s>]*(`{3,}|~{3,})\s*")


@dataclass(frozen=True)
class Remark:
    """A text that was left out: where it stands, and what is wrong with it and can be done."""

    place: str
    problem: str


def problem(text: str) -> str:
    """Why a text cannot be printed and what to do about it, in words for the user; empty where all is well."""
    if len(text) > LONGEST and _PASTED.search(text):
        return _picture()
    if len(text) > LONGEST:
        return _("The text has %(count)s characters, and there is room for %(limit)s. Shorten it.") % {
            "count": format_number(len(text), 0),
            "limit": format_number(LONGEST, 0),
        }
    return next(_found(text, _PARSER.parse(text)), "") if _SUSPECT.search(text) else ""


def _found(text: str, tokens: list[Token]) -> Iterator[str]:
    lines = text.splitlines()
    kinds = {token.type for token in _all(tokens)}
    if any(token.type == "fence" and token.map and not _CLOSED.fullmatch(_last(lines, token.map)) for token in tokens):
        yield _("A block of code is begun with ``` or ~~~ and never ended. Delete the signs, or end the block.")
    if (widest := _widest(tokens)) > COLUMNS:
        yield _(
            "A table has %(count)s columns, and there is room for %(limit)s. Divide the table, or attach it as a file."
        ) % {"count": widest, "limit": COLUMNS}
    if "image" in kinds:
        yield _picture()
    if kinds & {"html_block", "html_inline"}:
        yield _("The text holds HTML, which is not printed. Write it with Markdown, for example **bold** and - lists.")


def _picture() -> str:
    """What is said of a picture, whatever its size: none reaches the process that sets the pages."""
    return _(
        "The text holds a picture, and the report prints none: neither from the web nor pasted in, large or small. "
        "Delete it from the text, and attach it to the initiative as a file."
    )


def _all(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _last(lines: list[str], of: list[int]) -> str:
    """The last line of the block that spans the lines `of` (from, to)."""
    return lines[min(of[1], len(lines)) - 1] if of[1] - of[0] > 1 else ""


def _widest(tokens: list[Token]) -> int:
    """Columns of the widest table; 0 without one."""
    widest = columns = 0
    for token in tokens:
        columns = 0 if token.type == "table_open" else columns + (token.type == "th_open")
        widest = max(widest, columns)
    return widest
