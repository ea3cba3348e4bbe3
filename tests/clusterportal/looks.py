"""How pages look: small grey pictures of them, and how far two pictures are apart.

A picture is compared block by block: what a block holds may move a little within it, as a newer font library moves
letters, but a block that is lighter or darker on the whole has changed.
"""

from pathlib import Path

import pymupdf
from PIL import Image, ImageChops

PAGES = Path(__file__).parent / "pages"
DOCS = Path(__file__).resolve().parents[2] / "docs"
DPI, GREYS = 40, 16
# A block is 5 mm wide; its mean grey may differ by this much of 255.
BLOCK, SAME_GREY = 8, 24
# So many of a thousand blocks may differ: a few letters, but not a line of text.
SAME_PAGE = 6
# The pages that the README shows, by a text that only they hold.
SHOWN = {"evaluation-in-brief": "Resultater værd at kende", "evaluation-theme": "Kapitel 5, tema"}
SHOWN_DPI = 58


def pictures(content: bytes) -> list[Image.Image]:
    """Each page of a PDF in few greys."""
    with pymupdf.open("pdf", content) as opened:
        return [_few_greys(_picture(page, DPI, pymupdf.csGRAY)) for page in opened]


def in_colour(content: bytes, number: int) -> Image.Image:
    """One page of a PDF as the README shows it; pages count from 1."""
    with pymupdf.open("pdf", content) as opened:
        return _picture(opened[number - 1], SHOWN_DPI, pymupdf.csRGB)


def changed(one: Image.Image, other: Image.Image) -> int:
    """How many of a thousand blocks have changed; all where the pages differ in size."""
    if one.size != other.size:
        return 1000
    means = [picture.convert("L").reduce(BLOCK) for picture in (one, other)]
    histogram = ImageChops.difference(*means).histogram()
    return round(1000 * sum(histogram[SAME_GREY + 1 :]) / sum(histogram))


def ends(page: Image.Image) -> int:
    """How far down the text area the last mark stands, in percent; running head and foot are not looked at."""
    width, height = page.size
    area = page.crop((width // 11, height // 10, width * 10 // 11, height * 37 // 40))
    box = area.point(lambda grey: 255 if grey < 200 else 0).getbbox()
    return round(100 * box[3] / area.height) if box else 0


def store(found: list[Image.Image]) -> None:
    """The pages as the ones to compare with."""
    PAGES.mkdir(exist_ok=True)
    for old in PAGES.glob("*.png"):
        old.unlink()
    for number, picture in enumerate(found, 1):
        picture.save(PAGES / f"{number:02}.png", optimize=True)


def stored() -> list[Image.Image]:
    """The pages to compare with."""
    return [Image.open(path) for path in sorted(PAGES.glob("*.png"))]


def _picture(of: pymupdf.Page, dpi: int, colours: pymupdf.Colorspace) -> Image.Image:
    pixels = of.get_pixmap(dpi=dpi, colorspace=colours)
    return Image.frombytes("L" if colours == pymupdf.csGRAY else "RGB", (pixels.width, pixels.height), pixels.samples)


def _few_greys(picture: Image.Image) -> Image.Image:
    step = 255 / (GREYS - 1)
    return picture.point([round(round(grey / step) * step) for grey in range(256)])
