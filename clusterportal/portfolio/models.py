"""What a reader keeps of the portfolio: saved views of the overview, and the initiatives that are followed."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives.access import Role, rights_of
from initiatives.models import Cluster, Initiative

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from initiatives.models import User

LONGEST_NAME = 60


class Sharing(models.TextChoices):
    """Who besides the owner may open a saved view: nobody, a role in the cluster, or all its members."""

    NOBODY = "", _("Only me")
    COORDINATOR = Role.COORDINATOR.value, _("The coordinators of the cluster")
    POLITICIAN = Role.POLITICIAN.value, _("The politicians of the cluster")
    SECRETARIAT = Role.SECRETARIAT.value, _("The secretariat of the cluster")
    ECONOMIST = Role.ECONOMIST.value, _("The economists of the cluster")
    CLUSTER = "cluster", _("Everybody in the cluster")


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The user's own and those shared with the user, all of clusters that the user is a member of."""
        rights = rights_of(user)
        mine = Q(owner=user.pk) | Q(shared_with=Sharing.CLUSTER)
        for role in Role:
            clusters = [cluster for cluster, held in rights.roles.items() if role in held]
            mine |= Q(shared_with=role, cluster__in=clusters)
        return self.filter(mine, cluster__in=rights.clusters)

    def own(self, user: "User") -> Self:
        """Those that the user may change."""
        return self.visible_to(user).filter(owner=user)


class SavedView(models.Model):
    """Filters, order and columns of the overview under a name; `query` has the values by name, each known when saved.

    A value may mean nothing any more when the view is opened: the overview leaves it out and says so.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("owner"))
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name=_("cluster"))
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    shared_with = models.CharField(_("shared with"), max_length=20, choices=Sharing, blank=True)
    query = models.JSONField(_("choices"), default=dict)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        constraints = [models.UniqueConstraint(fields=["owner", "cluster", "name"], name="savedview_name_once")]

    def __str__(self) -> str:
        return self.name


class DefaultView(models.Model):
    """The view that a user's overview opens with; it may be somebody else's, shared."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="+", verbose_name=_("saved view"))

    class Meta:
        verbose_name = _("default view")
        verbose_name_plural = _("default views")

    def __str__(self) -> str:
        return f"{self.user}: {self.view}"


class FollowQuerySet(models.QuerySet["Follow"]):
    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """What the user follows and may still see."""
        return self.filter(user=user.pk, initiative__cluster__in=rights_of(user).clusters)


class Follow(models.Model):
    """Somebody wants to be told what happens to an initiative."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="+", verbose_name=_("initiative"))
    since = models.DateTimeField(_("since"), auto_now_add=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("followed initiative")
        verbose_name_plural = _("followed initiatives")
        constraints = [models.UniqueConstraint(fields=["user", "initiative"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.user}: {self.initiative}"
