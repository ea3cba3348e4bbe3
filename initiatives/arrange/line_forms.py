"""The forms of the parts that are lines: one form for a line, and all lines of a part as one."""

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, TextChoices
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..asof import DatePrecision
from ..danish import parse_date, short_date
from ..forms import ParagraphField
from ..models import (
    Actor,
    Initiative,
    InitiativeActor,
    InitiativeRelation,
    Milestone,
    NarrativeSection,
)
from .editing import Line
from .forms import UNKNOWN, ReasonForm, line_field
from .parts import ORDERED
from .rules import far_from_plan, too_long

_MONTH = re.compile(r"(\d{1,2})[./-](\d{4})")
_YEAR = re.compile(r"\d{4}")


class LineForm(forms.Form):
    """One row of a part. `line` is its place on the page, counted from 1; a row without anything typed is left out."""

    use_required_attribute = False
    TEXTS: tuple[str, ...] = ()
    MODEL: type[Any]

    pk = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, subject: Initiative, line: int, offers: Mapping[str, Any], **kwargs: Any
    ) -> None:
        self.subject, self.line = subject, line
        # What was saved meanwhile, where that is something else: (field, value in words).
        self.saved: list[tuple[str, str]] = []
        super().__init__(data, empty_permitted=True, **kwargs)
        for name, choices in offers.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].error_messages |= dict.fromkeys(("required", "invalid_choice", "invalid_list"), UNKNOWN)
        for each in self.fields.values():
            # The summary of errors says which line; beside the field the heading does.
            each.printed_label = each.label  # type: ignore[attr-defined]
            each.label = _("%(field)s, line %(number)s") % {"field": each.label, "number": line}

    @classmethod
    def offers(cls, subject: Initiative) -> dict[str, Any]:
        """The choices of the fields that have some; read once for all lines."""
        return {}

    @classmethod
    def stored(cls, row: Any) -> dict[str, Any]:
        """A row of the model as the form's own values."""
        return {name: getattr(row, name) for name in cls.base_fields}

    @property
    def is_blank(self) -> bool:
        """True where every text is empty."""
        return not any(self.cleaned_data.get(name) for name in self.TEXTS) and not self.errors

    def values(self) -> dict[str, Any]:
        """What was typed, by the model's columns."""
        return {name: value for name, value in self.cleaned_data.items() if name not in {"pk", "actors"}}

    def require(self, name: str, message: str) -> None:
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)

    def keep_within(self, name: str, limit: int) -> None:
        if message := too_long(str(self.cleaned_data.get(name) or ""), limit):
            self.add_error(name, message)


class ActorLineForm(LineForm):
    """A printed line of the parties."""

    MODEL, TEXTS = InitiativeActor, ("label", "actors")

    label = line_field(gettext_lazy("As printed"), help_text=gettext_lazy("For example PLO/Nord-KAP"))
    role = forms.ChoiceField(label=gettext_lazy("Role"), initial=InitiativeActor.Role.PARTY)
    actors = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Parties behind the line"), required=False, coerce=int,
        help_text=gettext_lazy("None, one or several. Filters and searches find the initiative by them"),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    @classmethod
    def offers(cls, subject: Initiative) -> dict[str, Any]:
        return {
            "role": _capitalised(InitiativeActor.Role),
            "actors": list(Actor.objects.in_use().values_list("pk", "name")),
        }

    @classmethod
    def stored(cls, row: Any) -> dict[str, Any]:
        return {**super().stored(row), "actors": [actor.pk for actor in row.actors.all()]}

    @property
    def party_names(self) -> str:
        """The parties that are ticked."""
        ticked = {str(value) for value in self["actors"].value() or ()}
        return ", ".join(name for pk, name in self.fields["actors"].choices if str(pk) in ticked)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        self.keep_within("label", 160)
        if self.cleaned_data.get("actors"):
            self.require("label", _("Write the party as it is printed."))
        return self.cleaned_data


