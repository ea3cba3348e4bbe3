"""The form that chooses which notices come by e-mail."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from initiatives.models import Delivery, User

from .choosing import chosen, kinds_for


class ChoiceForm(forms.Form):
    """One choice for each kind of notice that can reach the user."""

    use_required_attribute = False

    def __init__(self, data: Any, user: User) -> None:
        super().__init__(data)
        now = chosen(user)
        for kind in kinds_for(user):
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label, choices=Delivery.choices, initial=now[kind.value],
                widget=forms.RadioSelect(attrs={"class": "ragset"}), error_messages={"required": _("Choose one.")},
            )  # fmt: skip
