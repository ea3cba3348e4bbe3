"""Builders of measurements for tests; places and numbers as in the evaluation's tables."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from initiatives.models import Initiative
from outcomes.models import Collection, FlowStep, Measure, Measurement
from tests import build

END_OF_2024 = date(2024, 12, 31)
_positions = count(1)


# What an approved collection says of its measurements.
COLLECTED = (
    "site", "period_starts", "measured_on", "precision", "document", "status", "supersedes", "corrected_on", "reason",
)  # fmt: skip


def collection(of: Initiative, **fields: Any) -> Collection:
    """An approved collection at the named municipality, None for no place."""
    site = fields.pop("site", None)
    values = {"measured_on": END_OF_2024, "status": Collection.Status.APPROVED, **fields}
    values.setdefault("position", next(_positions))
    return Collection.objects.create(initiative=of, site=build.municipality(site) if site else None, **values)


def measure(slug: str, name: str = "", **fields: Any) -> Measure:
    return Measure.objects.get_or_create(slug=slug, defaults={"name": name or f"Prøvemål {slug}", **fields})[0]


def measurement(of: Initiative, form: str, slug: str, **fields: Any) -> Measurement:
    """A measurement of the measure at the named municipality, None for no place."""
    values = {"table": "1", "position": next(_positions), **fields}
    of_collection = {name: values.pop(name) for name in COLLECTED if name in values}
    made = collection(of, position=values["position"], **of_collection)
    return Measurement.objects.create(collection=made, form=form, measure=measure(slug), **values)


def before_after(of: Initiative, slug: str, before: str, after: str, **fields: Any) -> Measurement:
    values = {"n": 42, "before": Decimal(before), "after": Decimal(after), "table": "3a", **fields}
    return measurement(of, Measurement.Form.BEFORE_AFTER, slug, **values)


def counted(of: Initiative, slug: str, number: int, **fields: Any) -> Measurement:
    return measurement(of, Measurement.Form.COUNT, slug, count=number, **fields)


def proportion(of: Initiative, label: str, number: int, total: int, **fields: Any) -> Measurement:
    values = {"count": number, "total": total, "site_label": label, "table": "10", **fields}
    return measurement(of, Measurement.Form.PROPORTION, "frailty-screened", **values)


def flow(of: Initiative, slug: str, number: int, *steps: int, **fields: Any) -> Measurement:
    """A participant flow with one step for each number."""
    made = measurement(of, Measurement.Form.FLOW, slug, count=number, **fields)
    for position, step in enumerate(steps):
        FlowStep.objects.create(measurement=made, position=position, label=f"Trin {position}", count=step)
    return made
