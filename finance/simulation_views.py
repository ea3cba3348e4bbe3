"""The simulation: an amount by the rule in force and by another key, side by side. Nothing is stored."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_safe

from initiatives import asof
from initiatives.home import home_cluster
from initiatives.listing import EXPORTS
from initiatives.models import Cluster
from initiatives.money import MoneyFormField, kroner, total

from .apportionment import ApportionmentError
from .financing import Compared, Key, Rule, simulate
from .financing_facts import NoRuleError, keys_known_on, rule_in_force
from .models.vouchers import LARGEST_ENTRY


@dataclass(frozen=True)
class Simulated:
    """An amount by the key of the rule and by another."""

    amount: Decimal
    first: str
    second: str
    rows: tuple[Compared, ...]

    @property
    def moved(self) -> Decimal:
        """How much of the amount other parties pay by the second key."""
        return total(row.difference for row in self.rows if row.difference > 0)

    @property
    def opening(self) -> str:
        """The comparison in a sentence."""
        if not self.moved:
            return _("“%(second)s” gives every party the same as “%(first)s”.") % {
                "first": self.first,
                "second": self.second,
            }
        most = max(self.rows, key=lambda row: row.difference)
        return _("“%(second)s” moves DKK %(moved)s of DKK %(amount)s. %(party)s pays most more: DKK %(more)s.") % {
            "second": self.second,
            "moved": kroner(self.moved),
            "amount": kroner(self.amount),
            "party": most.party,
            "more": kroner(most.difference),
        }


class SimulationForm(forms.Form):
    """Which amount, and which key beside the one of the rule."""

    beloeb = MoneyFormField(label=gettext_lazy("Amount, kr."), help_text=gettext_lazy("For example 509.569 or 100,50."))
    noegle = forms.ChoiceField(label=gettext_lazy("The other key"))

    def __init__(self, data: Any, rule: Rule, keys: Sequence[Key]) -> None:
        super().__init__(data, auto_id="id_%s")
        self.rule, self.keys = rule, {key.basis: key for key in keys if key.weights}
        self.fields["noegle"].choices = [(basis, key.name) for basis, key in self.keys.items()]  # type: ignore[attr-defined]
        # The key that the rule does not use is the one that there is something to learn from.
        used = {side.key.basis for side in rule.sides if side.key}
        self.fields["noegle"].initial = next((basis for basis in self.keys if basis not in used), None)

    def clean_beloeb(self) -> Decimal:
        """The amount, positive, in whole øre and no larger than the ledger holds."""
        amount: Decimal = self.cleaned_data["beloeb"]
        if amount <= 0:
            raise forms.ValidationError(_("The amount must be above 0."))
        if amount > LARGEST_ENTRY:
            raise forms.ValidationError(_("The amount is larger than the ledger can hold."))
        return amount

    def simulated(self) -> Simulated | None:
        """The comparison; None, with an error at the amount, where it cannot be split."""
        other = self.keys[self.cleaned_data["noegle"]]
        try:
            rows = simulate(self.cleaned_data["beloeb"], self.rule, other)
        except ApportionmentError as error:
            self.add_error("beloeb", str(error))
            return None
        used = next((side.key.name for side in self.rule.sides if side.key), self.rule.name)
        return Simulated(self.cleaned_data["beloeb"], used, other.name, rows)


@require_safe
def simulation(request: HttpRequest) -> HttpResponse:
    """The form, and below it what it asks for, as a page or as the file that `?eksport=` names."""
    cluster = home_cluster(request)
    if cluster is None:
        return render(request, "finance/no_cluster.html")
    day = asof.read(request)
    try:
        form = _form(request, cluster, day.day)
    except NoRuleError as error:
        return render(request, "finance/simulation_empty.html", {"asof": day, "why": str(error)})
    found = form.simulated() if form.is_valid() else None
    if found and (export := EXPORTS.get(request.GET.get("eksport", ""))):
        return export(_as_rows(found), f"fordeling-{cluster.slug}")
    return render(request, "finance/simulation.html", {"asof": day, "form": form, "found": found})


def _form(request: HttpRequest, cluster: Cluster, day: date) -> SimulationForm:
    """The form, bound where the address names an amount. Raises NoRuleError."""
    data = request.GET if "beloeb" in request.GET else None
    return SimulationForm(data, rule_in_force(cluster, day), keys_known_on(cluster, day))


def _as_rows(found: Simulated) -> Iterator[Sequence[object]]:
    yield pgettext("of a joint financing", "Party"), found.first, found.second, _("Difference, kr.")
    for row in found.rows:
        yield row.party, row.by_first, row.by_second, row.difference
