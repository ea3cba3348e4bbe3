"""What posting asks for: the right sign, year and party, a decision, open years, money left, an invoice to pay."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from finance import movements, rules
from finance.asserting import assert_balance, lift
from finance.closing import close_year, reopen_year
from finance.models import Account, AccountedYear, Entry, Voucher
from finance.posting import (
    change,
    post,
    post_adjustment,
    post_allocation,
    post_carry_over,
    post_contribution,
    post_grant,
    post_invoice,
    post_opening,
    post_payment,
    post_pool_carry_over,
    post_spend,
    withdraw,
    write,
)
from finance.shapes import Line, Movement
from initiatives.access import Role
from initiatives.models import Actor, Cluster
from meetings.models import Decision
from tests import build

from . import build_ledger as ledger

pytestmark = pytest.mark.django_db
PROPOSED = Voucher.State.PROPOSED
NEW_YEAR = date(2025, 1, 1)


@pytest.fixture
def cluster() -> Cluster:
    return ledger.ledger()


@pytest.fixture
def aalborg(cluster: Cluster) -> Actor:
    return ledger.party(cluster, "Aalborg Kommune")


@pytest.fixture
def line(cluster: Cluster) -> Line:
    return ledger.line(cluster)


@contextmanager
def refused(code: str, words: str | None = None) -> Iterator[None]:
    """Refused with the code, by a Danish message in which the words are found."""
    with pytest.raises(ValidationError, match=words) as found:
        yield
    assert [error.code for error in found.value.error_list] == [code]


# The shapes.
def moved(voucher: Voucher) -> list[tuple[str, str, int, Decimal | None]]:
    """Account, its party, budget year and amount of each entry."""
    entries = voucher.entries.select_related("account__party")
    return [
        (entry.account.kind, entry.account.party.name if entry.account.party else "", entry.budget_year, entry.amount)
        for entry in entries
    ]


def test_a_party_is_granted_funds_of_its_own(cluster, aalborg):
    assert moved(ledger.grant(cluster, "176166", party=aalborg)) == [
        ("source", "", 2024, Decimal(-176166)), ("pool", "Aalborg Kommune", 2024, Decimal(176166)),
    ]  # fmt: skip


def test_a_contribution_goes_from_the_partys_pool_to_the_common_one_for_the_line(cluster, aalborg, line):
    voucher = post_contribution(ledger.heading(cluster), line, aalborg, Decimal("20200.06"))
    assert moved(voucher) == [
        ("pool", "Aalborg Kommune", 2024, Decimal("-20200.06")), ("pool", "", 2024, Decimal("20200.06")),
    ]  # fmt: skip
    assert {entry.initiative for entry in voucher.entries.all()} == {line.initiative}


def test_an_invoice_and_its_payment_bring_both_parties_back_to_nothing(cluster, aalborg, line):
    decided = ledger.heading(cluster, decision=ledger.decision(cluster))
    invoice = post_invoice(decided, line, aalborg, Decimal(500))
    assert moved(invoice) == [
        ("owed", "Aalborg Kommune", 2024, Decimal(-500)), ("owed", "Jammerbugt Kommune", 2024, Decimal(500)),
    ]  # fmt: skip
    assert rules.unpaid(invoice) == 500
    post_payment(ledger.heading(cluster), invoice, Decimal(200))
    assert rules.unpaid(invoice) == 300
    with refused("amount", "300 kr"):
        post_payment(ledger.heading(cluster), invoice, Decimal("300.01"))
    post_payment(ledger.heading(cluster), invoice, Decimal(300))
    for party in (aalborg, line.recipient):
        assert Entry.objects.filter(account=movements.account(cluster, Account.Kind.OWED, party)).balance() == 0


def test_a_party_does_not_invoice_itself(cluster, line):
    with refused("party"):
        post_invoice(ledger.heading(cluster), line, line.recipient, Decimal(500))


def test_only_an_invoice_is_paid(cluster, line):
    with refused("pays"):
        post_payment(ledger.heading(cluster), ledger.grant(cluster, "1"), Decimal(1))


def test_a_proposed_invoice_is_not_paid(cluster, aalborg, line):
    invoice = post_invoice(ledger.heading(cluster, state=PROPOSED), line, aalborg, Decimal(500))
    with refused("pays"):
        post_payment(ledger.heading(cluster), invoice, Decimal(1))


@pytest.mark.parametrize("amount", ["120", "-120"])
def test_prices_and_wages_go_either_way(cluster, line, amount):
    assert [entry[3] for entry in moved(post_adjustment(ledger.heading(cluster), Decimal(amount)))] == [
        -Decimal(amount), Decimal(amount),
    ]  # fmt: skip
    assert [entry[0] for entry in moved(post_adjustment(ledger.heading(cluster), Decimal(amount), line=line))] == [
        "pool", "allocated",
    ]  # fmt: skip


def test_an_opening_balance_stands_in_a_pool_or_on_a_line(cluster, aalborg, line):
    assert moved(post_opening(ledger.heading(cluster), Decimal(-5), aalborg))[1][:2] == ("pool", "Aalborg Kommune")
    post_opening(ledger.heading(cluster), Decimal(70), line=line)
    assert rules.remaining(cluster, line, 2024) == 70


def test_a_pools_rest_stays_in_the_pool_for_the_next_year(cluster, aalborg):
    decisions = {"decision": ledger.decision(cluster), "party_decision": ledger.decision(cluster, "Ja", by=aalborg)}
    heading = ledger.heading(cluster, 2025, NEW_YEAR, **decisions)
    assert moved(post_pool_carry_over(heading, 2024, Decimal(270282), aalborg)) == [
        ("pool", "Aalborg Kommune", 2024, Decimal(-270282)), ("pool", "Aalborg Kommune", 2025, Decimal(270282)),
    ]  # fmt: skip


def test_nothing_is_carried_within_one_year(cluster):
    with refused("year", "den samme pulje"):
        post_pool_carry_over(ledger.heading(cluster, decision=ledger.decision(cluster)), 2024, Decimal(1))


def test_a_voucher_moves_from_one_side_to_the_other(cluster):
    pool = movements.account(cluster, Account.Kind.POOL)
    within = [Movement(pool, Decimal(-5), 2024), Movement(pool, Decimal(5), 2024)]
    for kind in (Voucher.Kind.ADJUSTMENT, Voucher.Kind.OPENING, Voucher.Kind.GRANT):
        with refused("shape"):
            write(ledger.heading(cluster), kind, within)


# Decisions.
def test_what_needs_a_decision_is_not_posted_without_it(cluster, aalborg, line):
    undecided = ledger.heading(cluster)
    with refused("decision", "disponering"):
        post_allocation(undecided, line, Decimal(1))
    with refused("decision", "opkrævning"):
        post_invoice(undecided, line, aalborg, Decimal(1))
    ledger.allocate(line, "5")
    with refused("decision", "overførsel"):
        post_carry_over(ledger.heading(cluster, 2025))
    assert ledger.allocate(line, "1", decision=None, state=PROPOSED).state == PROPOSED
    assert ledger.allocate(line, "1", decision=None, taken_over_from="Evaluering, bilag 1").is_posted


def test_a_point_that_was_only_noted_carries_no_money(cluster, line):
    noted = ledger.decision(cluster, "Orientering", outcome=Decision.Outcome.NOTED)
    with refused("decision", "Orientering"):
        ledger.allocate(line, "1", decision=noted)


def test_another_clusters_forum_decides_nothing_here(cluster, line):
    other = build.cluster("anden", "Sundhedsklynge Anden")
    with refused("decision", "Styregruppe"):
        ledger.allocate(line, "1", decision=ledger.decision(other))


def test_a_party_carries_over_by_its_own_decision_too(cluster, aalborg):
    of_forum = {"decision": ledger.decision(cluster)}

    def carry(**decisions: Decision) -> Voucher:
        heading = ledger.heading(cluster, 2025, NEW_YEAR, **of_forum, **decisions)
        return post_pool_carry_over(heading, 2024, Decimal(1), aalborg)

    with refused("party_decision", "Aalborg Kommune"):
        carry()
    with refused("party_decision", "Styregruppe"):
        carry(party_decision=of_forum["decision"])
    with refused("party_decision", "Nej"):
        carry(party_decision=ledger.decision(cluster, "Nej", by=aalborg, outcome=Decision.Outcome.REJECTED))
    assert carry(party_decision=ledger.decision(cluster, "Ja", by=aalborg)).is_posted


# Years, plans and parties.
def test_a_year_outside_the_plan_is_named_with_the_plan(cluster, line):
    decided = ledger.heading(cluster, 2026, NEW_YEAR, decision=ledger.decision(cluster))
    with refused("year", "2026 ligger uden for handleplanen »Handleplan 2022–2025«"):
        post_allocation(decided, line, Decimal(1))


def test_a_party_outside_the_cluster_is_named(cluster):
    stranger = build.municipality("Fjern Kommune")
    with refused("party", "Fjern Kommune er ikke part"):
        ledger.grant(cluster, "1", party=stranger)
    with refused("party", "Fjern Kommune er ikke part"):
        post_spend(ledger.heading(cluster), Line(ledger.initiative(cluster), stranger), Decimal(1))


def test_a_part_of_a_party_takes_part(cluster):
    hospital = Actor.objects.create(name="Nordsjællands Hospital", kind="hospital", part_of=cluster.region)
    cluster.parties.add(cluster.region)
    assert ledger.grant(cluster, "1", party=hospital).is_posted


def test_who_takes_part_in_the_initiative_may_receive(cluster):
    helper = Actor.objects.create(name="Prøveforeningen", kind="ngo")
    five = ledger.initiative(cluster)
    five.actor_lines.create(label="Prøveforeningen", position=1).actors.add(helper)
    assert post_spend(ledger.heading(cluster), Line(five, helper), Decimal(1)).is_posted


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("0", "zero"),
        ("-1", "sign"),
        ("0.001", "amount"),
        ("10000000000", "amount"),
        ("1E+30", "amount"),
        ("NaN", "amount"),
    ],
)
def test_an_amount_that_cannot_be_is_refused_and_nothing_is_kept(cluster, amount, code):
    with refused(code):
        post_grant(ledger.heading(cluster), Decimal(amount))
    assert not Voucher.objects.filter(cluster=cluster).exists()


def test_a_million_of_the_largest_entries_still_sum(cluster):
    ledger.grant(cluster, "9999999999.99")
    assert 1_000_000 * 999_999_999_999 < 2**63


# What is left.
def test_more_than_is_left_needs_a_reason_and_is_marked(cluster, line):
    ledger.allocate(line, "100")
    with refused("overspent", "har 100 kr. tilbage"):
        ledger.spend(line, "100.01", overspend_reason="")
    within = ledger.spend(line, "60", overspend_reason="Hvis nu")
    above = ledger.spend(line, "41", overspend_reason="Flere forløb end ventet")
    assert (within.overspend_reason, above.overspend_reason) == ("", "Flere forløb end ventet")


def test_a_cut_of_what_is_spent_already_needs_a_reason_too(cluster, line):
    ledger.used(line, "100", "90")
    with refused("overspent", "har 10 kr. tilbage"):
        post_adjustment(ledger.heading(cluster, overspend_reason=""), Decimal(-11), line=line)
    assert post_adjustment(ledger.heading(cluster, overspend_reason=""), Decimal(-10), line=line).is_posted


def test_what_is_set_aside_for_a_later_year_covers_no_spend_of_this_one(cluster, line):
    ledger.allocate(line, "100", budget_year=2025)
    with refused("overspent", "har 0 kr. tilbage"):
        ledger.spend(line, "1", overspend_reason="")
    assert ledger.spend(line, "1", overspend_reason="", budget_year=2025).is_posted


# Proposals.
def test_a_proposal_is_changed_posted_once_and_withdrawn_no_more(cluster, line):
    proposal = ledger.grant(cluster, "100", state=PROPOSED)
    changed = change(
        proposal, ledger.heading(cluster, state=PROPOSED, text="Ny"), movements.grant(cluster, 2024, Decimal(50))
    )
    assert (changed.text, changed.version, changed.total) == ("Ny", 2, 50)
    with refused("changed"):
        post(proposal)
    assert post(changed).is_posted
    for act in (post, withdraw):
        with refused("posted", changed.reference):
            act(changed)


def test_a_withdrawn_proposal_leaves_nothing(cluster):
    proposal = ledger.grant(cluster, "100", state=PROPOSED)
    withdraw(proposal)
    assert not Voucher.objects.filter(pk=proposal.pk).exists()
    assert not Entry.objects.filter(voucher_id=proposal.pk).exists()
    with refused("withdrawn"):
        post(proposal)


def test_references_are_given_in_order_of_the_year(cluster):
    given = [ledger.grant(cluster, "1", reference="", budget_year=year).reference for year in (2024, 2024, 2025)]
    assert given == ["2024-00001", "2024-00002", "2025-00001"]


def test_only_who_may_post_posts_closes_and_changes_what_others_entered(cluster, line):
    karen, erik = build.user("karen", Role.COORDINATOR, cluster), build.user("erik", Role.ECONOMIST, cluster)
    proposal = ledger.spend(line, "1", state=PROPOSED, entered_by=erik)
    for act in (
        lambda: post(proposal, karen),
        lambda: withdraw(proposal, karen),
        lambda: change(
            proposal, ledger.heading(cluster, entered_by=karen), movements.spend(cluster, 2024, line, Decimal(2))
        ),
        lambda: close_year(cluster, 2024, NEW_YEAR, karen),
        lambda: assert_balance(movements.account(cluster, Account.Kind.POOL), NEW_YEAR, Decimal(0), "Bank", karen),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert post(proposal, erik).posted_by == erik
    own = ledger.spend(line, "1", state=PROPOSED, entered_by=karen)
    withdraw(own, karen)


# Closed years.
def test_nothing_is_dated_or_budgeted_in_a_closed_year_until_it_is_reopened(cluster):
    waiting = ledger.grant(cluster, "5", state=PROPOSED)
    close_year(cluster, 2024, NEW_YEAR)
    for year, held_on in ((2024, NEW_YEAR), (2025, ledger.END_OF_2024)):
        with refused("closed", "Året 2024 er lukket"):
            post_grant(ledger.heading(cluster, year, held_on), Decimal(1))
    with refused("closed"):
        post(waiting)
    with refused("closed"):
        close_year(cluster, 2024, NEW_YEAR)
    reopen_year(cluster, 2024, date(2025, 2, 1), "Et bilag manglede")
    assert post(waiting).is_posted
    assert close_year(cluster, 2024, date(2025, 2, 1)).budget_year == 2024


def test_a_year_is_accounted_between_its_closing_and_its_reopening(cluster):
    close_year(cluster, 2024, NEW_YEAR)
    reopen_year(cluster, 2024, date(2025, 2, 1), "Et bilag manglede")
    years = AccountedYear.objects.filter(cluster=cluster)
    held = [years.known_on(day).exists() for day in (ledger.END_OF_2024, NEW_YEAR, date(2025, 2, 1))]
    assert held == [False, True, False]


def test_closing_and_reopening_ask_for_what_they_need(cluster):
    with refused("year"):
        close_year(cluster, 2024, date(2024, 12, 30))
    with refused("open"):
        reopen_year(cluster, 2024, NEW_YEAR, "Fejl")
    close_year(cluster, 2024, NEW_YEAR)
    with pytest.raises(ValidationError):
        reopen_year(cluster, 2024, NEW_YEAR, "  ")
    with refused("year"):
        reopen_year(cluster, 2024, date(2024, 12, 31), "Fejl")


# Asserted balances.
def test_an_entry_that_would_break_an_asserted_balance_is_refused_with_its_name(cluster, aalborg):
    ledger.grant(cluster, "270282", party=aalborg)
    pool = movements.account(cluster, Account.Kind.POOL, aalborg)
    with pytest.raises(ValidationError, match=r"270\.282"):
        assert_balance(pool, NEW_YEAR, Decimal(1), "Kontoudtog")
    assertion = assert_balance(pool, ledger.END_OF_2024, Decimal(270282), "Kontoudtog")
    with refused("assertion", r"31\.12\.2024.*Aalborg Kommune.*270\.282 kr.*Kontoudtog"):
        ledger.grant(cluster, "1", party=aalborg)
    assert ledger.grant(cluster, "1", party=aalborg, held_on=NEW_YEAR, budget_year=2025).is_posted
    assert ledger.grant(cluster, "1").is_posted
    lift(assertion, "Kontoudtoget var forkert")
    assert ledger.grant(cluster, "1", party=aalborg).is_posted
    with refused("lifted"):
        lift(assertion, "Igen")
