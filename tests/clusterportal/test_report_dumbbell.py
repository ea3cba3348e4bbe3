"""The figure beside a table before and after: where its marks stand, and what it says in words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from clusterportal.reports.dumbbell import Dumbbell, dumbbell
from outcomes.results import InitiativeResults, results_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def five(midt) -> InitiativeResults:
    with translation.override("da"):
        return results_of(midt.initiatives.get(number="5"), date(2025, 3, 31))


@pytest.fixture
def figures(five) -> list[Dumbbell | None]:
    with translation.override("da"):
        return [dumbbell(table, five.axis) for table in five.effects]


def test_each_measure_has_a_row_of_its_own(figures):
    marks = figures[0].marks
    assert [mark.y for mark in marks] == [26, 42, 58, 74, 90, 106, 122]
    assert figures[0].height == Decimal(134)
    assert figures[0].millimetres == Decimal("47.3")


def test_the_marks_stand_where_the_screen_has_them(five, figures):
    assert [mark.row.index for mark in figures[0].marks] == [row.index for row in five.effects[0].rows]
    assert [mark.moved for mark in figures[0].marks][:2] == [True, False]


def test_a_table_of_one_measure_has_no_figure(figures):
    assert [figure is None for figure in figures] == [False, False, True, True, False]


def test_a_change_for_the_worse_is_called_so(figures):
    assert [mark.effect for mark in figures[1].marks][4] == "+50 %"
    assert [mark.effect for mark in figures[1].marks][3] == "+3 %, værre"


def test_few_people_are_told_apart(figures):
    assert [figure.few for figure in figures if figure] == [False, True, False]


def test_the_words_give_place_n_and_every_value(figures):
    assert figures[1].words.startswith("Jammerbugt Kommune, n = 11. Smertefri gangdistance (PWD), meter: fra 203,64")
    assert figures[4].words.startswith("Aalborg Kommune, n ikke oplyst.")
    assert figures[0].words.count("fra ") == 7


def test_what_did_not_begin_above_nothing_has_no_mark(five):
    table = five.effects[0]
    rows = (replace(table.rows[0], index=None), *table.rows[1:])
    figure = dumbbell(replace(table, rows=rows), five.axis)
    assert figure
    assert len(figure.marks) == 6
