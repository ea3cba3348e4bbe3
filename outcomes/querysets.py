"""Reading rules of outcomes, as words."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

from initiatives.access import ClusterScoped

if TYPE_CHECKING:
    from .models import FlowStep, Measure, Measurement


class MeasureManager(models.Manager["Measure"]):
    def get_by_natural_key(self, slug: str) -> "Measure":
        return self.get(slug=slug)


class MeasurementQuerySet(ClusterScoped):
    cluster_path = "initiative__cluster"

    def known_on(self, day: date) -> Self:
        """Measurements made on `day` or earlier."""
        return self.filter(measured_on__lte=day)

    def as_printed(self) -> Self:
        """With measure, place and flow steps, in the document's order; three queries whatever the number."""
        return (
            self.select_related("measure", "site", "document")
            .prefetch_related("steps")
            .order_by("initiative__number_order", "position", "pk")
        )


class MeasurementManager(models.Manager.from_queryset(MeasurementQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, cluster: str, address: str, position: int) -> "Measurement":
        return self.get(initiative__cluster__slug=cluster, initiative__address=address, position=position)


class FlowStepManager(models.Manager["FlowStep"]):
    def get_by_natural_key(self, cluster: str, address: str, measurement: int, position: int) -> "FlowStep":
        return self.get(
            measurement__initiative__cluster__slug=cluster,
            measurement__initiative__address=address,
            measurement__position=measurement,
            position=position,
        )
