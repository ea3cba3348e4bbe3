"""Comments: who reads and writes them, whom they mention, and what an edit or a deletion leaves behind."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from initiatives.access import Role
from initiatives.commenting import edit_comment, named_in, remove_comment, write_comment
from initiatives.models import Comment, Initiative, User
from tests import build

from .build_status import coordinator, page, told

PAGE = "/indsatser/proeve/5/"
URL = PAGE + "kommentarer/"
# 23.30 and 00.30 in Copenhagen.
EVENING = datetime(2025, 4, 10, 21, 30, tzinfo=UTC)
PAST_MIDNIGHT = EVENING + timedelta(hours=1)


@pytest.fixture
def five(db: None) -> Initiative:
    return build.initiative("5")


@pytest.fixture
def maria(five: Initiative) -> User:
    return coordinator()


@pytest.fixture
def sofie(five: Initiative) -> User:
    return build.user("sofie", Role.SECRETARIAT)


@pytest.fixture
def client(maria: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(maria)


def said(of: Initiative, by: User, text: str = "Er tallene med?") -> Comment:
    return write_comment(of, by, text, timezone.now())


# Finding the mentioned.
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@maria, kan du se på det?", ["maria"]),
        ("(@maria) og @Sofie.", ["maria", "sofie"]),
        ("@maria @maria", ["maria"]),
        ("Skriv til navn@kommune.dk", []),
        ("@anne-marie.holm+x!", ["anne-marie.holm+x"]),
        ("a @ b, @", []),
        ("", []),
    ],
)
def test_a_mention_is_a_user_name_after_an_at_sign_that_is_no_address(text, names):
    assert named_in(text) == names


def test_who_is_mentioned_is_kept_whatever_the_case(five, maria, sofie):
    assert list(said(five, maria, "Hej @SOFIE").mentioned.all()) == [sofie]


@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.ADMINISTRATOR])
def test_somebody_who_does_not_read_the_comments_cannot_be_mentioned(five, maria, role):
    build.user("poul", role)
    with pytest.raises(ValidationError, match="har brugernavnet @poul"):
        said(five, maria, "Hej @poul")
    assert not Comment.objects.exists()


# Writing.
def test_a_comment_is_saved_and_shown_last(client, five, sofie):
    said(five, sofie, "Den første")
    answer = client.post(URL, {"comment-text": "Den anden"})
    new = five.comments.latest("pk")
    assert (answer.url, told(answer)) == (f"{PAGE}?fane=kommentarer#kommentar-{new.pk}", ["Din kommentar er gemt."])
    html = page(client.get(answer.url))
    assert html.index("Den første") < html.index("Den anden")
    assert "Kommentarer (2)" in html


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Skriv en kommentar."),
        (" \n ", "Skriv en kommentar."),
        ("x" * 10_000, "Skriv højst 2.000 tegn. Der er 10.000 nu."),
        ("Se 010203-1234", "ligner et CPR-nummer"),
        ("Hej @ukendt", "har brugernavnet @ukendt"),
        ("a\x00b", "Null"),
    ],
)
def test_what_is_refused_is_told_beside_the_field_and_kept(client, five, text, message):
    html = page(client.post(URL, {"comment-text": text}))
    assert 'id="id_comment-text_error"' in html
    assert message in html
    assert text.strip().replace("\x00", "") in html.replace("\x00", "")
    assert not five.comments.exists()


def test_links_can_be_followed_and_markup_is_shown_not_obeyed(client):
    client.post(
        URL, {"comment-text": "<script>alert(1)</script> https://eksempel.dk/a?b=1&c=2 javascript:alert(1) 👩‍⚕️"}
    )
    html = client.get(URL).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert '<a href="https://eksempel.dk/a?b=1&amp;c=2" rel="nofollow">' in html
    assert 'href="javascript' not in html
    assert "👩‍⚕️" in html


# Who reads.
@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.ADMINISTRATOR])
def test_who_does_not_take_part_sees_neither_tab_nor_text(five, maria, sign_in, role):
    comment = said(five, maria, "Kun for os")
    reader = sign_in(build.user("læser", role))
    html = page(reader.get(PAGE + "?fane=kommentarer"))
    assert "Kun for os" not in html
    assert 'id="kommentarer"' not in html
    for address in (URL, f"{URL}{comment.pk}/"):
        assert reader.get(address).status_code == reader.post(address, {"comment-text": "x"}).status_code == 403


def test_a_stranger_learns_nothing_of_the_comments(five, maria, sign_in):
    comment = said(five, maria)
    stranger = sign_in(build.user("frida", Role.COORDINATOR, build.cluster("nord", "Sundhedsklynge Nord")))
    assert [stranger.get(address).status_code for address in (URL, f"{URL}{comment.pk}/")] == [404, 404]


def test_the_page_says_who_reads_along(client):
    assert "Politikere ser dem ikke." in page(client.get(URL))


# Changing.
def test_the_writer_changes_a_comment_and_it_shows(client, five, maria, sofie):
    comment = said(five, maria)
    assert "Er tallene med?" in page(client.get(f"{URL}{comment.pk}/"))
    client.post(f"{URL}{comment.pk}/", {"comment-text": "Er tallene med, @sofie?"})
    comment.refresh_from_db()
    assert (comment.text, list(comment.mentioned.all())) == ("Er tallene med, @sofie?", [sofie])
    assert "· rettet " in page(client.get(URL))


def test_saving_without_a_change_is_no_change(client, five, maria):
    comment = said(five, maria)
    client.post(f"{URL}{comment.pk}/", {"comment-text": "Er tallene med? "})
    comment.refresh_from_db()
    assert comment.edited_at is None


def test_a_deleted_comment_leaves_who_and_when_and_no_text(client, five, maria):
    comment = said(five, maria)
    answer = client.post(f"{URL}{comment.pk}/", {"remove": "1"})
    assert told(answer) == ["Din kommentar er slettet."]
    html = page(client.get(URL))
    assert "slettet af Maria Krogh" in html
    assert "Er tallene med?" not in html
    assert Comment.objects.get().text == ""


def test_the_day_ends_at_midnight_in_denmark(five, maria):
    comment = write_comment(five, maria, "Sent", EVENING)
    edit_comment(comment, maria, "Sent, rettet", EVENING + timedelta(minutes=29))
    with pytest.raises(PermissionDenied):
        edit_comment(comment, maria, "For sent", PAST_MIDNIGHT)
    with pytest.raises(PermissionDenied):
        remove_comment(comment, maria, PAST_MIDNIGHT)
    comment.refresh_from_db()
    assert comment.text == "Sent, rettet"


def test_nobody_changes_what_somebody_else_wrote(client, five, sofie):
    comment = said(five, sofie)
    answer = client.post(f"{URL}{comment.pk}/", {"remove": "1"})
    assert told(answer) == ["En kommentar kan kun ændres af den, der har skrevet den, og kun samme dag."]
    comment.refresh_from_db()
    assert comment.removed_at is None
    assert "Ret eller slet" not in page(client.get(URL))


def test_what_is_deleted_is_not_deleted_twice(client, five, maria):
    comment = said(five, maria)
    _first, second = (client.post(f"{URL}{comment.pk}/", {"remove": "1"}) for _time in range(2))
    assert told(second)[-1].startswith("En kommentar kan kun ændres")


def test_the_page_costs_the_same_with_more_comments(client, five, maria, queries):
    said(five, maria)
    few = queries(lambda: client.get(PAGE))
    for number in range(12):
        said(five, coordinator(f"k{number}"), "Hej @maria")
    assert queries(lambda: client.get(PAGE)) == few