class MilestoneForm(LineForm):
    """A dated event; a month or a year may be typed alone, and the stored day is the last one that it can mean."""

    MODEL, TEXTS = Milestone, ("text", "day")

    day = line_field(gettext_lazy("Date"), help_text=gettext_lazy("10.04.2025, 04.2025 or 2025"))
    precision = forms.ChoiceField(label=gettext_lazy("How exactly"), initial=DatePrecision.DAY)
    text = line_field(gettext_lazy("What happens"))

    @classmethod
    def offers(cls, subject: Initiative) -> dict[str, Any]:
        return {"precision": _capitalised(DatePrecision)}

    @classmethod
    def stored(cls, row: Any) -> dict[str, Any]:
        return {**super().stored(row), "day": dated_as_typed(row.day, row.precision)}

    def clean(self) -> dict[str, Any]:
        typed = str(self.cleaned_data.get("day") or "")
        self.keep_within("text", 200)
        if typed:
            self.require("text", _("Write what happens."))
            self._read_day(typed)
        elif self.cleaned_data.get("text"):
            self.require("day", _("Write a date, for example 10.04.2025."))
        return self.cleaned_data

    def _read_day(self, typed: str) -> None:
        try:
            day, precision = read_dated(typed, self.cleaned_data.get("precision", DatePrecision.DAY))
        except ValueError as error:
            self.add_error("day", str(error))
            return
        if message := far_from_plan(day, self.subject.plan):
            self.add_error("day", message)
        self.cleaned_data |= {"day": day, "precision": precision}


def read_dated(typed: str, precision: str) -> tuple[date, str]:
    """The last day that `typed` can mean, and how exactly; raises ValueError with a message for the user."""
    if match := _MONTH.fullmatch(typed):
        day, said = parse_date(f"1.{match[1]}.{match[2]}"), DatePrecision.MONTH
    elif _YEAR.fullmatch(typed):
        day, said = parse_date(f"1.1.{typed}"), DatePrecision.YEAR
    else:
        day, said = parse_date(typed), DatePrecision(precision)
    if said == DatePrecision.YEAR:
        return date(day.year, 12, 31), said
    if said == DatePrecision.MONTH:
        return day.replace(day=monthrange(day.year, day.month)[1]), said
    return day, said


def dated_as_typed(day: date, precision: str) -> str:
    """As `read_dated` reads it back: `10.04.2025`, `04.2025`, `2025`."""
    if precision == DatePrecision.YEAR:
        return str(day.year)
    return f"{day:%m.%Y}" if precision == DatePrecision.MONTH else short_date(day)


class RelationForm(LineForm):
    """A tie to another initiative of the cluster, or to something that has no page here."""

    MODEL, TEXTS = InitiativeRelation, ("target", "label")

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), initial=InitiativeRelation.Kind.CONTINUES_IN)
    target = forms.TypedChoiceField(
        label=gettext_lazy("Other initiative"), required=False, coerce=int, empty_value=None
    )
    label = line_field(gettext_lazy("Or a name"), help_text=gettext_lazy("What has no page here, for example SUGA 2.0"))

    @classmethod
    def offers(cls, subject: Initiative) -> dict[str, Any]:
        # What is tied already stays a choice, even where it lies in another cluster or was withdrawn.
        others = Q(cluster=subject.cluster_id, retired_on=None) | Q(relations_in__initiative=subject)
        found = Initiative.objects.filter(others).exclude(pk=subject.pk).distinct()
        return {
            "kind": _capitalised(InitiativeRelation.Kind),
            "target": [("", _("None of these")), *((each.pk, str(each)) for each in found)],
        }

    @classmethod
    def stored(cls, row: Any) -> dict[str, Any]:
        return {"pk": row.pk, "kind": row.kind, "target": row.target_id, "label": row.label}

    def clean(self) -> dict[str, Any]:
        self.keep_within("label", 120)
        if self.cleaned_data.get("target") and self.cleaned_data.get("label"):
            self.add_error("label", _("Choose an initiative or write a name, not both."))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        read = self.cleaned_data
        return {"kind": read["kind"], "target_id": read["target"], "label": read["label"]}


