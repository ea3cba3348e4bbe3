"""The tabs of the initiative's page: which there are, and which one the address opens."""

from collections.abc import Set
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
    "filer": gettext_lazy("Files"),
    "kommentarer": gettext_lazy("Comments"),
    "historik": gettext_lazy("History"),
}


@dataclass(frozen=True)
class Tab:
    """One tab with the address that opens it, which works without script too."""

    key: str
    label: str
    url: str
    is_open: bool


def tabs(request: HttpRequest, as_of: AsOf, counts: dict[str, int], hidden: Set[str] = frozenset()) -> tuple[Tab, ...]:
    """All tabs but the hidden ones, exactly one of them open: that of `?fane=`, else the first; a name that is no tab
    gets a notice. `counts` are said behind the label where there is something.
    """
    shown = {key: _label(key, counts.get(key, 0)) for key in TABS if key not in hidden}
    wanted = request.GET.get("fane", "")
    if wanted and wanted not in shown:
        messages.info(request, _("There is no such tab here, so the overview is shown."))
    chosen = wanted if wanted in shown else next(iter(shown))
    own = "&egen=1" if "egen" in request.GET else ""
    return tuple(Tab(key, label, _url(key, as_of) + own, key == chosen) for key, label in shown.items())


def opened(shown: tuple[Tab, ...]) -> str:
    """The key of the open one."""
    return next(tab.key for tab in shown if tab.is_open)


def _label(key: str, count: int) -> str:
    return f"{TABS[key]} ({count})" if count else str(TABS[key])


def _url(key: str, as_of: AsOf) -> str:
    """Relative to the page, with the day."""
    return f"?fane={key}&{as_of.parameter}" if as_of.parameter else f"?fane={key}"
