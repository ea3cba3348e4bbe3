"""The own account: name, e-mail, home cluster and language, saved together."""

from dataclasses import dataclass

from django.db import transaction

from initiatives.models import Cluster, User

from .administration import AdministrationConflict, change_identity
from .scope import Scope
from .subject import Identity, Subject


@dataclass(frozen=True)
class AccountValues:
    """What somebody chooses for the own account; without a home cluster the first one by name is shown."""

    identity: Identity
    home_cluster: Cluster | None
    language: str


def own_subject(user: User) -> Subject:
    """A user who looks after the own name and e-mail; the roles play no part."""
    return Subject(user, user, Scope(), frozenset())


@transaction.atomic
def change_account(user: User, as_loaded: str, values: AccountValues) -> None:
    """Save the own account; a new name or e-mail leaves a trace, as when an administrator changes it.

    Raises AdministrationConflict where name or e-mail was changed after the form was loaded, ValidationError by
    field for what breaks a rule.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    subject = own_subject(locked)
    if subject.fingerprint != as_loaded:
        raise AdministrationConflict
    change_identity(subject, values.identity)
    locked.home_cluster, locked.language = values.home_cluster, values.language
    locked.save(update_fields=["home_cluster", "language"])
