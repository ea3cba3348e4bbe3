"""Reading rules of keys, rules and rates, as words."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

from initiatives.access import ClusterScoped
from initiatives.asof import AppendOnlyQuerySet

if TYPE_CHECKING:
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


class ApportionmentKeyQuerySet(ClusterScoped, AppendOnlyQuerySet):  # type: ignore[override]
    def known_on(self, day: date) -> Self:
        """Keys that hold from `day` or earlier, also those that a later version has replaced; newest first."""
        return self.filter(holds_from__lte=day).order_by("-holds_from", "-version")

    def with_weights(self) -> Self:
        """With weights and their parties, by two queries for all rows."""
        return self.prefetch_related("weights__actor")


class ApportionmentKeyManager(models.Manager.from_queryset(ApportionmentKeyQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, basis: str, holds_from: str, version: int) -> "ApportionmentKey":
        return self.get(cluster__slug=cluster, basis=basis, holds_from=holds_from, version=version)


class KeyWeightManager(models.Manager.from_queryset(AppendOnlyQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, basis: str, holds_from: str, version: int, actor: str) -> "KeyWeight":
        return self.get(
            key__cluster__slug=cluster,
            key__basis=basis,
            key__holds_from=holds_from,
            key__version=version,
            actor__name=actor,
        )


class FinancingRuleQuerySet(ClusterScoped, AppendOnlyQuerySet):  # type: ignore[override]
    def known_on(self, day: date) -> Self:
        """Rules that hold from `day` or earlier, newest first: the first one is in force."""
        return self.filter(holds_from__lte=day).order_by("-holds_from", "-version")

    def with_sides(self) -> Self:
        """With sides and the parties that stand alone, by two queries for all rows."""
        return self.prefetch_related("sides__actor")


class FinancingRuleManager(models.Manager.from_queryset(FinancingRuleQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, holds_from: str, version: int) -> "FinancingRule":
        return self.get(cluster__slug=cluster, holds_from=holds_from, version=version)


class FinancingSideManager(models.Manager.from_queryset(AppendOnlyQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, holds_from: str, version: int, position: int) -> "FinancingSide":
        return self.get(
            rule__cluster__slug=cluster, rule__holds_from=holds_from, rule__version=version, position=position
        )


class RateTableQuerySet(ClusterScoped, AppendOnlyQuerySet):  # type: ignore[override]
    cluster_path = "initiative__cluster"

    def for_year(self, year: int) -> Self:
        """Tables whose prices are of `year` or an earlier one, newest first: the first one is used."""
        return self.filter(price_year__lte=year).order_by("-price_year", "-pk")

    def with_rates(self) -> Self:
        """With the rates in order, by one query for all rows."""
        return self.prefetch_related("rates")


class RateTableManager(models.Manager.from_queryset(RateTableQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, address: str, price_year: int) -> "RateTable":
        return self.get(initiative__cluster__slug=cluster, initiative__address=address, price_year=price_year)


class RateManager(models.Manager.from_queryset(AppendOnlyQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, address: str, price_year: int, number: int) -> "Rate":
        return self.get(
            table__initiative__cluster__slug=cluster,
            table__initiative__address=address,
            table__price_year=price_year,
            number=number,
        )


class PriceAdjustmentQuerySet(ClusterScoped, AppendOnlyQuerySet):  # type: ignore[override]
    pass


class PriceAdjustmentManager(models.Manager.from_queryset(PriceAdjustmentQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, into_year: int) -> "PriceAdjustment":
        return self.get(cluster__slug=cluster, into_year=into_year)


class TrackChoiceQuerySet(ClusterScoped, AppendOnlyQuerySet):  # type: ignore[override]
    cluster_path = "initiative__cluster"

    def of_year(self, year: int) -> Self:
        """The choices for a budget year, with tracks and parties, in the order of the parties' names; one query."""
        return self.filter(budget_year=year).select_related("actor", "first__table", "second").order_by("actor__name")


class TrackChoiceManager(models.Manager.from_queryset(TrackChoiceQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, actor: str, budget_year: int, cluster: str, address: str) -> "TrackChoice":
        return self.get(
            actor__name=actor,
            budget_year=budget_year,
            initiative__cluster__slug=cluster,
            initiative__address=address,
        )
