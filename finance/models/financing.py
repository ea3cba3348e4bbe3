"""What joint financing rests on: keys, rules, rates and the tracks that were chosen. Dated facts, never changed."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.asof import AppendOnly
from initiatives.models import Actor, Cluster, Initiative
from initiatives.money import MoneyField
from meetings.models import Decision

from .. import financing
from ..financing_querysets import (
    ApportionmentKeyManager,
    FinancingRuleManager,
    FinancingSideManager,
    KeyWeightManager,
    PriceAdjustmentManager,
    RateManager,
    RateTableManager,
    TrackChoiceManager,
)


class Basis(models.TextChoices):
    """What the weights of a key are counted in."""

    GRANTS = "grants", _("granted cluster funds")
    POPULATION = "population", _("population")
    OTHER = "other", _("another basis")


class ApportionmentKey(AppendOnly):
    """What each party weighs where several pay together.

    A key with a later day replaces one of the same basis; a key that was wrong is corrected by a higher version.
    """

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="apportionment_keys", verbose_name=_("cluster"))
    basis = models.CharField(_("basis"), max_length=12, choices=Basis)
    name = models.CharField(_("name"), max_length=80)
    unit = models.CharField(_("unit"), max_length=30, help_text=_("What a weight counts: kr., inhabitants."))
    holds_from = models.DateField(_("holds from"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    source = models.CharField(_("source"), max_length=200)

    objects = ApportionmentKeyManager()

    class Meta:
        ordering = ["cluster", "basis", "-holds_from", "-version"]
        verbose_name = _("apportionment key")
        verbose_name_plural = _("apportionment keys")
        constraints = [
            models.UniqueConstraint(fields=["cluster", "basis", "holds_from", "version"], name="key_version")
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str, str, int]:
        return (self.cluster.slug, self.basis, self.holds_from.isoformat(), self.version)

    natural_key.dependencies = ["initiatives.cluster"]  # type: ignore[attr-defined]

    def as_key(self) -> financing.Key:
        """The key for the arithmetic: parties are actors, in the order of the weights."""
        weights: dict[financing.Party, int] = {weight.actor: weight.weight for weight in self.weights.all()}
        return financing.Key(self.name, self.basis, self.unit, self.holds_from, self.source, weights)


class KeyWeight(AppendOnly):
    """What one party weighs in a key: a whole number of the key's unit. The order decides who gets an odd øre."""

    key = models.ForeignKey(ApportionmentKey, models.PROTECT, related_name="weights", verbose_name=_("key"))
    position = models.PositiveSmallIntegerField(_("order"))
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="key_weights", verbose_name=_("party"))
    weight = models.PositiveBigIntegerField(_("weight"))

    objects = KeyWeightManager()

    class Meta:
        ordering = ["key", "position"]
        verbose_name = _("weight")
        verbose_name_plural = _("weights")
        constraints = [
            models.UniqueConstraint(fields=["key", "actor"], name="keyweight_party_once"),
            models.UniqueConstraint(fields=["key", "position"], name="keyweight_order"),
            models.CheckConstraint(
                condition=models.Q(weight__gt=0),
                name="keyweight_positive",
                violation_error_message=_("The weight must be above 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor}: {self.weight}"

    def natural_key(self) -> tuple[str, str, str, int, str]:
        return (*self.key.natural_key(), self.actor.name)

    natural_key.dependencies = ["finance.apportionmentkey", "initiatives.actor"]  # type: ignore[attr-defined]


class FinancingRule(AppendOnly):
    """How a cluster's joint efforts are paid for from a day; a later rule, or a higher version, replaces it.

    `note` tells the reader what the figures do not: that a text names one key and the payments follow another.
    """

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="financing_rules", verbose_name=_("cluster"))
    name = models.CharField(_("name"), max_length=120)
    holds_from = models.DateField(_("holds from"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    source = models.CharField(_("source"), max_length=200)
    note = models.CharField(_("note"), max_length=300, blank=True)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="financing_rules", verbose_name=_("decision")
    )

    objects = FinancingRuleManager()

    class Meta:
        ordering = ["cluster", "-holds_from", "-version"]
        verbose_name = _("financing rule")
        verbose_name_plural = _("financing rules")
        constraints = [models.UniqueConstraint(fields=["cluster", "holds_from", "version"], name="rule_version")]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str, int]:
        return (self.cluster.slug, self.holds_from.isoformat(), self.version)

    natural_key.dependencies = ["initiatives.cluster", "meetings.decision"]  # type: ignore[attr-defined]


class FinancingSide(AppendOnly):
    """One side of a rule: a party alone, or several by the key of a basis that is in force."""

    rule = models.ForeignKey(FinancingRule, models.PROTECT, related_name="sides", verbose_name=_("rule"))
    position = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=80)
    weight = models.PositiveSmallIntegerField(_("weight"), help_text=_("Of the sum of the sides: 50 and 50 is half."))
    actor = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="financing_sides", verbose_name=_("party")
    )
    basis = models.CharField(_("basis"), max_length=12, choices=Basis, blank=True)

    objects = FinancingSideManager()

    class Meta:
        ordering = ["rule", "position"]
        verbose_name = _("side of a rule")
        verbose_name_plural = _("sides of rules")
        constraints = [
            models.UniqueConstraint(fields=["rule", "position"], name="side_order"),
            models.CheckConstraint(
                condition=models.Q(weight__gt=0),
                name="side_weight_positive",
                violation_error_message=_("The weight must be above 0."),
            ),
            models.CheckConstraint(
                condition=models.Q(actor=None) ^ models.Q(basis=""),
                name="side_party_or_key",
                violation_error_message=_("Choose either a party or the basis of a key."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, str, int, int]:
        return (*self.rule.natural_key(), self.position)

    natural_key.dependencies = ["finance.financingrule", "initiatives.actor"]  # type: ignore[attr-defined]


class RateTable(AppendOnly):
    """The prices that an initiative's tracks have, at the price level of a year."""

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="rate_tables", verbose_name=_("initiative"))
    price_year = models.PositiveSmallIntegerField(_("price level"))
    source = models.CharField(_("source"), max_length=200)

    objects = RateTableManager()

    class Meta:
        ordering = ["initiative", "-price_year"]
        verbose_name = _("rate table")
        verbose_name_plural = _("rate tables")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "price_year"], name="ratetable_year"),
            models.CheckConstraint(condition=models.Q(price_year__range=(2007, 2099)), name="ratetable_year_known"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative}, {self.price_year}"

    def natural_key(self) -> tuple[str, str, int]:
        return (*self.initiative.natural_key(), self.price_year)

    natural_key.dependencies = ["initiatives.initiative"]  # type: ignore[attr-defined]


