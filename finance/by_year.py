"""Money of each budget year by theme, added up from the ledger's lines as the annex is."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from django.utils.translation import gettext as _

from initiatives.models import Theme
from initiatives.plots import Table, Value

from .lines import LineYear, Sums, summed

# By budget year and the theme's id, None for initiatives without a theme.
ThemeYears = Mapping[tuple[int, int | None], Sums]


@dataclass(frozen=True)
class YearMoney:
    """One budget year; the sums of each theme in kr., None for what is outside the themes."""

    year: int
    accounted: bool
    themes: tuple[tuple[Theme | None, Sums], ...]

    @property
    def spending_known(self) -> bool:
        """False where nothing is posted as spent because the accounts are still to come."""
        return self.accounted or any(sums.spent for _theme, sums in self.themes)


@dataclass(frozen=True)
class MoneyByYear:
    """The money of each budget year that has any; every year has the same themes. `outside` names what has none."""

    years: tuple[YearMoney, ...]
    outside: str

    @property
    def carried(self) -> bool:
        """True where something was carried from one year to another."""
        return any(sums.carried for year in self.years for _theme, sums in year.themes)

    @property
    def table(self) -> Table:
        """A row for each theme of each year, in kr."""
        head = [_("Theme"), _("Budget year"), _("Allocated, kr."), _("Spent, kr.")]
        rows: list[tuple[Value, ...]] = [
            (self.name_of(theme), str(year.year), *self._amounts(year, sums))
            for year in self.years
            for theme, sums in year.themes
        ]
        return Table((*head, *([_("Carried over, kr.")] if self.carried else [])), tuple(rows))

    def name_of(self, theme: Theme | None) -> str:
        """The theme's name, or words for what is outside the themes."""
        return theme.name if theme else self.outside

    def _amounts(self, year: YearMoney, sums: Sums) -> Iterator[Value]:
        yield sums.allocated
        yield sums.spent if year.spending_known else _("not accounted for")
        if self.carried:
            yield sums.carried


def theme_years(lines: Iterable[LineYear], theme_of: Mapping[int, int]) -> ThemeYears:
    """The lines' sums for each theme and budget year; `theme_of` tells the theme of an initiative that has one."""
    return summed(lines, lambda each: (each.budget_year, theme_of.get(each.initiative_id)))


def among(sums: ThemeYears, themes: Iterable[Theme]) -> ThemeYears:
    """The same sums, where what belongs to none of `themes` has no theme."""
    own = {theme.pk for theme in themes}
    placed: dict[tuple[int, int | None], Sums] = {}
    for (year, theme), each in sums.items():
        key = year, theme if theme in own else None
        placed[key] = placed.get(key, Sums()) + each
    return placed


def money_by_year(sums: ThemeYears, accounted: Set[int], themes: Sequence[Theme], outside: str) -> MoneyByYear | None:
    """The money of `sums`, None without any; `themes` are those to show, in their order.

    What belongs to none of them stands under the words `outside`.
    """
    if not sums:
        return None
    placed = among(sums, themes)
    rest = [None] if any(theme is None for _year, theme in placed) else []
    shown: list[Theme | None] = [*themes, *rest]

    def of(year: int) -> YearMoney:
        own = ((theme, placed.get((year, theme.pk if theme else None), Sums())) for theme in shown)
        return YearMoney(year, year in accounted, tuple(own))

    return MoneyByYear(tuple(of(year) for year in sorted({year for year, _theme in placed})), outside)
