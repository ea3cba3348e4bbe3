"""Clusters, later health councils, and the bodies that lead them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..querysets import ClusterManager, ForumManager
from .parties import Actor


class Cluster(models.Model):
    """A partnership that owns a portfolio: a sundhedsklynge, from 2027 a sundhedsråd."""

    class Kind(models.TextChoices):
        CLUSTER = "cluster", _("health cluster")
        COUNCIL = "council", _("health council")

    slug = models.SlugField(_("address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    region = models.ForeignKey(
        Actor, models.PROTECT, related_name="clusters_of_region", limit_choices_to={"kind": Actor.Kind.REGION},
        verbose_name=_("region"),
    )  # fmt: skip
    parties = models.ManyToManyField(Actor, related_name="clusters", blank=True, verbose_name=_("parties"))
    starts = models.DateField(_("starts"), null=True, blank=True)
    ends = models.DateField(_("ends"), null=True, blank=True, help_text=_("The first day after the last."))
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("successor"),
    )

    objects = ClusterManager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="cluster_region_name")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class Forum(models.Model):
    """A body of a cluster, or of a region across its clusters."""

    class Level(models.TextChoices):
        POLITICAL = "political", _("political level")
        EXECUTIVE = "executive", _("executive forum")
        MANAGEMENT = "management", _("management forum")
        PROFESSIONAL = "professional", _("professional level")
        OPERATIONAL = "operational", _("operational forum")
        COOPERATION = "cooperation", _("health cooperation committee")

    name = models.CharField(_("name"), max_length=160)
    level = models.CharField(_("level"), max_length=20, choices=Level)
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, null=True, blank=True, related_name="forums", verbose_name=_("cluster")
    )
    region = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="forums_of_region",
        limit_choices_to={"kind": Actor.Kind.REGION}, verbose_name=_("region"),
    )  # fmt: skip
    actor = models.OneToOneField(
        Actor, models.PROTECT, null=True, blank=True, related_name="forum",
        verbose_name=_("the forum as a party"),
    )  # fmt: skip

    objects = ForumManager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("forum")
        verbose_name_plural = _("forums")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cluster__isnull=True) ^ models.Q(region__isnull=True),
                name="forum_cluster_or_region",
                violation_error_message=_("Choose either a cluster or a region."),
            ),
            models.UniqueConstraint(fields=["cluster", "name"], name="forum_cluster_name"),
            models.UniqueConstraint(fields=["region", "name"], name="forum_region_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str | None, str | None]:
        cluster = self.cluster.slug if self.cluster else None
        return (self.name, cluster, self.region.name if self.region else None)

    natural_key.dependencies = ["initiatives.cluster", "initiatives.actor"]  # type: ignore[attr-defined]
