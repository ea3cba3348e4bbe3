"""The board of the dashboard: which tile stands where, and with which mark."""

from datetime import date

import pytest

from clusterportal.dashboard.board import MOST_TILES, Board, Standing, board, standings
from clusterportal.dashboard.history import Report, history
from initiatives.models import Colour, Phase, Theme
from tests import build

from . import build_dashboard

DAY = date(2025, 6, 1)


def standing(number: str, phase: str | None, colour: str = "green", theme: Theme | None = None) -> Standing:
    """An initiative that is nowhere stored; phase None is one that nobody has reported on."""
    return Standing(build_dashboard.listed(number, theme), report(phase, colour) if phase else None)


def report(phase: str, colour: str, demonstration: bool = False) -> Report:
    return Report(1, 1, DAY, "day", phase, colour, demonstration)


def cells(of: Board) -> list[list[list[str]]]:
    return [[[tile.name for tile in cell.tiles] for cell in row.cells] for row in of.rows]


def test_columns_are_the_phases_in_use_in_the_order_of_life():
    made = board([standing("1", Phase.CLOSED), standing("2", Phase.PROPOSED), standing("3", Phase.RUNNING)])
    assert [(column.phase, column.count) for column in made.columns] == [
        (Phase.PROPOSED, 1), (Phase.RUNNING, 1), (Phase.CLOSED, 1),
    ]  # fmt: skip


def test_what_nobody_has_reported_on_stands_first():
    made = board([standing("1", Phase.RUNNING), standing("2", None)])
    assert [str(column.name) for column in made.columns] == ["Ingen status", "Igangværende"]
    assert cells(made) == [[["2"], ["1"]]]


def test_every_phase_has_a_place_on_the_board():
    made = board([standing(phase, phase) for phase in Phase.values])
    assert {column.phase for column in made.columns} == set(Phase.values)


def test_a_row_holds_the_theme_s_tiles_by_phase():
    first, second = Theme(pk=1, name="Første", colour=1), Theme(pk=2, name="Andet", colour=2)
    made = board(
        [
            standing("1", Phase.RUNNING, theme=first),
            standing("2", Phase.CLOSED, theme=first),
            standing("3", Phase.RUNNING, theme=second),
        ]
    )
    assert [row.theme for row in made.rows] == [first, second] == list(made.themes)
    assert cells(made) == [[["1"], ["2"]], [["3"], []]]


def test_initiatives_outside_the_themes_come_last():
    theme = Theme(pk=1, name="Tema", colour=1)
    made = board([standing("9", Phase.RUNNING), standing("1", Phase.RUNNING, theme=theme)])
    assert [row.theme for row in made.rows] == [theme, None]
    assert made.themes == (theme,)


def test_a_long_heading_can_break():
    [column] = board([standing("1", Phase.RUNNING)]).columns
    assert (str(column.name), str(column.heading)) == ("Igangværende", "Igang\u00adværende")


@pytest.mark.parametrize(
    ("phase", "colour", "shown"),
    [
        (Phase.RUNNING, Colour.AMBER, "amber"),
        (Phase.RUNNING, Colour.NONE, "none"),
        (Phase.CLOSED, Colour.NONE, ""),
        (Phase.CLOSED, Colour.RED, "red"),
        (None, Colour.NONE, "none"),
    ],
)
def test_the_colour_of_a_tile_is_that_of_the_status(phase: str | None, colour: str, shown: str):
    assert standing("1", phase, colour).colour == shown


def test_a_tile_says_its_colour_in_a_word():
    assert standing("1", Phase.RUNNING, Colour.AMBER).colour_word == "gul"
    assert standing("1", Phase.CLOSED, Colour.NONE).colour_word == ""


def test_an_invented_status_is_marked():
    invented = Standing(build_dashboard.listed("1"), report("running", "red", demonstration=True))
    assert invented.marks == "tile tile--red tile--demo"
    assert board([invented, standing("2", Phase.RUNNING)]).demonstrations == (invented,)


def test_a_tile_without_mark_or_colour_is_plain():
    assert standing("1", Phase.MERGED, Colour.NONE).marks == "tile"


def test_the_board_counts_colours_and_what_has_ended():
    made = board(
        [
            standing("1", Phase.RUNNING),
            standing("2", Phase.RUNNING, Colour.NONE),
            standing("3", Phase.CLOSED, Colour.NONE),
            standing("4", None),
        ]
    )
    assert (made.assessed, made.colours["none"], made.plain, made.ended) == (1, 2, 1, 1)


def test_a_board_of_too_many_counts_them_by_colour_worst_first():
    colours = [Colour.GREEN, Colour.RED, *[Colour.GREEN] * (MOST_TILES - 1)]
    made = board([standing(str(number), Phase.RUNNING, colour) for number, colour in enumerate(colours)])
    [cell] = made.rows[0].cells
    assert (made.heaped, cell.tiles) == (True, ())
    assert [(heap.colour, heap.count, heap.marks, heap.words) for heap in cell.heaps] == [
        ("red", 1, "tile tile--red", "rød"), ("green", MOST_TILES, "tile tile--green", "grøn"),
    ]  # fmt: skip


def test_as_many_as_fit_are_tiles():
    made = board([standing(str(number), Phase.RUNNING) for number in range(MOST_TILES)])
    [cell] = made.rows[0].cells
    assert (made.heaped, len(cell.tiles), cell.heaps) == (False, MOST_TILES, ())


def test_heaps_are_looked_up_by_colour_where_the_list_can_be():
    of = [standing(str(number), Phase.CLOSED, Colour.NONE) for number in range(MOST_TILES)]
    made = board([*of, standing("a", Phase.CLOSED), standing("b", None)])
    assert [[(heap.colour, heap.chosen) for heap in cell.heaps] for cell in made.rows[0].cells] == [
        [("none", None)], [("green", "green"), ("", None)],
    ]  # fmt: skip


def test_an_initiative_without_a_number_goes_by_its_short_title():
    assert standing("", Phase.RUNNING).name == "Kort "


@pytest.mark.django_db
def test_standings_come_by_theme_and_number_with_the_status_of_the_day():
    second = build.theme(name="Andet", position=2)
    last, first = build.initiative("10", second), build.initiative("2")
    build.status(first, date(2025, 1, 1), overall=Colour.RED)
    build.status(first, date(2025, 9, 1), overall=Colour.GREEN)
    found = standings(first.plan, history(first.plan, DAY))
    assert [(each.initiative.pk, each.colour) for each in found] == [(first.pk, "red"), (last.pk, "none")]


@pytest.mark.django_db
def test_standings_cost_two_queries(queries):
    for number in range(1, 8):
        build.status(build.initiative(str(number)))

    plan = build.plan()
    reported = history(plan, DAY)

    def drawn() -> None:
        [row] = board(standings(plan, reported)).rows
        assert row.theme
        assert [tile.initiative.cluster.slug for cell in row.cells for tile in cell.tiles] == ["proeve"] * 7

    assert queries(drawn) == 3  # the cluster of the plan, too