class SectionForm(LineForm):
    """A section of the chapter, in Markdown."""

    MODEL, TEXTS = NarrativeSection, ("body", "heading")

    kind = forms.ChoiceField(label=gettext_lazy("Section"))
    heading = line_field(
        gettext_lazy("Own heading"), help_text=gettext_lazy("Only where it differs from the section's name")
    )
    body = ParagraphField(
        label=gettext_lazy("Text"), required=False,
        help_text=gettext_lazy("**bold**, *italic*, a line that begins with “- ” is a point of a list"),
        widget=forms.Textarea(attrs={"rows": 10}),
    )  # fmt: skip

    @classmethod
    def offers(cls, subject: Initiative) -> dict[str, Any]:
        return {"kind": NarrativeSection.Kind.choices}

    def clean(self) -> dict[str, Any]:
        self.keep_within("heading", 120)
        self.keep_within("body", 20_000)
        if self.cleaned_data.get("heading"):
            self.require("body", _("Write the text."))
        return self.cleaned_data


class LinesForm:
    """All rows of a part as one form: what was typed in `data`, else what is stored in `rows`.

    Not `judged` it only shows what was typed, so that a line can be added or moved before all of it is right.
    """

    MOST = 60

    def __init__(
        self, form: type[LineForm], subject: Initiative, typed: list[dict[str, Any]], seen: int, data: QueryDict | None,
        judged: bool,
    ) -> None:  # fmt: skip
        # The line whose button gets the cursor; 0 for none.
        self.focus = 0
        self.is_ordered = form.MODEL in ORDERED
        self.head = ReasonForm(data if judged else None, initial=_head(data, seen))
        shared: dict[str, Any] = {"subject": subject, "offers": form.offers(subject)}
        self.lines = [
            form(line=line, prefix=f"l{line}", initial=values, **shared) for line, values in enumerate(typed, start=1)
        ]
        if judged and data is not None:
            places = enumerate(line_places(data), start=1)
            self.lines = [form(data, line=line, prefix=f"l{place}", **shared) for line, place in places]
            if len(self.lines) > self.MOST:
                self.add_error(None, _("There can be at most %(number)s lines.") % {"number": self.MOST})

    def is_valid(self) -> bool:
        """True where every line may be stored; judges all of them, so that all messages are shown at once."""
        return not self.errors

    @property
    def typed(self) -> list[Line]:
        """The lines to be stored; a row that is sent twice counts as new the second time."""
        found: list[Line] = []
        for form in (form for form in self.lines if not form.is_blank):
            pk = form.cleaned_data.get("pk")
            known = {line.pk for line in found}
            parties = frozenset(form.cleaned_data.get("actors", ()))
            found.append(Line(None if pk in known else pk, form.values(), parties))
        return found

    def add_error(self, name: str | None, message: Any) -> None:
        self.head.add_error(name, message)

    # What partials/_error_summary.html asks of a form.

    @property
    def errors(self) -> dict[str, Any]:
        of_lines = {f"{line.prefix}-{name}": said for line in self.lines for name, said in line.errors.items()}
        return {**self.head.errors, **of_lines}

    def non_field_errors(self) -> Any:
        return self.head.non_field_errors()

    def __iter__(self) -> Iterator[forms.BoundField]:
        yield from (field for line in self.lines for field in line)
        yield from self.head


def _capitalised(choices: type[TextChoices]) -> list[tuple[str, str]]:
    return [(each.value, capfirst(each.label)) for each in choices]


def _head(data: QueryDict | None, seen: int) -> dict[str, Any]:
    return {"seen": data.get("seen", seen), "reason": data.get("reason", "")} if data else {"seen": seen}


def line_places(data: QueryDict) -> list[int]:
    """The places of the lines that were sent, in their order."""
    found = {int(match[1]) for name in data if (match := re.fullmatch(r"l(\d{1,3})-\w+", name, re.ASCII))}
    return sorted(found)


def typed_lines(form: type[LineForm], data: QueryDict) -> list[dict[str, Any]]:
    """What stands in each line that was sent, unread."""
    fields = form.base_fields.items()
    return [
        {name: field.widget.value_from_datadict(data, {}, f"l{place}-{name}") for name, field in fields}
        for place in line_places(data)
    ]
