"""What an initiative may say of itself; no request, and one query for the number."""

import re
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any, Self

from django.utils.translation import gettext as _

from ..danish import format_number, short_date
from ..models import ActionPlan, Cluster, Initiative, Person, Theme

_NUMBER = re.compile(r"[0-9A-Za-zÆØÅæøå]+(?:[.-][0-9A-Za-zÆØÅæøå]+)*")
# Most characters of each text.
LIMITS = {"number": 10, "title": 200, "short_title": 80, "target_group": 300}
# A milestone lies in the life of the plan or near it; further off it is a slip of the keyboard.
_NEAR = 10
_OUR_TIME = date(2007, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True)
class Facts:
    """The names are those of Initiative; `ends` is the first day after the last."""

    plan: ActionPlan | None
    theme: Theme | None
    number: str
    title: str
    short_title: str
    target_group: str = ""
    starts: date | None = None
    ends: date | None = None
    responsible: Person | None = None

    @classmethod
    def of(cls, initiative: Initiative) -> Self:
        """What is stored."""
        return cls(**{field.name: getattr(initiative, field.name) for field in fields(cls)})

    def as_dict(self) -> dict[str, Any]:
        """By field name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def problems(facts: Facts, cluster: Cluster, initiative: Initiative | None) -> dict[str, str]:
    """What is wrong, by field name; `initiative` is the one to be changed, None for a new one."""
    found = {name: message for name, limit in LIMITS.items() if (message := too_long(getattr(facts, name), limit))}
    if not facts.title:
        found["title"] = _("Write the title.")
    if not facts.short_title:
        found["short_title"] = _("Write a short title for lists and headings.")
    if "number" not in found and (message := _number_problem(facts, cluster, initiative)):
        found["number"] = message
    return found | _period_problems(facts, initiative)


def too_long(text: str, limit: int) -> str:
    """A message for a text of more than `limit` characters; empty where it fits."""
    if len(text) <= limit:
        return ""
    return _("Write at most %(limit)s characters. There are %(length)s now.") % {
        "limit": format_number(limit, 0),
        "length": format_number(len(text), 0),
    }


def _number_problem(facts: Facts, cluster: Cluster, initiative: Initiative | None) -> str:
    if not facts.number:
        return ""
    if not _NUMBER.fullmatch(facts.number):
        return _("Write the number with digits and letters, for example 7, 10A or 2.9.")
    others = cluster.initiatives.filter(plan=facts.plan, retired_on=None, number__iexact=facts.number)
    taken = (others.exclude(pk=initiative.pk) if initiative else others).first()
    if taken is None:
        return ""
    return _("Number %(number)s is taken by “%(title)s”. Choose another.") % {
        "number": facts.number,
        "title": taken.short_title,
    }


def _period_problems(facts: Facts, initiative: Initiative | None) -> dict[str, str]:
    """Days that have been stored already may stay, whatever plan they lie outside."""
    found = {}
    kept = initiative if initiative and initiative.plan_id == (facts.plan.pk if facts.plan else None) else None
    last_day = facts.ends - timedelta(days=1) if facts.ends else None
    if facts.starts and (kept is None or facts.starts != kept.starts):
        found["starts"] = outside(facts.starts, facts.plan)
    if last_day and (kept is None or facts.ends != kept.ends):
        found["ends"] = outside(last_day, facts.plan)
    if facts.starts and last_day and last_day < facts.starts:
        found["ends"] = _("The last day comes before the first. Write %(day)s or later.") % {
            "day": short_date(facts.starts)
        }
    return {name: message for name, message in found.items() if message}


def outside(day: date, plan: ActionPlan | None, years: int = 0) -> str:
    """A message for a day more than `years` outside the plan; without a plan for one far from our time."""
    first, after = (plan.starts, plan.ends) if plan else _OUR_TIME
    if (
        (first.year - years, first.month, first.day)
        <= (day.year, day.month, day.day)
        < (
            after.year + years,
            after.month,
            after.day,
        )
    ):
        return ""
    if not plan:
        return _("The year does not look right. Write the date as day.month.year, for example 10.04.2025.")
    return _("The date lies outside the action plan, which runs from %(first)s to %(last)s.") % {
        "first": short_date(first),
        "last": short_date(after - timedelta(days=1)),
    }


def far_from_plan(day: date, plan: ActionPlan | None) -> str:
    """A message for a milestone that lies more than ten years outside the plan; empty where it may be right."""
    return outside(day, plan, _NEAR)
