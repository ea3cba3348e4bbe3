"""A printed figure and the computed one are compared at the decimals that were printed, in one place for everybody."""

from datetime import date
from decimal import Decimal

import pytest

from initiatives.models import PublishedFigure
from initiatives.published import printed_decimals, printed_figures


@pytest.mark.parametrize(
    ("text", "decimals"),
    [("557", 0), ("-0,36", 2), ("3,9", 1), ("1.765.000", 0), ("faldet med 10 %", 0), ("1.507,45", 2), ("ingen", 0)],
)
def test_decimals_of_a_printed_text(text, decimals):
    assert printed_decimals(text, None) == decimals


@pytest.mark.parametrize(
    ("text", "value", "computed", "same"),
    [
        ("714", "714", "713.99", True),
        ("557", "557", "577", False),
        ("3,9", "3.9", "4", False),
        ("108", "108", "107.65", True),
        ("-0,36", "-0.36", "-0.37", False),
        ("0,5", "0.5", "0.45", True),
    ],
)
def test_print_agrees_with_what_rounds_to_it(text, value, computed, same):
    assert PublishedFigure(printed=text, value=Decimal(value)).agrees_with(Decimal(computed)) is same


def test_a_figure_without_a_value_agrees_with_nothing():
    assert PublishedFigure(printed="ukendt", value=None).agrees_with(Decimal(0)) is False


def test_a_fall_that_rounds_to_nought_has_no_minus():
    assert str(PublishedFigure(printed="0", value=Decimal(0)).rounded(Decimal("-0.4"))) == "0"


@pytest.mark.django_db
def test_a_cluster_is_not_mistaken_for_one_whose_name_begins_alike():
    day = date(2024, 12, 31)
    assert printed_figures("cluster-funds", "mid", day) == {}
    assert "cluster-funds:midt/12" in printed_figures("cluster-funds", "midt", day)


@pytest.mark.django_db
def test_amounts_are_known_from_the_day_of_the_accounts_and_the_rest_from_that_of_the_document():
    about = PublishedFigure.objects.about("midt", ["cluster-funds", "effect"])
    assert not about.printed_by(date(2024, 12, 30)).exists()
    assert set(about.printed_by(date(2025, 3, 30)).values_list("unit", flat=True)) == {"kr"}
    assert set(about.printed_by(date(2025, 3, 31)).values_list("unit", flat=True)) == {"kr", "percent"}
