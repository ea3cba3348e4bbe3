"""What the pages of the joint financing ask the address for: the year, and whether proposals are counted."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from initiatives.asof import AsOf
from initiatives.models import Cluster
from meetings.models import AgendaItem

from .models import Entry, Voucher
from .querysets import ALLOCATED

JOINT = (Voucher.Kind.ALLOCATION, Voucher.Kind.CONTRIBUTION, Voucher.Kind.INVOICE)


@dataclass(frozen=True)
class Standing:
    """How many of the vouchers that a page rests on are posted and proposed; `proposed` where both are counted."""

    posted: int
    waiting: int
    proposed: bool

    @property
    def all_proposed(self) -> bool:
        """True where nothing on the page is posted."""
        return self.proposed and bool(self.waiting) and not self.posted

    @property
    def some_proposed(self) -> bool:
        """True where proposals are counted beside what is posted."""
        return self.proposed and bool(self.waiting) and bool(self.posted)

    @property
    def left_out(self) -> int:
        """How many proposals there are that the page does not count."""
        return 0 if self.proposed else self.waiting


def joint_years(cluster: Cluster, day: date) -> list[int]:
    """The budget years in which something is allocated to a party, or proposed to be, oldest first; one query."""
    lines = Entry.objects.filter(ALLOCATED, voucher__cluster=cluster, initiative__isnull=False, recipient__isnull=False)
    return list(lines.counted_on(day, True).order_by("budget_year").values_list("budget_year", flat=True).distinct())


def read_year(request: HttpRequest, years: list[int], day: date) -> int:
    """The year in the address; without one, or with a notice for one without allocations, the newest begun."""
    asked = request.GET.get("aar", "").strip()
    if asked in {str(year) for year in years}:
        return int(asked)
    standard = max((year for year in years if year <= day.year), default=years[0])
    if asked:
        words = {"asked": asked[:12], "year": standard}
        messages.info(request, _("Nothing is paid jointly in “%(asked)s”. %(year)s is shown.") % words)
    return standard


def standing(data: QueryDict, cluster: Cluster, day: date, **narrowed: object) -> Standing:
    """What the vouchers of the cluster's joint financing are, and whether the page counts proposals; one query.

    Without `?forslag=` proposals are counted only where nothing is posted: an empty page would help nobody.
    """
    vouchers = Voucher.objects.filter(cluster=cluster, held_on__lte=day, **narrowed)
    states = dict(vouchers.order_by().values_list("state").annotate(Count("pk")))
    posted, waiting = states.get(Voucher.State.POSTED, 0), states.get(Voucher.State.PROPOSED, 0)
    asked = data.get("forslag", "")
    return Standing(posted, waiting, asked == "1" if asked in {"0", "1"} else not posted)


def undecided_item(cluster: Cluster, day: date, **narrowed: object) -> AgendaItem | None:
    """The point that proposed vouchers without a decision were brought to, if it has none either; one query.

    A proposal names no decision before there is one, so the meeting of its own date tells.
    """
    waiting = Voucher.objects.filter(
        cluster=cluster, held_on__lte=day, state=Voucher.State.PROPOSED, decision=None, **narrowed
    )
    items = AgendaItem.objects.filter(
        meeting__forum__cluster=cluster,
        kind=AgendaItem.Kind.DECISION,
        meeting__held_on__in=waiting.order_by().values("held_on"),
    )
    return items.exclude(recommendations__decision__isnull=False).select_related("meeting").first()


def kept(cluster: Cluster, asof: AsOf, proposed: bool, **more: object) -> str:
    """What a link adds to keep cluster, day and choice of proposals: `?klynge=nord&forslag=1`."""
    query = QueryDict(mutable=True)
    query["klynge"] = cluster.slug
    query.update({name: str(value) for name, value in more.items()})
    if not asof.is_today:
        query["pr"] = asof.day.isoformat()
    query["forslag"] = "1" if proposed else "0"
    return f"?{query.urlencode()}"


def in_percent(share: Fraction) -> Decimal:
    """A share of 1 in percent."""
    return Decimal(share.numerator * 100) / share.denominator
