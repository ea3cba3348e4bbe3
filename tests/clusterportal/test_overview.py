"""The status overview as data: themes in order, money and status of the day, and print beside it."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from clusterportal.portfolio import sentences
from clusterportal.portfolio.overview import Overview, overview
from clusterportal.portfolio.rows import OverviewRow, age_in_days, printed_differently
from finance.shapes import Line
from initiatives.asof import DatePrecision
from initiatives.models import ActionPlan, Cluster, Colour, Initiative, InitiativeActor, Phase
from tests import build
from tests.finance import build_ledger as ledger

from .build_published import document, printed

pytestmark = pytest.mark.django_db
DAY = date(2025, 4, 10)


@pytest.fixture
def cluster() -> Cluster:
    """Initiatives 2 and 10A in the first theme, 1 in the second; 2 spent 900 of 1.000 and has 50 for 2025."""
    cluster = ledger.ledger()
    first, second = (build.theme(build.plan(cluster), name, place) for name, place in (("Først", 1), ("Så", 2)))
    two = build.initiative("2", first)
    build.initiative("10A", first)
    build.initiative("1", second)
    ledger.used(Line(two, None), "1000", "900")
    ledger.allocate(Line(two, None), "50", budget_year=2025)
    ledger.account_for(cluster)
    return cluster


@pytest.fixture
def shown(cluster: Cluster):
    """The cluster's overview on a day."""
    return lambda day=DAY: overview(build.plan(cluster), day)


def row(shown: Overview, number: str = "2") -> OverviewRow:
    return next(row for row in shown.rows if row.initiative.number == number)


def initiative(number: str = "2") -> Initiative:
    return Initiative.objects.get(cluster__slug="proeve", number=number)


# Order and sums.
def test_initiatives_stand_under_their_themes_in_printed_order(shown):
    assert [(group.name, [row.initiative.number for row in group.rows]) for group in shown().groups] == [
        ("Først", ["2", "10A"]),
        ("Så", ["1"]),
    ]


def test_initiatives_without_a_theme_come_last(cluster, shown):
    Initiative.objects.create(cluster=cluster, plan=build.plan(cluster), number="0", title="Uden", short_title="Uden")
    assert shown().groups[-1].name == "Uden tema"
    assert shown().groups[-1].rows[0].initiative.number == "0"


def test_another_plan_has_its_own(cluster, shown):
    build.initiative("30", build.theme(build.plan(cluster, "Handleplan 2026–2029")))
    assert shown().count == 3


def test_funds_are_spent_in_accounted_years_and_allocated_for_others(shown):
    assert row(shown()).funds == 950


def test_before_the_accounts_funds_are_what_is_allocated(cluster, shown):
    ledger.allocate(ledger.line(cluster, "1", None), "300", held_on=date(2024, 3, 1))
    assert row(shown(date(2024, 6, 1)), "1").funds == 300


def test_an_initiative_without_entries_has_no_funds(shown):
    assert row(shown(), "10A").funds == Decimal(0)


def test_themes_and_all_are_summed(cluster, shown):
    ledger.allocate(ledger.line(cluster, "1", None), "300", budget_year=2025)
    assert [group.total for group in shown().groups] == [950, 300]
    assert shown().total == 1250


def test_an_empty_plan_is_an_empty_overview(db):
    empty = overview(build.plan(), DAY)
    assert (empty.groups, empty.count, empty.total, empty.printed_total) == ((), 0, 0, None)


def test_actors_are_the_printed_lines_in_order(shown):
    for position, label in ((2, "PLO/Nord-KAP"), (1, "Region Nordjylland")):
        InitiativeActor.objects.create(initiative=initiative(), label=label, position=position)
    assert row(shown()).actors == ("Region Nordjylland", "PLO/Nord-KAP")


# Status.
def test_status_is_the_newest_that_held_on_the_day(shown):
    for day, text in ((1, "Først"), (10, "Dernæst"), (11, "Siden")):
        build.status(initiative(), date(2025, 4, day), printed_text=text)
    assert row(shown()).status.printed_text == "Dernæst"
    assert row(shown(date(2025, 4, 1))).status.printed_text == "Først"


