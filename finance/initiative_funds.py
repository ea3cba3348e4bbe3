"""The cluster funds of one initiative: who spent what in the accounted years, what is allocated since, the vouchers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from initiatives.danish import collation_key
from initiatives.models import Actor, Initiative, User
from meetings.models import Decision

from . import charts, words
from .annex_page import Row
from .lines import LineYear, Sums, accounted_years, line_years, summed
from .models import Entry
from .steps import Step, steps
from .totals import ClusterFunds, funds_of


@dataclass(frozen=True)
class OpenYear:
    """A year without accounts; `carried` says in words what earlier years handed on to it, empty for nothing."""

    budget_year: int
    rows: tuple[Row, ...]
    total: Row
    carried: str


@dataclass(frozen=True)
class VoucherLine:
    """What one voucher moved for the initiative; `decision` is None where none is known or it may not be seen."""

    entry: Entry
    decision: Decision | None


@dataclass(frozen=True)
class InitiativeFunds:
    """Money of an initiative on a day, in kr.; `closed` sums the accounted years, None before the first.

    `rows` are the recipients of the accounted years, `through` is the last of these years.
    """

    funds: ClusterFunds
    through: int | None
    rows: tuple[Row, ...]
    closed: Row | None
    open_years: tuple[OpenYear, ...]
    vouchers: tuple[VoucherLine, ...]

    @property
    def has_carried(self) -> bool:
        """True where the table of the accounted years needs a column for what was carried over."""
        return any(row.carried for row in self.rows)

    @property
    def sentence(self) -> str:
        """How the accounted years ended, and what has been allocated since."""
        return words.funds_in_words(self.closed.variance if self.closed else None, self.through, self.funds)

    @property
    def steps(self) -> tuple[Step, ...]:
        """From what was allocated to the cluster funds, with bars on one scale."""
        sums = [(year.budget_year, year.total.allocated) for year in self.open_years]
        closed = Sums(self.closed.spent, self.closed.allocated, self.closed.carried) if self.closed else None
        return steps(closed, [(year, amount) for year, amount in sums if amount])


def initiative_funds(initiative: Initiative, user: User, day: date) -> InitiativeFunds:
    """What the ledger says of an initiative on `day`, with the decisions `user` may see; at most five queries."""
    lines = line_years(initiative.cluster, day, initiative)
    accounted = accounted_years(initiative.cluster, day)
    names = Actor.objects.in_bulk({line.recipient_id for line in lines if line.recipient_id})
    closed = [line for line in lines if line.budget_year in accounted]
    rest = [line for line in lines if line.budget_year not in accounted]
    return InitiativeFunds(
        funds=funds_of(lines, accounted).get(initiative.pk, ClusterFunds()),
        through=max((line.budget_year for line in closed), default=None),
        rows=_rows(closed, names, True),
        closed=_total(closed, True) if closed else None,
        open_years=tuple(_open_years(rest, names)),
        vouchers=_vouchers(initiative, user, day),
    )


def _rows(lines: Iterable[LineYear], names: dict[int, Actor], closed: bool) -> tuple[Row, ...]:
    """One row for each recipient, as Danes sort their names, what names none last."""
    sums = summed(lines, lambda line: line.recipient_id)
    named = {names[pk].name if pk else "": of_recipient for pk, of_recipient in sums.items()}
    reach = charts.room((each.spent, each.frame) for each in named.values())
    ordered = sorted(named.items(), key=lambda pair: (not pair[0], collation_key(pair[0])))
    return tuple(_row(name or words.no_recipient(), of_name, closed, reach) for name, of_name in ordered)


def _row(recipient: str, sums: Sums, closed: bool, reach: Decimal) -> Row:
    word = words.variance_word(sums.variance, closed)
    bar = charts.bar(sums.spent, sums.frame, reach)
    return Row(None, recipient, sums.spent, sums.allocated, sums.carried, sums.variance, word, bar)


def _total(lines: Iterable[LineYear], closed: bool) -> Row:
    sums = sum((line.sums for line in lines), Sums())
    return _row("", sums, closed, charts.room([(sums.spent, sums.frame)]))


def _open_years(lines: list[LineYear], names: dict[int, Actor]) -> Iterable[OpenYear]:
    """What earlier years handed on closes them, and is no part of what the year itself can spend."""
    for year in sorted({line.budget_year for line in lines}):
        of_year = [line for line in lines if line.budget_year == year]
        carried = sum((line.sums for line in of_year), Sums()).carried
        own = [line.without_carried() for line in of_year if line.sums.allocated or line.sums.spent]
        if own or carried:
            yield OpenYear(year, _rows(own, names, False), _total(own, False), words.carried_in_words(year, carried))


def _vouchers(initiative: Initiative, user: User, day: date) -> tuple[VoucherLine, ...]:
    entries = list(Entry.objects.filter(initiative=initiative).counted_on(day).behind_lines())
    wanted = {entry.voucher.decision_id for entry in entries if entry.voucher.decision_id}
    decisions = Decision.objects.visible_to(user).filter(pk__in=wanted).with_meeting().in_bulk() if wanted else {}
    return tuple(VoucherLine(entry, decisions.get(entry.voucher.decision_id)) for entry in entries)
