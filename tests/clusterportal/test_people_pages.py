"""Creating a user, changing one, closing and opening the access."""

from collections.abc import Callable

import pytest
from django.test import Client

from initiatives.access import Role
from initiatives.models import Cluster, User

from .. import build
from . import build_people as people

SignIn = Callable[[User], Client]


@pytest.fixture
def client(sign_in: SignIn, administrator: User) -> Client:
    """The browser of the administrator of Midt."""
    return sign_in(administrator)


def typed_ida(midt: Cluster, **other: object) -> dict[str, object]:
    roles = {f"cluster-{midt.pk}": ["coordinator"]}
    return {"first_name": "Ida", "last_name": "Ny", "email": "ida@eksempel.dk", "username": "ida", **roles, **other}


# Creating


def test_a_user_is_created_with_its_roles(client: Client, midt: Cluster):
    answer = client.post("/brugere/ny/", typed_ida(midt), follow=True)
    ida = User.objects.get(username="ida")
    assert people.held(ida) == {(midt.name, "coordinator")}
    assert answer.redirect_chain == [(f"/brugere/{ida.pk}/", 302)]
    assert "Ida Ny er oprettet." in people.said(answer)


def test_a_region_administrator_gives_roles_in_several_places_at_once(sign_in: SignIn, midt: Cluster):
    client = sign_in(people.region_administrator(midt.region))
    roles = {f"region-{midt.region_id}": ["politician"], f"cluster-{midt.pk}": ["coordinator", "secretariat"]}
    client.post("/brugere/ny/", typed_ida(midt, **roles))
    assert people.held(User.objects.get(username="ida")) == {
        (midt.region.name, "politician"), (midt.name, "coordinator"), (midt.name, "secretariat"),
    }  # fmt: skip


def test_all_errors_are_told_at_once_and_what_was_typed_is_kept(client: Client, coordinator: User, midt: Cluster):
    wrong = {"first_name": "", "email": "KIRSTEN@eksempel.dk", "username": "Kirsten", f"cluster-{midt.pk}": []}
    answer = client.post("/brugere/ny/", typed_ida(midt, **wrong))
    assert set(answer.context["form"].errors) == {"first_name", "email", "username", f"cluster-{midt.pk}"}
    assert 'value="KIRSTEN@eksempel.dk"' in answer.content.decode()
    assert 'value="Ny"' in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first_name", "x" * 10_000),
        ("first_name", "Ida\u202egnoL"),
        ("first_name", "Ida\x00"),
        ("last_name", "y" * 151),
        ("email", "ida"),
        ("email", "i" * 300 + "@eksempel.dk"),
        ("username", "ida nielsen"),
        ("username", "u" * 151),
    ],
)
def test_bad_input_gets_a_message_beside_its_field(field: str, value: str, client: Client, midt: Cluster):
    answer = client.post("/brugere/ny/", typed_ida(midt, **{field: value}))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert not User.objects.filter(email="ida@eksempel.dk").exists()


@pytest.mark.parametrize("name", ["Ida 🌱", "عائشة", "O'Neill <b>", "Åse-Ærø Ø."])
def test_an_unusual_name_is_a_name(name: str, client: Client, midt: Cluster):
    client.post("/brugere/ny/", typed_ida(midt, first_name=name))
    assert User.objects.get(username="ida").first_name == name


def test_a_role_in_a_place_that_is_not_administered_is_not_given(client: Client, midt: Cluster):
    elsewhere = people.neighbour(midt)
    client.post("/brugere/ny/", typed_ida(midt, **{f"cluster-{elsewhere.pk}": ["administrator"]}))
    assert people.held(User.objects.get(username="ida")) == {(midt.name, "coordinator")}


def test_an_unknown_role_is_refused(client: Client, midt: Cluster):
    answer = client.post("/brugere/ny/", typed_ida(midt, **{f"cluster-{midt.pk}": ["konge"]}))
    assert list(answer.context["form"].errors) == [f"cluster-{midt.pk}"]


# Changing