def test_of_one_day_the_later_recorded_holds(shown):
    build.status(initiative(), DAY, printed_text="Formiddag")
    build.status(initiative(), DAY, printed_text="Eftermiddag")
    assert row(shown()).status.printed_text == "Eftermiddag"


def test_a_corrected_status_no_longer_holds(shown):
    wrong = build.status(initiative(), date(2025, 4, 2), printed_text="Forkert")
    build.status(initiative(), date(2025, 4, 1), printed_text="Rettet", supersedes=wrong)
    assert row(shown()).status.printed_text == "Rettet"


def test_without_a_report_there_is_no_status_and_no_age(shown):
    assert (row(shown()).status, row(shown()).age_days) == (None, None)


@pytest.mark.parametrize(
    ("precision", "age"),
    [(DatePrecision.DAY, 9), (DatePrecision.MONTH, 9), (DatePrecision.YEAR, 9), (DatePrecision.UNPRINTED, None)],
)
def test_age_is_counted_where_the_date_is_printed(shown, precision, age):
    build.status(initiative(), date(2025, 4, 1), precision=precision)
    assert row(shown()).age_days == age


def test_no_report_has_no_age():
    assert age_in_days(None, DAY) is None


def test_phases_and_colours_are_counted(shown):
    build.status(initiative(), phase=Phase.PAUSED, overall=Colour.RED)
    build.status(initiative("1"), phase=Phase.CLOSED, overall=Colour.NONE)
    assert shown().census.phases == {"paused": 1, "closed": 1}
    assert shown().census.colours == {"red": 1}


@pytest.mark.parametrize("invented", [True, False])
def test_it_tells_whether_something_is_invented(shown, invented):
    build.status(initiative(), demonstration=invented)
    assert shown().demonstration is invented


# Print.
def test_an_amount_printed_otherwise_stands_beside(shown):
    printed("cluster-funds:proeve/2", "1.000 kr.", "1000")
    assert row(shown()).printed_funds.printed == "1.000 kr."
    assert (shown().total, shown().printed_total) == (950, 1000)
    assert [group.printed_total for group in shown().groups] == [1000, None]


def test_an_amount_printed_alike_is_not_mentioned(shown):
    printed("cluster-funds:proeve/2", "950 kr.", "950")
    assert (row(shown()).printed_funds, shown().printed_total) == (None, None)


def test_what_is_printed_later_is_not_known(shown):
    printed("cluster-funds:proeve/2", "1.000 kr.", "1000", document=document("senere", date(2025, 4, 11)))
    assert row(shown()).printed_funds is None
    assert row(shown(date(2025, 4, 11))).printed_funds is not None


def test_the_newest_document_counts():
    old = printed("cluster-funds:proeve/2", "1 kr.", "1", document=document("gammel", date(2024, 1, 1)))
    new = printed("cluster-funds:proeve/2", "2 kr.", "2", document=document("ny", date(2025, 1, 1)))
    assert printed_differently([new, old], Decimal(3)) == new
    assert printed_differently([new, old], Decimal(2)) is None


def test_a_print_without_a_number_differs_from_nothing():
    assert printed_differently([printed("cluster-funds:proeve/2", "ukendt", None)], Decimal(3)) is None


# Cost.
def test_four_queries_where_the_accounted_years_are_known_whatever_the_rows(cluster, queries):
    plan = ActionPlan.objects.select_related("cluster").get(cluster=cluster)
    assert queries(lambda: overview(plan, DAY, frozenset({2024}))) == 4
    for number in range(20, 40):
        build.status(build.initiative(str(number), build.theme(plan)))
    assert queries(lambda: overview(plan, DAY, frozenset({2024}))) == 4


def test_known_years_give_the_same_as_read_ones(cluster, shown):
    known = overview(build.plan(cluster), DAY, frozenset({2024}))
    assert [row.funds for row in known.rows] == [row.funds for row in shown().rows]


