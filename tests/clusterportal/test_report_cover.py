"""The cover's figure: area follows money, everything has room, and it is told in words too."""

from decimal import Decimal
from itertools import pairwise

import pytest
from django.utils import translation

from clusterportal.portfolio.overview import overview
from clusterportal.reports.cover import HEIGHT, LARGEST, LEFT, RING, UNDER_LINE, WIDTH, lay_out
from clusterportal.reports.html import cover_lines, cover_text, printed_note

from . import build_report as report
from .build_published import printed


def theme(*funds: int, name: str = "Tema", colour: int = 1):
    return name, colour, [(str(number), Decimal(amount)) for number, amount in enumerate(funds, 1)]


def radii(*themes):
    return [disc.radius for line in lay_out(themes) for disc in line.discs]


def test_the_area_follows_the_money():
    small, large = radii(theme(100_000, 400_000))
    assert abs(large - 2 * small) <= Decimal("0.1")


def test_the_largest_half_circle_has_a_fixed_limit():
    assert radii(theme(2_000_000)) == [LARGEST]


def test_no_money_is_a_ring():
    assert radii(theme(0, 100)) == [None, LARGEST]


def test_without_any_money_there_are_only_rings():
    line = lay_out([theme(0, 0)])[0]
    assert [disc.radius for disc in line.discs] == [None, None]
    assert line.discs[0].x == LEFT + RING


def test_marks_on_a_line_do_not_touch():
    discs = lay_out([theme(500_000, 0, 1_000, 2_000_000, 0)])[0].discs
    for one, other in pairwise(discs):
        assert one.x + (one.radius or RING) < other.x - (other.radius or RING)


def test_lines_stand_below_each_other_with_room_for_the_largest():
    first, second = lay_out([theme(1_000_000), theme(250_000)])
    largest = max(disc.radius for disc in second.discs)
    assert second.y - first.y == largest + UNDER_LINE


@pytest.mark.parametrize("themes", [1, 2, 4, 6])
@pytest.mark.parametrize("each", [1, 5, 9])
def test_every_figure_keeps_to_the_page(themes, each):
    lines = lay_out([theme(*[1_500_000] * each)] * themes)
    assert len(lines) == themes
    assert all(line.y + 13 <= HEIGHT for line in lines)
    assert all(disc.x + disc.radius <= WIDTH for line in lines for disc in line.discs)


def test_what_cannot_fit_the_page_is_not_drawn():
    assert lay_out([theme(*[0] * 40)]) == ()
    assert lay_out([theme(100)] * 12) == ()


def test_a_small_half_circle_has_its_number_above():
    small, large = lay_out([theme(1_000, 2_000_000)])[0].discs
    assert (small.is_small, small.baseline < small.y - small.radius) == (True, True)
    assert (large.is_small, large.y - large.radius < large.baseline < large.y) == (False, True)


def test_a_long_number_in_a_ring_is_set_smaller():
    discs = lay_out([("Tema", 1, [("1", Decimal(0)), ("10A", Decimal(0))])])[0].discs
    assert [disc.size for disc in discs] == [7, 6]


@pytest.fixture
def shown(db: None):
    plan = report.plan()
    return lambda: overview(plan, report.DAY)


def test_the_figure_has_a_line_for_each_theme(shown):
    assert [(line.name, len(line.discs)) for line in cover_lines(shown())] == [
        ("Træning før operation", 2),
        ("Lighed i sundhed", 1),
    ]


def test_the_figure_is_told_in_words(shown):
    with translation.override("en"):
        assert cover_text(shown()) == (
            "The cover's figure: 3 initiatives on two lines, one for each theme. "
            "The largest are initiative 5 with 1.160 kr. and initiative 7 with 400 kr. One initiative has 0 kr."
        )


def test_a_figure_without_print_beside_it_has_no_note(shown):
    assert printed_note(shown()) == ""


def test_what_was_printed_differently_is_named_with_both_amounts(shown):
    printed("cluster-funds:proeve/7", "900 kr.", "900")
    with translation.override("en"):
        assert printed_note(shown()) == (
            "Initiative 7 is computed as 400 kr., but “Prøvedokument evaluering” prints 900 kr."
        )
