"""What must hold before a voucher may count: place, year, parties, decisions, what is left to spend and to pay.

Each rule raises ValidationError with a message for the user that names what is wrong, and a code for the field.
"""

from collections.abc import Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from initiatives.access import Act
from initiatives.models import Actor, Cluster, User
from initiatives.money import ZERO, kroner, money_sum
from meetings.models import Decision

from .models import NEEDS_DECISION, Account, AccountedYear, BalanceAssertion, Entry, Voucher
from .shapes import ALLOCATED, Line, Movement

# What a forum has said yes to; a noted or discussed point carries no money.
SAYS_YES = frozenset({Decision.Outcome.APPROVED, Decision.Outcome.APPROVED_WITH_CHANGE, Decision.Outcome.ENDORSED})
# An opening balance says what was overspent, and a carry-over covers it.
TAKES_FROM_LINES = frozenset({Voucher.Kind.SPEND, Voucher.Kind.ADJUSTMENT})


def require_act(by: User | None, act: Act, cluster: Cluster) -> None:
    """Raises PermissionDenied where the user may not; what loads facts acts for nobody and is not asked."""
    if by is not None:
        by.rights.require(act, cluster.pk)


def take_turn(cluster: Cluster) -> None:
    """Waits until nobody else posts in the cluster; until the end of the transaction nobody does.

    PostgreSQL locks the row; on SQLite the transaction has the database's one write lock already.
    """
    Cluster.objects.select_for_update(no_key=True).get(pk=cluster.pk)


def require_in_place(voucher: Voucher, movements: Sequence[Movement]) -> None:
    """What a proposal keeps too: open years and, but for a reversal, years of the plan and parties of the cluster."""
    _require_open(voucher, movements)
    if not voucher.reverses_id:
        _require_years_of_plans(movements)
        _require_parties(voucher.cluster, movements)


def require_postable(voucher: Voucher, movements: Sequence[Movement]) -> None:
    """All that posting asks for."""
    require_in_place(voucher, movements)
    _require_asserted_balances(voucher, movements)
    if voucher.reverses_id:
        _require_unpaid(voucher.reverses)
        return
    if not voucher.taken_over_from:
        _require_decisions(voucher, movements)
        require_reason_for_overspend(voucher, movements)
    _require_owing(voucher, movements)


def _require_open(voucher: Voucher, movements: Sequence[Movement]) -> None:
    years = {voucher.held_on.year, *(movement.year for movement in movements)}
    closed = AccountedYear.objects.closed().filter(cluster=voucher.cluster_id, budget_year__in=years)
    if year := closed.order_by("budget_year").first():
        raise ValidationError(
            _("The year %(year)s is closed, so nothing can be dated or budgeted in it. Reopen it first.")
            % {"year": year.budget_year},
            code="closed",
        )


def _require_asserted_balances(voucher: Voucher, movements: Sequence[Movement]) -> None:
    """What was asserted holds, so whatever changes the account on its day or before breaks it."""
    change: dict[int, Decimal] = {}
    for movement in movements:
        change[movement.account.pk] = change.get(movement.account.pk, ZERO) + movement.amount
    moved = [account for account, amount in change.items() if amount]
    standing = BalanceAssertion.objects.standing().filter(account__in=moved, held_on__gte=voucher.held_on)
    if broken := standing.select_related("account__party").first():
        said = {"asserted": broken, "change": kroner(change[broken.account_id]), "source": broken.source}
        raise ValidationError(
            _("This would change a balance that was asserted (%(asserted)s, %(source)s) by DKK %(change)s.") % said,
            code="assertion",
        )


def _require_years_of_plans(movements: Sequence[Movement]) -> None:
    for movement in movements:
        plan = movement.initiative.plan if movement.initiative else None
        if plan and not plan.starts.year <= movement.year <= plan.last_day.year:
            said = {"year": movement.year, "plan": plan, "first": plan.starts.year, "last": plan.last_day.year}
            raise ValidationError(
                _("The budget year %(year)s lies outside the action plan “%(plan)s” (%(first)s–%(last)s).") % said,
                code="year",
            )


def _require_parties(cluster: Cluster, movements: Sequence[Movement]) -> None:
    """Parties of the cluster, their parts, and for a recipient those who take part in the initiative."""
    parties = {movement.account.party for movement in movements} - {None}
    recipients = {movement.line for movement in movements if movement.line and movement.line.recipient}
    known = set(cluster.parties.values_list("pk", flat=True))
    for party in parties:
        if party and not {party.pk, party.part_of_id} & known:
            raise _stranger(party, cluster)
    for line in recipients:
        if line.recipient and not {line.recipient.pk, line.recipient.part_of_id} & known and not _takes_part(line):
            raise _stranger(line.recipient, cluster)


def _takes_part(line: Line) -> bool:
    return line.initiative is not None and line.initiative.actor_lines.filter(actors=line.recipient).exists()


def _stranger(party: Actor, cluster: Cluster) -> ValidationError:
    return ValidationError(
        _("%(party)s is no party of %(cluster)s.") % {"party": party, "cluster": cluster}, code="party"
    )


def _require_decisions(voucher: Voucher, movements: Sequence[Movement]) -> None:
    if voucher.kind not in NEEDS_DECISION:
        return
    if voucher.decision is None:
        raise ValidationError(
            _("A voucher of the kind “%(kind)s” is posted only with the decision it rests on.")
            % {"kind": voucher.get_kind_display()},
            code="decision",
        )
    _require_yes(voucher.decision, "decision")
    _require_forum_of(voucher.cluster, voucher.decision)
    if voucher.kind == Voucher.Kind.CARRY_OVER:
        for party in {movement.account.party for movement in movements} - {None}:
            _require_own_decision(voucher, party)


