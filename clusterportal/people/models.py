"""The trace of administration: who did what to which user, and when."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.access import Role
from initiatives.asof import AppendOnly, AppendOnlyQuerySet
from initiatives.models import Actor, Cluster


class AdministrativeActQuerySet(AppendOnlyQuerySet):
    def latest_first(self) -> Self:
        """Newest first, with everybody and every place they name, by one query."""
        return self.select_related("by", "cluster", "region").order_by("-pk")


class AdministrativeAct(AppendOnly):
    """One thing done to a user. Several rows are recorded together where one form changed several things."""

    class Kind(models.TextChoices):
        CREATED = "created", _("user created")
        NAME = "name", _("name changed")
        EMAIL = "email", _("e-mail changed")
        GRANTED = "granted", _("role given")
        WITHDRAWN = "withdrawn", _("role taken away")
        DEACTIVATED = "deactivated", _("user deactivated")
        REACTIVATED = "reactivated", _("user reactivated")
        LINK_MAILED = "link_mailed", _("password link sent")
        LINK_SHOWN = "link_shown", _("password link handed over")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="administrative_acts", verbose_name=_("user")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("done by"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    # For a role: which, and where.
    role = models.CharField(_("role"), max_length=20, choices=Role, blank=True)
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cluster")
    )
    region = models.ForeignKey(Actor, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region"))
    # For a name or an e-mail: what it was and became. For a link: the address it went to.
    before = models.CharField(_("before"), max_length=310, blank=True)
    after = models.CharField(_("after"), max_length=310, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = AdministrativeActQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("administrative act")
        verbose_name_plural = _("administrative acts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cluster__isnull=True) | models.Q(region__isnull=True),
                name="administrative_act_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}"
