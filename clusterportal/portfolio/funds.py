"""The cluster funds of one initiative, for pages of the base that may not know the ledger."""

from datetime import date
from decimal import Decimal

from finance.lines import accounted_years, line_years
from finance.totals import ClusterFunds, funds_of
from initiatives.models import Initiative


def total_funds(initiative: Initiative, day: date) -> Decimal:
    """In kr., as the overview shows it on `day`; two queries."""
    lines = line_years(initiative.cluster, day, initiative)
    return funds_of(lines, accounted_years(initiative.cluster, day)).get(initiative.pk, ClusterFunds()).total