class Rate(AppendOnly):
    """What one track costs a municipality a year."""

    table = models.ForeignKey(RateTable, models.PROTECT, related_name="rates", verbose_name=_("rate table"))
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=120)
    amount = MoneyField(_("amount"))

    objects = RateManager()

    class Meta:
        ordering = ["table", "number"]
        verbose_name = _("rate")
        verbose_name_plural = _("rates")
        constraints = [
            models.UniqueConstraint(fields=["table", "number"], name="rate_number"),
            models.CheckConstraint(
                condition=models.Q(amount__gt=Decimal(0)),
                name="rate_positive",
                violation_error_message=_("The amount must be above 0."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.name}"

    def natural_key(self) -> tuple[str, str, int, int]:
        return (*self.table.natural_key(), self.number)

    natural_key.dependencies = ["finance.ratetable"]  # type: ignore[attr-defined]


class PriceAdjustment(AppendOnly):
    """How much prices and wages rise from the year before into `into_year`, in percent; negative where they fall."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="price_adjustments", verbose_name=_("cluster"))
    into_year = models.PositiveSmallIntegerField(_("into the year"))
    percent = models.DecimalField(_("percent"), max_digits=6, decimal_places=3)
    source = models.CharField(_("source"), max_length=200)

    objects = PriceAdjustmentManager()

    class Meta:
        ordering = ["cluster", "into_year"]
        verbose_name = _("price adjustment")
        verbose_name_plural = _("price adjustments")
        constraints = [models.UniqueConstraint(fields=["cluster", "into_year"], name="adjustment_year")]

    def __str__(self) -> str:
        return f"{self.into_year}: {self.percent}"

    def natural_key(self) -> tuple[str, int]:
        return (self.cluster.slug, self.into_year)

    natural_key.dependencies = ["initiatives.cluster"]  # type: ignore[attr-defined]


class TrackChoice(AppendOnly):
    """The two tracks that a municipality has chosen for a budget year."""

    initiative = models.ForeignKey(
        Initiative, models.PROTECT, related_name="track_choices", verbose_name=_("initiative")
    )
    actor = models.ForeignKey(Actor, models.PROTECT, related_name="track_choices", verbose_name=_("party"))
    budget_year = models.PositiveSmallIntegerField(_("budget year"))
    first = models.ForeignKey(Rate, models.PROTECT, related_name="chosen_first", verbose_name=_("first track"))
    second = models.ForeignKey(Rate, models.PROTECT, related_name="chosen_second", verbose_name=_("second track"))

    objects = TrackChoiceManager()

    class Meta:
        ordering = ["budget_year", "pk"]
        verbose_name = _("choice of tracks")
        verbose_name_plural = _("choices of tracks")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "actor", "budget_year"], name="trackchoice_once"),
            models.CheckConstraint(
                condition=~models.Q(first=models.F("second")),
                name="trackchoice_two",
                violation_error_message=_("Choose two different tracks."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.budget_year}: {self.first.number}, {self.second.number}"

    def natural_key(self) -> tuple[str, int, str, str]:
        return (self.actor.name, self.budget_year, *self.initiative.natural_key())

    natural_key.dependencies = ["finance.rate", "initiatives.initiative", "initiatives.actor"]  # type: ignore[attr-defined]

    def clean(self) -> None:
        """Both tracks stand in one table of the initiative, at the prices of the year or an earlier one."""
        super().clean()
        tables = {self.first.table, self.second.table}
        if len(tables) != 1 or self.first.table.initiative_id != self.initiative_id:
            raise ValidationError(_("Both tracks are of one rate table of the initiative."))
        if self.first.table.price_year > self.budget_year:
            raise ValidationError(_("The prices are of a later year than the choice."))
