"""The history of an initiative: who changed what, when and why, in the words of those who did."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import QueryDict

from initiatives.arrange.editing import Line, change_facts, create_initiative, replace_lines
from initiatives.arrange.parts import Part, version
from initiatives.arrange.rules import Facts
from initiatives.arrange.withdrawing import withdraw
from initiatives.danish import today
from initiatives.diff import Piece
from initiatives.models import Initiative, Milestone, Person
from initiatives.trail import Entry, trail
from initiatives.trail_words import shortened
from tests import build

from .build_arrange import NOW, actor, coordinator, facts, initiative, mark, milestone, section
from .build_status import page

TODAY = NOW.date()
HISTORY = "/indsatser/proeve/5/?fane=historik"


@pytest.fixture
def maria(db):
    return coordinator()


@pytest.fixture
def subject(maria):
    """Created by Maria an hour before NOW."""
    an_hour_before = mark(maria, "", NOW - timedelta(hours=1))
    return create_initiative(build.cluster(), facts(number="5", title="Gå", short_title="Gå"), an_hour_before)


def entries(of: Initiative, day: date = TODAY) -> tuple[Entry, ...]:
    return trail(of, day, QueryDict()).entries


def said(entry: Entry) -> list[tuple[str, str, str]]:
    return [(change.label, change.before, change.after) for change in entry.changes]


def change(of: Initiative, by, reason: str = "Nyt navn", at: datetime = NOW, **changed) -> None:
    fresh = Initiative.objects.get(pk=of.pk)
    values = {**Facts.of(fresh).as_dict(), **changed}
    assert change_facts(fresh, version(of, Part.FACTS), Facts(**values), mark(by, reason, at))


def write(of: Initiative, part: Part, by, *lines: Line, at: datetime = NOW) -> None:
    assert replace_lines(of, part, version(of, part), lines, mark(by, at=at))


def test_the_newest_comes_first_and_the_creation_last(subject, maria):
    change(subject, maria, title="Gåhold")
    newest, oldest = entries(subject)
    assert (newest.at, newest.by, newest.reason) == (NOW, "Maria", "Nyt navn")
    assert said(newest) == [("Titel", "Gå", "Gåhold")]
    assert said(oldest) == [("Indsatsen oprettet: 5 Gå", "", "")]


def test_every_fact_is_told_in_words(subject, maria):
    person = Person.objects.create(name="Nora Prøve", role="Chef")
    changed = {"theme": None, "number": "6", "starts": date(2023, 2, 1), "ends": date(2025, 1, 1)}
    change(subject, maria, **changed, responsible=person)
    assert said(entries(subject)[0]) == [
        ("Tema", "Prøvetema", ""),
        ("Nummer", "5", "6"),
        ("Første dag", "", "01.02.2023"),
        ("Sidste dag", "", "31.12.2024"),
        ("Ansvarlig", "", "Nora Prøve, Chef"),
    ]


def test_parties_of_one_act_are_one_entry(subject, maria):
    region, town = build.region(), build.municipality()
    write(
        subject, Part.ACTORS, maria,
        Line(None, {"label": "Region/by", "role": "party"}, frozenset({region.pk, town.pk})),
        Line(None, {"label": "Foreningen", "role": "owner"}),
    )  # fmt: skip
    first, second = subject.actor_lines.all()
    later = NOW + timedelta(minutes=5)
    write(
        subject, Part.ACTORS, maria,
        Line(second.pk, {"label": "Foreningen", "role": "party"}),
        Line(first.pk, {"label": "Region/by", "role": "party"}, frozenset({region.pk})),
        at=later,
    )  # fmt: skip
    newest, added, _created = entries(subject)
    assert said(added) == [("Aktør tilføjet: Region/by", "", ""), ("Aktør tilføjet: Foreningen", "", "")]
    assert said(newest) == [
        ("Foreningen, rolle", "ejer", "part"),
        ("Region/by, parter", "Prøve Kommune og Region Prøve", "Region Prøve"),
    ]


def test_a_new_order_alone_is_told_once(subject, maria):
    lines = [
        Line(actor(subject, place, name).pk, {"label": name, "role": "party"}) for place, name in enumerate("ABC", 1)
    ]
    write(subject, Part.ACTORS, maria, *reversed(lines))
    assert said(next(entry for entry in entries(subject) if entry.at == NOW)) == [
        ("Aktørernes rækkefølge er ændret.", "", "")
    ]


def test_milestones_and_relations_are_told_when_they_come_and_go(subject, maria):
    row = milestone(subject)
    Milestone.history.update(history_date=NOW - timedelta(hours=2))
    write(subject, Part.MILESTONES, maria)
    tie = Line(None, {"kind": "formerly", "target_id": None, "label": "SUGA 2.0"})
    write(subject, Part.RELATIONS, maria, tie, at=NOW + timedelta(minutes=1))
    relation, removed, *_ = entries(subject)
    assert said(removed) == [(f"Milepæl fjernet: 31.05.2024, {row.text}", "", "")]
    assert said(relation) == [("Relation tilføjet: tidligere SUGA 2.0", "", "")]


def test_a_milestone_is_known_by_what_does_not_change(subject, maria):
    row = milestone(subject)
    write(subject, Part.MILESTONES, maria, Line(row.pk, {"day": row.day, "precision": "day", "text": "Andet hold"}))
    later = Line(row.pk, {"day": date(2024, 6, 30), "precision": "month", "text": "Andet hold"})
    write(subject, Part.MILESTONES, maria, later, at=NOW + timedelta(minutes=1))
    told = [line for entry in entries(subject, today()) if entry.by and entry.reason for line in said(entry)]
    assert told == [("Andet hold, dato", "31.05.2024", "juni 2024"), ("31.05.2024, tekst", "Første hold", "Andet hold")]


def test_a_long_text_is_told_by_the_words_that_differ(subject, maria):
    row = section(subject, body="Holdene mødes hver uge.")
    write(
        subject,
        Part.SECTIONS,
        maria,
        Line(row.pk, {"kind": "purpose", "heading": "", "body": "Holdene mødes hver dag."}),
    )
    [told] = next(entry for entry in entries(subject, today()) if entry.at == NOW).changes
    assert [piece.text for piece in told.pieces[0] if piece.changed] == ["uge."]
    assert [piece.text for piece in told.pieces[1] if piece.changed] == ["dag."]


def test_unchanged_passages_are_cut_to_the_words_beside_a_change():
    words = " ".join(f"ord{number}" for number in range(100))
    [cut, kept] = shortened([Piece(words, changed=False), Piece(words, changed=True)])
    assert cut.text == " ".join([*words.split()[:8], "[…]", *words.split()[-8:]])
    assert kept.text == words


def test_a_status_report_is_told_and_a_correction_as_one(subject, maria):
    first = build.status(subject, printed_text="I gang", reported_by=maria)
    build.status(subject, printed_text="Rettet", supersedes=first, source="Referat")
    newest, older = entries(subject, today())[:2]
    assert said(older) == [("Status meldt (15.01.2025): Igangværende, »I gang«.", "", "")]
    assert said(newest) == [("Status rettet (15.01.2025): Igangværende, »Rettet«.", "", "")]
    assert (older.by, newest.by) == ("Maria", "Referat")


def test_what_came_from_a_file_says_which_and_how_much(midt):
    found = {
        entry.file: [each.label for each in entry.changes]
        for entry in entries(midt.initiatives.get(address="5"), today())
    }
    assert found["30-initiatives.json"] == ["Indsatsen."]
    assert found["40-actors-of-initiatives.json"] == ["4 aktører."]
    assert found["35-milestones.json"] == ["3 milepæle."]


def test_the_page_tells_of_a_file_in_words(midt, politician, sign_in):
    assert "Indlæst fra 30-initiatives.json" in page(sign_in(politician).get("/indsatser/midt/5/?fane=historik"))


def test_nothing_later_than_the_day_is_told(subject, maria):
    change(subject, maria, at=NOW + timedelta(days=1), title="Senere")
    assert len(entries(subject)) == 1
    assert len(entries(subject, TODAY + timedelta(days=1))) == 2
    assert entries(subject, TODAY - timedelta(days=1)) == ()


def test_the_day_is_counted_in_copenhagen(subject, maria):
    change(subject, maria, at=datetime(2025, 4, 10, 22, 30, tzinfo=UTC), title="Efter midnat")
    assert len(entries(subject)) == 1


def test_what_it_was_merged_into_is_named(subject, maria):
    withdraw(subject, mark(maria, "Dublet"), TODAY, initiative("6"))
    assert said(entries(subject)[0]) == [
        ("Trukket tilbage den", "", "10.04.2025"),
        ("Lagt sammen med", "", "6 Superviseret gangtræning"),
    ]


def test_a_row_that_is_gone_is_still_told_of(subject, maria):
    other = initiative("6")
    subject.relations.create(kind="continues_in", target=other).delete()
    other.delete()
    labels = [change.label for entry in entries(subject, today()) for change in entry.changes]
    assert any(label.startswith("Relation fjernet: fortsætter i") for label in labels)


def test_markup_in_a_change_is_shown_not_run(subject, maria, sign_in):
    change(subject, maria, "<script>alert(2)</script>", title="<script>alert(1)</script>")
    answer = sign_in(maria).get(HISTORY)
    assert b"<script>alert" not in answer.content
    assert page(answer).count("<script>alert(1)</script>") >= 2


def test_pages_of_twenty_five(subject, maria, sign_in):
    for number in range(30):
        change(subject, maria, at=NOW + timedelta(minutes=number), title=f"Titel {number}")
    client = sign_in(maria)
    first, second = page(client.get(HISTORY)), page(client.get(f"{HISTORY}&page=2"))
    assert "Side 1 af 2" in first
    assert "Titel 29" in first
    assert "Side 2 af 2" in second
    assert "Indsatsen oprettet" in second


@pytest.mark.parametrize(("asked", "shown"), [("99", 1), ("-1", 1), ("abc", 1), ("9" * 40, 1)])
def test_a_page_that_is_not_there_is_the_nearest_with_a_notice(asked, shown, subject, maria):
    found = trail(subject, TODAY, QueryDict(f"page={asked}"))
    assert found.paging.page == shown
    assert len(found.paging.notices) == 1
    assert len(found.entries) == 1


def test_the_tab_is_fetched_when_it_is_opened(subject, maria, sign_in):
    html = page(sign_in(maria).get("/indsatser/proeve/5/"))
    assert 'hx-get="?fane=historik"' in html
    assert "Indsatsen oprettet" not in html


def test_the_history_is_as_hidden_as_the_initiative(subject, sign_in):
    stranger = build.user("frida", "coordinator", build.cluster("nord", "Sundhedsklynge Nord"))
    assert sign_in(stranger).get(HISTORY).status_code == 404


def test_the_cost_does_not_grow_with_what_has_happened(subject, maria, queries):
    def happen(first: int, last: int) -> None:
        for number in range(first, last):
            at = NOW + timedelta(minutes=number)
            other = initiative(f"R{number}")
            change(subject, maria, at=at, title=f"Titel {number}")
            party = Line(None, {"label": f"A{number}", "role": "party"}, frozenset({build.region().pk}))
            tie = Line(None, {"kind": "continues_in", "target_id": other.pk, "label": ""})
            write(subject, Part.ACTORS, maria, party, at=at)
            write(subject, Part.RELATIONS, maria, tie, at=at)
            build.status(subject, reported_by=maria)

    happen(1, 3)
    few = queries(lambda: trail(subject, today(), QueryDict()))
    happen(3, 10)
    assert queries(lambda: trail(subject, today(), QueryDict())) == few <= 20
