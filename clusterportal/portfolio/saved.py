"""Saved views as the overview reads them: whose they are, and what they put in the place of an address."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.danish import collation_key
from initiatives.models import ActionPlan, User

from .columns import PARAMETER as COLUMN
from .columns import STANDARD
from .filters import OverviewFilter
from .json_list import JSONList
from .models import DefaultView, SavedView, Sharing
from .sorting import ORDERS

# The parameter of the address, and its value for no view at all.
PARAMETER = "visning"
ALL = "alle"
# What belongs to the page and not to the view: it changes nothing of what was saved.
OF_THE_PAGE = frozenset({PARAMETER, "pr", "page", "per_page", "eksport"})


@dataclass(frozen=True)
class View:
    """A saved view that the reader may open; `cluster` is the address of its cluster, `query` the values by name."""

    pk: int
    name: str
    cluster: str
    owner: str
    is_own: bool
    shared_with: str
    query: Mapping[str, list[str]]
    is_default: bool

    @property
    def address(self) -> str:
        """Where it opens, for everybody who may."""
        return f"{reverse('portfolio:overview')}?{PARAMETER}={self.pk}"

    @property
    def sharing(self) -> str:
        return str(Sharing(self.shared_with).label)

    @property
    def in_words(self) -> str:
        """How much it keeps: `2 filtre, 4 kolonner, flest klyngemidler først.`"""
        filters = sum(name in OverviewFilter.base_filters for name in self.query)
        columns = len(self.query.get(COLUMN, STANDARD))
        order = str(ORDERS.get(self.query.get("sort", [""])[0], ORDERS[""]))
        some = ngettext("%(count)s filter", "%(count)s filters", filters) % {"count": filters}
        narrowed = some if filters else _("No filter")
        shown = ngettext("%(count)s column", "%(count)s columns", columns) % {"count": columns}
        return f"{narrowed}, {shown}, {order[0].lower()}{order[1:]}."

    def applied_to(self, address: QueryDict) -> QueryDict:
        """The choices of the view; what the address says itself goes before."""
        data = QueryDict(mutable=True)
        for each in (self.query, dict(address.lists())):
            for name, values in each.items():
                data.setlist(name, values)
        data.pop(PARAMETER, None)
        return data


# What is read of a view, by the name it gets.
_FIELDS = {
    "pk": "pk",
    "name": "name",
    "cluster": "cluster__slug",
    "shared_with": "shared_with",
    "query": "query",
    "owner_id": "owner_id",
    "first_name": "owner__first_name",
    "last_name": "owner__last_name",
    "username": "owner__username",
    "is_default": "chosen",
}


def views_of_cluster(user: User) -> JSONList:
    """For a row with a `cluster`: the views of it that the user may open, so that they cost the page no query."""
    return JSONList(_visible(user).filter(cluster=OuterRef("cluster")).order_by(), **_FIELDS)


def views_on(plans: tuple[ActionPlan, ...], user: User) -> tuple[View, ...]:
    """What `views_of_cluster` found on the plans as `views`: each once, the user's own first, then by name."""
    rows = {row["pk"]: row for plan in plans for row in vars(plan)["views"]}
    return _in_order(rows.values(), user)


def views_of(user: User) -> tuple[View, ...]:
    """Every view that the user may open, in the same order; one query."""
    rows = _visible(user).annotate(fields=JSONObject(**_FIELDS)).values_list("fields", flat=True)
    return _in_order(rows, user)


def _visible(user: User) -> QuerySet[SavedView]:
    chosen = DefaultView.objects.filter(user=user, view=OuterRef("pk"))
    return SavedView.objects.visible_to(user).annotate(chosen=Exists(chosen))


def _in_order(rows: Iterable[Mapping[str, Any]], user: User) -> tuple[View, ...]:
    views = [_view(row, user) for row in rows]
    return tuple(sorted(views, key=lambda view: (not view.is_own, collation_key(view.name), view.pk)))


def _view(row: Mapping[str, Any], user: User) -> View:
    owner = User(username=row["username"], first_name=row["first_name"], last_name=row["last_name"])
    # SQLite keeps JSON as text, and so it stands as a text inside other JSON.
    query = json.loads(row["query"]) if isinstance(row["query"], str) else row["query"]
    return View(
        pk=row["pk"],
        name=row["name"],
        cluster=row["cluster"],
        owner=owner.display_name,
        is_own=row["owner_id"] == user.pk,
        shared_with=row["shared_with"],
        query=query,
        is_default=bool(row["is_default"]),
    )
