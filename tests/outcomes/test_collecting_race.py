"""Two who act on the same collection at the same moment: one wins, the other is told."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from initiatives.access import Role
from initiatives.models import User
from outcomes import collecting
from outcomes.collecting import CollectionConflict, CollectionValues, Row
from outcomes.models import Collection, Measurement
from tests import build

from . import build_measurements as measured

AtOnce = Callable[..., list[Any]]
TODAY, MEASURED = date(2026, 3, 1), date(2025, 12, 31)
VALUES = CollectionValues(measured_on=MEASURED)


def row(after: str = "428") -> Row:
    form = Measurement.Form.BEFORE_AFTER
    means = {"before": Decimal(168), "after": Decimal(after)}
    return Row(Measurement(form=form, measure=measured.measure("pwd"), n=42, **means))


def submitted() -> Collection:
    by = build.user("anna", Role.COORDINATOR)
    made = collecting.start(build.initiative("5"), by, VALUES, [row()], TODAY)
    return collecting.submit(made, by, TODAY)


def people(role: Role) -> list[User]:
    return [build.user(name, role) for name in ("bo", "eva")]


def outcome(act: Callable[[], object]) -> str:
    """What became of it: done, or the name of what was raised."""
    try:
        act()
    except (ValidationError, CollectionConflict) as refused:
        return type(refused).__name__
    return "done"


def test_of_two_who_save_the_same_version_one_wins(at_once: AtOnce):
    anna, initiative = build.user("anna", Role.COORDINATOR), build.initiative("5")
    made = collecting.start(initiative, anna, VALUES, [row()], TODAY)
    people(Role.COORDINATOR)

    def attempt(name: str, after: str) -> str:
        by = User.objects.get(username=name)
        return outcome(lambda: collecting.save(made, by, VALUES, [row(after)], TODAY))

    both = at_once(lambda: attempt("bo", "430"), lambda: attempt("eva", "431"))
    assert sorted(both) == ["CollectionConflict", "done"]
    assert at_once(made.measurements.count) == [1]


def test_what_one_returns_another_does_not_approve(at_once: AtOnce):
    made, (bo, eva) = submitted(), people(Role.SECRETARIAT)
    both = at_once(
        lambda: outcome(lambda: collecting.approve(made, bo, TODAY)),
        lambda: outcome(lambda: collecting.give_back(made, eva, "n mangler")),
    )
    assert sorted(both) == ["CollectionConflict", "done"]
    assert at_once(lambda: made.trail.exclude(status__in=["draft", "submitted"]).count()) == [1]


def test_of_two_who_correct_the_same_figures_one_does(at_once: AtOnce):
    made = submitted()
    collecting.approve(made, build.user("ida", Role.SECRETARIAT), TODAY)
    made.refresh_from_db()
    both = at_once(
        *(
            lambda by=by: outcome(lambda: collecting.correct(made, by, TODAY, "Talt to gange", TODAY))
            for by in people(Role.COORDINATOR)
        )
    )
    assert sorted(both) == ["ValidationError", "done"]
    assert at_once(Collection.objects.filter(supersedes=made).count) == [1]
