"""The first steps of a cluster that has nothing to show yet."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from initiatives.access import Act
from initiatives.models import ActionPlan, Cluster, User


@dataclass(frozen=True)
class Step:
    """What to do and why; `done` where it has been done already."""

    title: str
    text: str
    done: bool = False


@dataclass(frozen=True)
class Start:
    """The steps of a cluster, and where the next one is taken; `url` is empty for whoever may not take it."""

    heading: str
    steps: tuple[Step, ...]
    url: str
    action: str


def first_steps(cluster: Cluster, plan: ActionPlan | None, user: User) -> Start:
    """The steps of a cluster without a plan, or with a `plan` that is empty."""
    may = user.rights.may(Act.ADMINISTER, cluster.pk)
    model, action = ("theme", _("Create themes")) if plan else ("actionplan", _("Create the plan"))
    return Start(
        heading=_("No initiatives yet") if plan else _("No action plan yet"),
        steps=(
            Step(_("Create the action plan"), _("with a title and the years it covers."), done=plan is not None),
            Step(_("Create the themes."), _("They become headings of the overview and of the evaluation.")),
            Step(_("Create an initiative"), _("with number, title and parties. The rest can wait.")),
            Step(_("Report the first status."), _("Then the political level sees here how it goes.")),
        ),
        url=reverse(f"admin:initiatives_{model}_add") if may else "",
        action=action,
    )
