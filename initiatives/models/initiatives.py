"""The initiative and what is written about it."""

from datetime import date

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..asof import DatePrecision
from ..numbering import AddressField, DanishOrderField, NaturalOrderField, Unnumbered
from ..querysets import (
    InitiativeActorManager,
    InitiativeManager,
    InitiativeRelationManager,
    MilestoneManager,
    NarrativeSectionManager,
)
from .clusters import Cluster
from .parties import Actor, Person
from .plans import ActionPlan, Theme


class Initiative(models.Model):
    """A joint effort (indsats). Plan, theme and number are empty for an activity outside a plan."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="initiatives", verbose_name=_("cluster"))
    plan = models.ForeignKey(
        ActionPlan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="initiatives",
        verbose_name=_("action plan"),
    )
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="initiatives", verbose_name=_("theme")
    )
    number = models.CharField(_("number"), max_length=10, blank=True)
    number_order = NaturalOrderField("number")
    # The number names an initiative within its plan only; links must still lead there when a later plan counts anew.
    address = AddressField("number", "short_title", verbose_name=_("address"))
    title = models.CharField(_("title"), max_length=200)
    title_order = DanishOrderField("title", max_length=200)
    short_title = models.CharField(_("short title"), max_length=80)
    target_group = models.CharField(_("target group"), max_length=300, blank=True)
    starts = models.DateField(_("starts"), null=True, blank=True)
    ends = models.DateField(_("ends"), null=True, blank=True, help_text=_("The first day after the last."))
    responsible = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="initiatives", verbose_name=_("responsible")
    )

    # Only for one made by mistake (withdrawing.py): out of the lists from that day on; a duplicate names its original.
    retired_on = models.DateField(_("withdrawn on"), null=True, blank=True, editable=False)
    retired_reason = models.CharField(_("why it was withdrawn"), max_length=500, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged_from",
        verbose_name=_("merged into"),
    )  # fmt: skip

    objects = InitiativeManager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["number_order", "title", "pk"]
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        indexes = [
            models.Index(fields=["cluster", "number_order", "title", "id"], name="initiative_listing"),
            # One for each order in which the overview walks through a plan.
            models.Index(fields=["theme", "number_order", "title_order", "id"], name="initiative_by_theme"),
            models.Index("plan", Unnumbered("number_order"), "number_order", "id", name="initiative_by_number"),
            models.Index(fields=["plan", "number_order", "id"], name="initiative_by_number_back"),
            models.Index(fields=["plan", "title_order", "number_order", "id"], name="initiative_by_title"),
            models.Index(fields=["plan"], condition=models.Q(retired_on__isnull=False), name="initiative_withdrawn"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "address"], name="initiative_cluster_address"),
            models.UniqueConstraint(
                fields=["plan", "number"],
                condition=models.Q(retired_on=None) & ~models.Q(number=""),
                name="initiative_plan_number",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(retired_on__isnull=False),
                name="initiative_merged_is_withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def natural_key(self) -> tuple[str, str]:
        return (self.cluster.slug, self.address)

    natural_key.dependencies = ["initiatives.cluster", "initiatives.theme"]  # type: ignore[attr-defined]

    @property
    def called(self) -> str:
        """What a sentence or a path calls it: `Indsats 5`, the short title where it has no number."""
        return gettext("Initiative %(number)s") % {"number": self.number} if self.number else self.short_title

    def withdrawn_by(self, day: date) -> bool:
        """True where it had been found to be a mistake by the day."""
        return self.retired_on is not None and self.retired_on <= day

    def edit_url(self, part: str = "") -> str:
        """Address of the page that edits it, or one part of it."""
        if not part:
            return reverse("initiatives:edit", args=[self.cluster.slug, self.address])
        return reverse("initiatives:edit_part", args=[self.cluster.slug, self.address, part])

    def report_url(self) -> str:
        """Address of the form that reports a new status."""
        return reverse("initiatives:report_status", args=[self.cluster.slug, self.address])

    def unchanged_url(self) -> str:
        """Address of the page that reports the latest status again."""
        return reverse("initiatives:report_unchanged", args=[self.cluster.slug, self.address])


class InitiativeActor(models.Model):
    """One printed line of an initiative's actors; `PLO/Nord-KAP` is one line and two parties."""

    class Role(models.TextChoices):
        PARTY = "party", _("party")
        OWNER = "owner", _("owner")
        AD_HOC = "ad_hoc", _("ad hoc")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="actor_lines", verbose_name=_("initiative"))
    label = models.CharField(_("as printed"), max_length=160)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.PARTY)
    position = models.PositiveSmallIntegerField(_("order"))
    actors = models.ManyToManyField(Actor, related_name="initiative_lines", blank=True, verbose_name=_("parties"))

    objects = InitiativeActorManager()
    history = HistoricalRecords(m2m_fields=[actors])

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("actor of an initiative")
        verbose_name_plural = _("actors of an initiative")
        constraints = [models.UniqueConstraint(fields=["initiative", "position"], name="initiativeactor_order")]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.initiative.natural_key(), self.position)

    natural_key.dependencies = ["initiatives.initiative", "initiatives.actor"]  # type: ignore[attr-defined]


