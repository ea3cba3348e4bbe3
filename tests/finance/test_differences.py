"""Printed figures that the ledger does not agree with are found, others are left alone."""

from datetime import date
from decimal import Decimal

import pytest

from finance.differences import Difference, compare, differences, printed_in_millions
from initiatives.models import Cluster, PublishedDocument, PublishedFigure

from . import build_ledger as ledger

SPENT = "spent-total:proeve/2024"


def figure(subject: str, printed: str, value: str | None, place: str = "Bilag 1") -> PublishedFigure:
    return PublishedFigure(
        subject=subject, printed=printed, value=value and Decimal(value), place=place, unit=PublishedFigure.Unit.KRONER
    )


def test_a_higher_print_is_a_positive_difference():
    found = compare(figure("cluster-funds:midt/12", "300.000 kr.", "300000"), Decimal(163919))
    assert found == Difference("cluster-funds:midt/12", "300.000 kr.", Decimal(163919), Decimal(136081), ("Bilag 1",))


def test_a_lower_print_is_a_negative_difference():
    found = compare(figure("carried-over:midt/2025", "1.764.000", "1764000"), Decimal(1764912))
    assert found is not None
    assert (found.above, found.size) == (Decimal(-912), Decimal(912))


@pytest.mark.parametrize("value", ["5255088", "5255088000000", None])
def test_millions_that_are_kroner_are_a_wrong_unit(value):
    found = compare(figure(SPENT, "5.255.088 mio. kr.", value), Decimal(5255088))
    assert found is not None
    assert (found.above, found.size) == (None, None)


def test_real_millions_are_compared_by_their_value():
    found = compare(figure(SPENT, "5 mio. kr.", "5000000"), Decimal(5255088))
    assert found is not None
    assert found.above == Decimal(-255088)


@pytest.mark.parametrize(("printed", "value"), [("5.255.088", "5255088"), ("cirka 5 mio. kr.", None)])
def test_an_equal_print_and_one_without_value_are_no_difference(printed, value):
    assert compare(figure(SPENT, printed, value), Decimal(5255088)) is None


@pytest.mark.parametrize(
    ("printed", "numeral"),
    [
        ("5.255.088 mio. kr.", Decimal(5255088)),
        ("1,5 mio. kr.", Decimal("1.5")),
        ("5.255.088 kr.", None),
        ("cirka fem mio. kr.", None),
    ],
)
def test_the_numeral_of_millions(printed, numeral):
    assert printed_in_millions(printed) == numeral


LATER = date(2026, 1, 1)


@pytest.fixture
def cluster(db: None) -> Cluster:
    cluster = ledger.ledger()
    ledger.used(ledger.line(cluster, "12", "Aalborg Kommune"), "112000", "112000")
    ledger.account_for(cluster)
    return cluster


def document(slug: str = "evaluering", status_date: date = date(2025, 3, 31)) -> PublishedDocument:
    return PublishedDocument.objects.create(slug=slug, title="Evaluering", publisher="Klyngen", status_date=status_date)


def publish(
    of: PublishedDocument, subject: str, value: str, place: str = "Bilag 1", printed: str | None = None
) -> PublishedFigure:
    return PublishedFigure.objects.create(
        document=of, place=place, subject=subject, printed=printed or value, value=Decimal(value),
        unit=PublishedFigure.Unit.KRONER,
    )  # fmt: skip


def test_only_the_figures_that_differ_are_found(cluster):
    of = document()
    publish(of, SPENT, "112000")
    publish(of, "cluster-funds:proeve/12", "300000")
    assert [(found.subject, found.above) for found in differences(cluster, LATER)] == [
        ("cluster-funds:proeve/12", Decimal(188000))
    ]


def test_what_is_printed_alike_in_two_places_is_told_once(cluster):
    of = document()
    publish(of, SPENT, "100", "Kapitel 2")
    publish(of, SPENT, "100", "Bilag 1")
    publish(of, SPENT, "200", "Forord")
    assert [(found.printed, found.places) for found in differences(cluster, LATER)] == [
        ("100", ("Kapitel 2", "Bilag 1")),
        ("200", ("Forord",)),
    ]


def test_a_document_is_compared_with_what_was_known_on_its_own_day(cluster):
    publish(document(), SPENT, "112000")
    ledger.spend(ledger.line(cluster, "12", "Aalborg Kommune"), "5", held_on=date(2025, 6, 1))
    assert differences(cluster, LATER) == ()
    publish(document("senere", date(2025, 12, 31)), SPENT, "112000")
    assert [found.above for found in differences(cluster, LATER)] == [Decimal(-5)]


def test_a_document_says_nothing_of_the_days_before_its_own(cluster):
    publish(document(), SPENT, "100")
    assert differences(cluster, date(2025, 3, 30)) == ()
    assert differences(cluster, date(2025, 3, 31)) != ()


def test_amounts_are_of_the_day_of_the_accounts_where_the_document_names_it(cluster):
    of = document()
    of.accounts_date = date(2024, 12, 31)
    of.save()
    publish(of, SPENT, "100")
    assert differences(cluster, date(2024, 12, 30)) == ()
    assert [found.above for found in differences(cluster, date(2024, 12, 31))] == [Decimal(-111900)]


@pytest.mark.parametrize(
    "subject",
    [
        "spent-total:proeve-nord/2024",  # another cluster, whose name begins alike
        "difference:proeve/5/3a/mwd",  # another app's
        "spent:proeve/99//2024",  # a line that the ledger does not have
    ],
)
def test_figures_that_the_ledger_does_not_answer_are_left_out(cluster, subject):
    publish(document(), subject, "557")
    assert differences(cluster, LATER) == ()


def test_the_cost_does_not_grow_with_the_printed_figures(cluster, queries):
    of = document()
    publish(of, SPENT, "1")
    few = queries(lambda: differences(cluster, LATER))
    for number in range(20):
        publish(of, "cluster-funds:proeve/12", "1", f"Side {number}")
    assert queries(lambda: differences(cluster, LATER)) == few == 5
