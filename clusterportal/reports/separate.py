"""What a part of the evaluation prints on its own: one function for each kind, each from the evaluation's figures."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from clusterportal.portfolio.overview import overview
from finance.lines import accounted_years
from initiatives.danish import long_date
from initiatives.models import ActionPlan, Initiative

from .chapters import Chapter
from .collect import Evaluation, evaluation
from .economy import Economy, economy
from .themes import ThemeChapter


@dataclass(frozen=True)
class Sheet:
    """A part on its own, as of `day`; `made_on` dates titles, actors and texts."""

    plan: ActionPlan
    day: date
    made_on: date

    @property
    def name(self) -> str:
        """What it is called, without the day."""
        raise NotImplementedError

    @property
    def title(self) -> str:
        """`Statusoversigt pr. 31. marts 2025`."""
        return _("%(name)s as of %(day)s") % {"name": self.name, "day": long_date(self.day)}


@dataclass(frozen=True)
class OverviewSheet(Sheet):
    """The status overview."""

    evaluation: Evaluation

    @property
    def name(self) -> str:
        return _("Status overview")

    @property
    def demonstration(self) -> bool:
        return self.evaluation.overview.demonstration


@dataclass(frozen=True)
class EconomySheet(Sheet):
    """The economy annex; its own day is that of the last accounts."""

    economy: Economy
    demonstration = False

    @property
    def name(self) -> str:
        return _("Economy annex")


@dataclass(frozen=True)
class InitiativeSheet(Sheet):
    """One initiative's chapter, within its theme."""

    theme: ThemeChapter
    chapter: Chapter

    @property
    def name(self) -> str:
        initiative = self.chapter.initiative
        if not initiative.number:
            return _("Status of %(title)s") % {"title": initiative.short_title}
        return _("Status of initiative %(number)s") % {"number": initiative.number}

    @property
    def demonstration(self) -> bool:
        return bool(self.chapter.status and self.chapter.status.demonstration)


def overview_sheet(plan: ActionPlan, day: date, made_on: date) -> OverviewSheet:
    """The status overview of `plan` as of `day`."""
    return OverviewSheet(plan, day, made_on, evaluation(plan, day, made_on))


def economy_sheet(plan: ActionPlan, day: date, made_on: date) -> EconomySheet:
    """The economy annex of the plan's cluster as of `day`."""
    accounted = accounted_years(plan.cluster, day)
    return EconomySheet(plan, day, made_on, economy(overview(plan, day, accounted), accounted))


def initiative_sheet(initiative: Initiative, plan: ActionPlan, day: date, made_on: date) -> InitiativeSheet:
    """One initiative of `plan` as of `day`. Raises LookupError for one that the plan does not hold."""
    for theme in evaluation(plan, day, made_on).themes:
        for chapter in theme.chapters:
            if chapter.initiative.pk == initiative.pk:
                return InitiativeSheet(plan, day, made_on, theme, _alone(chapter))
    raise LookupError(f"{initiative} is not in {plan}")


def _alone(chapter: Chapter) -> Chapter:
    """The other initiatives have no chapter here, so a tie names them and leads nowhere; figures begin at 1."""
    ties = tuple(
        replace(tie, name=" ".join(filter(None, [tie.number, tie.name])), anchor="") for tie in chapter.relations
    )
    return replace(chapter, relations=ties, first_figure=1)
