"""What somebody typed into the search box, taken apart: pure, no database."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

# Most characters and most words that are searched for.
LONGEST = 200
MOST_WORDS = 10
# FTS5 and pg_trgm index runs of three characters; a shorter word is found only where a word begins.
SHORTEST_INDEXED = 3
# What words consist of, as a regular expression has it; spelt out to be the same in both databases and in Python.
LETTERS = "0-9a-zæøåäöüé"
_QUOTES = str.maketrans("“”„»«", '"' * 5)
_PHRASE_OR_WORD = re.compile(r'"([^"]*)"?|([^\s"]+)')
_PUNCTUATION = ",;:.!?()[]"


class Problem(Enum):
    """Why nothing is searched for."""

    EMPTY = "empty"
    TOO_SHORT = "short"
    TOO_LONG = "long"
    TOO_MANY_WORDS = "many"


@dataclass(frozen=True)
class Query:
    """What to find: `words` in small letters, each a word or a quoted phrase, all of which must be found.

    `text` is what was typed, to be shown again; `words` is empty where there is a `problem`.
    """

    text: str
    words: tuple[str, ...] = ()
    problem: Problem | None = None

    @property
    def only_short(self) -> bool:
        """True where no word can be looked up in the index: then only numbers and titles are searched."""
        return all(is_short(word) for word in self.words)

    def without(self, word: str) -> "Query":
        """The query that is left when a word is dropped; its text can be typed."""
        words = tuple(each for each in self.words if each != word)
        return Query(" ".join(f'"{each}"' if " " in each else each for each in words), words)


def is_short(word: str) -> bool:
    """True for a word that no index of trigrams can hold."""
    return len(word) < SHORTEST_INDEXED


def parse(typed: str) -> Query:
    """The query in `typed`; of a quotation without an end the rest is the phrase."""
    text = _printable(typed)
    words = tuple(dict.fromkeys(_words(text)))
    return Query(text, words) if not (problem := _problem(text, words)) else Query(text, problem=problem)


def _printable(typed: str) -> str:
    """Composed letters only (some keyboards send å as a and a ring), every other sign as a space."""
    composed = unicodedata.normalize("NFC", typed).replace("\u00ad", "")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in composed).split())


def _words(text: str) -> Iterator[str]:
    for phrase, word in _PHRASE_OR_WORD.findall(text.translate(_QUOTES)):
        found = phrase.strip() or word.strip(_PUNCTUATION) or word
        if found:
            yield found.lower()


def _problem(text: str, words: tuple[str, ...]) -> Problem | None:
    if not words:
        return Problem.EMPTY
    if len(text) > LONGEST:
        return Problem.TOO_LONG
    if len(words) > MOST_WORDS:
        return Problem.TOO_MANY_WORDS
    if all(len(word) == 1 and not word.isdigit() for word in words):
        return Problem.TOO_SHORT
    return None