class InitiativeRelation(models.Model):
    """How an initiative is tied to another; `label` names what has no page here (SUGA 2.0)."""

    class Kind(models.TextChoices):
        CONTINUES_IN = "continues_in", _("continues in")
        FORMERLY = "formerly", _("formerly")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="relations", verbose_name=_("initiative"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    target = models.ForeignKey(
        Initiative, models.PROTECT, null=True, blank=True, related_name="relations_in",
        verbose_name=_("other initiative"),
    )  # fmt: skip
    label = models.CharField(_("name"), max_length=120, blank=True)

    objects = InitiativeRelationManager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = _("relation")
        verbose_name_plural = _("relations")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(target__isnull=False) | ~models.Q(label=""),
                name="relation_names_something",
            ),
            models.UniqueConstraint(fields=["initiative", "kind", "target"], name="relation_target_once"),
            models.UniqueConstraint(
                fields=["initiative", "kind", "label"],
                condition=models.Q(target=None),
                name="relation_label_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} {self.get_kind_display()} {self.target or self.label}"

    def natural_key(self) -> tuple[str, str, str, str, str]:
        target = self.target.natural_key() if self.target else ("", "")
        return (*self.initiative.natural_key(), self.kind, target[1], self.label)

    natural_key.dependencies = ["initiatives.initiative"]  # type: ignore[attr-defined]


class Milestone(models.Model):
    """A dated event of an initiative, as precisely as the source dates it."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="milestones", verbose_name=_("initiative"))
    day = models.DateField(_("date"))
    precision = models.CharField(_("precision"), max_length=10, choices=DatePrecision, default=DatePrecision.DAY)
    text = models.CharField(_("text"), max_length=200)

    objects = MilestoneManager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["day", "pk"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        constraints = [models.UniqueConstraint(fields=["initiative", "day", "text"], name="milestone_once")]

    def __str__(self) -> str:
        return self.text

    def natural_key(self) -> tuple[str, str, str, str]:
        return (*self.initiative.natural_key(), self.day.isoformat(), self.text)

    natural_key.dependencies = ["initiatives.initiative"]  # type: ignore[attr-defined]


class NarrativeSection(models.Model):
    """One section of an initiative's chapter, in Markdown without HTML."""

    class Kind(models.TextChoices):
        PURPOSE = "purpose", _("Purpose")
        BACKGROUND = "background", _("Background")
        RESULTS = "results", _("Results and learning")
        RECOMMENDATIONS = "recommendations", _("Recommendations")
        LEARNING = "learning", _("Learning points")
        UNKNOWN = "unknown", _("What we do not know yet")
        NEXT = "next", _("What happens next")
        NOTE = "note", _("Note")
        LINKS = "links", _("Links")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="sections", verbose_name=_("initiative"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    heading = models.CharField(
        _("heading"), max_length=120, blank=True, help_text=_("Only where it differs from the kind's.")
    )
    position = models.PositiveSmallIntegerField(_("order"))
    body = models.TextField(_("text"))

    objects = NarrativeSectionManager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        constraints = [models.UniqueConstraint(fields=["initiative", "position"], name="section_order")]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.heading or self.get_kind_display()

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.initiative.natural_key(), self.position)

    natural_key.dependencies = ["initiatives.initiative"]  # type: ignore[attr-defined]
