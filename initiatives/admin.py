"""Reference data, for administrators. Users and roles have pages of their own; facts are not administered at all.

An administrator of a cluster sees and changes what belongs to that cluster alone; a superuser, made on the command
line, sees all. Nothing is deleted but persons: what has been used stays.
"""

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .access import Act, rights_of
from .models import ActionPlan, Actor, Cluster, Forum, Person, Theme, User


def administered(request: HttpRequest) -> QuerySet[Cluster]:
    """The clusters whose reference data the user looks after."""
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
    paths: dict[type[Model], str] = {
        Cluster: "pk",
        Forum: "cluster",
        ActionPlan: "cluster",
        Theme: "plan__cluster",
        User: "memberships__cluster",
    }
    return rows.filter(**{f"{paths[model]}__in": clusters}).distinct() if model in paths else rows


# Roles decide who gets in, not Django's staff flag: one truth about who may do what.
admin.site.has_permission = may_administer  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = _("Reference data")
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
    # Texts that are printed: they belong to those who answer for the plan, and have pages of their own.
    printed: tuple[str, ...] = ()

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*self.printed, *(self.fixed if obj else ()))


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
    printed = ("foreword", "introduction", "governance")


@admin.register(Theme)
class ThemeAdmin(ReferenceAdmin):
    list_display = ["name", "plan", "position", "colour"]
    search_fields = ["name"]
    printed = ("description",)
