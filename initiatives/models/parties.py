"""The parties of the cooperation and the people who hold office in them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..querysets import ActorManager, PersonManager


class Mergeable(models.Model):
    """What rows of the register share that can be found to be the same as another: merging.py."""

    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged_from",
        verbose_name=_("merged into"),
    )  # fmt: skip
    # What named this row and names the other since: by relation the rows' ids, and whether they named both.
    moved = models.JSONField(_("moved when it was merged"), default=dict, blank=True, editable=False)

    class Meta:
        abstract = True


class Actor(Mergeable):
    """An organisation or body that takes part: the one kind of party in the portal."""

    class Kind(models.TextChoices):
        REGION = "region", _("region")
        MUNICIPALITY = "municipality", _("municipality")
        HOSPITAL = "hospital", _("hospital")
        GENERAL_PRACTICE = "general_practice", _("general practice organisation")
        COMMITTEE = "committee", _("committee or forum")
        NGO = "ngo", _("voluntary organisation")
        OTHER = "other", _("other")

    name = models.CharField(_("name"), max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name=_("part of")
    )

    objects = ActorManager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name = _("party")
        verbose_name_plural = _("parties")

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str]:
        return (self.name,)


class Person(Mergeable):
    """An office holder as named in a document; never a citizen."""

    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("office"), max_length=160)
    organisation = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("organisation")
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="person",
        verbose_name=_("user"),
    )  # fmt: skip

    objects = PersonManager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "role", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(fields=["name", "role"], name="person_name_role")]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"

    def natural_key(self) -> tuple[str, str]:
        return (self.name, self.role)
