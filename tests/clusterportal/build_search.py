"""Builders of things to be found, and a search in the form that tests compare: kinds with the hits' titles."""

import re
from datetime import date
from typing import Any

from django.http import QueryDict

from clusterportal.search.finding import Scope
from clusterportal.search.query import parse
from clusterportal.search.results import Answer, answer
from initiatives.models import Actor, Cluster, Forum, Initiative, InitiativeActor, NarrativeSection, User
from meetings.models import AgendaItem, Decision, Meeting, Recommendation
from outcomes.models import Collection, Measure, Measurement

TODAY = date(2025, 4, 10)


def section(of: Initiative, body: str, **fields: Any) -> NarrativeSection:
    values = {"kind": NarrativeSection.Kind.PURPOSE, "position": of.sections.count() + 1, **fields}
    return NarrativeSection.objects.create(initiative=of, body=body, **values)


def party(of: Initiative, label: str, *names: str) -> InitiativeActor:
    """A printed line of parties, and the parties behind it."""
    line = InitiativeActor.objects.create(initiative=of, label=label, position=of.actor_lines.count() + 1)
    line.actors.set([Actor.objects.get_or_create(name=name, defaults={"kind": "other"})[0] for name in names])
    return line


def forum(of: Cluster, name: str = "Politisk niveau") -> Forum:
    return Forum.objects.get_or_create(name=name, cluster=of, defaults={"level": Forum.Level.POLITICAL})[0]


def decision(by: Forum, title: str, text: str, *about: Initiative, **fields: Any) -> Decision:
    """A decision on the one point of an item at a meeting on `held_on`, 1 March 2025 unless given."""
    meeting, _ = Meeting.objects.get_or_create(forum=by, held_on=fields.pop("held_on", date(2025, 3, 1)))
    item = AgendaItem.objects.create(meeting=meeting, title=title, kind=AgendaItem.Kind.DECISION)
    point = Recommendation.objects.create(item=item, number=1, text=fields.pop("recommended", ""))
    taken = Decision.objects.create(recommendation=point, outcome=Decision.Outcome.APPROVED, text=text, **fields)
    taken.initiatives.set(about)
    return taken


def measured(of: Initiative, name: str, instrument: str = "") -> Measurement:
    measure = Measure.objects.get_or_create(slug=name.lower()[:50].replace(" ", "-"), defaults={"name": name})[0]
    Measure.objects.filter(pk=measure.pk).update(instrument=instrument)
    collection = Collection.objects.create(
        initiative=of, measured_on=TODAY, position=of.collections.count() + 1, status=Collection.Status.APPROVED
    )
    return collection.measurements.create(measure=measure, form=Measurement.Form.COUNT, count=12, position=1)


def search(user: User, typed: str, **asked: str) -> Answer:
    """The answer on 10 April 2025 to what the user typed."""
    address = QueryDict(mutable=True)
    address.update(asked)
    return answer(Scope(user, TODAY), parse(typed), address)


def found(user: User, typed: str) -> dict[str, list[str]]:
    """Of each kind with hits what the titles begin with: numbers of initiatives, else the whole title."""
    return {group.kind.slug: [name(hit.title) for hit in group.hits] for group in search(user, typed).groups}


def name(title: str) -> str:
    plain = re.sub(r"</?mark>", "", title)
    return plain.split(". ")[0] if re.match(r"\d+\w?\. ", plain) else plain


def words_marked(text: str) -> list[str]:
    return re.findall("<mark>(.*?)</mark>", text)
