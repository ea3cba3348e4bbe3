"""All that the page of one voucher shows, as data: what it moves, what it rests on, and what can be done with it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from initiatives.access import Act
from initiatives.danish import long_date
from initiatives.models import Cluster, User
from initiatives.money import ZERO, kroner, total
from meetings.models import Decision

from . import rules
from .entering import may_change, said_by
from .models import AccountedYear, Entry, Voucher, VoucherFile

Kind = Voucher.Kind


@dataclass(frozen=True)
class Doings:
    """What this user can do with a voucher now; `why_not` says what keeps it from being changed, empty for nothing."""

    post: bool = False
    change: bool = False
    withdraw: bool = False
    reverse: bool = False
    correct: bool = False
    add_file: bool = False
    why_not: str = ""

    @property
    def any(self) -> bool:
        return self.post or self.change or self.withdraw or self.reverse or self.correct


@dataclass(frozen=True)
class VoucherPage:
    """One voucher. A decision is None where none is known or the user may not see it; `unpaid` only of an invoice."""

    voucher: Voucher
    entries: tuple[Entry, ...]
    decision: Decision | None
    party_decision: Decision | None
    files: tuple[VoucherFile, ...]
    payments: tuple[Voucher, ...]
    unpaid: Decimal | None
    can: Doings

    @property
    def balance(self) -> Decimal:
        """The sum of all entries; 0 in a voucher that is sound."""
        return total(entry.amount or ZERO for entry in self.entries)

    @property
    def moved(self) -> Decimal:
        return total(amount for entry in self.entries if (amount := entry.amount or ZERO) > 0)

    @property
    def has_initiatives(self) -> bool:
        return any(entry.initiative_id for entry in self.entries)

    @property
    def sentence(self) -> str:
        """How much it moves from when, and whether it counts."""
        said = {
            "amount": kroner(self.moved),
            "day": long_date(self.voucher.held_on),
            "year": self.voucher.budget_year,
        }
        if not self.voucher.is_posted:
            return _("A proposal to move DKK %(amount)s in the budget of %(year)s. It does not count yet.") % said
        if getattr(self.voucher, "reversed_by", None):
            return _("Moved DKK %(amount)s from %(day)s in the budget of %(year)s, and has been reversed.") % said
        return _("Moves DKK %(amount)s from %(day)s in the budget of %(year)s. It is posted and never changed.") % said


def voucher_or_404(user: User, cluster: str, reference: str) -> Voucher:
    """With all that its page names. Raises Http404 for one that is not there or that the user may not see."""
    if not reference.isprintable():
        raise Http404
    visible = Voucher.objects.visible_to(user).select_related(
        "cluster", "entered_by", "posted_by", "pays__cluster", "reverses__cluster", "replaces__cluster",
        "reversed_by__cluster", "replaced_by__cluster",
    )  # fmt: skip
    return get_object_or_404(visible, cluster__slug=cluster, reference=reference)


def visible_cluster(user: User, slug: str) -> Cluster:
    """Raises Http404 for a cluster that is not there or that the user may not see."""
    return get_object_or_404(Cluster.objects.visible_to(user).select_related("region"), slug=slug)


def voucher_page(voucher: Voucher, user: User) -> VoucherPage:
    """The voucher with the decisions that `user` may see; a fixed number of queries for each kind."""
    wanted = [pk for pk in (voucher.decision_id, voucher.party_decision_id) if pk]
    decisions = Decision.objects.visible_to(user).filter(pk__in=wanted).with_meeting().in_bulk() if wanted else {}
    entries = voucher.entries.select_related("account__party", "initiative__cluster", "recipient")
    return VoucherPage(
        voucher=voucher,
        entries=tuple(entries),
        decision=decisions.get(voucher.decision_id),
        party_decision=decisions.get(voucher.party_decision_id),
        files=tuple(voucher.files.select_related("attachment__stored_by")),
        payments=tuple(voucher.payments.select_related("cluster")),
        unpaid=rules.unpaid(voucher) if voucher.kind == Kind.INVOICE and voucher.is_posted else None,
        can=doings(voucher, user),
    )


def doings(voucher: Voucher, user: User) -> Doings:
    """What the user's role and the voucher's state allow; one query, for closed years, where the role allows any."""
    posts = user.rights.may(Act.POST, voucher.cluster_id)
    if not posts and not may_change(user, voucher):
        return Doings(why_not=_not_yours(voucher))
    if not voucher.is_posted:
        return Doings(
            post=posts, change=said_by(voucher) is not None, withdraw=True, add_file=True,
            why_not="" if posts else _("The economist posts it."),
        )  # fmt: skip
    if reason := _fixed(voucher):
        return Doings(add_file=posts, why_not=reason)
    return Doings(reverse=posts, correct=posts and said_by(voucher) is not None, add_file=posts)


def _not_yours(voucher: Voucher) -> str:
    if voucher.is_posted:
        return _("Only an economist reverses and corrects posted vouchers.")
    return _("Only an economist posts, and only who has entered the proposal changes it.")


def _fixed(voucher: Voucher) -> str:
    """Why a posted voucher cannot be reversed; empty where it can."""
    if voucher.reverses_id:
        return _("A reversal is not reversed; enter what was meant as a new voucher.")
    if getattr(voucher, "reversed_by", None):
        return _("It has been reversed, so there is nothing left to correct.")
    years = set(voucher.entries.values_list("budget_year", flat=True))
    closed = AccountedYear.objects.closed().filter(cluster=voucher.cluster_id, budget_year__in=years)
    if year := closed.values_list("budget_year", flat=True).order_by("budget_year").first():
        return _("The year %(year)s is closed. Reopen it to reverse the voucher.") % {"year": year}
    return ""


def seen(voucher: Voucher, version: str) -> Voucher:
    """The voucher as the user saw it, by the version that the form sent along; a false one is none that was."""
    if not voucher.is_posted:
        voucher.version = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
    return voucher


def earliest_reversal(voucher: Voucher, today: date) -> date:
    """The day a reversal is proposed to count from: today, the voucher's own day if that is later."""
    return max(voucher.held_on, today)
