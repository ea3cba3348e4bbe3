"""The initiative that an address names, and the way down to a page below it."""

from django.shortcuts import get_object_or_404, resolve_url
from django.utils.translation import gettext as _

from .models import Initiative, User


def initiative_or_404(user: User, cluster: str, address: str) -> Initiative:
    """With cluster, plan, theme and actors. Raises Http404 for one that is not there or that the user may not see."""
    visible = Initiative.objects.visible_to(user).select_related("cluster", "plan", "theme").with_actor_lines()
    found: Initiative = get_object_or_404(visible, cluster__slug=cluster, address=address)
    return found


def trail_below(initiative: Initiative, last: str) -> list[tuple[str, str]]:
    """Initiatives, the initiative, this page."""
    own_page = resolve_url(initiative)
    return [
        # The overview stands two steps above the initiative's page; which app owns it is not known here.
        (_("Initiatives"), own_page + "../../"),
        (_("Initiative %(number)s") % {"number": initiative.number}, own_page),
        (last, ""),
    ]
