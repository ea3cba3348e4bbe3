"""What a published document printed, kept beside what the portal computes; reconciliation compares the two."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

_NUMERAL = re.compile(r"\d[\d.]*(?:,(?P<decimals>\d+))?")


class PublishedDocumentManager(models.Manager["PublishedDocument"]):
    def get_by_natural_key(self, slug: str) -> "PublishedDocument":
        return self.get(slug=slug)


class PublishedDocument(models.Model):
    """A document that was published. `status_date` dates its status texts; often the document prints no date.

    `accounts_date` is the day that its amounts are of, where it prints another: accounts end before they are told of.
    """

    slug = models.SlugField(_("address"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("publisher"), max_length=120)
    status_date = models.DateField(_("status date"))
    status_date_printed = models.BooleanField(_("the date is printed"), default=True)
    accounts_date = models.DateField(_("date of the accounts"), null=True, blank=True)

    objects = PublishedDocumentManager()

    class Meta:
        ordering = ["status_date", "pk"]
        verbose_name = _("published document")
        verbose_name_plural = _("published documents")

    def __str__(self) -> str:
        return self.title

    def natural_key(self) -> tuple[str]:
        return (self.slug,)


class PublishedFigureQuerySet(models.QuerySet["PublishedFigure"]):
    def about(self, cluster_slug: str, kinds: Iterable[str]) -> Self:
        """What was printed about a cluster, of the kinds of subject named, with the documents."""
        of_kinds = (Q(subject__startswith=f"{kind}:{cluster_slug}/") for kind in kinds)
        return self.filter(reduce(or_, of_kinds)).select_related("document")

    def printed_by(self, day: date) -> Self:
        """Those that are of `day` or an earlier one: before it, there is nothing to hold them against."""
        of_accounts = Q(unit=PublishedFigure.Unit.KRONER, document__accounts_date__isnull=False)
        return self.filter(
            (of_accounts & Q(document__accounts_date__lte=day)) | (~of_accounts & Q(document__status_date__lte=day))
        )


class PublishedFigureManager(models.Manager.from_queryset(PublishedFigureQuerySet)):  # type: ignore[misc]
    def get_by_natural_key(self, document: str, place: str, subject: str) -> "PublishedFigure":
        return self.get(document__slug=document, place=place, subject=subject)


class PublishedFigure(models.Model):
    """One printed figure that can also be computed.

    `subject` names what is computed as `kind:parts`, parts divided by `/`, for example
    `cluster-funds:midt/12` or `difference:midt/5/3a/aalborg/mwd`; clusterportal.reconciliation knows the kinds.
    """

    class Unit(models.TextChoices):
        KRONER = "kr", _("kr.")
        PERCENT = "percent", _("percent")
        COUNT = "count", _("number")
        MEASURE = "measure", _("the measure's unit")

    document = models.ForeignKey(PublishedDocument, models.PROTECT, related_name="figures", verbose_name=_("document"))
    place = models.CharField(_("place"), max_length=120)
    printed = models.CharField(_("as printed"), max_length=80)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit)
    subject = models.CharField(_("subject"), max_length=160, db_index=True)

    objects = PublishedFigureManager()

    class Meta:
        ordering = ["document", "pk"]
        verbose_name = _("published figure")
        verbose_name_plural = _("published figures")
        constraints = [
            models.UniqueConstraint(fields=["document", "place", "subject"], name="published_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place}: {self.printed}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.document.slug, self.place, self.subject)

    natural_key.dependencies = ["initiatives.publisheddocument"]  # type: ignore[attr-defined]

    @property
    def day(self) -> date:
        """The day that the figure is of: that of the document's accounts for an amount, else that of its statuses."""
        of_accounts = self.document.accounts_date if self.unit == self.Unit.KRONER else None
        return of_accounts or self.document.status_date

    @property
    def decimals(self) -> int:
        """How many decimals were printed."""
        return printed_decimals(self.printed, self.value)

    def rounded(self, computed: Decimal) -> Decimal:
        """A computed figure rounded half up to the decimals that were printed."""
        rounded = computed.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
        return abs(rounded) if rounded == 0 else rounded

    def agrees_with(self, computed: Decimal) -> bool:
        """True where the computed figure rounds to what is printed; False where the print has no value."""
        return self.value is not None and self.rounded(computed) == self.value


def printed_decimals(printed: str, value: Decimal | None) -> int:
    """How many decimals `printed` has: 2 in `-0,36`, none in `1.765.000`; a lone dot counts as `value` takes it."""
    numeral = _NUMERAL.search(printed)
    if numeral is None:
        return 0
    if numeral["decimals"]:
        return len(numeral["decimals"])
    _whole, dot, decimals = numeral.group().rpartition(".")
    return len(decimals) if dot and value is not None and value != value.to_integral_value() else 0


def printed_figures(kind: str, cluster_slug: str, day: date) -> dict[str, list[PublishedFigure]]:
    """What documents printed about a cluster by `day`, by subject, for one kind of subject; one query."""
    found: dict[str, list[PublishedFigure]] = {}
    for figure in PublishedFigure.objects.about(cluster_slug, [kind]).printed_by(day):
        found.setdefault(figure.subject, []).append(figure)
    return found
