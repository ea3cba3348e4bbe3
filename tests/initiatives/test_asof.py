"""The day a page answers for, and facts that are recorded once."""

from datetime import date

import pytest
from django.test import RequestFactory

from initiatives import asof
from initiatives.asof import AppendOnlyError, AsOf
from initiatives.models import StatusReport
from tests import build

NOW = date(2025, 4, 10)
YEAR_END = date(2024, 12, 31)


@pytest.mark.parametrize("typed", ["2024-12-31", "31.12.2024", "31/12/2024", " 31-12-2024 "])
def test_a_day_of_the_past_is_read_in_every_way_it_is_written(typed):
    assert asof.resolve(typed, NOW) == AsOf(YEAR_END, NOW)


@pytest.mark.parametrize("typed", ["", "   ", "10.04.2025"])
def test_no_day_and_today_mean_today_without_a_word(typed):
    seen = asof.resolve(typed, NOW)
    assert (seen.day, seen.notice, seen.is_today) == (NOW, "", True)


@pytest.mark.parametrize("typed", ["11.04.2025", "2025-04-11", "31.12.9999"])
def test_a_day_to_come_means_today_with_a_notice(typed):
    seen = asof.resolve(typed, NOW)
    assert seen.day == NOW
    assert "ligger ude i fremtiden" in seen.notice


@pytest.mark.parametrize("typed", ["31.04.2025", "29.02.2025", "i går", "<script>", "2024-13-01", "0", "\x00"])
def test_a_day_that_does_not_exist_means_today_with_the_reason(typed):
    seen = asof.resolve(typed, NOW)
    assert seen.day == NOW
    assert seen.notice.endswith("Siden viser i dag.")


def test_the_day_is_read_from_the_address_and_the_last_one_counts():
    request = RequestFactory().get("/", {"pr": ["2023-12-31", "2024-12-31"]})
    assert asof.read(request).day == YEAR_END


def test_quick_choices_are_handed_on():
    quick = (YEAR_END, date(2023, 12, 31))
    assert asof.resolve("umulig", NOW, quick).quick == quick
    assert asof.resolve("", NOW, quick).quick == quick


def test_links_keep_a_day_of_the_past():
    seen = AsOf(YEAR_END, NOW)
    assert (seen.suffix, seen.parameter, seen.text) == ("?pr=2024-12-31", "pr=2024-12-31", "31.12.2024")


def test_links_say_nothing_about_today():
    seen = AsOf(NOW, NOW)
    assert (seen.suffix, seen.parameter) == ("", "")


@pytest.fixture
def report(db):
    return build.status(build.initiative())


def test_a_recorded_fact_is_not_saved_again(report):
    report.printed_text = "Noget andet"
    with pytest.raises(AppendOnlyError, match="supersedes"):
        report.save()
    assert StatusReport.objects.get(pk=report.pk).printed_text == "Kører som aftalt"


def test_a_recorded_fact_is_not_deleted(report):
    with pytest.raises(AppendOnlyError, match="cannot be deleted"):
        report.delete()


@pytest.mark.parametrize(
    "attempt",
    [
        lambda rows: rows.update(printed_text="Noget andet"),
        lambda rows: rows.delete(),
        lambda rows: rows.bulk_update(list(rows), ["printed_text"]),
        lambda rows: rows.filter(pk__gt=0).update(printed_text="Noget andet"),
        lambda rows: rows.update_or_create(pk=rows.get().pk, defaults={"printed_text": "Noget andet"}),
        lambda rows: rows.bulk_create(
            list(rows), update_conflicts=True, update_fields=["printed_text"], unique_fields=["id"]
        ),
    ],
)
def test_facts_are_not_changed_in_bulk(report, attempt):
    with pytest.raises(AppendOnlyError):
        attempt(StatusReport.objects.filter(initiative=report.initiative))
    assert StatusReport.objects.get(pk=report.pk).printed_text == "Kører som aftalt"


def test_many_new_facts_are_recorded_at_once(report):
    new = [
        StatusReport(initiative=report.initiative, reported_on=date(2025, 2, day), phase="running") for day in (1, 2)
    ]
    StatusReport.objects.bulk_create(new)
    assert report.initiative.status_reports.count() == 3


def test_the_status_of_a_day_is_the_newest_one_that_was_not_superseded(db):
    initiative = build.initiative()
    first = build.status(initiative, date(2025, 1, 15))
    corrected = build.status(initiative, date(2025, 1, 15), supersedes=first)
    later = build.status(initiative, date(2025, 3, 1))
    reports = StatusReport.objects.filter(initiative=initiative)
    assert reports.current_on(date(2025, 1, 14)).first() is None
    assert reports.current_on(date(2025, 2, 28)).get() == corrected
    assert reports.current_on(date(2025, 3, 1)).get() == later
