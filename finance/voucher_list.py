"""The ledger as a list: every voucher that fits, with the balance of one account where one is chosen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

import django_tables2 as tables
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_filters import FilterSet

from initiatives import asof
from initiatives.access import Act, rights_of
from initiatives.asof import AsOf
from initiatives.danish import format_number, short_date
from initiatives.home import home_cluster
from initiatives.listing import ListPage
from initiatives.models import Cluster
from initiatives.money import ZERO, kroner_and_ore, money_sum

from .models import Account, Entry, Voucher
from .voucher_filters import VoucherFilter, account_name, decision_name

LEAD = {"td": {"class": "title lead-cell"}}
RIGHT = {"th": {"class": "num"}, "td": {"class": "num"}}


@dataclass(frozen=True)
class Balance:
    """What a voucher moved on the chosen account, and what stood there after it; None where it does not count."""

    moved: Decimal
    after: Decimal | None


@dataclass(frozen=True)
class Statement:
    """The chosen account with its balances by voucher id; `at_end` is the last one. `proposed`: proposals count."""

    account: Account
    proposed: bool
    balances: dict[int, Balance]
    at_end: Decimal

    @property
    def name(self) -> str:
        return account_name(self.account)


def statement(account: Account, day: date, proposed: bool) -> Statement:
    """Every voucher on the account up to `day`, added up in the order they hold; one query, a row for each voucher."""
    entries = Entry.objects.filter(account=account, voucher__held_on__lte=day)
    moved = (
        entries.values("voucher", "voucher__state")
        .annotate(moved=money_sum("amount"))
        .order_by("voucher__held_on", "voucher")
    )
    balances: dict[int, Balance] = {}
    standing = ZERO
    for row in moved:
        counts = proposed or row["voucher__state"] == Voucher.State.POSTED
        standing += row["moved"] if counts else ZERO
        balances[row["voucher"]] = Balance(row["moved"], standing if counts else None)
    return Statement(account, proposed, balances, standing)


class VoucherTable(tables.Table):
    """One line for each voucher. On the screen what it is about stands beneath its text; a file has a column each."""

    text = tables.Column(gettext_lazy("Voucher"), attrs=LEAD, order_by=("text", "pk"))
    held_on = tables.Column(gettext_lazy("Date"), order_by=("held_on", "pk"))
    reference = tables.Column(gettext_lazy("Voucher no."), visible=False)
    kind = tables.Column(gettext_lazy("Kind"), order_by=("kind", "held_on", "pk"))
    state = tables.Column(gettext_lazy("State"), visible=False)
    budget_year = tables.Column(gettext_lazy("Budget year"), order_by=("budget_year", "held_on", "pk"))
    concerns = tables.Column(gettext_lazy("Initiative and party"), orderable=False, empty_values=())
    decision = tables.Column(gettext_lazy("Decision"), orderable=False, empty_values=())
    amount = tables.Column(gettext_lazy("Amount, kr."), attrs=RIGHT, accessor="total")
    moved = tables.Column(gettext_lazy("On the account, kr."), attrs=RIGHT, orderable=False, empty_values=())
    balance = tables.Column(gettext_lazy("Balance, kr."), attrs=RIGHT, orderable=False, empty_values=())

    class Meta:
        attrs = {"class": "vouchers"}
        order_by = ("-held_on",)

    def __init__(self, data: Any, *, shown: Statement | None = None, **kwargs: Any) -> None:
        self.shown = shown
        hidden = () if shown else ("moved", "balance")
        super().__init__(data, exclude=hidden, **kwargs)

    def order_amount(self, vouchers: QuerySet[Voucher], is_descending: bool) -> tuple[QuerySet[Voucher], bool]:
        """By what is moved, which is summed for this order only."""
        moved = Entry.objects.filter(voucher=OuterRef("pk"), amount__gt=0).order_by().values("voucher")
        by_amount = vouchers.annotate(moved_amount=Subquery(moved.annotate(sum=Sum("amount")).values("sum")))
        return by_amount.order_by("-moved_amount" if is_descending else "moved_amount", "pk"), True

    def render_held_on(self, value: date) -> str:
        return short_date(value)

    def value_held_on(self, value: date) -> date:
        return value

    def render_text(self, value: str, record: Voucher) -> SafeString:
        mark = "" if record.is_posted else format_html(' <span class="chip chip--none">{}</span>', _("Proposal"))
        link = format_html('<a href="{}">{}</a>', record.get_absolute_url(), value)
        return format_html('{}{}<span class="words">{}</span>', link, mark, record.reference)

    def value_text(self, value: str) -> str:
        return value

    def render_kind(self, record: Voucher) -> str:
        return capfirst(record.kind_label)

    def render_concerns(self, record: Voucher) -> SafeString:
        linked = (
            format_html('<a href="{}">{}</a>', each.get_absolute_url(), each.called) for each in initiatives(record)
        )
        parties = format_html('<span class="words">{}</span>', first_of(named_parties(record)))
        return format_html("<div>{}{}</div>", first_of(linked) or "–", parties)

    def value_concerns(self, record: Voucher) -> str:
        return ", ".join([*(each.called for each in initiatives(record)), *named_parties(record)])

    def render_decision(self, record: Voucher) -> SafeString | str:
        if record.decision is None:
            return (record.taken_over_from and _("Taken over")) or "–"
        meeting = record.decision.recommendation.item.meeting
        return format_html(
            '<div>{}<span class="words">{}</span></div>', short_date(meeting.held_on), meeting.forum.name
        )

    def value_decision(self, record: Voucher) -> str:
        return decision_name(record.decision) if record.decision else record.taken_over_from

    def render_amount(self, value: Decimal) -> str:
        return kroner_and_ore(value)

    def value_amount(self, value: Decimal) -> Decimal:
        return value

    def render_moved(self, record: Voucher) -> str:
        moved = self.value_moved(record)
        return "–" if moved is None else kroner_and_ore(moved)

    def value_moved(self, record: Voucher) -> Decimal | None:
        found = self.shown.balances.get(record.pk) if self.shown else None
        return found.moved if found else None

    def render_balance(self, record: Voucher) -> str:
        after = self.value_balance(record)
        return "–" if after is None else kroner_and_ore(after)

    def value_balance(self, record: Voucher) -> Decimal | None:
        found = self.shown.balances.get(record.pk) if self.shown else None
        return found.after if found else None


def initiatives(voucher: Voucher) -> list[Any]:
    """The initiatives that its entries name, each once, in their order."""
    return list(dict.fromkeys(entry.initiative for entry in voucher.entries.all() if entry.initiative))


def named_parties(voucher: Voucher) -> list[str]:
    """The parties that its entries name, each once."""
    found = (party for entry in voucher.entries.all() for party in (entry.account.party, entry.recipient) if party)
    return list(dict.fromkeys(party.name for party in found))


def first_of(names: Iterable[str]) -> SafeString:
    """The first three, and how many more there are: `Indsats 1, Indsats 5, Indsats 6, 4 flere`."""
    found = list(names)
    more = [_("%(count)s more") % {"count": len(found) - 3}] if len(found) > 3 else []
    return format_html_join(", ", "{}", ((name,) for name in [*found[:3], *more]))


class VoucherList(ListPage):
    """The vouchers of one cluster up to a day."""

    table_class = VoucherTable
    filterset_class = VoucherFilter
    template_name = "finance/vouchers/list.html"
    export_name = "bilag"
    as_of: AsOf
    filters: VoucherFilter
    shown: Statement | None

    def queryset(self, request: HttpRequest) -> QuerySet[Voucher]:
        self.as_of = asof.read(request)
        about = Entry.objects.select_related("account__party", "initiative__cluster", "recipient")
        vouchers = Voucher.objects.visible_to(request.user).filter(cluster=home_cluster(request))
        held = vouchers.filter(held_on__lte=self.as_of.day).select_related(
            "cluster", "decision__recommendation__item__meeting__forum"
        )
        return held.prefetch_related(Prefetch("entries", about)).order_by("-held_on", "-pk")

    def rows(self, filters: FilterSet) -> Sequence[Voucher]:
        self.filters = cast("VoucherFilter", filters)
        rows: Sequence[Voucher] = filters.qs
        proposed = self.request.GET.get("forslag") == "1"
        self.shown = statement(account, self.as_of.day, proposed) if (account := self.filters.account) else None
        return rows

    def table(self, rows: Sequence[Voucher], sort: tuple[str, ...]) -> VoucherTable:
        return VoucherTable(rows, order_by=sort, shown=self.shown)

    def context(self, request: HttpRequest) -> dict[str, Any]:
        cluster = home_cluster(request)
        counts = self.filters.qs.order_by().aggregate(
            posted=Count("pk", filter=Q(state=Voucher.State.POSTED)),
            proposed=Count("pk", filter=Q(state=Voucher.State.PROPOSED)),
        )
        rights = rights_of(request.user)
        return {
            "asof": self.as_of,
            "section": "vouchers",
            "opening": opening(cluster, counts["posted"], counts["proposed"]),
            "narrowed": self.filters.narrows,
            "statement": self.shown,
            "may_post": cluster is not None and rights.may(Act.POST, cluster.pk),
            "may_register": cluster is not None and rights.may(Act.REGISTER_SPEND, cluster.pk),
            "clusters": Cluster.objects.visible_to(request.user) if len(rights.clusters) > 1 else (),
        }


def opening(cluster: Cluster | None, posted: int, proposed: int) -> str:
    """`32 bilag er bogført. 2 forslag tæller ikke med, før de bogføres.`"""
    if not (posted or proposed):
        return ""
    is_posted = ngettext("%(count)s voucher is posted.", "%(count)s vouchers are posted.", posted)
    sentences = [is_posted % {"count": format_number(posted, 0)} if posted else _("No voucher is posted.")]
    if proposed:
        waits = ngettext(
            "%(count)s proposal does not count until it is posted.",
            "%(count)s proposals do not count until they are posted.",
            proposed,
        )
        sentences.append(waits % {"count": format_number(proposed, 0)})
    return " ".join(sentences)


def list_url(cluster: Cluster, query: str = "") -> str:
    """Address of the list of a cluster's vouchers, narrowed by `query`."""
    return f"{reverse('finance:vouchers')}?klynge={cluster.slug}{'&' if query else ''}{query}"
