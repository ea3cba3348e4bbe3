"""A new action plan out of an old one: what is proposed, and the act that makes it.

What goes on gets a row of its own in the new plan. Facts stay where they were recorded: statuses, money, measurements
and milestones belong to the old row, and a relation leads from it to the new one.
"""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history

from . import tracing
from .access import Act
from .models import (
    ActionPlan,
    Initiative,
    InitiativeActor,
    InitiativeRelation,
    NarrativeSection,
    StatusReport,
    Theme,
    User,
)
from .models.status import ENDED_PHASES
from .numbering import address
from .planning import PlanValues, plan_problems, same_plan

# A number stands in addresses too, so it holds nothing that an address gives a meaning.
_NUMBER = re.compile(r"[\w.-]{1,10}")
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_LONGEST_ADDRESS = 20
# What an initiative is for; the other sections tell what has come of it.
_LASTING = (NarrativeSection.Kind.PURPOSE, NarrativeSection.Kind.BACKGROUND)


@dataclass(frozen=True)
class Candidate:
    """An initiative of the old plan: the status that holds, if any, and where it goes on already, if anywhere."""

    initiative: Initiative
    status: StatusReport | None
    continues_in: Initiative | None

    @property
    def goes_on(self) -> bool:
        """What is proposed: those that have not ended and are not in a later plan already."""
        ended = self.status is not None and self.status.phase in ENDED_PHASES
        return not ended and self.continues_in is None


@dataclass(frozen=True)
class Chosen:
    """What goes on: themes, initiatives by primary key with the number each gets, and whether texts are copied."""

    themes: frozenset[int]
    numbers: Mapping[int, str]
    with_texts: bool


def proposed_values(old: ActionPlan) -> PlanValues:
    """The period after the old one and just as long, and the old title with the new years."""
    years = old.ends.year - old.starts.year
    day = (old.ends.month, old.ends.day)
    # A year on from the 29th of February there is no such day.
    whole_years = day == (old.starts.month, old.starts.day) and day != (2, 29)
    ends = old.ends.replace(year=old.ends.year + years) if whole_years else old.ends + (old.ends - old.starts)
    return PlanValues(_next_title(old, years or 1), old.ends, ends)


def _next_title(old: ActionPlan, years: int) -> str:
    title = _YEARS.sub(lambda year: str(int(year.group()) + years), old.title)
    return title if title != old.title else ""


def candidates(old: ActionPlan, day: date) -> list[Candidate]:
    """The initiatives of the plan in printed order, with their status on `day`; three queries."""
    ties = InitiativeRelation.objects.filter(
        initiative__plan=old, kind=InitiativeRelation.Kind.CONTINUES_IN, target__isnull=False
    ).exclude(target__plan=old)
    later = {tie.initiative_id: tie.target for tie in ties.select_related("target__plan", "target__cluster")}
    listed = Initiative.objects.filter(plan=old).listed_on(day).as_listed().with_status_on(day)
    return [
        Candidate(initiative, next(iter(vars(initiative)["current_status"]), None), later.get(initiative.pk))
        for initiative in listed
    ]


def problems(old: ActionPlan, values: PlanValues, chosen: Chosen) -> dict[str, str]:
    """What is wrong, by field name: those of the plan, and `number-7` for the number of the initiative with key 7."""
    found = plan_problems(old.cluster, values)
    taken = Counter(number.casefold() for number in chosen.numbers.values() if number)
    without_theme = _left_behind(old, chosen)
    for pk, number in chosen.numbers.items():
        if number and not _NUMBER.fullmatch(number):
            found[f"number-{pk}"] = _("Write at most ten letters and digits, for example 7 or 10A.")
        elif taken[number.casefold()] > 1:
            found[f"number-{pk}"] = _("Two initiatives cannot both have number %(number)s.") % {"number": number}
        elif pk in without_theme:
            found[f"number-{pk}"] = _("Its theme is not chosen. Choose “%(theme)s” too.") % {"theme": without_theme[pk]}
    return found


def _left_behind(old: ActionPlan, chosen: Chosen) -> dict[int, str]:
    """The chosen initiatives whose theme is not chosen, with the theme's name."""
    rows = old.initiatives.filter(pk__in=chosen.numbers).exclude(theme=None).exclude(theme__in=chosen.themes)
    return dict(rows.values_list("pk", "theme__name"))


