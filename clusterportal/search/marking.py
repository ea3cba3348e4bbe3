"""Texts shown with the words that were found: marked, and cut to where they stand. Pure, no database."""

import re
from collections.abc import Sequence
from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from .query import LETTERS, is_short

# Characters of a snippet, and how many of them stand before its first word.
WIDTH = 200
LEAD = 60

Words = tuple[str, ...]


def marked(text: str, words: Words) -> SafeString:
    """`text`, escaped, with each of the words in `<mark>`."""
    parts: list[str] = []
    end = 0
    for match in _pattern(words).finditer(text):
        parts += [escape(text[end : match.start()]), format_html("<mark>{}</mark>", match.group())]
        end = match.end()
    return mark_safe("".join([*parts, escape(text[end:])]))  # noqa: S308 (every part is escaped above)


def found_in(text: str, words: Words) -> set[str]:
    """Which of the words stand in the text."""
    return {word for word in words if _pattern((word,)).search(text)}


def snippet(text: str, words: Words) -> SafeString:
    """The part of `text` with most of the words, marked; the beginning where none of them is in it."""
    start = max(0, _densest(text, words) - LEAD)
    end = start + WIDTH
    if start:
        start = text.find(" ", start) + 1
    if end < len(text):
        end = max(text.rfind(" ", start, end), start + WIDTH // 2)
    shown = marked(text[start:end].strip(), words)
    return format_html("{}{}{}", "… " if start else "", shown, " …" if end < len(text) else "")


def best(texts: Sequence[str], words: Words) -> int:
    """Place of the text with most of the words, the first of equals; -1 where no text has any."""
    counts = [len(found_in(text, words)) for text in texts]
    return counts.index(max(counts)) if any(counts) else -1


def _densest(text: str, words: Words) -> int:
    """Where to look: the match after which most different words stand within a snippet; 0 without a match."""
    matches = [(match.start(), match.group().lower()) for match in _pattern(words).finditer(text)]
    reach = WIDTH - LEAD

    def variety(start: int) -> int:
        return len({word for at, word in matches if start <= at < start + reach})

    return max((start for start, _ in matches), key=lambda start: (variety(start), -start), default=0)


@lru_cache(maxsize=256)
def _pattern(words: Words) -> re.Pattern[str]:
    """Finds what the databases find: long words anywhere, short ones where a word begins."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile("|".join(_alternative(word) for word in longest_first), re.IGNORECASE)


def _alternative(word: str) -> str:
    begins = f"(?<![{LETTERS}])" if is_short(word) and word[0].isalnum() else ""
    return begins + re.escape(word)
