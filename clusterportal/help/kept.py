"""What somebody had typed when the portal could not take it: kept in the page that says so, never on the server.

That page leads back to where the form stands, and kept.js puts what was typed into it; only the reader sends it then.

A form that holds a secret is not kept at all, nor one that another site may have sent: a page that offers to send
it again would lend the reader's login to that site.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit, urlunsplit

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from clusterportal.people.forms import AccessForm, AccountForm, NewUserForm
from clusterportal.plans.forms import PlanForm, SuccessionForm, ThemeForm
from clusterportal.portfolio.forms import SaveViewForm, ViewForm
from clusterportal.register.forms import ActorForm, ForumForm, PersonForm
from clusterportal.register.merging import MergeForm
from clusterportal.reports.texts_views import TextsForm
from initiatives.arrange.forms import FactsForm
from initiatives.arrange.line_forms import ActorLineForm, MilestoneForm, RelationForm, SectionForm
from initiatives.arrange.withdrawal_views import WithdrawalForm
from initiatives.forms import CommentForm, FileForm, StatusForm

# Forms whose fields are known by their labels; in others what looks like words is shown as "Text".
FORMS: tuple[type[forms.Form], ...] = (
    *(StatusForm, CommentForm, FileForm, FactsForm, WithdrawalForm),
    *(SectionForm, MilestoneForm, ActorLineForm, RelationForm),
    *(PlanForm, SuccessionForm, ThemeForm, TextsForm, ActorForm, PersonForm, ForumForm, MergeForm),
    *(ViewForm, SaveViewForm, NewUserForm, AccountForm, AccessForm),
)
# A form of several rows counts them: `l3-body`.
_ROW = re.compile(r"l(\d{1,3})-", re.ASCII)
CSRF_FIELD = "csrfmiddlewaretoken"
_SECRET = re.compile(r"pass|secret|token|code|otp", re.IGNORECASE)


@dataclass(frozen=True)
class Text:
    """Something written, to be read, copied and mended before it is sent again."""

    name: str
    label: str | Promise
    value: str

    @property
    def rows(self) -> int:
        """Lines of the box that shows it on a phone."""
        return min(12, len(self.value) // 36 + self.value.count("\n") + 1)


@dataclass(frozen=True)
class Kept:
    """A whole form as it was sent: what was written, and the rest (choices, hidden fields) by name and value."""

    texts: tuple[Text, ...]
    rest: tuple[tuple[str, str], ...]
    # Where the form stands: path and query.
    page: str
    # Files cannot be put back into a form.
    files: bool = False


def kept(request: HttpRequest) -> Kept | None:
    """What was posted; None for nothing, and where it must not be shown or sent again."""
    pairs = [(name, value) for name, values in request.POST.lists() for value in values if name != CSRF_FIELD]
    if not pairs or not _sent_from_here(request) or any(_SECRET.search(name) for name, _value in pairs):
        return None
    texts = tuple(_texts(pairs))
    shown = {text.name for text in texts}
    rest = tuple(pair for pair in pairs if pair[0] not in shown)
    return Kept(texts, rest, _page_of_form(request), bool(request.FILES))


def _page_of_form(request: HttpRequest) -> str:
    """The page that the form was sent from, which may not be the one that it was sent to."""
    came_from = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure()):
        return request.get_full_path()
    parts = urlsplit(came_from)
    return urlunsplit(("", "", parts.path, parts.query, ""))


def _sent_from_here(request: HttpRequest) -> bool:
    """Browsers name the sending site with every form; a page of another site cannot say otherwise."""
    own = f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Origin") in {own, *settings.CSRF_TRUSTED_ORIGINS}


def _texts(pairs: list[tuple[str, str]]) -> Iterator[Text]:
    names = [name for name, _value in pairs]
    fields = _fields_of(names)
    for name, value in pairs:
        known = fields.get(_ROW.sub("", name))
        written = _is_written(known) if known else len(value.split()) > 1
        if value.strip() and written and names.count(name) == 1:
            yield Text(name, _label(name, known), value)


def _is_written(field: forms.Field) -> bool:
    return isinstance(field, forms.CharField) and not field.widget.is_hidden


def _label(name: str, field: forms.Field | None) -> str | Promise:
    label = (field and field.label) or _("Text")
    row = _ROW.match(name)
    return now("%(field)s, line %(number)s") % {"field": label, "number": row[1]} if row else label


def _fields_of(names: Collection[str]) -> Mapping[str, forms.Field]:
    """The fields of the form that was sent: the one that knows most of the names, for many have a `name`."""
    sent = {_ROW.sub("", name) for name in names}
    return max(_known(), key=lambda fields: len(fields.keys() & sent))


@cache
def _known() -> tuple[Mapping[str, forms.Field], ...]:
    """The fields of each form, by the names that they are sent under."""
    return tuple(
        {f"{form.prefix}-{name}" if form.prefix else name: field for name, field in form.base_fields.items()}
        for form in FORMS
    )
