"""Addresses inside the portfolio that keep the day and the plan."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.translation import gettext as _

from initiatives.asof import AsOf
from initiatives.models import Initiative

# What base.html shows above the title: label and address, the last one being the page itself.
Trail = list[tuple[str, str]]
# An address that stands for all of them.
PLACE = "0"


def addresses(name: str, cluster: str) -> Callable[[str], str]:
    """How an initiative's address becomes the url `name` of portfolio, for the many of a cluster; looked up once."""
    before, after = reverse(f"portfolio:{name}", args=[cluster, PLACE]).rsplit(PLACE, 1)
    return lambda address: f"{before}{escape_uri_path(address)}{after}"


def overview_url(as_of: AsOf, initiative: Initiative) -> str:
    """The overview where the initiative is listed, at its theme."""
    plan = f"plan={initiative.plan_id}" if initiative.plan_id else f"klynge={initiative.cluster.slug}"
    query = "&".join(part for part in (plan, as_of.parameter) if part)
    anchor = f"#theme-{initiative.theme_id}" if initiative.theme_id else ""
    return f"{reverse('portfolio:overview')}?{query}{anchor}"


def trail(as_of: AsOf, initiative: Initiative) -> Trail:
    """Initiatives, its theme, itself."""
    steps = [(_("Initiatives"), reverse("portfolio:overview") + as_of.suffix)]
    if initiative.theme:
        steps.append((initiative.theme.name, overview_url(as_of, initiative)))
    return [*steps, (initiative.called, "")]
