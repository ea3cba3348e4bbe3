"""Changes of an initiative in the words of those who made them: `Titel: «A» → «B»`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .danish import dated, listed, short_date
from .diff import Piece, word_diff
from .models import Initiative, InitiativeActor, InitiativeRelation, Milestone, NarrativeSection, StatusReport

# The columns that somebody edits, in the order of the forms; the others follow from these.
FIELDS: dict[type[Any], tuple[str, ...]] = {
    Initiative: (
        *("plan", "theme", "number", "title", "short_title", "target_group", "starts", "ends", "responsible"),
        # Why it was withdrawn is the act's reason.
        *("retired_on", "merged_into"),
    ),
    InitiativeActor: ("label", "role", "actors"),
    Milestone: ("day", "text"),
    InitiativeRelation: ("kind", "target", "label"),
    NarrativeSection: ("kind", "heading", "body"),
}
# Words of an unchanged passage that stay beside a change; what lies between is left out.
_AROUND = 8


@dataclass(frozen=True)
class Change:
    """One thing that changed: a sentence, or a label with the values before and after; of long texts the passages."""

    label: str
    before: str = ""
    after: str = ""
    pieces: tuple[tuple[Piece, ...], tuple[Piece, ...]] = ((), ())

    @property
    def is_sentence(self) -> bool:
        return not self.before and not self.after


@dataclass(frozen=True)
class Names:
    """What ids are called, by id; `parties` by the id of the history's row."""

    plan: Mapping[int, str]
    theme: Mapping[int, str]
    responsible: Mapping[int, str]
    initiative: Mapping[int, str]
    parties: Mapping[int, tuple[str, ...]]


def counted(models: Iterable[type[Any]]) -> tuple[Change, ...]:
    """What a file brought: `Indsatsen, 4 aktører og 3 milepæle`."""
    counts = Counter(models)
    initiative, parties, milestones, relations, sections = (counts[model] for model in FIELDS)
    words = [
        (initiative, _("the initiative")),
        (parties, ngettext("%(number)s line of parties", "%(number)s lines of parties", parties)),
        (milestones, ngettext("%(number)s milestone", "%(number)s milestones", milestones)),
        (relations, ngettext("%(number)s relation", "%(number)s relations", relations)),
        (sections, ngettext("%(number)s section", "%(number)s sections", sections)),
    ]
    said = [text % {"number": number} for number, text in words if number]
    return (Change(capfirst(listed(said)) + "."),)


def reported(report: StatusReport) -> tuple[Change, ...]:
    """A status report in a sentence."""
    words = {
        "day": dated(report.reported_on, report.precision),
        "text": report.printed_text,
        "phase": report.get_phase_display(),
    }
    if report.supersedes_id:
        return (Change(_("Status corrected (%(day)s): %(phase)s, “%(text)s”.") % words),)
    return (Change(_("Status reported (%(day)s): %(phase)s, “%(text)s”.") % words),)


def described(model: type[Any], pairs: Sequence[tuple[Any, Any, str]], names: Names) -> Iterator[Change]:
    """The changes of rows given as (before, after, kind of the last step); before is None for a new row."""
    moved = False
    for before, after, kind in pairs:
        if after is None or (before is None and kind == "-"):
            continue
        if kind == "-":
            yield Change(_removed(model) % {"row": in_a_line(model, before, names)})
        elif before is None:
            yield Change(_added(model) % {"row": in_a_line(model, after, names)})
        else:
            changes = list(_differences(model, before, after, names))
            moved = moved or (not changes and hasattr(after, "position") and before.position != after.position)
            yield from changes
    if moved:
        yield Change(
            _("The order of the parties is changed.")
            if model is InitiativeActor
            else _("The order of the sections is changed.")
        )


def _added(model: type[Any]) -> str:
    return {
        Initiative: _("The initiative is created: %(row)s"),
        InitiativeActor: _("Party added: %(row)s"),
        Milestone: _("Milestone added: %(row)s"),
        InitiativeRelation: _("Relation added: %(row)s"),
        NarrativeSection: _("Section added: %(row)s"),
    }[model]


def _removed(model: type[Any]) -> str:
    return {
        Initiative: _("The initiative is removed: %(row)s"),
        InitiativeActor: _("Party removed: %(row)s"),
        Milestone: _("Milestone removed: %(row)s"),
        InitiativeRelation: _("Relation removed: %(row)s"),
        NarrativeSection: _("Section removed: %(row)s"),
    }[model]


def in_a_line(model: type[Any], row: Any, names: Names) -> str:
    """What a row says, so that it is known again."""
    if model is Initiative:
        return f"{row.number} {row.title}".strip()
    if model is Milestone:
        return f"{dated(row.day, row.precision)}, {row.text}"
    if model is InitiativeRelation:
        return f"{row.get_kind_display()} {names.initiative.get(row.target_id or 0) or row.label}"
    return row.label if model is InitiativeActor else row.heading or row.get_kind_display()


def _differences(model: type[Any], before: Any, after: Any, names: Names) -> Iterator[Change]:
    for name in FIELDS[model]:
        old, new = value_in_words(name, before, names), value_in_words(name, after, names)
        if old == new:
            continue
        label = _label(model, name, before, names)
        if name == "body":
            yield Change(label, old, new, tuple(shortened(side) for side in word_diff(old, new)))  # type: ignore[arg-type]
        else:
            yield Change(label, old, new)


def _label(model: type[Any], name: str, before: Any, names: Names) -> str:
    """The field's name, after the row's where there are several rows."""
    label = capfirst(str(model._meta.get_field(name).verbose_name))
    if model is Initiative:
        # As in the form.
        return {"starts": _("First day"), "ends": _("Last day")}.get(name, label)
    row = in_a_line(model, before, names)
    if model is Milestone:
        # Known by what does not change.
        row = before.text if name == "day" else dated(before.day, before.precision)
    return _("%(row)s, %(field)s") % {"row": row, "field": label.lower()}


def value_in_words(name: str, row: Any, names: Names) -> str:
    """A column as readers know it; empty for nothing."""
    if name == "actors":
        return listed(names.parties.get(row.history_id, ()))
    if name == "day":
        return dated(row.day, row.precision)
    if name in {"plan", "theme", "responsible", "target", "merged_into"}:
        pk = getattr(row, f"{name}_id")
        known = names.initiative if name in {"target", "merged_into"} else getattr(names, name)
        return known.get(pk, _("(no longer there)")) if pk else ""
    if name in {"kind", "role"}:
        return str(getattr(row, f"get_{name}_display")())
    value = getattr(row, name)
    if isinstance(value, date):
        return short_date(value - timedelta(days=1) if name == "ends" else value)
    return str(value or "")


def shortened(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """A version with long unchanged passages cut down to the words next to a change."""
    return tuple(piece if piece.changed else replace(piece, text=_cut(piece.text)) for piece in pieces)


def _cut(text: str) -> str:
    words = text.split(" ")
    if len(words) <= 3 * _AROUND:
        return text
    return " ".join([*words[:_AROUND], "[…]", *words[-_AROUND:]])
