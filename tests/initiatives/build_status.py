"""What is reported in these tests: one initiative, values that break no rule, and how an answer is read."""

import re
from datetime import date
from html import unescape
from typing import Any

from django.contrib.messages import get_messages

from initiatives.access import Role
from initiatives.models import Initiative, StatusReport, User
from initiatives.reporting import StatusValues
from tests import build

TODAY = date(2025, 4, 10)
JANUARY = date(2025, 1, 20)
MARCH = date(2025, 3, 31)
ADDRESS = "/indsatser/proeve/5/status/"


def initiative(number: str = "5") -> Initiative:
    return build.initiative(number, title="Superviseret gangtræning", short_title="Gangtræning")


def coordinator(username: str = "maria", first: str = "Maria", last: str = "Krogh") -> User:
    user = build.user(username, Role.COORDINATOR)
    user.first_name, user.last_name = first, last
    user.save()
    return user


def values(**changed: Any) -> StatusValues:
    """Values that may be reported on TODAY."""
    return StatusValues(
        **{
            "reported_on": TODAY,
            "phase": "running",
            "printed_text": "Helårsdrift i 2025",
            "overall": "green",
            **changed,
        }
    )


def typed(base: StatusReport | None = None, /, **changed: str) -> dict[str, str]:
    """The form as a browser sends it, ready to be saved."""
    return {
        "reported_on": "10.04.2025",
        "phase": "running",
        "overall": "green",
        "time": "green",
        "money": "none",
        "quality": "none",
        "printed_text": "Helårsdrift i 2025",
        "account": "Hold kører i begge kommuner.",
        "remedy": "",
        "next_step": "Besøg i lægehuse",
        "help_needed": "no",
        "based_on": str(base.pk) if base else "",
        **changed,
    }


def page(response) -> str:
    """The page as text, without the line breaks of its templates."""
    return re.sub(r"\s*\n\s*", "", unescape(response.content.decode()))


def told(response) -> list[str]:
    """The messages that the next page will show."""
    return [str(message) for message in get_messages(response.wsgi_request)]
