"""Two who create or edit at the same moment: one wins, the other is told, and nothing is written half."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from initiatives.arrange.editing import Line, create_initiative, replace_lines
from initiatives.arrange.parts import Part, version
from initiatives.arrange.withdrawing import withdraw
from initiatives.models import Initiative
from initiatives.tracing import EditConflict
from tests import build

from .build_arrange import NOW, coordinator, facts, initiative, mark

AtOnce = Callable[..., list[Any]]


def outcome(act: Callable[[], object]) -> str:
    """What became of it: done, or the name of what was raised."""
    try:
        act()
    except (ValidationError, EditConflict) as refused:
        return type(refused).__name__
    return "done"


def test_of_two_who_take_a_number_one_gets_it(at_once: AtOnce):
    values, cluster = facts(), build.cluster()
    people = [coordinator("maria"), coordinator("jens")]
    attempts = (lambda by=by: outcome(lambda: create_initiative(cluster, values, mark(by))) for by in people)
    assert sorted(at_once(*attempts)) == ["ValidationError", "done"]
    assert at_once(lambda: Initiative.objects.filter(cluster=cluster).count()) == [1]


def test_of_two_who_edit_the_same_part_one_wins(at_once: AtOnce):
    subject = initiative()
    seen, people = version(subject, Part.ACTORS), [coordinator("maria"), coordinator("jens")]

    def attempt(by: Any) -> str:
        line = Line(None, {"label": by.username, "role": "party"})
        return outcome(lambda: replace_lines(subject, Part.ACTORS, seen, [line], mark(by)))

    assert sorted(at_once(*(lambda by=by: attempt(by) for by in people))) == ["EditConflict", "done"]
    assert at_once(subject.actor_lines.count) == [1]


def test_two_who_merge_into_each_other_do_not_close_a_ring(at_once: AtOnce):
    first, second, maria = initiative("5"), initiative("6"), coordinator("maria")
    pairs = ((first, second), (second, first))
    acts = (lambda a=a, b=b: outcome(lambda: withdraw(a, mark(maria), NOW.date(), b)) for a, b in pairs)
    assert sorted(at_once(*acts)) == ["ValidationError", "done"]
