"""Notices: who is told what, how it comes by e-mail, and that nobody is told what they may not see."""

from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from initiatives import mailing
from initiatives.access import Role
from initiatives.commenting import edit_comment, remove_comment, write_comment
from initiatives.models import Delivery, Initiative, Notice, NoticeChoice, NoticeKind, Person, Phase, User
from initiatives.noticing import tell_overdue
from initiatives.reporting import report_status
from tests import build
from tests.mail_server import mail_server

from .build_status import TODAY, coordinator, values


@pytest.fixture
def five(db: None) -> Initiative:
    return build.initiative("5", short_title="Gangtræning")


@pytest.fixture
def maria(five: Initiative) -> User:
    return coordinator()


@pytest.fixture
def sofie(five: Initiative) -> User:
    return build.user("sofie", Role.SECRETARIAT)


def comment(of: Initiative, by: User, text: str = "Hej"):
    return write_comment(of, by, text, timezone.now())


def told(user: User) -> list[str]:
    return [notice.kind for notice in user.notices.order_by("pk")]


def work() -> None:
    """What the worker does with the queue; itself it would close the connection and with it the test's transaction."""
    if DBTaskResult.objects.ready().exists():
        mailing.send_waiting.call()


# Who is told.
def test_who_is_mentioned_is_told_once_and_the_writer_never(five, maria, sofie):
    comment(five, sofie, "Jeg har set på det")
    comment(five, maria, "Tak @sofie og @maria")
    assert told(sofie) == [NoticeKind.MENTION]
    assert told(maria) == []


def test_who_has_taken_part_is_told_of_the_next_comment(five, maria, sofie):
    comment(five, sofie)
    comment(five, maria)
    assert told(sofie) == [NoticeKind.COMMENT]


def test_an_edit_tells_only_those_newly_mentioned(five, maria, sofie):
    written = comment(five, maria, "Hej @sofie")
    jens = coordinator("jens", "Jens", "Holm")
    edit_comment(written, maria, "Hej @sofie og @jens", timezone.now())
    assert (told(sofie), told(jens)) == ([NoticeKind.MENTION], [NoticeKind.MENTION])


def test_a_deleted_comment_takes_its_unread_notices_with_it(five, maria, sofie):
    remove_comment(comment(five, maria, "Hej @sofie"), maria, timezone.now())
    assert told(sofie) == []


def test_a_new_status_is_told_to_the_responsible_and_to_those_who_reported_before(five, maria, sofie):
    jens = coordinator("jens", "Jens", "Holm")
    build.status(five, date(2025, 1, 15), reported_by=jens)
    five.responsible = Person.objects.create(name="Sofie", role="Konsulent", user=sofie)
    five.save()
    report_status(five, maria, five.status_reports.get(), values(), TODAY)
    assert (told(jens), told(sofie), told(maria)) == ([NoticeKind.STATUS], [NoticeKind.STATUS], [])


def test_a_politician_who_follows_is_told_of_a_status_and_not_of_a_comment(five, maria):
    poul = build.user("poul", Role.POLITICIAN)
    five.responsible = Person.objects.create(name="Poul", role="Formand", user=poul)
    five.save()
    comment(five, maria)
    report_status(five, maria, None, values(), TODAY)
    assert told(poul) == [NoticeKind.STATUS]


@pytest.mark.parametrize("lost", ["membership", "account"])
def test_who_is_no_longer_a_member_is_not_told(five, maria, sofie, lost):
    comment(five, sofie)
    if lost == "membership":
        sofie.memberships.all().delete()
    else:
        User.objects.filter(pk=sofie.pk).update(is_active=False)
    comment(five, maria)
    assert told(sofie) == []


# Overdue.
@pytest.fixture
def old(five: Initiative, settings):
    settings.STATUS_STALE_DAYS = 90
    return build.status(five, TODAY - timedelta(days=91))


def test_coordinators_are_told_once_that_a_status_is_overdue(old, maria, sofie):
    assert (tell_overdue(TODAY), tell_overdue(TODAY)) == (1, 0)
    assert (told(maria), told(sofie)) == ([NoticeKind.OVERDUE], [])


