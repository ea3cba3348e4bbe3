"""Reporting a status: the rules for what is typed, and the act that records it.

A status is a dated fact. A new report never changes an older one: of the same day it supersedes the one it was
written upon, of an earlier day it is a late record that goes into the history without becoming the current status.
"""

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .access import Act
from .audience import followers
from .danish import format_number, short_date
from .models import Colour, Help, Initiative, NoticeKind, Phase, StatusDraft, StatusReport, User
from .noticing import notify

_CPR = re.compile(r"(?<!\d)\d{6}[- ]?\d{4}(?!\d)")
SINGLE_CITIZEN = gettext_lazy("The text holds something like a CPR number. Never write about single citizens here.")
INVENTED = gettext_lazy("The latest status is an invented one (Demo). Write a real one instead.")
WITHDRAWN = gettext_lazy("The initiative is withdrawn, so no status can be reported.")
COLOURS = ("overall", "time", "money", "quality")
# Percent, in steps that somebody can mean.
PROGRESS = range(0, 101, 10)
# Most characters of each text.
LIMITS = {"printed_text": 160, "account": 2000, "remedy": 2000, "next_step": 200}
LABELS = {
    "reported_on": gettext_lazy("Holds from"),
    "phase": gettext_lazy("Phase"),
    "overall": gettext_lazy("Overall"),
    "time": gettext_lazy("Time"),
    "money": gettext_lazy("Economy"),
    "quality": gettext_lazy("Quality"),
    "printed_text": gettext_lazy("Status as it is printed"),
    "progress": gettext_lazy("Progress"),
    "account": gettext_lazy("What has happened?"),
    "remedy": gettext_lazy("What is done about the amber or red?"),
    "next_step": gettext_lazy("Next step"),
    "help_needed": gettext_lazy("Do you need help?"),
}
CHOICES: dict[str, type[TextChoices]] = {"phase": Phase, "help_needed": Help, **dict.fromkeys(COLOURS, Colour)}


@dataclass(frozen=True)
class StatusValues:
    """What a coordinator reports; the names are those of StatusReport. Texts may be empty except the printed one."""

    reported_on: date
    phase: str
    printed_text: str
    overall: str = Colour.NONE
    time: str = Colour.NONE
    money: str = Colour.NONE
    quality: str = Colour.NONE
    account: str = ""
    remedy: str = ""
    next_step: str = ""
    help_needed: str = Help.NO
    progress: int | None = None

    @classmethod
    def of(cls, report: StatusReport) -> Self:
        """The values that a report recorded."""
        return cls(**{field.name: getattr(report, field.name) for field in fields(cls)})

    def as_dict(self) -> dict[str, Any]:
        """The values by field name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    @property
    def needs_remedy(self) -> bool:
        """True where at least one colour is amber or red."""
        return any(getattr(self, name) in {Colour.AMBER, Colour.RED} for name in COLOURS)


class StatusConflict(Exception):  # noqa: N818 (a situation to solve, not a fault)
    """Somebody reported after the report that the values build upon; `latest` is what they reported."""

    def __init__(self, latest: StatusReport) -> None:
        super().__init__(f"report {latest.pk} was recorded in between")
        self.latest = latest


def problems(values: StatusValues, earliest: date | None, today: date) -> dict[str, str]:
    """What is wrong, by field name, in words for the user; empty where all is well.

    The day lies between `earliest` (the first day of the plan; None: no bound) and `today`, both included.
    """
    found = {name: message for name in CHOICES if (message := _unknown_choice(values, name))}
    if values.progress is not None and values.progress not in PROGRESS:
        found["progress"] = _("Choose one of the possibilities.")
    found |= {name: message for name in LIMITS if (message := _too_long(values, name))}
    if not values.printed_text.strip():
        found["printed_text"] = _("Write the text to be printed in the overview.")
    found |= {name: str(SINGLE_CITIZEN) for name in LIMITS if names_a_citizen(getattr(values, name))}
    if values.needs_remedy and not values.remedy.strip():
        found["remedy"] = _("Amber or red: write what is done, and who does it.")
    if values.reported_on > today:
        found["reported_on"] = _("The date has not come yet. Write %(today)s or earlier.") % {
            "today": short_date(today)
        }
    elif earliest and values.reported_on < earliest:
        found["reported_on"] = _("The action plan starts on %(day)s. Write that date or a later one.") % {
            "day": short_date(earliest)
        }
    return found


def _unknown_choice(values: StatusValues, name: str) -> str:
    known = getattr(values, name) in CHOICES[name].values
    return "" if known else _("Choose one of the possibilities.")


def _too_long(values: StatusValues, name: str) -> str:
    text = getattr(values, name)
    return too_long(text, LIMITS[name]) if len(text) > LIMITS[name] else ""


def too_long(text: str, limit: int) -> str:
    """What is told of a text that is longer than it may be."""
    return _("Write at most %(limit)s characters. There are %(length)s now.") % {
        "limit": format_number(limit, 0),
        "length": format_number(len(text), 0),
    }


def names_a_citizen(text: str) -> bool:
    """True for digits shaped like a CPR number: the portal holds aggregates only."""
    return bool(_CPR.search(text))


def earliest_day(initiative: Initiative) -> date | None:
    """The first day that a status may hold from: the plan's; None for an initiative without a plan."""
    return initiative.plan.starts if initiative.plan else None


