"""Users of the portal and what they may do where."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..access import Rights, Role


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

    @cached_property
    def rights(self) -> Rights:
        """All rights by one query, kept as long as this object: one request."""
        return Rights.from_rows(
            self.memberships.order_by().values_list("cluster_id", "region__clusters_of_region__id", "role")
        )

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
