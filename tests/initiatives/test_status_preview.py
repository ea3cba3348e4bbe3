"""The preview of a status: how the row will be printed, with and without script; nothing is saved by looking."""

import pytest

from initiatives.access import Role
from initiatives.models import InitiativeActor
from tests import build

from .build_status import ADDRESS, JANUARY, coordinator, initiative, page, typed


@pytest.fixture
def subject(db):
    return initiative()


@pytest.fixture
def client(subject, sign_in):
    return sign_in(coordinator())


@pytest.fixture
def latest(subject):
    return build.status(subject, JANUARY)


def test_the_preview_without_script_saves_nothing_and_judges_nothing(client, latest, subject):
    mine = typed(latest, printed_text="Ny tekst", reported_on="31.04.2025", account="Langt svar", preview="1")
    response = client.post(ADDRESS, mine)
    html = page(response)
    assert response.status_code == 200
    assert '<p class="statustext">Ny tekst</p>' in html
    assert "error-summary" not in html
    assert ('value="31.04.2025"' in html, "Langt svar</textarea>" in html) == (True, True)
    assert subject.status_reports.count() == 1


def test_the_live_preview_is_the_row_alone(client, latest, subject):
    InitiativeActor.objects.create(initiative=subject, label="PLO/Nord-KAP", position=1)
    mine = typed(latest, printed_text="Ny tekst", phase="in_operation", preview="1")
    html = page(client.post(ADDRESS, mine, headers={"hx-request": "true"}))
    assert "<html" not in html
    for shown in ("5. Superviseret gangtræning", "PLO/Nord-KAP", "Ny tekst", "I drift"):
        assert shown in html


def test_the_preview_shows_html_as_text(client, subject):
    response = client.post(ADDRESS, typed(printed_text="<script>alert(1)</script>", preview="1"))
    assert b"<script>alert" not in response.content
    assert '<p class="statustext"><script>alert(1)</script></p>' in page(response)


def test_the_preview_of_nothing_says_that_the_text_is_missing(client, subject):
    assert "<em>(mangler)</em>" in page(client.post(ADDRESS, typed(printed_text=" ", preview="1")))


@pytest.mark.parametrize(("day", "late"), [("19.01.2025", True), ("20.01.2025", False), ("", False), ("umulig", False)])
def test_the_preview_warns_of_a_day_before_the_latest(client, latest, day, late):
    html = page(client.post(ADDRESS, typed(latest, reported_on=day, preview="1")))
    assert ("kommer i historikken, og oversigten beholder den seneste" in html) is late


def test_a_reader_gets_no_preview(subject, sign_in):
    reader = sign_in(build.user("poul", Role.POLITICIAN))
    assert reader.post(ADDRESS, typed(preview="1")).status_code == 403
