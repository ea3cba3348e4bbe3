"""The answer to a search: what was found of each kind, or what to try instead."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from initiatives.listing import read_paging

from . import finding, hits, sorting, words
from .finding import Scope
from .hits import Hit
from .marking import Words
from .query import Query

# Hits of each kind where all kinds are shown.
FEW = 10
# With more words than this, nothing is tried with fewer: each costs a search.
MOST_TRIED = 4


@dataclass(frozen=True)
class Kind:
    """One kind of thing that can be found. `slug` is its word in the address."""

    slug: str
    label: str | Promise
    about: str | Promise
    find: Callable[[Scope, Query], list[int]]
    show: Callable[[Sequence[int], Scope, Words], list[Hit]]


def _initiatives(scope: Scope, query: Query) -> list[int]:
    wanted = sorting.numbered(query)
    return sorting.best_first(finding.initiatives(scope, wanted), wanted)


KINDS = (
    Kind("indsatser", _("Initiatives"), _("Number, titles and target group."), _initiatives, hits.initiatives),
    Kind(
        "aktoerer", _("Parties"), _("Initiatives that they take part in."),
        lambda scope, query: sorting.by_number(finding.parties(scope, query)), hits.parties,
    ),
    Kind(
        "status", _("Status"), _("The reports in force today."),
        lambda scope, query: sorting.by_initiative(finding.statuses(scope, query)), hits.statuses,
    ),
    Kind(
        "beskrivelser", _("Descriptions"), _("The chapters on the initiatives."),
        lambda scope, query: sorting.by_initiative(finding.sections(scope, query), "position"), hits.sections,
    ),
    Kind(
        "beslutninger", _("Decisions"), _("Decisions, recommendations and items, newest first."),
        lambda scope, query: sorting.newest_first(finding.decisions(scope, query)), hits.decisions,
    ),
    Kind(
        "maalinger", _("Measurements"), _("Initiatives where it has been measured."),
        lambda scope, query: sorting.by_number(finding.measures(scope, query)), hits.measures,
    ),
    Kind("ordliste", _("Words"), _("Explained in the word list."), words.find, words.show),
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
    if only:
        group, more = _paged(only, scope, query, asked)
        groups, notices = [group], notices + more
    else:
        groups = [_first(kind, scope, query) for kind in _searched(query)]
    found = tuple(group for group in groups if group.count)
    return Answer(found, only, () if found else _suggestions(scope, query), notices)


def _kind(slug: str) -> tuple[Kind | None, tuple[str, ...]]:
    """The kind asked for, if any, and a notice where there is none of that name."""
    kind = next((kind for kind in KINDS if kind.slug == slug), None)
    if slug and not kind:
        return None, (_now("“%(kind)s” is not a kind of hit. All kinds are shown.") % {"kind": slug[:20]},)
    return kind, ()


def _searched(query: Query) -> tuple[Kind, ...]:
    """Short words are in no index: with nothing else to go by, only the initiatives' own names are read."""
    return KINDS[:1] if query.only_short else KINDS


def _find(kind: Kind, scope: Scope, query: Query) -> list[int]:
    return kind.find(scope, query) if kind in _searched(query) else []


def _first(kind: Kind, scope: Scope, query: Query) -> Group:
    ids = kind.find(scope, query)
    return Group(kind, len(ids), kind.show(ids[:FEW], scope, query.words))


def _paged(kind: Kind, scope: Scope, query: Query, asked: QueryDict) -> tuple[Group, tuple[str, ...]]:
    ids = _find(kind, scope, query)
    paging = read_paging(asked, len(ids))
    page = Paginator(ids, paging.per_page).page(paging.page)
    return Group(kind, len(ids), kind.show(list(page), scope, query.words), page), paging.notices


def _suggestions(scope: Scope, query: Query) -> tuple[Suggestion, ...]:
    """What is found without one of the words, where that is anything."""
    if not 1 < len(query.words) <= MOST_TRIED:
        return ()
    fewer = [(word, query.without(word)) for word in query.words]
    tried = [
        Suggestion(word, rest.text, sum(len(kind.find(scope, rest)) for kind in _searched(rest)))
        for word, rest in fewer
    ]
    return tuple(suggestion for suggestion in tried if suggestion.count)
