"""How the status overview is narrowed: the filter row, read from the address."""

import re
from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.danish import collation_key
from initiatives.models import Colour, Initiative, Phase
from initiatives.models.status import ENDED_PHASES

from .overview import Overview, OverviewRow

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

SEARCH = forms.TextInput(attrs={"type": "search", "class": "form-input", "autocomplete": "off"})
SELECT = forms.Select(attrs={"class": "form-select"})


class OverviewFilter(django_filters.FilterSet):
    """Theme, phase, colour, actor, owner, year and words; the names are what stands in the address.

    All work on the rows of an overview, not in the database: phase and colour are those of the day, and SQLite
    knows no capital Æ, Ø and Å.
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

    def __init__(self, data: Mapping[str, Any], everything: Overview) -> None:
        """The themes, actors, owners and years to choose among are those of the plan."""
        super().__init__(data, queryset=Initiative.objects.none())
        self.filters["tema"].extra["choices"] = [
            (str(group.theme.pk), group.name) for group in everything.groups if group.theme
        ]
        parties = {pk: name for row in everything.rows for pk, name in row.parties.items()}
        by_name = sorted(parties.items(), key=lambda party: (collation_key(party[1]), party[0]))
        self.filters["aktoer"].extra["choices"] = [(str(pk), name) for pk, name in by_name]
        # An owner is often a printed line without a party behind it, so the words are the value.
        owners = sorted({owner for row in everything.rows for owner in row.owners}, key=collation_key)
        self.filters["ejer"].extra["choices"] = [(owner, owner) for owner in owners]
        years = sorted({year for row in everything.rows for year in row.years})
        self.filters["aar"].extra["choices"] = [(str(year), str(year)) for year in years]

    def later(self, queryset: QuerySet[Initiative], name: str, value: Any) -> QuerySet[Initiative]:
        """Nothing in the database; `keeps` decides."""
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


def keeps(row: OverviewRow, wanted: Mapping[str, str]) -> bool:
    """True where the row fits every filter of `wanted`."""
    return all(_FITS[name](row, value) for name, value in wanted.items())


def _has_words(row: OverviewRow, text: str) -> bool:
    status = row.status
    reported = f"{status.printed_text} {status.get_phase_display()}" if status else ""
    number = row.initiative.number.casefold()
    said = f"{number} {row.initiative.title} {row.initiative.short_title} {reported}".casefold()
    return all(_is_said(word, number, said) for word in text.casefold().split())


def _is_said(word: str, number: str, said: str) -> bool:
    """Part of what is said; for a number the beginning of the initiative's, or a whole word: 5 is not in 2025."""
    if NUMBER.fullmatch(word):
        return number.startswith(word) or word in re.findall(r"\w+", said)
    return word in said


def _of_theme(row: OverviewRow, value: str) -> bool:
    return str(row.initiative.theme_id) == value


def _in_phase(row: OverviewRow, value: str) -> bool:
    return (row.status.phase if row.status else UNREPORTED) == value


def _of_colour(row: OverviewRow, value: str) -> bool:
    """As the row shows it: an ended one without a colour is not waiting to be assessed."""
    if row.status is None or row.status.overall != value:
        return False
    return value != Colour.NONE or row.status.phase not in ENDED_PHASES


def _with_actor(row: OverviewRow, value: str) -> bool:
    return int(value) in row.parties


def _owned_by(row: OverviewRow, value: str) -> bool:
    return value in row.owners


def _in_year(row: OverviewRow, value: str) -> bool:
    return int(value) in row.years


def _is_mine(row: OverviewRow, value: str) -> bool:
    return row.mine


def _lacks(row: OverviewRow, value: str) -> bool:
    """Older than STATUS_STALE_DAYS, as the row says; an ended one is finished, and an unreported one has no age."""
    if row.status is None or row.age_days is None or row.status.phase in ENDED_PHASES:
        return False
    return row.age_days > settings.STATUS_STALE_DAYS


_FITS = {
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
