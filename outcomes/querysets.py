"""Reading rules of outcomes, as words."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from initiatives.access import ClusterScoped

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from initiatives.models import User

    from .models import Collection, FlowStep, Instrument, Measure, Measurement, SmallestDifference


class InstrumentManager(models.Manager["Instrument"]):
    def get_by_natural_key(self, slug: str) -> "Instrument":
        return self.get(slug=slug)


class MeasureManager(models.Manager["Measure"]):
    def get_by_natural_key(self, slug: str) -> "Measure":
        return self.get(slug=slug)


class SmallestDifferenceManager(models.Manager["SmallestDifference"]):
    def get_by_natural_key(self, measure: str, group: str, source: str) -> "SmallestDifference":
        return self.get(measure__slug=measure, group=group, source=source)


def _known(day: date, path: str = "") -> tuple[Q, Q]:
    """Which collections, at `path`, count on a day, and which of these were superseded by then."""

    def at(**lookups: Any) -> Q:
        return Q(**{f"{path}{lookup}": value for lookup, value in lookups.items()})

    counts = at(status="approved", measured_on__lte=day)
    counts &= at(corrected_on__isnull=True) | at(corrected_on__lte=day)
    return counts, at(superseded_by__status="approved", superseded_by__corrected_on__lte=day)


class CollectionQuerySet(ClusterScoped):
    cluster_path = "initiative__cluster"

    def known_on(self, day: date) -> Self:
        """Approved ones of `day` or earlier that no correction had superseded by then."""
        counts, superseded = _known(day)
        return self.filter(counts).exclude(superseded)


class CollectionManager(models.Manager.from_queryset(CollectionQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, address: str, position: int) -> "Collection":
        return self.get(initiative__cluster__slug=cluster, initiative__address=address, position=position)


class MeasurementQuerySet(ClusterScoped):
    cluster_path = "collection__initiative__cluster"

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The approved measurements of the clusters that the user is a member of."""
        return super().visible_to(user).filter(collection__status="approved")

    def known_on(self, day: date) -> Self:
        """Approved measurements made on `day` or earlier that no correction had superseded by then."""
        counts, superseded = _known(day, "collection__")
        return self.filter(counts).exclude(superseded)

    def approved_by(self, day: date) -> Self:
        """Those of `known_on`, and those that a correction had superseded by then."""
        return self.filter(_known(day, "collection__")[0])

    def placed(self) -> Self:
        """With measure, place and correction, by the same query."""
        return self.select_related("measure", "collection__site", "collection__superseded_by")

    def as_printed(self) -> Self:
        """With measure, place, document and flow steps; two queries whatever the number."""
        return self.placed().select_related("collection__document").prefetch_related("steps")


class MeasurementManager(models.Manager.from_queryset(MeasurementQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, address: str, collection: int, position: int) -> "Measurement":
        return self.get(
            collection__initiative__cluster__slug=cluster,
            collection__initiative__address=address,
            collection__position=collection,
            position=position,
        )


class FlowStepManager(models.Manager["FlowStep"]):
    def get_by_natural_key(
        self, cluster: str, address: str, collection: int, measurement: int, position: int
    ) -> "FlowStep":
        return self.get(
            measurement__collection__initiative__cluster__slug=cluster,
            measurement__collection__initiative__address=address,
            measurement__collection__position=collection,
            measurement__position=measurement,
            position=position,
        )
