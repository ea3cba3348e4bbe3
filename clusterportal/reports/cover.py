"""The cover's figure: a half circle for each initiative, whose area shows its cluster funds; a ring means 0 kr.

Pure geometry in points, exact decimals; templates/reports/evaluation/_cover.svg draws it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

WIDTH, HEIGHT = Decimal("595.3"), Decimal(386)
LEFT, RIGHT = Decimal("62.4"), Decimal("544.3")
GAP = Decimal(5)
RING = Decimal("7.4")
LARGEST = Decimal(96)
# Below each base line stands the theme's name; above the next one there is air.
UNDER_LINE = Decimal(38)
# A half circle with a smaller radius has its number above it, and takes the room of the number.
ROOM_FOR_NUMBER, NUMBER_HALF_WIDTH = Decimal(13), Decimal(8)
TENTH = Decimal("0.1")
# The themes' colours, as in report.css: a style sheet of the document does not reach an inline SVG.
INKS = {1: "#50184a", 2: "#004c54", 3: "#933f12", 4: "#436f9a"}


@dataclass(frozen=True)
class Disc:
    """One initiative on the base line `y`, its middle at `x`; `radius` is None for a ring."""

    number: str
    x: Decimal
    y: Decimal
    radius: Decimal | None

    @property
    def left(self) -> Decimal:
        return self.x - (self.radius or RING)

    @property
    def middle(self) -> Decimal:
        """Height of a ring's middle."""
        return self.y - 8

    @property
    def is_small(self) -> bool:
        """True where the number does not fit into the half circle."""
        return self.radius is not None and self.radius < ROOM_FOR_NUMBER

    @property
    def size(self) -> int:
        """Size of the number in points."""
        if self.radius is None or self.is_small:
            return 7 if len(self.number) < 3 else 6
        return 11 if self.radius >= 2 * RING + 3 else 8

    @property
    def baseline(self) -> Decimal:
        """Height of the number: inside a half circle or ring, above a half circle that is too small."""
        if self.radius is None:
            return self.y - Decimal("5.4")
        return self.y - (self.radius + 3 if self.is_small else (6 if self.size > 8 else 4))


@dataclass(frozen=True)
class Line:
    """One theme: its base line's `y`, name, ink, and what stands on the line."""

    name: str
    ink: str
    y: Decimal
    discs: tuple[Disc, ...]

    @property
    def rule(self) -> Decimal:
        return self.y + Decimal("0.6")

    @property
    def text(self) -> Decimal:
        return self.y + 13


Theme = tuple[str, int, Sequence[tuple[str, Decimal]]]


def lay_out(themes: Sequence[Theme]) -> tuple[Line, ...]:
    """Themes as (name, colour, [(number, kr.)]) from above. Empty where they cannot fit the page."""
    scale = _scale(themes)
    lines, y = [], Decimal(8)
    for name, colour, initiatives in themes:
        radii = [_radius(funds, scale) for _, funds in initiatives]
        y += max((radius or RING * 2 for radius in radii), default=RING)
        numbers = [number for number, _ in initiatives]
        lines.append(Line(name, INKS[colour], _tenth(y), tuple(_place(numbers, radii, _tenth(y)))))
        y += UNDER_LINE
    return tuple(lines) if all(_fits(line) for line in lines) else ()


def _fits(line: Line) -> bool:
    rightmost = max((disc.x + (disc.radius or RING) for disc in line.discs), default=LEFT)
    return rightmost <= WIDTH - GAP and line.y + UNDER_LINE / 2 <= HEIGHT


def _scale(themes: Sequence[Theme]) -> Decimal:
    """Points of radius for each square root of a krone: the largest at which everything has room."""
    roots = [[max(funds, Decimal(0)).sqrt() for _, funds in initiatives] for _, _, initiatives in themes]
    largest = max((root for line in roots for root in line), default=Decimal(0))
    if not largest:
        return Decimal(0)
    heights = sum((max(line, default=Decimal(0)) for line in roots), Decimal(0))
    limits = [LARGEST / largest, (HEIGHT - 8 - UNDER_LINE * len(themes)) / heights]
    for line in roots:
        room = RIGHT - LEFT - sum((_fixed_width(root) for root in line), Decimal(0))
        if sum(line):
            limits.append(room / (2 * sum(line)))
    return max(min(limits), Decimal("0.001"))


def _fixed_width(root: Decimal) -> Decimal:
    return GAP if root else GAP + 2 * RING


def _radius(funds: Decimal, scale: Decimal) -> Decimal | None:
    return _tenth(funds.sqrt() * scale) if funds > 0 else None


def _place(numbers: Sequence[str], radii: Sequence[Decimal | None], y: Decimal) -> list[Disc]:
    discs, left = [], LEFT
    for number, radius in zip(numbers, radii, strict=True):
        half = RING if radius is None else max(radius, NUMBER_HALF_WIDTH)
        discs.append(Disc(number, _tenth(left + half), y, radius))
        left += 2 * half + GAP
    return discs


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(TENTH, ROUND_HALF_UP)
