"""Saving, changing and deleting views of the overview, each in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from initiatives.models import Cluster, User

from .models import DefaultView, SavedView

Query = Mapping[str, list[str]]


@dataclass(frozen=True)
class ViewValues:
    """What somebody says of a view: its name, and one of Sharing."""

    name: str
    shared_with: str


def save_view(owner: User, cluster: Cluster, values: ViewValues, query: Query, replace: bool = False) -> SavedView:
    """The saved view; the same one when the same is sent twice.

    Raises ValidationError by field where the owner has another view of that name and `replace` is not set.
    """
    try:
        return _save_view(owner, cluster, values, query, replace)
    except IntegrityError:
        # Saved by another request between the look and the write: this time it is there to be compared.
        return _save_view(owner, cluster, values, query, replace)


@transaction.atomic
def _save_view(owner: User, cluster: Cluster, values: ViewValues, query: Query, replace: bool) -> SavedView:
    views = SavedView.objects.select_for_update().filter(owner=owner, cluster=cluster, name=values.name)
    view = views.first() or SavedView(owner=owner, cluster=cluster, name=values.name)
    if view.pk and (view.query, view.shared_with) == (query, values.shared_with):
        return view
    if view.pk and not replace:
        raise ValidationError({"name": _("You have a view of that name. Choose another, or tick “Replace”.")})
    view.query, view.shared_with = dict(query), values.shared_with
    view.save()
    return view


def change_view(view: SavedView, values: ViewValues) -> None:
    """Another name and other readers; raises ValidationError by field where the owner has another view of the name."""
    view.name, view.shared_with = values.name, values.shared_with
    try:
        with transaction.atomic():
            view.save(update_fields=["name", "shared_with"])
    except IntegrityError as error:
        raise ValidationError({"name": _("You have another view of that name. Choose another name.")}) from error


def choose_default(user: User, view: SavedView) -> None:
    """The overview of the user opens with `view`, which the user may see."""
    DefaultView.objects.update_or_create(user=user, defaults={"view": view})


def drop_default(user: User, view: SavedView) -> None:
    """The overview opens with everything again; nothing where another view is the default by now."""
    DefaultView.objects.filter(user=user, view=view).delete()
