"""The list of notices, its count in the header, and the choice of e-mails."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from initiatives.access import Role
from initiatives.commenting import write_comment
from initiatives.models import Delivery, Initiative, Notice, NoticeChoice, NoticeKind, User
from tests import build
from tests.initiatives.build_status import coordinator, page, told

URL = "/beskeder/"


@pytest.fixture
def five(db: None) -> Initiative:
    return build.initiative("5", short_title="Gangtræning")


@pytest.fixture
def maria(five: Initiative) -> User:
    return coordinator()


@pytest.fixture
def sofie(five: Initiative) -> User:
    return build.user("sofie", Role.SECRETARIAT)


@pytest.fixture
def client(sofie: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(sofie)


def mention(of: Initiative, by: User, times: int = 1) -> None:
    for _time in range(times):
        write_comment(of, by, "Hej @sofie", timezone.now())


def test_the_header_counts_what_is_unread_on_every_page(client, five, maria):
    assert 'class="count"' not in page(client.get("/indsatser/"))
    mention(five, maria, 2)
    for address in ("/indsatser/", "/", "/indsatser/proeve/5/"):
        assert '2<span class="sr-only"> ulæst</span>' in page(client.get(address))


def test_a_notice_leads_to_where_it_happened(client, five, maria):
    mention(five, maria)
    (notice,) = Notice.objects.all()
    html = page(client.get(URL))
    address = f"/indsatser/proeve/5/?fane=kommentarer#kommentar-{notice.comment_id}"
    assert f'<a href="{address}">Maria Krogh nævner dig i en kommentar til indsats 5 Gangtræning</a>' in html


def test_what_was_shown_is_marked_as_read_and_what_came_since_is_not(client, five, maria):
    mention(five, maria, 2)
    newest = Notice.objects.latest("pk").pk
    mention(five, maria)
    client.post(URL, {"newest": str(newest)})
    assert Notice.objects.unread().count() == 1
    assert "1 besked er ulæst." in page(client.get(URL))


@pytest.mark.parametrize("newest", ["", "x", "-1", "9" * 30, "²"])
def test_a_false_number_marks_nothing(client, five, maria, newest):
    mention(five, maria)
    assert client.post(URL, {"newest": newest}).status_code == 302
    assert Notice.objects.unread().count() == 1


def test_nobody_marks_or_sees_the_notices_of_another(five, maria, sofie, sign_in):
    mention(five, maria)
    other = sign_in(maria)
    other.post(URL, {"newest": str(Notice.objects.get().pk)})
    assert "Maria Krogh nævner" not in page(other.get(URL))
    assert Notice.objects.unread().count() == 1


def test_an_empty_list_says_what_will_come(client):
    assert "Der er ingen beskeder endnu." in page(client.get(URL))


def test_a_page_that_is_not_there_is_told(client, five, maria):
    mention(five, maria)
    assert client.get(URL + "?page=99").status_code == 200


def test_the_list_costs_the_same_with_more_notices(client, five, maria, queries):
    mention(five, maria)
    few = queries(lambda: client.get(URL))
    mention(five, maria, 20)
    assert queries(lambda: client.get(URL)) == few


# Choosing.
CHOOSE = "/konto/beskeder/"


def test_each_kind_is_chosen_and_kept(client, sofie):
    answer = client.post(CHOOSE, {"mention": "daily", "comment": "never", "status": "now"})
    assert (answer.url, told(answer)) == ("/konto/", ["Dit valg er gemt."])
    chosen = dict(NoticeChoice.objects.filter(user=sofie).values_list("kind", "delivery"))
    assert chosen == {"mention": "daily", "comment": "never", "status": "now"}
    html = page(client.get(CHOOSE))
    assert html.count(" checked") == 3


def test_a_false_or_missing_choice_is_told_and_nothing_is_kept(client):
    html = page(client.post(CHOOSE, {"mention": "weekly", "comment": "never"}))
    assert "Der er 2 fejl, der skal rettes" in html
    assert not NoticeChoice.objects.exists()


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (Role.POLITICIAN, ["status"]),
        (Role.SECRETARIAT, ["mention", "comment", "status"]),
        (Role.COORDINATOR, ["mention", "comment", "status", "overdue"]),
    ],
)
def test_only_what_can_reach_the_role_is_offered(five, sign_in, role, kinds):
    form = sign_in(build.user("ny", role)).get(CHOOSE).context["form"]
    assert list(form.fields) == kinds


def test_a_choice_holds_for_what_happens_from_now_on(client, five, maria, sofie):
    client.post(CHOOSE, {"mention": "never", "comment": "never", "status": "never"})
    mention(five, maria)
    assert Notice.objects.get(kind=NoticeKind.MENTION).delivery == Delivery.NEVER


def test_the_account_leads_to_the_choice(client):
    assert f'href="{CHOOSE}"' in page(client.get("/konto/"))
