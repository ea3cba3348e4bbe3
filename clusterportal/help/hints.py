"""The first-use hints: at most three for a role, on the front page until the user puts them away."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from initiatives.access import Role, rights_of
from initiatives.home import home_cluster
from initiatives.models import User


@dataclass(frozen=True)
class Hint:
    """One thing worth knowing. `page` is a url name, `at` what is added to its address."""

    title: str | Promise
    text: str | Promise
    page: str
    at: str = ""

    @property
    def url(self) -> str:
        return reverse(self.page) + self.at


_DAY = Hint(
    _("Go back in time"),
    _("Choose a day at the top of a page, and all figures are shown as they stood then."),
    "home", "#pr",
)  # fmt: skip
_WORDS = Hint(_("Look up a word"), _("A ? beside a word explains it. All the words are in the word list."), "word_list")

# A user with several roles gets the hints of the first one here: those of the role that does most.
HINTS: dict[Role, tuple[Hint, ...]] = {
    Role.COORDINATOR: (
        Hint(
            _("Find your initiative"),
            _("The list shows them all. Narrow it by theme, phase, colour or party."),
            "portfolio:overview",
        ),
        Hint(
            _("Report how it goes"),
            _("Open the initiative and choose “Update status”. It takes two minutes. Here are those that wait for it."),
            "portfolio:overview", "?mangler=status",
        ),
        _WORDS,
    ),
    Role.SECRETARIAT: (
        Hint(
            _("Make the evaluation"),
            _("Choose a plan and a day. The document has the same figures as the screen."),
            "reports:list",
        ),
        Hint(
            _("Check the figures"),
            _("Every figure in print stands beside the one the portal computes."),
            "reconciliation:figures",
        ),
        _DAY,
    ),
    Role.ECONOMIST: (
        Hint(
            _("See where the money stands"),
            _("What each initiative has been allocated, has spent and has left."),
            "finance:annex",
        ),
        Hint(
            _("Check the figures"),
            _("Every figure in print stands beside the one the portal computes."),
            "reconciliation:figures",
        ),
        _WORDS,
    ),
    Role.ADMINISTRATOR: (
        Hint(
            _("Give colleagues access"),
            _("Create a user, give a role, and send a link for choosing a password."),
            "people:users",
        ),
        Hint(
            _("See what was changed"),
            _("Each user's page tells who gave or took away a role, and when."),
            "people:users",
        ),
        _WORDS,
    ),
    Role.POLITICIAN: (
        Hint(
            _("Begin with what calls for attention"),
            _("Amber and red initiatives stand with what is done about them."),
            "home", "#deviations-heading",
        ),
        _DAY,
        _WORDS,
    ),
}  # fmt: skip


def hints(request: HttpRequest) -> tuple[Hint, ...]:
    """For the role held in the cluster shown; none without a role or once they are put away. No query of its own."""
    user, cluster = request.user, home_cluster(request)
    if cluster is None or not isinstance(user, User) or user.hints_put_away_at:
        return ()
    held = rights_of(user).roles.get(cluster.pk, frozenset())
    return next((shown for role, shown in HINTS.items() if role in held), ())


def put_away(user: User, now: datetime) -> None:
    """The user has seen the hints: they are not shown again, on any device."""
    _remember(user, now)


def take_out(user: User) -> None:
    """The hints are shown once more."""
    _remember(user, None)


def _remember(user: User, at: datetime | None) -> None:
    user.hints_put_away_at = at
    user.save(update_fields=["hints_put_away_at"])
