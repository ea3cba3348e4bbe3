"""Closing a budget year on the page: the checklist, the act, and opening the year again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from finance.closing_checks import checklist
from finance.models import AccountedYear, Reopening, Voucher
from finance.posting import post_allocation
from initiatives.access import Role
from initiatives.models import Cluster, User
from tests import build

from . import build_ledger as ledger

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Desk:
    cluster: Cluster
    client: Client
    economist: User

    def address(self, year: int = 2024) -> str:
        return reverse("finance:closing_year", args=[self.cluster.slug, year])

    def page(self, year: int = 2024) -> str:
        return " ".join(self.client.get(self.address(year)).content.decode().split())

    def close(self, **fields: str) -> str:
        sent = {"act": "close", "accounted_on": "31.12.2024", "noticed": "on", **fields}
        return self.client.post(self.address(), sent, follow=True).content.decode()


@pytest.fixture
def desk(db: None, sign_in: Callable[[User], Client]) -> Desk:
    """In 2024 initiative 5 spent 120 of 100 kr., and initiative 6 nothing of 50."""
    cluster = ledger.ledger()
    ledger.used(ledger.line(cluster, "5"), "100", "120")
    ledger.used(ledger.line(cluster, "6"), "50", "0")
    economist = build.user("erna", Role.ECONOMIST, cluster)
    return Desk(cluster, sign_in(economist), economist)


def findings(cluster: Cluster, key: str) -> list[str]:
    return [each.words for check in checklist(cluster, 2024) if check.key == key for each in check.findings]


def test_the_checklist_finds_overspend_what_is_unspent_and_missing_receipts(desk: Desk):
    assert findings(desk.cluster, "overspent") == ["120 kr. brugt af 100 kr.: 20 kr. over"]
    assert findings(desk.cluster, "unspent") == ["50 kr. disponeret"]
    assert len(findings(desk.cluster, "receipts")) == 1
    assert findings(desk.cluster, "unbalanced") == findings(desk.cluster, "undecided") == []


def test_the_checklist_finds_proposals_and_allocations_without_decision(desk: Desk):
    heading = ledger.heading(desk.cluster, state=Voucher.State.PROPOSED)
    post_allocation(heading, ledger.line(desk.cluster, "5"), Decimal(10))
    assert len(findings(desk.cluster, "proposals")) == 1
    assert len(findings(desk.cluster, "undecided")) == 1


def test_the_page_says_how_many_points_there_are_to_look_at(desk: Desk):
    page = desk.page()
    assert "2024 er åbent. Tre punkter på tjeklisten har noget at se på." in page
    assert "120 kr. brugt af 100 kr.: 20 kr. over" in page


def test_an_economist_closes_the_year_and_reopens_it_with_a_reason(desk: Desk):
    assert "2024 er lukket. Intet kan bogføres i det" in desk.close()
    closed = AccountedYear.objects.get(cluster=desk.cluster, budget_year=2024)
    assert (closed.accounted_on, closed.closed_by) == (date(2024, 12, 31), desk.economist)
    page = desk.client.post(desk.address(), {"act": "reopen", "reason": "Et bilag manglede"}, follow=True)
    assert "2024 er åbent igen." in page.content.decode()
    assert "Et bilag manglede" in page.content.decode()
    assert Reopening.objects.get(year=closed).reopened_by == desk.economist


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"noticed": ""}, "Se på det, tjeklisten fandt, og sæt kryds her."),
        ({"accounted_on": "30.12.2024"}, "er ikke slut endnu"),
        ({"accounted_on": "1.1.2099"}, "Dagen er ikke kommet endnu."),
        ({"accounted_on": ""}, "Skriv en dato"),
    ],
)
def test_a_closing_that_is_refused_says_why(desk: Desk, fields: dict[str, str], told: str):
    assert told in desk.close(**fields)
    assert not AccountedYear.objects.filter(cluster=desk.cluster).exists()


def test_a_year_is_not_reopened_without_a_reason(desk: Desk):
    desk.close()
    assert "Skriv begrundelsen." in desk.client.post(desk.address(), {"act": "reopen", "reason": " "}).content.decode()
    assert not Reopening.objects.exists()


def test_who_closes_a_year_that_a_colleague_has_closed_is_told(desk: Desk):
    desk.close()
    assert "2024 var allerede lukket. Intet er gjort to gange." in desk.close()
    assert AccountedYear.objects.filter(cluster=desk.cluster).count() == 1
    assert not Reopening.objects.exists()


def test_only_economists_close(desk: Desk, sign_in):
    coordinator = sign_in(build.user("kaj", Role.COORDINATOR, desk.cluster))
    assert coordinator.post(desk.address(), {"act": "close", "accounted_on": "31.12.2024"}).status_code == 403
    assert "Kun en økonom lukker og genåbner år." in coordinator.get(desk.address()).content.decode()


def test_the_list_of_years_says_which_are_open(desk: Desk):
    ledger.allocate(ledger.line(desk.cluster), "5", budget_year=2025, held_on=date(2025, 1, 1))
    desk.close()
    page = " ".join(desk.client.get(reverse("finance:closing")).content.decode().split())
    assert "2024 er lukket. 2025 er åbent." in page
    assert "Lukket, regnskab af 31.12.2024" in page


def test_the_cost_does_not_grow(desk: Desk, queries):
    few = queries(desk.page)
    for number in range(6):
        ledger.used(ledger.line(desk.cluster, f"2{number}"), "10", "20")
    assert queries(desk.page) == few
