"""Where a published document and the ledger disagree about the cluster's money. Nothing is mended in silence."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from initiatives.danish import parse_money
from initiatives.models import Cluster, PublishedFigure

from .figures import KINDS, computed, describe

MILLIONS = "mio."


@dataclass(frozen=True)
class Difference:
    """What was printed and is not the computed figure; `above` is how many kroner more, None for a wrong unit."""

    subject: str
    printed: str
    computed: Decimal
    above: Decimal | None
    places: tuple[str, ...]

    @property
    def about(self) -> str:
        """The subject in words."""
        return describe(self.subject)

    @property
    def size(self) -> Decimal | None:
        """How far the print is from the computed figure, without sign."""
        return None if self.above is None else abs(self.above)


def differences(cluster: Cluster, day: date) -> tuple[Difference, ...]:
    """All figures of the ledger printed by `day` that differ, each against what was known on its own day.

    What is printed alike in several places is told once. Figures that the ledger has no answer to are left out.
    One query, and four for each day that figures are of.
    """
    known: dict[date, dict[str, Decimal]] = {}
    found: dict[tuple[str, str], Difference] = {}
    for figure in PublishedFigure.objects.about(cluster.slug, KINDS).printed_by(day):
        if figure.day not in known:
            known[figure.day] = computed(cluster, figure.day)
        key = (figure.subject, figure.printed)
        if key in found:
            found[key] = replace(found[key], places=(*found[key].places, figure.place))
        elif figure.subject in known[figure.day] and (difference := compare(figure, known[figure.day][figure.subject])):
            found[key] = difference
    return tuple(found.values())


def compare(figure: PublishedFigure, in_ledger: Decimal) -> Difference | None:
    """None where print and ledger agree, or where the print has no value to compare."""
    if printed_in_millions(figure.printed) == in_ledger:
        above = None
    elif figure.value is None or figure.agrees_with(in_ledger):
        return None
    else:
        above = figure.value - in_ledger
    return Difference(figure.subject, figure.printed, in_ledger, above, (figure.place,))


def printed_in_millions(printed: str) -> Decimal | None:
    """The numeral of a text such as `5.255.088 mio. kr.`; None where the text is not in millions."""
    numeral, millions, _rest = printed.partition(MILLIONS)
    try:
        return parse_money(numeral) if millions else None
    except ValueError:
        return None
