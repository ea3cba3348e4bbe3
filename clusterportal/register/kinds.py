"""The three kinds of rows in the register, and what sets them apart."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from initiatives.models import Actor, Forum, Person

from .forms import ActorForm, ForumForm, PersonForm, RegisterForm


@dataclass(frozen=True)
class Kind:
    """One kind: `slug` stands in addresses, and names them (`register:forum`)."""

    slug: str
    model: type[Actor] | type[Forum] | type[Person]
    form: type[RegisterForm]
    plural: Promise
    new: Promise
    lead: Promise
    rule: Promise
    # Whether two rows can be found to be the same.
    merges: bool = True

    def visible(self, request: HttpRequest) -> Any:
        return self.model.objects.visible_to(request.user)

    def listed(self, request: HttpRequest) -> Any:
        """Without the rows that were merged into another."""
        rows = self.visible(request)
        return rows.in_use() if self.merges else rows

    @property
    def list_url(self) -> str:
        return reverse(f"register:{self.slug}_list")

    @property
    def create_url(self) -> str:
        return reverse(f"register:{self.slug}_create")

    def url(self, pk: int) -> str:
        return reverse(f"register:{self.slug}", args=[pk])


ACTORS = Kind(
    "actor", Actor, ActorForm, _("Parties"), _("New party"),
    _("Organisations and bodies that take part. All clusters share them."),
    _("A coordinator changes the parties of the own clusters, an administrator all of them."),
)  # fmt: skip
FORUMS = Kind(
    "forum", Forum, ForumForm, _("Forums"), _("New forum"),
    _("The bodies that lead the clusters, and those of a region across its clusters."),
    _("Coordinators and administrators change the forums of their clusters and of their region."), merges=False,
)  # fmt: skip
PEOPLE = Kind(
    "person", Person, PersonForm, _("People"), _("New person"),
    _("People who hold an office and are named in documents. Never citizens or patients, not even by initials."),
    _("Whoever may change an organisation may also change its people."),
)  # fmt: skip
KINDS = (ACTORS, FORUMS, PEOPLE)
