"""Builders of measurements as the results page meets them, with their measures' units, and of what was printed."""

from datetime import date
from decimal import Decimal
from typing import Any

from initiatives.asof import DatePrecision
from initiatives.models import Initiative, PublishedDocument, PublishedFigure
from outcomes.models import FlowStep, Measure, Measurement

from . import build_measurements
from .build_measurements import END_OF_2024


def measure(slug: str = "gangdistance", **fields: Any) -> Measure:
    """A distance in whole metres, further being better, unless said otherwise."""
    values = {"name": slug.capitalize(), "unit": "meter", "decimals": 2, "direction": "higher", **fields}
    return Measure.objects.get_or_create(slug=slug, defaults=values)[0]


def document(status_date: date = END_OF_2024, title: str = "Prøveevaluering") -> PublishedDocument:
    return PublishedDocument.objects.get_or_create(
        slug=f"proeve-{status_date:%Y-%m-%d}",
        defaults={"title": title, "publisher": "Klynge Prøve", "status_date": status_date},
    )[0]


def printed(subject: str, text: str, value: str, unit: str = "measure", **fields: Any) -> PublishedFigure:
    source = fields.pop("document", None) or document()
    values = {"place": "Tabel 1", **fields}
    return PublishedFigure.objects.create(
        document=source, subject=subject, printed=text, value=Decimal(value), unit=unit, **values
    )


def measurement(of: Initiative, form: str, what: Measure, **fields: Any) -> Measurement:
    """Outside any table, unless one is named."""
    return build_measurements.measurement(of, form, what.slug, **{"table": "", **fields})


def change(of: Initiative, before: str = "168", after: str = "428", **fields: Any) -> Measurement:
    """Means before and after, of 42 unless said otherwise."""
    values = {"n": 42, "table": "1", "site": "Aalborg Kommune", **fields}
    what = values.pop("what", None) or measure()
    means = {"before": Decimal(before), "after": Decimal(after)}
    return measurement(of, Measurement.Form.BEFORE_AFTER, what, **means, **values)


def count(of: Initiative, number: int, what: Measure | None = None, **fields: Any) -> Measurement:
    return measurement(of, Measurement.Form.COUNT, what or people(), count=number, **fields)


def proportion(of: Initiative, number: int, total: int, **fields: Any) -> Measurement:
    what = fields.pop("what", None) or measure("screenet", name="Screenede borgere", unit="borgere", decimals=0)
    return measurement(of, Measurement.Form.PROPORTION, what, count=number, total=total, **fields)


def characteristic(of: Initiative, value: str, **fields: Any) -> Measurement:
    what = fields.pop("what", None) or measure("alder", name="Gennemsnitsalder", unit="år", direction="neither")
    return measurement(of, Measurement.Form.CHARACTERISTIC, what, value=Decimal(value), **fields)


def flow(of: Initiative, number: int, *steps: tuple[str, int], **fields: Any) -> Measurement:
    row = measurement(of, Measurement.Form.FLOW, people(), count=number, **fields)
    for place, (label, at_step) in enumerate(steps, 1):
        FlowStep.objects.create(measurement=row, position=place, label=label, count=at_step)
    return row


def people() -> Measure:
    return measure("henvist", name="Henviste borgere", unit="borgere", decimals=0, direction="neither")


def completed() -> Measure:
    return measure("completed", name="Afsluttede forløb", unit="forløb", decimals=0)


# A date as the source gives it.
IN_DECEMBER = {"measured_on": END_OF_2024, "precision": DatePrecision.MONTH}
