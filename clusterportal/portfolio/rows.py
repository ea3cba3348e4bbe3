"""A row of the status overview, and how rows are read: one query, whatever their number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from finance.lines import Sums
from initiatives.asof import DatePrecision
from initiatives.models import Initiative, InitiativeActor, PublishedFigure, StatusReport
from initiatives.money import ZERO, from_ore

from .following import with_followed
from .json_list import JSONList
from .scope import Scope


@dataclass(frozen=True)
class OverviewRow:
    """One initiative; `printed_funds` only where a document printed another amount, in kr.

    `status` is None where nothing was reported by the day; `age_days` also where its date is not printed.
    `actors` are the printed lines, `owners` the responsible person and the lines of owners. `sums` are the budget
    years up to the day's, carry-overs included. `followed` is the reader's.
    """

    initiative: Initiative
    actors: tuple[str, ...]
    funds: Decimal
    printed_funds: PublishedFigure | None
    status: StatusReport | None
    age_days: int | None
    owners: tuple[str, ...] = ()
    sums: Sums = field(default_factory=Sums)
    followed: bool = False

    @property
    def printed(self) -> Decimal:
        """The amount of the document, the computed one where the two agree or nothing is printed."""
        if self.printed_funds is None or self.printed_funds.value is None:
            return self.funds
        return self.printed_funds.value


def read_rows(
    scope: Scope,
    initiatives: QuerySet[Initiative],
    order: Sequence[Any],
    printed: Mapping[str, Iterable[PublishedFigure]],
) -> list[OverviewRow]:
    """The rows of `initiatives`, sorted by `order`; `printed` are the figures by subject. One query."""
    lines = InitiativeActor.objects.filter(initiative=OuterRef("pk")).order_by("position", "pk")
    found = with_followed(scope.with_current(initiatives), scope.reader).annotate(
        lines=JSONList(lines, label="label", role="role"),
        money=Subquery(scope.own_entries.annotate(sums=JSONObject(**scope.sums)).values("sums")),
    )
    # Not the plan: its long texts would come once for each row.
    found = found.select_related("cluster", "theme", "responsible", "current").order_by(*order)  # type: ignore[misc]
    return [_row(scope, each, printed.get(scope.subject + each.address, ())) for each in found]


def _row(scope: Scope, initiative: Initiative, figures: Iterable[PublishedFigure]) -> OverviewRow:
    read = vars(initiative)
    money = {name: from_ore(int(ore)) for name, ore in (read["money"] or {}).items()}
    funds = money.pop("funds", ZERO)
    # The attribute is missing, not None, where nothing was reported.
    status: StatusReport | None = getattr(initiative, "current", None)
    return OverviewRow(
        initiative=initiative,
        actors=tuple(line["label"] for line in read["lines"]),
        funds=funds,
        printed_funds=printed_differently(figures, funds),
        status=status,
        age_days=age_in_days(status, scope.day),
        owners=_owners(initiative, read["lines"]),
        sums=Sums(**money),
        followed=read["followed"],
    )


def _owners(initiative: Initiative, lines: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """The responsible person first, then the printed lines of owners, each once."""
    responsible = [str(initiative.responsible)] if initiative.responsible else []
    owning = [line["label"] for line in lines if line["role"] == InitiativeActor.Role.OWNER]
    return tuple(dict.fromkeys(responsible + owning))


def printed_differently(figures: Iterable[PublishedFigure], amount: Decimal) -> PublishedFigure | None:
    """The newest of the figures, where it is not `amount`; None where they agree or there is none."""
    known = [figure for figure in figures if figure.value is not None]
    newest = max(known, key=lambda figure: (figure.day, figure.pk), default=None)
    return newest if newest and newest.value != amount else None


def age_in_days(status: StatusReport | None, day: date) -> int | None:
    """Days from the report to `day`; None without a report or where its date is not printed."""
    if status is None or status.precision == DatePrecision.UNPRINTED:
        return None
    return (day - status.reported_on).days
