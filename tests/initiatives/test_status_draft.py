"""The draft of a status: kept while somebody writes, seen by nobody else, gone when the report is filed."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from initiatives.access import Role
from initiatives.drafting import DraftConflict, draft_of, keep_draft, throw_away_draft
from initiatives.models import StatusDraft
from initiatives.reporting import report_status
from tests import build

from .build_status import ADDRESS, JANUARY, MARCH, TODAY, coordinator, initiative, page, told, typed, values

NOON = datetime(2025, 4, 10, 10, 5, tzinfo=UTC)
JSON = {"Accept": "application/json"}


@pytest.fixture
def subject(db):
    return initiative()


@pytest.fixture
def maria(subject):
    return coordinator()


@pytest.fixture
def latest(subject, maria):
    return build.status(subject, JANUARY, reported_by=maria, printed_text="Pauseret pt.")


@pytest.fixture
def client(maria, sign_in):
    return sign_in(maria)


def kept(subject, by, text="Næsten klar", version=0, base=None):
    return keep_draft(subject, by, base, typed(base, printed_text=text), version, NOON)


# The act.


def test_a_second_save_of_the_same_window_replaces_the_first(subject, maria):
    first = kept(subject, maria)
    second = kept(subject, maria, "Helt klar", first.version)
    assert (first.pk, second.version) == (second.pk, 2)
    assert draft_of(subject, maria).typed["printed_text"] == "Helt klar"


@pytest.mark.parametrize("version", [0, 7])
def test_another_window_that_has_not_seen_the_draft_does_not_overwrite_it(subject, maria, version):
    kept(subject, maria)
    with pytest.raises(DraftConflict) as refused:
        kept(subject, maria, "Fra det andet vindue", version)
    assert refused.value.kept.typed["printed_text"] == draft_of(subject, maria).typed["printed_text"] == "Næsten klar"


def test_a_late_save_does_not_bring_back_a_draft_that_is_gone(subject, maria):
    draft = kept(subject, maria)
    throw_away_draft(subject, maria)
    with pytest.raises(DraftConflict):
        kept(subject, maria, "For sent", draft.version)
    assert not StatusDraft.objects.exists()


def test_each_writer_has_a_draft_of_their_own(subject, maria):
    jens = coordinator("jens", "Jens", "Holm")
    kept(subject, maria, "Marias")
    kept(subject, jens, "Jens'")
    assert draft_of(subject, jens).typed["printed_text"] == "Jens'"
    throw_away_draft(subject, jens)
    assert draft_of(subject, maria).typed["printed_text"] == "Marias"


def test_only_who_may_report_may_keep_a_draft(subject):
    with pytest.raises(PermissionDenied):
        kept(subject, build.user("poul", Role.POLITICIAN))


def test_only_the_forms_own_fields_are_kept_and_no_sign_that_postgresql_refuses(subject, maria):
    draft = keep_draft(subject, maria, None, {"account": "a\x00b 👩‍⚕️", "csrfmiddlewaretoken": "x"}, 0, NOON)
    assert StatusDraft.objects.get(pk=draft.pk).typed == {"account": "ab 👩‍⚕️"}


def test_the_draft_goes_when_the_report_is_filed_and_only_the_writers_own(subject, maria):
    jens = coordinator("jens", "Jens", "Holm")
    kept(subject, maria)
    kept(subject, jens)
    report_status(subject, maria, None, values(), TODAY)
    assert draft_of(subject, maria) is None
    assert draft_of(subject, jens) is not None


def test_a_draft_never_counts_as_a_status(subject, maria):
    kept(subject, maria)
    assert not subject.status_reports.exists()


# The page.


def test_a_script_is_told_the_version_and_the_time(client, subject, maria):
    answer = client.post(ADDRESS, {**typed(printed_text="Næsten"), "draft": "1"}, headers=JSON)
    assert answer.json()["version"] == 1
    assert answer.json()["words"].startswith("Kladden blev gemt kl. ")
    assert not subject.status_reports.exists()


def test_a_script_of_another_window_is_told_no(client, subject, maria):
    kept(subject, maria)
    answer = client.post(ADDRESS, {**typed(), "draft": "1"}, headers=JSON)
    assert (answer.status_code, answer.json()) == (409, {"words": "Ikke gemt: Du har kladden åben i et andet vindue."})


def test_the_button_keeps_the_draft_without_script_and_the_form_opens_with_it(client, subject, latest):
    answer = client.post(ADDRESS, {**typed(latest, printed_text="Ikke færd", reported_on="x"), "draft": "1"})
    assert (answer.status_code, answer.url) == (302, ADDRESS)
    assert told(answer)[0].startswith("Kladden blev gemt kl. ")
    html = page(client.get(ADDRESS))
    assert 'name="printed_text" value="Ikke færd"' in html
    assert 'name="reported_on" value="x"' in html
    assert 'name="draft_version" value="1"' in html


def test_the_button_of_a_second_window_warns_keeps_the_text_and_saves_the_next_time(client, subject, maria):
    kept(subject, maria)
    answer = client.post(ADDRESS, {**typed(printed_text="Den anden"), "draft": "1"})
    html = page(answer)
    assert "Kladden er ændret i et andet vindue." in html
    assert 'name="printed_text" value="Den anden"' in html
    assert 'name="draft_version" value="1"' in html
    client.post(ADDRESS, {**typed(printed_text="Den anden", draft_version="1"), "draft": "1"})
    assert draft_of(subject, maria).typed["printed_text"] == "Den anden"


def test_the_draft_is_offered_with_its_time_and_can_be_thrown_away(client, subject, maria, latest):
    kept(subject, maria, base=latest)
    html = page(client.get(ADDRESS))
    assert "Her er din kladde fra 10.04.2025 kl. 12.05." in html
    assert "Siden har" not in html
    answer = client.post(ADDRESS, {"throw_away": "1"})
    assert (answer.url, told(answer)) == (ADDRESS, ["Kladden er smidt væk."])
    assert 'name="printed_text" value="Pauseret pt."' in page(client.get(ADDRESS))


def test_a_draft_older_than_the_newest_report_says_so_and_leads_to_the_choice(client, subject, maria, latest):
    kept(subject, maria, base=latest)
    jens = coordinator("jens", "Jens", "Holm")
    build.status(subject, MARCH, reported_by=jens, printed_text="Jens var først")
    assert "Siden har Jens Holm gemt en status pr. 31.03.2025." in page(client.get(ADDRESS))
    answer = client.post(ADDRESS, typed(latest, draft_version="1"))
    assert answer.status_code == 409
    assert 'name="draft_version" value="1"' in page(answer)


def test_nobody_else_sees_the_draft(subject, maria, sign_in):
    kept(subject, maria, "Kun Marias")
    jens = sign_in(coordinator("jens", "Jens", "Holm"))
    assert "Kun Marias" not in page(jens.get(ADDRESS))
    assert "Kun Marias" not in page(jens.get("/indsatser/proeve/5/"))


def test_a_filed_status_takes_the_draft_with_it(client, subject, maria, latest):
    kept(subject, maria, base=latest)
    client.post(ADDRESS, typed(latest, draft_version="1"))
    assert subject.status_reports.count() == 2
    assert not StatusDraft.objects.exists()


@pytest.mark.parametrize("version", ["", "-1", "x", "²", "9" * 40])
def test_a_false_version_is_no_version(client, subject, maria, version):
    kept(subject, maria)
    assert client.post(ADDRESS, {**typed(draft_version=version), "draft": "1"}, headers=JSON).status_code == 409
