"""Two rows of the register that are the same party, or the same person: one is merged into the other.

* What names the row in the portfolio – initiatives, clusters, parts, people, forums – names the other from then on.
* What other apps have recorded – vouchers, measurements – are facts. They stay, under the name they were recorded on.
* The row stays for them: no list or choice offers it, and its address leads to the other, whose page tells of it.
* Taking it back moves back what the merge moved, as far as it still names the other.

A region that clusters, forums or rights belong to is not merged: who may see what depends on it. Nor is a row that
other clusters use merged by a coordinator, for that would rewrite their initiatives.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from . import register
from .access import Act
from .arrange.rules import too_long
from .models import Actor, Cluster, Initiative, Person, User
from .register import Use
from .tracing import REASON_LIMIT, Mark

Entry = Actor | Person


@dataclass(frozen=True)
class Effect:
    """What a merge moves to the other row, and what stays under the old name."""

    moves: list[Use]
    stays: list[Use]


def effect(row: Entry) -> Effect:
    """What would become of the rows that name this one; one query for each kind of them."""
    own = {relation for relation in register.naming(type(row)) if _moves(relation)}
    return Effect(register.uses_of(row, own), register.uses_of(row, set(register.naming(type(row))) - own))


def candidates(by: User, row: Entry) -> Any:
    """The rows that this one could be merged into: of the same kind, in use, and looked after by the user."""
    others = type(row).objects.in_use().editable_by(by).exclude(pk=row.pk)
    return others.filter(kind=row.kind) if isinstance(row, Actor) else others


def refusal(by: User, row: Entry) -> str:
    """Why the row cannot be merged into any other by this user; empty where it can."""
    if row.merged_into_id:
        return _("It is merged already.")
    if isinstance(row, Person) and row.user_id:
        return _("The person logs in to the portal. Merge the other one into this one instead.")
    if any(register.rows_naming(relation, row).exists() for relation in _bound(row)):
        return _("Clusters, forums or rights belong to it as a region, so it cannot be merged.")
    if by.rights.may_somewhere(Act.ADMINISTER) or _clusters_of(row) <= set(by.rights.where(Act.EDIT_REGISTER)):
        return ""
    return _("Other clusters use it too. Ask an administrator to merge it.")


@transaction.atomic
def merge(row: Entry, into: Entry, mark: Mark) -> None:
    """Merge `row` into the other. Raises PermissionDenied, or ValidationError by field; then nothing has changed."""
    if not mark.reason:
        raise ValidationError({"reason": [_("Write in a few words why.")]})
    if message := too_long(mark.reason, REASON_LIMIT):
        raise ValidationError({"reason": [message]})
    row, into = _locked(mark.by, row, into)
    if wrong := refusal(mark.by, row) or _mismatch(mark.by, row, into):
        raise ValidationError(wrong)
    row.moved = {relation.get_accessor_name(): _move(relation, row, into, mark) for relation in _moving(row)}
    row.merged_into = into
    mark.on(row)
    row.save()


@transaction.atomic
def take_back(row: Entry, mark: Mark) -> None:
    """Take a merged row into use again, with what was moved. Raises PermissionDenied, ValidationError."""
    row.refresh_from_db(fields=["merged_into"])
    if row.merged_into is None:
        raise ValidationError(_("It is in use already."))
    row, into = _locked(mark.by, row, cast("Entry", row.merged_into))
    if row.merged_into_id != into.pk:
        raise ValidationError(_("It is in use already."))
    for relation in _moving(row):
        for pk, named_both in row.moved.get(relation.get_accessor_name(), {}).items():
            for found in register.rows_naming(relation, into).filter(pk=pk):
                _rename(relation, found, into, row, mark, keep=named_both)
    row.merged_into, row.moved = None, {}
    mark.on(row)
    row.save()


def _move(relation: Any, row: Entry, into: Entry, mark: Mark) -> dict[str, bool]:
    """Let what names the row name the other; by id whether it named both before."""
    found = list(register.rows_naming(relation, row))
    both = set(register.rows_naming(relation, into).values_list("pk", flat=True)) if relation.many_to_many else set()
    for each in found:
        _rename(relation, each, row, into, mark)
    return {str(each.pk): each.pk in both for each in found}


def _rename(relation: Any, found: Any, old: Entry, new: Entry, mark: Mark, keep: bool = False) -> None:
    """Let one row name `new` instead of `old`, or both where that is kept."""
    mark.on(found)
    if not relation.many_to_many:
        setattr(found, relation.field.name, new)
        found.save()
        return
    # A line's own history follows its parties.
    named = getattr(found, relation.field.name)
    named.set([*({*named.all(), new} - (set() if keep else {old}))])


def _locked(by: User, row: Entry, into: Entry) -> tuple[Any, Any]:
    """Both as they are now, in one order for everybody, so that two who merge wait for each other."""
    rows = type(row)._default_manager.select_for_update(of=("self",)).filter(pk__in=[row.pk, into.pk]).order_by("pk")
    found = {each.pk: each for each in rows}
    if {row.pk, into.pk} - found.keys():
        raise ValidationError(_("One of the two has been deleted."))
    for each in found.values():
        register.require(by, each)
    return found[row.pk], found[into.pk]


def _mismatch(by: User, row: Entry, into: Entry) -> dict[str, str]:
    """Why just these two are not the same, by field."""
    if not candidates(by, row).filter(pk=into.pk).exists():
        return {"into": _("Choose another one that is in use and of the same kind.")}
    if isinstance(row, Actor) and isinstance(into, Actor):
        regions = {_region_of(row), _region_of(into)} - {None}
        if len(regions) > 1:
            return {"into": _("The two belong to different regions, so they are not the same.")}
        if row.pk in register.with_those_above(into):
            return {"into": _("It is part of the one that would be merged into it. Change that first.")}
        if hasattr(row, "forum") and hasattr(into, "forum"):
            return {"into": _("Both are forums. Change one of the forums first.")}
    return {}


def _region_of(actor: Actor) -> int | None:
    above = register.with_those_above(actor)
    region = Actor.objects.filter(pk__in=above, kind=Actor.Kind.REGION).first()
    return region.pk if region else None


def _clusters_of(row: Entry) -> set[int]:
    """The clusters whose initiatives, or which themselves, name the row."""
    lines = {"actor_lines__actors": row} if isinstance(row, Actor) else {"responsible": row}
    found = set(Initiative.objects.filter(**lines).values_list("cluster", flat=True))
    if isinstance(row, Actor):
        found |= set(Cluster.objects.filter(parties=row).values_list("pk", flat=True))
    return found


def _moving(row: Entry) -> Iterator[Any]:
    return (relation for relation in register.naming(type(row)) if _moves(relation))


def _moves(relation: Any) -> bool:
    """What this app keeps can be changed; what others have recorded are facts."""
    return bool(relation.related_model._meta.app_label == Actor._meta.app_label) and relation.field.name != "region"


def _bound(row: Entry) -> list[Any]:
    own = [each for each in register.naming(type(row)) if each.field.name == "region"]
    return [each for each in own if each.related_model._meta.app_label == Actor._meta.app_label]
