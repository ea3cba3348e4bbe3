"""How the ledger's list of vouchers is narrowed; values are what stands in the address."""

import re
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet, TextChoices
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from initiatives.danish import short_date
from initiatives.home import home_cluster
from initiatives.models import Actor, Initiative
from meetings.models import Decision

from .models import Account, Entry, Voucher


class Shown(TextChoices):
    """Which states are listed."""

    POSTED = "bogfoert", _("Only posted")
    PROPOSED = "forslag", _("Only proposals")


class AccountChoice(django_filters.fields.ModelChoiceField):
    """An account is named by the party that has it."""

    def label_from_instance(self, obj: Account) -> str:
        return account_name(obj)


class DecisionChoice(django_filters.fields.ModelChoiceField):
    """A decision is known by its meeting."""

    def label_from_instance(self, obj: Decision) -> str:
        return decision_name(obj)


class AccountFilter(django_filters.ModelChoiceFilter):
    field_class = AccountChoice


class DecisionFilter(django_filters.ModelChoiceFilter):
    field_class = DecisionChoice


def account_name(account: Account) -> str:
    """`Klyngen: pulje`, `Aalborg Kommune: mellem parterne`."""
    return f"{account.party or _('The cluster')}: {account.get_kind_display()}"


def decision_name(decision: Decision) -> str:
    """`12.03.2024, Styregruppen: Godkendt`, with at most 70 letters of the text; reads meeting and forum."""
    meeting = decision.recommendation.item.meeting
    text = decision.text if len(decision.text) <= 70 else f"{decision.text[:69].rstrip()}…"
    return f"{short_date(meeting.held_on)}, {meeting.forum.name}: {text}"


def _accounts(request: HttpRequest) -> QuerySet[Account]:
    accounts = Account.objects.filter(cluster=home_cluster(request)).select_related("party")
    return accounts.order_by("party__name", "kind")


def _parties(request: HttpRequest) -> QuerySet[Actor]:
    cluster = home_cluster(request)
    return Actor.objects.filter(Q(accounts__cluster=cluster) | Q(received__voucher__cluster=cluster)).distinct()


def _initiatives(request: HttpRequest) -> QuerySet[Initiative]:
    return Initiative.objects.filter(cluster=home_cluster(request), entries__isnull=False).distinct()


def _decisions(request: HttpRequest) -> QuerySet[Decision]:
    cluster = home_cluster(request)
    behind = Voucher.objects.filter(cluster=cluster).values("decision")
    return Decision.objects.visible_to(request.user).filter(pk__in=behind).with_meeting()


class VoucherFilter(django_filters.FilterSet):
    """Year, kind, state, party, account, initiative, decision and words."""

    q = django_filters.CharFilter(
        label=_("Search in text and number"), method="words", max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    aar = django_filters.ChoiceFilter(label=_("Budget year"), empty_label=_("All years"), field_name="budget_year")
    slags = django_filters.ChoiceFilter(
        label=_("Kind"), empty_label=_("All kinds"), field_name="kind",
        choices=[(kind.value, capfirst(kind.label)) for kind in Voucher.Kind],
    )  # fmt: skip
    tilstand = django_filters.ChoiceFilter(
        label=_("State"), empty_label=_("Posted and proposals"), choices=Shown, method="in_state"
    )
    part = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("money", "Party"), empty_label=_("All parties"), queryset=_parties, method="of_party"
    )
    konto = AccountFilter(
        label=_("Account, with balance"), empty_label=_("No account"), queryset=_accounts, method="on_account"
    )
    indsats = django_filters.ModelChoiceFilter(
        label=_("Initiative"), empty_label=_("All initiatives"), queryset=_initiatives, method="of_initiative"
    )
    beslutning = DecisionFilter(
        label=_("Decision"), empty_label=_("All decisions"), queryset=_decisions, method="on_decision"
    )

    class Meta:
        model = Voucher
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = Voucher.objects.filter(cluster=home_cluster(self.request)).order_by("-budget_year")
        found = years.values_list("budget_year", flat=True).distinct()
        self.filters["aar"].extra["choices"] = [(str(year), str(year)) for year in found]

    def words(self, vouchers: QuerySet[Voucher], name: str, value: str) -> QuerySet[Voucher]:
        """Each word stands in text or reference. A regular expression: SQLite's LIKE knows no capital Æ, Ø and Å."""
        for word in value.split():
            anywhere = Q(text__iregex=re.escape(word)) | Q(reference__iregex=re.escape(word))
            vouchers = vouchers.filter(anywhere)
        return vouchers

    def in_state(self, vouchers: QuerySet[Voucher], name: str, value: str) -> QuerySet[Voucher]:
        state = Voucher.State.POSTED if value == Shown.POSTED else Voucher.State.PROPOSED
        return vouchers.filter(state=state)

    def of_party(self, vouchers: QuerySet[Voucher], name: str, party: Actor) -> QuerySet[Voucher]:
        """Those that move on an account of the party, or name it as recipient."""
        return _with_entry(vouchers, Q(account__party=party) | Q(recipient=party))

    def on_account(self, vouchers: QuerySet[Voucher], name: str, account: Account) -> QuerySet[Voucher]:
        return _with_entry(vouchers, Q(account=account))

    def of_initiative(self, vouchers: QuerySet[Voucher], name: str, initiative: Initiative) -> QuerySet[Voucher]:
        return _with_entry(vouchers, Q(initiative=initiative))

    def on_decision(self, vouchers: QuerySet[Voucher], name: str, decision: Decision) -> QuerySet[Voucher]:
        return vouchers.filter(Q(decision=decision) | Q(party_decision=decision))

    @property
    def account(self) -> Account | None:
        """The account whose balance is shown: the one chosen, else the chosen party's pool if it has one."""
        chosen = self.form.cleaned_data if self.form.is_valid() or self.form.cleaned_data else {}
        account, party = chosen.get("konto"), chosen.get("part")
        if account or party is None:
            return account
        of_party = Account.objects.filter(cluster=home_cluster(self.request), party=party).select_related("party")
        return of_party.filter(kind=Account.Kind.POOL).first()

    @property
    def narrows(self) -> bool:
        """True where something is left out."""
        return any(self.form.cleaned_data.values())


def _with_entry(vouchers: QuerySet[Voucher], entries: Q) -> QuerySet[Voucher]:
    """A subquery: a join would list a voucher once for each of its entries."""
    return vouchers.filter(pk__in=Entry.objects.filter(entries).values("voucher"))