# In words.
@pytest.mark.parametrize(
    ("phases", "unreported", "sentence"),
    [
        ({}, 0, ""),
        ({"closed": 1}, 0, "Én er afsluttet."),
        ({"in_operation": 5, "awaiting": 1}, 0, "Fem er i drift, og én afventer."),
        ({"awaiting": 2, "running": 2, "pilot": 3}, 0, "Tre afprøves som pilot, to er i gang, og to afventer."),
        ({"closed": 2}, 15, "To er afsluttet, og 15 har ingen status."),
        ({}, 17, "17 har ingen status."),
    ],
)
def test_the_spread_is_said_most_common_first(phases, unreported, sentence):
    assert sentences.spread(phases, unreported) == sentence


@pytest.mark.parametrize("phase", Phase.values)
def test_every_phase_can_be_said_of_one_and_of_many(phase):
    with translation.override("en"):
        assert sentences.phase_clause(phase, "one", 1).startswith("one is ")
        assert sentences.phase_clause(phase, "two", 2).startswith("two are ")


@pytest.mark.parametrize(
    ("assessed", "sentence"),
    [
        ({}, ""),
        ({"green": 1}, "Én er grøn."),
        ({"green": 6, "amber": 3, "red": 1}, "Én er rød, tre er gule, og seks er grønne."),
    ],
)
def test_colours_are_said_worst_first(assessed, sentence):
    assert sentences.colours(assessed) == sentence


def test_the_lead_counts_initiatives_and_themes(shown):
    lead = sentences.lead(shown().census)
    assert (lead.initiatives, lead.themes, lead.spread) == ("tre indsatser", "to temaer", "Tre har ingen status.")


@pytest.mark.parametrize(
    ("phase", "text", "sentence"),
    [
        (Phase.RUNNING, "Helårsdrift i 2025 i regi af Klynge Midt", "Indsatsen er i gang: Helårsdrift i 2025 i regi"),
        (Phase.CLOSED, "Afsluttet.", "Indsatsen er afsluttet."),
        (Phase.MERGED, "Indsatsen fortsætter i drift", "Indsatsen fortsætter i drift."),
        (Phase.IN_OPERATION, "I drift i begge kommuner", "Indsatsen er i drift i begge kommuner."),
        (Phase.IN_OPERATION, "I drift: to hold", "Indsatsen er i drift: to hold."),
        (Phase.IN_OPERATION, "I driftsfasen", "Indsatsen er i drift: I driftsfasen."),
        (Phase.IN_OPERATION, "Er i drift", "Indsatsen er i drift."),
        (Phase.RUNNING, "I gang siden maj", "Indsatsen er i gang siden maj."),
        (Phase.RUNNING, "Igangværende i Aalborg", "Status: Igangværende i Aalborg."),
        (Phase.PAUSED, "Pauseret", "Indsatsen er sat på pause."),
    ],
)
def test_one_initiatives_state_says_nothing_twice(phase, text, sentence):
    assert sentences.state(build.status(build.initiative("77"), phase=phase, printed_text=text)).startswith(sentence)


# The real plan.
def test_midts_funds_in_all_and_as_printed(midt):
    shown = overview(midt.plans.get(), DAY)
    assert (shown.count, shown.total, shown.printed_total) == (17, 7_020_088, 7_156_169)


def test_only_midts_initiative_12_is_printed_otherwise(midt):
    differing = overview(midt.plans.get(), DAY).differing
    assert [(row.initiative.number, row.funds, row.printed) for row in differing] == [("12", 163_919, 300_000)]


def test_midts_themes_are_summed(midt):
    groups = overview(midt.plans.get(), DAY).groups
    assert [group.total for group in groups] == [800_000, 3_880_483, 2_174_605, 165_000]


def test_midts_document_prints_no_colours(midt):
    shown = overview(midt.plans.get(), DAY)
    assert (shown.census.colours, shown.demonstration) == ({}, False)
