"""The forms that make whole vouchers: what they post, what they refuse, and who may use them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from finance.closing import close_year
from finance.models import Voucher
from finance.posting import unbalanced_vouchers
from finance.shapes import Line
from initiatives.access import Role
from initiatives.models import Cluster, Person, User
from tests import build

from . import build_ledger as ledger

pytestmark = pytest.mark.django_db
MAY = date(2025, 5, 1)


@dataclass(frozen=True)
class Desk:
    """An economist with a form, and what an ordinary one is filled in with."""

    cluster: Cluster
    line: Line
    client: Client
    economist: User

    def send(self, word: str, client: Client | None = None, state: str = "posted", **fields: Any) -> Any:
        assert self.line.initiative is not None
        assert self.line.recipient is not None
        usual = {
            "initiative": self.line.initiative.pk, "recipient": self.line.recipient.pk, "amount": "1.250,50",
            "held_on": "1/5/2025", "budget_year": "2025", "text": "Instruktør i maj", "state": state,
        }  # fmt: skip
        address = reverse("finance:new_voucher", args=[self.cluster.slug, word])
        return (client or self.client).post(address, {**usual, **fields}, follow=True)


@pytest.fixture
def desk(db: None, sign_in: Callable[[User], Client]) -> Desk:
    """Initiative 5 is allocated 10.000 kr. for Jammerbugt in 2025."""
    cluster = ledger.ledger()
    line = ledger.line(cluster)
    ledger.allocate(line, "10000", budget_year=2025, held_on=MAY)
    economist = build.user("erna", Role.ECONOMIST, cluster)
    return Desk(cluster, line, sign_in(economist), economist)


def made() -> Voucher:
    """The one voucher that was entered with the forms."""
    return Voucher.objects.exclude(entered_by=None).get()


def moved(voucher: Voucher) -> list[tuple[str, Decimal | None]]:
    return [(entry.account.kind, entry.amount) for entry in voucher.entries.all()]


def test_spend_is_posted_as_a_whole_voucher(desk: Desk):
    page = desk.send("forbrug").content.decode()
    voucher = made()
    assert f"Bilag {voucher.reference} er bogført." in page
    assert (voucher.kind, voucher.state, voucher.held_on, voucher.budget_year) == ("spend", "posted", MAY, 2025)
    assert moved(voucher) == [("allocated", Decimal("-1250.50")), ("spent", Decimal("1250.50"))]
    assert voucher.entered_by == voucher.posted_by == desk.economist


def test_a_proposal_is_saved_and_does_not_count(desk: Desk):
    page = desk.send("forbrug", state="proposed").content.decode()
    assert "Det tæller med, når en økonom har bogført det." in page
    assert made().state == "proposed"


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("amount", "0.761", "Skriv beløbet med cifre"),
        ("amount", "0", "0 kr."),
        ("amount", "-5", "Beløbet skal være større end 0"),
        ("amount", "10,005", "højst to decimaler"),
        ("amount", "99999999999", "er for meget til én postering"),
        ("amount", "", "Skriv beløbet."),
        ("held_on", "31.4.2025", "april 2025 har 30 dage"),
        ("budget_year", "25", "Skriv et år med fire cifre"),
        ("budget_year", "2031", "ligger uden for handleplanen"),
        ("initiative", "", "Vælg en indsats."),
        ("initiative", "99999999", "Vælg en indsats fra listen."),
        ("recipient", "99999999", "Vælg en part fra listen."),
        ("text", " ", "Skriv, hvad bilaget handler om."),
        ("text", "x" * 201, "højst 200 tegn"),
        ("text", "Borger 010203-1234", "CPR-nummer"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field_and_everything_typed_is_kept(desk: Desk, field, typed, told):
    page = desk.send("forbrug", **{field: typed}).content.decode()
    assert told in page
    assert f'id="id_{field}_error"' in page
    assert 'value="1/5/2025"' in page or field == "held_on"
    assert not Voucher.objects.exclude(entered_by=None).exists()


def test_overspend_asks_for_a_reason_and_is_marked_with_it(desk: Desk):
    page = desk.send("forbrug", amount="12.000").content.decode()
    assert "har 10.000 kr. tilbage, og bilaget tager 12.000 kr." in page
    assert 'id="id_overspend_reason_error"' in page
    desk.send("forbrug", amount="12.000", overspend_reason="Lovet af forummet")
    assert made().overspend_reason == "Lovet af forummet"


def test_a_coordinator_proposes_whatever_button_was_sent(desk: Desk, sign_in):
    coordinator = build.user("kaj", Role.COORDINATOR, desk.cluster)
    desk.send("forbrug", sign_in(coordinator), state="posted")
    assert (made().state, made().entered_by) == ("proposed", coordinator)


def test_a_coordinator_is_asked_why_the_frame_is_exceeded_too(desk: Desk, sign_in):
    client = sign_in(build.user("kaj", Role.COORDINATOR, desk.cluster))
    assert 'id="id_overspend_reason_error"' in desk.send("forbrug", client, amount="12.000").content.decode()
    assert not Voucher.objects.exclude(entered_by=None).exists()


def test_a_coordinator_registers_on_own_initiatives_only(desk: Desk, sign_in):
    answering = build.user("anna", Role.COORDINATOR, desk.cluster)
    initiative = desk.line.initiative
    assert initiative is not None
    initiative.responsible = Person.objects.create(name="Anna", role="projektleder", user=answering)
    initiative.save()
    other = sign_in(build.user("kaj", Role.COORDINATOR, desk.cluster))
    assert "Vælg en indsats fra listen." in desk.send("forbrug", other).content.decode()
    desk.send("forbrug", sign_in(answering))
    assert made().entered_by == answering


@pytest.mark.parametrize("word", ["disponering", "overfoersel", "opkraevning"])
def test_a_coordinator_makes_no_other_vouchers(desk: Desk, sign_in, word: str):
    assert desk.send(word, sign_in(build.user("kaj", Role.COORDINATOR, desk.cluster))).status_code == 403


def test_an_unknown_kind_is_not_there(desk: Desk):
    assert desk.send("gave").status_code == 404


def test_an_allocation_is_posted_with_its_decision(desk: Desk):
    page = desk.send("disponering").content.decode()
    assert 'id="id_decision_error"' in page
    decided = ledger.decision(desk.cluster, "Tiltrådt")
    desk.send("disponering", decision=decided.pk)
    assert (made().kind, made().decision) == ("allocation", decided)


def test_an_allocation_without_decision_is_a_proposal(desk: Desk):
    desk.send("disponering", state="proposed")
    assert (made().state, made().decision) == ("proposed", None)


def test_an_invoice_is_between_two_parties(desk: Desk):
    decided = ledger.decision(desk.cluster, "Tiltrådt")
    recipient = desk.line.recipient
    assert recipient is not None
    page = desk.send("opkraevning", payer=recipient.pk, decision=decided.pk).content.decode()
    assert "Det skal være en anden end den, der sender opkrævningen" in page
    payer = ledger.party(desk.cluster, "Aalborg Kommune")
    desk.send("opkraevning", payer=payer.pk, decision=decided.pk)
    parties = [(entry.account.party, entry.amount) for entry in made().entries.all()]
    assert parties == [(payer, Decimal("-1250.50")), (recipient, Decimal("1250.50"))]


def test_a_pool_is_carried_over_with_both_decisions(desk: Desk):
    party = desk.line.recipient
    assert party is not None
    fields: dict[str, Any] = {"pool": party.pk, "out_of": "2024", "decision": ledger.decision(desk.cluster, "Ja").pk}
    assert 'id="id_party_decision_error"' in desk.send("overfoersel", **fields).content.decode()
    own = ledger.decision(desk.cluster, "Ja tak", by=party)
    desk.send("overfoersel", **fields, party_decision=own.pk)
    assert [(entry.budget_year, entry.amount) for entry in made().entries.all()] == [
        (2024, Decimal("-1250.50")), (2025, Decimal("1250.50")),
    ]  # fmt: skip


def test_what_the_initiatives_have_left_is_computed(desk: Desk):
    decided = ledger.decision(desk.cluster, "Ja").pk
    fields: dict[str, Any] = {"pool": "indsatser", "budget_year": "2026", "held_on": "1.1.2026", "decision": decided}
    assert 'id="id_amount_error"' in desk.send("overfoersel", **fields).content.decode()
    desk.send("overfoersel", **fields, amount="")
    assert moved(made()) == [("allocated", Decimal(-10000)), ("pool", Decimal(10000))]


def test_a_closed_year_is_told_beside_the_year_that_is_closed(desk: Desk):
    close_year(desk.cluster, 2024, date(2025, 1, 1))
    assert 'id="id_held_on_error"' in desk.send("forbrug", held_on="1.5.2024").content.decode()
    assert 'id="id_budget_year_error"' in desk.send("forbrug", budget_year="2024").content.decode()


def test_a_proposal_is_changed_and_posted(desk: Desk):
    desk.send("forbrug", state="proposed")
    proposal = made()
    address = reverse("finance:change_voucher", args=[desk.cluster.slug, proposal.reference])
    form = desk.client.get(address).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    typed |= {"initiative": desk.line.initiative.pk, "recipient": desk.line.recipient.pk}  # type: ignore[union-attr]
    desk.client.post(address, {**typed, "amount": "900", "state": "posted"})
    assert (made().pk, made().state, made().total) == (proposal.pk, "posted", Decimal(900))
    late = desk.client.post(address, {**typed, "amount": "800", "state": "posted"})
    assert late.status_code == 409
    assert made().total == Decimal(900)


def test_a_posted_voucher_is_corrected_by_a_reversal_and_a_new_one(desk: Desk):
    desk.send("forbrug")
    wrong = made()
    address = reverse("finance:correct_voucher", args=[desk.cluster.slug, wrong.reference])
    typed = {
        "initiative": desk.line.initiative.pk, "recipient": desk.line.recipient.pk, "amount": "1.150,50",  # type: ignore[union-attr]
        "held_on": "2.5.2025", "budget_year": "2025", "text": "Instruktør i maj",
    }  # fmt: skip
    assert "Skriv begrundelsen." in desk.client.post(address, typed).content.decode()
    desk.client.post(address, {**typed, "reason": "Tastefejl"})
    right = Voucher.objects.get(replaces=wrong)
    assert (right.total, right.reason) == (Decimal("1150.50"), "Tastefejl")
    assert Voucher.objects.get(reverses=wrong).reason == "Tastefejl"
    assert unbalanced_vouchers() == []


def test_the_initiatives_tab_leads_to_the_form_with_the_initiative_chosen(desk: Desk):
    initiative = desk.line.initiative
    assert initiative is not None
    page = desk.client.get(initiative.get_absolute_url() + "?fane=oekonomi").content.decode()  # type: ignore[attr-defined]
    where = reverse("finance:new_voucher", args=[desk.cluster.slug, "forbrug"]) + f"?initiative={initiative.pk}"
    assert f'href="{where}"' in page
    assert f'<option value="{initiative.pk}" selected' in desk.client.get(where).content.decode()
