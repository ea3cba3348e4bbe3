"""Printed numbers sort as people count."""

import pytest
from django.db import IntegrityError, transaction

from initiatives.models import Initiative
from initiatives.numbering import NaturalOrderField, address, natural_key
from tests import build

PRINTED = ["1", "1A", "1B", "2", "3", "9", "10A", "10B", "11", "100"]


@pytest.mark.parametrize(
    "in_order",
    [PRINTED, ["1.0", "1.1", "2.9", "2.10", "2.10.1", "10.1"], ["", "1", "A1", "A2", "A10"]],
)
def test_numbers_are_sorted_as_people_count(in_order):
    assert sorted(sorted(in_order), key=natural_key) == in_order


@pytest.mark.parametrize("typed", ["10A", "10a", " 10A "])
def test_letters_and_space_around_make_no_difference(typed):
    assert natural_key(typed) == "000010a"


def test_a_number_without_digits_keeps_its_letters():
    assert natural_key("Bilag Ø") == "bilag ø"


def test_rows_come_from_the_database_in_the_printed_order(db):
    for number in sorted(PRINTED, reverse=True):
        build.initiative(number)
    found = Initiative.objects.filter(cluster=build.cluster()).order_by("number_order")
    assert list(found.values_list("number", flat=True)) == PRINTED


def test_the_sorting_key_follows_a_changed_number(db):
    initiative = build.initiative("2")
    initiative.number = "10"
    initiative.save()
    assert Initiative.objects.get(pk=initiative.pk).number_order == "000010"


def test_a_bulk_insert_is_sorted_too(db):
    theme = build.theme()
    rows = [
        Initiative(cluster=theme.plan.cluster, plan=theme.plan, theme=theme, number=n, title=n) for n in ("10", "9")
    ]
    Initiative.objects.bulk_create(rows)
    assert [row.number for row in Initiative.objects.filter(theme=theme).order_by("number_order")] == ["9", "10"]


def test_a_migration_rebuilds_the_field():
    _, path, arguments, keywords = NaturalOrderField("number").deconstruct()
    assert path == "initiatives.numbering.NaturalOrderField"
    assert NaturalOrderField(*arguments, **keywords).source == "number"


@pytest.mark.parametrize(
    ("number", "title", "expected"),
    [("10A", "Palliation", "10A"), ("", "Fælles temadag for ældre", "fælles-temadag-for-æ"), ("", "Ét år", "ét-år")],
)
def test_an_address_is_the_number_else_words_of_the_title(number, title, expected):
    assert address(number, title) == expected


@pytest.mark.django_db
def test_an_address_once_chosen_is_kept_when_the_number_changes():
    initiative = build.initiative("7")
    initiative.number = "8"
    initiative.save()
    assert Initiative.objects.get(pk=initiative.pk).address == "7"


@pytest.mark.django_db
def test_a_later_plan_can_count_anew_under_other_addresses():
    first = build.initiative("7")
    later = build.plan(first.cluster, title="Næste handleplan")
    build.initiative("7", build.theme(later), address="7-2026")
    with pytest.raises(IntegrityError), transaction.atomic():
        build.initiative("7", build.theme(later), address="7-2027")
