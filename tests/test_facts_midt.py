"""The facts of Sundhedsklynge Midt, as its evaluation of the action plan prints them.

Literal figures are typed from the document a second time here, so that a slip in a fixture is found.
Results and published figures are in test_facts_midt_results.py.
"""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.models import Count, Sum

from clusterportal.facts.loader import load
from finance.models import AccountedYear, Entry, Voucher
from initiatives.asof import DatePrecision
from initiatives.models import (
    ActionPlan,
    Actor,
    Colour,
    Forum,
    Initiative,
    InitiativeActor,
    InitiativeRelation,
    Milestone,
    PublishedDocument,
    StatusReport,
    Theme,
)
from initiatives.money import money_sum
from meetings.models import Decision, Meeting

pytestmark = pytest.mark.django_db

DEMO = Path(settings.BASE_DIR) / "fixtures" / "demo"
NUMBERS = ["1", "1A", "1B", "2", "3", "4", "5", "6", "7", "8", "9", "10A", "10B", "11", "12", "13", "14"]
ALL = Initiative.objects.filter(cluster__slug="midt")
# From the document's own reports; the demonstration's are tested at the end.
REPORTS = StatusReport.objects.filter(initiative__cluster__slug="midt", demonstration=False)
ENTRIES = Entry.objects.filter(voucher__cluster__slug="midt")


def initiative(number: str) -> Initiative:
    return ALL.get(number=number)


def total(**fields: object) -> Decimal:
    """Kroner on an account, straight from the entries; a spend's or allocation's own account only."""
    return ENTRIES.filter(**fields).aggregate(sum=money_sum("amount"))["sum"]


# The plan


def test_seventeen_initiatives_stand_in_natural_order() -> None:
    assert list(ALL.values_list("number", flat=True)) == NUMBERS


def test_four_themes_hold_the_initiatives_of_chapter_2() -> None:
    sizes = Theme.objects.filter(plan__cluster__slug="midt").annotate(size=Count("initiatives"))
    assert [(theme.name, theme.colour, theme.size) for theme in sizes] == [
        ("Mental sundhed og psykiatriske lidelser", 1, 6),
        ("Træning før eller i stedet for operation", 2, 2),
        ("Lighed i sundhed", 3, 7),
        ("Yderligere indsatser", 4, 2),
    ]


def test_the_plan_has_its_texts_and_runs_to_the_end_of_2025() -> None:
    plan = ActionPlan.objects.get(cluster__slug="midt")
    assert (plan.title, plan.starts, plan.ends) == ("Handleplan 2022–2025", date(2022, 1, 1), date(2026, 1, 1))
    assert "20. september 2022" in plan.introduction
    assert "Ordrebekræftelse" in plan.governance


def test_every_theme_and_initiative_is_described() -> None:
    assert not Theme.objects.filter(plan__cluster__slug="midt", description="").exists()
    assert not ALL.filter(target_group="").exists()
    assert not ALL.filter(sections=None).exists()


def test_a_title_has_no_hyphen_of_a_line_break() -> None:
    assert initiative("1A").title == (
        "Udbredelse af Individuel Planlagt Job (IPS) med støtte til unge i alderen 15-17 år i Jammerbugt Kommune"
    )
    assert initiative("6").title == "Træning af patienter med kroniske lænderygsmerter"


@pytest.mark.parametrize(
    ("number", "labels"),
    [
        ("1", ["Driftsforum Børne- og Ungepsykiatri"]),
        ("3", ["Region Nordjylland", "Jammerbugt Kommune"]),
        ("5", ["Region Nordjylland", "Jammerbugt Kommune", "Aalborg Kommune", "PLO/Nord-KAP"]),
        ("8", ["Region Nordjylland", "Jammerbugt Kommune", "PLO/Nord-KAP"]),
        ("9", ["KLU i Jammerbugt Kommune og Aalborg Kommune"]),
        ("11", ["Region Nordjylland", "Jammerbugt Kommune", "Aalborg Kommune", "Nord-KAP"]),
        ("14", ["Region Nordjylland", "Aalborg Kommune", "PLO/Nord-KAP"]),
    ],
)
def test_actors_stand_as_printed(number: str, labels: list[str]) -> None:
    assert [line.label for line in initiative(number).actor_lines.all()] == labels


def test_a_printed_line_can_be_two_parties_or_none() -> None:
    lines = InitiativeActor.objects.filter(initiative__cluster__slug="midt")
    both = lines.get(initiative__number="5", label="PLO/Nord-KAP")
    assert set(both.actors.values_list("name", flat=True)) == {"PLO", "Nord-KAP"}
    ad_hoc = lines.get(role=InitiativeActor.Role.AD_HOC)
    assert (ad_hoc.initiative.number, ad_hoc.actors.count()) == ("10B", 0)


def test_the_operational_forum_is_a_body_of_the_region_and_a_party() -> None:
    forum = Forum.objects.get(actor__name="Driftsforum Børne- og Ungepsykiatri")
    assert (forum.region, forum.cluster) == (Actor.objects.get(name="Region Nordjylland"), None)


