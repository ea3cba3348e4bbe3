"""The list of vouchers: what it shows, how it is narrowed, the balance of an account, and the files."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from finance.models import Account, Voucher
from finance.posting import post_grant
from initiatives.access import Role
from initiatives.models import Cluster, Initiative, User
from tests import build

from . import build_ledger as ledger

pytestmark = pytest.mark.django_db
MAY = date(2025, 5, 1)


@pytest.fixture
def cluster() -> Cluster:
    """Jammerbugt's pool gets 900 and 100 kr., and 50 are proposed; initiative 5 is allocated 300."""
    cluster = ledger.ledger()
    jammerbugt = ledger.party(cluster)
    grants = (("900", "Tildeling Æ", MAY, "posted"), ("100.50", "Tilskud", date(2025, 6, 1), "posted"),
              ("50", "Mere", date(2025, 6, 2), "proposed"))  # fmt: skip
    for amount, text, day, state in grants:
        heading = ledger.heading(cluster, 2025, day, text=text, state=Voucher.State(state))
        post_grant(heading, Decimal(amount), jammerbugt)
    ledger.allocate(ledger.line(cluster), "300", budget_year=2024, held_on=date(2025, 1, 2), text="Træning")
    return cluster


@pytest.fixture
def reader(cluster: Cluster) -> User:
    return build.user("petra", Role.POLITICIAN, cluster)


@pytest.fixture
def shown(reader: User, sign_in: Callable[[User], Client]) -> Callable[..., str]:
    client = sign_in(reader)

    def page(**query: Any) -> str:
        answer = client.get(reverse("finance:vouchers"), query)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return page


def pool() -> Account:
    return Account.objects.get(kind="pool", party__name="Jammerbugt Kommune", cluster__slug="proeve")


def test_it_opens_with_how_many_are_posted_and_how_many_wait(shown):
    assert "3 bilag er bogført. 1 forslag tæller ikke med, før det er bogført." in shown()


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ({}, {"Tildeling Æ", "Tilskud", "Mere", "Træning"}),
        ({"q": "tildeling æ"}, {"Tildeling Æ"}),
        ({"aar": "2024"}, {"Træning"}),
        ({"slags": "allocation"}, {"Træning"}),
        ({"tilstand": "forslag"}, {"Mere"}),
        ({"tilstand": "bogfoert", "slags": "grant"}, {"Tildeling Æ", "Tilskud"}),
        ({"pr": "2025-05-01"}, {"Tildeling Æ", "Træning"}),
    ],
)
def test_it_shows_what_fits(shown, query: dict[str, str], texts: set[str]):
    page = shown(**query)
    assert {text for text in ("Tildeling Æ", "Tilskud", "Mere", "Træning") if f">{text}</a>" in page} == texts


def test_it_is_narrowed_by_initiative_party_and_decision(shown, cluster: Cluster):
    five = Initiative.objects.get(cluster=cluster, number="5")
    decision = Voucher.objects.get(text="Træning").decision_id
    party = pool().party_id
    assert ">Tilskud</a>" not in shown(indsats=five.pk)
    assert ">Træning</a>" in shown(indsats=five.pk)
    assert ">Træning</a>" in shown(beslutning=decision)
    assert ">Tilskud</a>" not in shown(beslutning=decision)
    # The recipient of the allocation is the party, too.
    assert "<strong>4</strong> bilag" in shown(part=party)


def test_a_chosen_account_shows_its_balance_after_each_voucher(shown):
    page = shown(konto=pool().pk)
    assert "står der <strong>1.000,50 kr.</strong> på »Jammerbugt Kommune: pulje«" in page
    assert page.index("1.000,50</td>") < page.index(">900,00</td>")


def test_a_proposal_counts_in_the_balance_only_where_it_is_asked_for(shown):
    assert "1.050,50" not in shown(konto=pool().pk)
    page = shown(konto=pool().pk, forslag="1")
    assert "1.050,50 kr.</strong> på »Jammerbugt Kommune: pulje« (inkl. forslag)" in page


def test_a_party_shows_the_balance_of_its_pool(shown):
    assert "<strong>1.000,50 kr.</strong> på »Jammerbugt Kommune: pulje«" in shown(part=pool().party_id)


def test_the_balance_is_of_all_vouchers_whatever_the_filters_leave_out(shown):
    page = shown(konto=pool().pk, q="tilskud")
    assert "<strong>1</strong> bilag" in page
    assert "1.000,50</td>" in page


def test_the_file_has_numbers_and_what_the_screen_leaves_out(reader: User, sign_in):
    answer = sign_in(reader).get(reverse("finance:vouchers"), {"eksport": "excel", "konto": pool().pk, "q": "tilskud"})
    head, row = load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True)
    said = dict(zip(head, row, strict=True))
    assert said["Saldo, kr."] == pytest.approx(1000.5)
    assert said["Tilstand"] == "bogført"
    assert said["Bilagsnr."].startswith("Bilag ")


@pytest.mark.parametrize("query", [{"konto": "99999999"}, {"part": "x"}, {"aar": "20"}, {"indsats": "-1"}, {"q": "\0"}])
def test_what_means_nothing_is_left_out(shown, query: dict[str, str]):
    assert "bilag er bogført" in shown(**query)


@pytest.mark.parametrize("key", ["held_on", "text", "kind", "budget_year", "amount"])
def test_every_order_can_be_asked_for_both_ways(shown, key: str):
    for order in (key, f"-{key}"):
        assert "<strong>4</strong> bilag" in shown(sort=order)


def test_an_empty_ledger_says_what_comes_next(sign_in):
    other = ledger.ledger("tom", "Sundhedsklynge Tom")
    page = sign_in(build.user("tove", Role.POLITICIAN, other)).get(reverse("finance:vouchers")).content.decode()
    assert "Økonomen indtaster det første bilag." in page


def test_the_cost_does_not_grow(cluster: Cluster, reader: User, sign_in, queries):
    client = sign_in(reader)
    address = reverse("finance:vouchers")
    few = queries(lambda: client.get(address, {"konto": pool().pk}))
    for number in range(8):
        ledger.allocate(ledger.line(cluster, f"2{number}"), "300", budget_year=2025, held_on=MAY)
    assert queries(lambda: client.get(address, {"konto": pool().pk})) == few