@transaction.atomic
def continue_plan(by: User, old: ActionPlan, values: PlanValues, chosen: Chosen) -> tuple[ActionPlan, bool]:
    """The new plan with what goes on; False as the second where the same user has made it already.

    Raises PermissionDenied for a role that may not, ValidationError by field for what breaks a rule.
    """
    by.rights.require(Act.EDIT_PORTFOLIO, old.cluster_id)
    tracing.locked(old.cluster)
    if already := same_plan(by, old.cluster, values):
        return already, False
    if wrong := problems(old, values, chosen):
        raise ValidationError(wrong)
    reason = _("Continued from %(plan)s") % {"plan": old.title}
    plan = ActionPlan(cluster=old.cluster, **asdict(values))
    copy = _Copy(by, plan, reason[: tracing.REASON_LIMIT])
    tracing.save(plan, by, copy.reason)
    themes = copy.themes(old.themes.filter(pk__in=chosen.themes))
    continued = copy.initiatives(old.initiatives.filter(pk__in=chosen.numbers), themes, chosen.numbers)
    copy.actors(continued)
    copy.relations(continued)
    if chosen.with_texts:
        copy.texts(continued)
    return plan, True


@dataclass(frozen=True)
class _Copy:
    """Copies rows of the old plan into `plan`, each kind by a fixed number of queries; old key to new row."""

    by: User
    plan: ActionPlan
    reason: str

    def themes(self, old: Iterable[Theme]) -> dict[int, Theme]:
        listed = list(old)
        copied = [
            Theme(plan=self.plan, position=place, **_fields(theme, "name", "short_name", "description", "colour"))
            for place, theme in enumerate(listed, start=1)
        ]
        return _by_old(listed, self._create(copied))

    def initiatives(
        self, old: Iterable[Initiative], themes: Mapping[int, Theme], numbers: Mapping[int, str]
    ) -> dict[int, Initiative]:
        listed = list(old)
        taken = set(Initiative.objects.filter(cluster=self.plan.cluster).values_list("address", flat=True))
        kept = ("cluster_id", "title", "short_title", "target_group", "responsible_id")
        copied = []
        for each in listed:
            number = numbers[each.pk]
            free = free_address(number, each.short_title, self.plan.starts.year, taken)
            taken.add(free)
            theme = themes[each.theme_id] if each.theme_id else None
            copied.append(Initiative(plan=self.plan, theme=theme, number=number, address=free, **_fields(each, *kept)))
        return _by_old(listed, self._create(copied))

    def actors(self, continued: Mapping[int, Initiative]) -> None:
        lines = list(InitiativeActor.objects.filter(initiative__in=continued).prefetch_related("actors"))
        copied = self._create(
            InitiativeActor(initiative=continued[line.initiative_id], **_fields(line, "label", "role", "position"))
            for line in lines
        )
        through = InitiativeActor.actors.through
        through._default_manager.bulk_create(
            through(initiativeactor_id=new.pk, actor_id=actor.pk)
            for line, new in zip(lines, copied, strict=True)
            for actor in line.actors.all()
        )

    def relations(self, continued: Mapping[int, Initiative]) -> None:
        kind = InitiativeRelation.Kind.CONTINUES_IN
        self._create(InitiativeRelation(initiative_id=old, kind=kind, target=new) for old, new in continued.items())

    def texts(self, continued: Mapping[int, Initiative]) -> None:
        sections = NarrativeSection.objects.filter(initiative__in=continued, kind__in=_LASTING)
        kept = ("kind", "heading", "position", "body")
        self._create(
            NarrativeSection(initiative=continued[section.initiative_id], **_fields(section, *kept))
            for section in sections
        )

    def _create(self, rows: Iterable[models.Model]) -> list:
        listed = list(rows)
        if not listed:
            return []
        return bulk_create_with_history(
            listed, type(listed[0]), default_user=self.by, default_change_reason=self.reason
        )


def free_address(number: str, title: str, year: int, taken: set[str]) -> str:
    """`7-2026`; `7-2026-2` where that is taken. At most 20 characters."""
    base = address(number, title) or "indsats"
    proposed = (f"{base[: _LONGEST_ADDRESS - len(tail)].strip('-')}{tail}" for tail in _tails(year))
    return next(each for each in proposed if each not in taken)


def _tails(year: int) -> Iterator[str]:
    yield f"-{year}"
    yield from (f"-{year}-{count}" for count in itertools.count(2))


def _fields(row: models.Model, *names: str) -> dict:
    return {name: getattr(row, name) for name in names}


def _by_old(old: Sequence[models.Model], new: Sequence) -> dict:
    return {before.pk: after for before, after in zip(old, new, strict=True)}
