"""The forms of the register: they read what was typed; the rules stand in initiatives/register.py."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from clusterportal.editing import EditForm, Line
from initiatives.access import Act
from initiatives.danish import collation_key
from initiatives.models import Actor, Cluster, Forum, Person, User

WIDE = {"class": "input-width-l"}


class RegisterForm(EditForm):
    """A row of the register, as somebody may edit it."""

    fields_of_row: tuple[str, ...] = ()

    def __init__(self, data: Any, by: User, row: Any, compare: bool = False) -> None:
        self.by = by
        super().__init__(data, row if row.pk else None, self.known(row), compare=compare)
        self.offer(row)

    def known(self, row: Any) -> dict[str, Any]:
        """What the fields hold of a row."""
        return {name: getattr(row, row._meta.get_field(name).attname) for name in self.fields_of_row}

    def offer(self, row: Any) -> None:
        """Fill what is chosen from."""

    @property
    def values(self) -> Mapping[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields_of_row}


class ByName(forms.ModelChoiceField):
    """A row chosen by name, in Danish order."""

    def offer(self, rows: Any) -> None:
        """Choose among these rows; by one query."""
        self.queryset = rows
        listed = sorted(rows, key=lambda row: collation_key(self.label_from_instance(row)))
        self.choices = [("", self.empty_label), *((row.pk, self.label_from_instance(row)) for row in listed)]

    def label_from_instance(self, row: Any) -> str:
        return row.display_name if isinstance(row, User) else str(row)


class ActorForm(RegisterForm):
    """A party: an organisation or a body that takes part."""

    fields_of_row = ("name", "kind", "part_of")
    name = Line(120, label=_("Name"), error_messages={"required": _("Write the name.")})
    kind = forms.ChoiceField(label=_("Kind"), error_messages={"required": _("Choose a kind.")})
    part_of = ByName(
        Actor.objects.none(), label=_("Part of"), required=False, empty_label=_("No other party"),
        help_text=_("For example the region that a hospital belongs to"),
    )  # fmt: skip

    def offer(self, row: Actor) -> None:
        kinds = [(kind.value, capfirst(str(kind.label))) for kind in Actor.Kind]
        cast("forms.ChoiceField", self.fields["kind"]).choices = [("", _("Choose")), *kinds]
        cast("ByName", self.fields["part_of"]).offer(Actor.objects.in_use().exclude(pk=row.pk))


class PersonForm(RegisterForm):
    """Somebody who holds an office; never a citizen."""

    fields_of_row = ("name", "role", "organisation", "user")
    name = Line(120, label=_("Name"), error_messages={"required": _("Write the name.")})
    role = Line(
        160, label=_("Office"), help_text=_("As it is printed, for example rådmand, medformand for Politisk niveau"),
        error_messages={"required": _("Write the office that the person holds.")},
    )  # fmt: skip
    organisation = ByName(Actor.objects.none(), label=_("Organisation"), required=False, empty_label=_("None"))
    user = ByName(
        User.objects.none(), label=_("User of the portal"), required=False, empty_label=_("None"),
        help_text=_("Only where the person logs in to the portal"),
    )  # fmt: skip

    def offer(self, row: Person) -> None:
        cast("ByName", self.fields["organisation"]).offer(
            Actor.objects.filter(Q(pk__in=Actor.objects.in_use().editable_by(self.by)) | Q(pk=row.organisation_id))
        )
        clusters = Cluster.objects.filter(pk__in=self.by.rights.where(Act.EDIT_REGISTER))
        colleagues = Q(memberships__cluster__in=clusters) | Q(memberships__region__in=clusters.values("region"))
        cast("ByName", self.fields["user"]).offer(
            User.objects.filter(Q(pk=row.user_id) | (colleagues & Q(is_active=True))).distinct()
        )


class ForumForm(RegisterForm):
    """A body of a cluster or of a region."""

    fields_of_row = ("name", "level", "cluster", "region", "actor")
    name = Line(160, label=_("Name"), error_messages={"required": _("Write the name.")})
    level = forms.ChoiceField(label=_("Level"), error_messages={"required": _("Choose a level.")})
    place = forms.ChoiceField(
        label=_("Belongs to"), error_messages={"required": _("Choose a cluster or a region.")},
        help_text=_("A region's forum works across its clusters"),
    )  # fmt: skip
    actor = ByName(
        Actor.objects.none(), label=_("The forum as a party"), required=False, empty_label=_("Not a party"),
        help_text=_("Where initiatives name the forum among their parties"),
    )  # fmt: skip

    def known(self, row: Forum) -> dict[str, Any]:
        place = f"cluster-{row.cluster_id}" if row.cluster_id else f"region-{row.region_id}" if row.region_id else ""
        return {"name": row.name, "level": row.level, "place": place, "actor": row.actor_id}

    def offer(self, row: Forum) -> None:
        levels = [(level.value, capfirst(str(level.label))) for level in Forum.Level]
        cast("forms.ChoiceField", self.fields["level"]).choices = [("", _("Choose")), *levels]
        clusters = Cluster.objects.filter(pk__in=self.by.rights.where(Act.EDIT_REGISTER)).select_related("region")
        self.places = {f"cluster-{each.pk}": (each, None) for each in clusters}
        self.places |= {f"region-{each.region_id}": (None, each.region) for each in clusters}
        places = [(key, str(cluster or region)) for key, (cluster, region) in self.places.items()]
        cast("forms.ChoiceField", self.fields["place"]).choices = [("", _("Choose")), *places]
        committees = Actor.objects.in_use().filter(Q(kind=Actor.Kind.COMMITTEE) | Q(pk=row.actor_id))
        cast("ByName", self.fields["actor"]).offer(committees)

    @property
    def values(self) -> Mapping[str, Any]:
        typed = self.cleaned_data
        cluster, region = self.places[typed["place"]]
        kept = {name: typed[name] for name in ("name", "level", "actor")}
        return {**kept, "cluster": cluster, "region": region}
