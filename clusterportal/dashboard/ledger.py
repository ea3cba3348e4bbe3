"""What the ledger says on a day, read once for all parts of the page."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from finance.lines import LineYear


@dataclass(frozen=True)
class Ledger:
    """The lines of the cluster's ledger by budget year, and the years accounted by the day."""

    rows: Sequence[LineYear]
    accounted: Set[int]
