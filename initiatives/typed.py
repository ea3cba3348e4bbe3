"""What a typed text may hold, whatever it is about."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Signs that turn the direction of text, so that it could be read as another. Letters that run from the right are fine.
_TURNING = {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"}
_LINES = {"\n", "\r", "\t"}
# For a field that knows its most characters.
TOO_LONG = gettext_lazy("Write at most %(limit_value)s characters. There are %(show_value)s now.")


def only_shown(text: str) -> None:
    """Raises ValidationError for control signs and signs that turn the direction of the text."""
    if any(_hidden(sign) for sign in text):
        raise ValidationError(_("There is a sign in it that cannot be seen. Write the text without it."))


def only_shown_lines(text: str) -> None:
    """As only_shown, for a text of several lines."""
    if any(_hidden(sign) for sign in text if sign not in _LINES):
        raise ValidationError(_("There is a sign in it that cannot be seen. Write the text without it."))


def _hidden(sign: str) -> bool:
    return unicodedata.category(sign) == "Cc" or sign in _TURNING
