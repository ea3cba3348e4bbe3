"""A printed figure and the computed one are compared at the decimals that were printed, in one place for everybody."""

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
    assert printed_figures("cluster-funds", "mid") == {}
    assert "cluster-funds:midt/12" in printed_figures("cluster-funds", "midt")