def test_name_email_and_roles_are_changed_on_one_page(client: Client, coordinator: User, midt: Cluster):
    address = f"/brugere/{coordinator.pk}/"
    roles = {f"cluster-{midt.pk}": ["secretariat", "politician"]}
    typed = people.form_of(client, address, last_name="Berg", email="KB@eksempel.dk", **roles)
    answer = client.post(address, typed, follow=True)
    assert people.identity(coordinator).name == "Kirsten Berg"
    assert people.identity(coordinator).email == "kb@eksempel.dk"
    assert people.held(coordinator) == {(midt.name, "secretariat"), (midt.name, "politician")}
    assert "Kirsten Berg er gemt." in people.said(answer)


def test_the_history_tells_who_did_what(client: Client, coordinator: User):
    address = f"/brugere/{coordinator.pk}/"
    answer = client.post(address, people.form_of(client, address, last_name="Berg"), follow=True)
    assert "Ændrede navnet fra »Kirsten« til »Kirsten Berg«." in answer.content.decode()
    assert " · Anders" in answer.content.decode()


def test_saving_unchanged_says_that_nothing_was_saved(client: Client, coordinator: User):
    address = f"/brugere/{coordinator.pk}/"
    answer = client.post(address, people.form_of(client, address), follow=True)
    assert "intet er ændret" in people.said(answer)


def test_two_at_once_the_second_sees_both_versions_and_may_choose(
    client: Client, sign_in: SignIn, coordinator: User, midt: Cluster
):
    address = f"/brugere/{coordinator.pk}/"
    bo = sign_in(build.user("bo", Role.ADMINISTRATOR, midt))
    typed = people.form_of(client, address, last_name="Dal")
    bo.post(address, people.form_of(bo, address, last_name="Berg"))
    answer = client.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Bo ændrede brugeren, mens du skrev. Intet er overskrevet." in page
    assert 'value="Dal"' in page
    assert [row.saved for row in answer.context["form"].identity_rows] == ["", "Berg", ""]
    assert people.again(coordinator).last_name == "Berg"

    shown = {field.html_name: field.value() for field in answer.context["form"]}
    client.post(address, shown)
    assert people.again(coordinator).last_name == "Dal"


def test_a_forged_fingerprint_saves_nothing(client: Client, coordinator: User):
    address = f"/brugere/{coordinator.pk}/"
    answer = client.post(address, people.form_of(client, address, last_name="Dal", as_loaded="0" * 64))
    assert answer.status_code == 409
    assert people.again(coordinator).last_name == ""


def test_the_own_administrator_role_stays_with_a_message_at_its_place(
    client: Client, administrator: User, midt: Cluster
):
    address = f"/brugere/{administrator.pk}/"
    answer = client.post(address, people.form_of(client, address, **{f"cluster-{midt.pk}": ["coordinator"]}))
    assert "dig selv" in answer.context["form"].errors[f"cluster-{midt.pk}"][0]
    assert people.held(administrator) == {(midt.name, "administrator")}


def test_roles_elsewhere_are_shown_and_cannot_be_changed(client: Client, coordinator: User, midt: Cluster):
    elsewhere = people.neighbour(midt)
    people.give(coordinator, elsewhere, Role.SECRETARIAT)
    answer = client.get(f"/brugere/{coordinator.pk}/")
    assert "Sundhedsklynge Nabo" in answer.content.decode()
    assert f"cluster-{elsewhere.pk}" not in answer.context["form"].fields
    assert "email" not in answer.context["form"].fields


def test_an_email_sent_along_for_a_shared_user_is_not_read(client: Client, coordinator: User, midt: Cluster):
    people.give(coordinator, people.neighbour(midt), Role.ADMINISTRATOR)
    address = f"/brugere/{coordinator.pk}/"
    client.post(address, people.form_of(client, address, email="anders-privat@eksempel.dk", first_name="X"))
    assert people.again(coordinator).email == "kirsten@eksempel.dk"


def test_who_loses_the_last_role_here_leaves_the_list(client: Client, coordinator: User, midt: Cluster):
    people.give(coordinator, people.neighbour(midt), Role.SECRETARIAT)
    address = f"/brugere/{coordinator.pk}/"
    answer = client.post(address, people.form_of(client, address, **{f"cluster-{midt.pk}": []}), follow=True)
    assert answer.redirect_chain == [("/brugere/", 302)]
    assert "ikke længere en rolle" in people.said(answer)


