"""What is printed stands beside a computed figure only where the two are not the same."""

from datetime import date
from decimal import Decimal

import pytest

from initiatives.models import PublishedFigure
from outcomes.printed import Figure, Print, printed_by
from tests import build

from . import build_results

SUBJECT = "difference:midt/5/3a/mwd"


def figure(text: str, value: str, unit: str = "measure") -> PublishedFigure:
    return PublishedFigure(printed=text, value=Decimal(value), unit=unit)


def beside(computed: str, *figures: PublishedFigure) -> Figure:
    return Print("midt", {SUBJECT: figures}).beside("text", Decimal(computed), "difference", "5", "3a", "mwd")


def test_nothing_stands_beside_a_figure_that_agrees_or_was_never_printed(english):
    assert beside("577", figure("577", "577")) == beside("577") == Figure("text")


def test_another_printed_figure_stands_beside(english):
    assert beside("577", figure("557", "557")).printed == "printed 557"


def test_percent_and_minus_are_written_as_the_portal_writes_them(english):
    assert beside("-12", figure("faldet med 10 %", "-10", "percent")).printed == "printed −10 %"


def test_two_places_that_print_the_same_say_it_once(english):
    assert beside("34.5", figure("36", "36"), figure("36", "36"), figure("37", "37")).printed == "printed 36 and 37"


def test_a_place_that_agrees_is_not_named_beside_one_that_differs(english):
    assert beside("34.49", figure("34", "34"), figure("35", "35")).printed == "printed 35"


def test_all_that_was_printed_is_kept_whether_it_agrees_or_not():
    found = beside("34.5", figure("35", "35"), figure("36", "36"))
    assert found.values == (Decimal(35), Decimal(36))
    assert beside("34.5").values == ()


def test_a_fall_printed_without_its_minus_is_told_apart():
    assert beside("-0.5", figure("0,5", "0.5")) == Figure("text", unsigned=True)


def test_a_rise_printed_as_a_fall_differs(english):
    assert beside("0.5", figure("-0,5", "-0.5")).printed == "printed −0,5"


@pytest.mark.django_db
def test_a_document_that_is_not_out_yet_says_nothing():
    cluster = build.cluster("midt", "Sundhedsklynge Midt")
    later = build_results.document(date(2030, 6, 1))
    build_results.printed("difference:midt/99/1/x", "1", "1", document=later)
    assert "difference:midt/99/1/x" not in printed_by(cluster, date(2030, 5, 31)).figures
    assert "difference:midt/99/1/x" in printed_by(cluster, date(2030, 6, 1)).figures


@pytest.mark.django_db
def test_a_cluster_is_not_mixed_up_with_one_whose_address_begins_the_same():
    build_results.printed("difference:proeve-to/1/1/x", "1", "1")
    assert printed_by(build.cluster(), date(2030, 1, 1)).figures == {}
