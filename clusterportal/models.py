"""Models of the composition root: what was loaded, and the reports that were ordered."""

from .facts.models import LoadedRecord
from .reports.models import Report

__all__ = ["LoadedRecord", "Report"]
