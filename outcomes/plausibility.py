"""What looks wrong in entered figures: said beside the cell, never a reason to refuse, for reality may be odd."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from initiatives.danish import format_number

from .effect import Judgement, judgement


@dataclass(frozen=True)
class Scale:
    """What a measure can be: ends of its scale in its unit, None where it has none, and which way is better."""

    low: Decimal | None
    high: Decimal | None
    direction: str
    decimals: int


@dataclass(frozen=True)
class Change:
    """Means before and after as entered, None where nothing is; `stated` is the people's own mean change."""

    before: Decimal | None
    after: Decimal | None
    stated: Decimal | None = None
    n: int | None = None
    n_before: int | None = None
    n_after: int | None = None


@dataclass(frozen=True)
class Participants:
    """How many came how far, None where it is not known."""

    invited: int | None = None
    started: int | None = None
    paired: int | None = None
    dropped_out: int | None = None


@dataclass(frozen=True)
class Doubt:
    """A remark to one field, by its name."""

    field: str
    text: str


def doubts_about_change(change: Change, scale: Scale, participants: Participants) -> tuple[Doubt, ...]:
    """Remarks to one row of means before and after."""
    return (
        *_outside({"before": change.before, "after": change.after}, scale),
        *_too_far(change, scale),
        *_reversed(change, scale),
        *_more_people(change, participants),
    )


def doubts_about_value(value: Decimal | None, scale: Scale) -> tuple[Doubt, ...]:
    """Remarks to a single figure."""
    return tuple(_outside({"value": value}, scale))


def doubts_about_participants(people: Participants) -> tuple[Doubt, ...]:
    """Remarks to how many came how far: nobody is measured twice who did not start, or starts uninvited."""
    order = (("invited", people.invited), ("started", people.started), ("paired", people.paired))
    known = [(name, count) for name, count in order if count is not None]
    found = [
        Doubt(name, _("More than the %(count)s in the step before.") % {"count": format_number(earlier, 0)})
        for (_name, earlier), (name, count) in pairwise(known)
        if count > earlier
    ]
    if None not in (people.started, people.paired, people.dropped_out):
        found += _not_accounted(people.started or 0, people.paired or 0, people.dropped_out or 0)
    return tuple(found)


def doubts_about_flow(entered: int, steps: Sequence[int]) -> tuple[Doubt, ...]:
    """By how much the boxes of a participant flow do not add up to those who entered."""
    missing = entered - sum(steps)
    if missing == 0:
        return ()
    words = _("%(count)s are not in any step.") if missing > 0 else _("The steps hold %(count)s too many.")
    return (Doubt("steps", words % {"count": format_number(abs(missing), 0)}),)


def doubts_about_groups(whole: int | None, groups: Iterable[int | None]) -> tuple[Doubt, ...]:
    """By how much groups by sex, age or referral do not add up to the whole; nothing where a number is missing."""
    counts = list(groups)
    if whole is None or not counts or None in counts:
        return ()
    together = sum(count or 0 for count in counts)
    if together == whole:
        return ()
    words = _("The groups add up to %(sum)s, not %(whole)s.")
    return (Doubt("count", words % {"sum": format_number(together, 0), "whole": format_number(whole, 0)}),)


def _outside(values: Mapping[str, Decimal | None], scale: Scale) -> Iterator[Doubt]:
    for name, value in values.items():
        if value is None:
            continue
        if scale.low is not None and value < scale.low:
            yield Doubt(name, _("Below the lowest of the scale, %(end)s.") % {"end": _number(scale.low, scale)})
        if scale.high is not None and value > scale.high:
            yield Doubt(name, _("Above the highest of the scale, %(end)s.") % {"end": _number(scale.high, scale)})


def _too_far(change: Change, scale: Scale) -> Iterator[Doubt]:
    """A mean that starts at 8 of 10 cannot rise by 3, and no mean moves farther than the scale is wide."""
    if change.stated is None or change.before is None:
        return
    end = change.before + change.stated
    if (scale.low is not None and end < scale.low) or (scale.high is not None and end > scale.high):
        yield Doubt("change", _("From %(start)s the scale leaves no room for so large a change.") % {
            "start": _number(change.before, scale)
        })  # fmt: skip
    if change.after is not None and change.stated * (change.after - change.before) < 0:
        yield Doubt("change", _("The change goes the other way than the two means."))


def _reversed(change: Change, scale: Scale) -> Iterator[Doubt]:
    if change.before is None or change.after is None:
        return
    if judgement(change.before, change.after, scale.direction) == Judgement.WORSE:
        words = {"higher": _("Got worse: on this measure, higher is better.")}
        yield Doubt("after", words.get(scale.direction, _("Got worse: on this measure, lower is better.")))


def _more_people(change: Change, people: Participants) -> Iterator[Doubt]:
    if change.n_before is not None and change.n_after is not None and change.n_after > change.n_before:
        yield Doubt("n_after", _("More people after than before."))
    fewest = min((n for n in (change.n_before, change.n_after) if n is not None), default=None)
    if change.n is not None and fewest is not None and change.n > fewest:
        yield Doubt("n", _("More people than were measured at one of the two times."))
    most = next((n for n in (people.paired, people.started, people.invited) if n is not None), None)
    if change.n is not None and most is not None and change.n > most:
        yield Doubt(
            "n", _("More people than the %(count)s of the participant flow.") % {"count": format_number(most, 0)}
        )


def _not_accounted(started: int, paired: int, dropped_out: int) -> Iterator[Doubt]:
    left = started - paired - dropped_out
    if left < 0:
        words = _("%(count)s more than started were measured twice or dropped out.")
        yield Doubt("dropped_out", words % {"count": format_number(-left, 0)})


def _number(value: Decimal, scale: Scale) -> str:
    whole = value == value.to_integral_value()
    return format_number(value, 0 if whole else scale.decimals)
