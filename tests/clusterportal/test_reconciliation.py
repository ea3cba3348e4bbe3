"""Print beside computation: when two figures agree, and what is said where they do not."""

from datetime import date
from decimal import Decimal

import pytest

from clusterportal.reconciliation.compare import Comparison, Verdict, compare, published, reconcile
from clusterportal.reconciliation.views import opening
from finance import figures as money
from initiatives.models import Cluster, PublishedDocument, PublishedFigure
from initiatives.published import printed_decimals
from outcomes import figures as results
from outcomes.agreement import Range
from tests.finance import build_ledger as ledger
from tests.outcomes import build_measurements as measured

from .build_published import document, printed

Unit = PublishedFigure.Unit


def compared(
    text: str, value: str | None, exact: str | None, unit: str = Unit.MEASURE, possible: Range | None = None
) -> Comparison:
    """A comparison that stands in no database."""
    paper = PublishedDocument(slug="x", title="x", status_date=date(2025, 3, 31))
    figure = PublishedFigure(
        document=paper, place="Tabel 3a", printed=text, unit=unit, subject="difference:midt/5/3a/mwd",
        value=None if value is None else Decimal(value),
    )  # fmt: skip
    return Comparison(figure, None if exact is None else Decimal(exact), "Forskel, MWD, indsats 5", possible)


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("557", "557", 0),
        ("-0,36", "-0.36", 2),
        ("1.765.000", "1765000", 0),
        ("300.000 kr.", "300000", 0),
        ("5.255.088 mio. kr.", "5255088000000", 0),
        ("0.68", "0.68", 2),
        ("0.680", "0.68", 3),
        ("1.765,5", "1765.5", 1),
        ("42 gennemførte forløb", "42", 0),
        ("faldet med 10 %", "-10", 0),
        ("51%", "51", 0),
        ("ikke målt", None, 0),
    ],
)
def test_decimals_are_those_that_were_printed(text, value, decimals):
    assert printed_decimals(text, None if value is None else Decimal(value)) == decimals


@pytest.mark.parametrize(
    ("text", "value", "exact", "rounded"),
    [
        ("577", "577", "577", "577"),
        ("64", "64", "63.5", "64"),
        ("63", "63", "63.4999", "63"),
        ("-10", "-10", "-10.164835", "-10"),
        ("-11", "-11", "-10.5", "-11"),
        ("79,55", "79.55", "79.545", "79.55"),
        ("714", "714", "713.99", "714"),
        ("0", "0", "-0.4", "0"),
    ],
)
def test_a_figure_agrees_at_the_printed_decimals_rounded_half_up(text, value, exact, rounded):
    row = compared(text, value, exact)
    assert (row.computed, row.verdict, row.difference) == (Decimal(rounded), Verdict.AGREES, 0)


@pytest.mark.parametrize(
    ("text", "value", "exact", "difference"),
    [
        ("557", "557", "577", "-20"),
        ("-0,36", "-0.36", "-0.37", "0.01"),
        ("3,9", "3.9", "4", "-0.1"),
        ("63", "63", "63.5", "-1"),
        ("-5", "-5", "5", "-10"),
    ],
)
def test_a_figure_differs_by_what_more_was_printed(text, value, exact, difference):
    row = compared(text, value, exact)
    assert (row.verdict, row.difference) == (Verdict.DIFFERS, Decimal(difference))


def test_a_fall_printed_without_minus_is_told_apart():
    row = compared("39", "39", "-38.851")
    assert (row.verdict, row.computed, row.difference) == (Verdict.UNSIGNED, -39, 0)
    assert row.note == "Faldet er trykt uden minus."


@pytest.mark.parametrize(("value", "exact"), [("557", None), (None, "577")])
def test_without_one_of_the_two_nothing_is_compared(value, exact):
    row = compared("557", value, exact)
    assert (row.verdict, row.difference) == (Verdict.UNKNOWN, None)
    assert row.note == "Portalen har ikke oplysninger at beregne tallet af."


@pytest.mark.parametrize(
    ("row", "note"),
    [
        (compared("577", "577", "577"), "Stemmer"),
        (compared("557", "557", "577"), "Afviger"),
        (
            compared("0,64", "0.64", "0.63", possible=Range(Decimal("0.62"), Decimal("0.64"))),
            "Stemmer, når de trykte gennemsnit tages som afrundede.",
        ),
        (compared("0,65", "0.65", "0.63", possible=Range(Decimal("0.62"), Decimal("0.64"))), "Afviger"),
        (compared("45 forløb", "45", "46", Unit.COUNT), "Afviger"),
        (compared("300.001 kr.", "300001", "300000", Unit.KRONER), "Afviger"),
        (
            compared("5.255.088 mio. kr.", "5255088000000", "5255088", Unit.KRONER),
            "Trykt i millioner; beløbet er i kroner.",
        ),
    ],
)
def test_the_note_says_what_is_known_of_the_reason(row, note):
    assert row.note == note


def test_places_are_ordered_as_people_count():
    rows = [compared("1", "1", "1") for _ in range(3)]
    for row, place in zip(rows, ("Tabel 10", "Tabel 3a", "Tabel 4a"), strict=True):
        row.figure.place = place
    assert [row.figure.place for row in sorted(rows, key=lambda row: row.place_order)] == [
        "Tabel 3a",
        "Tabel 4a",
        "Tabel 10",
    ]


def test_a_search_looks_in_what_is_shown_in_small_letters():
    assert compared("557", "557", "577").words == "tabel 3a forskel, mwd, indsats 5 557 afviger"


