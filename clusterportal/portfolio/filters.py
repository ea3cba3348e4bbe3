"""How the status overview is narrowed: the filter row, read from the address."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import reduce
from operator import and_
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.asof import PRINTED
from initiatives.models import Colour, Initiative, InitiativeActor, Person, Phase
from initiatives.models.status import ENDED_PHASES
from initiatives.planning import FIRST_YEAR, LAST_YEAR

from .beside import Beside
from .census import plan_years, ran_in
from .following import is_followed_by
from .says import Says
from .scope import Scope

LONGEST = 100
# The phase of those that nobody has reported on; not a phase of the model.
UNREPORTED = "uden"
# What an initiative can lack; the value stands in the address.
LACKS_STATUS = "status"
MINE = "ja"
# What the filter row folds away until somebody needs it.
MORE = ("ejer", "aar")
# `5` or `10A`: somebody is looking for an initiative by its number.
NUMBER = re.compile(r"\d{1,3}[a-zæøå]?")

# Said of what is, not of what is not: Django would deny of a relation that there is any such row.
UNDER_WAY = [phase for phase in Phase if phase not in ENDED_PHASES]
# Where the words are looked for, besides the name of the phase.
SAID = ("number", "title", "short_title", "current__printed_text")

SEARCH = forms.TextInput(attrs={"type": "search", "class": "form-input", "autocomplete": "off"})
SELECT = forms.Select(attrs={"class": "form-select"})


class OverviewFilter(django_filters.FilterSet):
    """Theme, phase, colour, actor, owner, year and words; the names are what stands in the address.

    django-filter reads what was chosen; `conditions` says what it means, so that what each leaves can be counted.
    """

    q = django_filters.CharFilter(
        label=gettext_lazy("Search in number, title and status"), method="later", max_length=LONGEST, widget=SEARCH
    )
    tema = django_filters.ChoiceFilter(
        label=gettext_lazy("Theme"), empty_label=gettext_lazy("All themes"), method="later", widget=SELECT
    )
    fase = django_filters.ChoiceFilter(
        label=gettext_lazy("Phase"), empty_label=gettext_lazy("All phases"), method="later", widget=SELECT,
        choices=[*Phase.choices, (UNREPORTED, gettext_lazy("No status yet"))],
    )  # fmt: skip
    farve = django_filters.ChoiceFilter(
        label=gettext_lazy("Colour"), empty_label=gettext_lazy("All colours"), method="later", widget=SELECT,
        choices=[(each.value, each.label) for each in (Colour.GREEN, Colour.AMBER, Colour.RED, Colour.NONE)],
    )  # fmt: skip
    aktoer = django_filters.ChoiceFilter(
        label=gettext_lazy("Actor"), empty_label=gettext_lazy("All actors"), method="later", widget=SELECT
    )

    ejer = django_filters.ChoiceFilter(
        label=gettext_lazy("Owner"), empty_label=gettext_lazy("All owners"), method="later", widget=SELECT
    )
    aar = django_filters.ChoiceFilter(
        label=gettext_lazy("Year"), empty_label=gettext_lazy("All years"), method="later", widget=SELECT
    )

    # Set by links above the list; the form carries them along.
    mine = django_filters.ChoiceFilter(
        label=gettext_lazy("Mine"), method="later", widget=forms.HiddenInput,
        choices=[(MINE, gettext_lazy("my initiatives"))],
    )  # fmt: skip
    mangler = django_filters.ChoiceFilter(
        label=gettext_lazy("Lacks"), method="later", widget=forms.HiddenInput,
        choices=[(LACKS_STATUS, gettext_lazy("a new status"))],
    )  # fmt: skip

    class Meta:
        model = Initiative
        fields: list[str] = []

    def __init__(self, data: Mapping[str, Any], choices: Beside) -> None:
        """The themes, actors and owners to choose among are those of the plan; of years all that there may be."""
        super().__init__(data, queryset=Initiative.objects.none())
        self.filters["tema"].extra["choices"] = choices.themes
        self.filters["aktoer"].extra["choices"] = choices.parties
        self.filters["ejer"].extra["choices"] = choices.owners
        self.filters["aar"].extra["choices"] = _years(range(FIRST_YEAR, LAST_YEAR + 1))

    def offer_years(self, years: Iterable[int]) -> None:
        """The years to choose among, once the ledger has told."""
        self.filters["aar"].extra["choices"] = _years(years)
        self.form.fields["aar"].choices = _years(years)

    def drop_year(self) -> None:
        """The year chosen is one in which no initiative ran or had money: it means nothing."""
        self.form.add_error("aar", "")

    def later(self, queryset: QuerySet[Initiative], name: str, value: Any) -> QuerySet[Initiative]:
        """Nothing here; see `conditions`."""
        return queryset

    @property
    def wanted(self) -> dict[str, str]:
        """The filters in force by name, with their values; those that mean nothing are left out."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def notices(self) -> tuple[str, ...]:
        """What to say of each value in the address that means nothing."""
        return tuple(self._notice(name) for name in self.form.errors)

    def _notice(self, name: str) -> str:
        if name == "q" and len(self.data.get("q", "")) > LONGEST:
            return _("Search with %(count)s characters at most. The search is left out.") % {"count": LONGEST}
        words = {"value": self.data.get(name, "")[:40], "filter": self.form.fields[name].label}
        return _("“%(value)s” is not a choice of “%(filter)s”. The filter is left out.") % words

    def label_of(self, name: str, value: str) -> str:
        """What the reader chose, in the words of the page."""
        return str(dict(self.filters[name].extra["choices"])[value]) if name != "q" else value


