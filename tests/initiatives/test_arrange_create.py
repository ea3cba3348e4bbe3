"""A new initiative: where it is found, what is refused, and that nothing typed is lost."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from initiatives.access import Role
from initiatives.arrange.editing import create_initiative
from initiatives.models import ActionPlan, Initiative, Person
from tests import build

from .build_arrange import CREATE, NOW, coordinator, facts, initiative, mark, typed_facts
from .build_status import page


@pytest.fixture
def client(db, sign_in):
    build.theme()
    return sign_in(coordinator())


def test_what_is_typed_is_created_and_the_next_page_is_its_parties(client):
    person = Person.objects.create(name="Nora Prøve", role="Chef")
    answer = client.post(CREATE, typed_facts(responsible=str(person.pk)))
    assert (answer.status_code, answer.headers["Location"]) == (302, "/indsatser/proeve/7/rediger/aktoerer/")
    made = Initiative.objects.get(cluster__slug="proeve", address="7")
    assert (made.title, made.theme, made.plan, made.responsible) == (
        "Fælles faldteam",
        build.theme(),
        build.plan(),
        person,
    )
    assert (made.starts, made.ends) == (date(2023, 2, 1), date(2025, 1, 1))


def test_the_creator_and_the_moment_are_kept(db):
    maria = coordinator()
    made = create_initiative(build.cluster(), facts(), mark(maria, ""))
    [row] = made.history.all()
    assert (row.history_user, row.history_date, row.history_type) == (maria, NOW, "+")


def test_one_without_status_looks_right_in_the_list_and_on_its_page(client):
    client.post(CREATE, typed_facts())
    assert "Ingen status endnu" in page(client.get("/indsatser/?klynge=proeve"))
    html = page(client.get("/indsatser/proeve/7/"))
    assert "Ingen status endnu" in html
    assert client.get("/").status_code == 200


def test_one_without_number_is_called_by_its_short_title(client):
    answer = client.post(CREATE, typed_facts(number="", place="ingen"))
    assert answer.headers["Location"] == "/indsatser/proeve/faldteam/rediger/aktoerer/"
    html = page(client.get("/indsatser/proeve/faldteam/"))
    assert "Indsats </p>" not in html
    assert 'aria-current="page"><svg' in html
    assert "Faldteam</li>" in html


def later_plan() -> ActionPlan:
    return ActionPlan.objects.create(
        cluster=build.cluster(), title="Handleplan 2026–2029", starts=date(2026, 1, 1), ends=date(2030, 1, 1)
    )


def test_a_later_plan_counts_anew_at_an_address_with_its_year(db):
    maria = coordinator()
    create_initiative(build.cluster(), facts(), mark(maria))
    second = create_initiative(build.cluster(), facts(plan=later_plan(), theme=None), mark(maria))
    assert (second.number, second.address) == ("7", "7-2026")


@pytest.mark.parametrize(("taken", "expected"), [(["ny"], "ny-2022"), (["ny", "ny-2022"], "ny-2022-2")])
def test_an_address_that_is_a_page_or_taken_is_never_given(db, taken, expected):
    for address in taken[1:]:
        build.initiative("", address=address)
    made = create_initiative(build.cluster(), facts(number="", short_title="Ny"), mark(coordinator()))
    assert made.address == expected


def test_a_long_title_gives_an_address_of_at_most_twenty(db):
    maria, long = coordinator(), facts(number="", short_title="Sammenhængende borgerforløb for ældre")
    first = create_initiative(build.cluster(), long, mark(maria))
    second = create_initiative(build.cluster(), long, mark(maria))
    assert first.address != second.address
    assert max(len(first.address), len(second.address)) <= 20


def test_a_taken_number_names_who_has_it(client):
    initiative("5")
    html = page(client.post(CREATE, typed_facts(number="5")))
    assert "Nummer 5 bruges allerede af »Gangtræning«. Vælg et andet." in html
    assert html.count("Fælles faldteam") == 1
    assert Initiative.objects.filter(cluster__slug="proeve").count() == 1


REFUSED = [
    ("title", "", "Skriv titlen."),
    ("title", "x" * 10_000, "Skriv højst 200 tegn. Der er 10.000 nu."),
    ("title", "Skjult \x00 tegn", "Null-tegn er ikke tilladte."),
    ("title", "Vendt \u202etxet", "Der er et usynligt tegn i teksten."),
    ("short_title", "", "Skriv en kort titel"),
    ("number", "7/8", "Skriv nummeret med cifre og bogstaver"),
    ("number", "12345678901", "Skriv højst 10 tegn."),
    ("starts", "31.02.2023", "Datoen findes ikke"),
    ("starts", "31.12.2021", "Datoen ligger uden for handleplanen, som løber fra 01.01.2022 til 31.12.2025."),
    ("ends", "01.01.2026", "Datoen ligger uden for handleplanen"),
    ("ends", "31.01.2023", "Sidste dag ligger før første dag."),
    ("ends", "31.12.9999", "Datoen ligger uden for handleplanen"),
    ("place", "tema-999999", "Vælg en af mulighederne."),
    ("place", "", "Vælg handleplan og tema."),
    ("responsible", "abc", "Vælg en af mulighederne."),
]


@pytest.mark.parametrize(
    ("name", "typed", "message"), REFUSED, ids=[f"{name}-{number}" for number, (name, *_) in enumerate(REFUSED)]
)
def test_what_is_refused_is_told_at_the_field_and_above_and_kept(client, name, typed, message):
    answer = client.post(CREATE, typed_facts(**{name: typed}))
    form = answer.context["form"]
    assert answer.status_code == 200
    assert message in " ".join(form.errors[name])
    html = answer.content.decode()
    assert f'id="id_{name}_error"' in html
    assert f'href="#id_{name}"' in html
    assert form["target_group"].value() == "Borgere over 65 år"
    assert form[name].value() == typed
    assert not Initiative.objects.filter(cluster__slug="proeve").exists()


@pytest.mark.parametrize("title", ["מסלול משותף", "Gå-hold 🚶‍♀️", "<script>alert(1)</script>"])
def test_letters_from_the_right_emoji_and_markup_are_text(client, title):
    assert client.post(CREATE, typed_facts(title=title)).status_code == 302
    answer = client.get("/indsatser/proeve/7/")
    assert Initiative.objects.get(address="7", cluster__slug="proeve").title == title
    assert b"<script>alert" not in answer.content
    assert title in page(answer)


@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.SECRETARIAT, Role.ADMINISTRATOR])
def test_the_act_refuses_other_roles(db, role):
    values = facts()
    with pytest.raises(PermissionDenied):
        create_initiative(build.cluster(), values, mark(build.user("nogen", role)))


def test_the_act_judges_again_what_the_form_has_judged(db):
    initiative("5")
    with pytest.raises(ValidationError) as refused:
        create_initiative(build.cluster(), facts(number="5"), mark(coordinator()))
    assert set(refused.value.message_dict) == {"number"}
