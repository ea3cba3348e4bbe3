"""What the buttons of a lines' form do before anything is saved: add, move, remove, and what a conflict adds."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from ..models import Initiative
from .line_forms import ActorLineForm, LineForm, LinesForm, MilestoneForm, RelationForm, SectionForm, typed_lines
from .parts import Part, added_since, version

FORMS: dict[Part, type[LineForm]] = {
    Part.ACTORS: ActorLineForm,
    Part.MILESTONES: MilestoneForm,
    Part.RELATIONS: RelationForm,
    Part.SECTIONS: SectionForm,
}
# The buttons that change the page but save nothing.
BUTTONS = ("add", "up", "down", "remove", "preview")


def stored_form(initiative: Initiative, part: Part) -> LinesForm:
    """The rows as they are; one empty line where there are none."""
    form, seen = FORMS[part], version(initiative, part)
    return LinesForm(form, initiative, stored_lines(initiative, part) or [{}], seen, None, judged=False)


def stored_lines(initiative: Initiative, part: Part) -> list[dict[str, Any]]:
    """Each stored row as its form's values; one or two queries."""
    form = FORMS[part]
    rows = form.MODEL.objects.filter(initiative=initiative)
    return [form.stored(row) for row in (rows.prefetch_related("actors") if part == Part.ACTORS else rows)]


def judged_form(initiative: Initiative, part: Part, data: QueryDict) -> LinesForm:
    """What was typed, to be stored if it is valid."""
    return LinesForm(FORMS[part], initiative, [], 0, data, judged=True)


def arranged_form(initiative: Initiative, part: Part, data: QueryDict) -> LinesForm:
    """What was typed, after one of BUTTONS; the cursor goes to the line that was added or moved."""
    lines = typed_lines(FORMS[part], data)
    focus = 0
    if "add" in data:
        lines.append({})
    elif place := _line(data, "up", 2, len(lines)):
        lines[place - 2 : place], focus = [lines[place - 1], lines[place - 2]], place - 1
    elif place := _line(data, "down", 1, len(lines) - 1):
        lines[place - 1 : place + 1], focus = [lines[place], lines[place - 1]], place + 1
    elif place := _line(data, "remove", 1, len(lines)):
        del lines[place - 1]
    form = LinesForm(FORMS[part], initiative, lines, 0, data, judged=False)
    form.focus = focus
    if "add" in data:
        next(iter(form.lines[-1].visible_fields())).field.widget.attrs["autofocus"] = True
    return form


def _line(data: QueryDict, button: str, first: int, last: int) -> int:
    """The line that a button was pressed on, counted from 1; 0 for none, or one that it cannot act on."""
    text = data.get(button, "")
    place = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    return place if first <= place <= last else 0


def conflict_form(initiative: Initiative, part: Part, data: QueryDict) -> LinesForm:
    """What was typed beside what somebody saved meanwhile; lines that they added stand last, so that none is lost."""
    stored = {values["pk"]: values for values in stored_lines(initiative, part)}
    typed = typed_lines(FORMS[part], data)
    known = {str(values.get("pk") or "") for values in typed}
    unseen = added_since(initiative, part, data.get("seen", ""))
    added = [values for pk, values in stored.items() if pk in unseen and str(pk) not in known]
    form = LinesForm(FORMS[part], initiative, [*typed, *added], version(initiative, part), None, judged=False)
    form.head.initial["reason"] = data.get("reason", "")
    for line, values in zip(form.lines, [*typed, *added], strict=True):
        line.saved = _saved(line, values, stored)
    return form


def _saved(line: LineForm, typed: dict[str, Any], stored: dict[int, dict[str, Any]]) -> list[tuple[str, str]]:
    """The fields that were saved with another value, in words."""
    pk = str(typed.get("pk") or "")
    if not pk:
        return []
    row = next((values for key, values in stored.items() if str(key) == pk), None)
    if row is None:
        return [("", _("Removed by somebody else. Save to put it back."))]
    differing = (name for name in row if name != "pk" and _as_sent(row[name]) != _as_sent(typed.get(name)))
    return [(str(line.fields[name].printed_label), _in_words(line, name, row[name])) for name in differing]  # type: ignore[attr-defined]


def _as_sent(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(str(each) for each in value)
    return "" if value is None else str(value).replace("\r\n", "\n")


def _in_words(line: LineForm, name: str, value: Any) -> str:
    choices = {str(key): str(label) for key, label in getattr(line.fields[name], "choices", ())}
    said = [choices.get(str(each), str(each)) for each in (value if isinstance(value, list) else [value])]
    return ", ".join(said) if said != ["None"] else _("(nothing written)")