def test_relations_name_where_3_went_and_what_14_was_called() -> None:
    relations = InitiativeRelation.objects.filter(initiative__cluster__slug="midt")
    assert relations.get(kind="continues_in").target == initiative("1A")
    assert relations.get(kind="formerly").label == "SUGA 2.0"


def test_initiative_7_ran_from_december_2023_until_the_end_of_june_2024() -> None:
    seven = initiative("7")
    assert (seven.starts, seven.ends) == (date(2023, 12, 1), date(2024, 7, 1))


def test_a_milestone_known_by_month_or_year_stands_on_the_last_day_of_it() -> None:
    milestones = Milestone.objects.filter(initiative__cluster__slug="midt")
    by_month = milestones.filter(precision=DatePrecision.MONTH).values_list("day", flat=True)
    assert {(day + timedelta(days=1)).day for day in by_month} == {1}
    by_year = milestones.filter(precision=DatePrecision.YEAR).values_list("day", flat=True)
    assert {(day.month, day.day) for day in by_year} == {(12, 31)}


@pytest.mark.parametrize(
    ("number", "day", "precision"),
    [
        ("7", date(2024, 6, 30), "month"),
        ("8", date(2023, 12, 31), "month"),
        ("8", date(2024, 5, 31), "month"),
        ("11", date(2021, 12, 31), "year"),
        ("11", date(2023, 3, 31), "month"),
        ("11", date(2025, 5, 31), "month"),
        ("12", date(2020, 10, 31), "month"),
        ("14", date(2025, 1, 7), "day"),
        ("14", date(2025, 3, 14), "day"),
    ],
)
def test_a_date_of_the_text_is_a_milestone(number: str, day: date, precision: str) -> None:
    assert initiative(number).milestones.get(day=day).precision == precision


# Status


@pytest.mark.parametrize(
    ("phase", "numbers"),
    [
        ("in_operation", ["1", "1A", "10B", "11", "12"]),
        ("awaiting", ["1B"]),
        ("closed", ["2", "7", "9", "10A"]),
        ("merged", ["3"]),
        ("discontinued", ["4"]),
        ("running", ["5", "6", "14"]),
        ("paused", ["8"]),
        ("pilot", ["13"]),
    ],
)
def test_each_phase_has_the_initiatives_of_the_document(phase: str, numbers: list[str]) -> None:
    of_phase = REPORTS.filter(phase=phase).order_by("initiative__number_order")
    assert list(of_phase.values_list("initiative__number", flat=True)) == numbers


def test_no_printed_status_has_a_colour_or_a_reporter() -> None:
    assert REPORTS.count() == 17
    for dimension in ("overall", "time", "money", "quality"):
        assert not REPORTS.exclude(**{dimension: Colour.NONE}).exists()
    assert not REPORTS.exclude(reported_by=None).exists()


def test_only_two_statuses_are_dated_by_the_text() -> None:
    dated = REPORTS.exclude(precision=DatePrecision.UNPRINTED).order_by("initiative__number_order")
    assert list(dated.values_list("initiative__number", "reported_on", "precision")) == [
        ("7", date(2024, 6, 30), "month"),
        ("10A", date(2024, 6, 30), "month"),
    ]


def test_undated_statuses_carry_the_documents_one_date() -> None:
    document = PublishedDocument.objects.get(slug="midt-evaluering-2025")
    undated = REPORTS.filter(precision=DatePrecision.UNPRINTED)
    assert set(undated.values_list("reported_on", flat=True)) == {document.status_date} == {date(2025, 3, 31)}
    assert not document.status_date_printed


def test_a_status_text_stands_as_printed() -> None:
    texts = dict(REPORTS.values_list("initiative__number", "printed_text"))
    assert texts["8"] == "Helårsdrift i 2025 i regi af Klynge Midt, dog pauseret pt."
    assert texts["9"] == "Afsluttes i de lokale KLU'er"
    assert texts["3"] == "Indsatsen fortsætter i drift som en del af indsats 1a (IPS)"


# Money


def test_the_totals_of_annex_1() -> None:
    allocated = total(account__kind="allocated", voucher__kind="allocation", voucher__budget_year=2024)
    spent = total(account__kind="spent")
    assert (spent, allocated, allocated - spent) == (Decimal(5255088), Decimal(7020000), Decimal(1764912))


def test_fourteen_lines_of_which_one_has_spent_nothing() -> None:
    year = Voucher.objects.filter(cluster__slug="midt", budget_year=2024)
    assert year.filter(kind="allocation").count() == 14
    assert year.filter(kind="spend").count() == 13


