"""The link with which a user chooses a password: e-mailed, or handed over where no mail goes out."""

import logging
from typing import cast

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from initiatives.models import User

from .administration import record_link, require_link
from .subject import Subject

logger = logging.getLogger(__name__)
# Backends that deliver to nobody.
_NOT_MAIL = {"django.core.mail.backends.console.EmailBackend", "django.core.mail.backends.dummy.EmailBackend"}
_WAITING = "password_link"


def email_is_set_up() -> bool:
    """Whether the portal can send e-mail; without EMAIL_URL it only writes it to its log."""
    return settings.EMAIL_BACKEND not in _NOT_MAIL


def give_link(request: HttpRequest, subject: Subject, new: bool) -> bool:
    """E-mail a link that works once, and record it; True when it was sent.

    Where e-mail is not set up or fails, the link waits in the administrator's session to be shown once. `new`
    chooses the words of a welcome. Raises PermissionDenied and ValidationError as `require_link`.
    """
    require_link(subject)
    link = password_link(request, subject.user)
    mailed = email_is_set_up() and _send(subject, link, new)
    record_link(subject.by, subject.user, mailed)
    if not mailed:
        request.session[_WAITING] = {"user": subject.user.pk, "link": link}
    return mailed


def waiting_link(request: HttpRequest, user: User) -> str:
    """The link to hand over to the user; empty when there is none, or when it has been shown."""
    waiting = request.session.get(_WAITING)
    if not waiting or waiting["user"] != user.pk:
        return ""
    del request.session[_WAITING]
    return cast(str, waiting["link"])


def password_link(request: HttpRequest, user: User) -> str:
    """The address where the user chooses a password; void once used, and after PASSWORD_RESET_TIMEOUT."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    return cast(str, get_adapter(request).get_reset_password_from_key_url(key))


def link_days() -> int:
    """How many days a link works."""
    return settings.PASSWORD_RESET_TIMEOUT // 86_400


def _send(subject: Subject, link: str, new: bool) -> bool:
    """False where the mail server refused or did not answer; the log says why, never with the link."""
    user = subject.user
    context = {"user": user, "by": subject.by, "link": link, "days": link_days(), "contact": settings.CONTACT_EMAIL}
    with translation.override(user.language or settings.LANGUAGE_CODE):
        title = _("Klyngeportalen: choose your password")
        body = render_to_string("people/email_new.txt" if new else "people/email_link.txt", context)
    try:
        send_mail(title, body, None, [user.email])
    except OSError as error:
        logger.warning("The password link of user %s could not be e-mailed: %s", user.pk, type(error).__name__)
        return False
    return True
