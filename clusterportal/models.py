"""Models of the composition root: what was loaded, and the reports that were ordered."""

from .facts.models import LoadedRecord
from .people.models import AdministrativeAct
from .reports.models import Report

__all__ = ["AdministrativeAct", "LoadedRecord", "Report"]
