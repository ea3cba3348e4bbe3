"""The register that all clusters share: parties, forums and office holders. The rules, and the acts with their trace.

A row that is used is never deleted: documents, money and meetings name it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from . import tracing
from .access import Act
from .models import Actor, Forum, Person, User

Entry = Actor | Forum | Person


@dataclass(frozen=True)
class Use:
    """Where a row is used: the kind of thing in words, and how many of them there are."""

    what: str
    count: int


def may_edit(by: User, row: Entry) -> bool:
    """Whether the user looks after the row; for a new one whether the user edits the register at all."""
    if row.pk is None:
        return by.rights.may_somewhere(Act.EDIT_REGISTER)
    return bool(type(row).objects.editable_by(by).filter(pk=row.pk).exists())


def require(by: User, row: Entry) -> None:
    """Raises PermissionDenied for a row that the user does not look after."""
    if not may_edit(by, row):
        raise PermissionDenied(_("This is looked after by others: a coordinator of its cluster, or an administrator."))


def uses_of(row: Entry, relations: Iterable[Any] | None = None) -> list[Use]:
    """Where a row is named, most often first; one query for each kind of thing that can name it.

    `relations` are those of naming() that are counted, None for all.
    """
    counted = naming(type(row)) if relations is None else relations
    found = [Use(_what(relation), rows_naming(relation, row).count()) for relation in counted]
    return sorted((use for use in found if use.count), key=lambda use: -use.count)


def naming(model: type[Entry]) -> list[Any]:
    """The relations through which other rows, of whatever app, name rows of the model; traces do not count."""
    return [each for each in model._meta.related_objects if not hasattr(each.related_model, "history_id")]


def _what(relation: Any) -> str:
    """What names the row, in words; the kinds of this app where those of the model would puzzle."""
    own = {
        "parts": _("Its own parts"),
        "merged_from": _("Others merged into it"),
        "initiative_lines": _("Initiatives that name it"),
        "clusters": _("Clusters it takes part in"),
        "clusters_of_region": _("Clusters of the region"),
    }
    return own.get(relation.get_accessor_name()) or capfirst(str(relation.related_model._meta.verbose_name_plural))


def rows_naming(relation: Any, row: Entry) -> models.QuerySet[Any]:
    """The rows that name this one through the relation."""
    return relation.related_model._base_manager.filter(**{relation.field.name: row})


def problems(row: Entry, values: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with giving a new or existing row these values, by field name; empty when all is well."""
    if isinstance(row, Actor):
        return _actor_problems(row, values)
    if isinstance(row, Person):
        return _person_problems(row, values)
    return _forum_problems(row, values)


def _actor_problems(row: Actor, values: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    if _taken(Actor.objects.exclude(pk=row.pk).values_list("name", flat=True), values["name"]):
        found["name"] = _("There is a party of this name already.")
    if row.pk and values["part_of"] and row.pk in with_those_above(values["part_of"]):
        found["part_of"] = _("A party cannot be part of itself, nor of one of its own parts.")
    if row.pk and values["kind"] != Actor.Kind.REGION and row.clusters_of_region.exists():
        found["kind"] = _("Clusters belong to it as a region, so it must stay one.")
    return found


def with_those_above(actor: Actor) -> set[int]:
    """The party and all that it is part of, by id."""
    above: set[int] = set()
    each: Actor | None = actor
    while each and each.pk not in above:
        above.add(each.pk)
        each = each.part_of
    return above


def _person_problems(row: Person, values: Mapping[str, Any]) -> dict[str, str]:
    others = Person.objects.exclude(pk=row.pk)
    found = {}
    if others.filter(name=values["name"], role=values["role"]).exists():
        found["name"] = _("This person has this office in the register already.")
    if values["user"] and others.filter(user=values["user"]).exists():
        found["user"] = _("The user is another person in the register already.")
    return found


def _forum_problems(row: Forum, values: Mapping[str, Any]) -> dict[str, str]:
    others = Forum.objects.exclude(pk=row.pk)
    found = {}
    same_place = others.filter(cluster=values["cluster"], region=values["region"])
    if _taken(same_place.values_list("name", flat=True), values["name"]):
        found["name"] = _("There is a forum of this name already.")
    if values["actor"] and others.filter(actor=values["actor"]).exists():
        found["actor"] = _("The party is another forum already.")
    return found


def _taken(others: Any, name: str) -> bool:
    """Case is no difference; asked here because SQLite knows no capital Æ, Ø and Å."""
    return name.casefold() in {other.casefold() for other in others}


@transaction.atomic
def create(by: User, row: Entry, values: Mapping[str, Any]) -> Entry:
    """Save a new row. The same one asked for twice by the same user is made once.

    Raises PermissionDenied, or ValidationError by field for what breaks a rule.
    """
    require(by, row)
    same = type(row).objects.filter(**values).first()
    if same and tracing.made_by(same, by):
        return same
    if wrong := problems(row, values):
        raise ValidationError(wrong)
    for name, value in values.items():
        setattr(row, name, value)
    _saved(lambda: tracing.save(row, by))
    return row


@transaction.atomic
def change(by: User, row: Entry, version: str, values: Mapping[str, Any], reason: str) -> bool:
    """Change a row; False where nothing differed. Raises EditConflict for one changed after `version`, and as above."""
    require(by, row)
    if wrong := problems(row, values):
        raise ValidationError(wrong)
    return bool(_saved(lambda: tracing.apply(row, by, version, values, reason)))


@transaction.atomic
def remove(by: User, row: Entry) -> None:
    """Delete a row that nothing names. Raises ValidationError for one that is used, PermissionDenied as above."""
    require(by, row)
    tracing.locked(row)
    if uses_of(row):
        raise ValidationError(_("It is used, so it cannot be deleted."))
    tracing.remove(row, by, _("Removed"))


def _saved(act: Any) -> Any:
    try:
        return act()
    except tracing.TakenError as error:
        raise ValidationError({"name": _("Somebody just took this name.")}) from error
