"""The cluster's money on a day, in all and for each theme, added up from the ledger's lines as the annex is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from finance import charts
from finance.annex import Numbered
from finance.by_year import ThemeYears, among
from finance.lines import Sums
from initiatives.models import Theme

from . import money_in_words as words
from .ledger import Ledger

Key = TypeVar("Key", int, int | None)


@dataclass(frozen=True)
class ThemeMoney:
    """What one theme had and spent, in kr.; None for initiatives outside the plan's themes."""

    theme: Theme | None
    sums: Sums
    bar: charts.Bar

    @property
    def name(self) -> str:
        return self.theme.name if self.theme else words.outside()

    @property
    def fill(self) -> str:
        """The class of the bar."""
        return f"f-t{self.theme.colour}" if self.theme else "f-soft"


@dataclass(frozen=True)
class Money:
    """Sums over the budget years up to that of the day, as the annex has them; later years stand apart.

    `bar` is the figure's, `total_bar` the same on the scale of the themes' bars.
    `open_years` are those of the sums that are not accounted for yet, `later` what is allocated for each year to come,
    `overspent` the initiatives with a line that went beyond its frame.
    """

    themes: tuple[ThemeMoney, ...]
    total: Sums
    bar: charts.Bar
    total_bar: charts.Bar
    accounted_through: int | None
    open_years: tuple[int, ...]
    later: tuple[tuple[int, Decimal], ...]
    overspent: tuple[Numbered, ...]

    @property
    def allocated_label(self) -> str:
        return words.allocated_label(self.total)

    @property
    def left_label(self) -> str:
        return words.left_label(self.total)

    @property
    def bar_words(self) -> str:
        return words.bar_words(self.total)

    @property
    def accounts(self) -> str:
        return words.accounts(self.accounted_through, self.open_years)

    @property
    def later_words(self) -> str:
        return words.later(self.later)

    @property
    def overspent_words(self) -> str:
        return words.overspent([each.number or each.short_title for each in self.overspent])


def money(ledger: Ledger, initiatives: Mapping[int, Numbered], themes: Sequence[Theme], day: date) -> Money | None:
    """The money of the ledger on `day`; None for an empty one.

    `initiatives` by id and `themes` are those of the plan, in the order in which they are shown.
    """
    if not ledger.sums:
        return None
    placed = among(ledger.sums, themes)
    by_theme = _summed((theme, sums) for (year, theme), sums in placed.items() if year <= day.year)
    total = sum(by_theme.values(), Sums())
    pairs = [(theme, by_theme.get(theme.pk, Sums())) for theme in themes]
    outside = [(None, by_theme[None])] if None in by_theme else []
    reach = _reach(sums for _theme, sums in (*pairs, *outside))
    return Money(
        themes=tuple(ThemeMoney(theme, sums, _bar(sums, reach)) for theme, sums in (*pairs, *outside)),
        total=total,
        bar=_bar(total, _reach([total])),
        total_bar=_bar(total, reach),
        accounted_through=max(ledger.accounted, default=None),
        open_years=tuple(sorted({year for year, _theme in placed if year <= day.year} - ledger.accounted)),
        later=_later(placed, day),
        overspent=tuple(initiative for pk, initiative in initiatives.items() if pk in ledger.overspent),
    )


def _summed(pairs: Iterable[tuple[Key, Sums]]) -> dict[Key, Sums]:
    """The sums that have a key in common, added up."""
    found: dict[Key, Sums] = {}
    for key, sums in pairs:
        found[key] = found.get(key, Sums()) + sums
    return found


def _reach(sums: Iterable[Sums]) -> Decimal:
    """The bars end at the frame, unless something was spent beyond one."""
    pairs = [(each.spent, each.frame) for each in sums]
    return charts.room(pairs) if any(spent > frame for spent, frame in pairs) else Decimal(1)


def _bar(sums: Sums, reach: Decimal) -> charts.Bar:
    return charts.bar(sums.spent, sums.frame, reach)


def _later(placed: ThemeYears, day: date) -> tuple[tuple[int, Decimal], ...]:
    by_year = _summed((year, sums) for (year, _theme), sums in placed.items() if year > day.year)
    return tuple((year, sums.allocated) for year, sums in sorted(by_year.items()) if sums.allocated)