@pytest.mark.parametrize(
    ("number", "recipient", "spent", "allocated", "variance"),
    [
        ("1", None, 50000, 750000, 700000),
        ("1A", None, 250000, 250000, 0),
        ("2", None, 500000, 500000, 0),
        ("5", "Jammerbugt Kommune", 334528, 270000, -64528),
        ("5", "Aalborg Kommune", 837248, 850000, 12752),
        ("6", "Jammerbugt Kommune", 578207, 580000, 1793),
        ("6", "Aalborg Kommune", 890500, 1420000, 529500),
        ("7", None, 300000, 300000, 0),
        ("8", None, 316000, 500000, 184000),
        ("10A", None, 700000, 700000, 0),
        ("10B", "Jammerbugt Kommune", 334686, 300000, -34686),
        ("12", "Jammerbugt Kommune", 51919, 188000, 136081),
        ("12", "Aalborg Kommune", 112000, 112000, 0),
        ("13", None, 0, 300000, 300000),
    ],
)
def test_a_line_of_annex_1(number: str, recipient: str | None, spent: int, allocated: int, variance: int) -> None:
    line = {"initiative__number": number, "recipient__name": recipient}
    assert total(**line, account__kind="spent") == spent
    in_2024 = {**line, "voucher__kind": "allocation", "voucher__budget_year": 2024}
    assert total(**in_2024, account__kind="allocated") == allocated
    assert total(**line, account__kind="allocated", voucher__kind="carry_over") == -variance


def test_the_carry_over_puts_all_that_was_left_back_into_the_pool() -> None:
    [voucher] = Voucher.objects.filter(cluster__slug="midt", kind="carry_over")
    assert (voucher.held_on, voucher.budget_year) == (date(2024, 12, 31), 2025)
    assert voucher.entries.get(account__kind="pool").amount == Decimal(1764912)


def test_four_allocations_of_2025_without_recipient() -> None:
    later = ENTRIES.filter(account__kind="allocated", voucher__kind="allocation", voucher__budget_year=2025)
    by_number = later.order_by("initiative__number_order").values_list("initiative__number", "amount")
    assert list(by_number) == [
        ("5", Decimal(595000)), ("6", Decimal(645000)), ("8", Decimal(360000)), ("14", Decimal(165000)),
    ]  # fmt: skip
    assert set(later.values_list("recipient", "voucher__held_on")) == {(None, date(2024, 12, 31))}


def test_every_voucher_is_balanced_and_nothing_was_granted() -> None:
    sums = ENTRIES.order_by().values("voucher").annotate(sum=Sum("amount"))
    assert {row["sum"] for row in sums} == {Decimal(0)}
    assert total(account__kind="pool") == Decimal(-7020088)


def test_2024_is_the_one_accounted_year() -> None:
    assert list(AccountedYear.objects.values_list("cluster__slug", "budget_year", "accounted_on")) == [
        ("midt", 2024, date(2024, 12, 31))
    ]


# Decisions


def test_the_political_level_met_twice_about_the_plan() -> None:
    meetings = Meeting.objects.filter(forum__name="Politisk niveau", forum__cluster__slug="midt")
    assert set(meetings.values_list("held_on", flat=True)) == {date(2022, 9, 20), date(2023, 3, 13)}


def test_the_plan_was_approved_with_a_remark_on_initiative_10() -> None:
    decision = Decision.objects.get(outcome=Decision.Outcome.APPROVED_WITH_CHANGE)
    assert decision.plan == ActionPlan.objects.get(cluster__slug="midt")
    assert set(decision.initiatives.values_list("number", flat=True)) == {"10A", "10B"}
    assert decision.recommendation.text == ""


def test_ips_for_the_young_was_approved_on_13_march_2023() -> None:
    decision = Decision.objects.get(initiatives=initiative("1A"))
    assert decision.recommendation.item.meeting.held_on == date(2023, 3, 13)
    assert decision.outcome == Decision.Outcome.APPROVED


# The demonstration


def demonstration() -> list[dict[str, Any]]:
    return [record for path in DEMO.rglob("*.json") for record in json.loads(path.read_text("utf-8"))]


def test_the_demonstration_holds_invented_status_reports_and_nothing_else() -> None:
    records = demonstration()
    assert {record["model"] for record in records} == {"initiatives.statusreport"}
    assert {(r["fields"]["demonstration"], r["fields"]["source"]) for r in records} == {(True, "Demo")}
    assert not [record for record in records if "reported_by" in record["fields"]]


def test_the_demonstration_loads_on_top_of_the_facts() -> None:
    assert load([DEMO]).inserted == 14
    invented = StatusReport.objects.filter(demonstration=True, initiative__cluster__slug="midt")
    closed = {"2", "3", "4", "7", "9", "10A"}
    assert set(invented.values_list("initiative__number", flat=True)) == set(NUMBERS) - closed


def test_invented_reports_are_later_than_the_document_and_explain_their_colour() -> None:
    load([DEMO])
    invented = StatusReport.objects.filter(demonstration=True)
    days = sorted(invented.values_list("reported_on", flat=True))
    assert date(2025, 6, 1) <= days[0] <= days[-1] <= date(2026, 10, 31)
    off_course = invented.filter(overall__in=[Colour.AMBER, Colour.RED])
    assert off_course.count() >= 5
    assert not off_course.filter(remedy="").exists()
