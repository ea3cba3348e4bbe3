"""What came of the initiatives of Sundhedsklynge Midt, and what its evaluation printed of it.

Literal figures are typed from the document a second time here, so that a slip in a fixture is found.
"""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Count, Sum

from finance.figures import computed as computed_finance
from initiatives.models import Cluster, PublishedFigure
from outcomes.figures import computed as computed_outcomes
from outcomes.models import Measure, Measurement
from outcomes.querysets import MeasurementQuerySet

pytestmark = pytest.mark.django_db

FIGURES = PublishedFigure.objects.filter(document__slug="midt-evaluering-2025")
KINDS = {
    "cluster-funds", "spent", "allocated", "variance", "spent-total", "allocated-total", "variance-total",
    "allocated-year", "allocated-year-total", "carried-over",
    "difference", "effect", "proportion", "count-sum", "flow-sum", "n",
}  # fmt: skip


def of_initiative(number: str) -> MeasurementQuerySet:
    of = {"collection__initiative__cluster__slug": "midt", "collection__initiative__number": number}
    return Measurement.objects.filter(**of)


def rows(number: str, table: str) -> list[Measurement]:
    return list(of_initiative(number).filter(table=table).placed().order_by("position"))


def in_words(row: Measurement) -> tuple[str, str, str]:
    """Measure, before and after of a row, as the table prints them without trailing noughts."""
    assert row.before is not None
    assert row.after is not None
    return row.measure.slug, f"{row.before.normalize():f}", f"{row.after.normalize():f}"


def one(number: str, measure: str, **fields: object) -> Measurement:
    return of_initiative(number).get(measure__slug=measure, **fields)


def printed(place: str, subject: str) -> tuple[str, Decimal | None]:
    figure = FIGURES.get(place=place, subject=subject)
    return figure.printed, figure.value


# Outcomes


def test_every_table_is_there_with_all_its_rows() -> None:
    tables = Measurement.objects.filter(collection__initiative__cluster__slug="midt").exclude(table="")
    assert Counter(tables.values_list("table", flat=True)) == {
        "1": 6, "2": 12, "3a": 7, "3b": 7, "4a": 1, "4b": 1, "4c": 7,
        "5": 4, "6": 6, "7a": 4, "7b": 4, "8": 7, "10": 7,
    }  # fmt: skip


def test_table_1_counts_those_referred_and_completed() -> None:
    counted = [(row.measure.slug, str(row.site), row.count, row.measured_on.day) for row in rows("5", "1")]
    assert counted == [
        ("referred", "Aalborg Kommune", 42, 18), ("referred", "Jammerbugt Kommune", 10, 31),
        ("referred", "Aalborg Kommune", 69, 18), ("referred", "Jammerbugt Kommune", 18, 31),
        ("completed", "Aalborg Kommune", 42, 18), ("completed", "Jammerbugt Kommune", 11, 31),
    ]  # fmt: skip


def test_table_2_gives_age_with_range_and_sex() -> None:
    values = [(row.measure.slug, row.value, row.low, row.high) for row in rows("5", "2")]
    assert values[1] == ("mean-age", Decimal(73), Decimal(62), Decimal(83))
    assert values[7] == ("mean-age", Decimal(72), Decimal(41), Decimal(92))
    assert [int(row.value or 0) for row in rows("5", "2") if row.measure.slug == "share-women"] == [52, 50, 43, 28]


@pytest.mark.parametrize(
    ("number", "table", "n", "expected"),
    [
        (
            "5", "3a", 42,
            [("pwd", "168", "428"), ("pwd-pain", "1", "1"), ("mwd", "536", "1113"), ("mwd-pain", "3.64", "3.27"),
             ("walking-speed", "3.01", "3.64"), ("incline", "9", "13"), ("six-minute-walk", "361.75", "403.03")],
        ),
        (
            "5", "3b", 11,
            [("pwd", "203.64", "283.18"), ("pwd-pain", "1", "1"), ("mwd", "793.46", "1507.45"),
             ("mwd-pain", "3.55", "3.64"), ("walking-speed", "3.13", "4.69"), ("incline", "10.36", "11.45"),
             ("six-minute-walk", "365.55", "413")],
        ),
        ("5", "4a", 42, [("psfs", "4.45", "7.3")]),
        ("5", "4b", 11, [("psfs", "2.29", "7.18")]),
        (
            "5", "4c", None,
            [("eq5d-mobility", "2.96", "1.81"), ("eq5d-self-care", "1.15", "1.09"),
             ("eq5d-usual-activities", "2.15", "1.57"), ("eq5d-pain", "2.93", "2"),
             ("eq5d-anxiety", "1.33", "1.18"), ("eq-vas", "65.15", "76.48"), ("eq5d-index", "0.68", "0.79")],
        ),
        (
            "6", "7a", 75,
            [("forward-bend", "3.31", "4.82"), ("abdominal-endurance", "51.22", "67.08"),
             ("back-endurance", "50.64", "73.13"), ("sit-to-stand", "9.77", "12.66")],
        ),
        (
            "6", "7b", 45,
            [("forward-bend", "2.72", "3.52"), ("abdominal-endurance", "46.8", "87.84"),
             ("back-endurance", "61", "120.84"), ("sit-to-stand", "9.16", "12.32")],
        ),
        (
            "6", "8", None,
            [("eq-vas", "49.03", "60.2"), ("eq5d-mobility", "2.26", "1.76"), ("eq5d-self-care", "1.55", "1.34"),
             ("eq5d-usual-activities", "2.83", "2.19"), ("eq5d-pain", "3.24", "2.53"),
             ("eq5d-anxiety", "2.2", "1.8"), ("eq5d-index", "0.58", "0.72")],
        ),
    ],
)  # fmt: skip
def test_a_table_of_before_and_after(number: str, table: str, n: int, expected: list[tuple[str, str, str]]) -> None:
    found = rows(number, table)
    assert [in_words(row) for row in found] == expected
    assert {row.n for row in found} == {n}


