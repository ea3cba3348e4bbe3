"""Unchanged since the last: one confirmation that shows what is filed, one new report of today."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from initiatives.access import Role
from initiatives.danish import short_date, today
from initiatives.drafting import draft_of
from initiatives.reporting import report_unchanged
from tests import build

from .build_status import ADDRESS, JANUARY, MARCH, coordinator, initiative, page, told, typed
from .test_status_draft import kept

UNCHANGED = ADDRESS + "uaendret/"


@pytest.fixture
def subject(db):
    return initiative()


@pytest.fixture
def maria(subject):
    return coordinator()


@pytest.fixture
def client(maria, sign_in):
    return sign_in(maria)


@pytest.fixture
def latest(subject, maria):
    return build.status(
        subject, JANUARY, reported_by=maria, phase="paused", overall="amber", printed_text="Pauseret pt.",
        account="139 borgere er henvist.", remedy="Afløser søges.", next_step="Ansættelse", progress=40,
    )  # fmt: skip


def test_the_confirmation_shows_every_field_and_saves_nothing(client, subject, latest):
    html = page(client.get(UNCHANGED))
    assert short_date(today()) in html
    for said in ("Pauseret pt.", "139 borgere er henvist.", "Afløser søges.", "Ansættelse", "40 %"):
        assert said in html
    assert subject.status_reports.get() == latest


def test_a_report_of_today_has_the_same_contents_and_another_writer(latest, subject, sign_in):
    jens = coordinator("jens", "Jens", "Holm")
    answer = sign_in(jens).post(UNCHANGED, {"based_on": str(latest.pk)})
    new = subject.status_reports.latest("pk")
    assert (answer.url, told(answer)) == (
        "/indsatser/proeve/5/", [f"Status er gemt uændret. Den gælder pr. {short_date(today())}."]
    )  # fmt: skip
    assert (new.reported_on, new.reported_by, new.supersedes) == (today(), jens, None)
    for name in ("phase", "overall", "printed_text", "account", "remedy", "next_step", "progress", "help_needed"):
        assert getattr(new, name) == getattr(latest, name)


def test_a_double_click_files_one_report(client, subject, latest):
    for _click in range(2):
        answer = client.post(UNCHANGED, {"based_on": str(latest.pk)})
    assert told(answer)[-1] == "Der er allerede en status fra i dag."
    assert subject.status_reports.count() == 2


def test_an_initiative_withdrawn_in_the_same_moment_takes_no_status(client, subject, latest):
    def withdraw_when_the_act_begins(execute, sql, params, many, context):
        if sql.startswith("SAVEPOINT") and subject.retired_on is None:
            subject.retired_on = today()
            subject.save()
        return execute(sql, params, many, context)

    with connection.execute_wrapper(withdraw_when_the_act_begins):
        answer = client.post(UNCHANGED, {"based_on": str(latest.pk)})
    assert told(answer) == ["Indsatsen er trukket tilbage, så der kan ikke meldes status."]
    assert subject.status_reports.get() == latest


@pytest.mark.parametrize("base", ["", "0", "x", "9" * 30])
def test_what_was_not_shown_is_not_repeated(client, subject, latest, base):
    answer = client.post(UNCHANGED, {"based_on": base})
    assert answer.status_code == 409
    assert "Der er imens gemt en nyere status." in page(answer)
    assert subject.status_reports.count() == 1


def test_a_report_that_came_meanwhile_is_shown_instead(client, subject, latest):
    build.status(subject, MARCH, printed_text="Jens var først")
    answer = client.post(UNCHANGED, {"based_on": str(latest.pk)})
    assert answer.status_code == 409
    assert "Jens var først" in page(answer)


def test_a_status_that_lacks_what_is_asked_today_leads_to_the_form(client, subject):
    build.status(subject, JANUARY, overall="red", remedy="")
    answer = client.get(UNCHANGED)
    assert answer.url == ADDRESS
    assert told(answer)[0].startswith("Den seneste status kan ikke gentages: ")


def test_without_a_status_the_first_one_is_to_be_written(client):
    answer = client.get(UNCHANGED)
    assert (answer.url, told(answer)) == (ADDRESS, ["Der er ingen status at gentage endnu. Skriv den første."])


def test_a_waiting_draft_is_named_before_it_goes(client, subject, maria, latest):
    kept(subject, maria, base=latest)
    assert "Din kladde fra 10.04.2025 kl. 12.05 smides væk, når du gemmer." in page(client.get(UNCHANGED))
    client.post(UNCHANGED, {"based_on": str(latest.pk)})
    assert draft_of(subject, maria) is None


@pytest.mark.parametrize(("role", "code"), [(Role.POLITICIAN, 403), (Role.SECRETARIAT, 403)])
def test_a_reader_may_not(subject, latest, sign_in, role, code):
    assert sign_in(build.user("læser", role)).post(UNCHANGED, {"based_on": str(latest.pk)}).status_code == code


def test_the_button_stands_on_the_initiatives_page_of_today_only(client, latest):
    assert f'href="{UNCHANGED}"' in page(client.get("/indsatser/proeve/5/"))
    assert f'href="{UNCHANGED}"' not in page(client.get("/indsatser/proeve/5/?pr=2025-02-01"))


# Progress.


@pytest.mark.parametrize(("sent", "stored"), [("", None), ("0", 0), ("40", 40), ("100", 100)])
def test_progress_is_stated_or_not_and_0_is_stated(client, subject, sent, stored):
    client.post(ADDRESS, typed(progress=sent))
    assert subject.status_reports.get().progress == stored


@pytest.mark.parametrize("sent", ["45", "-10", "110", "x", "4e1"])
def test_a_progress_that_is_no_step_is_refused(client, subject, sent):
    assert 'id="id_progress_error"' in page(client.post(ADDRESS, typed(progress=sent)))
    assert not subject.status_reports.exists()


def test_progress_is_shown_with_the_status_it_was_reported_in(client, subject):
    build.status(subject, date(2025, 1, 15), progress=0)
    assert "<span>0 %</span>" in page(client.get("/indsatser/proeve/5/"))
    build.status(subject, date(2025, 2, 15))
    assert "<span>0 %</span>" not in page(client.get("/indsatser/proeve/5/"))
    assert "Fremdrift:</span> 0 %" in page(client.get("/indsatser/proeve/5/"))


def test_an_invented_status_is_never_repeated(client, subject, maria):
    invented = build.status(subject, JANUARY, demonstration=True, source="Demo")
    for answer in (client.get(UNCHANGED), client.post(UNCHANGED, {"based_on": str(invented.pk)})):
        assert answer.url == ADDRESS
        assert "Den seneste status er opdigtet (Demo). Skriv i stedet en rigtig." in told(answer)
    with pytest.raises(ValidationError, match="opdigtet"):
        report_unchanged(subject, maria, invented, today())
    assert subject.status_reports.get() == invented


def test_unchanged_is_not_offered_after_an_invented_status(client, subject):
    build.status(subject, JANUARY)
    assert all(UNCHANGED in page(client.get(address)) for address in (ADDRESS, "/indsatser/proeve/5/"))
    build.status(subject, MARCH, demonstration=True, source="Demo")
    assert not any(UNCHANGED in page(client.get(address)) for address in (ADDRESS, "/indsatser/proeve/5/"))
