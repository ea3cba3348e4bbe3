"""Plans and their themes: the rules for what is typed, and the acts, each in one transaction and with its trace."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import tracing
from .access import Act
from .models import ActionPlan, Cluster, Theme, User

# The years that a plan can lie in; a date outside is a slip of the finger.
FIRST_YEAR, LAST_YEAR = 2000, 2100
# The report's set of theme colours by their place in it.
THEME_COLOURS: dict[int, Promise] = {
    1: gettext_lazy("Plum"),
    2: gettext_lazy("Petrol"),
    3: gettext_lazy("Rust"),
    4: gettext_lazy("Blue"),
}
_PLAN_TAKEN = gettext_lazy("The cluster has an action plan of this title already. Choose another title.")
_THEME_TAKEN = gettext_lazy("The plan has a theme of this name already. Choose another name.")


@dataclass(frozen=True)
class PlanValues:
    """What a plan is called and when it holds; `ends` is the first day after the last."""

    title: str
    starts: date
    ends: date


@dataclass(frozen=True)
class ThemeValues:
    """What a theme is called, and its place in the report's set of colours, 1 to 4."""

    name: str
    short_name: str
    description: str
    colour: int


def plan_problems(cluster: Cluster, values: PlanValues, plan: ActionPlan | None = None) -> dict[str, str]:
    """What is wrong, by field name; empty when all is well. `plan` is the one being changed, None for a new one."""
    found = {
        name: str(message)
        for name, message in (("starts", _year_problem(values.starts)), ("ends", _year_problem(values.ends)))
        if message
    }
    if not found and values.ends <= values.starts:
        found["ends"] = _("The plan ends before it starts. Write a later day.")
    others = cluster.plans.exclude(pk=plan.pk if plan else 0)
    if _is_taken(values.title, others.values_list("title", flat=True)):
        found["title"] = str(_PLAN_TAKEN)
    return found


def theme_problems(plan: ActionPlan, values: ThemeValues, theme: Theme | None = None) -> dict[str, str]:
    """What is wrong, by field name; empty when all is well. `theme` is the one being changed, None for a new one."""
    others = plan.themes.exclude(pk=theme.pk if theme else 0)
    if _is_taken(values.name, others.values_list("name", flat=True)):
        return {"name": str(_THEME_TAKEN)}
    return {}


@transaction.atomic
def create_plan(by: User, cluster: Cluster, values: PlanValues) -> ActionPlan:
    """A plan without themes. The same plan asked for twice by the same user is made once.

    Raises PermissionDenied for a role that may not, ValidationError by field for what breaks a rule.
    """
    by.rights.require(Act.EDIT_PORTFOLIO, cluster.pk)
    # Whoever makes plans in a cluster waits here, so that the title is free when it is written.
    tracing.locked(cluster)
    if already := same_plan(by, cluster, values):
        return already
    if wrong := plan_problems(cluster, values):
        raise ValidationError(wrong)
    plan = ActionPlan(cluster=cluster, **asdict(values))
    tracing.save(plan, by)
    return plan


def same_plan(by: User, cluster: Cluster, values: PlanValues) -> ActionPlan | None:
    """The plan with just these values that `by` has made already: the form was sent twice."""
    plan = cluster.plans.filter(**asdict(values)).first()
    return plan if plan and tracing.made_by(plan, by) else None


@transaction.atomic
def change_plan(by: User, plan: ActionPlan, version: str, values: PlanValues, reason: str) -> bool:
    """Change title and period; False where nothing differed.

    Raises EditConflict where somebody changed the plan after `version`, and as `create_plan`.
    """
    by.rights.require(Act.EDIT_PORTFOLIO, plan.cluster_id)
    tracing.locked(plan.cluster)
    if wrong := plan_problems(plan.cluster, values, plan):
        raise ValidationError(wrong)
    return tracing.apply(plan, by, version, asdict(values), reason)


@transaction.atomic
def add_theme(by: User, plan: ActionPlan, values: ThemeValues) -> Theme:
    """A theme after the others. The same theme asked for twice by the same user is made once. Raises as above."""
    themes = _locked_themes(by, plan)
    same = next((each for each in themes if _values_of(each) == values and tracing.made_by(each, by)), None)
    if same:
        return same
    if wrong := theme_problems(plan, values):
        raise ValidationError(wrong)
    last = max((theme.position for theme in themes), default=0)
    theme = Theme(plan=plan, position=last + 1, **asdict(values))
    tracing.save(theme, by)
    return theme


@transaction.atomic
def change_theme(by: User, theme: Theme, version: str, values: ThemeValues, reason: str) -> bool:
    """Change name and colour; False where nothing differed. Raises as `change_plan`."""
    _locked_themes(by, theme.plan)
    if wrong := theme_problems(theme.plan, values, theme):
        raise ValidationError(wrong)
    return tracing.apply(theme, by, version, asdict(values), reason)


@transaction.atomic
def move_theme(by: User, theme: Theme, steps: int) -> None:
    """Move a theme `steps` places down among those of its plan, up for a negative number, at most to the end.

    Raises EditConflict where it has been removed, PermissionDenied as above.
    """
    themes = _locked_themes(by, theme.plan)
    if theme not in themes:
        raise tracing.EditConflict
    place = themes.index(theme)
    themes.insert(max(0, place + steps), themes.pop(place))
    for position, each in enumerate(themes, start=1):
        if each.position != position:
            each.position = position
            tracing.save(each, by, _("Order of the themes"))


@transaction.atomic
def remove_theme(by: User, theme: Theme) -> None:
    """Remove a theme without initiatives. Raises ValidationError for one that has some, PermissionDenied as above."""
    _locked_themes(by, theme.plan)
    if theme.initiatives.exists():
        raise ValidationError(_("The theme has initiatives and cannot be removed. Move them to another theme first."))
    tracing.remove(theme, by, _("Removed"))


def _locked_themes(by: User, plan: ActionPlan) -> list[Theme]:
    """The themes in order; whoever arranges the same plan waits."""
    by.rights.require(Act.EDIT_PORTFOLIO, plan.cluster_id)
    tracing.locked(plan)
    return list(plan.themes.all())


def _values_of(theme: Theme) -> ThemeValues:
    return ThemeValues(theme.name, theme.short_name, theme.description, theme.colour)


def _year_problem(day: date) -> str:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return ""
    return _("Write a year between %(first)s and %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR}


def _is_taken(name: str, others: Iterable[str]) -> bool:
    """Case is no difference; asked here because SQLite knows no capital Æ, Ø and Å."""
    return name.casefold() in {other.casefold() for other in others}
