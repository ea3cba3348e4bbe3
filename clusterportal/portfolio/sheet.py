"""The status overview as rows of a file: exactly what is shown, in its order, with numbers as numbers."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from initiatives.asof import DatePrecision
from initiatives.models import Colour, StatusReport
from initiatives.money import ORE

from .columns import BY_KEY, STANDARD, Column, colour_of
from .overview import Overview
from .rows import OverviewRow

_STANDARD = tuple(BY_KEY[key] for key in STANDARD)


@dataclass(frozen=True)
class Field:
    """A column of the file; one of the page becomes one of these or several."""

    heading: str
    value: Callable[[OverviewRow], object]


def name(shown: Overview) -> str:
    """The file's name without its ending; it says which day the figures are of."""
    return f"indsatser-{shown.day.isoformat()}"


def rows(shown: Overview, columns: Sequence[Column] = _STANDARD) -> Iterator[Sequence[object]]:
    """The headings, then a line for each initiative; money in kr., a cell is empty where nothing is known."""
    fields = [*_facts(), *_chosen(columns)]
    yield [*(field.heading for field in fields), _("As of")]
    for row in shown.rows:
        yield [*(field.value(row) for field in fields), shown.day]


def _facts() -> list[Field]:
    return [
        Field(_("No."), lambda row: row.initiative.number),
        Field(_("Initiative"), lambda row: row.initiative.title),
        Field(_("Theme"), lambda row: row.initiative.theme.name if row.initiative.theme else ""),
    ]


def _chosen(columns: Iterable[Column]) -> list[Field]:
    """Those of the columns, each heading once, and last whether what is said of the status is invented."""
    listed = list(columns)
    fields = [field for column in listed for field in _fields(column)]
    if any(column.reported for column in listed):
        fields.append(Field(_("Demonstration data"), _invented))
    return list({field.heading: field for field in fields}.values())


def _fields(column: Column) -> list[Field]:
    heading, value = str(column.label), column.value
    several = {"funds": _funds, "status": _status, "report": _report}
    if column.kind in several:
        return several[column.kind]()
    if column.kind == "actors":
        return [Field(heading, lambda row: ", ".join(value(row)))]
    if column.kind == "colour":
        return [Field(heading, lambda row: _in_words(value(row)))]
    return [Field(heading, value)]


def _funds() -> list[Field]:
    return [
        Field(_("Cluster funds, computed, DKK"), lambda row: row.funds),
        Field(_("Cluster funds, where printed differently, DKK"), _printed),
    ]


def _printed(row: OverviewRow) -> Decimal | None:
    # A printed figure is stored with the decimals of any measure; this one is money.
    return row.printed.quantize(ORE, ROUND_HALF_UP) if row.printed_funds else None


def _status() -> list[Field]:
    return [
        Field(_("Status"), lambda row: row.status.printed_text if row.status else _("No status yet")),
        Field(_("Phase"), lambda row: row.status.get_phase_display() if row.status else ""),
        Field(_("Colour"), lambda row: _in_words(colour_of(row, "overall"))),
        *_report(),
    ]


def _report() -> list[Field]:
    """The day only where the source prints it in full or in part, as the page does."""
    return [
        Field(_("Status from"), lambda row: _reported_on(row.status)),
        Field(_("Age of the status, days"), lambda row: row.age_days),
    ]


def _reported_on(status: StatusReport | None) -> date | None:
    return status.reported_on if status and status.precision != DatePrecision.UNPRINTED else None


def _in_words(colour: str | None) -> str:
    return str(Colour(colour).label) if colour else ""


def _invented(row: OverviewRow) -> str:
    return _("Yes") if row.status and row.status.demonstration else ""
