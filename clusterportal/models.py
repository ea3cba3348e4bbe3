"""Models of the composition root: what was loaded, reports ordered, saved views and what is followed."""

from .facts.models import LoadedRecord
from .people.models import AdministrativeAct
from .portfolio.models import DefaultView, Follow, SavedView
from .reports.models import Report

__all__ = ["AdministrativeAct", "DefaultView", "Follow", "LoadedRecord", "Report", "SavedView"]
