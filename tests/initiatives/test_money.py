"""Exact money: what is stored, what queries answer, what is refused (an integer-øre column is easily wrong by 100)."""

from decimal import Decimal

import pytest
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models
from django.db.models import Avg, F, Max, Min, Sum, Value
from django.db.models.functions import Coalesce
from django.test.utils import isolate_apps

from initiatives.money import (
    LARGEST,
    ZERO,
    MoneyField,
    MoneyFormField,
    from_ore,
    kroner,
    money_sum,
    to_ore,
    total,
)

with isolate_apps("initiatives"):

    class Sample(models.Model):
        """A table of this test alone, so that every kind of query can be tried; the portal does not know it."""

        party = models.CharField(max_length=20)
        granted = MoneyField()
        spent = MoneyField(null=True)

        class Meta:
            app_label = "initiatives"

        def __str__(self):
            return self.party


@pytest.fixture
def samples(db):
    """The table, made with the types that a migration would give it; it goes when the test's transaction ends."""
    sql, parameters = connection.SchemaEditorClass(connection).table_sql(Sample)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters or None)
    return Sample.objects


@pytest.fixture
def two(samples):
    samples.create(party="Aalborg", granted=Decimal("10.50"), spent=Decimal("0.27"))
    samples.create(party="Jammerbugt", granted=Decimal(1), spent=None)
    return samples


@pytest.mark.parametrize(
    ("amount", "ore"),
    [
        (Decimal("1766776"), 176677600),
        (Decimal("0.27"), 27),
        (Decimal("-64528.50"), -6452850),
        (Decimal("0.10"), 10),
        (Decimal("1.230"), 123),
        (Decimal("1E+3"), 100000),
        (0, 0),
        (7, 700),
        (LARGEST, 2**63 - 1),
    ],
)
def test_kroner_become_whole_ore(amount, ore):
    assert to_ore(amount) == ore
    assert from_ore(ore) == amount


@pytest.mark.parametrize("amount", [0.1, 1.0, float("nan"), "1", None, True])
def test_a_float_or_another_type_is_no_money(amount):
    with pytest.raises(TypeError, match="money is Decimal or int"):
        to_ore(amount)


@pytest.mark.parametrize(
    "amount",
    [
        Decimal("0.001"),
        # Rounded to the 28 digits of ordinary arithmetic this would pass.
        Decimal("0.010000000000000000000000000000000000001"),
        LARGEST + Decimal("0.01"),
        -LARGEST - Decimal("0.01"),
        Decimal("1E+30"),
        Decimal("NaN"),
        Decimal("Infinity"),
        10**17,
    ],
)
def test_what_a_column_of_ore_cannot_hold_is_refused(amount):
    with pytest.raises(ValueError, match=r"kr\. is"):
        to_ore(amount)


def test_a_total_is_exact_and_zero_for_none():
    assert total([Decimal("0.10")] * 3) == Decimal("0.30")
    assert total([]) == ZERO


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        ("1766776", "1.766.776"),
        ("1766776.00", "1.766.776"),
        ("0.27", "0,27"),
        ("0.2", "0,20"),
        ("0.005", "0,01"),
        ("-64528", "−64.528"),
        ("-0.001", "0"),
        ("0", "0"),
        ("999", "999"),
        ("1000", "1.000"),
    ],
)
def test_kroner_are_printed_with_ore_only_where_there_are_any(amount, printed):
    assert kroner(Decimal(amount)) == printed


@pytest.mark.parametrize("amount", [1766776.0, 1766776, "1766776", None])
def test_only_decimals_are_printed(amount):
    with pytest.raises(TypeError, match="must be Decimal"):
        kroner(amount)


def test_what_is_stored_comes_back_exactly(samples):
    pk = samples.create(party="a", granted=Decimal("0.1"), spent=Decimal("-0.20")).pk
    row = samples.get(pk=pk)
    assert (row.granted, row.spent) == (Decimal("0.10"), Decimal("-0.20"))
    assert str(row.granted) == "0.10"


def test_the_column_holds_whole_ore(two):
    with connection.cursor() as cursor:
        cursor.execute("SELECT granted, spent FROM initiatives_sample ORDER BY party")
        assert cursor.fetchall() == [(1050, 27), (100, None)]


@pytest.mark.parametrize("amount", [0.1, 10.5])
def test_a_float_is_refused_when_written_and_when_searched_for(samples, amount):
    with pytest.raises(TypeError):
        samples.create(party="a", granted=amount)
    with pytest.raises(TypeError):
        samples.filter(granted=amount).exists()


def test_sum_min_and_max_answer_in_kroner(two):
    assert two.aggregate(Sum("granted"), Min("granted"), Max("spent")) == {
        "granted__sum": Decimal("11.50"),
        "granted__min": Decimal("1.00"),
        "spent__max": Decimal("0.27"),
    }


def test_columns_are_added_and_subtracted_in_kroner(two):
    rows = two.annotate(both=F("granted") + F("spent"), rest=F("granted") - F("spent")).order_by("party")
    assert list(rows.values_list("both", "rest")) == [(Decimal("10.77"), Decimal("10.23")), (None, None)]


