"""Closing a budget year, and reopening it."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from initiatives.access import Act
from initiatives.models import Cluster, User

from . import rules
from .models import AccountedYear, Reopening


@transaction.atomic
def close_year(cluster: Cluster, budget_year: int, on: date, by: User | None = None) -> AccountedYear:
    """The accounts are rendered on `on`: what was spent stands for the year, and nothing more is posted into it.

    Raises ValidationError for a year that is closed already, or has not ended on `on`.
    """
    rules.require_act(by, Act.CLOSE_YEAR, cluster)
    rules.take_turn(cluster)
    if AccountedYear.objects.closed().filter(cluster=cluster, budget_year=budget_year).exists():
        raise ValidationError(_("The year %(year)s is closed already.") % {"year": budget_year}, code="closed")
    if on < date(budget_year, 12, 31):
        raise ValidationError(_("The year %(year)s has not ended yet.") % {"year": budget_year}, code="year")
    year = AccountedYear(cluster=cluster, budget_year=budget_year, accounted_on=on, closed_by=by)
    year.full_clean()
    year.save()
    return year


@transaction.atomic
def reopen_year(cluster: Cluster, budget_year: int, on: date, reason: str, by: User | None = None) -> Reopening:
    """From `on` the year is not accounted for, and can be posted into again.

    Raises ValidationError without a reason, for a year that is not closed, and for a day before it was.
    """
    rules.require_act(by, Act.CLOSE_YEAR, cluster)
    rules.take_turn(cluster)
    year = AccountedYear.objects.closed().filter(cluster=cluster, budget_year=budget_year).first()
    if year is None:
        raise ValidationError(_("The year %(year)s is not closed.") % {"year": budget_year}, code="open")
    if on < year.accounted_on:
        raise ValidationError(
            _("The year %(year)s cannot be reopened before the day it was closed.") % {"year": budget_year}, code="year"
        )
    reopening = Reopening(year=year, reopened_on=on, reason=reason.strip(), reopened_by=by)
    reopening.full_clean()
    reopening.save()
    return reopening