@pytest.mark.parametrize(("number", "table"), [("5", "4c"), ("6", "8")])
def test_a_table_that_prints_no_n_says_so(number: str, table: str) -> None:
    assert {row.group_label.split(";")[0] for row in rows(number, table)} == {"Antal svar ikke trykt"}


def test_tables_5_and_6_of_the_back_training() -> None:
    assert [row.count for row in rows("6", "5")] == [115, 78, 75, 46]
    assert [str((row.value or Decimal(0)).normalize()) for row in rows("6", "6")] == [
        "58.51", "69.52", "35", "29", "65", "71",
    ]  # fmt: skip


def test_table_10_gives_six_proportions_and_one_count() -> None:
    found = [(row.site_label, row.count, row.total) for row in rows("10A", "10")]
    assert found == [
        ("Nord By", 92, 179), ("Akuttilbud Aalborg", 23, 27), ("Anneshave", 28, 34), ("Sygeplejen Midt", 40, 68),
        ("Pandrup Plejecenter", 13, 16), ("Solbakken", 13, 21), ("Akut- og Traumecenter", 287, None),
    ]  # fmt: skip
    assert {row.measured_on for row in rows("10A", "10")} == {date(2024, 5, 7)}


@pytest.mark.parametrize(
    ("number", "referred", "steps"),
    [("1A", 9, [1, 2, 4, 2]), ("5", 139, [53, 29, 17, 10, 30]), ("6", 193, [121, 42, 14, 16])],
)
def test_a_flow_ends_with_as_many_as_it_began(number: str, referred: int, steps: list[int]) -> None:
    flow = of_initiative(number).get(form=Measurement.Form.FLOW)
    assert [step.count for step in flow.steps.all()] == steps
    assert flow.count == sum(steps) == referred


@pytest.mark.parametrize(
    ("number", "measure", "fields", "count", "of"),
    [
        ("1", "professionals-met", {}, 140, None),
        ("1", "recommendations", {}, 25, None),
        ("1", "municipalities", {}, 11, None),
        ("5", "referring-practices", {"collection__site__name": "Aalborg Kommune"}, 14, 52),
        ("5", "referring-practices", {"collection__site__name": "Jammerbugt Kommune"}, 6, 14),
        ("5", "operations", {"collection__measured_on": date(2023, 12, 31)}, 25, None),
        ("5", "operations", {"collection__measured_on": date(2024, 12, 31)}, 30, None),
        ("7", "supported", {"group_label": "Via projektet"}, 5, None),
        ("7", "supported", {"group_label__startswith": "Uden om"}, 20, None),
        ("7", "contacted", {}, 41, None),
        ("7", "forgot-appointment", {}, 22, 41),
        ("7", "offered-support", {}, 7, 41),
        ("7", "accepted-support", {}, 1, 7),
        ("8", "treated", {}, 53, None),
        ("8", "contacts", {"collection__site__name": "Aalborg Kommune"}, 98, None),
        ("8", "contacts", {"collection__site__name": "Jammerbugt Kommune"}, 87, None),
        ("8", "clinic-days", {}, 40, None),
        ("10B", "ambassadors", {}, 70, None),
        ("11", "website-visitors", {"collection__measured_on": date(2025, 3, 11)}, 140613, None),
        ("12", "participants", {}, 85, None),
        ("12", "still-attached", {}, 30, 85),
        ("12", "first-training", {}, 11, None),
        ("14", "stays", {"collection__measured_on": date(2025, 3, 14)}, 27, None),
        ("14", "evaluated-stays", {}, 13, 27),
        ("14", "acute-admissions", {}, 2, 13),
        ("14", "gp-value-overall", {}, 7, 9),
        ("14", "gp-value-current", {}, 8, 9),
    ],
)
def test_a_result_counted_in_the_text(
    number: str, measure: str, fields: dict[str, object], count: int, of: int | None
) -> None:
    row = one(number, measure, **fields)
    assert (row.count, row.total) == (count, of)


