"""The form of an initiative's facts, and what all forms of its parts share; the rules stand in rules.py."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..danish import short_date
from ..forms import DanishDateField, LineField
from ..models import (
    ActionPlan,
    Cluster,
    Initiative,
    Person,
    Theme,
)
from ..tracing import REASON_LIMIT
from .rules import LIMITS, Facts, problems, too_long

UNKNOWN = gettext_lazy("Choose one of the possibilities.")
OUTSIDE = "ingen"


def line_field(label: Any, **kwargs: Any) -> LineField:
    """A text of one line; its length is a rule of its own, so that nothing typed is cut off by the browser."""
    kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off"}))
    return LineField(label=label, required=False, **kwargs)


class ReasonForm(forms.Form):
    """What every form of a change has: the version that was shown, and why."""

    use_required_attribute = False

    seen = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    reason = line_field(gettext_lazy("Why is it changed?"), help_text=gettext_lazy("A few words for the history"))

    def clean_seen(self) -> int:
        return self.cleaned_data["seen"] or 0

    def clean_reason(self) -> str:
        reason = str(self.cleaned_data["reason"])
        if message := too_long(reason, REASON_LIMIT):
            raise ValidationError(message)
        return reason


class FactsForm(ReasonForm):
    """The facts of an initiative, `initiative` None for a new one. `place` is a plan, a theme of it, or neither."""

    place = forms.ChoiceField(
        label=gettext_lazy("Plan and theme"),
        error_messages={"required": gettext_lazy("Choose a plan and a theme."), "invalid_choice": UNKNOWN},
    )
    number = line_field(
        gettext_lazy("Initiative number"), help_text=gettext_lazy("As printed, for example 7 or 10A. May be empty"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "input-width-xs"}),
    )  # fmt: skip
    title = line_field(gettext_lazy("Title"))
    short_title = line_field(gettext_lazy("Short title"), help_text=gettext_lazy("For lists and headings"))
    target_group = line_field(gettext_lazy("Target group"))
    starts = DanishDateField(
        label=gettext_lazy("First day"), required=False,
        help_text=gettext_lazy("Day.month.year, for example 10.04.2025"),
    )  # fmt: skip
    ends = DanishDateField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty while no end is planned")
    )
    responsible = forms.ModelChoiceField(
        Person.objects.in_use().select_related("organisation"), label=gettext_lazy("Responsible person"),
        required=False, empty_label=gettext_lazy("Nobody named"), error_messages={"invalid_choice": UNKNOWN},
    )  # fmt: skip

    FIELDS = ("place", "number", "title", "short_title", "target_group", "starts", "ends", "responsible")

    def __init__(
        self, data: Any, cluster: Cluster, initiative: Initiative | None, seen: int = 0, compare: bool = False
    ) -> None:
        self.cluster, self.initiative, self.compare = cluster, initiative, compare
        self.places = places(cluster)
        super().__init__(data, initial={"seen": seen, **self._stored()})
        prompt = [("", _("Choose a theme"))] if initiative is None else []
        self.fields["place"].choices = [*prompt, *place_choices(self.places)]  # type: ignore[attr-defined]
        if initiative is None:
            del self.fields["reason"]

    def _stored(self) -> dict[str, Any]:
        if self.initiative is None:
            return {}
        stored = Facts.of(self.initiative)
        last_day = stored.ends - timedelta(days=1) if stored.ends else None
        return {**stored.as_dict(), "ends": last_day, "place": place_key(stored.plan, stored.theme)}

    @property
    def limits(self) -> dict[str, int]:
        """Most characters, by field name."""
        return {**LIMITS, "reason": REASON_LIMIT}

    @property
    def rows(self) -> Iterator[tuple[forms.BoundField, int | None, str]]:
        """Each field with the most characters it may hold, and what was saved meanwhile where that differs."""
        for name in self.FIELDS:
            limit = LIMITS.get(name) if name != "number" else None
            yield self[name], limit, self._saved_meanwhile(name)

    def _saved_meanwhile(self, name: str) -> str:
        bound = self[name]
        if not self.compare or not bound.field.has_changed(bound.initial, bound.data):
            return ""
        if name == "place":
            return dict(flat_choices(self.places)).get(str(bound.initial), "")
        value = bound.initial
        return (short_date(value) if isinstance(value, date) else str(value or "")) or _("(nothing written)")

    def clean(self) -> dict[str, Any]:
        for name, message in problems(self.facts, self.cluster, self.initiative).items():
            if name not in self.errors:
                self.add_error(name, message)
        return self.cleaned_data

    @property
    def facts(self) -> Facts:
        """What was typed; a field that could not be read counts as empty, so that the others are judged too."""
        read = self.cleaned_data
        plan, theme = self._chosen_place(str(read.get("place", "")))
        last_day = read.get("ends")
        texts = {name: str(read.get(name, "")) for name in LIMITS}
        return Facts(
            plan=plan, theme=theme, starts=read.get("starts"), responsible=read.get("responsible"), **texts,
            ends=last_day + timedelta(days=1) if last_day and last_day < date.max else last_day,
        )  # fmt: skip

    def _chosen_place(self, key: str) -> tuple[ActionPlan | None, Theme | None]:
        for plan, themes in self.places.items():
            for theme in (None, *themes):
                if place_key(plan, theme) == key:
                    return plan, theme
        return None, None


Places = Mapping[ActionPlan, list[Theme]]


def places(cluster: Cluster) -> Places:
    """The plans of a cluster, newest first, with their themes; two queries."""
    plans = cluster.plans.order_by("-starts", "pk").prefetch_related("themes")
    return {plan: list(plan.themes.all()) for plan in plans}


def place_key(plan: ActionPlan | None, theme: Theme | None) -> str:
    """How a choice is sent: `tema-4`, `plan-2` for a plan without theme, `ingen` for neither."""
    if theme:
        return f"tema-{theme.pk}"
    return f"plan-{plan.pk}" if plan else OUTSIDE


def place_choices(known: Places) -> list[Any]:
    """Themes under the title of their plan."""
    groups = [
        (plan.title, [*((place_key(plan, theme), theme.name) for theme in themes), (f"plan-{plan.pk}", _("No theme"))])
        for plan, themes in known.items()
    ]
    return [*groups, (OUTSIDE, _("Outside the action plans"))]


def flat_choices(known: Places) -> list[tuple[str, str]]:
    """The choices in words that need no heading above them."""
    named = [(key, f"{title}: {label}") for title, choices in place_choices(known)[:-1] for key, label in choices]
    return [*named, (OUTSIDE, _("Outside the action plans"))]
