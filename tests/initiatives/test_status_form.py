"""The page where a coordinator reports a status: what it shows, keeps, refuses and saves."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from initiatives.access import Role
from initiatives.danish import short_date, today
from initiatives.forms import DanishDateField, StatusForm
from initiatives.models import InitiativeActor, StatusReport
from tests import build

from .build_status import ADDRESS, JANUARY, MARCH, coordinator, initiative, page, told, typed


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
    """The report whose values stand beside the fields."""
    return build.status(
        subject, JANUARY, reported_by=maria, phase="paused", overall="amber", printed_text="Pauseret pt.",
        account="139 borgere er henvist.", remedy="Afløser søges.", next_step="Ansættelse", help_needed="executive",
    )  # fmt: skip


def checked(html: str, name: str) -> str:
    """The value of the radio button that is chosen."""
    found = [tag for tag in html.split("<input ") if f'name="{name}"' in tag and " checked" in tag.split(">")[0]]
    return found[0].split('value="')[1].split('"')[0]


# Who gets in.


@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.SECRETARIAT, Role.ADMINISTRATOR])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_reader_is_told_no(subject, sign_in, role, method):
    reader = sign_in(build.user("læser", role))
    assert getattr(reader, method)(ADDRESS, typed()).status_code == 403
    assert not subject.status_reports.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_does_not_learn_that_the_initiative_exists(subject, sign_in, method):
    stranger = sign_in(build.user("frida", Role.COORDINATOR, build.cluster("nord", "Sundhedsklynge Nord")))
    assert getattr(stranger, method)(ADDRESS, typed()).status_code == 404


def test_somebody_not_logged_in_is_sent_to_the_login(subject):
    assert Client().get(ADDRESS).url == f"/konto/login/?next={ADDRESS}"


@pytest.mark.parametrize("path", ["proeve/6", "proeve/5B", "ukendt/5", "proeve/5%00", "proeve/12345678901"])
def test_an_unknown_initiative_is_not_found(client, path):
    assert client.get(f"/indsatser/{path}/status/").status_code == 404


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(ADDRESS).status_code == 405


def test_a_form_of_another_site_is_refused(subject, maria):
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(maria, backend="clusterportal.accounts.AccountBackend")
    assert careful.post(ADDRESS, typed()).status_code == 403
    assert not subject.status_reports.exists()


# The empty form.


def test_the_form_opens_with_today_and_what_usually_stays_the_same(client, latest):
    html = page(client.get(ADDRESS))
    assert f'name="reported_on" value="{short_date(today())}"' in html
    assert '<option value="paused" selected>' in html
    assert checked(html, "overall") == "amber"
    assert checked(html, "help_needed") == "executive"
    assert 'name="printed_text" value="Pauseret pt."' in html
    assert f'name="based_on" value="{latest.pk}"' in html


def test_what_is_new_each_time_opens_empty(client, latest):
    fields = StatusForm(initiative=latest.initiative, shown=latest, today=today())
    assert [fields[name].value() for name in ("account", "remedy", "next_step")] == [None, None, None]


@pytest.mark.parametrize(
    "value",
    ["20.01.2025, Maria Krogh", "139 borgere er henvist.", "Afløser søges.", "Ansættelse", "Ja, fra Direktørforum"],
)
def test_the_previous_value_stands_beside_each_field(client, latest, value):
    assert value in page(client.get(ADDRESS))


def test_the_first_report_has_nothing_beside_its_fields(client, subject):
    html = page(client.get(ADDRESS))
    assert 'class="k"' not in html
    assert checked(html, "overall") == "none"


def test_a_report_without_author_shows_its_source_and_that_its_date_is_not_printed(client, subject):
    build.status(subject, MARCH, precision="unprinted", source="Evaluering 2025")
    assert "dato ikke trykt, Evaluering 2025" in page(client.get(ADDRESS))


def test_each_colour_is_a_group_with_its_name_and_four_words(client, latest):
    html = page(client.get(ADDRESS))
    assert html.count('role="radiogroup"') == 4
    for word, shape in (("Grøn", "green"), ("Gul", "amber"), ("Rød", "red"), ("Ikke vurderet", "none")):
        assert f'<use href="#icon-rag-{shape}"></use></svg>{word}</label>' in html


def test_reading_the_form_writes_nothing(client, latest):
    with CaptureQueriesContext(connection) as captured:
        client.get(ADDRESS)
    assert not [query for query in captured if not query["sql"].startswith("SELECT")]


def test_the_form_costs_the_same_however_long_the_history_is(client, subject, queries):
    build.status(subject, JANUARY)
    few = queries(lambda: client.get(ADDRESS))
    for day in range(1, 21):
        build.status(subject, date(2025, 2, day))
        InitiativeActor.objects.create(initiative=subject, label=f"Aktør {day}", position=day)
    assert queries(lambda: client.get(ADDRESS)) == few
    # Session, user, rights, initiative, actors, latest report, draft, two for the funds, two for the frame.
    assert few <= 11


# Saving.


def test_a_status_is_saved_and_the_reader_is_told_on_the_initiatives_page(client, subject, maria):
    response = client.post(ADDRESS, typed(overall="amber", remedy="Afløser søges.\r\nSvar 1. maj."))
    report = subject.status_reports.get()
    assert response.status_code == 302
    assert response.url == "/indsatser/proeve/5/"
    assert told(response) == ["Status er gemt. Den gælder pr. 10.04.2025."]
    assert (report.reported_on, report.overall, report.reported_by) == (date(2025, 4, 10), "amber", maria)
    assert report.remedy == "Afløser søges.\nSvar 1. maj."


@pytest.mark.parametrize("day", ["10/4/2025", "10-04-2025", "2025-04-10", " 10.4.2025 "])
def test_the_date_is_read_in_the_ways_it_is_typed(client, subject, day):
    client.post(ADDRESS, typed(reported_on=day))
    assert subject.status_reports.get().reported_on == date(2025, 4, 10)


def test_a_correction_on_the_same_day_supersedes(client, latest, subject):
    client.post(ADDRESS, typed(latest, reported_on="20.01.2025"))
    assert subject.status_reports.latest_first().first().supersedes == latest


def test_a_late_record_says_which_status_is_still_the_latest(client, latest):
    response = client.post(ADDRESS, typed(latest, reported_on="05.01.2025"))
    assert told(response) == ["Status pr. 05.01.2025 er gemt i historikken. Den seneste er stadig den pr. 20.01.2025."]


def test_a_status_that_says_nothing_new_is_not_saved_again(client, subject):
    client.post(ADDRESS, typed())
    saved = subject.status_reports.get()
    response = client.post(ADDRESS, typed(saved))
    assert told(response)[-1].startswith("Intet er anderledes")
    assert subject.status_reports.count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "مرحبا بالعالم",
        "👩🏽‍⚕️ og 🇩🇰 kører",
        "a\u0301 é ñ 日本語",
        "<script>alert(1)</script>",
        "50 % & 'citat' \"to\"",
    ],
)
def test_every_script_and_sign_survives(client, subject, text):
    client.post(ADDRESS, typed(printed_text=text, account=text))
    report = subject.status_reports.get()
    assert (report.printed_text, report.account) == (text, text)


@pytest.mark.parametrize("field", ["printed_text", "account"])
def test_a_sign_that_turns_the_text_is_refused_and_kept(client, subject, field):
    turned = "\u202eomvendt\u202c"
    answer = client.post(ADDRESS, typed(**{field: turned}))
    assert "Der er et usynligt tegn i teksten. Skriv den uden." in page(answer)
    assert turned in answer.content.decode()
    assert not subject.status_reports.exists()


def test_line_breaks_pasted_into_a_line_become_spaces(client, subject):
    client.post(ADDRESS, typed(printed_text="Helårsdrift\r\n  i 2025\n", next_step="en\nto"))
    report = subject.status_reports.get()
    assert (report.printed_text, report.next_step) == ("Helårsdrift i 2025", "en to")


def test_a_line_break_counts_as_one_character(client, subject):
    client.post(ADDRESS, typed(account="linje\r\n" * 333))
    assert len(subject.status_reports.get().account) == 6 * 333 - 1


# What is refused.


def refused(client, subject, **changed) -> str:
    """The page that answers a form with mistakes; nothing is saved."""
    response = client.post(ADDRESS, typed(**changed))
    assert response.status_code == 200
    assert not subject.status_reports.exists()
    return page(response)


def test_all_mistakes_are_told_first_and_again_beside_their_fields(client, subject):
    html = refused(client, subject, reported_on="31.04.2025", printed_text="", overall="amber")
    summary = html.split('data-module="error-summary"')[1].split("</div>")[0]
    assert "Der er 3 fejl, der skal rettes" in summary
    assert [f'href="#id_{name}"' in summary for name in ("reported_on", "printed_text", "remedy")] == [True] * 3
    assert html.count('class="form-error-message"') == 3
    assert html.count('aria-invalid="true"') == 3
    assert "<title>Fejl: Opdatér status" in html


def test_everything_that_was_typed_is_kept(client, subject):
    html = refused(
        client, subject, reported_on="31.04.2025", account="Langt svar", next_step="Møde", overall="red", phase="pilot"
    )
    for kept in ('value="31.04.2025"', "Langt svar</textarea>", 'value="Møde"', '<option value="pilot" selected>'):
        assert kept in html
    assert checked(html, "overall") == "red"


@pytest.mark.parametrize(
    ("typed_day", "message"),
    [
        ("", "Skriv en dato, for eksempel 10.04.2025."),
        ("31.04.2025", "Datoen findes ikke: april 2025 har 30 dage."),
        ("29.02.2025", "februar 2025 har 28 dage"),
        ("i går", "Skriv datoen som dag.måned.år"),
        ("01.01.2999", "Datoen ligger i fremtiden."),
        ("31.12.2021", "Handleplanen begynder 01.01.2022."),
    ],
)
def test_the_date_is_refused_with_the_reason(client, subject, typed_day, message):
    assert message in refused(client, subject, reported_on=typed_day)


def test_ten_thousand_characters_are_refused_and_kept(client, subject):
    html = refused(client, subject, printed_text="x" * 10000)
    assert "Skriv højst 160 tegn. Der er 10.000 nu." in html
    assert "x" * 10000 in html


def test_the_browser_is_not_told_to_cut_what_is_pasted(client, subject):
    html = page(client.get(ADDRESS))
    assert " maxlength" not in html
    assert 'data-maxlength="160"' in html


@pytest.mark.parametrize(
    "tampered",
    [
        {"overall": "blue"}, {"phase": "umulig"}, {"help_needed": "7"}, {"overall": ""}, {"phase": ""},
        {"account": "a\x00b"}, {"printed_text": "\x00"},
    ],
)  # fmt: skip
def test_a_tampered_value_is_an_error_beside_its_field(client, subject, tampered):
    html = refused(client, subject, **tampered)
    assert f'id="id_{next(iter(tampered))}_error"' in html


def test_one_mistake_is_told_once(client, subject):
    html = refused(client, subject, printed_text="\x00")
    assert "Skriv den tekst" not in html
    assert "Der er 1 fejl, der skal rettes" in html


def test_missing_fields_are_errors_and_not_a_crash(client, subject):
    response = client.post(ADDRESS, {})
    assert response.status_code == 200
    assert not subject.status_reports.exists()


@pytest.mark.parametrize("base", ["", "0", "-1", "abc", "9" * 30, "١", "²", "1.0", "<script>"])
def test_a_false_base_is_a_conflict_and_overwrites_nothing(client, latest, subject, base):
    response = client.post(ADDRESS, typed(based_on=base))
    assert response.status_code == 409
    assert list(subject.status_reports.all()) == [latest]


def test_the_report_of_another_initiative_is_a_false_base(client, latest, subject):
    elsewhere = build.status(initiative("6"), MARCH)
    assert client.post(ADDRESS, typed(elsewhere)).status_code == 409
    assert list(subject.status_reports.all()) == [latest]


def test_a_false_base_does_not_show_what_another_cluster_wrote(client, subject):
    nord = build.theme(build.plan(build.cluster("nord", "Sundhedsklynge Nord")))
    theirs = build.status(build.initiative("5", nord), MARCH, account="Kun for Nord")
    for sent in ({"preview": "1"}, {"printed_text": ""}, {"resolve": "1"}):
        assert "Kun for Nord" not in page(client.post(ADDRESS, typed(theirs, **sent)))


def test_a_date_field_shows_a_day_and_keeps_what_was_typed():
    field = DanishDateField()
    assert field.prepare_value(date(2025, 4, 10)) == "10.04.2025"
    assert field.prepare_value("31.04.2025") == "31.04.2025"
    assert field.clean(date(2025, 4, 10)) == date(2025, 4, 10)


def test_the_page_of_an_invented_status_says_so(client, subject):
    build.status(subject, JANUARY, demonstration=True)
    assert page(client.get(ADDRESS)).count("Demo") >= 2


def test_the_way_down_to_the_page_is_shown(client, subject):
    html = page(client.get(ADDRESS))
    assert 'href="/indsatser/proeve/5/../../">Indsatser</a>' in html
    assert 'href="/indsatser/proeve/5/">Indsats 5</a>' in html


def test_reports_are_never_counted_twice_by_a_double_click(client, subject):
    first, second = client.post(ADDRESS, typed()), client.post(ADDRESS, typed())
    assert (first.status_code, second.status_code) == (302, 302)
    assert StatusReport.objects.filter(initiative=subject).count() == 1


def test_a_day_whose_status_is_not_shown_is_refused_beside_the_date(client, subject):
    build.status(subject, JANUARY, printed_text="Ældre status")
    newest = build.status(subject, MARCH)
    answer = client.post(ADDRESS, typed(newest, reported_on=short_date(JANUARY), printed_text="Rettet"))
    assert short_date(JANUARY) in str(answer.context["form"].errors["reported_on"])
    assert not subject.status_reports.filter(printed_text="Rettet").exists()


def test_invented_colours_are_not_filled_in(client, subject):
    build.status(
        subject, JANUARY, demonstration=True, source="Demo", overall="green", time="red", money="amber",
        quality="green", progress=60, help_needed="executive",
    )  # fmt: skip
    html = page(client.get(ADDRESS))
    assert {name: checked(html, name) for name in ("overall", "time", "money", "quality", "help_needed")} == {
        "overall": "none", "time": "none", "money": "none", "quality": "none", "help_needed": "no"
    }  # fmt: skip
    assert '<option value="60" selected>' not in html
    assert "Den seneste status er opdigtet (Demo), så her er intet vurderet endnu." in html


def test_a_real_status_may_say_the_same_as_an_invented_one(client, subject):
    said = {name: value for name, value in typed().items() if name not in {"reported_on", "based_on"}}
    invented = build.status(subject, date(2025, 4, 10), demonstration=True, source="Demo", **said)
    client.post(ADDRESS, typed(invented))
    real = subject.status_reports.latest("pk")
    assert (real.supersedes, real.demonstration) == (invented, False)
