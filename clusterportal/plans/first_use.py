"""The first steps of a cluster that has nothing to show yet."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.access import ALLOWED, Act
from initiatives.danish import collation_key
from initiatives.models import ActionPlan, Cluster, Membership, User


@dataclass(frozen=True)
class Step:
    """What to do and why; `done` where it has been done already."""

    title: str
    text: str
    done: bool = False


@dataclass(frozen=True)
class Start:
    """The steps of a cluster, and where the next one is taken.

    `url` is empty for whoever may not take it; `ask` then says whom to ask.
    """

    heading: str
    steps: tuple[Step, ...]
    url: str
    action: str
    ask: str


def first_steps(cluster: Cluster, plan: ActionPlan | None, user: User) -> Start:
    """The steps of a cluster without a plan, or with a `plan` that has no initiatives; three queries at most."""
    may = user.rights.may(Act.EDIT_PORTFOLIO, cluster.pk)
    has_themes = plan is not None and plan.themes.exists()
    url, action = _next(cluster, plan, has_themes)
    return Start(
        heading=_("No initiatives yet") if plan else _("No action plan yet"),
        steps=(
            Step(_("Create the action plan"), _("with a title and the years it covers."), done=plan is not None),
            Step(_("Create the themes."), _("They become headings of the overview and of the evaluation."), has_themes),
            Step(_("Create the first initiative"), _("with number, title and parties. The rest can wait.")),
        ),
        url=url if may else "",
        action=action,
        ask="" if may else whom_to_ask(cluster),
    )


def _next(cluster: Cluster, plan: ActionPlan | None, has_themes: bool) -> tuple[str, str]:
    """Where the next step is taken, and the words on its button."""
    if plan is None:
        return f"{reverse('plans:create')}?klynge={cluster.slug}", _("Create the first action plan")
    if not has_themes:
        return reverse("plans:theme_create", args=[plan.pk]), _("Create the first theme")
    return reverse("initiatives:create", args=[cluster.slug]), _("Create the first initiative")


def whom_to_ask(cluster: Cluster) -> str:
    """Who may arrange plans in the cluster, as a sentence; one query."""
    members = Membership.objects.filter(role__in=ALLOWED[Act.EDIT_PORTFOLIO], user__is_active=True)
    of_cluster = members.filter(cluster=cluster) | members.filter(region=cluster.region_id)
    names = sorted({each.user.display_name for each in of_cluster.select_related("user")}, key=collation_key)
    if not names:
        return _("The cluster has no coordinator yet. Ask the portal's administrator.")
    return _("A coordinator takes the steps. Ask %(names)s.") % {"names": _or(names)}


def _or(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s or %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