def conditions(scope: Scope, wanted: Mapping[str, str]) -> dict[str, Q]:
    """What an initiative of `scope.reported` must be to fit each of the filters, by name."""
    return {name: _CONDITIONS[name](scope, value) for name, value in wanted.items()}


def _has_words(scope: Scope, text: str) -> Q:
    return reduce(and_, (_has_word(word) for word in text.casefold().split()), Q())


def _has_word(word: str) -> Q:
    """Part of what is said; for a number the beginning of the initiative's, or a whole word: 5 is not in 2025."""
    phases = [code for code, label in Phase.choices if _says(word)(str(label).casefold())]
    if NUMBER.fullmatch(word):
        said = Q(Says(rf"(^|\W){word}(\W|$)", *SAID)) | Q(Says(rf"^{word}", "number"))
    else:
        said = Q(Says(re.escape(word), *SAID))
    return said | Q(current__phase__in=phases)


def _says(word: str) -> Callable[[str], object]:
    return re.compile(rf"\b{word}\b" if NUMBER.fullmatch(word) else re.escape(word)).search


def _of_theme(scope: Scope, value: str) -> Q:
    return Q(theme=value)


def _in_phase(scope: Scope, value: str) -> Q:
    return Q(current__phase=None) if value == UNREPORTED else Q(current__phase=value)


def _of_colour(scope: Scope, value: str) -> Q:
    """As the row shows it: an ended one without a colour is not waiting to be assessed."""
    coloured = Q(current__overall=value)
    return coloured & Q(current__phase__in=UNDER_WAY) if value == Colour.NONE else coloured


def _with_actor(scope: Scope, value: str) -> Q:
    return Q(Exists(InitiativeActor.objects.filter(initiative=OuterRef("pk"), actors=int(value))))


def _owned_by(scope: Scope, value: str) -> Q:
    owning = InitiativeActor.objects.filter(initiative=OuterRef("pk"), role=InitiativeActor.Role.OWNER, label=value)
    people = Person.objects.annotate(words=Concat("name", Value(", "), "role")).filter(words=value)
    return Q(Exists(owning)) | Q(responsible__in=people.values("pk"))


def _in_year(scope: Scope, value: str) -> Q:
    had_money = Q(pk__in=scope.entries.moved_in(int(value)).values("initiative"))
    return had_money | ran_in(int(value)) if int(value) in plan_years(scope.plan) else had_money


def _is_mine(scope: Scope, value: str) -> Q:
    return is_followed_by(scope.reader) | Q(responsible__user=scope.reader) if scope.reader else Q(pk=None)


def _lacks(scope: Scope, value: str) -> Q:
    """Older than STATUS_STALE_DAYS, as the row says; an ended one is finished, and an unreported one has no age."""
    last = scope.day - timedelta(days=settings.STATUS_STALE_DAYS)
    return Q(current__reported_on__lt=last, current__precision__in=PRINTED, current__phase__in=UNDER_WAY)


_CONDITIONS: dict[str, Callable[[Scope, str], Q]] = {
    "q": _has_words,
    "tema": _of_theme,
    "fase": _in_phase,
    "farve": _of_colour,
    "aktoer": _with_actor,
    "ejer": _owned_by,
    "aar": _in_year,
    "mine": _is_mine,
    "mangler": _lacks,
}


def _years(years: Iterable[int]) -> list[tuple[str, str]]:
    return [(str(year), str(year)) for year in years]
