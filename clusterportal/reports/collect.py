"""What an evaluation prints, gathered from all apps into one frozen whole; the templates only set it.

The number of queries is the same for any number of initiatives.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.conf import settings
from django.utils.translation import gettext as _

from clusterportal.dashboard.noteworthy import Result, noteworthy
from clusterportal.portfolio.overview import Overview, overview
from finance.lines import Sums, accounted_years, line_years, summed
from initiatives.models import ActionPlan, PublishedDocument
from outcomes.models import Measurement
from outcomes.results import known, results

from .chapters import chapters
from .economy import Economy, economy
from .glance import Glance, glance
from .governance import Governance, governance
from .money_bars import MoneyBars
from .themes import ThemeChapter, money_of_themes, number_figures, theme_chapters
from .variance_bars import VarianceBars, variance_bars


@dataclass(frozen=True)
class Evaluation:
    """The report of a plan as of `day`; `made_on` dates what is printed as it is now: titles, actors and texts."""

    plan: ActionPlan
    day: date
    made_on: date
    overview: Overview
    themes: tuple[ThemeChapter, ...]
    economy: Economy
    parties: tuple[str, ...]
    sources: tuple[PublishedDocument, ...]
    glance: Glance
    governance: Governance | None

    @property
    def years(self) -> str:
        return years(self.plan)

    @property
    def title(self) -> str:
        return title(self.plan)

    @property
    def overview_number(self) -> int:
        """The overview's chapter; it comes after the introduction, where there is one."""
        return 2 if self.plan.introduction else 1

    @property
    def money(self) -> MoneyBars | None:
        """Spent against allocated, a bar for each theme."""
        return money_of_themes(self.themes)

    @property
    def variances(self) -> VarianceBars | None:
        """What each line of annex 1 spent less or more than it had."""
        return variance_bars(self.economy.rows)

    @property
    def annex_figure(self) -> int:
        """The number of the first figure after the chapters: that of the variances, where there is one."""
        return (1 if self.money else 0) + sum(theme.figures for theme in self.themes) + 1

    @property
    def governance_figure(self) -> int:
        """The number of the last figure, the model of governance."""
        return self.annex_figure + (1 if self.variances else 0)


def years(plan: ActionPlan) -> str:
    """The plan's years: `2022–2025`."""
    first, last = plan.starts.year, (plan.ends - timedelta(days=1)).year
    return str(first) if first == last else f"{first}–{last}"


def title(plan: ActionPlan) -> str:
    """What the evaluation of the plan is called, on its cover and in lists."""
    return _("Evaluation of the action plan %(years)s") % {"years": years(plan)}


def evaluation(plan: ActionPlan, day: date, made_on: date) -> Evaluation:
    """All that the evaluation of `plan` prints: figures, statuses and milestones as of `day`, texts as they are now."""
    accounted = accounted_years(plan.cluster, day)
    portfolio = overview(plan, day, accounted)
    rows = [row for row in known(plan.cluster, day) if row.initiative.plan_id == plan.pk]
    measured = {each.initiative.pk: each for each in results(plan.cluster, day, rows).initiatives}
    by_initiative = chapters(portfolio, made_on, measured, highlights(rows))
    annex = economy(portfolio, accounted)
    themes = theme_chapters(portfolio.groups, by_initiative, spent_by(plan, annex), first=3 if plan.introduction else 2)
    themes = number_figures(themes, first=2 if money_of_themes(themes) else 1)
    parties = tuple(plan.cluster.parties.values_list("name", flat=True))
    return Evaluation(
        plan=plan,
        day=day,
        made_on=made_on,
        overview=portfolio,
        themes=themes,
        economy=annex,
        parties=parties,
        sources=sources(plan, day),
        glance=glance(((theme.colour, theme.chapters) for theme in themes), rows),
        governance=governance(plan.cluster),
    )


def spent_by(plan: ActionPlan, annex: Economy) -> dict[int, Sums]:
    """What each initiative of the plan's cluster spent and could spend in the years of annex 1, by its id."""
    rows = line_years(plan.cluster, annex.day)
    return summed((row for row in rows if row.budget_year <= annex.through), lambda row: row.initiative_id)


def highlights(rows: Iterable[Measurement]) -> dict[int, Result]:
    """By initiative's id the change that the dashboard's rule chooses first; `rows` come initiative by initiative."""
    by_initiative = groupby(rows, key=lambda row: row.initiative_id)
    chosen = ((pk, noteworthy(own, settings.RESULTS_FEW_CASES)) for pk, own in by_initiative)
    return {pk: results[0] for pk, results in chosen if results and results[0].change}


def sources(plan: ActionPlan, day: date) -> tuple[PublishedDocument, ...]:
    """Documents with a status date of `day` or earlier that measurements of the plan are printed in; one query."""
    used = PublishedDocument.objects.filter(collections__initiative__plan=plan, status_date__lte=day)
    return tuple(used.distinct().order_by("status_date", "title"))
