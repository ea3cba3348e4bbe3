"""Users of the portal and what they may do where."""

from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from ..access import Rights, Role


class Held(NamedTuple):
    """A membership as every page asks about it; `unread` counts all the user's notices, `own` is of this membership."""

    cluster: int | None
    cluster_of_region: int | None
    role: str
    unread: int
    own: bool


class User(AbstractUser):
    """Somebody who logs in. Roles come from memberships; Django's own groups and permissions are not used."""

    email = models.EmailField(_("e-mail"), unique=True)
    home_cluster = models.ForeignKey(
        "initiatives.Cluster",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("home cluster"),
    )
    # Blank: what the language cookie says, else Danish.
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True)

    # Empty: the front page still shows the first-use hints.
    hints_put_away_at = models.DateTimeField(_("first-use hints put away"), null=True, blank=True, editable=False)

    @classmethod
    def read(cls, pk: int) -> "User | None":
        """The user with home cluster and all that `Held` tells of the memberships, which every page asks: one query."""
        from .notices import Notice

        own = Notice.objects.unread().filter(user=models.OuterRef("pk")).order_by().values("user")
        rows = (
            cls.objects.filter(pk=pk)
            .select_related("home_cluster__region")
            .annotate(
                held_in=models.F("memberships__cluster"),
                held_in_region=models.F("memberships__region__clusters_of_region"),
                held=models.F("memberships__role"),
                # Who follows what is known further up.
                has_own=import_string(settings.HAS_OWN_INITIATIVES)(),
                unread=Coalesce(models.Subquery(own.annotate(count=models.Count("pk")).values("count")), 0),
            )
        )
        found: list[Any] = list(rows)
        if not found:
            return None
        user: User = found[0]
        user._memberships = [
            Held(row.held_in, row.held_in_region, row.held, row.unread, row.has_own) for row in found if row.held
        ]
        return user

    @cached_property
    def _memberships(self) -> list[Held]:
        """Kept as long as this object: one request."""
        user = type(self).read(self.pk)
        return user._memberships if user else []

    @cached_property
    def rights(self) -> Rights:
        """All rights; with the number of unread notices they cost one query in all."""
        return Rights.from_rows((held.cluster, held.cluster_of_region, held.role) for held in self._memberships)

    @property
    def unread_notices(self) -> int:
        """How many notices wait to be read; 0 for who is a member of nothing any more."""
        return self._memberships[0].unread if self._memberships else 0

    @property
    def has_own_initiatives(self) -> bool:
        """True for who follows, or answers for, an initiative in use that the user may see."""
        return any(held.own for held in self._memberships)

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.username


class Membership(models.Model):
    """One role of a user in one cluster, or in every cluster of a region, present and to come."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("user"))
    cluster = models.ForeignKey(
        "initiatives.Cluster", models.PROTECT, null=True, blank=True, related_name="memberships",
        verbose_name=_("cluster"),
    )  # fmt: skip
    region = models.ForeignKey(
        "initiatives.Actor", models.PROTECT, null=True, blank=True, related_name="memberships",
        limit_choices_to={"kind": "region"}, verbose_name=_("region"),
    )  # fmt: skip
    role = models.CharField(_("role"), max_length=20, choices=Role)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cluster__isnull=True) ^ models.Q(region__isnull=True),
                name="membership_cluster_or_region",
                violation_error_message=_("Choose either a cluster or a region."),
            ),
            models.UniqueConstraint(fields=["user", "cluster", "role"], name="membership_cluster_once"),
            models.UniqueConstraint(fields=["user", "region", "role"], name="membership_region_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
