"""The money of one initiative: recipients of accounted years, open years, what was carried on, vouchers behind."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from finance.annex import annex
from finance.initiative_funds import InitiativeFunds, initiative_funds
from finance.shapes import Line
from finance.totals import cluster_funds
from initiatives.access import Role
from initiatives.models import Cluster, Forum, Initiative, User
from meetings.models import AgendaItem, Decision, Meeting, Recommendation
from tests import build

from . import build_ledger as ledger

END_OF_2024 = date(2024, 12, 31)


@pytest.fixture
def cluster(db: None) -> Cluster:
    return ledger.ledger()


@pytest.fixture
def reader(cluster: Cluster) -> User:
    return build.user("petra", Role.POLITICIAN, cluster)


@pytest.fixture
def five(cluster: Cluster) -> Initiative:
    """Initiative 5 as in annex 1: two municipalities by 2024, 595.000 kr. to nobody in particular for 2025."""
    ledger.used(ledger.line(cluster, recipient="Aalborg Kommune"), "850000", "837248")
    ledger.used(ledger.line(cluster, recipient="Jammerbugt Kommune"), "270000", "334528")
    ledger.used(ledger.line(cluster, "6", "Aalborg Kommune"), "1000000", "400000")
    ledger.account_for(cluster)
    ledger.carry_over(cluster)
    five = ledger.initiative(cluster)
    ledger.allocate(Line(five, None), "595000", budget_year=2025)
    return five


@pytest.fixture
def funds(five: Initiative, reader: User) -> Callable[..., InitiativeFunds]:
    return lambda day=END_OF_2024, of=five: initiative_funds(of, reader, day)


def test_recipients_stand_in_the_annexs_order_with_words(funds):
    rows = [(row.recipient, row.variance, row.word) for row in funds().rows]
    assert rows == [
        ("Jammerbugt Kommune", Decimal(-64528), "Merforbrug"),
        ("Aalborg Kommune", Decimal(12752), "Mindreforbrug"),
    ]


def test_the_total_is_that_of_the_initiative_alone(funds):
    closed = funds().closed
    assert (closed.allocated, closed.spent, closed.variance) == (1120000, 1171776, -51776)


def test_a_year_without_accounts_stands_alone_with_what_is_left(funds):
    (year,) = funds().open_years
    (row,) = year.rows
    assert (year.budget_year, row.recipient, row.variance) == (2025, "Ingen modtager angivet", Decimal(595000))
    assert row.word == "Ikke brugt endnu"


def test_what_is_spent_in_an_open_year_is_taken_from_its_frame(five, funds):
    ledger.spend(Line(five, None), "95000", budget_year=2025, held_on=date(2025, 2, 1))
    (year,) = funds(date(2025, 2, 1)).open_years
    assert (year.total.spent, year.total.variance) == (95000, 500000)


def test_an_overspend_carried_on_is_told_and_not_in_the_next_years_frame(funds):
    (year,) = funds().open_years
    assert year.carried == "Merforbruget på 51.776 kr. er trukket fra i det, klyngen overfører til 2025."
    assert year.total.allocated == 595000


def test_the_frame_of_an_open_year_is_what_is_allocated_for_it(cluster, five, funds):
    ledger.allocate(ledger.line(cluster, recipient="Jammerbugt Kommune"), "100000", budget_year=2025)
    (year,) = funds().open_years
    assert (year.rows[0].recipient, year.rows[0].variance) == ("Jammerbugt Kommune", Decimal(100000))


def test_an_underspend_carried_on_is_told_where_nothing_else_is_in_the_year(cluster, five, funds):
    (year,) = funds(of=ledger.initiative(cluster, "6")).open_years
    assert year.rows == ()
    assert year.carried == "600.000 kr., der ikke blev brugt, er overført til 2025 og ligger igen i klyngens pulje."


def test_it_agrees_with_annex_and_cluster_funds(cluster, five, funds):
    of_annex = [line for line in annex(cluster, END_OF_2024).lines if line.initiative == five]
    assert [row.variance for row in funds().rows] == [line.variance for line in of_annex]
    assert funds().funds == cluster_funds(cluster, END_OF_2024)[five.pk]


def test_the_sentence_says_how_it_ended_and_what_it_comes_to(funds):
    assert funds().sentence == (
        "Rammen til og med 2024 blev overskredet med 51.776 kr."
        " Sammen med det, der er disponeret siden, har indsatsen 1.766.776 kr. i klyngemidler."
    )


@pytest.mark.parametrize(
    ("spent", "sentence"),
    [
        ("400000", "Af rammen til og med 2024 blev 600.000 kr. ikke brugt."),
        ("1000000", "Rammen til og med 2024 blev brugt præcist."),
    ],
)
def test_the_sentence_of_a_frame_that_held(spent, sentence, cluster, reader):
    line = ledger.used(ledger.line(cluster), "1000000", spent)
    ledger.account_for(cluster)
    assert initiative_funds(line.initiative, reader, END_OF_2024).sentence == sentence


def test_before_the_first_accounts_only_what_is_allocated_is_told(cluster, reader):
    line = ledger.used(ledger.line(cluster), "1000000", "400000")
    money = initiative_funds(line.initiative, reader, END_OF_2024)
    assert (money.through, money.closed, money.rows) == (None, None, ())
    assert money.sentence == "Der er disponeret 1.000.000 kr.; regnskabet for dem er ikke aflagt endnu."


def test_nothing_is_known_before_it_was_posted(funds):
    money = funds(date(2024, 12, 30))
    assert (money.vouchers, money.open_years, money.funds.total) == ((), (), 0)


# The figure.
def test_the_steps_go_from_the_frame_to_the_cluster_funds(funds):
    assert [(step.kind, step.year, step.amount) for step in funds().steps] == [
        ("allocated", None, 1120000), ("spent", None, 1171776), ("over", None, 51776),
        ("later", 2025, 595000), ("total", None, 1766776),
    ]  # fmt: skip


def test_the_bars_share_one_scale_and_overspend_follows_the_frame(funds):
    bars = {step.kind: [(part.look, part.start, part.length) for part in step.parts] for step in funds().steps}
    assert bars["spent"] == [("f-fg", "0.0", "126.8"), ("f-over", "126.8", "5.9")]
    assert bars["later"] == [("f-soft", "132.6", "67.4")]
    assert bars["total"] == [("f-fg", "0.0", "132.6"), ("f-soft", "132.6", "67.4")]


def test_an_unused_frame_fills_the_figure_and_nothing_leaves_it(cluster, reader):
    line = ledger.allocate(ledger.line(cluster), "1000000").entries.get(initiative__isnull=False)
    ledger.account_for(cluster)
    steps = initiative_funds(line.initiative, reader, END_OF_2024).steps
    assert [part.length for part in steps[0].parts] == ["200.0"]
    assert [(step.kind, step.amount) for step in steps[1:]] == [("spent", 0), ("under", 1000000), ("total", 0)]


# The vouchers.
def test_the_vouchers_are_those_of_the_initiative_and_add_up(five, funds):
    lines = funds().vouchers
    assert {line.entry.initiative_id for line in lines} == {five.pk}
    assert sum(line.entry.amount for line in lines if line.entry.voucher.kind == "spend") == 1171776
    assert len(lines) == 7


def decision(forum: Forum, held_on: date = date(2024, 11, 1)) -> Decision:
    meeting = Meeting.objects.create(forum=forum, held_on=held_on)
    item = AgendaItem.objects.create(meeting=meeting, number="4", title="Midler", kind="approval")
    return Decision.objects.create(
        recommendation=Recommendation.objects.create(item=item, number=1), outcome="approved", text="Ja."
    )


def test_a_voucher_shows_its_decision_only_to_those_who_may_see_it(cluster, five, funds):
    elsewhere = build.cluster("andre", "Sundhedsklynge Andre")
    own, foreign = (
        decision(Forum.objects.create(name="Politisk niveau", level="political", cluster=each))
        for each in (cluster, elsewhere)
    )
    ledger.allocate(Line(five, None), "1", budget_year=2026, decision=own)
    ledger.allocate(Line(five, None), "2", budget_year=2026, decision=foreign, taken_over_from="Et dokument")
    assert [line.decision for line in funds().vouchers[-2:]] == [own, None]


def test_the_cost_is_five_queries_whatever_the_number_of_vouchers(cluster, five, funds, queries):
    def post(count: int) -> None:
        made = decision(Forum.objects.create(name=f"Forum {count}", level="political", cluster=cluster))
        for number in range(count):
            party = build.municipality(f"Kommune {count}-{number}")
            ledger.allocate(Line(five, party), "1000", budget_year=2026, decision=made)

    post(2)
    funds()  # the rights of the user are asked for once in a request
    assert queries(funds) == 5
    post(20)
    assert queries(funds) == 5
