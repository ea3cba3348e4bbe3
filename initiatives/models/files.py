"""Files that belong to an initiative."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..access import ClusterScoped
from ..attachments import Attachment
from .initiatives import Initiative


class InitiativeFileQuerySet(ClusterScoped):
    cluster_path = "initiative__cluster"

    def kept(self) -> Self:
        """Without those that were removed."""
        return self.filter(removed_at=None)

    def listed(self) -> Self:
        """Newest first, what was removed last of all, with everybody they name, by one query."""
        removed_last = F("removed_at").asc(nulls_first=True)
        return self.select_related("attachment__stored_by", "removed_by").order_by(removed_last, "-pk")


class InitiativeFile(models.Model):
    """A file of an initiative; a removed one keeps its row, name and sum as a trace, but not its content."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="files", verbose_name=_("initiative"))
    attachment = models.OneToOneField(
        Attachment, models.PROTECT, related_name="initiative_file", verbose_name=_("file")
    )
    title = models.CharField(_("title"), max_length=160)
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("removed by")
    )

    objects = InitiativeFileQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("file of an initiative")
        verbose_name_plural = _("files of initiatives")

    def __str__(self) -> str:
        return self.title

    def url(self) -> str:
        """Address of the content; needs the initiative with its cluster."""
        return reverse("initiatives:file", args=[self.initiative.cluster.slug, self.initiative.address, self.pk])
