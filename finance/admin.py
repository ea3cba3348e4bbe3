"""Keys, rules and rates, for administrators: reference data that is added to and never changed.

What was wrong is corrected by a new version, so that every amount can still be told by the key it was computed with.
"""

from typing import Any

from django.contrib import admin
from django.db.models import ForeignKey, Model, QuerySet
from django.http import HttpRequest

from initiatives.admin import ForAdministrators, ReferenceAdmin, administered
from initiatives.models import Initiative
from meetings.models import Decision

from .models import (
    ApportionmentKey,
    FinancingRule,
    FinancingSide,
    KeyWeight,
    PriceAdjustment,
    Rate,
    RateTable,
    TrackChoice,
)


class AddedTo(ForAdministrators):
    """New rows may be added; those there are shown as they were recorded."""

    cluster_path = "cluster"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(**{f"{self.cluster_path}__in": administered(request)})

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_foreignkey(self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        paths: dict[type[Model], str] = {
            Initiative: "cluster",
            Rate: "table__initiative__cluster",
            Decision: "recommendation__item__meeting__forum__cluster",
        }
        if field is not None and (path := paths.get(db_field.related_model)):
            field.queryset = field.queryset.filter(**{f"{path}__in": administered(request)})
        return field


class Lines(AddedTo, admin.TabularInline[Any, Any]):
    """The lines of a row, added together with it."""

    extra = 10
    min_num = 1
    can_delete = False

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, validate_min=True, **kwargs)


class KeyWeights(Lines):
    model = KeyWeight
    cluster_path = "key__cluster"


class FinancingSides(Lines):
    model = FinancingSide
    cluster_path = "rule__cluster"
    extra = 2


class Rates(Lines):
    model = Rate
    cluster_path = "table__initiative__cluster"
    extra = 4


class RecordedAdmin(AddedTo, ReferenceAdmin):
    """One kind of reference data that is added to."""


@admin.register(ApportionmentKey)
class ApportionmentKeyAdmin(RecordedAdmin):
    list_display = ["name", "cluster", "basis", "holds_from", "version"]
    list_filter = ["basis"]
    search_fields = ["name"]
    inlines = [KeyWeights]


@admin.register(FinancingRule)
class FinancingRuleAdmin(RecordedAdmin):
    list_display = ["name", "cluster", "holds_from", "version"]
    search_fields = ["name"]
    inlines = [FinancingSides]


@admin.register(RateTable)
class RateTableAdmin(RecordedAdmin):
    list_display = ["initiative", "price_year", "source"]
    cluster_path = "initiative__cluster"
    inlines = [Rates]


@admin.register(PriceAdjustment)
class PriceAdjustmentAdmin(RecordedAdmin):
    list_display = ["cluster", "into_year", "percent", "source"]


@admin.register(TrackChoice)
class TrackChoiceAdmin(RecordedAdmin):
    list_display = ["actor", "initiative", "budget_year", "first", "second"]
    list_filter = ["budget_year"]
    cluster_path = "initiative__cluster"
