"""The annex as the page shows it: each line with its bar and its words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from initiatives.models import Cluster, Initiative
from initiatives.money import total

from . import charts, words
from .annex import Annex, AnnexLine, LaterLine, LaterYear
from .models import AccountedYear, Voucher


@dataclass(frozen=True)
class Row:
    """One line of the first table, or its total, for which `line` is None; `recipient` as it stands beneath."""

    line: AnnexLine | None
    recipient: str
    spent: Decimal
    allocated: Decimal
    carried: Decimal
    variance: Decimal
    word: str
    bar: charts.Bar


@dataclass(frozen=True)
class LaterRow:
    """One line of a later year with its share of the year."""

    line: LaterLine
    bar: charts.Bar


@dataclass(frozen=True)
class LaterTable:
    """A later year's table."""

    year: LaterYear
    rows: tuple[LaterRow, ...]


@dataclass(frozen=True)
class AnnexPage:
    """What the page shows of an annex, apart from the annex's own sums."""

    annex: Annex
    rows: tuple[Row, ...]
    total: Row
    later: tuple[LaterTable, ...]
    without_funds: str

    @property
    def when(self) -> str:
        return words.when(self.annex.day)

    @property
    def lines_in_words(self) -> str:
        return words.lines_in_words(self.annex.lines, self.annex.closed)

    @property
    def accounts_in_words(self) -> str:
        return words.accounts_in_words(self.annex)

    @property
    def overspent(self) -> list[Decimal]:
        """By how much each overspent line exceeds its frame."""
        return [-line.variance for line in self.annex.lines if line.variance < 0]

    @property
    def overspend(self) -> Decimal:
        return total(self.overspent)

    @property
    def overspend_label(self) -> str:
        return words.overspend_label(len(self.overspent))

    @property
    def has_carried(self) -> bool:
        """True where the table needs a column for what was carried over."""
        return any(line.carried for line in self.annex.lines)


def annex_page(cluster: Cluster, annex: Annex) -> AnnexPage:
    """The page of an annex; one query, for the initiatives that have no funds."""
    reach = charts.room((line.spent, line.frame) for line in annex.lines)
    return AnnexPage(
        annex=annex,
        rows=tuple(_row(line, line, _recipient(line, annex), annex, reach) for line in annex.lines),
        total=_row(None, annex, "", annex, reach),
        later=tuple(_later(year) for year in annex.later_years),
        without_funds=_without_funds(cluster, annex),
    )


def last_accounted(cluster: Cluster, today: date) -> tuple[date, ...]:
    """The day on which the newest accounts were rendered, as the date bar's short cut; empty before the first."""
    known = AccountedYear.objects.filter(cluster=cluster).known_on(today).order_by("-accounted_on")
    return tuple(known.values_list("accounted_on", flat=True)[:1])


def first_posted(cluster: Cluster) -> date | None:
    """The day that the first posted voucher holds from; None where nothing has been posted."""
    posted = Voucher.objects.filter(cluster=cluster).posted().order_by("held_on")
    return posted.values_list("held_on", flat=True).first()


def _row(line: AnnexLine | None, of: AnnexLine | Annex, recipient: str, annex: Annex, reach: Decimal) -> Row:
    word = words.variance_word(of.variance, annex.closed)
    bar = charts.bar(of.spent, of.frame, reach)
    return Row(line, recipient, of.spent, of.allocated, of.carried, of.variance, word, bar)


def _recipient(line: AnnexLine, annex: Annex) -> str:
    """What stands beneath the initiative; a missing recipient is said where other lines of it name theirs."""
    if line.recipient:
        return line.recipient.name
    others = any(other.recipient for other in annex.lines if other.initiative == line.initiative)
    return words.no_recipient() if others else ""


def _later(year: LaterYear) -> LaterTable:
    return LaterTable(year, tuple(LaterRow(line, charts.share(line.allocated, year.total)) for line in year.lines))


def _without_funds(cluster: Cluster, annex: Annex) -> str:
    numbered = Initiative.objects.filter(cluster=cluster).exclude(number="").values_list("pk", "number")
    shown = {line.initiative.pk for line in annex.lines}
    first_year: dict[int, int] = {}
    for line in annex.later:
        first_year.setdefault(line.initiative.pk, line.budget_year)
    rest = [(pk, number) for pk, number in numbered if pk not in shown]
    return words.without_funds_in_words(
        [number for pk, number in rest if pk not in first_year],
        [(number, first_year[pk]) for pk, number in rest if pk in first_year],
    )
