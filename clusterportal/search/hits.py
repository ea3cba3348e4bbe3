"""What is shown of the rows that were found, kind by kind; a fixed number of queries for each."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, cast

from django.db.models import Field, Model, Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from initiatives.danish import short_date
from initiatives.markdown import to_html
from initiatives.models import Initiative, InitiativeActor, NarrativeSection, StatusReport
from meetings.models import Decision
from outcomes.models import Measure, Measurement

from .finding import Scope
from .marking import Words, best, found_in, marked, snippet

NOTHING = SafeString("")


@dataclass(frozen=True)
class Hit:
    """One thing found. `place` says where the words stand, `url` is empty for what has no page.

    `snippet` is empty where the title shows all that was found, `home` where there is but one cluster and one plan.
    """

    title: SafeString
    url: str
    place: str = ""
    snippet: SafeString = NOTHING
    home: str = ""
    demonstration: bool = False


def initiatives(ids: Sequence[int], scope: Scope, words: Words) -> list[Hit]:
    """With the short title or the target group for what the title does not hold."""
    hits = []
    for initiative in _initiatives(ids):
        missing = tuple(word for word in words if word not in found_in(_title(initiative), words))
        name = _best_field(initiative, ("short_title", "target_group"), missing)
        text = snippet(getattr(initiative, name), words) if name else NOTHING
        hits.append(_hit(initiative, scope, words, place=_label(initiative, name), text=text))
    return hits


def parties(ids: Sequence[int], scope: Scope, words: Words) -> list[Hit]:
    """With all parties as printed."""
    found = _initiatives(ids)
    prefetch_related_objects(found, "actor_lines__actors")
    return [
        _hit(initiative, scope, words, text=snippet(_listed(initiative.actor_lines.all(), words), words), at="#facts")
        for initiative in found
    ]


def statuses(ids: Sequence[int], scope: Scope, words: Words) -> list[Hit]:
    """With the one of the report's texts that holds most of the words."""
    hits = []
    for report in _in_order(StatusReport.objects.select_related("initiative__cluster", "initiative__plan"), ids):
        name = _best_field(report, ("printed_text", "account", "remedy", "next_step"), words)
        text = snippet(getattr(report, name or "printed_text"), words)
        hit = _hit(
            report.initiative, scope, words, place=_label(report, name), text=text, at="?fane=status#history",
            demonstration=report.demonstration,
        )  # fmt: skip
        hits.append(hit)
    return hits


def sections(ids: Sequence[int], scope: Scope, words: Words) -> list[Hit]:
    """With the section's heading and where in its text the words stand."""
    hits = []
    for section in _in_order(NarrativeSection.objects.select_related("initiative__cluster", "initiative__plan"), ids):
        heading, text = marked(section.title, words), snippet(_plain(section.body, words), words)
        hits.append(_hit(section.initiative, scope, words, place=heading, text=text, at=f"#section-{section.position}"))
    return hits


def decisions(ids: Sequence[int], scope: Scope, words: Words) -> list[Hit]:
    """With the decision or, where that holds fewer of the words, what was recommended."""
    rows = Decision.objects.with_meeting().prefetch_related(
        Prefetch("initiatives", scope.initiatives.select_related("cluster").order_by("number_order", "pk"))
    )
    hits = []
    for decision in _in_order(rows, ids):
        point = decision.recommendation
        text = (decision.text, point.text)[max(0, best((decision.text, point.text), words))]
        meeting = point.item.meeting
        place = f"{short_date(meeting.held_on)} · {meeting.forum.name}"
        hits.append(Hit(marked(str(point.item), words), _decision_url(decision), place, snippet(text, words)))
    return hits


def measures(ids: Sequence[int], scope: Scope, words: Words) -> list[Hit]:
    """With the measures that hold one of the words."""
    visible = Measurement.objects.visible_to(scope.user).filter(collection__initiative__in=ids).order_by()
    measured = visible.values_list("collection__initiative", "measure").distinct()
    pairs = list(measured)
    known = Measure.objects.in_bulk({measure for _, measure in pairs})
    names: dict[int, list[str]] = defaultdict(list)
    for initiative, measure in sorted(pairs, key=lambda pair: (pair[0], known[pair[1]].name)):
        if name := _measure_name(known[measure], words):
            names[initiative].append(name)
    return [
        _hit(initiative, scope, words, text=snippet(", ".join(names[initiative.pk]), words))
        for initiative in _initiatives(ids)
    ]


def _hit(
    initiative: Initiative, scope: Scope, words: Words, *, place: str = "", text: SafeString = NOTHING, at: str = "",
    demonstration: bool = False,
) -> Hit:  # fmt: skip
    title = marked(_title(initiative), words)
    return Hit(title, _url(initiative, at), place, text, _home(initiative, scope), demonstration)


def _home(initiative: Initiative, scope: Scope) -> str:
    """The cluster for a user of several, and the plan where a cluster has several; mostly empty."""
    cluster = initiative.cluster.name if len(scope.user.rights.clusters) > 1 else ""
    plan = initiative.plan.title if initiative.plan and scope.many_plans else ""
    return " · ".join(part for part in (cluster, plan) if part)


def _url(initiative: Initiative, at: str) -> str:
    """The initiative's page, at the tab and element of `at`."""
    page = reverse("portfolio:initiative", args=[initiative.cluster.slug, initiative.address])
    return f"{page}{at}"


def _title(initiative: Initiative) -> str:
    """As the report lists it: `5. Henvisning …`."""
    return f"{initiative.number}. {initiative.title}" if initiative.number else initiative.title


def _initiatives(ids: Sequence[int]) -> list[Initiative]:
    return _in_order(Initiative.objects.select_related("cluster", "plan"), ids)


def _in_order(rows: Any, ids: Sequence[int]) -> list[Any]:
    found = rows.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _best_field(row: Model, fields: Sequence[str], words: Words) -> str:
    """The field that holds most of the words; empty where none does."""
    place = best([getattr(row, field) for field in fields], words)
    return fields[place] if place >= 0 else ""


def _label(row: Model, field: str) -> str:
    return str(capfirst(cast("Field[Any, Any]", row._meta.get_field(field)).verbose_name)) if field else ""


def _listed(lines: Iterable[InitiativeActor], words: Words) -> str:
    """The parties as printed, with the name of a party behind a line that does not show the word itself."""
    shown = []
    for line in lines:
        hidden = [
            actor.name for actor in line.actors.all() if found_in(actor.name, words) - found_in(line.label, words)
        ]
        shown.append(f"{line.label} ({', '.join(hidden)})" if hidden else line.label)
    return ", ".join(shown)


def _plain(body: str, words: Words) -> str:
    """The text without its Markdown; with it where the words stand in an address."""
    plain = " ".join(unescape(strip_tags(to_html(body))).split())
    return plain if found_in(plain, words) else body


def _measure_name(measure: Measure, words: Words) -> str:
    """The name, with the instrument where that holds what the name does not; empty where neither does."""
    if found_in(measure.instrument, words) - found_in(measure.name, words):
        return f"{measure.name} ({measure.instrument})"
    return measure.name if found_in(measure.name, words) else ""


def _decision_url(decision: Decision) -> str:
    """The page of the first initiative it names, else the overview of its plan; empty where it names neither."""
    if initiatives := decision.initiatives.all():
        return _url(initiatives[0], "?fane=beslutninger#decisions")
    return f"{reverse('portfolio:overview')}?plan={decision.plan_id}" if decision.plan_id else ""
