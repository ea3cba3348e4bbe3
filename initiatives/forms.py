"""The status form: reads what was typed; the rules themselves stand in reporting.py."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .danish import parse_date, short_date
from .filing import TITLE
from .models import Colour, Help, Initiative, Phase, StatusReport
from .reporting import COLOURS, LABELS, LIMITS, PROGRESS, StatusValues, earliest_day, problems, too_long
from .typed import only_shown, only_shown_lines

_LINE_BREAKS = re.compile(r"\s*[\r\n]+\s*")


class DanishDateField(forms.Field):
    """A day as Danes type it: `10.04.2025`, `5/3/2026`, `05-03-2026`."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "input-width-s"})
    default_error_messages = {"required": _("Write a date, for example 10.04.2025.")}

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        try:
            return parse_date(str(value))
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error

    def prepare_value(self, value: Any) -> Any:
        return short_date(value) if isinstance(value, date) else value


class LineField(forms.CharField):
    """A text of one line; line breaks that were pasted become spaces. The length is a rule of reporting.py."""

    default_validators = [only_shown]

    def to_python(self, value: Any) -> str:
        return _LINE_BREAKS.sub(" ", super().to_python(value) or "")


class ParagraphField(forms.CharField):
    """A text of several lines, with the line breaks that browsers send made simple."""

    widget = forms.Textarea
    default_validators = [only_shown_lines]

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")


# From good to bad, as the mind reads them; what is not assessed stands last.
COLOUR_CHOICES = [(colour.value, colour.label) for colour in (Colour.GREEN, Colour.AMBER, Colour.RED, Colour.NONE)]


def colour_field(name: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=LABELS[name], choices=COLOUR_CHOICES, initial=Colour.NONE, widget=forms.RadioSelect,
        error_messages={"required": _("Choose a colour, or “Not assessed”.")},
    )  # fmt: skip


PROGRESS_CHOICES = [("", _("Not stated")), *((str(step), f"{step} %") for step in PROGRESS)]


@dataclass(frozen=True)
class Preview:
    """The row as it will be printed; `late` where a newer status exists, so that the overview stays as it is."""

    actors: tuple[str, ...]

    text: str
    phase: str
    phase_label: str
    late: bool


@dataclass(frozen=True)
class ColourRow:
    """One line of the colours: the field, and the code that was reported last (empty before the first report)."""

    field: forms.BoundField
    previous: str


