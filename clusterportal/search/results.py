"""The answer to a search: what was found of each kind, or what to try instead."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from initiatives.listing import read_paging

from . import finding, hits, sorting, words
from .finding import Rows, Scope
from .hits import Hit
from .marking import Words
from .query import Query
from .sorting import Order

# Hits of each kind where all kinds are shown.
FEW = 10
# With more words than this, nothing is tried with fewer: each costs a search.
MOST_TRIED = 4


@dataclass(frozen=True)
class Kind:
    """One kind of thing that can be found. `slug` is its word in the address; the word list is in no database."""

    slug: str
    label: str | Promise
    about: str | Promise
    show: Callable[[Sequence[int], Scope, Words], list[Hit]]
    find: Callable[[Scope, Query], Rows] | None = None
    order: Order = sorting.BY_NUMBER


KINDS = (
    Kind(
        "indsatser", _("Initiatives"), _("Number, titles and target group."), hits.initiatives,
        lambda scope, query: finding.initiatives(scope, sorting.numbered(query)), sorting.BEST_FIRST,
    ),
    Kind("aktoerer", _("Parties"), _("Initiatives that they take part in."), hits.parties, finding.parties),
    Kind(
        "status", _("Status"), _("The reports in force today."), hits.statuses, finding.statuses, sorting.BY_INITIATIVE
    ),
    Kind(
        "beskrivelser", _("Descriptions"), _("The chapters on the initiatives."), hits.sections, finding.sections,
        sorting.BY_POSITION,
    ),
    Kind(
        "beslutninger", _("Decisions"), _("Decisions, recommendations and items, newest first."), hits.decisions,
        finding.decisions, sorting.NEWEST_FIRST,
    ),
    Kind(
        "maalinger", _("Measurements"), _("Initiatives where it has been measured."), hits.measures, finding.measures
    ),
    Kind("ordliste", _("Words"), _("Explained in the word list."), words.show),
)  # fmt: skip


@dataclass(frozen=True)
class Group:
    """The hits of one kind: the first few, or a page of them all."""

    kind: Kind
    count: int
    hits: list[Hit]
    page: Page | None = None

    @property
    def more(self) -> bool:
        """True where there are hits that only a page of this kind alone shows."""
        return self.page is None and self.count > len(self.hits)


@dataclass(frozen=True)
class Suggestion:
    """The query without one of its words, and how much that finds."""

    word: str
    text: str
    count: int


@dataclass(frozen=True)
class Answer:
    """What a search found; `only` where a single kind was asked for, `notices` where the address asked in vain."""

    groups: tuple[Group, ...] = ()
    only: Kind | None = None
    suggestions: tuple[Suggestion, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        return sum(group.count for group in self.groups)

    @property
    def demonstration(self) -> bool:
        """True where one of the hits shown is invented."""
        return any(hit.demonstration for group in self.groups for hit in group.hits)


def answer(scope: Scope, query: Query, asked: QueryDict) -> Answer:
    """The first hits of every kind, or page by page those of the kind in `vis`; none for a query with a problem."""
    only, notices = _kind(asked.get("vis", ""))
    if query.problem:
        return Answer(only=only, notices=notices)
    ids = _found([only] if only else KINDS, scope, query)
    if only:
        group, more = _paged(only, ids[only.slug], scope, query, asked)
        groups, notices = [group], notices + more
    else:
        shown = ((kind, ids[kind.slug]) for kind in KINDS)
        groups = [Group(kind, len(own), kind.show(own[:FEW], scope, query.words)) for kind, own in shown if own]
    found = tuple(group for group in groups if group.count)
    return Answer(found, only, () if found else _suggestions(scope, query), notices)


def _kind(slug: str) -> tuple[Kind | None, tuple[str, ...]]:
    """The kind asked for, if any, and a notice where there is none of that name."""
    kind = next((kind for kind in KINDS if kind.slug == slug), None)
    if slug and not kind:
        return None, (_now("“%(kind)s” is not a kind of hit. All kinds are shown.") % {"kind": slug[:20]},)
    return kind, ()


def _found(kinds: Iterable[Kind], scope: Scope, query: Query) -> dict[str, list[int]]:
    """The ids of all that was found of each kind, in their order; one query.

    Short words are in no index: with nothing else to go by, only the initiatives' own names are read.
    """
    searched = [kind for kind in kinds if kind is KINDS[0] or not query.only_short]
    asked = {kind.slug: (kind.find(scope, query), kind.order) for kind in searched if kind.find}
    explained = {kind.slug: words.find(query) for kind in searched if not kind.find}
    return {kind.slug: [] for kind in kinds} | sorting.ids(asked, query) | explained


def _paged(kind: Kind, ids: list[int], scope: Scope, query: Query, asked: QueryDict) -> tuple[Group, tuple[str, ...]]:
    paging = read_paging(asked, len(ids))
    page = Paginator(ids, paging.per_page).page(paging.page)
    return Group(kind, len(ids), kind.show(list(page), scope, query.words), page), paging.notices


def _suggestions(scope: Scope, query: Query) -> tuple[Suggestion, ...]:
    """What is found without one of the words, where that is anything."""
    if not 1 < len(query.words) <= MOST_TRIED:
        return ()
    fewer = [(word, query.without(word)) for word in query.words]
    tried = [
        Suggestion(word, rest.text, sum(len(own) for own in _found(KINDS, scope, rest).values()))
        for word, rest in fewer
    ]
    return tuple(suggestion for suggestion in tried if suggestion.count)
