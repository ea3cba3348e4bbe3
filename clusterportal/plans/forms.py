"""The forms of plans and themes: they read what was typed; the rules are judged by the acts in initiatives/."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from clusterportal.editing import EditForm, Line, Paragraphs
from initiatives.forms import DanishDateField
from initiatives.models import ActionPlan, Theme
from initiatives.planning import LAST_YEAR, THEME_COLOURS, PlanValues, ThemeValues
from initiatives.succession import Candidate, Chosen


class PlanFields(EditForm):
    """Title and period of a plan; the last day is typed, the day after it is kept."""

    title = Line(
        160, label=_("Title"), help_text=_("As it stands on the plan, for example Handleplan 2026–2029"),
        error_messages={"required": _("Write the title.")},
    )  # fmt: skip
    starts = DanishDateField(label=_("First day"), help_text=_("Day.month.year, for example 01.01.2026"))
    ends = DanishDateField(label=_("Last day"), help_text=_("For example 31.12.2029"))

    def clean_ends(self) -> date:
        day: date = self.cleaned_data["ends"]
        # The last day that there is has no day after it.
        if day.year > LAST_YEAR:
            raise ValidationError(_("Write a year no later than %(year)s.") % {"year": LAST_YEAR})
        return day

    @property
    def values(self) -> PlanValues:
        typed = self.cleaned_data
        return PlanValues(typed["title"], typed["starts"], typed["ends"] + timedelta(days=1))


class PlanForm(PlanFields):
    """A plan to be created, or changed."""

    def __init__(self, data: Any, plan: ActionPlan | None = None, compare: bool = False) -> None:
        known = {"title": plan.title, "starts": plan.starts, "ends": plan.last_day} if plan else {}
        super().__init__(data, plan, known, compare=compare)


class ThemeForm(EditForm):
    """A theme to be created, or changed."""

    name = Line(
        120, label=_("Name"), help_text=_("Heading in the overview and in the evaluation"),
        error_messages={"required": _("Write the name.")},
    )  # fmt: skip
    short_name = Line(
        40, label=_("Short name"), help_text=_("For narrow tables and charts, for example Lighed"),
        error_messages={"required": _("Write a short name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "input-width-m"}),
    )  # fmt: skip
    description = Paragraphs(
        4000, label=_("What the theme is about"), required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Printed under the theme's heading in the evaluation. May be left out"),
    )  # fmt: skip
    colour = forms.TypedChoiceField(
        label=_("Colour"), coerce=int, widget=forms.RadioSelect, error_messages={"required": _("Choose a colour.")}
    )

    def __init__(self, data: Any, plan: ActionPlan, theme: Theme | None = None, compare: bool = False) -> None:
        known: dict[str, Any] = {"colour": _next_colour(plan)}
        if theme:
            known = {name: getattr(theme, name) for name in ("name", "short_name", "description", "colour")}
        super().__init__(data, theme, known, compare=compare)
        cast("forms.TypedChoiceField", self.fields["colour"]).choices = [
            (place, format_html('<span class="theme theme-{}">{}</span>', place, word))
            for place, word in THEME_COLOURS.items()
        ]

    def in_words(self, name: str, value: Any) -> str:
        return str(THEME_COLOURS[value]) if name == "colour" else super().in_words(name, value)

    @property
    def values(self) -> ThemeValues:
        return ThemeValues(*(self.cleaned_data[name] for name in ("name", "short_name", "description", "colour")))


def _next_colour(plan: ActionPlan) -> int:
    """The first colour that no theme of the plan has; the first of all where they all are used."""
    used = set(plan.themes.values_list("colour", flat=True))
    return next((place for place in THEME_COLOURS if place not in used), 1)


@dataclass(frozen=True)
class CandidateRow:
    """An initiative to choose, and the number it gets."""

    candidate: Candidate
    field: forms.BoundField
    number: forms.BoundField


@dataclass(frozen=True)
class ThemeRows:
    """A theme to choose (None: the initiatives without one) and its initiatives."""

    theme: Theme | None
    field: forms.BoundField | None
    rows: tuple[CandidateRow, ...]


class SuccessionForm(PlanFields):
    """A new plan out of an old one: title, period, and what goes on."""

    with_texts = forms.BooleanField(
        label=_("Copy the sections Purpose and Background of each initiative"), required=False
    )

    def __init__(
        self, data: Any, old: ActionPlan, proposed: PlanValues, themes: Iterable[Theme], found: Iterable[Candidate]
    ) -> None:
        self.old, self.themes, self.found = old, list(themes), list(found)
        last_day = proposed.ends - timedelta(days=1)
        known = {"title": proposed.title, "starts": proposed.starts, "ends": last_day, "with_texts": True}
        super().__init__(data, None, known)
        for theme in self.themes:
            self.fields[f"theme-{theme.pk}"] = forms.BooleanField(label=theme.name, required=False, initial=True)
        for each in self.found:
            self._add(each)

    def _add(self, candidate: Candidate) -> None:
        initiative = candidate.initiative
        self.fields[f"initiative-{initiative.pk}"] = forms.BooleanField(
            label=initiative.title, required=False, initial=candidate.goes_on
        )
        # So long that everything wrong is answered by the rule, and with the same words.
        self.fields[f"number-{initiative.pk}"] = Line(
            160, required=False, initial=initiative.number,
            label=_("Number of %(title)s") % {"title": initiative.short_title},
            widget=forms.TextInput(attrs={"autocomplete": "off", "class": "input-width-xs"}),
        )  # fmt: skip

    @property
    def plan_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("title", "starts", "ends")]

    @property
    def blocks(self) -> list[ThemeRows]:
        """Every theme with its initiatives, and last those without a theme."""
        rows: dict[int | None, list[CandidateRow]] = {}
        for each in self.found:
            key = each.initiative.pk
            row = CandidateRow(each, self[f"initiative-{key}"], self[f"number-{key}"])
            rows.setdefault(each.initiative.theme_id, []).append(row)
        blocks = [ThemeRows(theme, self[f"theme-{theme.pk}"], tuple(rows.get(theme.pk, ()))) for theme in self.themes]
        return blocks + ([ThemeRows(None, None, tuple(rows[None]))] if None in rows else [])

    @property
    def chosen(self) -> Chosen:
        typed = self.cleaned_data
        themes = frozenset(theme.pk for theme in self.themes if typed.get(f"theme-{theme.pk}"))
        keys = [each.initiative.pk for each in self.found if typed.get(f"initiative-{each.initiative.pk}")]
        return Chosen(themes, {key: typed.get(f"number-{key}", "") for key in keys}, typed["with_texts"])
