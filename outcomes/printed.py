"""What documents printed beside the figures that the portal computes.

A figure agrees with print when it rounds to what is printed, at the printed number of decimals. A fall printed
without its minus is told apart from a figure that differs.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from initiatives.danish import format_number, listed
from initiatives.models import Cluster, PublishedFigure

KINDS = ("difference", "effect", "proportion", "count-sum", "flow-sum")


@dataclass(frozen=True)
class Figure:
    """A figure as it is shown; `printed` in words where a document has another, `unsigned` where it lacks the minus.

    `values` are all that documents printed of it, whether it is the same or not, the earliest document first.
    """

    text: str
    printed: str = ""
    unsigned: bool = False
    # Not shown, so two figures that look the same are the same.
    values: tuple[Decimal, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Print:
    """What had been printed about a cluster on a day, by subject."""

    cluster: str = ""
    figures: Mapping[str, tuple[PublishedFigure, ...]] = field(default_factory=dict)

    def beside(self, text: str, value: Decimal, kind: str, *parts: str) -> Figure:
        """The figure `text`, whose unrounded value is `value`, with what was printed of `kind:cluster/parts`."""
        known = self.figures.get(f"{kind}:{'/'.join((self.cluster, *parts))}", ())
        others = [figure for figure in known if not figure.agrees_with(value)]
        differing = dict.fromkeys(
            _as_printed(figure) for figure in others if value > 0 or not figure.agrees_with(-value)
        )
        words = _("printed %(figures)s") % {"figures": listed(differing)} if differing else ""
        values = tuple(figure.value for figure in known if figure.value is not None)
        return Figure(text, words, unsigned=bool(others) and not differing, values=values)


def printed_by(cluster: Cluster, day: date) -> Print:
    """What documents with a status date of `day` or earlier printed; one query."""
    figures = PublishedFigure.objects.about(cluster.slug, KINDS).printed_by(day).filter(value__isnull=False)
    return Print(cluster.slug, _by_subject(figures.order_by("document__status_date", "pk")))


def _by_subject(figures: Iterable[PublishedFigure]) -> dict[str, tuple[PublishedFigure, ...]]:
    found: dict[str, list[PublishedFigure]] = defaultdict(list)
    for figure in figures:
        found[figure.subject].append(figure)
    return {subject: tuple(of_subject) for subject, of_subject in found.items()}


def _as_printed(figure: PublishedFigure) -> str:
    number = format_number(figure.value or Decimal(0), figure.decimals)
    return f"{number} %" if figure.unit == PublishedFigure.Unit.PERCENT else number
