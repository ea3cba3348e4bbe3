"""The ledger of a cluster as the plain-text journal of finance.journal."""

from collections.abc import Iterator
from datetime import date

from initiatives.models import Cluster
from initiatives.money import ZERO

from .journal import Assertion, Posting, Transaction, journal
from .models import Account, BalanceAssertion, Entry, Voucher
from .shapes import ACCOUNTS_OF_LINES


def journal_of(cluster: Cluster, day: date, proposed: bool = False) -> Iterator[str]:
    """The lines of the journal as known on `day`, with proposals (marked `!`) where asked for; three queries."""
    vouchers = Voucher.objects.filter(cluster=cluster, held_on__lte=day).select_related("reverses", "decision")
    if not proposed:
        vouchers = vouchers.posted()
    entries = Entry.objects.filter(voucher__in=vouchers).select_related("account__party", "initiative", "recipient")
    postings: dict[int, list[Posting]] = {}
    for entry in entries.order_by("voucher_id", "position"):
        posting = Posting(account_of(cluster, entry), entry.amount or ZERO, entry.budget_year)
        postings.setdefault(entry.voucher_id, []).append(posting)
    standing = BalanceAssertion.objects.standing().filter(account__cluster=cluster, held_on__lte=day)
    return journal(
        (_transaction(voucher, postings.get(voucher.pk, [])) for voucher in vouchers.order_by("held_on", "pk")),
        (_assertion(cluster, assertion) for assertion in standing.select_related("account__party")),
    )


def account_of(cluster: Cluster, entry: Entry) -> tuple[str, ...]:
    """The parts of the name under which the journal keeps an entry."""
    account = entry.account
    if account.kind not in ACCOUNTS_OF_LINES:
        return _parts(cluster, account)
    line = [entry.initiative.address if entry.initiative else "", entry.recipient.name if entry.recipient else ""]
    return (*_parts(cluster, account), *filter(None, line))


def _parts(cluster: Cluster, account: Account) -> tuple[str, ...]:
    party = account.party.name if account.party else ""
    return tuple(filter(None, (cluster.slug, account.kind, party)))


def _transaction(voucher: Voucher, postings: list[Posting]) -> Transaction:
    tags = {
        "kind": voucher.kind,
        "reverses": voucher.reverses.reference if voucher.reverses else "",
        "reason": voucher.reason or voucher.overspend_reason,
        "decision": voucher.decision.text if voucher.decision else "",
        "source": voucher.taken_over_from,
    }
    return Transaction(
        voucher.held_on, voucher.reference, voucher.text, voucher.is_posted, tuple(postings), tuple(tags.items())
    )


def _assertion(cluster: Cluster, assertion: BalanceAssertion) -> Assertion:
    return Assertion(assertion.held_on, _parts(cluster, assertion.account), assertion.amount or ZERO, assertion.source)
