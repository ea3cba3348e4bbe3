"""The status overview as rows of a file: exactly what is shown, in its order, with numbers as numbers."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP

from django.utils.translation import gettext as _

from initiatives.asof import DatePrecision
from initiatives.models import Colour, StatusReport
from initiatives.models.status import ENDED_PHASES
from initiatives.money import ORE

from .overview import Overview, OverviewRow


def name(shown: Overview) -> str:
    """The file's name without its ending; it says which day the figures are of."""
    return f"indsatser-{shown.day.isoformat()}"


def rows(shown: Overview) -> Iterator[Sequence[object]]:
    """The headings, then a line for each initiative; money in kr., a cell is empty where nothing is known."""
    yield _headings()
    for row in shown.rows:
        yield [*_facts(row), *_status(row), shown.day]


def _headings() -> list[str]:
    return [
        _("No."),
        _("Initiative"),
        _("Theme"),
        _("Party"),
        _("Cluster funds, computed, DKK"),
        _("Cluster funds, where printed differently, DKK"),
        _("Status"),
        _("Phase"),
        _("Colour"),
        _("Status from"),
        _("Age of the status, days"),
        _("Demonstration data"),
        _("As of"),
    ]


def _facts(row: OverviewRow) -> list[object]:
    initiative = row.initiative
    # A printed figure is stored with the decimals of any measure; this one is money.
    printed = row.printed.quantize(ORE, ROUND_HALF_UP) if row.printed_funds else None
    theme = initiative.theme.name if initiative.theme else ""
    actors = ", ".join(row.actors)
    return [initiative.number, initiative.title, theme, actors, row.funds, printed]


def _status(row: OverviewRow) -> list[object]:
    """Six cells; the day only where the source prints it in full or in part, as the page does."""
    status = row.status
    if status is None:
        return [_("No status yet"), "", "", None, None, ""]
    dated = status.precision != DatePrecision.UNPRINTED
    invented = _("Yes") if status.demonstration else ""
    day = status.reported_on if dated else None
    return [status.printed_text, status.get_phase_display(), _colour(status), day, row.age_days, invented]


def _colour(status: StatusReport) -> str:
    """As the page shows it: an ended one that nobody assessed has none."""
    return "" if status.overall == Colour.NONE and status.phase in ENDED_PHASES else status.get_overall_display()
