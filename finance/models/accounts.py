"""Where cluster funds stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.models import Actor, Cluster

from ..querysets import AccountManager


class Account(models.Model):
    """A place where cluster funds stand. A party's account names the party; the others belong to the cluster.

    `source` is what has been granted, below zero. A `pool` is what nothing has been set aside of yet. `allocated` is
    what is set aside for a line and not spent. `owed` is a party's balance with the other parties: above zero it is
    to receive, below zero to pay.
    """

    class Kind(models.TextChoices):
        SOURCE = "source", _("grant source")
        POOL = "pool", _("pool")
        ALLOCATED = "allocated", _("allocated")
        SPENT = "spent", _("spent")
        OWED = "owed", _("owed between parties")

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="accounts", verbose_name=_("cluster"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    party = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="accounts", verbose_name=_("party")
    )

    objects = AccountManager()

    class Meta:
        ordering = ["cluster", "kind", "pk"]
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(fields=["cluster", "kind", "party"], name="account_of_party_once"),
            models.UniqueConstraint(
                fields=["cluster", "kind"], condition=models.Q(party=None), name="account_of_cluster_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.party or ''}".strip()

    def natural_key(self) -> tuple[str, str, str | None]:
        return (self.cluster.slug, self.kind, self.party.name if self.party else None)

    natural_key.dependencies = ["initiatives.cluster", "initiatives.actor"]  # type: ignore[attr-defined]