def test_results_given_in_percent_alone() -> None:
    assert one("2", "rejected-referrals", group_label__contains="kommunerne").value == Decimal("7.6")
    assert one("2", "rejected-referrals", group_label__contains="næsten 40 %").value == Decimal(40)
    assert one("11", "fewer-referrals", group_label__contains="cirka 20").value == Decimal(20)
    assert one("12", "kept-in-leisure").value == Decimal(53)


def test_pain_is_better_lower_and_distance_better_higher() -> None:
    directions = dict(Measure.objects.values_list("slug", "direction"))
    assert (directions["mwd-pain"], directions["eq5d-pain"]) == ("lower", "lower")
    assert (directions["mwd"], directions["eq5d-index"], directions["mean-age"]) == ("higher", "higher", "neither")


def test_no_measure_is_without_a_measurement() -> None:
    assert not Measure.objects.filter(measurements=None).exists()


# Published figures


def test_every_published_figure_is_of_a_known_kind() -> None:
    assert {subject.split(":")[0] for subject in FIGURES.values_list("subject", flat=True)} == KINDS


def test_every_published_figure_can_be_computed() -> None:
    cluster, day = Cluster.objects.get(slug="midt"), date(2025, 3, 31)
    known = computed_finance(cluster, day).keys() | computed_outcomes(cluster, day).values.keys()
    assert sorted(set(FIGURES.values_list("subject", flat=True)) - known) == []


def test_the_overviews_amounts_add_up_to_what_they_are_printed_as() -> None:
    overview = FIGURES.filter(place="Kapitel 2")
    assert overview.count() == 17
    assert overview.aggregate(sum=Sum("value"))["sum"] == Decimal(7156169)


def test_every_fact_box_repeats_the_overview() -> None:
    funds = FIGURES.filter(subject__startswith="cluster-funds:").order_by().values("subject")
    printings = funds.annotate(times=Count("pk"), values=Count("value", distinct=True))
    assert [(row["times"], row["values"]) for row in printings] == [(2, 1)] * 17


@pytest.mark.parametrize(
    ("place", "subject", "text", "value"),
    [
        ("Kapitel 2", "cluster-funds:midt/12", "300.000 kr.", "300000"),
        ("Bilag 1", "variance:midt/5/Jammerbugt Kommune/2024", "-64.528", "-64528"),
        ("Bilag 1, tekst", "spent-total:midt/2024", "5.255.088 mio. kr.", "5255088000000"),
        ("Bilag 1, klyngemidler i 2025", "carried-over:midt/2025", "1.765.000", "1765000"),
        ("Tabel 3a", "difference:midt/5/3a/mwd", "557", "557"),
        ("Tabel 3a", "effect:midt/5/3a/mwd-pain", "-10", "-10"),
        ("Tabel 4b", "effect:midt/5/4b/psfs", "214", "214"),
        ("Tabel 4c", "effect:midt/5/4c/eq5d-mobility", "39", "39"),
        ("Tabel 8", "difference:midt/6/8/eq5d-pain", "0,71", "0.71"),
        ("Tabel 10", "proportion:midt/10A/10/Nord By", "51%", "51"),
    ],
)
def test_a_published_figure_keeps_what_was_printed(place: str, subject: str, text: str, value: str) -> None:
    assert printed(place, subject) == (text, Decimal(value))


def test_both_printings_of_a_figure_that_disagrees_with_itself_are_kept() -> None:
    subject = "effect:midt/6/7b/sit-to-stand"
    assert printed("Tabel 7b", subject)[0] == "35"
    assert printed("Indsats 6, tekst efter tabel 7b", subject)[0] == "34 %"
    assert {figure.value for figure in FIGURES.filter(subject="n:midt/6/7b")} == {Decimal(45), Decimal(46)}


def test_a_unit_is_a_word_that_can_follow_a_figure() -> None:
    """`4,82 vurdering` says nothing; a score has its scale or stands alone."""
    measured = {"%", "meter", "km/t", "sekunder", "gentagelser", "år", "dage"}
    counted = {
        "borgere", "forløb", "lægepraksis", "operationer", "kommuner", "anbefalinger", "fagpersoner", "kontakter",
        "medarbejdere", "besøgende", "deltagere", "børn og unge",
    }  # fmt: skip
    assert set(Measure.objects.values_list("unit", flat=True)) == {""} | measured | counted
