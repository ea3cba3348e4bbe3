"""A theme's chapter: its opening page with what it holds, costs and led to, and its initiatives."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import ngettext

from clusterportal.portfolio.overview import ThemeGroup
from clusterportal.portfolio.sentences import spread
from finance.lines import Sums
from initiatives.danish import count_word, listed
from outcomes.effect import Judgement
from outcomes.sentences import before_and_after

from .chapters import ONE_LINE, Chapter
from .cover import INKS
from .money_bars import Line, MoneyBars, money_bars


@dataclass(frozen=True)
class ThemeChapter:
    """The initiatives of one theme; `colour` is the place in the report's set of colours, 1 to 4.

    `money` is spent and allocated in kr. by initiative's id, for those that have any. The figure of the opening page
    has the number `first_figure`; those of the chapters go on from there.
    """

    number: int
    group: ThemeGroup
    chapters: tuple[Chapter, ...]
    money: Mapping[int, Sums]
    first_figure: int = 1

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

    @property
    def day(self) -> date:
        return self.chapters[0].day

    @property
    def has_opening(self) -> bool:
        """True where there is enough to say for a page of its own before the initiatives."""
        return len(self.chapters) > 1 and self.group.theme is not None and bool(self.group.theme.description)

    @property
    def carried_out(self) -> tuple[Chapter, ...]:
        """The initiatives that were carried out or are about to be, in plan order."""
        return tuple(chapter for chapter in self.chapters if not chapter.set_aside)

    @property
    def set_aside(self) -> tuple[Chapter, ...]:
        """Those that came to nothing, wait, or became part of another; they stand last, under their own heading."""
        return tuple(chapter for chapter in self.chapters if chapter.set_aside)

    @property
    def unspent(self) -> str:
        """Tells of those set aside that they have no cluster funds; empty where one has."""
        without = self.set_aside
        if any(chapter.row.funds for chapter in without):
            return ""
        words = ngettext(
            "The initiative has no cluster funds.", "None of the %(count)s has any cluster funds.", len(without)
        )
        return words % {"count": count_word(len(without))}

    @property
    def sums(self) -> Sums:
        """What the theme spent and could spend."""
        return sum(self.money.values(), Sums())

    @property
    def bars(self) -> MoneyBars | None:
        """Spent against allocated, a bar for each initiative that has money."""
        return money_bars(
            Line(_numbered(chapter), self.ink, self.money[chapter.initiative.pk])
            for chapter in self.chapters
            if chapter.initiative.pk in self.money
        )

    @property
    def spread(self) -> str:
        """How far the initiatives are, in a sentence."""
        phases = Counter(chapter.row.status.phase for chapter in self.chapters if chapter.row.status)
        return spread(phases, len(self.chapters) - phases.total())

    @property
    def measured(self) -> str:
        """Which way the measures of all initiatives went, in a sentence; empty where nothing was measured twice."""
        judged = (chapter.results.judgements for chapter in self.chapters if chapter.results)
        measured: Counter[Judgement] = sum(judged, Counter())
        return before_and_after(measured)

    @property
    def figures(self) -> int:
        """How many figures the opening page has, and all chapters with it."""
        return self.opening_figures + sum(chapter.figures for chapter in self.chapters)

    @property
    def opening_figures(self) -> int:
        """1 where the opening page shows what the theme spent, else 0."""
        return int(self.has_opening and self.bars is not None)


def theme_chapters(
    groups: Iterable[ThemeGroup], made: Mapping[int, Chapter], money: Mapping[int, Sums], first: int
) -> tuple[ThemeChapter, ...]:
    """A chapter for each group, numbered from `first`; `made` and `money` are by the initiative's id."""
    return tuple(
        ThemeChapter(
            number,
            group,
            tuple(made[row.initiative.pk] for row in group.rows),
            {row.initiative.pk: money[row.initiative.pk] for row in group.rows if row.initiative.pk in money},
        )
        for number, group in enumerate(groups, start=first)
    )


def number_figures(themes: Iterable[ThemeChapter], first: int) -> tuple[ThemeChapter, ...]:
    """The same themes, with their figures numbered through in the order of the pages."""
    numbered = []
    for theme in themes:
        number, made = first + theme.opening_figures, {}
        for chapter in (*theme.carried_out, *theme.set_aside):
            made[chapter.anchor] = replace(chapter, first_figure=number)
            number += chapter.figures
        chapters = tuple(made[chapter.anchor] for chapter in theme.chapters)
        numbered.append(replace(theme, chapters=chapters, first_figure=first))
        first = number
    return tuple(numbered)


def money_of_themes(themes: Sequence[ThemeChapter]) -> MoneyBars | None:
    """Spent against allocated, a bar for each theme."""
    return money_bars(Line(theme.short_name, theme.ink, theme.sums) for theme in themes)


def _numbered(chapter: Chapter) -> str:
    number, title = chapter.initiative.number, chapter.initiative.short_title
    return f"{number} {title}".strip()