@pytest.mark.parametrize(
    "changed", [{"phase": Phase.CLOSED}, {"precision": "unprinted"}, {"reported_on": TODAY - timedelta(days=90)}]
)
def test_what_is_ended_undated_or_not_yet_old_is_not_overdue(five, maria, settings, changed):
    settings.STATUS_STALE_DAYS = 90
    build.status(five, **{"reported_on": TODAY - timedelta(days=400), **changed})
    assert tell_overdue(TODAY) == 0


def test_only_the_status_that_holds_counts(old, five, maria):
    build.status(five, TODAY)
    assert tell_overdue(TODAY) == 0


# By e-mail.
def test_a_mention_comes_at_once_in_danish_with_a_link_that_holds_no_secret(five, maria, sofie, settings):
    settings.PORTAL_URL = "https://portal.eksempel.dk/"
    written = comment(five, maria, "Hemmeligt til @sofie")
    work()
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([sofie.email], "Maria Krogh nævner dig i en kommentar til indsats 5 Gangtræning")
    assert f"https://portal.eksempel.dk/indsatser/proeve/5/?fane=kommentarer#kommentar-{written.pk}\n" in sent.body
    assert "Hemmeligt" not in sent.body


def test_who_reads_english_is_written_to_in_english(five, maria, sofie):
    User.objects.filter(pk=sofie.pk).update(language="en")
    comment(five, maria, "@sofie")
    work()
    assert "mentions you in a comment" in mail.outbox[0].subject


def test_the_daily_collection_is_one_e_mail_and_comes_once(five, maria, sofie):
    comment(five, sofie)
    for _time in range(3):
        comment(five, maria)
    work()
    assert mail.outbox == []
    call_command("daily", verbosity=0)
    call_command("daily", verbosity=0)
    (sent,) = mail.outbox
    assert sent.subject == "3 beskeder fra portalen"
    assert sent.body.count("?fane=kommentarer#kommentar-") == 3


def test_never_is_never_by_e_mail_and_still_in_the_portal(five, maria, sofie):
    NoticeChoice.objects.create(user=sofie, kind=NoticeKind.MENTION, delivery=Delivery.NEVER)
    comment(five, maria, "@sofie")
    work()
    call_command("daily", verbosity=0)
    assert mail.outbox == []
    assert told(sofie) == [NoticeKind.MENTION]


def test_two_workers_send_one_e_mail(five, maria, sofie):
    comment(five, maria, "@sofie")
    assert (mailing.send(Delivery.NOW), mailing.send(Delivery.NOW)) == (1, 0)
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_notice_goes_through_the_worker_and_a_real_mail_server(five, maria, sofie, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    comment(five, maria, "Hej @sofie")
    with mail_server() as (port, received):
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        call_command("db_worker", batch=True, interval=0, verbosity=0)
    (sent,) = (message_from_bytes(content, policy=default) for content in received)
    assert sent["To"] == sofie.email
    assert sent["Subject"].strip() == "Maria Krogh nævner dig i en kommentar til indsats 5 Gangtræning"
    assert "/indsatser/proeve/5/?fane=kommentarer#kommentar-" in sent.get_content()


def test_what_the_mail_server_refused_is_sent_by_the_next_run(five, maria, sofie, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    # Nobody listens on the discard port of this machine.
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    comment(five, maria, "@sofie")
    work()
    assert "could not be mailed" in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    call_command("daily", verbosity=0)
    assert len(mail.outbox) == 1


def test_a_membership_that_ended_before_the_e_mail_went_ends_the_e_mail_too(five, maria, sofie):
    comment(five, maria, "@sofie")
    sofie.memberships.all().delete()
    work()
    assert mail.outbox == []


def test_a_name_with_a_line_break_makes_no_header(five, maria, sofie):
    User.objects.filter(pk=maria.pk).update(first_name="Maria\nBcc: x@y.dk")
    maria.refresh_from_db()
    comment(five, maria, "@sofie")
    work()
    assert mail.outbox[0].bcc == []
    assert "\n" not in mail.outbox[0].subject


def test_telling_costs_the_same_however_many_are_told(five, maria, queries):
    def cost() -> int:
        return queries(lambda: comment(five, maria))

    comment(five, coordinator("k"))
    comment(five, maria)
    few = cost()
    for number in range(10):
        comment(five, coordinator(f"k{number}"))
    assert cost() == few
    assert Notice.objects.filter(user__username="k9").count() == 1
