"""The chart of the cluster's money that the reader can explore, on the economy page and on the dashboard."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from initiatives.models import Theme
from initiatives.money import kroner
from initiatives.plots import Chart, Look, about, bar, stacked

from . import words
from .by_year import MoneyByYear

# The chart's name in the addresses of its files.
FILE = "penge"
# Patterns of plotly's, in the order in which they are taken; a theme begins with the one of its colour.
PATTERNS = ("", "/", ".", "x", "\\", "-", "+", "|")


def money_chart(money: MoneyByYear, whose: str, day: date) -> Chart:
    """What was allocated and spent in each budget year, by theme."""
    return Chart(
        name=FILE,
        file=f"{FILE}-{day.isoformat()}",
        heading=_("Money by theme and budget year"),
        about=about(whose, day),
        sentence=words.years_in_words(money),
        table=money.table,
        figure=figure(money),
    )


def figure(money: MoneyByYear) -> dict[str, Any]:
    """Two bars for each year, allocated and spent, stacked of the themes; drawn in whole kroner."""
    kinds = ((_("Allocated"), "allocated"), (_("Spent"), "spent"))
    x = [
        [str(year.year) for year in money.years for _kind in kinds],
        [name for _year in money.years for name, _ in kinds],
    ]
    themes = [theme for theme, _sums in money.years[0].themes]
    traces = []
    for place, (theme, look) in enumerate(zip(themes, looks(themes), strict=True)):
        amounts = [getattr(year.themes[place][1], kind) for year in money.years for _name, kind in kinds]
        traces.append(
            bar(money.name_of(theme), x, [int(amount) for amount in amounts], look)
            | {
                "customdata": [kroner(amount) for amount in amounts],
                "hovertemplate": "%{fullData.name}: %{customdata} kr.<extra></extra>",
            }
        )
    return stacked(traces, _("kr."), {"type": "multicategory"})


def looks(themes: Sequence[Theme | None]) -> list[Look]:
    """A look for each theme; two of one colour, as in two plans, differ in their pattern as far as there are any."""
    taken: list[Look] = []
    for theme in themes:
        if theme is None:
            taken.append(Look("--rule", "-", "--ink-3"))
            continue
        own = PATTERNS[theme.colour - 1 :] + PATTERNS[: theme.colour - 1]
        possible = [Look(f"--theme-{theme.colour}", pattern, "--paper") for pattern in own]
        taken.append(next((look for look in possible if look not in taken), possible[0]))
    return taken
