"""Which initiative and which place the results page shows, by `?indsats=` and `?sted=`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from initiatives.danish import collation_key, listed
from initiatives.models import Initiative

from .models import Measurement

INITIATIVE, SITE = "indsats", "sted"


@dataclass(frozen=True)
class Other:
    """Another selection that shows more: what is dropped, how many measurements that gives, and its query string."""

    label: str
    count: int
    query: str


@dataclass(frozen=True)
class Selection:
    """The rows to show, what can be chosen, and a notice where the address asks for what is not there.

    `initiative` is an address and `site` a party's name, empty for all. `kept` are the parameters of the address that
    are no filters: day and cluster.
    """

    rows: tuple[Measurement, ...]
    initiatives: tuple[Initiative, ...]
    sites: tuple[str, ...]
    initiative: str
    site: str
    notice: str
    kept: tuple[tuple[str, str], ...]
    others: tuple[Other, ...] = ()

    @property
    def active(self) -> bool:
        return bool(self.initiative or self.site)

    @property
    def everything(self) -> str:
        """The address without filters."""
        return f"?{urlencode(self.kept)}"


def select(asked: Mapping[str, str], rows: Sequence[Measurement]) -> Selection:
    """The selection of all measurements `rows` that the parameters `asked` mean; unknown values are ignored."""
    initiatives = tuple(dict.fromkeys(row.initiative for row in rows))
    sites = tuple(sorted({row.site.name for row in rows if row.site}, key=collation_key))
    address, unknown_address = _one_of(asked.get(INITIATIVE, ""), [each.address for each in initiatives])
    site, unknown_site = _one_of(asked.get(SITE, ""), sites)
    shown = _matching(rows, address, site)
    kept = tuple((name, asked[name]) for name in ("klynge", "pr") if asked.get(name))
    return Selection(
        rows=shown,
        initiatives=initiatives,
        sites=sites,
        initiative=address,
        site=site,
        notice=_notice(unknown_address, unknown_site),
        kept=kept,
        others=() if shown else tuple(_others(rows, address, site, kept)),
    )


def _one_of(value: str, known: Sequence[str]) -> tuple[str, str]:
    """The value where it is known, and the value where it is not."""
    return (value, "") if not value or value in known else ("", value)


def _notice(*unknown: str) -> str:
    values = [_("“%(value)s”") % {"value": value[:40]} for value in unknown if value]
    if not values:
        return ""
    return _("There are no measurements for %(values)s, so that part of the selection is ignored.") % {
        "values": listed(values)
    }


def _matching(rows: Iterable[Measurement], address: str, site: str) -> tuple[Measurement, ...]:
    return tuple(
        row
        for row in rows
        if address in ("", row.initiative.address) and (not site or (row.site is not None and row.site.name == site))
    )


def _others(rows: Sequence[Measurement], address: str, site: str, kept: tuple[tuple[str, str], ...]) -> Iterable[Other]:
    """What dropping each part of a selection would show."""
    without_number = _("Without initiative %(number)s") % {"number": address}
    yield Other(without_number, len(_matching(rows, "", site)), f"?{urlencode([*kept, (SITE, site)])}")
    without_site = _("Without %(site)s") % {"site": site}
    yield Other(without_site, len(_matching(rows, address, "")), f"?{urlencode([*kept, (INITIATIVE, address)])}")
