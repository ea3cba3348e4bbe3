"""The page of a voucher: what it says, what can be done with it, and what the one who comes last is told."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from finance.correcting import reverse as reverse_posted
from finance.models import Voucher
from finance.posting import post, post_spend, withdraw
from initiatives.access import Role
from initiatives.models import Cluster, User
from tests import build

from . import build_ledger as ledger

pytestmark = pytest.mark.django_db
MAY = date(2025, 5, 1)


@dataclass(frozen=True)
class Ledger:
    cluster: Cluster
    posted: Voucher
    proposed: Voucher
    economist: User


@pytest.fixture
def scene(db: None) -> Ledger:
    """Initiative 5 is allocated 1.000 kr.; 300 kr. are spent, and 200 kr. proposed."""
    cluster = ledger.ledger()
    line = ledger.line(cluster)
    ledger.allocate(line, "1000", budget_year=2025, held_on=MAY)
    economist = build.user("erna", Role.ECONOMIST, cluster)
    posted = ledger.spend(line, "300", budget_year=2025, held_on=MAY, text="Instruktør", entered_by=economist)
    heading = ledger.heading(cluster, 2025, MAY, text="Måtter", state=Voucher.State.PROPOSED, overspend_reason="")
    return Ledger(cluster, posted, post_spend(heading, line, Decimal(200)), economist)


@pytest.fixture
def client_of(sign_in: Callable[[User], Client]) -> Callable[[User], Client]:
    return sign_in


def address(voucher: Voucher, name: str = "voucher") -> str:
    return reverse(f"finance:{name}", args=[voucher.cluster.slug, voucher.reference])


def text_of(client: Client, voucher: Voucher) -> str:
    return " ".join(client.get(address(voucher)).content.decode().split())


def test_a_posted_voucher_says_what_it_moves_and_who_entered_it(scene: Ledger, client_of):
    page = text_of(client_of(scene.economist), scene.posted)
    assert "Flytter 300 kr. fra 1. maj 2025 i budgettet for 2025. Bilaget er bogført og ændres aldrig." in page
    assert "−300,00</td>" in page
    assert "0,00</td></tr> </tfoot>" in page
    assert "Erna" in page


def test_a_proposal_says_that_it_does_not_count(scene: Ledger, client_of):
    page = text_of(client_of(scene.economist), scene.proposed)
    assert "Et forslag om at flytte 200 kr. i budgettet for 2025. Det tæller ikke med endnu." in page
    assert ">Bogfør</button>" in page


def test_a_reader_is_told_why_nothing_can_be_done(scene: Ledger, client_of):
    page = text_of(client_of(build.user("petra", Role.POLITICIAN, scene.cluster)), scene.posted)
    assert "Kun en økonom tilbagefører og retter bogførte bilag." in page
    assert "Tilbagefør</a>" not in page


def test_an_economist_posts_a_proposal(scene: Ledger, client_of):
    answer = client_of(scene.economist).post(address(scene.proposed, "post_voucher"), {"version": 1}, follow=True)
    assert f"Bilag {scene.proposed.reference} er bogført." in answer.content.decode()
    now = Voucher.objects.get(pk=scene.proposed.pk)
    assert (now.state, now.posted_by) == ("posted", scene.economist)


def test_of_two_who_post_the_last_one_is_told_who_was_first(scene: Ledger, client_of):
    post(scene.proposed, scene.economist)
    other = build.user("otto", Role.ECONOMIST, scene.cluster)
    answer = client_of(other).post(address(scene.proposed, "post_voucher"), {"version": 1})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert f"Bilag {scene.proposed.reference} er allerede bogført af Erna" in page
    assert "intet er bogført to gange" in page


def test_who_posts_what_was_changed_meanwhile_is_asked_to_look_again(scene: Ledger, client_of):
    answer = client_of(scene.economist).post(address(scene.proposed, "post_voucher"), {"version": 7})
    assert answer.status_code == 409
    assert Voucher.objects.get(pk=scene.proposed.pk).state == "proposed"


@pytest.mark.parametrize("act", ["post_voucher", "withdraw_voucher"])
def test_who_acts_on_what_was_withdrawn_meanwhile_is_told(scene: Ledger, client_of, act: str):
    where = address(scene.proposed, act)
    withdraw(scene.proposed)
    answer = client_of(scene.economist).post(where, {"version": 1})
    assert answer.status_code == 409
    assert "er blevet trukket tilbage i mellemtiden" in answer.content.decode()


def test_a_proposal_is_withdrawn(scene: Ledger, client_of):
    answer = client_of(scene.economist).post(address(scene.proposed, "withdraw_voucher"), {"version": 1}, follow=True)
    assert f"Forslag {scene.proposed.reference} er trukket tilbage." in answer.content.decode()
    assert not Voucher.objects.filter(pk=scene.proposed.pk).exists()


def test_what_keeps_a_proposal_from_being_posted_is_told_on_its_page(scene: Ledger, client_of):
    line = ledger.line(scene.cluster)
    too_much = ledger.heading(scene.cluster, 2025, MAY, state=Voucher.State.PROPOSED, overspend_reason="")
    voucher = post_spend(too_much, line, Decimal(5000))
    answer = client_of(scene.economist).post(address(voucher, "post_voucher"), {"version": 1}, follow=True)
    assert "har 700 kr. tilbage, og bilaget tager 5.000 kr." in answer.content.decode()
    assert not Voucher.objects.get(pk=voucher.pk).is_posted


def test_a_posted_voucher_is_reversed_with_its_reason(scene: Ledger, client_of):
    client = client_of(scene.economist)
    answer = client.post(address(scene.posted, "reverse_voucher"), {"held_on": "1.6.2025", "reason": "Forkert indsats"})
    made = Voucher.objects.get(reverses=scene.posted)
    assert answer.headers["Location"] == made.get_absolute_url()
    assert (made.reason, made.entered_by, made.held_on) == ("Forkert indsats", scene.economist, date(2025, 6, 1))
    assert "er siden tilbageført" in text_of(client, scene.posted)
    assert made.reference in text_of(client, scene.posted)


@pytest.mark.parametrize(
    ("held_on", "reason", "told"),
    [
        ("1.6.2025", " ", "Skriv begrundelsen."),
        ("31.12.2024", "Fejl", "tidligst have samme dato som bilaget selv"),
        ("i går", "Fejl", "Skriv datoen som dag.måned.år"),
    ],
)
def test_a_reversal_that_is_refused_keeps_what_was_typed(
    scene: Ledger, client_of, held_on: str, reason: str, told: str
):
    answer = client_of(scene.economist).post(
        address(scene.posted, "reverse_voucher"), {"held_on": held_on, "reason": reason}
    )
    page = answer.content.decode()
    assert told in page
    assert f'value="{held_on}"' in page
    assert not Voucher.objects.filter(reverses=scene.posted).exists()


def test_a_reversed_voucher_cannot_be_reversed_again(scene: Ledger, client_of):
    reverse_posted(scene.posted, MAY, "Fejl")
    page = client_of(scene.economist).get(address(scene.posted, "reverse_voucher")).content.decode()
    assert "Bilaget er tilbageført, så der er ikke mere at rette." in page
    assert "<textarea" not in page


def test_a_receipt_is_added_and_fetched(scene: Ledger, client_of):
    client = client_of(scene.economist)
    file = SimpleUploadedFile("faktura.pdf", build.PDF)
    page = client.post(address(scene.posted, "add_voucher_file"), {"file": file}, follow=True).content.decode()
    assert "»faktura.pdf« er tilføjet." in page
    kept = scene.posted.files.get()
    got = client.get(reverse("finance:voucher_file", args=[scene.cluster.slug, kept.pk]))
    assert b"".join(got.streaming_content) == build.PDF


def test_a_file_that_is_no_receipt_is_refused_beside_the_field(scene: Ledger, client_of):
    file = SimpleUploadedFile("noter.txt", b"bare tekst")
    answer = client_of(scene.economist).post(address(scene.posted, "add_voucher_file"), {"file": file})
    assert "Filen er hverken en PDF" in answer.content.decode()
    assert not scene.posted.files.exists()


def test_a_reference_may_hold_anything(scene: Ledger, client_of):
    odd = ledger.spend(ledger.line(scene.cluster), "1", budget_year=2025, held_on=MAY, reference="2024/17 æ?#%")
    assert client_of(scene.economist).get(odd.get_absolute_url()).status_code == 200


def test_a_voucher_of_another_cluster_is_not_there(scene: Ledger, stranger: User, client_of):
    other = build.user("ulla", Role.POLITICIAN, ledger.ledger("anden", "Sundhedsklynge Anden"))
    assert client_of(other).get(address(scene.posted)).status_code == 404


def test_its_cost_does_not_grow_with_its_entries(scene: Ledger, client_of, queries):
    client = client_of(scene.economist)
    few = queries(lambda: client.get(address(scene.posted)))
    for number in range(4):
        ledger.used(ledger.line(scene.cluster, f"3{number}"), "10", "5", budget_year=2025, held_on=MAY)
    many = ledger.carry_over(scene.cluster, 2026, held_on=date(2026, 1, 1))
    # A carry-over rests on a decision, which is one query more.
    assert queries(lambda: client.get(address(many))) <= few + 1
