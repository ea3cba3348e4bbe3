"""What the overview is opened with: the address, the saved view it names, or the user's default view."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import gettext as _

from initiatives.models import User

from .choice import PlanChoice, choose_among, visible_plans
from .saved import ALL, OF_THE_PAGE, PARAMETER, View, views_of_cluster, views_on

# No address of the overview is longer, with every filter and column chosen.
LONGEST_QUERY = 2000


@dataclass(frozen=True)
class Opening:
    """The plan to show, `data` to narrow it by, the view they come from, and the `views` of the cluster.

    `go_to` is the address to send the reader on to, empty for staying; then nothing else counts.
    """

    choice: PlanChoice
    data: QueryDict
    view: View | None
    views: tuple[View, ...]
    go_to: str = ""
    changed: bool = False

    @property
    def own(self) -> list[View]:
        return [view for view in self.views if view.is_own]

    @property
    def shared(self) -> list[View]:
        """Those of others."""
        return [view for view in self.views if not view.is_own]

    @property
    def everything(self) -> str:
        """The address of the list without any view."""
        return _day_kept(f"?{PARAMETER}={ALL}", self.data)

    @property
    def as_saved(self) -> str:
        """The address of the view as it was saved."""
        return _day_kept(self.view.address, self.data) if self.view else ""

    @property
    def in_words(self) -> str:
        """Which view is shown: `Viser din standardvisning »Røde«.`; empty without one."""
        if self.view is None:
            return ""
        words = {"name": self.view.name}
        if self.changed:
            return _("Shows the view “%(name)s” with changes.") % words
        if self.view.is_default:
            return _("Shows your default view “%(name)s”.") % words
        return _("Shows the view “%(name)s”.") % words


def open_overview(request: HttpRequest, day: date) -> Opening:
    """The view asked for, of the plan in force on `day`; one query where there is a plan.

    Raises Http404 for a cluster or a view that the user may not see.
    """
    user = cast("User", request.user)
    visible = visible_plans(request, views=views_of_cluster(user))
    views = views_on(visible.plans, user)
    default = next((view for view in views if view.is_default), None)
    view = _named(request.GET.get(PARAMETER, ""), views)
    data = _data(request.GET, view, default)
    if view and len(user.rights.clusters) > 1 and "plan" not in data:
        data.setdefault("klynge", view.cluster)
    choice = choose_among(visible, request, data, day)
    return Opening(
        choice=choice,
        data=data,
        view=view,
        views=tuple(each for each in views if choice.cluster and each.cluster == choice.cluster.slug),
        go_to=_day_kept(default.address, request.GET) if default and set(request.GET) <= {"pr"} else "",
        changed=not set(request.GET) <= OF_THE_PAGE,
    )


def chosen_by(request: HttpRequest, query: str, day: date) -> tuple[PlanChoice, QueryDict]:
    """The plan and the choices that the query of an overview's address means; raises as `open_overview`."""
    data = QueryDict(query[:LONGEST_QUERY])
    return choose_among(visible_plans(request), request, data, day), data


def _named(text: str, views: tuple[View, ...]) -> View | None:
    if text in {"", ALL}:
        return None
    found = next((view for view in views if str(view.pk) == text), None)
    if found is None:
        raise Http404(_("There is no such view here."))
    return found


def _data(address: QueryDict, view: View | None, default: View | None) -> QueryDict:
    data = view.applied_to(address) if view else address.copy()
    data.pop(PARAMETER, None)
    if default:
        # Without it a link that drops the last filter would lead back to the default view.
        data[PARAMETER] = ALL
    return data


def _day_kept(url: str, data: QueryDict) -> str:
    """The address with the day of `data`, if it names one."""
    day = QueryDict(mutable=True)
    if data.get("pr"):
        day["pr"] = str(data["pr"])
    return f"{url}&{day.urlencode()}" if day else url
