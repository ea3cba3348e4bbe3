"""What to look at before a budget year is closed: one check for each thing that tends to be forgotten."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from initiatives.models import Actor, Cluster, Initiative
from initiatives.money import kroner, money_sum

from .models import Entry, Voucher, VoucherFile
from .querysets import ALLOCATED, SPENT

Kind = Voucher.Kind


@dataclass(frozen=True)
class Finding:
    """One thing that a check found: what it is, in words, and where to see it."""

    name: str
    words: str
    url: str


@dataclass(frozen=True)
class Check:
    """One question of the checklist; without findings it is in order. `fine` says so in words."""

    key: str
    title: str
    fine: str
    why: str
    findings: tuple[Finding, ...]

    @property
    def is_fine(self) -> bool:
        return not self.findings


def checklist(cluster: Cluster, year: int) -> tuple[Check, ...]:
    """The checks of a budget year, of all that is recorded whatever its date; a fixed number of queries."""
    of_year = Voucher.objects.filter(cluster=cluster, budget_year=year).order_by("held_on", "pk")
    lines = _lines(cluster, year)
    return (
        Check(
            "proposals", _("Proposals that are not posted"),
            _("Every voucher of the year is posted."),
            _("They do not count, and cannot be posted once the year is closed."),
            _vouchers(Voucher.objects.filter(cluster=cluster).proposed().filter(_touches(year)).distinct()),
        ),
        Check(
            "unbalanced", _("Vouchers that do not balance"),
            _("The entries of every voucher sum to zero."),
            _("The entries must sum to zero before the figures can be trusted."),
            _vouchers(of_year.annotate(balance=Sum("entries__amount")).exclude(balance=0)),
        ),
        Check(
            "undecided", _("Allocations without a decision"),
            _("Every allocation rests on a decision."),
            _("The portal does not know which decision they rest on."),
            _vouchers(of_year.filter(kind=Kind.ALLOCATION, decision=None, reverses=None, reversed_by=None)),
        ),
        Check(
            "overspent", _("Spend above the frame"),
            _("No initiative has spent more than its frame."),
            _("The overspend stands in the accounts, and is set off where the year is carried over."),
            tuple(line.overspent for line in lines if line.spent > line.frame),
        ),
        Check(
            "unspent", _("Allocated, but no spend registered"),
            _("Every initiative with an allocation has spend registered."),
            _("Is a voucher missing?"),
            tuple(line.unspent for line in lines if line.frame > 0 and not line.spent),
        ),
        Check(
            "receipts", _("Spend without a receipt"),
            _("Every spend has a receipt, or is taken over from a document."),
            _("Attach the receipt on the voucher's page."),
            _vouchers(_without_receipt(of_year)),
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class _Line:
    """An initiative and its recipient in the year, in kr."""

    initiative: Initiative
    recipient: Actor | None
    frame: Decimal
    spent: Decimal

    @property
    def overspent(self) -> Finding:
        said = {"spent": kroner(self.spent), "frame": kroner(self.frame), "over": kroner(self.spent - self.frame)}
        return self._finding(_("DKK %(spent)s spent of DKK %(frame)s: DKK %(over)s over") % said)

    @property
    def unspent(self) -> Finding:
        return self._finding(_("DKK %(frame)s allocated") % {"frame": kroner(self.frame)})

    def _finding(self, words: str) -> Finding:
        name = f"{self.initiative}, {self.recipient}" if self.recipient else str(self.initiative)
        return Finding(name, words, self.initiative.get_absolute_url() + "?fane=oekonomi")  # type: ignore[attr-defined]


def _lines(cluster: Cluster, year: int) -> list[_Line]:
    """What each line was allocated and spent in the year's budget, posted only; three queries."""
    entries = Entry.objects.filter(voucher__cluster=cluster, voucher__state=Voucher.State.POSTED, budget_year=year)
    rows = list(
        entries.filter(initiative__isnull=False)
        .order_by("initiative__number_order", "recipient__name")
        .values("initiative", "recipient")
        .annotate(
            spent=money_sum("amount", filter=SPENT),
            allocated=money_sum("amount", filter=ALLOCATED),
        )
    )
    initiatives = Initiative.objects.select_related("cluster").in_bulk({row["initiative"] for row in rows})
    recipients = Actor.objects.in_bulk({row["recipient"] for row in rows if row["recipient"]})
    # What was carried over closes the year; it is no part of what the year could spend.
    return [
        _Line(initiatives[row["initiative"]], recipients.get(row["recipient"]), row["allocated"], row["spent"])
        for row in rows
    ]


def _touches(year: int) -> Q:
    """Vouchers that a closed year would keep from being posted."""
    return Q(budget_year=year) | Q(held_on__year=year) | Q(entries__budget_year=year)


def _without_receipt(vouchers: QuerySet[Voucher]) -> QuerySet[Voucher]:
    own = vouchers.filter(kind=Kind.SPEND, taken_over_from="", reverses=None, reversed_by=None)
    return own.filter(~Exists(VoucherFile.objects.filter(voucher=OuterRef("pk"))))


def _vouchers(found: QuerySet[Voucher]) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            voucher.text,
            _("%(kind)s %(reference)s, DKK %(amount)s")
            % {"kind": voucher.kind_label, "reference": voucher.reference, "amount": kroner(voucher.total)},
            voucher.get_absolute_url(),
        )
        for voucher in found.select_related("cluster").prefetch_related("entries")
    )
