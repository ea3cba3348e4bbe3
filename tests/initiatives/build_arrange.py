"""What is edited in these tests: one initiative of each kind, and what a browser sends of its forms."""

from datetime import UTC, date, datetime
from typing import Any

from initiatives.access import Role
from initiatives.arrange.parts import Part, version
from initiatives.arrange.rules import Facts
from initiatives.models import Initiative, InitiativeActor, Milestone, NarrativeSection, User
from initiatives.tracing import Mark
from tests import build

NOW = datetime(2025, 4, 10, 9, 30, tzinfo=UTC)
CREATE = "/indsatser/proeve/ny/"
EDIT = "/indsatser/proeve/5/rediger/"


def coordinator(username: str = "maria") -> User:
    return build.user(username, Role.COORDINATOR)


def mark(by: User, reason: str = "Rettet efter mødet", at: datetime = NOW) -> Mark:
    return Mark(by, at, reason)


def facts(**changed: Any) -> Facts:
    """Facts that break no rule, in the usual plan and theme."""
    theme = build.theme()
    values = {"plan": theme.plan, "theme": theme, "number": "7", "title": "Fælles faldteam", "short_title": "Faldteam"}
    return Facts(**{**values, **changed})


def typed_facts(**changed: str) -> dict[str, str]:
    """The facts as a browser sends them, ready to be saved."""
    return {
        "place": f"tema-{build.theme().pk}",
        "number": "7",
        "title": "Fælles faldteam",
        "short_title": "Faldteam",
        "target_group": "Borgere over 65 år",
        "starts": "01.02.2023",
        "ends": "31.12.2024",
        "responsible": "",
        **changed,
    }


def initiative(number: str = "5") -> Initiative:
    return build.initiative(number, title="Superviseret gangtræning", short_title="Gangtræning")


def actor(of: Initiative, position: int, label: str) -> InitiativeActor:
    return InitiativeActor.objects.create(initiative=of, position=position, label=label)


def milestone(of: Initiative, day: date = date(2024, 5, 31), text: str = "Første hold", **fields: Any) -> Milestone:
    return Milestone.objects.create(initiative=of, day=day, text=text, **fields)


def section(of: Initiative, position: int = 1, body: str = "At gå længere.") -> NarrativeSection:
    return NarrativeSection.objects.create(initiative=of, position=position, kind="purpose", body=body)


def sent(of: Initiative, part: Part, *lines: dict[str, Any], **head: Any) -> dict[str, Any]:
    """Lines as a browser sends them, with the version that it was shown."""
    data: dict[str, Any] = {"seen": version(of, part), "reason": "Rettet efter mødet", **head}
    for place, line in enumerate(lines, start=1):
        data |= {f"l{place}-{name}": value for name, value in line.items()}
    return data


def party(row: InitiativeActor | None = None, **changed: Any) -> dict[str, Any]:
    """A line of the parties as sent."""
    stored = {"pk": row.pk, "label": row.label, "role": row.role} if row else {"pk": "", "label": "", "role": "party"}
    return {**stored, **changed}
