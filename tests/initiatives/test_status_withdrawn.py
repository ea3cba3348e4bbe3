"""No status of an initiative that was withdrawn; what somebody is writing meanwhile is kept."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from initiatives.danish import today
from initiatives.models import Initiative
from initiatives.reporting import report_status
from tests import build

from .build_status import ADDRESS, JANUARY, coordinator, initiative, page, told, typed, values

SAID = "Indsatsen er trukket tilbage, så der kan ikke meldes status."


@pytest.fixture
def subject(db):
    return initiative()


@pytest.fixture
def maria(subject):
    return coordinator()


def withdrawn(of: Initiative, **fields) -> None:
    Initiative.objects.filter(pk=of.pk).update(
        retired_on=date(2025, 4, 1), retired_reason="Oprettet to gange", **fields
    )


@pytest.mark.parametrize("below", ["", "uaendret/"])
def test_the_form_leads_to_the_page_that_says_why(subject, maria, sign_in, below):
    build.status(subject, JANUARY)
    withdrawn(subject, merged_into=build.initiative("6", subject.theme))
    answer = sign_in(maria).get(ADDRESS + below)
    assert (answer.url, told(answer)) == ("/indsatser/proeve/5/?egen=1", [SAID])


def test_what_was_written_meanwhile_is_kept_and_nothing_is_saved(subject, maria, sign_in):
    withdrawn(subject)
    html = page(sign_in(maria).post(ADDRESS, typed()))
    assert SAID in html
    assert "Hold kører i begge kommuner." in html
    assert not subject.status_reports.exists()


def test_the_act_refuses_too(subject, maria):
    withdrawn(subject)
    with pytest.raises(ValidationError, match="trukket tilbage"):
        report_status(subject, maria, None, values(), today())
