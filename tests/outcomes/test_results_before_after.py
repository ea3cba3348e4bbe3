"""Tables of before and after: what is computed, what is printed, what to be careful about."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from initiatives.models import Initiative
from outcomes.before_after import Courses, EffectTable, courses, effect_table, means
from outcomes.charts import axis
from outcomes.effect import Judgement
from outcomes.models import Measurement
from outcomes.places import Place
from outcomes.printed import Print
from tests import build

from . import build_results

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def five() -> Initiative:
    return build.initiative("5")


def table(
    *rows: Measurement, known: Print | None = None, completed: Mapping[Courses, int] | None = None
) -> EffectTable:
    return effect_table(rows, axis(means(row) for row in rows), known or Print(), completed or {}, few=20)


def test_difference_and_effect_are_computed_and_signed(five):
    row = table(build_results.change(five, "536", "1113")).rows[0]
    assert (row.before, row.after, row.difference.text) == ("536", "1.113", "+577")
    assert row.effect is not None
    assert row.effect.text == "+108 %"


def test_a_row_is_written_with_the_same_decimals(five):
    row = table(build_results.change(five, "2.93", "2")).rows[0]
    assert (row.before, row.after, row.difference.text) == ("2,93", "2,00", "−0,93")


@pytest.mark.parametrize(
    ("direction", "judgement", "word"),
    [
        ("higher", Judgement.WORSE, "Worse"),
        ("lower", Judgement.BETTER, "Better"),
        ("neither", Judgement.NONE, "Neither better nor worse"),
    ],
)
def test_a_fall_is_judged_by_the_direction_of_the_measure(five, direction, judgement, word):
    what = build_results.measure(direction, direction=direction)
    row = table(build_results.change(five, "3.64", "3.27", what=what)).rows[0]
    assert (row.judgement, row.word, row.worse) == (judgement, word, direction == "higher")


def test_what_starts_at_zero_has_neither_effect_nor_figure(five):
    row = table(build_results.change(five, "0", "3")).rows[0]
    assert (row.effect, row.index, row.difference.text) == (None, None, "+3")


def test_a_printed_difference_stands_beside_the_computed(five):
    subject = "difference:proeve/5/3a/gangdistance"
    known = Print("proeve", {subject: (build_results.printed(subject, "557", "557"),)})
    row = table(build_results.change(five, "536", "1113", table="3a"), known=known).rows[0]
    assert row.difference.printed == "printed 557"


def test_an_effect_printed_without_its_minus_is_a_note_of_the_table(five):
    subject = "effect:proeve/5/4c/gangdistance"
    known = Print("proeve", {subject: (build_results.printed(subject, "39", "39", "percent"),)})
    shown = table(build_results.change(five, "2.96", "1.81", table="4c"), known=known)
    assert shown.unsigned
    assert shown.rows[0].effect
    assert shown.rows[0].effect.printed == ""


def test_n_is_told_once_where_all_rows_have_the_same(five):
    shown = table(build_results.change(five), build_results.change(five, what=build_results.measure("fart")))
    assert (shown.n, [row.n for row in shown.rows]) == ("42", ["", ""])


def test_n_is_told_at_each_row_where_they_differ(five):
    other = build_results.change(five, what=build_results.measure("fart"), n=38)
    shown = table(build_results.change(five), other)
    assert (shown.n, [row.n for row in shown.rows]) == ("38–42", ["42", "38"])


def test_an_n_that_the_source_does_not_state_is_empty(five):
    shown = table(build_results.change(five, n=None))
    assert (shown.n, shown.n_few) == ("", None)


@pytest.mark.parametrize(("n", "few"), [(11, 11), (19, 19), (20, None)])
def test_few_cases_are_marked_below_the_limit(five, n, few):
    assert table(build_results.change(five, n=n)).n_few == few


def test_another_number_of_completed_courses_is_told(five):
    row = build_results.change(five, n=45)
    assert table(row, completed={courses(row): 46}).completed == 46
    assert table(row, completed={courses(row): 45}).completed is None


def test_no_count_of_completed_courses_is_nothing_to_tell(five):
    assert table(build_results.change(five)).completed is None


def test_the_table_says_where_when_and_with_what(five):
    what = build_results.measure("fart", instrument="Løbebånd")
    source = build_results.document()
    fields = {"site_label": "Klinik Øst", "document": source, "table": "3a", **build_results.IN_DECEMBER}
    shown = table(build_results.change(five, what=what, **fields))
    assert shown.place == Place("Klinik Øst", "Aalborg Kommune")
    assert (shown.when, shown.instrument) == ("December 2024", "Løbebånd")
    assert shown.source == "Table 3a in “Prøveevaluering”."


def test_groups_stand_at_their_rows_where_they_differ(five):
    women = build_results.change(five, group_label="Kvinder")
    men = build_results.change(five, group_label="Mænd")
    assert (table(women).group, table(women).rows[0].group) == ("Kvinder", "")
    assert [row.group for row in table(women, men).rows] == ["Kvinder", "Mænd"]


def test_a_row_without_means_is_refused(five):
    with pytest.raises(ValueError, match="no before and after"):
        means(build_results.count(five, 3))


def test_means_are_exact(five):
    assert means(build_results.change(five, "3.01", "3.64")) == (Decimal("3.01"), Decimal("3.64"))


def test_an_end_outside_the_figure_is_known(five):
    assert table(build_results.change(five, "1", "90")).beyond
    assert not table(build_results.change(five, "1", "2")).beyond
