"""Administering users: the rules, and the acts, each in one transaction and with its trace.

An administrator answers for the users of the own clusters and regions, and gives roles only there. Name, e-mail,
password link and access belong to the whole user: they are changed only by somebody who administers every place
where the user holds a role. Otherwise the administrator of one cluster could move a user's e-mail to an own address,
ask for a password link, and hold that user's roles in another cluster.
"""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.account.utils import filter_users_by_email
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.access import ALLOWED, Act, Role
from initiatives.danish import listed
from initiatives.models import Cluster, Membership, User

from .models import AdministrativeAct
from .scope import Grant, Place, PlaceKind, Scope, in_order
from .sessions import end_sessions
from .subject import Identity, Subject

Kind = AdministrativeAct.Kind
NO_REASON = gettext_lazy("Write why, for example “changed jobs”. It is shown in the history.")
_EMAIL_TAKEN = gettext_lazy("Another user has this e-mail. Every user needs an own one.")
_ADMINISTERING = ALLOWED[Act.ADMINISTER]


class AdministrationConflict(Exception):  # noqa: N818 (a situation to solve, not a fault)
    """Somebody changed the user after the form was loaded; nothing was saved."""


@transaction.atomic
def create_user(by: User, username: str, identity: Identity, grants: frozenset[Grant]) -> User:
    """A user without a password, to be chosen by a link.

    Raises PermissionDenied for a role outside the scope of `by`, ValidationError by field for what breaks a rule.
    """
    by = _lock(by)[by.pk]
    scope = _scope(by)
    if wrong := new_user_problems(username, identity, grants):
        raise ValidationError(wrong)
    user = User(username=username)
    user.set_unusable_password()
    _write_identity(user, identity)
    _record(by, user, Kind.CREATED)
    _change_grants(Subject(by, user, scope, frozenset()), grants)
    return user


@transaction.atomic
def change_user(by: User, user: User, as_loaded: str, identity: Identity, grants: frozenset[Grant]) -> bool:
    """Change name and e-mail, and the roles within the scope of `by` to `grants`; False where nothing differed.

    `as_loaded` is the fingerprint of what the form showed. Raises AdministrationConflict where that is no longer
    so, PermissionDenied for what `by` may not change, ValidationError by field for what breaks a rule.
    """
    subject = _locked_subject(by, user)
    if subject.fingerprint != as_loaded:
        raise AdministrationConflict
    if wrong := problems(subject, identity, grants):
        raise ValidationError(wrong)
    changed = change_identity(subject, identity)
    return _change_grants(subject, grants) or changed


@transaction.atomic
def deactivate(by: User, user: User, reason: str) -> None:
    """Close the access and log the user off everywhere; what the user has recorded stays.

    Raises AdministrationConflict where it is closed already, PermissionDenied and ValidationError as `change_user`.
    """
    subject = _to_be_set(by, user, active=False)
    if not reason.strip():
        raise ValidationError(NO_REASON)
    end_sessions(subject.user)
    _record(subject.by, subject.user, Kind.DEACTIVATED, reason=reason.strip())


@transaction.atomic
def reactivate(by: User, user: User, reason: str) -> None:
    """Open the access again, with the roles and the password that the user had. Raises as `deactivate`."""
    subject = _to_be_set(by, user, active=True)
    _record(subject.by, subject.user, Kind.REACTIVATED, reason=reason.strip())


def _to_be_set(by: User, user: User, active: bool) -> Subject:
    subject = _locked_subject(by, user)
    if subject.user.is_active == active:
        raise AdministrationConflict
    if wrong := access_problem(subject):
        raise ValidationError(wrong)
    subject.user.is_active = active
    subject.user.save(update_fields=["is_active"])
    return subject


def change_identity(subject: Subject, identity: Identity) -> bool:
    """Change name and e-mail of a locked user, inside the caller's transaction; False where nothing differed.

    Raises PermissionDenied where the administrator does not answer for the whole user, ValidationError by field.
    """
    before = Identity.of(subject.user)
    if identity == before:
        return False
    if not subject.whole:
        raise PermissionDenied(subject.limits)
    if wrong := identity_problems(identity, subject.user):
        raise ValidationError(wrong)
    _write_identity(subject.user, identity)
    if identity.name != before.name:
        _record(subject.by, subject.user, Kind.NAME, before=before.name, after=identity.name)
    if identity.email != before.email:
        # What allauth remembers of the old address would still let it ask for a new password.
        EmailAddress.objects.filter(user=subject.user).delete()
        _record(subject.by, subject.user, Kind.EMAIL, before=before.email, after=identity.email)
    return True


def require_link(subject: Subject) -> None:
    """Raises PermissionDenied where `by` may not give the user a link, ValidationError for a deactivated user."""
    if not subject.whole:
        raise PermissionDenied(subject.limits)
    if not subject.user.is_active:
        raise ValidationError(_("The user is deactivated, so a link would not help. Reactivate the user first."))


def record_link(by: User, user: User, mailed: bool) -> None:
    """The trace of a password link: e-mailed, or shown to `by` for handing over."""
    _record(by, user, Kind.LINK_MAILED if mailed else Kind.LINK_SHOWN, after=user.email if mailed else "")


# The rules. Each answers with messages by field: a field of Identity, "username", or the key of a place.


def new_user_problems(username: str, identity: Identity, grants: frozenset[Grant]) -> dict[str, str]:
    """What is wrong with a user to be created; the key "roles" stands for the roles as a whole."""
    found = identity_problems(identity, None)
    if User.objects.filter(username__iexact=username).exists():
        found["username"] = _("The user name is taken. Choose another.")
    if not grants:
        found["roles"] = _("Choose at least one role.")
    return found


