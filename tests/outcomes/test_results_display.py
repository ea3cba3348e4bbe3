"""How measured figures are written."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes import display
from outcomes.effect import Judgement
from outcomes.models import Collection, Measure, Measurement

pytestmark = pytest.mark.usefixtures("english")

WHOLE = st.integers(min_value=1, max_value=10_000)


@pytest.mark.parametrize(
    ("values", "decimals"), [(["168", "428"], 0), (["2", "1.81"], 2), (["2.2000", "1.8000"], 2), (["413.0000"], 0)]
)
def test_values_that_stand_together_have_the_same_decimals(values, decimals):
    assert display.decimals_for([Decimal(value) for value in values], 2) == decimals


@pytest.mark.parametrize(
    ("effect", "text"),
    [("154.76", "+155 %"), ("-10.16", "−10 %"), ("0", "0 %"), ("0.4", "+0,4 %"), ("-0.45", "−0,5 %"), ("0.5", "+1 %")],
)
def test_an_effect_is_in_whole_percent_unless_that_would_look_like_no_change(effect, text):
    assert display.effect_text(Decimal(effect)) == text


@pytest.mark.parametrize(
    ("count", "total", "percent"), [(92, 179, 51), (23, 27, 85), (999, 1000, 99), (1, 1000, 1), (0, 7, 0), (7, 7, 100)]
)
def test_a_share_is_rounded_half_up_but_only_all_is_100_and_only_nothing_is_0(count, total, percent):
    assert display.whole_percent(count, total) == percent


@given(WHOLE, WHOLE)
def test_two_shares_of_a_whole_make_99_to_101_percent(first, second):
    total = first + second
    assert 99 <= display.whole_percent(first, total) + display.whole_percent(second, total) <= 101


def test_a_share_is_told_as_a_count_out_of_a_total():
    assert display.share_text(1092, 2179) == "1.092 out of 2.179"


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"unit": "km/t"}, "Hastighed, km/t"),
        ({"scale_low": Decimal(0), "scale_high": Decimal(4)}, "Hastighed, 0–4"),
        ({"scale_high": Decimal(1)}, "Hastighed"),
        ({"unit": "%", "scale_low": Decimal(0), "scale_high": Decimal(100)}, "Hastighed, %"),
    ],
)
def test_a_measure_is_labelled_with_its_unit_or_its_scale(fields, label):
    assert display.measure_label(Measure(name="Hastighed", decimals=2, **fields)) == label


@pytest.mark.parametrize(
    ("value", "low", "high", "text"),
    [("73", "52", "86", "73 år (52–86)"), ("58.51", "22", "88", "58,51 år (22–88)"), ("72", None, None, "72 år")],
)
def test_a_characteristic_has_its_unit_and_its_range(value, low, high, text):
    ends = [end and Decimal(end) for end in (low, high)]
    row = Measurement(measure=Measure(unit="år", decimals=2), value=Decimal(value), low=ends[0], high=ends[1])
    assert display.value_text(row) == text


@pytest.mark.parametrize(
    ("starts", "ends", "precision", "text"),
    [
        (None, date(2024, 12, 18), "day", "18.12.2024"),
        (None, date(2024, 12, 31), "month", "December 2024"),
        (None, date(2025, 3, 31), "unprinted", "date not printed"),
        (date(2023, 1, 1), date(2023, 12, 31), "year", "2023"),
        (date(2023, 12, 1), date(2024, 6, 30), "month", "December 2023 – June 2024"),
        (date(2023, 8, 15), date(2024, 6, 30), "month", "15.08.2023 – June 2024"),
        (date(2023, 8, 1), date(2024, 12, 31), "year", "August 2023 – 2024"),
        (date(2025, 1, 7), date(2025, 3, 14), "day", "07.01.2025 – 14.03.2025"),
        (date(2023, 4, 1), date(2025, 3, 31), "unprinted", "from April 2023, end not printed"),
    ],
)
def test_a_period_is_no_more_precise_than_its_source(starts, ends, precision, text):
    collected = Collection(period_starts=starts, measured_on=ends, precision=precision)
    assert display.period(Measurement(collection=collected)) == text


@pytest.mark.parametrize(
    ("judgement", "word"),
    [
        (Judgement.BETTER, "Better"),
        (Judgement.WORSE, "Worse"),
        (Judgement.UNCHANGED, "Unchanged"),
        (Judgement.NONE, "Neither better nor worse"),
    ],
)
def test_a_judgement_has_a_word(judgement, word):
    assert display.judgement_word(judgement) == word


@pytest.mark.parametrize(("name", "inside"), [("Henviste borgere", "henviste borgere"), ("MWD i snit", "MWD i snit")])
def test_a_name_inside_a_sentence_keeps_the_capitals_of_an_abbreviation(name, inside):
    assert display.in_sentence(name) == inside
