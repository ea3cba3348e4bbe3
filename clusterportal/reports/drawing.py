"""What the report's figures share: lengths with one decimal, and texts broken into lines, since SVG does neither."""

from decimal import ROUND_HALF_UP, Decimal
from textwrap import wrap

TENTH = Decimal("0.1")
# A figure over the whole page is 482 points wide, 170 mm in print; one in the text column 345.8, 122 mm.
MM_OF_POINT = Decimal(170) / 482


def tenth(length: Decimal) -> Decimal:
    """A length in points with one decimal, half up."""
    return length.quantize(TENTH, ROUND_HALF_UP)


def millimetres(points: Decimal) -> Decimal:
    """The printed size of so many points."""
    return tenth(points * MM_OF_POINT)


def lines(text: str, letters: int) -> tuple[str, ...]:
    """The text in lines of at most so many letters, broken between words; a longer word is cut."""
    return tuple(wrap(text, letters)) or ("",)
