"""The word list as something to be found: words by their names alone, for an explanation holds words of its own."""

from collections.abc import Sequence

from clusterportal.help.terms import TERMS, Term

from .finding import Scope
from .hits import Hit
from .marking import Words, found_in, marked, snippet
from .query import Query


def find(query: Query) -> list[int]:
    """Places in the list of the words that hold all that is looked for."""
    wanted = set(query.words)
    return [place for place, term in enumerate(_all()) if found_in(str(term.word), query.words) == wanted]


def show(places: Sequence[int], _scope: Scope, words: Words) -> list[Hit]:
    """Each with the beginning of its explanation."""
    terms = _all()
    found = [terms[place] for place in places]
    return [Hit(marked(str(term.word), words), term.url, snippet=snippet(str(term.short), words)) for term in found]


def _all() -> list[Term]:
    return list(TERMS.values())
