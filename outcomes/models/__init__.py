"""Instruments and their measures, collections of data and what was measured in them: aggregates, never a person."""

from .collections import Collection, CollectionStep, PeriodLock
from .instruments import Instrument, Measure, SmallestDifference
from .measurements import FlowStep, Measurement

__all__ = [
    "Collection",
    "CollectionStep",
    "FlowStep",
    "Instrument",
    "Measure",
    "Measurement",
    "PeriodLock",
    "SmallestDifference",
]