def problems(subject: Subject, identity: Identity, grants: frozenset[Grant]) -> dict[str, str]:
    """What is wrong with changing name, e-mail and roles; empty when all is well."""
    found = {} if identity == Identity.of(subject.user) else identity_problems(identity, subject.user)
    lost = subject.here - grants
    for grant in (each for each in lost if subject.is_self and each.role in _ADMINISTERING):
        found[grant.place.key] = _("You cannot take away your own administrator role. Another administrator must.")
    for place in unadministered(subject, lost):
        found.setdefault(place.key, _only_administrator(subject.user, [place]))
    if not grants and not subject.elsewhere and subject.here:
        found["roles"] = _("A user needs at least one role. Deactivate the user instead; then the history stays.")
    return found


def identity_problems(identity: Identity, user: User | None) -> dict[str, str]:
    """An e-mail that somebody else has; `user` is None for a user to be created."""
    holders = filter_users_by_email(identity.email)
    if any(user is None or holder.pk != user.pk for holder in holders):
        return {"email": str(_EMAIL_TAKEN)}
    return {}


def access_problem(subject: Subject) -> str:
    """Why the access cannot be closed (or opened again) by `by`; empty when it can."""
    if subject.is_self:
        return _("You cannot deactivate yourself. Another administrator must.")
    if not subject.whole:
        return subject.limits
    places = unadministered(subject, subject.grants) if subject.user.is_active else []
    return _only_administrator(subject.user, places) if places else ""


def unadministered(subject: Subject, lost: frozenset[Grant]) -> list[Place]:
    """The places that would have no active administrator left if the user lost the roles `lost`."""
    user = subject.user
    places = in_order({grant.place for grant in lost if grant.role in _ADMINISTERING})
    if not places or not user.is_active:
        return []
    kept = {grant.place for grant in subject.grants - lost if grant.role in _ADMINISTERING}
    others = Membership.objects.filter(role__in=_ADMINISTERING, user__is_active=True).exclude(user=user)
    covered: set[tuple[int | None, int | None]] = set(others.values_list("cluster_id", "region_id"))
    covered |= {(place.columns.get("cluster_id"), place.columns.get("region_id")) for place in kept}
    return [place for place in places if not covered & _administered_through(place)]


def _administered_through(place: Place) -> set[tuple[int | None, int | None]]:
    """The (cluster, region) of the memberships that administer a place: a cluster also through its region."""
    if place.kind == PlaceKind.REGION:
        return {(None, place.pk)}
    return {(place.pk, None), (None, Cluster.objects.values_list("region_id", flat=True).get(pk=place.pk))}


def _only_administrator(user: User, places: Iterable[Place]) -> str:
    return _("%(name)s is the only administrator of %(places)s. Give somebody else the role first.") % {
        "name": user.display_name,
        "places": listed(place.name for place in places),
    }


def _lock(*users: User) -> dict[int, User]:
    """The users as they are now, locked together with every administrator, in order.

    So two administrators who take the role from each other wait for one another, and the second finds that it may
    no longer. (SQLite: the transaction itself waits.)
    """
    administrators = Membership.objects.filter(role__in=_ADMINISTERING).values("user")
    wanted = Q(pk__in=[user.pk for user in users]) | Q(pk__in=administrators)
    return {user.pk: user for user in User.objects.select_for_update().filter(wanted).order_by("pk")}


def _scope(by: User) -> Scope:
    """Raises PermissionDenied for somebody who administers nothing, or no longer."""
    if not by.is_active:
        raise PermissionDenied(_("Your access is closed"))
    return Scope.required(by)


def _locked_subject(by: User, user: User) -> Subject:
    """Raises PermissionDenied where `by` no longer administers a place of the user's."""
    people = _lock(by, user)
    scope = _scope(people[by.pk])
    if not scope.users().filter(pk=user.pk).exists():
        raise PermissionDenied(_("You do not administer this user."))
    return Subject.of(people[by.pk], people[user.pk], scope)


def _write_identity(user: User, identity: Identity) -> None:
    user.first_name, user.last_name, user.email = identity.first_name, identity.last_name, identity.email
    fields = None if user.pk is None else ["first_name", "last_name", "email"]
    try:
        with transaction.atomic():
            user.save(update_fields=fields)
    except IntegrityError as error:
        # Taken between the check and the write.
        raise ValidationError({"email": _EMAIL_TAKEN}) from error


def _change_grants(subject: Subject, grants: frozenset[Grant]) -> bool:
    """Give and take away what differs between `grants` and the roles held within the scope."""
    if any(grant.place not in subject.scope.places for grant in grants):
        raise PermissionDenied(_("You do not administer this user."))
    given, lost = _ordered(grants - subject.here), _ordered(subject.here - grants)
    for grant in given:
        Membership.objects.create(user=subject.user, role=grant.role, **grant.place.columns)
        _record(subject.by, subject.user, Kind.GRANTED, role=grant.role, **grant.place.columns)
    for grant in lost:
        subject.user.memberships.filter(role=grant.role, **grant.place.columns).delete()
        _record(subject.by, subject.user, Kind.WITHDRAWN, role=grant.role, **grant.place.columns)
    return bool(given or lost)


def _ordered(grants: Iterable[Grant]) -> list[Grant]:
    return sorted(grants, key=lambda grant: (grant.place.order, Role.values.index(grant.role)))


def _record(by: User, user: User, kind: str, **details: object) -> None:
    AdministrativeAct.objects.create(by=by, user=user, kind=kind, **details)
