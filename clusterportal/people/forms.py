"""The forms of account and administration: they read what was typed; the rules stand in administration.py."""

from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from initiatives.access import Role
from initiatives.models import Cluster, User
from initiatives.typed import TOO_LONG, only_shown

from .account import AccountValues
from .administration import NO_REASON, identity_problems, new_user_problems, problems
from .scope import Grant, Place, Scope
from .subject import Identity, Subject
from .words import roles_in_words

IDENTITY = ("first_name", "last_name", "email")


class NameField(forms.CharField):
    default_validators = [only_shown]


@dataclass(frozen=True)
class FieldRow:
    """A field, and what was saved meanwhile where it differs from what stands in the field; usually empty."""

    field: forms.BoundField
    saved: str = ""


class IdentityForm(forms.Form):
    """Name and e-mail, and what the form showed when it was loaded.

    With `compare` the rows tell what was saved meanwhile, where that differs from what stands in the fields.
    """

    use_required_attribute = False

    as_loaded = forms.CharField(required=False, widget=forms.HiddenInput)
    first_name = NameField(
        label=_("First name"), max_length=150,
        error_messages={"required": _("Write the first name."), "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    last_name = NameField(
        label=_("Last name"),
        max_length=150,
        required=False,
        error_messages={"max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, help_text=_("Used to log in and to choose a new password"),
        error_messages={
            "required": _("Write the e-mail."),
            "invalid": _("Write a whole e-mail, for example navn@kommune.dk."),
            "max_length": TOO_LONG,
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, known: Identity | None = None, compare: bool = False, **kwargs: Any
    ) -> None:
        self.known, self.compare = vars(known) if known else {}, compare
        kwargs["initial"] = {**self.known, **kwargs.get("initial", {})}
        super().__init__(data, **kwargs)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    @property
    def identity(self) -> Identity:
        """What was typed; what could not be read is empty, so that the other rules are judged too."""
        return Identity(*(self.cleaned_data.get(name, "") for name in IDENTITY))

    @property
    def identity_rows(self) -> list[FieldRow]:
        return [self.row(name, self.known.get(name, "")) for name in IDENTITY if name in self.fields]

    def row(self, name: str, saved: str) -> FieldRow:
        """One field, beside `saved` where the comparison finds another value in the field."""
        differs = self.compare and self[name].field.has_changed(self[name].initial, self[name].data)
        return FieldRow(self[name], saved if differs else "")

    def add_problems(self, found: dict[str, Any]) -> None:
        """Messages by field; for a field that has one already, the first is enough."""
        for name, message in found.items():
            field = name if name in self.fields else None
            if field is None or field not in self.errors:
                self.add_error(field, message)


class RolesForm(IdentityForm):
    """Name and e-mail, and one row of roles to tick for each place that is administered."""

    def __init__(self, data: Any, places: tuple[Place, ...], held: frozenset[Grant], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.places, self.held = places, held
        for place in places:
            self.fields[place.key] = forms.MultipleChoiceField(
                label=place.label, required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "ragset"}),
                choices=[(role.value, capfirst(role.label)) for role in Role],
                initial=[grant.role for grant in held if grant.place == place],
            )  # fmt: skip

    @property
    def grants(self) -> frozenset[Grant]:
        return frozenset(Grant(place, role) for place in self.places for role in self.cleaned_data.get(place.key, []))

    @property
    def role_rows(self) -> list[FieldRow]:
        return [self.row(place.key, self._held(place)) for place in self.places]

    def _held(self, place: Place) -> str:
        held = roles_in_words(grant.role for grant in self.held if grant.place == place)
        return capfirst(held) or str(_("No role"))

    def add_problems(self, found: dict[str, Any]) -> None:
        """As for any form; what concerns the roles as a whole stands at the first place."""
        of_roles = found.pop("roles", None)
        if of_roles and self.places:
            found.setdefault(self.places[0].key, of_roles)
        super().add_problems(found)


class NewUserForm(RolesForm):
    """A user to be created within the scope."""

    username = forms.CharField(
        label=_("User name"), max_length=150, validators=[User.username_validator],
        help_text=_("Letters, digits and . + - _ @. It cannot be changed later"),
        error_messages={"required": _("Write a user name."), "max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "class": "input-width-m"}),
    )  # fmt: skip

    def __init__(self, data: Any, scope: Scope) -> None:
        super().__init__(data, scope.places, frozenset())

    def clean_username(self) -> str:
        return User.normalize_username(self.cleaned_data["username"])

    def clean(self) -> dict[str, Any]:
        self.add_problems(new_user_problems(self.cleaned_data.get("username", ""), self.identity, self.grants))
        return self.cleaned_data


class UserForm(RolesForm):
    """Somebody's name, e-mail and roles; the first two only where the administrator answers for the whole user."""

    def __init__(self, data: Any, subject: Subject, compare: bool = False) -> None:
        self.subject = subject
        known, initial = Identity.of(subject.user), {"as_loaded": subject.fingerprint}
        super().__init__(data, subject.scope.places, subject.here, known=known, compare=compare, initial=initial)
        if not subject.whole:
            for name in IDENTITY:
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        self.add_problems(problems(self.subject, self.identity, self.grants))
        return self.cleaned_data

    @property
    def identity(self) -> Identity:
        return super().identity if self.subject.whole else Identity.of(self.subject.user)


class AccessForm(forms.Form):
    """Why somebody's access is closed or opened."""

    use_required_attribute = False

    reason = forms.CharField(
        label=_("Reason"), max_length=500, error_messages={"required": NO_REASON},
        help_text=_("Shown in the history of the user"), widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, data: Any, closing: bool) -> None:
        super().__init__(data)
        self.fields["reason"].required = closing


class AccountForm(IdentityForm):
    """The own account."""

    home_cluster = forms.ModelChoiceField(
        Cluster.objects.none(), label=_("Home cluster"), required=False, empty_label=_("The first by name"),
        help_text=_("Shown first when you log in"),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language"), widget=forms.RadioSelect, error_messages={"required": _("Choose a language.")}
    )

    def __init__(self, data: Any, subject: Subject, compare: bool = False) -> None:
        self.user = user = subject.user
        initial = {
            "as_loaded": subject.fingerprint,
            "home_cluster": user.home_cluster_id,
            "language": user.language or get_language(),
        }
        super().__init__(data, known=Identity.of(user), compare=compare, initial=initial)
        # One's own name and e-mail, which the browser may know.
        for name, purpose in zip(IDENTITY, ("given-name", "family-name", "email"), strict=True):
            self.fields[name].widget.attrs["autocomplete"] = purpose
        cast(forms.ModelChoiceField, self.fields["home_cluster"]).queryset = Cluster.objects.visible_to(user)
        # Each language by its own name, for somebody who reads only that.
        names = [(code, capfirst(get_language_info(code)["name_local"])) for code, _name in settings.LANGUAGES]
        cast(forms.ChoiceField, self.fields["language"]).choices = names

    def clean(self) -> dict[str, Any]:
        if self.identity != Identity.of(self.user):
            self.add_problems(identity_problems(self.identity, self.user))
        return self.cleaned_data

    @property
    def values(self) -> AccountValues:
        return AccountValues(self.identity, self.cleaned_data["home_cluster"], self.cleaned_data["language"])
