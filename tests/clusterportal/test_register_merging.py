"""The pages that merge two rows of the register: choose, read what happens, do it, and take it back."""

from collections.abc import Callable

import pytest
from django.test import Client

from initiatives.access import Role
from initiatives.models import Actor, InitiativeActor, User

from .. import build

WHY = "Stavet forkert"


@pytest.fixture
def client(db, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(build.user("karen", Role.COORDINATOR, build.cluster()))


@pytest.fixture
def kept(db) -> Actor:
    return build.municipality()


@pytest.fixture
def twice(db) -> Actor:
    """Entered twice, and named by an initiative."""
    actor = build.municipality("Prøve Komune")
    InitiativeActor.objects.create(initiative=build.initiative("1"), label="Prøve", position=1).actors.add(actor)
    return actor


def page(actor: Actor, folder: str = "") -> str:
    return f"/stamdata/aktoerer/{actor.pk}/{folder}"


def text(answer) -> str:
    return answer.content.decode().split("<main")[1].split("</main>")[0]


def merged(client: Client, twice: Actor, kept: Actor):
    return client.post(page(twice, "saml/"), {"into": kept.pk, "reason": WHY}, follow=True)


def test_the_page_tells_what_moves_before_anything_is_changed(client, twice, kept):
    assert f'href="{page(twice, "saml/")}"' in text(client.get(page(twice)))
    html = text(client.get(page(twice, "saml/"), {"into": kept.pk}))
    assert "Prøve Komune bliver det samme som Prøve Kommune, som bevares." in html
    assert "<span>Indsatser, der nævner den</span> <strong>1</strong>" in html
    assert "Få ord" in html
    assert "Skriv med få ord" not in html
    assert Actor.objects.in_use().filter(pk=twice.pk).exists()


def test_a_merged_party_leads_to_the_other_which_tells_of_it(client, twice, kept):
    answer = merged(client, twice, kept)
    assert answer.redirect_chain == [(page(kept), 302)]
    assert f'<a href="{page(twice)}?egen=1">Prøve Komune</a>' in text(answer)
    assert client.get(page(twice)).url == page(kept)
    assert f"af Karen: {WHY}" in text(client.get(page(twice), {"egen": "1"}))


def test_a_merged_party_is_neither_listed_nor_offered_but_found_by_its_old_name(client, twice, kept):
    merged(client, twice, kept)
    rows = client.get("/stamdata/aktoerer/", {"q": "komune"}).context["table"].rows
    assert [row.record.name for row in rows] == ["Prøve Kommune"]
    for address in ("/stamdata/aktoerer/ny/", "/stamdata/personer/ny/", "/indsatser/proeve/1/rediger/aktoerer/"):
        html = text(client.get(address))
        assert "Prøve Kommune" in html
        assert "Prøve Komune" not in html


def test_the_initiatives_history_tells_of_the_merge(client, twice, kept):
    merged(client, twice, kept)
    html = text(client.get("/indsatser/proeve/1/?fane=historik"))
    assert WHY in html
    assert "Prøve Komune" in html


def test_what_was_merged_is_taken_back(client, twice, kept):
    merged(client, twice, kept)
    answer = client.post(page(twice, "i-brug/"), follow=True)
    assert "Prøve Komune er i brug igen." in text(answer)
    assert "1 Prøveindsats 1</a>" in text(answer)
    assert "Den er allerede i brug." in text(client.post(page(twice, "i-brug/"), follow=True))


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"reason": ""}, "Skriv med få ord hvorfor."),
        ({"reason": "x" * 10_000}, "Skriv højst 500 tegn. Der er 10000 nu."),
        ({"reason": "a\u202eb"}, "Der er et usynligt tegn i teksten."),
        ({"into": "999999"}, "Vælg en anden, der er i brug og af samme slags."),
        ({"into": "hund"}, "Vælg en anden, der er i brug og af samme slags."),
        ({"into": ""}, "Vælg en anden, der er i brug og af samme slags."),
    ],
)
def test_bad_input_is_explained_and_nothing_is_merged(client, twice, kept, typed, complaint):
    answer = client.post(page(twice, "saml/"), {"into": kept.pk, "reason": WHY, **typed})
    assert answer.status_code == 200
    assert complaint in text(answer)
    assert answer.context["form"]["reason"].value() == {"reason": WHY, **typed}["reason"]
    assert Actor.objects.in_use().filter(pk=twice.pk).exists()


def test_what_cannot_be_merged_says_why_instead_of_offering_it(client, twice):
    html = text(client.get(page(build.region(), "saml/")))
    assert "hører til den som region" in html
    assert "<form" not in html


def test_the_merge_page_costs_the_same_whatever_it_moves(client, twice, kept, queries):
    address = f"{page(twice, 'saml/')}?into={kept.pk}"
    few = queries(lambda: client.get(address))
    for number in range(2, 8):
        line = InitiativeActor.objects.create(initiative=build.initiative(str(number)), label="Prøve", position=1)
        line.actors.add(twice)
        build.municipality(f"Kommune {number}")
    assert queries(lambda: client.get(address)) == few
