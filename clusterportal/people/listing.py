"""The list of users: search, filters and pages."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django import forms
from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import Prefetch, QuerySet
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from initiatives.access import Role
from initiatives.danish import collation_key, count_word
from initiatives.models import Membership, User

from .scope import Place, Scope, grants_of
from .words import RoleLine, role_lines

PER_PAGE = 50
ACTIVE, CLOSED = "aktiv", "lukket"


class UserFilterForm(forms.Form):
    """The filters as fields; it shows what was understood and never an error."""

    q = forms.CharField(label=gettext_lazy("Search by name, user name and e-mail"), required=False)

    def __init__(self, given: Mapping[str, str], places: tuple[Place, ...]) -> None:
        super().__init__(initial={})
        self.choices: dict[str, dict[str, str]] = {
            "rolle": {"": _("All roles"), **{role.value: capfirst(str(role.label)) for role in Role}},
            "sted": {"": _("All places"), **{place.key: place.name for place in places}},
            "adgang": {"": _("All"), ACTIVE: _("Active"), CLOSED: _("Deactivated")},
        }
        labels = {"rolle": _("Role"), "sted": _("Place"), "adgang": _("Access")}
        self.unknown = [label for name, label in labels.items() if not self._keep(name, given.get(name, ""))]
        self.initial["q"] = given.get("q", "")
        for name, label in labels.items():
            if name != "sted" or len(places) > 1:
                self.fields[name] = forms.ChoiceField(label=label, choices=self.choices[name].items(), required=False)

    def _keep(self, name: str, value: str) -> bool:
        """Whether the value is known; if so it is what the field shows."""
        known = value in self.choices[name]
        self.initial[name] = value if known else ""
        return known

    @property
    def is_narrowing(self) -> bool:
        return any(str(value).strip() for value in self.initial.values())


@dataclass(frozen=True)
class Candidate:
    """What searching and sorting need of a user."""

    pk: int
    first_name: str
    last_name: str
    username: str
    email: str
    is_active: bool
    last_login: datetime | None

    @property
    def order(self) -> tuple[str, str, int]:
        return collation_key(f"{self.first_name} {self.last_name}".strip() or self.username), self.username, self.pk

    def has(self, words: list[str]) -> bool:
        text = f"{self.first_name} {self.last_name} {self.username} {self.email}".casefold()
        return all(word in text for word in words)


@dataclass(frozen=True)
class UserRow:
    """One line of the list."""

    user: User
    roles: tuple[RoleLine, ...]

    @property
    def email(self) -> str:
        """The e-mail, with a place to break the line after the @."""
        name, _at, host = self.user.email.rpartition("@")
        return format_html("{}@<wbr>{}", name, host) if name else "–"


@dataclass(frozen=True)
class Counts:
    """How many users can log in, how many of them never have, and how many are deactivated."""

    active: int
    never: int
    closed: int

    @property
    def total(self) -> int:
        return self.active + self.closed

    @property
    def sentence(self) -> str:
        """`Syv brugere kan logge ind. Én af dem har aldrig gjort det. To er deaktiveret.`"""
        parts = [(ngettext("%(count)s user can log in.", "%(count)s users can log in.", self.active), self.active)]
        if self.never:
            never = ngettext("%(count)s of them never has.", "%(count)s of them never have.", self.never)
            parts.append((never, self.never))
        if self.closed:
            closed = ngettext("%(count)s is deactivated.", "%(count)s are deactivated.", self.closed)
            parts.append((closed, self.closed))
        return " ".join(capfirst(text % {"count": count_word(number)}) for text, number in parts)


@dataclass(frozen=True)
class UserList:
    """One page of the users that were asked for, and how many there are in all."""

    form: UserFilterForm
    rows: tuple[UserRow, ...]
    page: Page[int]
    counts: Counts
    notices: tuple[str, ...] = ()


def user_list(scope: Scope, given: Mapping[str, str]) -> UserList:
    """The users of the scope, filtered by `q`, `rolle`, `sted`, `adgang` and in pages by `page`.

    Five queries at most. Names are searched and sorted here, since SQLite knows neither the order of æ, ø and å nor
    their capital letters; the users of a portal are few thousands at most.
    """
    form = UserFilterForm(given, scope.places)
    everybody = [Candidate(*row) for row in scope.users().values_list(*(each.name for each in fields(Candidate)))]
    holders = _holders(scope, form)
    found = sorted((one for one in everybody if _matches(one, form, holders)), key=lambda one: one.order)
    page, notice = _page([one.pk for one in found], given.get("page", ""))
    unknown = [
        _("The choice in “%(name)s” does not exist, so all are shown.") % {"name": name} for name in form.unknown
    ]
    return UserList(
        form=form,
        rows=_rows(list(page)),
        page=page,
        counts=_counts(everybody),
        notices=(*unknown, *([notice] if notice else [])),
    )


def _counts(everybody: list[Candidate]) -> Counts:
    active = [one for one in everybody if one.is_active]
    never = sum(one.last_login is None for one in active)
    return Counts(len(active), never, len(everybody) - len(active))


def _holders(scope: Scope, form: UserFilterForm) -> frozenset[int] | None:
    """Who holds the role in the place that is asked for; None where neither is asked for."""
    role, key = form.initial["rolle"], form.initial["sted"]
    if not (role or key):
        return None
    memberships: QuerySet[Membership, Any] = scope.memberships()
    if role:
        memberships = memberships.filter(role=role)
    for place in (place for place in scope.places if place.key == key):
        memberships = memberships.filter(**place.columns)
    return frozenset(memberships.values_list("user", flat=True))


def _matches(one: Candidate, form: UserFilterForm, holders: frozenset[int] | None) -> bool:
    access = form.initial["adgang"]
    if access and one.is_active != (access == ACTIVE):
        return False
    return (holders is None or one.pk in holders) and one.has(form.initial["q"].casefold().split())


def _page(ids: list[int], text: str) -> tuple[Page[int], str]:
    """The page asked for; the first one, with a notice, where there is no such page."""
    paginator = Paginator(ids, PER_PAGE)
    try:
        return paginator.page(text or 1), ""
    except (EmptyPage, PageNotAnInteger):
        return paginator.page(1), _("There is no such page, so the first is shown.")


def _rows(ids: list[int]) -> tuple[UserRow, ...]:
    """In the order of the ids, by two queries."""
    memberships = Prefetch("memberships", Membership.objects.select_related("cluster", "region"))
    users = User.objects.prefetch_related(memberships).in_bulk(ids)
    return tuple(UserRow(users[pk], role_lines(grants_of(users[pk]))) for pk in ids)
