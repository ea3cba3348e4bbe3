"""The figure of annex 1's variances: what each line spent less or more than it had, to either side of one line.

Pure geometry in points; templates/reports/evaluation/_variance.svg draws it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from initiatives.danish import listed
from initiatives.money import kroner
from outcomes.display import in_sentence

from .drawing import millimetres, tenth
from .economy import SpendRow

MIDDLE, LONGEST = Decimal(262), Decimal(134)
# Bars to the left must end before the names begin to be crowded.
LONGEST_LEFT = Decimal(44)
TOP, ROW = Decimal(16), Decimal(16)
LETTERS = 46


@dataclass(frozen=True)
class Bar:
    """One line's variance; `width` from the middle, to the left where more was spent than allocated."""

    row: SpendRow
    y: Decimal
    width: Decimal

    @property
    def over(self) -> bool:
        return self.row.variance < 0

    @property
    def x(self) -> Decimal:
        return MIDDLE - self.width if self.over else MIDDLE

    @property
    def amount(self) -> Decimal:
        """The variance without its sign: the side and a word say which way it goes."""
        return abs(self.row.variance)

    @property
    def text(self) -> Decimal:
        return self.y + Decimal("8.5")

    @property
    def name(self) -> str:
        """Title and recipient, shortened where the row has no room for all of it."""
        name = f"{self.row.name}, {self.row.recipient}" if self.row.recipient else self.row.name
        return name if len(name) <= LETTERS else f"{name[: LETTERS - 1].rstrip(' ,(')}…"

    @property
    def amount_at(self) -> Decimal:
        """Where the amount begins: right of the bar, or of the middle where the bar goes left."""
        return MIDDLE + 6 if self.over else self.x + self.width + 6


@dataclass(frozen=True)
class VarianceBars:
    """The figure; `balanced` names the initiatives that spent what they had, which get no bar."""

    bars: tuple[Bar, ...]
    balanced: str
    words: str

    @property
    def height(self) -> Decimal:
        return TOP + ROW * len(self.bars)

    @property
    def millimetres(self) -> Decimal:
        return millimetres(self.height)


def variance_bars(rows: Sequence[SpendRow]) -> VarianceBars | None:
    """The lines with a variance, the largest underspend first; None for fewer than two of them."""
    off = sorted((row for row in rows if row.variance), key=lambda row: -row.variance)
    if len(off) < 2:
        return None
    scale = _scale(off)
    bars = tuple(Bar(row, TOP + ROW * place, tenth(abs(row.variance) * scale)) for place, row in enumerate(off))
    shown = {row.number or row.name for row in off}
    numbers = [name for name in dict.fromkeys(row.number or row.name for row in rows) if name not in shown]
    balanced = ""
    if numbers:
        words = ngettext(
            "Initiative %(numbers)s spent what was allocated.", "Initiatives %(numbers)s spent what was allocated.",
            len(numbers),
        )  # fmt: skip
        balanced = words % {"numbers": listed(numbers)}
    intro = _("Bars show how far each line was from what was allocated.")
    return VarianceBars(bars, balanced, " ".join([intro, *(_words(bar) for bar in bars), balanced]).rstrip())


def _scale(off: Sequence[SpendRow]) -> Decimal:
    """Points of a krone: the longest bar to either side just has room."""
    right, left = max(row.variance for row in off), -min(row.variance for row in off)
    limits = [room / amount for room, amount in ((LONGEST, right), (LONGEST_LEFT, left)) if amount > 0]
    return min(limits)


def _words(bar: Bar) -> str:
    row = bar.row
    name = f"{row.number} {row.name}, {row.recipient}" if row.recipient else f"{row.number} {row.name}"
    return _("%(name)s: %(amount)s kr. %(verdict)s.") % {
        "name": name.strip(), "amount": kroner(bar.amount), "verdict": in_sentence(row.verdict),
    }  # fmt: skip
