"""Two versions of a status side by side: which fields differ, and which words of a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from .danish import short_date
from .reporting import CHOICES, COLOURS, LABELS, StatusValues

Value = str | date | int | None

_WORD = re.compile(r"(\S+)(\s*)")


@dataclass(frozen=True)
class Piece:
    """A run of words; `changed` where the other version has something else."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Difference:
    """One field that differs. `kind` says how it is shown: colour, phase, choice, date or text."""

    name: str
    label: str
    kind: str
    saved: str
    mine: str
    saved_pieces: tuple[Piece, ...] = ()
    mine_pieces: tuple[Piece, ...] = ()
    saved_words: str = ""
    mine_words: str = ""


@dataclass(frozen=True)
class Comparison:
    """The fields where two versions differ, and (label, value in words) of those that are the same."""

    differing: tuple[Difference, ...]
    same: tuple[tuple[str, str], ...]


def compare(saved: StatusValues, mine: StatusValues) -> Comparison:
    """Field by field, in the order of the form."""
    ours, theirs = mine.as_dict(), saved.as_dict()
    return Comparison(
        differing=tuple(_difference(name, theirs[name], ours[name]) for name in LABELS if ours[name] != theirs[name]),
        same=tuple((str(LABELS[name]), in_words(name, ours[name])) for name in LABELS if ours[name] == theirs[name]),
    )


def shown(values: StatusValues) -> tuple[Difference, ...]:
    """Every field of one version, in the order of the form, with what it says in words."""
    said = values.as_dict()
    return tuple(_difference(name, said[name], said[name]) for name in LABELS)


def _difference(name: str, saved: Value, mine: Value) -> Difference:
    words = in_words(name, saved), in_words(name, mine)
    pieces = word_diff(*words) if kind_of(name) == "text" else ((), ())
    return Difference(name, str(LABELS[name]), kind_of(name), str(saved), str(mine), *pieces, *words)


def kind_of(name: str) -> str:
    """How a field is shown: colour, phase, choice, date or text."""
    if name in COLOURS:
        return "colour"
    if name in CHOICES or name == "progress":
        return "phase" if name == "phase" else "choice"
    return "date" if name == "reported_on" else "text"


def in_words(name: str, value: Value) -> str:
    """A value as the reader knows it: the label of a choice, `10.04.2025`, the text itself."""
    if isinstance(value, date):
        return short_date(value)
    if name == "progress":
        return progress_in_words(value if isinstance(value, int) else None)
    return str(CHOICES[name](str(value)).label) if name in CHOICES else str(value)


def progress_in_words(progress: int | None) -> str:
    """`40 %`, or that nobody has stated it."""
    return _("Not stated") if progress is None else f"{progress} %"


def word_diff(before: str, after: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts in runs of words, marked where the other one has other words; white space alone is no change."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    # Above 200 words difflib does not start a match at very common ones; without that it can take many seconds.
    codes = SequenceMatcher(None, [word for word, _ in old], [word for word, _ in new]).get_opcodes()
    return (
        tuple(piece for tag, i, j, _, _ in codes for piece in _run(old[i:j], tag != "equal")),
        tuple(piece for tag, _, _, i, j in codes for piece in _run(new[i:j], tag != "equal")),
    )


def _run(words: list[tuple[str, str]], changed: bool) -> Iterator[Piece]:
    """One run; the space after its last word stands outside the mark."""
    if not words:
        return
    last_word, last_space = words[-1]
    yield Piece("".join(word + space for word, space in words[:-1]) + last_word, changed)
    if last_space:
        yield Piece(last_space, False)
