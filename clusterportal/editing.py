"""Forms that change a row of the plan or of the register: one line or paragraph fields, reason, version, conflict."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from initiatives import tracing
from initiatives.forms import LineField, ParagraphField
from initiatives.typed import TOO_LONG

from .people.forms import FieldRow

FormT = TypeVar("FormT", bound="EditForm")


class Line(LineField):
    """A text of one line. Its length is judged here and not by the browser, which would cut what is pasted."""

    def __init__(self, limit: int, **kwargs: Any) -> None:
        validators: list[Any] = [MaxLengthValidator(limit, TOO_LONG)]
        super().__init__(**{"widget": forms.TextInput(attrs={"autocomplete": "off"}), **kwargs}, validators=validators)


class Paragraphs(ParagraphField):
    """A text of several lines."""

    def __init__(self, limit: int, **kwargs: Any) -> None:
        super().__init__(**kwargs, validators=[MaxLengthValidator(limit, TOO_LONG)])


class EditForm(forms.Form):
    """The values of a row; of an existing one also why it is changed, and the version that the form was drawn from.

    With `compare` the rows of fields tell what was saved meanwhile, where that differs from what stands in the field.
    """

    use_required_attribute = False

    as_loaded = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = Line(
        tracing.REASON_LIMIT, required=False, label=_("Why is it changed? (may be left out)"),
        help_text=_("Shown in the history"),
    )  # fmt: skip

    def __init__(
        self, data: Any, row: Model | None, initial: Mapping[str, Any], *, compare: bool = False, **kwargs: Any
    ) -> None:
        self.row, self.compare = row, compare
        version = {"as_loaded": tracing.version_of(row)} if row else {}
        super().__init__(data, initial={**initial, **version}, **kwargs)
        if row is None:
            del self.fields["as_loaded"], self.fields["reason"]
        else:
            self.order_fields([name for name in self.fields if name != "reason"])

    @property
    def rows(self) -> list[FieldRow]:
        """Every field that is seen, in order."""
        return [FieldRow(field, self._saved(field)) for field in self.visible_fields()]

    def _saved(self, field: forms.BoundField) -> str:
        if not self.compare or field.name == "reason" or not field.field.has_changed(field.initial, field.data):
            return ""
        return self.in_words(field.name, field.initial)

    def in_words(self, name: str, value: Any) -> str:
        """A saved value as the reader knows it."""
        choices = getattr(self.fields[name], "choices", ())
        said = {str(key): str(label) for key, label in choices}
        shown = "" if value is None else str(value)
        return said.get(shown) or str(self.fields[name].prepare_value(value) or "–")

    def add_problems(self, wrong: ValidationError) -> None:
        """What an act complained of, beside the fields that it names."""
        by_field = wrong.message_dict if hasattr(wrong, "error_dict") else {"": wrong.messages}
        for name, words in by_field.items():
            self.add_error(name if name in self.fields else None, words)

    @property
    def version(self) -> str:
        return str(self.cleaned_data["as_loaded"])

    @property
    def why(self) -> str:
        return str(self.cleaned_data["reason"])


@dataclass(frozen=True)
class Answer(Generic[FormT]):
    """What became of an edit: the form to show, whether anything `changed` (None: not saved), who came first if any."""

    form: FormT
    changed: bool | None = None
    conflict: str = ""

    @property
    def status(self) -> int:
        return 409 if self.conflict else 200


def answer(
    request: HttpRequest, row: Model, make: Callable[[Any, bool], FormT], act: Callable[[FormT], bool]
) -> Answer[FormT]:
    """Let `act` save the form that `make` builds of (what was typed, whether to compare); tell the user it is saved.

    Raises Http404 where the row was removed meanwhile.
    """
    form = make(request.POST or None, False)
    if request.method != "POST" or not form.is_valid():
        return Answer(form)
    try:
        changed = act(form)
    except tracing.EditConflict:
        return _conflict(request, row, make)
    except ValidationError as wrong:
        form.add_problems(wrong)
        return Answer(form)
    if changed:
        messages.success(request, _("The change is saved."))
    else:
        messages.info(request, _("Nothing differs from what is saved, so nothing was changed."))
    return Answer(form, changed)


def _conflict(request: HttpRequest, row: Model, make: Callable[[Any, bool], FormT]) -> Answer[FormT]:
    """What was typed beside what is saved; the next save goes through."""
    try:
        row.refresh_from_db()
    except ObjectDoesNotExist as gone:
        raise Http404 from gone
    typed = request.POST.copy()
    typed["as_loaded"] = tracing.version_of(row)
    return Answer(make(typed, True), conflict=tracing.conflict_words(row))