def latest_report(initiative: Initiative, today: date) -> StatusReport | None:
    """The report that holds today, with who reported it, by one query; None before the first."""
    return initiative.status_reports.current_on(today).select_related("reported_by").first()


def report_status(
    initiative: Initiative, by: User, based_on: StatusReport | None, values: StatusValues, today: date
) -> StatusReport:
    """Record a status that was written with `based_on` in view (None: there was no report).

    Raises, without recording anything: PermissionDenied for a role that may not, ValidationError (by field) for
    values that break a rule or a day whose status the writer has not seen, and for an initiative that was withdrawn,
    StatusConflict where somebody reported in between.
    """
    by.rights.require(Act.REPORT_STATUS, initiative.cluster_id)
    if wrong := problems(values, earliest_day(initiative), today):
        raise ValidationError({name: [message] for name, message in wrong.items()})
    with transaction.atomic():
        # The lock makes reports of one initiative wait for each other (SQLite: the transaction itself does).
        if Initiative.objects.select_for_update().get(pk=initiative.pk).retired_on:
            raise ValidationError(WITHDRAWN)
        if newer := _reported_since(initiative, based_on, values.reported_on):
            raise StatusConflict(newer)
        replaced = initiative.status_reports.filter(reported_on=values.reported_on, superseded_by=None).first()
        if replaced and replaced != based_on:
            raise ValidationError({"reported_on": [_taken(values.reported_on)]})
        StatusDraft.objects.filter(initiative=initiative, user=by).delete()
        report = StatusReport.objects.create(
            initiative=initiative, reported_by=by, supersedes=replaced, **values.as_dict()
        )
        notify(NoticeKind.STATUS, initiative, followers(initiative), by, report=report)
        return report


def report_unchanged(initiative: Initiative, by: User, latest: StatusReport, today: date) -> StatusReport:
    """Record that what `latest` says holds today too: a new report with the same contents.

    Raises as `report_status`; a report of today itself has nothing to repeat, and an invented one must not be.
    """
    if latest.demonstration:
        raise ValidationError({"overall": [INVENTED]})
    if latest.reported_on >= today:
        raise ValidationError({"reported_on": [_("There is a status of today already.")]})
    return report_status(initiative, by, latest, unchanged(latest, today), today)


def unchanged(latest: StatusReport, today: date) -> StatusValues:
    """What a report of today says that repeats `latest`."""
    return replace(StatusValues.of(latest), reported_on=today)


def _taken(day: date) -> str:
    return _("There is a status of %(day)s already, and it is not the one shown here. Write another date.") % {
        "day": short_date(day)
    }


def _reported_since(initiative: Initiative, based_on: StatusReport | None, day: date) -> StatusReport | None:
    """The last report that the writer cannot have seen and that matters: a newer status, or one of the same day."""
    reports = initiative.status_reports.select_related("reported_by").order_by("-pk")
    if based_on is None or based_on.initiative_id != initiative.pk:
        return reports.first()
    newer_status = Q(reported_on__gte=based_on.reported_on)
    return reports.filter(newer_status | Q(reported_on=day), pk__gt=based_on.pk).first()
