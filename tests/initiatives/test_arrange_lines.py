"""The lines of an initiative's parts: added, moved, removed and changed, without losing what somebody else wrote."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Max

from initiatives.arrange.editing import Line, replace_lines
from initiatives.arrange.parts import Part, version
from initiatives.models import Actor, InitiativeActor, InitiativeRelation, Milestone
from initiatives.tracing import EditConflict
from tests import build

from .build_arrange import EDIT, actor, coordinator, initiative, mark, milestone, party, section, sent
from .build_status import page

ACTORS, MILESTONES, RELATIONS, TEXT = (
    f"{EDIT}{part}/" for part in (Part.ACTORS, Part.MILESTONES, Part.RELATIONS, Part.SECTIONS)
)


@pytest.fixture
def subject(db):
    return initiative()


@pytest.fixture
def client(subject, sign_in):
    return sign_in(coordinator())


def labels(of) -> list[str]:
    return [row.label for row in of.actor_lines.all()]


def shown(answer) -> list[object]:
    """The first text of each line on the page."""
    return [next(iter(line.visible_fields())).value() for line in answer.context["form"].lines]


# Parties.


def test_a_part_without_lines_opens_with_an_empty_one(client):
    assert shown(client.get(ACTORS)) == [None]


def test_lines_are_stored_in_the_order_of_the_page(client, subject):
    region, town = build.region(), build.municipality()
    lines = party(label="PLO/Nord-KAP", actors=[region.pk, town.pk]), party(label="Kommunen", role="owner")
    answer = client.post(ACTORS, sent(subject, Part.ACTORS, *lines))
    first, second = subject.actor_lines.all()
    assert answer.status_code == 302
    assert (first.label, first.position, set(first.actors.all())) == ("PLO/Nord-KAP", 1, {region, town})
    assert (second.label, second.position, second.role) == ("Kommunen", 2, "owner")


def test_two_lines_change_places(client, subject):
    first, second = actor(subject, 1, "Regionen"), actor(subject, 2, "Kommunen")
    client.post(ACTORS, sent(subject, Part.ACTORS, party(second), party(first)))
    assert labels(subject) == ["Kommunen", "Regionen"]
    assert InitiativeActor.objects.get(pk=first.pk).position == 2


def test_what_stays_the_same_leaves_no_trace(client, subject):
    first, second, third = (actor(subject, place, name) for place, name in enumerate(("A", "B", "C"), start=1))
    before = InitiativeActor.history.count()
    client.post(ACTORS, sent(subject, Part.ACTORS, party(first), party(second), party(third, label="C2")))
    [row] = InitiativeActor.history.order_by("-history_id")[: InitiativeActor.history.count() - before]
    assert (row.label, row.history_change_reason, row.history_user.username) == ("C2", "Rettet efter mødet", "maria")


def test_a_line_that_is_left_out_or_emptied_is_removed_with_a_trace(client, subject):
    first, second = actor(subject, 1, "Regionen"), actor(subject, 2, "Kommunen")
    third = actor(subject, 3, "Foreningen")
    client.post(ACTORS, sent(subject, Part.ACTORS, party(second), party(first, label="")))
    assert labels(subject) == ["Kommunen"]
    gone = InitiativeActor.history.filter(history_type="-")
    assert {(row.id, row.history_user.username) for row in gone} == {(first.pk, "maria"), (third.pk, "maria")}


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        ({"add": "1"}, ["A", "B", None]),
        ({"up": "2"}, ["B", "A"]),
        ({"down": "1"}, ["B", "A"]),
        ({"remove": "1"}, ["B"]),
        ({"up": "1"}, ["A", "B"]),
        ({"down": "2"}, ["A", "B"]),
        ({"remove": "99"}, ["A", "B"]),
        ({"up": "²"}, ["A", "B"]),
    ],
)
def test_a_button_changes_the_page_and_saves_nothing(button, expected, client, subject):
    answer = client.post(ACTORS, sent(subject, Part.ACTORS, party(label="A"), party(label="B"), **button))
    assert shown(answer) == expected
    assert answer.context["form"].head["reason"].value() == "Rettet efter mødet"
    assert not subject.actor_lines.exists()


def test_what_is_half_typed_is_not_judged_by_a_button(client, subject):
    answer = client.post(MILESTONES, sent(subject, Part.MILESTONES, {"day": "31.02.2025", "text": ""}, add="1"))
    assert shown(answer) == ["31.02.2025", None]
    assert b"form-error" not in answer.content


def test_a_line_of_another_initiative_cannot_be_taken(client, subject):
    other = actor(initiative("6"), 1, "Fremmed")
    client.post(ACTORS, sent(subject, Part.ACTORS, party(other, label="Kapret")))
    other.refresh_from_db()
    assert other.label == "Fremmed"
    assert labels(subject) == ["Kapret"]


def test_a_party_that_does_not_exist_is_refused_at_its_line(client, subject):
    answer = client.post(ACTORS, sent(subject, Part.ACTORS, party(label="A"), party(label="B", actors=["999999"])))
    html = page(answer)
    assert 'id="id_l2-actors_error"' in html
    assert "linje 2" in html
    assert "Vælg en af mulighederne." in html


def test_more_lines_than_a_page_may_have_are_refused_and_kept(client, subject):
    answer = client.post(ACTORS, sent(subject, Part.ACTORS, *(party(label=f"A{place}") for place in range(61))))
    assert "Der kan højst være 60 linjer." in page(answer)
    assert len(shown(answer)) == 61
    assert not subject.actor_lines.exists()


# Two at once.


def test_what_another_added_and_changed_meanwhile_is_shown_and_not_lost(client, subject, sign_in):
    first = actor(subject, 1, "Regionen")
    jens, mine = sign_in(coordinator("jens")), sent(subject, Part.ACTORS, party(first, label="Region Nord"))
    added = party(first, label="Region Syd"), party(label="Foreningen")
    client.post(ACTORS, sent(subject, Part.ACTORS, *added))
    conflict = jens.post(ACTORS, mine)
    assert conflict.status_code == 409
    assert shown(conflict) == ["Region Nord", "Foreningen"]
    assert conflict.context["form"].lines[0].saved == [("Som trykt", "Region Syd")]
    assert labels(subject) == ["Region Syd", "Foreningen"]


def test_what_i_removed_does_not_come_back_by_a_conflict(client, subject, sign_in):
    first, second = actor(subject, 1, "Regionen"), actor(subject, 2, "Kommunen")
    jens, mine = sign_in(coordinator("jens")), sent(subject, Part.ACTORS, party(first))
    client.post(ACTORS, sent(subject, Part.ACTORS, party(first, label="Region"), party(second)))
    assert shown(jens.post(ACTORS, mine)) == ["Regionen"]


def test_what_another_removed_is_told_at_the_line(client, subject, sign_in):
    first, second = actor(subject, 1, "Regionen"), actor(subject, 2, "Kommunen")
    jens, mine = sign_in(coordinator("jens")), sent(subject, Part.ACTORS, party(first), party(second))
    client.post(ACTORS, sent(subject, Part.ACTORS, party(first)))
    assert "Fjernet af en anden." in page(jens.post(ACTORS, mine))


def test_the_act_raises_for_an_old_version(subject):
    with pytest.raises(EditConflict):
        replace_lines(subject, Part.ACTORS, 99, [], mark(coordinator()))


# Milestones.


@pytest.mark.parametrize(
    ("typed", "precision", "day", "stored"),
    [
        ("10.04.2024", "day", date(2024, 4, 10), "day"),
        ("10.04.2024", "month", date(2024, 4, 30), "month"),
        ("02.2024", "day", date(2024, 2, 29), "month"),
        ("2024", "day", date(2024, 12, 31), "year"),
        ("31.12.2024", "unprinted", date(2024, 12, 31), "unprinted"),
    ],
)
def test_a_milestone_is_dated_as_precisely_as_it_is_typed(typed, precision, day, stored, client, subject):
    line = {"day": typed, "precision": precision, "text": "Første hold"}
    client.post(MILESTONES, sent(subject, Part.MILESTONES, line))
    made = subject.milestones.get()
    assert (made.day, made.precision) == (day, stored)
    assert client.post(MILESTONES, sent(subject, Part.MILESTONES, {**line, "pk": made.pk})).status_code == 302
    assert Milestone.history.filter(id=made.pk).count() == 1


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ({"day": "31.02.2024", "precision": "day", "text": "Hold"}, "day"),
        ({"day": "13.2024", "precision": "day", "text": "Hold"}, "day"),
        ({"day": "0000", "precision": "day", "text": "Hold"}, "day"),
        ({"day": "1.1.1924", "precision": "day", "text": "Hold"}, "day"),
        ({"day": "", "precision": "day", "text": "Hold"}, "day"),
        ({"day": "1.1.2024", "precision": "day", "text": ""}, "text"),
        ({"day": "1.1.2024", "precision": "day", "text": "x" * 10_000}, "text"),
        ({"day": "1.1.2024", "precision": "day", "text": "a\x00b"}, "text"),
        ({"day": "1.1.2024", "precision": "århundrede", "text": "Hold"}, "precision"),
    ],
)
def test_a_milestone_that_cannot_be_is_refused_at_its_field(line, name, client, subject):
    answer = client.post(MILESTONES, sent(subject, Part.MILESTONES, line))
    assert list(answer.context["form"].errors) == [f"l1-{name}"]
    assert f'href="#id_l1-{name}"' in page(answer)
    assert answer.context["form"].lines[0]["text"].value() == line["text"]
    assert not subject.milestones.exists()


def test_the_same_milestone_twice_is_refused_in_words(client, subject):
    line = {"day": "1.1.2024", "precision": "day", "text": "Hold"}
    answer = client.post(MILESTONES, sent(subject, Part.MILESTONES, line, line))
    assert "To linjer siger det samme." in page(answer)
    assert not subject.milestones.exists()


def test_a_reason_is_asked_for_once_a_status_is_reported(client, subject):
    build.status(subject)
    line = {"day": "1.1.2024", "precision": "day", "text": "Hold"}
    answer = client.post(MILESTONES, sent(subject, Part.MILESTONES, line, reason=""))
    assert "Skriv med få ord hvorfor." in page(answer)
    assert shown(answer) == ["1.1.2024"]
    with pytest.raises(ValidationError):
        replace_lines(subject, Part.MILESTONES, 0, [Line(None, {"day": date(2024, 1, 1)})], mark(coordinator("x"), ""))


# Relations.


def test_relations_name_an_initiative_or_something_else(client, subject):
    other = initiative("6")
    lines = {"kind": "continues_in", "target": other.pk, "label": ""}, {"kind": "formerly", "label": "SUGA 2.0"}
    assert client.post(RELATIONS, sent(subject, Part.RELATIONS, *lines)).status_code == 302
    ties = {(tie.kind, tie.target, tie.label) for tie in subject.relations.all()}
    assert ties == {("continues_in", other, ""), ("formerly", None, "SUGA 2.0")}


def test_a_relation_to_both_or_to_a_stranger_is_refused(client, subject):
    other, foreign = initiative("6"), build.initiative("1", of=foreign_theme())
    both = {"kind": "formerly", "target": other.pk, "label": "SUGA"}
    outside = {"kind": "formerly", "target": foreign.pk, "label": ""}
    answer = client.post(RELATIONS, sent(subject, Part.RELATIONS, both, outside))
    assert set(answer.context["form"].errors) == {"l1-label", "l2-target"}
    assert not InitiativeRelation.objects.filter(initiative=subject).exists()


def foreign_theme():
    return build.theme(build.plan(build.cluster("nord", "Sundhedsklynge Nord"), "Nords plan"))


# Text.


def test_sections_are_stored_in_order_and_shown_without_markup(client, subject):
    lines = {"kind": "purpose", "body": "**Vigtigt** <script>alert(1)</script>"}, {"kind": "note", "body": "Sidst."}
    client.post(TEXT, sent(subject, Part.SECTIONS, *lines))
    assert [(row.kind, row.position) for row in subject.sections.all()] == [("purpose", 1), ("note", 2)]
    answer = client.get("/indsatser/proeve/5/")
    assert b"<script>alert" not in answer.content
    assert "<strong>Vigtigt</strong>" in page(answer)


def test_the_preview_shows_the_text_as_printed_and_saves_nothing(client, subject):
    line = {"kind": "purpose", "body": "- ét\n- to <b>fed</b>"}
    html = client.post(TEXT, sent(subject, Part.SECTIONS, line, preview="1")).content.decode()
    assert "<li>ét</li>" in html
    assert "<b>" not in html
    assert not subject.sections.exists()


def test_a_text_beyond_the_limit_is_kept_and_told(client, subject):
    answer = client.post(TEXT, sent(subject, Part.SECTIONS, {"kind": "purpose", "body": "x" * 20_001}))
    assert "Skriv højst 20.000 tegn. Der er 20.001 nu." in page(answer)
    assert len(answer.context["form"].lines[0]["body"].value()) == 20_001


def test_line_breaks_do_not_count_as_a_change(client, subject):
    row = section(subject, body="En.\n\nTo.")
    line = {"pk": row.pk, "kind": "purpose", "heading": "", "body": "En.\r\n\r\nTo."}
    client.post(TEXT, sent(subject, Part.SECTIONS, line))
    assert type(row).history.filter(id=row.pk).count() == 1


@pytest.mark.parametrize("part", [Part.ACTORS, Part.MILESTONES, Part.RELATIONS, Part.SECTIONS])
def test_the_cost_of_a_page_does_not_grow_with_its_lines(part, client, subject, queries):
    def write(first: int, last: int) -> None:
        for number in range(first, last):
            actor(subject, number, f"A{number}").actors.add(Actor.objects.create(name=f"P{number}", kind="other"))
            milestone(subject, text=f"M{number}")
            InitiativeRelation.objects.create(initiative=subject, kind="formerly", target=initiative(f"R{number}"))
            section(subject, number)

    write(1, 3)
    few = queries(lambda: client.get(f"{EDIT}{part}/"))
    write(3, 15)
    assert queries(lambda: client.get(f"{EDIT}{part}/")) == few


def test_the_version_grows_when_the_parties_behind_a_line_change(subject):
    line = actor(subject, 1, "Regionen")
    before = version(subject, Part.ACTORS)
    line.actors.add(build.region())
    assert version(subject, Part.ACTORS) > before
    assert version(subject, Part.ACTORS) == InitiativeActor.history.aggregate(last=Max("history_id"))["last"]
