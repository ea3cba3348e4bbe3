"""The register of parties, forums and office holders: who may change what, what is refused, and what stays."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client

from initiatives import tracing
from initiatives.access import Role
from initiatives.models import Actor, Cluster, Forum, InitiativeActor, Person, User

from .. import build

ACTOR = {"name": "Prøve Sygehus", "kind": "hospital", "part_of": ""}


@pytest.fixture
def own(db) -> Cluster:
    return build.cluster()


@pytest.fixture
def client(own: Cluster, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(build.user("karen", Role.COORDINATOR, own))


@pytest.fixture
def ours(own: Cluster) -> Actor:
    """A party that initiatives of the own cluster name."""
    actor = build.municipality()
    InitiativeActor.objects.create(initiative=build.initiative("1"), label="Prøve", position=1).actors.add(actor)
    return actor


@pytest.fixture
def theirs(own: Cluster) -> Actor:
    """A party of another cluster alone."""
    actor = build.municipality("Fremmed Kommune")
    build.cluster("fremmed", "Sundhedsklynge Fremmed").parties.add(actor)
    return actor


def text(answer: Any) -> str:
    return answer.content.decode()


def address(row: Actor | Forum | Person) -> str:
    folder = {Actor: "aktoerer", Forum: "fora", Person: "personer"}[type(row)]
    return f"/stamdata/{folder}/{row.pk}/"


def typed(actor: Actor, **values: str) -> dict[str, str]:
    known = {"name": actor.name, "kind": actor.kind, "part_of": str(actor.part_of_id or "")}
    return {**known, "as_loaded": tracing.version_of(actor), "reason": "", **values}


def test_the_list_is_in_danish_order_and_counts_initiatives(client, ours):
    for name in ("Aalborg", "Ærø", "Åben", "Zebra"):
        build.municipality(name)
    rows = client.get("/stamdata/aktoerer/?per_page=100&slags=municipality").context["table"].rows
    shown = [row.record.name for row in rows if row.record.name in {"Aalborg", "Ærø", "Åben", "Zebra"}]
    assert shown == ["Zebra", "Ærø", "Åben", "Aalborg"]
    assert [row.record.count for row in rows if row.record.name == ours.name] == [1]


def test_the_search_knows_danish_capitals_and_every_word(client, own):
    build.municipality("Østervrå og Ærø")
    found = client.get("/stamdata/aktoerer/?q=ærø ØSTER").context["table"].rows
    assert [row.record.name for row in found] == ["Østervrå og Ærø"]


@pytest.mark.parametrize("folder", ["aktoerer", "fora", "personer"])
@pytest.mark.parametrize(
    "query", ["?q=%00", "?sort=løgn&page=99&per_page=7", "?slags=hund", "?eksport=csv", "?q=findes-ikke"]
)
def test_no_address_makes_a_list_fail(client, folder, query):
    assert client.get(f"/stamdata/{folder}/{query}").status_code == 200


@pytest.mark.parametrize("folder", ["aktoerer", "fora", "personer"])
@pytest.mark.parametrize("sort", ["name", "-kind", "belongs"])
def test_every_list_can_be_sorted(client, folder, sort, midt):
    assert client.get(f"/stamdata/{folder}/?sort={sort}").status_code == 200


def test_lists_and_pages_cost_the_same_whatever_they_hold(client, ours, queries):
    pages = ["/stamdata/aktoerer/", "/stamdata/fora/", "/stamdata/personer/", address(ours)]
    few = [queries(partial(client.get, page)) for page in pages]
    for number in range(12):
        actor = build.municipality(f"Kommune {number}")
        Forum.objects.create(name=f"Forum {number}", level="executive", cluster=build.cluster())
        Person.objects.create(name=f"Person {number}", role="leder", organisation=actor)
    assert [queries(partial(client.get, page)) for page in pages] == few


def test_a_party_is_created_once_however_often_the_form_is_sent(client):
    for _press in range(2):
        answer = client.post("/stamdata/aktoerer/ny/", ACTOR)
    made = Actor.objects.get(name=ACTOR["name"])
    assert answer.url == address(made)


@pytest.mark.parametrize(
    ("values", "field", "complaint"),
    [
        ({"name": ""}, "name", "Skriv navnet."),
        ({"name": "x" * 10_000}, "name", "Skriv højst 120 tegn. Der er 10000 nu."),
        ({"name": "prøve KOMMUNE"}, "name", "Der er allerede en aktør med det navn."),
        ({"name": "a\x00b"}, "name", ""),
        ({"name": "a\u202eb"}, "name", ""),
        ({"kind": "hund"}, "kind", ""),
        ({"part_of": "999999"}, "part_of", ""),
        ({"part_of": "\x00"}, "part_of", ""),
    ],
)
def test_bad_input_is_explained_beside_the_field_and_kept(client, ours, values, field, complaint):
    answer = client.post("/stamdata/aktoerer/ny/", {**ACTOR, **values})
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert complaint in text(answer)
    assert answer.context["form"]["name"].value() == {**ACTOR, **values}["name"]


def test_a_change_leaves_its_reason(client, ours):
    answer = client.post(address(ours), typed(ours, name="Ny Kommune", reason="Kommunesammenlægning"), follow=True)
    assert "af Karen: Kommunesammenlægning" in text(answer)


def test_whoever_saves_second_sees_both(client, ours):
    form = typed(ours, name="Mit navn")
    ours.name = "Andens navn"
    ours.save()
    answer = client.post(address(ours), form)
    assert answer.status_code == 409
    assert "<p>Andens navn</p>" in text(answer)
    assert 'value="Mit navn"' in text(answer)


def test_a_party_is_no_part_of_its_own_parts(client, ours):
    part = Actor.objects.create(name="En forvaltning", kind="other", part_of=ours)
    answer = client.post(address(ours), typed(ours, part_of=str(part.pk)))
    assert "En aktør kan ikke være en del af sig selv" in text(answer)


def test_the_region_of_a_cluster_stays_a_region(client, own):
    answer = client.post(address(own.region), typed(own.region, kind="other"))
    assert "skal blive ved med at være en region" in text(answer)


def test_a_coordinator_reads_but_does_not_change_the_parties_of_others(client, theirs):
    answer = client.get(address(theirs))
    assert "Du kan se det, men ikke rette det." in text(answer)
    assert "<dd>Ingen anden aktør</dd>" in text(answer)
    assert "<form method" not in text(answer).split("<main")[1].split("</main>")[0]
    assert client.post(address(theirs), typed(theirs, name="Kapret")).status_code == 403
    assert client.post(f"{address(theirs)}slet/").status_code == 403
    assert Actor.objects.get(pk=theirs.pk).name == "Fremmed Kommune"


def test_an_administrator_changes_all_parties(theirs, own, sign_in):
    administrator = sign_in(build.user("anders", Role.ADMINISTRATOR, own))
    assert administrator.post(address(theirs), typed(theirs, name="Rettet Kommune")).status_code == 302


@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.SECRETARIAT])
def test_readers_change_nothing(ours, own, sign_in, role):
    reader = sign_in(build.user("læser", role, own))
    assert reader.get(address(ours)).status_code == 200
    assert reader.post(address(ours), typed(ours, name="x")).status_code == 403
    assert reader.get("/stamdata/aktoerer/ny/").status_code == 403
    assert "Stamdata" not in text(reader.get("/"))


def test_what_is_used_says_where_and_stays(client, ours):
    page = text(client.get(address(ours)))
    assert "1 Prøveindsats 1</a>" in page
    assert ">Slet</button>" not in page
    answer = client.post(f"{address(ours)}slet/", follow=True)
    assert "er i brug og kan ikke slettes" in text(answer)
    assert Actor.objects.filter(pk=ours.pk).exists()


def test_what_is_not_used_is_deleted_with_a_trace(client, own):
    actor = build.municipality("Fejl Kommune")
    answer = client.post(f"{address(actor)}slet/", follow=True)
    assert "Fejl Kommune er slettet." in text(answer)
    assert Actor.history.filter(id=actor.pk, history_type="-", history_user__username="karen").exists()


def test_of_midt_the_ledger_and_the_measurements_count_as_uses(coordinator, sign_in, midt):
    page = text(sign_in(coordinator).get(address(Actor.objects.get(name="Aalborg Kommune"))))
    for words in ("Posteringer", "Dataindsamlinger", "Klynger den deltager i"):
        assert f"<span>{words}</span>" in page


def test_a_person_is_an_office_holder_and_the_page_says_so(client, ours):
    assert "Aldrig borgere eller patienter" in text(client.get("/stamdata/personer/ny/"))
    values = {"name": "Ida Prøve", "role": "direktør", "organisation": str(ours.pk), "user": ""}
    for _press in range(2):
        client.post("/stamdata/personer/ny/", values)
    person = Person.objects.get(name="Ida Prøve")
    assert person.organisation == ours


def test_a_user_is_one_person_only_and_a_colleague(client, own, stranger):
    karen = User.objects.get(username="karen")
    Person.objects.create(name="Karen", role="leder", user=karen)
    build.user("udenfor", Role.POLITICIAN, build.cluster("langt-vaek", "Sundhedsklynge Langt Væk"))
    form = client.get("/stamdata/personer/ny/").context["form"]
    assert "Udenfor" not in [label for _key, label in form.fields["user"].choices]
    answer = client.post("/stamdata/personer/ny/", {"name": "B", "role": "b", "organisation": "", "user": karen.pk})
    assert "Brugeren er allerede en anden person" in text(answer)


def test_a_forum_belongs_to_a_cluster_or_a_region_of_ones_own(client, own):
    build.cluster("fremmed", "Sundhedsklynge Fremmed")
    values = {"name": "Chefforum", "level": "management", "place": f"cluster-{own.pk}", "actor": ""}
    assert client.post("/stamdata/fora/nyt/", values).status_code == 302
    assert Forum.objects.get(name="Chefforum", cluster=own)
    places = [label for _key, label in client.get("/stamdata/fora/nyt/").context["form"].fields["place"].choices]
    assert "Sundhedsklynge Fremmed" not in places
    again = client.post("/stamdata/fora/nyt/", {**values, "level": "executive"})
    assert "Der er allerede et forum med det navn." in text(again)


def test_a_forum_of_another_cluster_is_not_found(client):
    elsewhere = build.cluster("fremmed", "Sundhedsklynge Fremmed")
    Cluster.objects.filter(pk=elsewhere.pk).update(region=build.region("Region Fremmed"))
    forum = Forum.objects.create(name="Fremmed forum", level="executive", cluster=elsewhere)
    assert client.get(address(forum)).status_code == 404


def test_nobody_sees_anything_without_a_cluster(db, sign_in):
    nobody = sign_in(User.objects.create_user("ny", "ny@eksempel.dk", build.PASSWORD))
    assert nobody.get(address(build.municipality())).status_code == 404
    assert "Intet her endnu" in text(nobody.get("/stamdata/personer/"))
