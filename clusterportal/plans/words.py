"""Names that must tell which plan they are of: an initiative that goes on is often called the same in both."""

from django.utils.translation import gettext as _

from initiatives.models import Initiative


def in_plan(name: str, initiative: Initiative) -> str:
    """`Gadelæge (Handleplan 2026–2029)`; the name alone for what is in no plan."""
    return _("%(name)s (%(plan)s)") % {"name": name, "plan": initiative.plan.title} if initiative.plan else name
