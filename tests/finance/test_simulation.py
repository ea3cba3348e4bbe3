"""The simulation page: an amount by the rule's key and by another."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from finance.models import Entry
from initiatives.access import Role
from initiatives.models import Cluster, User
from tests import build

pytestmark = pytest.mark.django_db

AMOUNT = {"beloeb": "509.569", "noegle": "population"}


@pytest.fixture
def client(nord: Cluster, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(build.user("nora", Role.POLITICIAN, nord))


@pytest.fixture
def shown(client: Client) -> Callable[..., str]:
    """The page with these parameters."""

    def get(**query: str) -> str:
        answer = client.get(reverse("finance:simulation"), {"klynge": "nord", **query})
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return get


def test_it_begins_with_the_key_that_the_rule_does_not_use(shown):
    text = shown()
    assert '<option value="population" selected' in text
    assert "Intet bliver gemt." in text
    assert "<table" not in text


def test_both_keys_stand_side_by_side_with_the_difference(shown):
    text = shown(**AMOUNT)
    assert "Tildelte klyngemidler 2022<span" in text
    assert 'data-title="Tildelte klyngemidler 2022">20.200,06</td>' in text
    assert "»Indbyggere i 2. kvartal 2022« flytter" in text
    assert text.count('role="rowheader"') == 10  # nine parties and the sum


def test_the_key_of_the_rule_changes_nothing(shown):
    text = shown(beloeb="100", noegle="grants")
    assert "»Tildelte klyngemidler 2022« giver alle parter det samme" in text


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "Dette felt er påkrævet."),
        ("0", "Beløbet skal være over 0."),
        ("-5", "Beløbet skal være over 0."),
        ("99999999999999999999", "Tallet har for mange cifre."),
        ("10.000.000.000", "Beløbet er større, end regnskabet kan rumme."),
        ("1,234", None),
        ("mange penge", None),
        ("1e9", None),
        ("NaN", None),
        ("<b>1</b>", None),
    ],
)
def test_a_bad_amount_is_told_beside_the_field_and_kept(shown, typed, message):
    text = shown(beloeb=typed, noegle="population")
    assert 'id="id_beloeb_error"' in text
    assert "error-summary-heading" in text
    assert "<table" not in text
    assert message is None or message in text
    assert f'value="{typed}"' in text or not typed or "<" in typed


def test_an_unknown_key_is_told_beside_the_field(shown):
    text = shown(beloeb="100", noegle="månen")
    assert 'id="id_noegle_error"' in text
    assert 'value="100"' in text


def test_one_ore_can_be_split(shown):
    assert "0,01" in shown(beloeb="0,01", noegle="population")


def test_the_file_holds_the_comparison(client):
    answer = client.get(reverse("finance:simulation"), {"klynge": "nord", **AMOUNT, "eksport": "csv"})
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[0] == "Part;Tildelte klyngemidler 2022;Indbyggere i 2. kvartal 2022;Forskel, kr."
    assert len(rows) == 10


def test_nothing_is_stored(shown):
    before = Entry.objects.count()
    shown(**AMOUNT)
    assert Entry.objects.count() == before


def test_it_is_only_read(client):
    assert client.post(reverse("finance:simulation"), AMOUNT).status_code == 405


def test_without_a_rule_the_page_says_who_enters_one(shown, sign_in, midt):
    assert "Intet at fordele" in shown(pr="2020-01-01")
    text = sign_in(build.user("mia", Role.POLITICIAN, midt)).get(reverse("finance:simulation")).content.decode()
    assert "Når en administrator har oprettet en regel og en nøgle" in text


def test_a_stranger_does_not_see_the_keys(nord, stranger, sign_in):
    assert sign_in(stranger).get(reverse("finance:simulation"), {"klynge": "nord"}).status_code == 404