# Against the database.
@pytest.fixture
def cluster(db: None) -> Cluster:
    """163.919 kr. spent on 12, and one measured row on 5."""
    cluster = ledger.ledger()
    ledger.used(ledger.line(cluster, "12"), "300000", "163919")
    ledger.account_for(cluster)
    measured.before_after(ledger.initiative(cluster, "5"), "mwd", "536", "1113")
    return cluster


def test_money_and_results_are_compared_in_the_order_of_the_document(cluster):
    printed("cluster-funds:proeve/12", "300.000 kr.", "300000")
    printed("difference:proeve/5/3a/mwd", "577", "577", unit=Unit.MEASURE)
    rows = reconcile(cluster)
    assert [row.exact for row in rows] == [163919, 577]
    assert [row.verdict for row in rows] == [Verdict.DIFFERS, Verdict.AGREES]


def test_each_document_is_compared_as_of_its_own_status_date(cluster):
    early = document("foer", date(2024, 12, 30))
    printed("cluster-funds:proeve/12", "0 kr.", "0", document=early)
    printed("cluster-funds:proeve/12", "163.919 kr.", "163919")
    assert {row.verdict for row in reconcile(cluster)} == {Verdict.AGREES}


def test_a_figure_without_facts_is_kept(cluster):
    printed("difference:proeve/5/3a/ukendt", "5", "5", unit=Unit.MEASURE)
    assert [row.verdict for row in reconcile(cluster)] == [Verdict.UNKNOWN]


@pytest.mark.parametrize("subject", ["cluster-funds:nord/12", "cluster-funds:proeve-nord/12", "andet:proeve/12"])
def test_figures_of_others_are_not_the_clusters(cluster, subject):
    printed(subject, "1", "1")
    assert not published(cluster).exists()


def test_a_subject_is_named_with_the_measures_name(cluster):
    measured.measure("hop", "Hop på ét ben")
    printed("difference:proeve/5/3a/hop", "577", "577")
    assert reconcile(cluster)[0].what == "Forskel, Hop på ét ben, indsats 5"


def test_cost_does_not_grow_with_the_figures(cluster, queries):
    printed("cluster-funds:proeve/12", "300.000 kr.", "300000")
    few = queries(lambda: reconcile(cluster))
    for number in range(20):
        printed(f"spent:proeve/12//20{number + 10}", "5", "5")
    assert queries(lambda: reconcile(cluster)) == few


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("577", "577")], "1 trykt tal er regnet efter; ingen afviger."),
        ([("577", "577"), ("557", "577")], "2 trykte tal er regnet efter; 1 afviger."),
        ([("39", "-39"), ("557", "577")], "2 trykte tal er regnet efter; 1 afviger. Desuden: 1 er trykt uden minus."),
        (
            [("39", "-39"), ("5", None), ("5", None)],
            "3 trykte tal er regnet efter; ingen afviger. Desuden: 1 er trykt uden minus og 2 kan ikke beregnes.",
        ),
    ],
)
def test_the_page_opens_with_how_many_differ(rows, sentence):
    assert opening([compared(value, value, exact) for value, exact in rows]) == sentence


# The real evaluation.
def verdicts(midt: Cluster) -> dict[tuple[str, str], Comparison]:
    return {(row.figure.place, row.figure.subject): row for row in reconcile(midt)}


@pytest.mark.parametrize(
    ("place", "subject", "computed", "difference"),
    [
        ("Kapitel 2", "cluster-funds:midt/12", "163919", "136081"),
        ("Bilag 1, klyngemidler i 2025", "carried-over:midt/2025", "1764912", "88"),
        ("Tabel 3a", "difference:midt/5/3a/mwd", "577", "-20"),
        ("Tabel 3a", "difference:midt/5/3a/mwd-pain", "-0.37", "0.01"),
        ("Tabel 7b", "n:midt/6/7b", "46", "-1"),
    ],
)
def test_what_midts_evaluation_printed_wrongly(midt, place, subject, computed, difference):
    row = verdicts(midt)[place, subject]
    assert (row.computed, row.difference) == (Decimal(computed), Decimal(difference))


@pytest.mark.parametrize(
    ("place", "subject"),
    [
        ("Bilag 1", "spent-total:midt/2024"),
        ("Bilag 1", "variance-total:midt/2024"),
        ("Bilag 1, klyngemidler i 2025", "allocated-year-total:midt/2025"),
        ("Kapitel 2", "cluster-funds:midt/5"),
        ("Tabel 3b", "difference:midt/5/3b/mwd"),
        ("Tabel 10", "proportion:midt/10A/10/Nord By"),
    ],
)
def test_what_midts_evaluation_printed_rightly(midt, place, subject):
    assert verdicts(midt)[place, subject].verdict == Verdict.AGREES


def test_every_figure_of_midts_evaluation_can_be_computed(midt):
    assert [row.figure for row in reconcile(midt) if row.verdict == Verdict.UNKNOWN] == []


@pytest.mark.usefixtures("db")
def test_every_published_kind_is_known():
    kinds = {figure.subject.partition(":")[0] for figure in PublishedFigure.objects.all()}
    assert kinds <= {*money.KINDS, *results.KINDS}


def test_only_what_no_rounding_explains_differs_in_midts_tables_of_results(midt):
    found = {
        (row.figure.place, row.figure.subject)
        for row in reconcile(midt)
        if row.verdict == Verdict.DIFFERS and results.KINDS.keys() & {row.figure.subject.partition(":")[0]}
    }
    assert found == {("Tabel 3a", "difference:midt/5/3a/mwd"), ("Tabel 7b", "n:midt/6/7b")}


def test_nothing_is_compared_of_a_cluster_without_documents(cluster):
    assert compare([], cluster) == reconcile(cluster) == []
