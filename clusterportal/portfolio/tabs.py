"""The tabs of the initiative's page: which there are, and which one the address opens."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.asof import AsOf

# The words of the address, in the order of the page; the first is open where the address names none.
TABS = {
    "overblik": gettext_lazy("Overview"),
    "status": gettext_lazy("Status"),
    "oekonomi": gettext_lazy("Economy"),
    "resultater": gettext_lazy("Results"),
    "beslutninger": gettext_lazy("Decisions"),
}


@dataclass(frozen=True)
class Tab:
    """One tab with the address that opens it, which works without script too."""

    key: str
    label: str
    url: str
    is_open: bool


def tabs(request: HttpRequest, as_of: AsOf) -> tuple[Tab, ...]:
    """All tabs, exactly one of them open: that of `?fane=`, else the first; a name that is no tab gets a notice."""
    wanted = request.GET.get("fane", "")
    if wanted and wanted not in TABS:
        messages.info(request, _("There is no such tab here, so the overview is shown."))
    opened = wanted if wanted in TABS else next(iter(TABS))
    return tuple(Tab(key, str(label), _url(key, as_of), key == opened) for key, label in TABS.items())


def _url(key: str, as_of: AsOf) -> str:
    """Relative to the page, with the day."""
    return f"?fane={key}&{as_of.parameter}" if as_of.parameter else f"?fane={key}"
