"""A new plan out of the old one: what is proposed, what is copied, and what stays where it was."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from initiatives import tracing
from initiatives.access import Role
from initiatives.models import (
    ActionPlan,
    Initiative,
    InitiativeActor,
    InitiativeRelation,
    Milestone,
    NarrativeSection,
    Person,
    Phase,
    Theme,
    User,
)
from initiatives.planning import PlanValues
from initiatives.succession import Chosen, candidates, continue_plan, free_address, proposed_values

from .. import build

DAY = date(2025, 12, 1)
VALUES = PlanValues("Handleplan 2026–2029", date(2026, 1, 1), date(2030, 1, 1))
Kind = NarrativeSection.Kind


@pytest.fixture
def coordinator(db) -> User:
    return build.user("kirsten", Role.COORDINATOR)


@pytest.fixture
def old(coordinator) -> ActionPlan:
    return build.plan()


@pytest.fixture
def theme(old) -> Theme:
    return build.theme(old, "Lighed", 3)


@pytest.fixture
def seven(theme) -> Initiative:
    """An initiative with everything that can hang on one."""
    person = Person.objects.create(name="Ida Prøve", role="projektleder")
    found = build.initiative("7", theme, target_group="Unge", responsible=person, starts=date(2023, 1, 1))
    line = InitiativeActor.objects.create(initiative=found, label="PLO/Nord-KAP", position=1, role="owner")
    line.actors.set([build.region(), build.municipality()])
    for position, kind in enumerate((Kind.PURPOSE, Kind.RESULTS, Kind.BACKGROUND), start=1):
        NarrativeSection.objects.create(initiative=found, kind=kind, position=position, body=f"Tekst om {kind}")
    Milestone.objects.create(initiative=found, day=date(2024, 3, 1), text="Begyndt")
    build.status(found)
    return found


def everything(old: ActionPlan, with_texts: bool = True, **numbers: str) -> Chosen:
    chosen = {each.pk: numbers.get(f"n{each.number}", each.number) for each in old.initiatives.all()}
    return Chosen(frozenset(old.themes.values_list("pk", flat=True)), chosen, with_texts)


@pytest.mark.parametrize(
    ("title", "starts", "ends", "proposed"),
    [
        ("Handleplan 2022–2025", date(2022, 1, 1), date(2026, 1, 1), ("Handleplan 2026–2029", date(2030, 1, 1))),
        ("Plan for 2026", date(2026, 1, 1), date(2027, 1, 1), ("Plan for 2027", date(2028, 1, 1))),
        ("Sammen om sundhed", date(2022, 7, 1), date(2024, 7, 1), ("", date(2026, 7, 1))),
        ("Foråret 2024", date(2024, 1, 1), date(2024, 7, 1), ("Foråret 2025", date(2024, 12, 30))),
        ("Plan", date(2020, 2, 29), date(2024, 2, 29), ("", date(2028, 2, 29))),
    ],
)
def test_the_period_after_and_just_as_long_is_proposed(title, starts, ends, proposed):
    values = proposed_values(ActionPlan(title=title, starts=starts, ends=ends))
    assert (values.starts, (values.title, values.ends)) == (ends, proposed)


@pytest.mark.parametrize(
    ("phase", "goes_on"),
    [
        (Phase.RUNNING, True),
        (Phase.PAUSED, True),
        (Phase.IN_OPERATION, True),
        (Phase.CLOSED, False),
        (Phase.DISCONTINUED, False),
        (Phase.MERGED, False),
    ],
)
def test_what_has_not_ended_is_proposed_to_go_on(old, theme, phase, goes_on):
    build.status(build.initiative("1", theme), phase=phase)
    assert [each.goes_on for each in candidates(old, DAY)] == [goes_on]


def test_what_has_no_status_is_proposed_and_what_goes_on_already_is_not(coordinator, old, theme):
    build.initiative("1", theme)
    build.initiative("2", theme)
    one = old.initiatives.get(number="1")
    continue_plan(coordinator, old, VALUES, Chosen(frozenset([theme.pk]), {one.pk: "1"}, False))
    found = {each.initiative.number: (each.goes_on, each.continues_in) for each in candidates(old, DAY)}
    assert found["2"] == (True, None)
    assert found["1"][0] is False
    assert found["1"][1].plan.title == VALUES.title


def test_what_was_withdrawn_as_a_mistake_is_not_offered(old, theme):
    build.initiative("1", theme, retired_on=date(2025, 11, 1), retired_reason="Oprettet to gange")
    assert candidates(old, DAY) == []


def test_what_goes_on_gets_a_row_of_its_own_with_what_lasts(coordinator, old, seven):
    made, new = continue_plan(coordinator, old, VALUES, everything(old))
    copy = made.initiatives.get()
    assert new
    assert (copy.number, copy.address, copy.title, copy.target_group) == ("7", "7-2026", seven.title, "Unge")
    assert (copy.responsible, copy.number_order) == (seven.responsible, seven.number_order)
    assert copy.theme.plan == made
    assert (copy.theme.name, copy.theme.colour) == ("Lighed", 3)
    line = copy.actor_lines.get()
    assert (line.label, line.role, set(line.actors.all())) == (
        "PLO/Nord-KAP",
        "owner",
        {build.region(), build.municipality()},
    )
    assert [(section.kind, section.body) for section in copy.sections.all()] == [
        (Kind.PURPOSE, "Tekst om purpose"),
        (Kind.BACKGROUND, "Tekst om background"),
    ]


def test_facts_stay_with_the_old_one_and_a_relation_leads_on(coordinator, old, seven):
    made, _new = continue_plan(coordinator, old, VALUES, everything(old))
    copy = made.initiatives.get()
    assert not copy.status_reports.exists()
    assert not copy.milestones.exists()
    assert (copy.starts, copy.ends) == (None, None)
    seven.refresh_from_db()
    assert (seven.plan, seven.address, seven.status_reports.count()) == (old, "7", 1)
    assert InitiativeRelation.objects.get(initiative=seven).target == copy


def test_texts_are_left_behind_when_they_are_not_chosen(coordinator, old, seven):
    made, _new = continue_plan(coordinator, old, VALUES, everything(old, with_texts=False))
    assert not made.initiatives.get().sections.exists()


def test_the_trace_tells_who_carried_it_on_and_from_where(coordinator, old, seven):
    made, _new = continue_plan(coordinator, old, VALUES, everything(old))
    for row in (made, made.themes.get(), made.initiatives.get()):
        change = tracing.latest_change(row)
        assert change
        assert (change.by, change.reason) == ("Kirsten", "Ført videre fra Handleplan 2022–2025")


def test_numbers_can_be_others_in_the_new_plan(coordinator, old, theme):
    for number in ("1", "2"):
        build.initiative(number, theme)
    made, _new = continue_plan(coordinator, old, VALUES, everything(old, n1="2", n2="1"))
    found = {each.title: (each.number, each.address) for each in made.initiatives.all()}
    assert found == {"Prøveindsats 1": ("2", "2-2026"), "Prøveindsats 2": ("1", "1-2026")}


@pytest.mark.parametrize(
    ("numbers", "wrong"),
    [
        ({"n1": "2"}, {"1", "2"}),
        ({"n1": "a", "n2": "A"}, {"1", "2"}),
        ({"n1": "1/2"}, {"1"}),
        ({"n1": "12345678901"}, {"1"}),
        ({"n2": "\u202e7"}, {"2"}),
    ],
)
def test_numbers_that_clash_or_cannot_stand_in_an_address_are_refused(coordinator, old, theme, numbers, wrong):
    keys = {build.initiative(number, theme).pk: number for number in ("1", "2")}
    with pytest.raises(ValidationError) as refused:
        continue_plan(coordinator, old, VALUES, everything(old, **numbers))
    assert {keys[int(name.removeprefix("number-"))] for name in refused.value.message_dict} == wrong
    assert not ActionPlan.objects.filter(title=VALUES.title).exists()


def test_several_initiatives_may_be_without_a_number(coordinator, old, theme):
    for title in ("Én ting", "En anden"):
        build.initiative("", theme, short_title=title)
    made, _new = continue_plan(coordinator, old, VALUES, everything(old))
    assert set(made.initiatives.values_list("address", flat=True)) == {"én-ting-2026", "en-anden-2026"}


def test_an_initiative_cannot_go_on_without_its_theme(coordinator, old, seven):
    chosen = replace(everything(old), themes=frozenset())
    with pytest.raises(ValidationError, match="Vælg også “Lighed”"):
        continue_plan(coordinator, old, VALUES, chosen)


def test_only_what_is_chosen_goes_on_and_places_close_up(coordinator, old):
    themes = [build.theme(old, name, place) for place, name in enumerate(("a", "b", "c"), start=1)]
    chosen = Chosen(frozenset(theme.pk for theme in themes[1:]), {}, True)
    made, _new = continue_plan(coordinator, old, VALUES, chosen)
    assert list(made.themes.values_list("name", "position")) == [("b", 1), ("c", 2)]


def test_the_form_sent_twice_makes_one_plan(coordinator, old, seven):
    first, _new = continue_plan(coordinator, old, VALUES, everything(old))
    again, new = continue_plan(coordinator, old, VALUES, everything(old))
    assert (again, new) == (first, False)
    assert first.initiatives.count() == 1


def test_a_second_continuation_of_the_same_year_finds_a_free_address(coordinator, old, seven):
    continue_plan(coordinator, old, VALUES, everything(old))
    made, _new = continue_plan(coordinator, old, replace(VALUES, title="Tillæg"), everything(old))
    assert made.initiatives.get().address == "7-2026-2"


@pytest.mark.parametrize(
    ("number", "title", "taken", "expected"),
    [
        ("7", "", set(), "7-2026"),
        ("7", "", {"7-2026", "7-2026-2"}, "7-2026-3"),
        ("", "Et meget langt navn på en indsats", set(), "et-meget-langt-2026"),
        ("", "🎉", set(), "indsats-2026"),
    ],
)
def test_an_address_is_free_and_short_enough(number, title, taken, expected):
    found = free_address(number, title, 2026, taken)
    assert found == expected
    assert len(found) <= 20


def test_a_reader_makes_no_plan(old):
    with pytest.raises(PermissionDenied):
        continue_plan(build.user("poul", Role.POLITICIAN), old, VALUES, everything(old))


def test_a_plan_of_many_initiatives_costs_no_more_queries(coordinator, old, theme, queries):
    build.initiative("1", theme)
    assert coordinator.rights  # read once and kept
    few = queries(lambda: continue_plan(coordinator, old, VALUES, everything(old)))
    for number in range(2, 30):
        build.initiative(str(number), theme)
    assert queries(lambda: continue_plan(coordinator, old, replace(VALUES, title="Ny"), everything(old))) == few
