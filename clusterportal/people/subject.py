"""A user as one administrator sees it: who the user is, which roles are held where, and what of it may be changed."""

import hashlib
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _

from initiatives.models import User

from .scope import Grant, Scope, grants_of


@dataclass(frozen=True)
class Identity:
    """Who a user is. E-mails are kept in small letters, so that none can be taken twice."""

    first_name: str
    last_name: str
    email: str

    @classmethod
    def of(cls, user: User) -> Self:
        return cls(user.first_name, user.last_name, user.email.lower())

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class Subject:
    """A user as seen by one administrator: what is held where, and what of it may be changed."""

    by: User
    user: User
    scope: Scope
    grants: frozenset[Grant]

    @classmethod
    def of(cls, by: User, user: User, scope: Scope) -> Self:
        """By one query for the roles of `user`."""
        return cls(by, user, scope, grants_of(user))

    @property
    def here(self) -> frozenset[Grant]:
        """The roles that `by` may take away."""
        return frozenset(grant for grant in self.grants if grant.place in self.scope.places)

    @property
    def elsewhere(self) -> frozenset[Grant]:
        """The roles that others administer."""
        return self.grants - self.here

    @property
    def is_self(self) -> bool:
        return self.by.pk == self.user.pk

    @property
    def whole(self) -> bool:
        """Whether `by` answers for name, e-mail, password link and access too."""
        if self.is_self or self.by.is_superuser:
            return True
        return not (self.elsewhere or self.user.is_staff or self.user.is_superuser)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what a form shows; it differs once anybody has changed any of it."""
        held = sorted(f"{grant.place.key} {grant.role}" for grant in self.here)
        shown = (self.user.first_name, self.user.last_name, self.user.email, self.user.is_active, held)
        return hashlib.sha256(repr(shown).encode()).hexdigest()

    @property
    def limits(self) -> str:
        """Why name, e-mail, password link and access are not to be changed here; empty when they may be."""
        if self.whole:
            return ""
        name = {"name": self.user.display_name}
        if self.elsewhere:
            return (
                _(
                    "%(name)s also has roles that others administer. So name, e-mail, password link and access can be "
                    "changed only by somebody who administers all the places."
                )
                % name
            )
        return (
            _("%(name)s keeps the portal running, so name, e-mail, password link and access are not changed here.")
            % name
        )
