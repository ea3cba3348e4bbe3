"""How the list of compared figures is narrowed."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from initiatives.models import PublishedFigure

from .compare import Comparison, Verdict, is_money


class Shown(TextChoices):
    """Which comparisons are listed; values are what stands in the address."""

    DIFFERS = "afviger", _("Those that differ")
    ROUNDED = "afrunding", _("By rounding alone")
    UNSIGNED = "fortegn", _("Printed without their sign")
    UNKNOWN = "ukendt", _("Cannot be computed")
    ALL = "alle", _("All")


class Subject(TextChoices):
    """What a figure is about; values are what stands in the address."""

    MONEY = "oekonomi", _("Economy")
    RESULTS = "resultater", _("Results")


SEARCH = forms.TextInput(attrs={"type": "search", "class": "form-input"})
SELECT = forms.Select(attrs={"class": "form-select"})
VERDICT = {
    Shown.DIFFERS: Verdict.DIFFERS,
    Shown.ROUNDED: Verdict.ROUNDED,
    Shown.UNSIGNED: Verdict.UNSIGNED,
    Shown.UNKNOWN: Verdict.UNKNOWN,
}


class ComparisonFilter(django_filters.FilterSet):
    """The three choices work on what was computed and on the words shown, so they are applied to the rows.

    In the database they could not be: the verdict is computed, and SQLite knows no capital Æ, Ø and Å.
    """

    q = django_filters.CharFilter(
        label=_("Search in figure, place and note"), method="later", max_length=100, widget=SEARCH
    )
    vis = django_filters.ChoiceFilter(
        label=_("Which figures"), choices=Shown, empty_label=None, method="later", widget=SELECT
    )
    emne = django_filters.ChoiceFilter(
        label=_("About"), choices=Subject, empty_label=_("Everything"), method="later", widget=SELECT
    )

    class Meta:
        model = PublishedFigure
        fields: list[str] = []

    def later(self, queryset: QuerySet[PublishedFigure], name: str, value: Any) -> QuerySet[PublishedFigure]:
        """Nothing yet; `keeps` decides when the row has been computed."""
        return queryset

    def keeps(self, row: Comparison) -> bool:
        """True where the row is wanted; an unknown choice has been left out by the form."""
        wanted = self.form.cleaned_data
        verdict = VERDICT.get(wanted.get("vis", Shown.DIFFERS))
        if verdict and row.verdict != verdict:
            return False
        about = wanted.get("emne")
        if about and is_money(row.figure.subject) != (about == Subject.MONEY):
            return False
        return (wanted.get("q") or "").casefold() in row.words