class StatusForm(forms.Form):
    """A new status of an initiative. `shown` is the report whose values stand beside the fields."""

    use_required_attribute = False

    reported_on = DanishDateField(label=LABELS["reported_on"], help_text=_("Day.month.year, for example 10.04.2025"))
    phase = forms.ChoiceField(
        label=LABELS["phase"], choices=Phase.choices, widget=forms.Select(attrs={"class": "input-width-m"})
    )
    overall = colour_field("overall")
    time = colour_field("time")
    money = colour_field("money")
    quality = colour_field("quality")
    printed_text = LineField(
        label=LABELS["printed_text"], required=False,
        help_text=_("One short line for the status overview and the evaluation"),
    )  # fmt: skip
    progress = forms.TypedChoiceField(
        label=LABELS["progress"], choices=PROGRESS_CHOICES, required=False, coerce=int, empty_value=None,
        help_text=_("Roughly how much of the work is done; leave it out where nobody can tell"),
        widget=forms.Select(attrs={"class": "input-width-s"}),
    )  # fmt: skip
    account = ParagraphField(label=LABELS["account"], required=False, widget=forms.Textarea(attrs={"rows": 4}))
    remedy = ParagraphField(
        label=LABELS["remedy"], required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Must be filled in when a colour is amber or red"),
    )  # fmt: skip
    next_step = LineField(label=LABELS["next_step"], required=False)
    help_needed = forms.ChoiceField(
        label=LABELS["help_needed"], choices=Help.choices, initial=Help.NO, widget=forms.RadioSelect
    )
    based_on = forms.CharField(required=False, widget=forms.HiddenInput)
    # Which draft the page has seen; empty for none.
    draft_version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, initiative: Initiative, shown: StatusReport | None, today: date, **kwargs: Any
    ) -> None:
        self.initiative, self.shown, self.today = initiative, shown, today
        kwargs["initial"] = {**starting_values(shown, today), **kwargs.get("initial", {})}
        super().__init__(data, **kwargs)

    @property
    def colour_rows(self) -> list[ColourRow]:
        return [ColourRow(self[name], getattr(self.shown, name, "")) for name in COLOURS]

    @property
    def seen_draft(self) -> int:
        """The version of the draft that the page was drawn with; 0 for none and for what is no version."""
        text = str(self["draft_version"].value() or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0

    @property
    def limits(self) -> dict[str, int]:
        """Most characters, by field name."""
        return LIMITS

    @property
    def preview(self) -> Preview:
        """From what stands in the fields, checked or not."""
        phase = str(self["phase"].value() or "")
        return Preview(
            actors=tuple(line.label for line in self.initiative.actor_lines.all()),
            text=str(self.fields["printed_text"].to_python(self["printed_text"].value())),
            phase=phase,
            phase_label=str(dict(Phase.choices).get(phase, "")),
            late=self._is_late(),
        )

    def _is_late(self) -> bool:
        try:
            day = self.fields["reported_on"].to_python(self["reported_on"].value())
        except ValidationError:
            return False
        return bool(self.shown and day and day < self.shown.reported_on)

    def clean(self) -> dict[str, Any]:
        for name, message in problems(self.values, earliest_day(self.initiative), self.today).items():
            if name not in self.errors:
                self.add_error(name, message)
        return self.cleaned_data

    @property
    def values(self) -> StatusValues:
        """What was typed; a field that could not be read counts as blank, so that the others are judged too."""
        blank = {"reported_on": self.today, "phase": Phase.RUNNING, "printed_text": "", "account": "", "remedy": ""}
        read = {name: value for name, value in self.cleaned_data.items() if name in LABELS}
        return StatusValues(**{**blank, **read})


class FileForm(forms.Form):
    """A file to be added to an initiative; what it is called is free."""

    use_required_attribute = False
    prefix = "file"

    file = forms.FileField(
        label=_("File"), error_messages={
            "required": _("Choose a file."), "missing": _("Choose a file."), "empty": _("The file is empty."),
            "invalid": _("Choose a file."),
        },
    )  # fmt: skip
    title = LineField(label=_("What it is called in the list"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "PDF, picture (PNG, JPEG), Word, Excel or PowerPoint, at most %(limit)s MB"
        ) % {"limit": settings.ATTACHMENT_MAX_MB}

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        if len(title) > TITLE:
            raise ValidationError(too_long(title, TITLE))
        return title


class CommentForm(forms.Form):
    """A comment; the rules stand in commenting.py."""

    use_required_attribute = False
    prefix = "comment"

    text = ParagraphField(
        label=_("Comment"), required=False, help_text=_("Write @ and a user name to tell somebody"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


def starting_values(shown: StatusReport | None, today: date) -> dict[str, Any]:
    """What the form holds when it opens: today, and what usually stays the same; the account is always new.

    What was invented to demonstrate is not assessed by anybody: saved again it would look real.
    """
    if shown is None:
        return {"reported_on": today, "based_on": ""}
    assessed = () if shown.demonstration else (*COLOURS, "help_needed", "progress")
    kept = {name: getattr(shown, name) for name in ("phase", "printed_text", *assessed)}
    return {"reported_on": today, "based_on": str(shown.pk), **kept}


def reported_as(initiative: Initiative, text: str) -> StatusReport | None:
    """The initiative's report with the id that a form sent along; None for no id, a false one or a foreign one."""
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        return None
    return initiative.status_reports.select_related("reported_by").filter(pk=text).first()
