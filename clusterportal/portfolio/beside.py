"""What stands beside the initiatives of a plan: what its list can be narrowed to, and what documents printed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import CharField, Exists, OuterRef
from django.db.models.functions import Cast

from initiatives.danish import collation_key
from initiatives.models import (
    ActionPlan,
    Actor,
    InitiativeActor,
    Person,
    PublishedDocument,
    PublishedFigure,
    Theme,
)

from .json_list import JSONList
from .scope import Scope

# A value of the address with its words.
Choice = tuple[str, str]


@dataclass(frozen=True)
class Beside:
    """Choices in the order of the filter row, and the printed amounts of cluster funds by their subject.

    `kept` are the ids of the withdrawn ones that are listed.
    """

    themes: tuple[Choice, ...]
    parties: tuple[Choice, ...]
    owners: tuple[Choice, ...]
    printed: Mapping[str, Sequence[PublishedFigure]]
    kept: tuple[int, ...]


def beside(scope: Scope) -> Beside:
    """Only those of the initiatives that are listed; two queries, the first of which tells the second who is kept."""
    plan = ActionPlan.objects.filter(pk=scope.plan.pk).values("pk")
    value = Cast("value", CharField())
    money = plan.annotate(
        kept=JSONList(scope.withdrawn_with_money, pk="pk"),
        figures=JSONList(scope.figures, **{**_FIGURE, "value": value}),
    ).get()
    kept = tuple(each["pk"] for each in money["kept"])
    of_plan = replace(scope, kept=kept).listed
    own_lines = InitiativeActor.objects.filter(
        Exists(of_plan.filter(pk=OuterRef("initiative"))), role=InitiativeActor.Role.OWNER
    )
    themes = Theme.objects.filter(Exists(of_plan.filter(theme=OuterRef("pk")))).order_by("position", "pk")
    parties = Actor.objects.filter(Exists(of_plan.filter(actor_lines__actors=OuterRef("pk"))))
    people = Person.objects.filter(Exists(of_plan.filter(responsible=OuterRef("pk"))))
    found = plan.annotate(
        themes=JSONList(themes, pk="pk", name="name"),
        parties=JSONList(parties.order_by(), pk="pk", name="name"),
        people=JSONList(people.order_by(), name="name", role="role"),
        labels=JSONList(own_lines.order_by().distinct(), label="label"),
    ).get()
    by_name = sorted(found["parties"], key=lambda party: (collation_key(party["name"]), party["pk"]))
    owners = {str(Person(**each)) for each in found["people"]} | {each["label"] for each in found["labels"]}
    return Beside(
        themes=tuple((str(each["pk"]), each["name"]) for each in found["themes"]),
        parties=tuple((str(each["pk"]), each["name"]) for each in by_name),
        # An owner is often a printed line without a party behind it, so the words are the value.
        owners=tuple((owner, owner) for owner in sorted(owners, key=collation_key)),
        printed=_by_subject(money["figures"]),
        kept=kept,
    )


# What is read of a printed figure and its document, by the name it gets.
_FIGURE = {
    "pk": "pk",
    "printed": "printed",
    "value": "value",
    "unit": "unit",
    "subject": "subject",
    "title": "document__title",
    "status_date": "document__status_date",
    "accounts_date": "document__accounts_date",
}


def _by_subject(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[PublishedFigure]]:
    found: dict[str, list[PublishedFigure]] = {}
    for row in rows:
        found.setdefault(row["subject"], []).append(_figure(row))
    return found


def _figure(row: Mapping[str, Any]) -> PublishedFigure:
    document = PublishedDocument(
        title=row["title"], status_date=date.fromisoformat(row["status_date"]), accounts_date=_day(row["accounts_date"])
    )
    return PublishedFigure(
        pk=row["pk"],
        document=document,
        printed=row["printed"],
        value=None if row["value"] is None else Decimal(row["value"]),
        unit=row["unit"],
        subject=row["subject"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
