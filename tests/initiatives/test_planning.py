"""Creating, changing and arranging plans and themes: the rules, the trace, and two who do it at once."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from initiatives import tracing
from initiatives.access import Role
from initiatives.models import ActionPlan, PlanState, Theme, User
from initiatives.planning import (
    PlanValues,
    ThemeValues,
    add_theme,
    change_plan,
    change_theme,
    create_plan,
    move_theme,
    remove_theme,
)

from .. import build

VALUES = PlanValues("Handleplan 2026–2029", date(2026, 1, 1), date(2030, 1, 1))
THEME = ThemeValues("Lighed i sundhed", "Lighed", "", 3)


@pytest.fixture
def coordinator(db) -> User:
    return build.user("kirsten", Role.COORDINATOR)


@pytest.fixture
def plan(coordinator) -> ActionPlan:
    return build.plan()


def names(plan: ActionPlan) -> list[str]:
    return [theme.name for theme in plan.themes.all()]


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (date(2021, 12, 31), PlanState.COMING),
        (date(2022, 1, 1), PlanState.IN_FORCE),
        (date(2025, 12, 31), PlanState.IN_FORCE),
        (date(2026, 1, 1), PlanState.ENDED),
    ],
)
def test_a_plan_is_in_force_from_its_first_to_its_last_day(day, state):
    assert ActionPlan(starts=date(2022, 1, 1), ends=date(2026, 1, 1)).state_on(day) == state


def test_a_plan_is_created_with_who_made_it(coordinator):
    made = create_plan(coordinator, build.cluster(), VALUES)
    assert (made.title, made.starts, made.last_day) == (VALUES.title, VALUES.starts, date(2029, 12, 31))
    change = tracing.latest_change(made)
    assert change
    assert change.by == "Kirsten"


def test_the_same_form_sent_twice_makes_one_plan(coordinator):
    first = create_plan(coordinator, build.cluster(), VALUES)
    assert create_plan(coordinator, build.cluster(), VALUES) == first
    assert ActionPlan.objects.count() == 2  # the other is that of the facts


def test_a_title_is_taken_whatever_its_case_and_whoever_has_it(coordinator):
    create_plan(coordinator, build.cluster(), VALUES)
    other = build.user("karl", Role.COORDINATOR)
    for title in (VALUES.title, "HANDLEPLAN 2026–2029"):
        with pytest.raises(ValidationError) as wrong:
            create_plan(other, build.cluster(), PlanValues(title, VALUES.starts, VALUES.ends))
        assert set(wrong.value.message_dict) == {"title"}


@pytest.mark.parametrize(
    ("starts", "ends", "fields"),
    [
        (date(2026, 1, 1), date(2026, 1, 1), {"ends"}),
        (date(2026, 1, 1), date(2025, 1, 1), {"ends"}),
        (date(1926, 1, 1), date(2030, 1, 1), {"starts"}),
        (date(2026, 1, 1), date(2206, 1, 1), {"ends"}),
        (date(206, 1, 1), date(9999, 1, 1), {"starts", "ends"}),
    ],
)
def test_a_period_that_cannot_be_meant_is_refused(coordinator, starts, ends, fields):
    with pytest.raises(ValidationError) as wrong:
        create_plan(coordinator, build.cluster(), PlanValues("Plan", starts, ends))
    assert set(wrong.value.message_dict) == fields


@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.SECRETARIAT, Role.ADMINISTRATOR])
def test_only_a_coordinator_arranges(plan, role):
    reader = build.user("læser", role)
    theme = build.theme(plan)
    acts = [
        lambda: create_plan(reader, plan.cluster, VALUES),
        lambda: change_plan(reader, plan, "0", VALUES, ""),
        lambda: add_theme(reader, plan, THEME),
        lambda: move_theme(reader, theme, 1),
        lambda: remove_theme(reader, theme),
    ]
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()


def test_a_change_tells_who_and_why(coordinator, plan):
    version = tracing.version_of(plan)
    assert change_plan(coordinator, plan, version, VALUES, "Forlænget på mødet i marts")
    change = tracing.latest_change(plan)
    assert change
    assert (change.by, change.reason) == ("Kirsten", "Forlænget på mødet i marts")
    assert ActionPlan.objects.get(pk=plan.pk).title == VALUES.title


def test_a_change_of_nothing_leaves_no_trace(coordinator, plan):
    version = tracing.version_of(plan)
    assert not change_plan(coordinator, plan, version, PlanValues(plan.title, plan.starts, plan.ends), "uden grund")
    assert tracing.version_of(plan) == version


def test_whoever_saves_second_overwrites_nothing(coordinator, plan):
    version = tracing.version_of(plan)
    change_plan(coordinator, plan, version, VALUES, "")
    with pytest.raises(tracing.EditConflict):
        change_plan(coordinator, plan, version, PlanValues("Min titel", plan.starts, plan.ends), "")
    assert ActionPlan.objects.get(pk=plan.pk).title == VALUES.title


def test_a_text_that_another_page_edits_survives_a_change_of_the_title(coordinator, plan):
    version = tracing.version_of(plan)
    ActionPlan.objects.filter(pk=plan.pk).update(foreword="Nyt forord")
    change_plan(coordinator, plan, version, VALUES, "")
    assert ActionPlan.objects.get(pk=plan.pk).foreword == "Nyt forord"


def test_a_new_theme_comes_last(coordinator, plan):
    build.theme(plan, "Første")
    add_theme(coordinator, plan, THEME)
    assert names(plan) == ["Første", "Lighed i sundhed"]


def test_a_theme_asked_for_twice_is_made_once(coordinator, plan):
    assert add_theme(coordinator, plan, THEME) == add_theme(coordinator, plan, THEME)


def test_a_themes_name_is_taken_in_its_plan_only(coordinator, plan):
    build.theme(plan, "Lighed i Sundhed")
    with pytest.raises(ValidationError):
        add_theme(coordinator, plan, THEME)
    assert add_theme(coordinator, build.plan(title="En anden"), THEME)


def test_a_theme_is_renamed_and_may_keep_its_own_name(coordinator, plan):
    theme = add_theme(coordinator, plan, THEME)
    recoloured = ThemeValues(THEME.name, THEME.short_name, "Ny tekst", 2)
    assert change_theme(coordinator, theme, tracing.version_of(theme), recoloured, "")
    found = Theme.objects.get(pk=theme.pk)
    assert (found.description, found.colour) == ("Ny tekst", 2)


@pytest.mark.parametrize(("steps", "order"), [(-1, "bac"), (1, "acb"), (-5, "bac"), (5, "acb")])
def test_a_theme_moves_among_the_others_and_not_beyond(coordinator, plan, steps, order):
    themes = {name: build.theme(plan, name, place) for place, name in enumerate("abc", start=1)}
    move_theme(coordinator, themes["b"], steps)
    assert "".join(names(plan)) == order


def test_themes_that_shared_a_place_get_one_each(coordinator, plan):
    themes = [Theme.objects.create(plan=plan, name=name, short_name=name, position=1) for name in "abc"]
    move_theme(coordinator, themes[2], -1)
    assert list(plan.themes.values_list("name", "position")) == [("a", 1), ("c", 2), ("b", 3)]


def test_a_theme_is_removed_only_when_it_is_empty_and_the_history_keeps_it(coordinator, plan):
    theme = build.theme(plan)
    initiative = build.initiative(of=theme)
    with pytest.raises(ValidationError):
        remove_theme(coordinator, theme)
    initiative.delete()
    key = theme.pk
    remove_theme(coordinator, theme)
    assert not plan.themes.exists()
    assert Theme.history.filter(id=key, history_type="-", history_user=coordinator).exists()


def test_moving_a_theme_that_somebody_removed_is_a_conflict(coordinator, plan):
    theme = build.theme(plan)
    Theme.objects.filter(pk=theme.pk).delete()
    with pytest.raises(tracing.EditConflict):
        move_theme(coordinator, theme, 1)
