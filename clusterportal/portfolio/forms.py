"""The forms of saved views: they read what was typed; the rules stand in saving.py."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.typed import only_shown

from .models import LONGEST_NAME, SavedView, Sharing
from .saving import ViewValues

NO_NAME = _("Write what the view is to be called, for example “Red ones”.")
TOO_LONG = _("A name can have 60 characters at most.")


class ViewForm(forms.Form):
    """Name and readers of a view."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Name of the view"), max_length=LONGEST_NAME, validators=[only_shown],
        error_messages={"required": NO_NAME, "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"class": "form-input", "autocomplete": "off"}),
    )  # fmt: skip
    shared_with = forms.ChoiceField(
        label=_("Who may open it"), choices=Sharing.choices, required=False,
        error_messages={"invalid_choice": _("Choose one from the list.")},
        widget=forms.Select(attrs={"class": "form-select"}),
    )  # fmt: skip

    @classmethod
    def of(cls, view: SavedView, data: Any = None) -> "ViewForm":
        """To change `view`."""
        return cls(data, initial={"name": view.name, "shared_with": view.shared_with})

    def add_problems(self, error: ValidationError) -> None:
        """What the rules refuse, beside its field."""
        for name, messages in error.message_dict.items():
            self.add_error(name, messages)

    @property
    def values(self) -> ViewValues:
        return ViewValues(self.cleaned_data["name"], self.cleaned_data["shared_with"])


class SaveViewForm(ViewForm):
    """A view to be saved from the overview; `query` is the overview's address."""

    replace = forms.BooleanField(
        label=_("Replace my view of that name"), required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-checkbox"}),
    )  # fmt: skip
    query = forms.CharField(required=False, widget=forms.HiddenInput)