def test_sums_of_differences_and_differences_of_sums_agree(two):
    assert two.filter(party="Aalborg").aggregate(rest=Sum(F("granted") - F("spent")))["rest"] == Decimal("10.23")
    assert two.aggregate(rest=Sum("granted") - Sum("spent"))["rest"] == Decimal("11.23")


def test_a_sum_grouped_by_another_column_answers_in_kroner(two):
    two.create(party="Aalborg", granted=Decimal("0.50"))
    sums = two.values("party").annotate(sum=Sum("granted")).order_by("party").values_list("party", "sum")
    assert list(sums) == [("Aalborg", Decimal("11.00")), ("Jammerbugt", Decimal("1.00"))]


def test_money_sum_of_nothing_is_zero(two):
    assert two.filter(party="Ingen").aggregate(sum=money_sum("granted"))["sum"] == ZERO
    assert two.none().aggregate(sum=money_sum("granted"))["sum"] == ZERO
    assert two.filter(party="Jammerbugt").aggregate(sum=money_sum("spent"))["sum"] == ZERO


def test_money_sum_takes_the_keywords_of_sum(two):
    only = models.Q(party="Aalborg")
    assert two.aggregate(sum=money_sum("granted", filter=only))["sum"] == Decimal("10.50")


def test_a_sum_of_many_small_amounts_does_not_drift(samples):
    samples.bulk_create([Sample(party="a", granted=Decimal("0.10")) for _ in range(1000)])
    assert samples.aggregate(sum=Sum("granted"))["sum"] == Decimal("100.00")


def test_comparisons_and_ranges_are_in_kroner(two):
    assert two.filter(granted=Decimal("10.5")).count() == 1
    assert two.filter(granted__gte=Decimal("10.51")).count() == 0
    assert two.filter(granted__in=[1, Decimal("10.50")]).count() == 2
    assert two.filter(granted__range=(0, 2)).count() == 1
    assert two.filter(granted__gt=F("spent")).count() == 1


def test_an_update_can_move_an_amount_between_columns(two):
    two.filter(party="Aalborg").update(granted=F("granted") - F("spent"), spent=Decimal("5.05"))
    row = two.get(party="Aalborg")
    assert (row.granted, row.spent) == (Decimal("10.23"), Decimal("5.05"))


def test_a_value_that_says_it_is_money_is_added_in_kroner(two):
    one = Value(Decimal(1), output_field=MoneyField())
    assert two.annotate(more=F("granted") + one).get(party="Aalborg").more == Decimal("11.50")


@pytest.mark.parametrize(
    "expression",
    [
        lambda: F("granted") * 2,
        lambda: F("granted") / 2,
        lambda: -F("granted"),
        lambda: F("granted") + 1,
        lambda: F("granted") + Value(Decimal(1)),
    ],
)
def test_what_would_answer_in_ore_is_an_error(two, expression):
    with pytest.raises(FieldError, match="Cannot infer type"):
        list(two.annotate(wrong=expression()))


def test_a_bare_decimal_for_no_sum_is_an_error(two):
    with pytest.raises(FieldError, match="mixed types"):
        two.aggregate(wrong=Coalesce(Sum("granted"), Decimal(0)))


def test_an_average_is_in_kroner_but_drops_what_is_less_than_an_ore(two):
    two.create(party="Region", granted=Decimal("0.01"))
    assert two.aggregate(mean=Avg("granted"))["mean"] == Decimal("3.83")


@pytest.mark.parametrize(("value", "kept"), [("12.50", "12.50"), (12, "12"), (Decimal("0.1"), "0.1")])
def test_the_model_field_reads_fixtures_exactly(value, kept):
    assert MoneyField().to_python(value) == Decimal(kept)


@pytest.mark.parametrize("value", [0.1, "mange", [], object()])
def test_the_model_field_refuses_what_is_no_amount(value):
    with pytest.raises(ValidationError):
        MoneyField().to_python(value)


def test_a_fixture_keeps_every_ore(two):
    field = Sample._meta.get_field("granted")
    assert field.value_to_string(two.get(party="Aalborg")) == "10.50"
    assert Sample._meta.get_field("spent").value_to_string(two.get(party="Jammerbugt")) == ""


def test_the_form_field_of_a_column_reads_danish_amounts():
    field = Sample._meta.get_field("granted").formfield()
    assert isinstance(field, MoneyFormField)
    assert field.clean("1.250.000,50") == Decimal("1250000.50")


@pytest.mark.parametrize("typed", ["1.2.3", "12,345,6", "0.761", "abc", "9" * 40])
def test_the_form_field_says_what_is_wrong(typed):
    with pytest.raises(ValidationError):
        MoneyFormField().clean(typed)


def test_an_empty_amount_is_required_or_none():
    assert MoneyFormField(required=False).clean("") is None
    with pytest.raises(ValidationError):
        MoneyFormField().clean("")


def test_the_form_field_shows_the_amount_as_danes_print_it():
    assert MoneyFormField().prepare_value(Decimal("1250000.50")) == "1.250.000,50"
    assert MoneyFormField().prepare_value("1.2.3") == "1.2.3"
