"""Users, roles and reference data, for administrators. Facts (statuses, money, effects, decisions) are not here.

An administrator of a cluster sees and changes what belongs to that cluster alone; a superuser, made on the command
line, sees all. Nothing is deleted but roles and persons: what has been used stays, and users are made inactive.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.core.exceptions import ValidationError
from django.db.models import Field, ForeignKey, Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .access import Act, rights_of
from .models import ActionPlan, Actor, Cluster, Forum, Membership, Person, Theme, User


def administered(request: HttpRequest) -> QuerySet[Cluster]:
    """The clusters whose users and reference data the user looks after."""
    if request.user.is_superuser:
        return Cluster.objects.all()
    rights = rights_of(request.user)
    return Cluster.objects.filter(pk__in=[pk for pk in rights.clusters if rights.may(Act.ADMINISTER, pk)])


def may_administer(request: HttpRequest) -> bool:
    """True for a superuser and for an administrator of at least one cluster."""
    user = request.user
    return user.is_active and (user.is_superuser or rights_of(user).may_somewhere(Act.ADMINISTER))


def looked_after(model: type[Model], request: HttpRequest) -> QuerySet[Any]:
    """The rows of a model that the user may administer; those that all clusters share are open to every one."""
    rows: QuerySet[Any] = model._default_manager.all()
    if request.user.is_superuser:
        return rows
    clusters = administered(request)
    if model is User:
        elsewhere = Membership.objects.exclude(cluster__in=clusters)
        return rows.filter(is_superuser=False).exclude(pk__in=elsewhere.values("user"))
    paths = {Cluster: "pk", Forum: "cluster", ActionPlan: "cluster", Theme: "plan__cluster", Membership: "cluster"}
    return rows.filter(**{f"{paths[model]}__in": clusters}) if model in paths else rows


# Roles decide who gets in, not Django's staff flag: one truth about who may do what.
admin.site.has_permission = may_administer  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = _("Users and reference data")
admin.site.index_title = _("Overview")


class ForAdministrators(admin.options.BaseModelAdmin[Any]):
    """Who may do what with the rows, and which rows there are to choose from."""

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return looked_after(self.model, request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return may_administer(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_administer(request)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return may_administer(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_administer(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        model = db_field.related_model
        rows = looked_after(model, request)
        if db_field.name == "region" and not request.user.is_superuser:
            rows = rows.filter(clusters_of_region__in=administered(request)).distinct()
        return super().formfield_for_foreignkey(db_field, request, **{"queryset": rows, **kwargs})


class ReferenceAdmin(ForAdministrators, admin.ModelAdmin[Any]):
    """One kind of reference data."""

    # Fields of an existing row that addresses and fixtures rely on.
    fixed: tuple[str, ...] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.fixed if obj else ()


class MembershipForm(forms.ModelForm[Membership]):
    """A role. Django leaves the user of an inline out of its checks, and a role given twice would be a crash."""

    def validate_unique(self) -> None:
        super().validate_unique()
        if self.errors:
            return
        not_shown = {field.name for field in Membership._meta.fields} - self.cleaned_data.keys()
        try:
            self.instance.validate_constraints(exclude=not_shown)
        except ValidationError as error:
            self.add_error(None, error)


class MembershipInline(ForAdministrators, admin.TabularInline[Membership, User]):
    """The roles of a user. A role in all clusters of a region is given by a superuser alone."""

    model = Membership
    form = MembershipForm
    extra = 0

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return () if request.user.is_superuser else ("region",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_administer(request)

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "cluster" and not request.user.is_superuser:
            kwargs["required"] = True
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(User)
class PortalUserAdmin(ForAdministrators, UserAdmin[User]):
    """Users with their roles; Django's groups and permissions are not used and not shown."""

    inlines = [MembershipInline]
    list_display = ["username", "first_name", "last_name", "email", "is_active", "last_login"]
    list_filter = ["is_active", "memberships__role"]
    ordering = ["username"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email", "home_cluster"]}),
        (_("Access"), {"fields": ["is_active", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [
        (None, {"fields": ["username", "first_name", "last_name", "email", "home_cluster"]}),
        (_("Password"), {"fields": ["usable_password", "password1", "password2"]}),
    ]


@admin.register(Cluster)
class ClusterAdmin(ReferenceAdmin):
    list_display = ["name", "kind", "region", "starts", "ends"]
    search_fields = ["name"]
    filter_horizontal = ["parties"]
    fixed = ("slug",)

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return bool(request.user.is_superuser)


@admin.register(Forum)
class ForumAdmin(ReferenceAdmin):
    list_display = ["name", "level", "cluster", "region"]
    list_filter = ["level"]
    search_fields = ["name"]


@admin.register(Actor)
class ActorAdmin(ReferenceAdmin):
    list_display = ["name", "kind", "part_of"]
    list_filter = ["kind"]
    search_fields = ["name"]


@admin.register(Person)
class PersonAdmin(ReferenceAdmin):
    list_display = ["name", "role", "organisation"]
    search_fields = ["name", "role"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_administer(request)


@admin.register(ActionPlan)
class ActionPlanAdmin(ReferenceAdmin):
    list_display = ["title", "cluster", "starts", "ends"]
    search_fields = ["title"]


@admin.register(Theme)
class ThemeAdmin(ReferenceAdmin):
    list_display = ["name", "plan", "position", "colour"]
    search_fields = ["name"]