def test_a_users_page_costs_the_same_with_a_long_history(
    client: Client, queries, administrator: User, coordinator: User
):
    address = f"/brugere/{coordinator.pk}/"
    client.get(address)
    few = queries(lambda: client.get(address))
    for number in range(20):
        client.post(address, people.form_of(client, address, last_name=f"Berg {number}"))
    client.get(address)  # shows the messages
    assert queries(lambda: client.get(address)) == few


# Who may


@pytest.mark.parametrize("part", ["", "adgang/"])
def test_a_user_of_another_cluster_is_not_there(part: str, client: Client, stranger: User):
    assert client.get(f"/brugere/{stranger.pk}/{part}").status_code == 404
    assert client.get(f"/brugere/999999/{part}").status_code == 404


@pytest.mark.parametrize("part", ["", "adgang/", "link/"])
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.POLITICIAN, Role.SECRETARIAT])
def test_nobody_else_changes_users(role: Role, part: str, sign_in: SignIn, politician: User, midt: Cluster):
    client = sign_in(build.user("uden", role, midt))
    assert client.post(f"/brugere/{politician.pk}/{part}", {"reason": "x", "act": "close"}).status_code == 403
    assert people.again(politician).is_active


def test_a_link_is_not_given_by_looking(client: Client, coordinator: User):
    assert client.get(f"/brugere/{coordinator.pk}/link/").status_code == 405


# Access


def test_a_deactivated_user_is_logged_off_at_once_and_for_good(client: Client, sign_in: SignIn, coordinator: User):
    theirs = sign_in(coordinator)
    assert theirs.get("/konto/").status_code == 200
    address = f"/brugere/{coordinator.pk}/adgang/"
    client.post(address, {"act": "close", "reason": "Stoppet"})
    assert theirs.get("/konto/").status_code == 302
    client.post(address, {"act": "open", "reason": ""})
    assert theirs.get("/konto/").status_code == 302


def test_others_stay_logged_in(client: Client, sign_in: SignIn, coordinator: User, politician: User):
    other = sign_in(politician)
    client.post(f"/brugere/{coordinator.pk}/adgang/", {"act": "close", "reason": "Stoppet"})
    assert other.get("/konto/").status_code == 200


def test_the_reason_is_shown_in_the_history(client: Client, coordinator: User):
    address = f"/brugere/{coordinator.pk}/adgang/"
    answer = client.post(address, {"act": "close", "reason": "Ny stilling i <Region>"}, follow=True)
    page = answer.content.decode()
    assert "Deaktiverede brugeren." in page
    assert "Ny stilling i &lt;Region&gt;" in page


def test_without_a_reason_nothing_happens(client: Client, coordinator: User):
    answer = client.post(f"/brugere/{coordinator.pk}/adgang/", {"act": "close", "reason": " "})
    assert list(answer.context["form"].errors) == ["reason"]
    assert people.again(coordinator).is_active


def test_too_long_a_reason_is_kept_and_refused(client: Client, coordinator: User):
    answer = client.post(f"/brugere/{coordinator.pk}/adgang/", {"act": "close", "reason": "å" * 501})
    assert "å" * 501 in answer.content.decode()
    assert people.again(coordinator).is_active


def test_closing_what_another_has_closed_tells_who(client: Client, sign_in: SignIn, coordinator: User, midt: Cluster):
    address = f"/brugere/{coordinator.pk}/adgang/"
    bo = sign_in(build.user("bo", Role.ADMINISTRATOR, midt))
    bo.post(address, {"act": "close", "reason": "Stoppet"})
    answer = client.post(address, {"act": "close", "reason": "Også mig"}, follow=True)
    assert "Bo ændrede brugeren" in people.said(answer)
    assert people.traces(coordinator) == ["deactivated"]


def test_the_last_administrators_page_says_why_there_is_no_button(sign_in: SignIn, administrator: User):
    page = sign_in(people.superuser()).get(f"/brugere/{administrator.pk}/").content.decode()
    assert "eneste administrator" in page
    assert "Deaktivér bruger" not in page
