"""Budget years that are accounted for, and so closed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from initiatives.asof import AppendOnly
from initiatives.models import Cluster

from ..querysets import AccountedYearManager


class AccountedYear(AppendOnly):
    """The accounts of a budget year have been rendered: from `accounted_on` what was spent stands for the year.

    The year is then closed: nothing is posted that is dated in it or touches its budget, unless it is reopened. A
    year that was reopened may be accounted for anew, by another row; the database keeps two from standing at once.
    """

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="accounted_years", verbose_name=_("cluster"))
    budget_year = models.PositiveSmallIntegerField(_("budget year"))
    accounted_on = models.DateField(_("accounted on"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )

    objects = AccountedYearManager()

    class Meta:
        ordering = ["budget_year", "pk"]
        verbose_name = _("accounted year")
        verbose_name_plural = _("accounted years")

    def __str__(self) -> str:
        return str(self.budget_year)

    def natural_key(self) -> tuple[str, int, str]:
        return (self.cluster.slug, self.budget_year, str(self.accounted_on))

    # Vouchers come first: nothing can be posted into a year that is closed.
    natural_key.dependencies = ["initiatives.cluster", "finance.entry"]  # type: ignore[attr-defined]


class Reopening(AppendOnly):
    """A closed year is open again from `reopened_on`; `reason` says why."""

    year = models.OneToOneField(
        AccountedYear, models.PROTECT, related_name="reopening", verbose_name=_("accounted year")
    )
    reopened_on = models.DateField(_("reopened on"))
    reason = models.CharField(_("reason"), max_length=300)
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("reopened by"),
    )  # fmt: skip

    class Meta:
        ordering = ["pk"]
        verbose_name = _("reopening of a year")
        verbose_name_plural = _("reopenings of years")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(reason=""), name="reopening_has_reason",
                violation_error_message=_("A reopening states its reason."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.year}: {self.reason}"
