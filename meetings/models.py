"""Forums' meetings and what was decided there: a decision is taken per recommendation point."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.models import ActionPlan, Forum, Initiative
from initiatives.numbering import NaturalOrderField

from .querysets import AgendaItemManager, DecisionManager, MeetingManager, RecommendationManager


class Meeting(models.Model):
    """One meeting of a forum; place and times are empty where they are not known."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="meetings", verbose_name=_("forum"))
    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(_("starts"), null=True, blank=True)
    ends_at = models.TimeField(_("ends"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=160, blank=True)

    objects = MeetingManager()

    class Meta:
        ordering = ["-held_on", "pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [models.UniqueConstraint(fields=["forum", "held_on"], name="meeting_forum_day")]

    def __str__(self) -> str:
        return f"{self.forum}, {self.held_on}"

    def natural_key(self) -> tuple[str | None, ...]:
        return (*self.forum.natural_key(), self.held_on.isoformat())

    natural_key.dependencies = ["initiatives.forum"]  # type: ignore[attr-defined]


class AgendaItem(models.Model):
    """One item of a meeting; the number is empty where the source does not print it."""

    class Kind(models.TextChoices):
        INFORMATION = "information", _("information")
        DISCUSSION = "discussion", _("discussion")
        APPROVAL = "approval", _("approval")
        DECISION = "decision", _("decision")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items", verbose_name=_("meeting"))
    number = models.CharField(_("number"), max_length=12, blank=True)
    number_order = NaturalOrderField("number")
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    case = models.TextField(_("case presentation"), blank=True)

    objects = AgendaItemManager()

    class Meta:
        ordering = ["number_order", "pk"]
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        constraints = [models.UniqueConstraint(fields=["meeting", "title"], name="item_meeting_title")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def natural_key(self) -> tuple[str | None, ...]:
        return (*self.meeting.natural_key(), self.title)

    natural_key.dependencies = ["meetings.meeting"]  # type: ignore[attr-defined]


class Recommendation(models.Model):
    """One recommendation point of an item; the text is empty where the source does not print it."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="recommendations", verbose_name=_("item"))
    number = models.PositiveSmallIntegerField(_("point"))
    text = models.TextField(_("text"), blank=True)

    objects = RecommendationManager()

    class Meta:
        ordering = ["number", "pk"]
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        constraints = [models.UniqueConstraint(fields=["item", "number"], name="recommendation_point")]

    def __str__(self) -> str:
        return f"{self.item}, {self.number}"

    def natural_key(self) -> tuple[str | int | None, ...]:
        return (*self.item.natural_key(), self.number)

    natural_key.dependencies = ["meetings.agendaitem"]  # type: ignore[attr-defined]


class Decision(models.Model):
    """What was decided on a recommendation point, and the plan or initiatives it concerns."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("approved")
        APPROVED_WITH_CHANGE = "approved_with_change", _("approved with a change")
        ENDORSED = "endorsed", _("endorsed")
        NOTED = "noted", _("noted")
        DISCUSSED = "discussed", _("discussed")
        POSTPONED = "postponed", _("postponed")
        REJECTED = "rejected", _("rejected")

    recommendation = models.OneToOneField(
        Recommendation, models.PROTECT, related_name="decision", verbose_name=_("recommendation")
    )
    outcome = models.CharField(_("outcome"), max_length=30, choices=Outcome)
    text = models.TextField(_("text"))
    plan = models.ForeignKey(
        ActionPlan, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("action plan")
    )
    initiatives = models.ManyToManyField(Initiative, related_name="+", blank=True, verbose_name=_("initiatives"))
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = DecisionManager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")

    def __str__(self) -> str:
        return self.text

    def natural_key(self) -> tuple[str | int | None, ...]:
        return self.recommendation.natural_key()

    natural_key.dependencies = ["meetings.recommendation", "initiatives.initiative"]  # type: ignore[attr-defined]
