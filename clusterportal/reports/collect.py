"""What an evaluation prints, gathered from all apps into one frozen whole; the templates only set it.

The number of queries is the same for any number of initiatives.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clusterportal.portfolio.overview import Overview, ThemeGroup, overview
from finance.lines import accounted_years
from initiatives.danish import listed
from initiatives.models import ActionPlan, PublishedDocument
from outcomes.results import known, results

from .chapters import ONE_LINE, Chapter, chapters
from .cover import INKS
from .economy import Economy, economy
from .glance import Glance, glance


@dataclass(frozen=True)
class ThemeChapter:
    """The initiatives of one theme; `colour` is the place in the report's set of colours, 1 to 4."""

    number: int
    group: ThemeGroup
    chapters: tuple[Chapter, ...]

    @property
    def anchor(self) -> str:
        return f"chapter-{self.number}"

    @property
    def colour(self) -> int:
        return self.group.theme.colour if self.group.theme else 4

    @property
    def ink(self) -> str:
        """The theme's colour for inline SVG, which no style sheet reaches."""
        return INKS[self.colour]

    @property
    def short_name(self) -> str:
        return self.group.theme.short_name if self.group.theme else self.group.name

    @property
    def is_long_in_contents(self) -> bool:
        return len(self.group.name) > ONE_LINE

    @property
    def numbers(self) -> str:
        """`Indsats 5 og 6`."""
        numbers = [chapter.initiative.number or chapter.initiative.short_title for chapter in self.chapters]
        return ngettext("Initiative %(numbers)s", "Initiatives %(numbers)s", len(numbers)) % {
            "numbers": listed(numbers)
        }


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


def years(plan: ActionPlan) -> str:
    """The plan's years: `2022–2025`."""
    first, last = plan.starts.year, (plan.ends - timedelta(days=1)).year
    return str(first) if first == last else f"{first}–{last}"


def title(plan: ActionPlan) -> str:
    """What the evaluation of the plan is called, on its cover and in lists."""
    return _("Evaluation of the action plan %(years)s") % {"years": years(plan)}


def evaluation(plan: ActionPlan, day: date, made_on: date) -> Evaluation:
    """All that the evaluation of `plan` prints: figures and statuses as of `day`, texts as they are now."""
    accounted = accounted_years(plan.cluster, day)
    portfolio = overview(plan, day, accounted)
    rows = [row for row in known(plan.cluster, day) if row.initiative.plan_id == plan.pk]
    measured = {each.initiative.pk: each for each in results(plan.cluster, day, rows).initiatives}
    by_initiative = chapters(plan, portfolio.rows, measured)
    first = 3 if plan.introduction else 2
    themes = [
        ThemeChapter(number, group, tuple(by_initiative[row.initiative.pk] for row in group.rows))
        for number, group in enumerate(portfolio.groups, start=first)
    ]
    parties = tuple(plan.cluster.parties.values_list("name", flat=True))
    return Evaluation(
        plan=plan,
        day=day,
        made_on=made_on,
        overview=portfolio,
        themes=tuple(themes),
        economy=economy(portfolio, accounted),
        parties=parties,
        sources=sources(plan, day),
        glance=glance(((theme.colour, theme.chapters) for theme in themes), rows),
    )


def sources(plan: ActionPlan, day: date) -> tuple[PublishedDocument, ...]:
    """Documents with a status date of `day` or earlier that measurements of the plan are printed in; one query."""
    used = PublishedDocument.objects.filter(measurements__initiative__plan=plan, status_date__lte=day)
    return tuple(used.distinct().order_by("status_date", "title"))
