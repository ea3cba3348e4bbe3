"""The rules of a status, and the act that records one."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from initiatives.access import Role
from initiatives.models import StatusReport
from initiatives.reporting import LIMITS, StatusConflict, StatusValues, latest_report, problems, report_status
from tests import build

from .build_status import JANUARY, MARCH, TODAY, coordinator, initiative, values

PLAN_STARTS = date(2022, 1, 1)


def wrong(**changed) -> dict[str, str]:
    return problems(values(**changed), PLAN_STARTS, TODAY)


def test_a_plain_status_has_no_problems():
    assert wrong() == {}


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (date(2025, 4, 11), "Datoen ligger i fremtiden. Skriv 10.04.2025"),
        (date(2999, 1, 1), "fremtiden"),
        (date(2021, 12, 31), "Handleplanen begynder 01.01.2022"),
    ],
)
def test_the_day_lies_between_the_plans_first_and_today(day, message):
    assert message in wrong(reported_on=day)["reported_on"]


@pytest.mark.parametrize("day", [PLAN_STARTS, TODAY, date(2023, 6, 1)])
def test_the_first_day_and_today_are_within_the_bounds(day):
    assert wrong(reported_on=day) == {}


def test_an_initiative_without_a_plan_has_no_earliest_day():
    assert problems(values(reported_on=date(1999, 1, 1)), None, TODAY) == {}


@pytest.mark.parametrize("colour", ["amber", "red"])
@pytest.mark.parametrize("name", ["overall", "time", "money", "quality"])
def test_amber_or_red_anywhere_asks_what_is_done(name, colour):
    assert list(wrong(**{name: colour})) == ["remedy"]
    assert list(wrong(**{name: colour}, remedy=" \n ")) == ["remedy"]
    assert wrong(**{name: colour}, remedy="Sygehuset finder en afløser.") == {}


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_the_printed_text_is_written(text):
    assert wrong(printed_text=text) == {"printed_text": "Skriv den tekst, der skal trykkes i oversigten."}


@pytest.mark.parametrize(("name", "limit"), LIMITS.items())
def test_a_text_may_fill_its_limit_and_no_more(name, limit):
    assert wrong(**{name: "æ" * limit}) == {}
    assert list(wrong(**{name: "æ" * (limit + 1)})) == [name]


def test_the_limits_are_those_of_the_columns():
    lengths = {name: StatusReport._meta.get_field(name).max_length for name in LIMITS}
    assert lengths == LIMITS


def test_ten_thousand_characters_are_counted_for_the_writer():
    message = wrong(printed_text="x" * 10000)["printed_text"]
    assert message == "Skriv højst 160 tegn. Der er 10.000 nu."


@pytest.mark.parametrize("name", ["phase", "overall", "time", "money", "quality", "help_needed"])
@pytest.mark.parametrize("value", ["", "blue", "RUNNING", "<script>"])
def test_only_known_choices_are_taken(name, value):
    assert wrong(**{name: value}) == {name: "Vælg en af mulighederne."}


def test_all_problems_are_told_at_once():
    found = wrong(reported_on=date(2999, 1, 1), printed_text="", overall="red", account="x" * 2001)
    assert set(found) == {"reported_on", "printed_text", "remedy", "account"}


@pytest.fixture
def subject(db):
    return initiative()


@pytest.fixture
def maria(db):
    return coordinator()


def test_a_report_records_every_value_and_who_reported(subject, maria):
    given = values(
        phase="paused", overall="red", time="amber", money="green", quality="none", account="Læge mangler.",
        remedy="Afløser søges.", next_step="Ansættelse 1. maj", help_needed="executive",
    )  # fmt: skip
    report = StatusReport.objects.get(pk=report_status(subject, maria, None, given, TODAY).pk)
    assert StatusValues.of(report) == given
    assert (report.initiative, report.reported_by, report.precision) == (subject, maria, "day")
    assert (report.supersedes, report.demonstration) == (None, False)


def test_a_report_of_a_later_day_stands_beside_the_earlier_one(subject, maria):
    before = build.status(subject, JANUARY)
    report = report_status(subject, maria, before, values(), TODAY)
    assert report.supersedes is None
    assert latest_report(subject, TODAY) == report
    assert subject.status_reports.current_on(MARCH).get() == before


def test_a_report_of_the_same_day_supersedes_the_earlier_one(subject, maria):
    before = build.status(subject, TODAY)
    report = report_status(subject, maria, before, values(printed_text="Rettet"), TODAY)
    assert report.supersedes == before
    assert latest_report(subject, TODAY) == report
    assert subject.status_reports.count() == 2


def test_corrections_of_one_day_form_a_chain(subject, maria):
    first = report_status(subject, maria, None, values(printed_text="Første"), TODAY)
    second = report_status(subject, maria, first, values(printed_text="Anden"), TODAY)
    third = report_status(subject, maria, second, values(printed_text="Tredje"), TODAY)
    assert (second.supersedes, third.supersedes) == (first, second)


def test_a_late_record_goes_into_the_history_and_not_before_the_latest(subject, maria):
    march = build.status(subject, MARCH)
    late = report_status(subject, maria, march, values(reported_on=JANUARY), TODAY)
    assert latest_report(subject, TODAY) == march
    assert subject.status_reports.current_on(JANUARY).get() == late


def test_a_late_record_of_a_day_whose_report_was_not_seen_is_refused(subject, maria):
    january, march = build.status(subject, JANUARY), build.status(subject, MARCH)
    with pytest.raises(ValidationError) as refused:
        report_status(subject, maria, march, values(reported_on=JANUARY, printed_text="Rettet"), TODAY)
    assert set(refused.value.message_dict) == {"reported_on"}
    assert subject.status_reports.current_on(JANUARY).get() == january


@pytest.mark.parametrize("text", ["Borger 010203-1234 er glad", "0102031234", "010203 1234"])
@pytest.mark.parametrize("name", ["printed_text", "account", "remedy", "next_step"])
def test_a_text_that_holds_something_like_a_cpr_number_is_refused(name, text):
    assert "CPR" in problems(values(**{name: text}), None, TODAY)[name]


@pytest.mark.parametrize("text", ["Telefon 99 66 99 66", "5.255.088 kr. af 7.020.000 kr.", "sag 12345678901"])
def test_other_numbers_may_stand_in_a_text(text):
    assert problems(values(account=text), None, TODAY) == {}


def test_somebody_who_reported_first_is_not_overwritten(subject, maria):
    base = build.status(subject, JANUARY)
    theirs = report_status(subject, coordinator("jens", "Jens", "Lindahl"), base, values(printed_text="Jens"), TODAY)
    with pytest.raises(StatusConflict) as conflict:
        report_status(subject, maria, base, values(printed_text="Maria"), TODAY)
    assert conflict.value.latest == theirs
    assert subject.status_reports.count() == 2


def test_the_first_report_of_two_people_is_a_conflict_too(subject, maria):
    theirs = build.status(subject, JANUARY)
    with pytest.raises(StatusConflict) as conflict:
        report_status(subject, maria, None, values(), TODAY)
    assert conflict.value.latest == theirs


def test_a_conflict_is_solved_by_building_on_the_latest(subject, maria):
    base = build.status(subject, JANUARY)
    theirs = build.status(subject, TODAY, printed_text="Jens")
    merged = report_status(subject, maria, theirs, values(printed_text="Jens og Maria"), TODAY)
    assert merged.supersedes == theirs
    assert list(subject.status_reports.latest_first()) == [merged, theirs, base]


def test_a_correction_of_the_status_one_built_upon_is_a_conflict(subject, maria):
    base = build.status(subject, MARCH)
    corrected = build.status(subject, MARCH, supersedes=base, printed_text="Rettet")
    with pytest.raises(StatusConflict) as conflict:
        report_status(subject, maria, base, values(), TODAY)
    assert conflict.value.latest == corrected


def test_two_late_records_of_one_day_do_not_overwrite_each_other(subject, maria):
    march = build.status(subject, MARCH)
    theirs = report_status(subject, maria, march, values(reported_on=JANUARY, printed_text="Jens"), TODAY)
    mine = values(reported_on=JANUARY, printed_text="Maria")
    with pytest.raises(StatusConflict) as conflict:
        report_status(subject, maria, march, mine, TODAY)
    assert conflict.value.latest == theirs
    assert report_status(subject, maria, theirs, mine, TODAY).supersedes == theirs


def test_a_late_record_of_another_day_is_no_conflict(subject, maria):
    march = build.status(subject, MARCH)
    report_status(subject, maria, march, values(reported_on=JANUARY), TODAY)
    assert report_status(subject, maria, march, values(), TODAY).reported_on == TODAY


def test_another_initiatives_report_is_nothing_to_build_upon(subject, maria):
    here = build.status(subject, JANUARY)
    elsewhere = build.status(initiative("6"), TODAY)
    with pytest.raises(StatusConflict) as conflict:
        report_status(subject, maria, elsewhere, values(), TODAY)
    assert conflict.value.latest == here


def test_another_initiatives_reports_are_no_conflict(subject, maria):
    base = build.status(subject, JANUARY)
    build.status(initiative("6"), TODAY)
    assert report_status(subject, maria, base, values(), TODAY).initiative == subject


@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.SECRETARIAT, Role.ADMINISTRATOR])
def test_other_roles_may_not_report(subject, role):
    with pytest.raises(PermissionDenied):
        report_status(subject, build.user("anden", role), None, values(), TODAY)
    assert not subject.status_reports.exists()


def test_a_coordinator_of_another_cluster_may_not_report(subject):
    frida = build.user("frida", Role.COORDINATOR, build.cluster("nord", "Sundhedsklynge Nord"))
    with pytest.raises(PermissionDenied):
        report_status(subject, frida, None, values(), TODAY)


def test_values_that_break_a_rule_are_not_recorded(subject, maria):
    with pytest.raises(ValidationError) as refused:
        report_status(subject, maria, None, values(overall="red", reported_on=date(2021, 1, 1)), TODAY)
    assert set(refused.value.message_dict) == {"remedy", "reported_on"}
    assert not subject.status_reports.exists()


def test_the_latest_report_is_none_before_the_first(subject):
    assert latest_report(subject, TODAY) is None


def test_finding_the_latest_report_and_its_author_costs_one_query(subject, maria, queries):
    for day in (JANUARY, MARCH, TODAY):
        build.status(subject, day, reported_by=maria)
    assert queries(lambda: str(latest_report(subject, TODAY).reported_by)) == 1
