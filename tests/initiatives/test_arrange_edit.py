"""The facts of an initiative are changed: with a reason, a trace, and nobody's words overwritten."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from initiatives.access import Role
from initiatives.arrange.editing import change_facts
from initiatives.arrange.parts import Part, version
from initiatives.arrange.rules import Facts
from initiatives.models import Cluster, Initiative
from initiatives.tracing import EditConflict
from tests import build

from .build_arrange import EDIT, NOW, coordinator, facts, initiative, mark, typed_facts
from .build_status import page, told


@pytest.fixture
def subject(db):
    return initiative()


@pytest.fixture
def client(subject, sign_in):
    return sign_in(coordinator())


def sent(subject: Initiative, **changed: str) -> dict[str, str]:
    seen = str(version(subject, Part.FACTS))
    return typed_facts(**{"number": "5", "seen": seen, "reason": "Nyt navn", **changed})


def test_a_change_is_saved_with_who_when_and_why(client, subject):
    assert client.post(EDIT, sent(subject, title="Gangtræning i hold")).status_code == 302
    subject.refresh_from_db()
    newest = subject.history.latest("history_id")
    assert subject.title == newest.title == "Gangtræning i hold"
    assert (newest.history_user.username, newest.history_change_reason) == ("maria", "Nyt navn")


def test_a_new_number_keeps_the_address(client, subject):
    client.post(EDIT, sent(subject, number="5A"))
    subject.refresh_from_db()
    assert (subject.number, subject.address) == ("5A", "5")


def test_a_reason_is_asked_for_once_a_status_is_reported(client, subject):
    assert client.post(EDIT, sent(subject, reason="")).status_code == 302
    build.status(subject)
    answer = client.post(EDIT, sent(subject, title="Igen", reason=""))
    assert "Skriv med få ord hvorfor." in page(answer)
    assert answer.context["form"]["title"].value() == "Igen"
    subject.refresh_from_db()
    assert subject.title == "Fælles faldteam"


def test_a_reason_of_several_sentences_is_kept_whole(client, subject):
    reason = "Målgruppen er afklaret på mødet i driftsforum. " * 10
    client.post(EDIT, sent(subject, target_group="Voksne", reason=reason.strip()))
    assert subject.history.latest("history_id").history_change_reason == reason.strip()


def test_a_reason_of_more_than_five_hundred_characters_is_refused(client, subject):
    answer = client.post(EDIT, sent(subject, reason="x" * 501))
    assert "Skriv højst 500 tegn. Der er 501 nu." in page(answer)


def test_the_form_opens_with_what_is_stored(client, subject):
    Initiative.objects.filter(pk=subject.pk).update(starts=date(2023, 4, 1), ends=date(2024, 7, 1))
    html = page(client.get(EDIT))
    assert 'value="01.04.2023"' in html
    assert 'value="30.06.2024"' in html
    assert f'value="tema-{subject.theme_id}" selected' in html


def test_saving_what_stands_there_changes_nothing(client, subject):
    data = sent(subject, title=subject.title, short_title=subject.short_title, target_group="", starts="", ends="")
    answer = client.post(EDIT, data)
    assert told(answer)[0].startswith("Intet")
    assert subject.history.count() == 1


def test_days_that_are_stored_may_stay_outside_the_plan(client, subject):
    Initiative.objects.filter(pk=subject.pk).update(starts=date(2020, 1, 1))
    assert client.post(EDIT, sent(subject, starts="01.01.2020")).status_code == 302
    assert "uden for handleplanen" in page(client.post(EDIT, sent(subject, starts="02.01.2020")))


def test_the_second_of_two_sees_both_versions_and_can_keep_his(client, subject, sign_in):
    jens, mine = sign_in(coordinator("jens")), sent(subject, title="Jens' titel")
    client.post(EDIT, sent(subject, title="Marias titel"))
    conflict = jens.post(EDIT, mine)
    assert conflict.status_code == 409
    html = page(conflict)
    assert "En anden nåede at gemme først" in html
    assert "Marias titel" in html
    assert "Jens' titel" in html
    subject.refresh_from_db()
    assert subject.title == "Marias titel"
    again = jens.post(EDIT, {**mine, "seen": conflict.context["form"]["seen"].value()})
    subject.refresh_from_db()
    assert (again.status_code, subject.title) == (302, "Jens' titel")


def test_another_part_is_no_conflict(client, subject):
    data = sent(subject, title="Nyt")
    subject.milestones.create(day=date(2024, 1, 1), text="Midtvejs")
    assert client.post(EDIT, data).status_code == 302


def test_the_act_raises_for_a_version_that_is_not_the_newest(subject):
    with pytest.raises(EditConflict):
        change_facts(subject, 0, facts(), mark(coordinator()))


def test_the_act_refuses_the_number_of_another(subject):
    build.initiative("7")
    with pytest.raises(ValidationError, match="bruges allerede"):
        change_facts(subject, version(subject, Part.FACTS), facts(number="7"), mark(coordinator()))


def test_facts_of_an_initiative_are_read_back(subject):
    change_facts(subject, version(subject, Part.FACTS), facts(number="9"), mark(coordinator()))
    assert Facts.of(Initiative.objects.get(pk=subject.pk)) == facts(number="9")
    assert subject.history.latest("history_id").history_date == NOW


@pytest.mark.parametrize("typed", ["abc", "-1", "9" * 30, ""])
def test_a_false_version_is_a_conflict_or_an_error_never_a_fault(client, subject, typed):
    answer = client.post(EDIT, sent(subject, seen=typed))
    assert answer.status_code in {200, 409}
    subject.refresh_from_db()
    assert subject.title == "Superviseret gangtræning"


def test_the_secretariat_edits_the_text_only(midt: Cluster, secretariat, sign_in):
    client = sign_in(secretariat)
    answers = {part: client.get(f"/indsatser/midt/5/rediger/{part}/").status_code for part in Part}
    assert answers == {**dict.fromkeys(Part, 403), Part.SECTIONS: 200}
    html = page(client.get("/indsatser/midt/5/"))
    assert "Redigér teksten" in html
    assert "Opdatér status" not in html


def test_a_part_that_is_none_is_not_found(client):
    assert client.get(f"{EDIT}budget/").status_code == 404


@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.ADMINISTRATOR])
def test_readers_are_offered_nothing_to_edit(role, subject, sign_in):
    html = page(sign_in(build.user("laeser", role)).get("/indsatser/proeve/5/"))
    assert "rediger/" not in html
    assert "/ny/" not in page(sign_in(build.user("laeser2", role)).get("/indsatser/"))
