"""Where a page begins, as far as the boxes of the layout tell."""

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, fromstring

import pytest

from clusterportal.reports.place import place_at


@dataclass
class Box:
    """As much of a box as is looked at."""

    element: Element | None = None
    children: list["Box"] = field(default_factory=list)


def box(html: str, *children: Box) -> Box:
    return Box(fromstring(html), list(children))


CHAPTER = box(
    '<section data-title="4 · Træning"/>',
    box(
        '<div data-place="Indsats 5"/>',
        box("<h4>Formål</h4>"),
        box("<p/>", Box()),
        box("<h4>Videre <b>forløb</b></h4>"),
    ),
    box('<div data-place="Indsats 6"/>'),
)
ROOT = box("<html/>", box("<body/>", box('<section data-title="Forord"/>'), CHAPTER))


@pytest.mark.parametrize(
    ("way", "place"),
    [
        (None, ""),
        ({0: None}, ""),
        ({0: {0: None}}, "Forord"),
        ({0: {1: None}}, "4 · Træning"),
        ({0: {1: {0: {1: {0: None}}}}}, "4 · Træning, Indsats 5, Formål"),
        ({0: {1: {0: {2: None}}}}, "4 · Træning, Indsats 5, Videre forløb"),
        ({0: {1: {1: None}}}, "4 · Træning, Indsats 6"),
        ({0: {1: {9: None}}}, "4 · Træning, Indsats 6"),
    ],
)
def test_a_place_is_named_by_chapter_initiative_and_section(way, place):
    assert place_at(ROOT, way) == place
