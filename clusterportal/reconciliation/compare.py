"""Every figure that a document printed about a cluster, beside the one that the portal computes from its facts.

A figure is computed as of its document's status date, and compared at the number of decimals that was printed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import ModuleType

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from finance import figures as money
from finance import party_figures as parties
from initiatives.models import Cluster, PublishedFigure
from initiatives.numbering import natural_key
from outcomes import figures as results
from outcomes.agreement import Agreement, Range
from outcomes.agreement import compare as agreement
from outcomes.models import Measure

MILLION = Decimal(1_000_000)


class Verdict(TextChoices):
    """What a comparison came to."""

    AGREES = "agrees", gettext_lazy("Agrees")
    ROUNDED = "rounded", gettext_lazy("Agrees after rounding")
    UNSIGNED = "unsigned", gettext_lazy("Printed without its sign")
    DIFFERS = "differs", gettext_lazy("Differs")
    UNKNOWN = "unknown", gettext_lazy("Cannot be computed")


@dataclass(frozen=True)
class Comparison:
    """A printed figure and the computed one, None where the facts give none, in the figure's unit.

    `possible` is what means that round to the printed ones give; None where the computed figure needs no rounding.
    """

    figure: PublishedFigure
    exact: Decimal | None
    what: str
    possible: Range | None = None

    @property
    def decimals(self) -> int:
        """How many decimals were printed."""
        return self.figure.decimals

    @property
    def computed(self) -> Decimal | None:
        """The computed figure, rounded half up to the decimals that were printed."""
        return None if self.exact is None else self.figure.rounded(self.exact)

    @property
    def difference(self) -> Decimal | None:
        """How much more was printed than computed; None where one of the two is missing.

        Sizes are compared where the sign was not printed: the note tells of the sign.
        """
        if self.computed is None or self.figure.value is None:
            return None
        computed = abs(self.computed) if self.verdict == Verdict.UNSIGNED else self.computed
        return (self.figure.value - computed).quantize(Decimal(1).scaleb(-self.decimals))

    @property
    def verdict(self) -> Verdict:
        """Agreement at the printed decimals; a fall printed as a positive number is told apart."""
        if self.computed is None or self.figure.value is None:
            return Verdict.UNKNOWN
        found = agreement(self.figure.value, self.decimals, self.computed, self.possible)
        if found.agreement == Agreement.DIFFERENT:
            return Verdict.DIFFERS
        if found.unsigned:
            return Verdict.UNSIGNED
        return Verdict.AGREES if found.agreement == Agreement.EQUAL else Verdict.ROUNDED

    @property
    def note(self) -> str:
        """The verdict in words, with what is known about why the two differ."""
        if self.verdict == Verdict.DIFFERS:
            return self._reason() or _("Differs")
        notes = {
            Verdict.AGREES: _("Agrees"),
            Verdict.ROUNDED: _("Agrees when the printed means are taken as rounded."),
            Verdict.UNSIGNED: _("The fall is printed without a minus."),
            Verdict.UNKNOWN: _("The portal has no facts to compute it from."),
        }
        return notes[self.verdict]

    def _reason(self) -> str:
        if self.figure.value == (self.exact or 0) * MILLION:
            return _("Printed in millions; the amount is in kroner.")
        return ""

    @property
    def words(self) -> str:
        """What a search looks in, in small letters."""
        return f"{self.figure.place} {self.what} {self.figure.printed} {self.note}".casefold()

    @property
    def place_order(self) -> str:
        """Sorting key of the place: Tabel 3a before Tabel 10."""
        return natural_key(self.figure.place)


def reconcile(cluster: Cluster) -> list[Comparison]:
    """Every published figure of the cluster, in the order of the documents; eight queries for one document."""
    return compare(published(cluster), cluster)


def published(cluster: Cluster) -> QuerySet[PublishedFigure]:
    """What documents printed about the cluster, with the documents."""
    return PublishedFigure.objects.about(cluster.slug, (*money.KINDS, *parties.KINDS, *results.KINDS))


def compare(figures: Iterable[PublishedFigure], cluster: Cluster) -> list[Comparison]:
    """The figures beside what the cluster's facts give; the facts are read once for each day that figures are of."""
    known: dict[tuple[ModuleType, date], results.Computed] = {}
    measures = dict(Measure.objects.values_list("slug", "name"))
    compared = []
    for figure in figures:
        source, day = facts = _source(figure.subject), figure.day
        if facts not in known:
            known[facts] = _computed(source, cluster, day)
        exact, possible = known[facts].values.get(figure.subject), known[facts].possible.get(figure.subject)
        compared.append(Comparison(figure, exact, describe(figure.subject, measures), possible))
    return compared


def _computed(source: ModuleType, cluster: Cluster, day: date) -> results.Computed:
    """Figures of the ledger are exact, so there is nothing else that they may have been."""
    found = source.computed(cluster, day)
    return found if source is results else results.Computed(found, {})


def describe(subject: str, measures: Mapping[str, str]) -> str:
    """What a figure is about, in words; `measures` are names by slug."""
    source = _source(subject)
    return results.describe(subject, measures) if source is results else str(source.describe(subject))


def is_money(subject: str) -> bool:
    """True for figures of the ledger and of joint financing, false for results."""
    return _source(subject) is not results


def _source(subject: str) -> ModuleType:
    """The module that computes a subject's kind."""
    kind = subject.partition(":")[0]
    return next((source for source in (money, parties) if kind in source.KINDS), results)
