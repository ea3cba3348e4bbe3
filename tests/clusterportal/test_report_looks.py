"""The pages of Midt's evaluation look as they did when somebody last looked at them all.

The document is fixed: the day of the figures and the day it was made. `make pages` renews the pictures, and those of
the README, after a change that is meant.
"""

import os
from itertools import pairwise

import pytest
from PIL import Image, ImageDraw

from clusterportal.reports.cover import INKS

from . import build_report as report
from . import looks

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def found(midt_pdf) -> list[Image.Image]:
    pictures = looks.pictures(midt_pdf)
    if os.environ.get("RENEW_PAGES"):
        looks.store(pictures)
        texts = report.pages_of(midt_pdf)
        for name, words in looks.SHOWN.items():
            number = next(number for number, text in enumerate(texts, 1) if words in text)
            shown = looks.in_colour(midt_pdf, number).quantize(64)
            shown.save(looks.DOCS / f"{name}.png", optimize=True)
    return pictures


def test_every_page_looks_as_it_did(found, tmp_path):
    stored = looks.stored()
    assert len(found) == len(stored), "another number of pages; look at them, then `make pages`"
    apart = {number: looks.changed(*pair) for number, pair in enumerate(zip(found, stored, strict=True), 1)}
    different = {number: parts for number, parts in apart.items() if parts > looks.SAME_PAGE}
    for number in different:
        found[number - 1].save(tmp_path / f"{number:02}.png")
    assert different == {}, f"parts in a thousand that changed, by page; the pages as they are now: {tmp_path}"


def test_no_page_is_half_empty(found):
    """A page before a chapter, and the last one, end where they end, but below the middle."""
    ends = {number: looks.ends(picture) for number, picture in enumerate(found, 1)}
    assert {number: share for number, share in ends.items() if share < 50} == {}


def test_the_stored_pictures_are_small():
    assert sum(path.stat().st_size for path in looks.PAGES.glob("*.png")) < 1_000_000


# The comparison itself.
@pytest.fixture
def sheet() -> Image.Image:
    """A page with forty lines of grey."""
    picture = Image.new("L", (331, 468), 255)
    draw = ImageDraw.Draw(picture)
    for line in range(40):
        draw.line((40, 40 + 9 * line, 290, 40 + 9 * line), fill=90, width=4)
    return picture


def test_a_page_is_like_itself(sheet):
    assert looks.changed(sheet, sheet.copy()) == 0


def test_letters_that_come_out_a_little_lighter_are_the_same_page(sheet):
    assert looks.changed(sheet, sheet.point(lambda grey: min(255, grey + 12))) == 0


def test_a_line_that_is_gone_is_another_page(sheet):
    other = sheet.copy()
    ImageDraw.Draw(other).rectangle((40, 120, 290, 125), fill=255)
    assert looks.changed(other, sheet) > looks.SAME_PAGE


def test_a_page_of_another_size_is_another_page(sheet):
    assert looks.changed(sheet, sheet.rotate(90, expand=True)) == 1000


def lightness(ink: str) -> float:
    """CIE L* of a colour: 0 is black, 100 is white."""
    parts = [int(ink[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * luminance ** (1 / 3) - 16


def test_the_themes_colours_differ_in_grey():
    steps = [lightness(ink) for ink in INKS.values()]
    assert all(after - before > 6 for before, after in pairwise(steps))
    assert steps[-1] < 50, "white letters on the lightest band"
