"""Logging somebody off everywhere."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from initiatives.models import User


def end_sessions(user: User) -> None:
    """Delete the user's sessions, so that none comes to life again when the user is reactivated.

    A session does not say whose it is, so all that have not expired are read, a few at a time.
    """
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator(chunk_size=500):
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()