def _require_yes(decision: Decision, code: str) -> None:
    if decision.outcome not in SAYS_YES:
        said = {"decision": decision, "outcome": decision.get_outcome_display()}
        raise ValidationError(
            _("The decision “%(decision)s” is no approval but “%(outcome)s”, so nothing can be posted on it.") % said,
            code=code,
        )


def _require_forum_of(cluster: Cluster, decision: Decision) -> None:
    forum = decision.recommendation.item.meeting.forum
    if forum.cluster_id != cluster.pk and forum.region_id != cluster.region_id:
        raise ValidationError(
            _("%(forum)s decides nothing for %(cluster)s.") % {"forum": forum, "cluster": cluster}, code="decision"
        )


def _require_own_decision(voucher: Voucher, party: Actor | None) -> None:
    """A party's rest is carried over when its own body has said so too, beside the forum."""
    decision = voucher.party_decision
    if decision is None:
        raise ValidationError(
            _("What %(party)s carries over needs the party's own decision too.") % {"party": party},
            code="party_decision",
        )
    _require_yes(decision, "party_decision")
    body = decision.recommendation.item.meeting.forum.actor
    if party and (body is None or (party.pk not in {body.pk, body.part_of_id} and body.pk != party.part_of_id)):
        raise ValidationError(
            _("%(forum)s does not decide for %(party)s.")
            % {"forum": decision.recommendation.item.meeting.forum, "party": party},
            code="party_decision",
        )


def remaining(cluster: Cluster, line: Line, year: int) -> Decimal:
    """What a line may still spend in the budgets up to `year`, of all that is posted whatever its date; one query."""
    entries = Entry.objects.filter(voucher__state=Voucher.State.POSTED, account__cluster=cluster)
    entries = entries.filter(account__kind=ALLOCATED, initiative=line.initiative, recipient=line.recipient)
    left: Decimal = entries.filter(budget_year__lte=year).aggregate(left=money_sum("amount"))["left"]
    return left


def overspends(voucher: Voucher, movements: Sequence[Movement]) -> bool:
    """True for spend above what its line has left, and for an adjustment that cuts what is spent already."""
    return not voucher.reverses_id and _above(voucher, movements) is not None


def _above(voucher: Voucher, movements: Sequence[Movement]) -> tuple[Line, Decimal] | None:
    """The first line that is asked for more than it has left, and what it has; None for another kind of voucher."""
    if voucher.kind not in TAKES_FROM_LINES:
        return None
    for movement in movements:
        if movement.account.kind == ALLOCATED and movement.amount < 0 and movement.line:
            left = remaining(voucher.cluster, movement.line, movement.year)
            if left + movement.amount < 0:
                return movement.line, left
    return None


def require_reason_for_overspend(voucher: Voucher, movements: Sequence[Movement]) -> None:
    if not voucher.overspend_reason and (found := _above(voucher, movements)):
        line, left = found
        said = {"initiative": line.initiative, "left": kroner(left), "amount": kroner(voucher.total)}
        raise ValidationError(
            _("%(initiative)s has DKK %(left)s left, and this takes DKK %(amount)s. Give the reason to overspend.")
            % said,
            code="overspent",
        )


def owing(invoice: Voucher) -> tuple[Actor, Line]:
    """Who pays an invoice, and for which line. Raises ValidationError for a voucher that is no invoice."""
    entry = invoice.entries.select_related("account__party", "initiative", "recipient").filter(amount__lt=0).first()
    if invoice.kind != Voucher.Kind.INVOICE or entry is None or entry.account.party is None:
        raise ValidationError(_("%(voucher)s is no invoice.") % {"voucher": invoice}, code="pays")
    return entry.account.party, Line(entry.initiative, entry.recipient)


def unpaid(invoice: Voucher) -> Decimal:
    """What is left to pay of an invoice by posted payments; 0 for one that is reversed. Two queries."""
    if Voucher.objects.posted().filter(reverses=invoice).exists():
        return Decimal(0)
    entries = Entry.objects.filter(voucher__state=Voucher.State.POSTED, account__kind=Account.Kind.OWED)
    # The reversal of a payment names the invoice too.
    asked = entries.filter(Q(voucher=invoice) | Q(voucher__pays=invoice), account__party=owing(invoice)[0])
    left: Decimal = asked.aggregate(left=money_sum("amount"))["left"]
    return -left


def _require_owing(voucher: Voucher, movements: Sequence[Movement]) -> None:
    """A payment pays a posted invoice, between its parties, and no more than is left of it."""
    if voucher.kind != Voucher.Kind.PAYMENT:
        return
    invoice = voucher.pays
    if invoice is None or not invoice.is_posted:
        raise ValidationError(_("A payment pays an invoice that is posted."), code="pays")
    payer, line = owing(invoice)
    if any(movement.line != line for movement in movements) or all(
        movement.account.party_id != payer.pk for movement in movements
    ):
        raise ValidationError(
            _("The payment is between other parties than invoice %(invoice)s.") % {"invoice": invoice.reference},
            code="party",
        )
    left = unpaid(invoice)
    if voucher.total > left:
        said = {"invoice": invoice.reference, "left": kroner(left), "amount": kroner(voucher.total)}
        raise ValidationError(
            _("DKK %(left)s is left to pay of invoice %(invoice)s; DKK %(amount)s is more.") % said, code="amount"
        )


def _require_unpaid(reversed_voucher: Voucher | None) -> None:
    """An invoice that is paid is reversed only after its payments."""
    payments = Voucher.objects.posted().filter(pays=reversed_voucher, reverses=None, reversed_by=None)
    if reversed_voucher and payments.exists():
        raise ValidationError(
            _("Invoice %(invoice)s has been paid; reverse its payments first.")
            % {"invoice": reversed_voucher.reference},
            code="pays",
        )
