"""The lists of the register: what a row shows, how it is narrowed, and the list pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from initiatives.access import Act, rights_of
from initiatives.danish import collation_key, count_word
from initiatives.listing import ListPage
from initiatives.models import Actor, Forum, Person

from .kinds import ACTORS, FORUMS, KINDS, PEOPLE, Kind

SEARCH = forms.TextInput(attrs={"type": "search"})
LEAD = {"td": {"class": "title lead-cell"}}
RIGHT = {"th": {"class": "num"}, "td": {"class": "num"}}


@dataclass(frozen=True)
class Row:
    """One line: the name, what kind of thing it is, where it belongs, and how many name it."""

    name: str
    url: str
    kind: str
    belongs: str = ""
    count: int = 0
    # What was merged into it: who searches for the old name finds the row.
    formerly: tuple[str, ...] = ()

    @property
    def name_order(self) -> str:
        return collation_key(self.name)

    @property
    def kind_order(self) -> tuple[str, str]:
        return collation_key(self.kind), self.name_order

    @property
    def belongs_order(self) -> tuple[str, str]:
        return collation_key(self.belongs), self.name_order

    def has(self, words: Iterable[str]) -> bool:
        text = " ".join((self.name, self.kind, self.belongs, *self.formerly)).casefold()
        return all(word in text for word in words)


def names(each: Actor | Person) -> tuple[str, ...]:
    """The names of the rows that were merged into this one."""
    return tuple(other.name for other in each.merged_from.all())


class RegisterTable(tables.Table):
    name = tables.Column(_("Name"), order_by="name_order", attrs=LEAD)
    kind = tables.Column(_("Kind"), order_by="kind_order")
    belongs = tables.Column(_("Belongs to"), order_by="belongs_order", empty_values=())

    @property
    def sentence(self) -> str:
        """What the rows come to, in words; of all pages."""
        raise NotImplementedError

    def render_name(self, value: str, record: Row) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.url, value)

    def value_name(self, value: str) -> str:
        return value

    def render_belongs(self, value: str) -> str:
        return value or "–"

    def value_belongs(self, value: str) -> str:
        return value


class ActorTable(RegisterTable):
    belongs = tables.Column(_("Part of"), order_by="belongs_order", empty_values=())
    count = tables.Column(_("Initiatives"), attrs=RIGHT)

    @property
    def sentence(self) -> str:
        count, named = len(self.data), sum(row.count > 0 for row in self.data)
        words = ngettext("%(count)s party.", "%(count)s parties.", count)
        used = ngettext("Initiatives name %(named)s of them.", "Initiatives name %(named)s of them.", named)
        return capfirst(f"{words} {used}" % {"count": count_word(count), "named": count_word(named)})


class ForumTable(RegisterTable):
    @property
    def sentence(self) -> str:
        count, places = len(self.data), len({row.belongs for row in self.data})
        words = ngettext("%(count)s forum", "%(count)s forums", count)
        where = ngettext("in %(places)s cluster or region.", "in %(places)s clusters and regions.", places)
        return capfirst(f"{words} {where}" % {"count": count_word(count), "places": count_word(places)})


class PersonTable(RegisterTable):
    kind = tables.Column(_("Office"), order_by="kind_order")
    belongs = tables.Column(_("Organisation"), order_by="belongs_order", empty_values=())

    @property
    def sentence(self) -> str:
        count, places = len(self.data), len({row.belongs for row in self.data} - {""})
        words = ngettext("%(count)s person", "%(count)s people", count)
        where = ngettext("from %(places)s organisation.", "from %(places)s organisations.", places)
        return capfirst(f"{words} {where}" % {"count": count_word(count), "places": count_word(places)})


class RegisterFilter(django_filters.FilterSet):
    """Applied to the rows: SQLite knows no capital Æ, Ø and Å."""

    q = django_filters.CharFilter(label=_("Search"), method="later", max_length=100, widget=SEARCH)

    class Meta:
        fields: list[str] = []

    def later(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Nothing yet; `keeps` decides when the row has been made."""
        return queryset

    def keeps(self, row: Row) -> bool:
        return row.has((self.form.cleaned_data.get("q") or "").casefold().split())


class ActorFilter(RegisterFilter):
    slags = django_filters.ChoiceFilter(
        field_name="kind", label=_("Kind"), empty_label=_("All kinds"),
        choices=[(kind.value, capfirst(kind.label)) for kind in Actor.Kind],
    )  # fmt: skip


class RegisterList(ListPage):
    """One kind of rows, in Danish order."""

    kind: Kind
    table_class = RegisterTable
    filterset_class = RegisterFilter
    template_name = "register/list.html"

    def queryset(self, request: HttpRequest) -> Any:
        return self.kind.listed(request)

    def rows(self, filters: RegisterFilter) -> Sequence[Row]:
        everything = [self.row(each) for each in filters.qs]
        return sorted((row for row in everything if filters.keeps(row)), key=lambda row: row.name_order)

    def row(self, each: Any) -> Row:
        raise NotImplementedError

    def context(self, request: HttpRequest) -> dict[str, Any]:
        may_edit = rights_of(request.user).may_somewhere(Act.EDIT_REGISTER)
        return {"kind": self.kind, "kinds": KINDS, "may_edit": may_edit}


class ActorList(RegisterList):
    kind = ACTORS
    table_class = ActorTable
    filterset_class = ActorFilter
    export_name = "aktoerer"

    def queryset(self, request: HttpRequest) -> Any:
        count = Count("initiative_lines__initiative", distinct=True)
        return (
            super()
            .queryset(request)
            .select_related("part_of")
            .prefetch_related("merged_from")
            .annotate(initiative_count=count)
        )

    def row(self, each: Any) -> Row:
        belongs = each.part_of.name if each.part_of else ""
        kind, formerly = capfirst(each.get_kind_display()), names(each)
        return Row(each.name, self.kind.url(each.pk), kind, belongs, each.initiative_count, formerly)


class ForumList(RegisterList):
    kind = FORUMS
    table_class = ForumTable
    export_name = "fora"

    def queryset(self, request: HttpRequest) -> Any:
        return super().queryset(request).select_related("cluster", "region")

    def row(self, each: Forum) -> Row:
        return Row(
            each.name, self.kind.url(each.pk), capfirst(each.get_level_display()), str(each.cluster or each.region)
        )


class PersonList(RegisterList):
    kind = PEOPLE
    table_class = PersonTable
    export_name = "personer"

    def queryset(self, request: HttpRequest) -> Any:
        return super().queryset(request).select_related("organisation").prefetch_related("merged_from")

    def row(self, each: Person) -> Row:
        belongs = each.organisation.name if each.organisation else ""
        return Row(each.name, self.kind.url(each.pk), capfirst(each.role), belongs, formerly=names(each))
