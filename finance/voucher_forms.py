"""The forms that make whole vouchers: they read what was typed; the rules are judged by the acts."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from initiatives.access import Act
from initiatives.forms import DanishDateField, LineField
from initiatives.models import Actor, Cluster, Initiative, User
from initiatives.money import MoneyFormField
from initiatives.reporting import SINGLE_CITIZEN, names_a_citizen
from initiatives.typed import only_shown
from meetings.models import Decision

from .entering import Said, closed_field
from .models import Voucher
from .rules import SAYS_YES
from .shapes import Heading, Line
from .voucher_filters import decision_name

FIRST_YEAR, LAST_YEAR = 2007, 2099
LINES = "indsatser"
TOO_LONG = _("Write at most %(limit_value)s characters. There are %(show_value)s now.")
NARROW = {"class": "input-width-s", "inputmode": "numeric", "autocomplete": "off"}

# Which field an error's code is about, where the form has it; every other stands at the top.
FIELD_OF = {
    "amount": "amount", "zero": "amount", "sign": "amount", "year": "budget_year", "decision": "decision",
    "party_decision": "party_decision", "overspent": "overspend_reason", "party": "recipient", "reason": "reason",
    "held_on": "held_on",
}  # fmt: skip


def not_about_a_citizen(text: str) -> None:
    if names_a_citizen(text):
        raise ValidationError(SINGLE_CITIZEN)


class Sentence(LineField):
    """A text of one line that names no citizen. Its length is judged here: a browser would cut what is pasted."""

    def __init__(self, limit: int = 200, **kwargs: Any) -> None:
        checks: list[Any] = [MaxLengthValidator(limit, TOO_LONG), only_shown, not_about_a_citizen]
        widget = forms.TextInput(attrs={"autocomplete": "off"})
        super().__init__(**{"widget": widget, **kwargs}, validators=checks)


class YearField(forms.IntegerField):
    """A budget year of four digits."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = _("Write a year of four digits, for example 2026.")
        messages = dict.fromkeys(["required", "invalid", "min_value", "max_value"], wrong)
        widget = forms.TextInput(attrs=NARROW)
        super().__init__(
            min_value=FIRST_YEAR, max_value=LAST_YEAR, widget=widget, error_messages=messages, localize=False, **kwargs
        )


class DecisionField(forms.ModelChoiceField):
    """A decision that says yes, known by its meeting."""

    def label_from_instance(self, obj: Decision) -> str:
        return decision_name(obj)


class ReasonForm(forms.Form):
    """An act that states its reason; `held_on` is the day it counts from."""

    use_required_attribute = False

    held_on = DanishDateField(label=_("Date"), help_text=_("The day from which it counts"))
    reason = Sentence(label=_("Why?"), error_messages={"required": _("Write the reason.")})

    def add_problems(self, wrong: ValidationError) -> None:
        add_problems(self, wrong)


class VoucherForm(forms.Form):
    """What every voucher says: date, budget year, text; a correction its reason too.

    `initial` is what stands in the fields when the form opens. A coordinator chooses among own initiatives.
    """

    use_required_attribute = False
    kind: ClassVar[Voucher.Kind]
    with_decision: ClassVar[bool] = True

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    held_on = DanishDateField(label=_("Date"), help_text=_("The day from which the voucher counts"))
    budget_year = YearField(label=_("Budget year"))
    text = Sentence(
        label=_("Text"), help_text=_("What the voucher is about, as others will read it in the list"),
        error_messages={"required": _("Write what the voucher is about.")},
    )  # fmt: skip
    decision = DecisionField(
        Decision.objects.none(), label=_("Decision"), required=False, empty_label=_("None yet"),
        help_text=_("What the voucher rests on. Without it the voucher can only be a proposal"),
        error_messages={"invalid_choice": _("Choose a decision of the list.")},
    )  # fmt: skip
    reason = Sentence(
        label=_("Why is it corrected?"), help_text=_("Shown on both vouchers"),
        error_messages={"required": _("Write the reason.")},
    )  # fmt: skip

    def __init__(
        self, data: Any, cluster: Cluster, user: User, initial: Mapping[str, Any], *, correcting: bool = False
    ) -> None:
        self.cluster, self.user = cluster, user
        super().__init__(data, initial=dict(initial))
        if not correcting:
            del self.fields["reason"]
        if self.with_decision:
            self.fields["decision"].queryset = decisions(cluster, user)  # type: ignore[attr-defined]
        else:
            del self.fields["decision"]
        self.choose()
        last = ("decision", "party_decision", "overspend_reason", "reason")
        self.order_fields([name for name in self.fields if name not in last])

    def choose(self) -> None:
        """Gives the fields of this kind their choices."""

    def said(self) -> Said:
        """What the voucher is to move; of a valid form."""
        raise NotImplementedError

    def heading(self, state: Voucher.State) -> Heading:
        """The voucher's heading; of a valid form."""
        typed = self.cleaned_data
        return Heading(
            cluster=self.cluster,
            held_on=typed["held_on"],
            budget_year=typed["budget_year"],
            text=typed["text"].strip(),
            decision=typed.get("decision"),
            party_decision=typed.get("party_decision"),
            overspend_reason=(typed.get("overspend_reason") or "").strip(),
            state=state,
        )

    def add_problems(self, wrong: ValidationError) -> None:
        """What an act has refused, beside the field that it is about."""
        if getattr(wrong, "code", "") == "closed":
            typed = self.cleaned_data
            self.add_error(closed_field(self.cluster, typed["held_on"], typed["budget_year"]), wrong.messages)
        else:
            add_problems(self, wrong)


def add_problems(form: forms.Form, wrong: ValidationError) -> None:
    """Each error at the field that its code or its name tells, at the top where the form has no such field."""
    if hasattr(wrong, "error_dict"):
        for name, errors in wrong.message_dict.items():
            form.add_error(name if name in form.fields and name != NON_FIELD_ERRORS else None, errors)
        return
    field = FIELD_OF.get(getattr(wrong, "code", None) or "", "")
    form.add_error(field if field in form.fields else None, wrong.messages)


def decisions(cluster: Cluster, user: User) -> QuerySet[Decision]:
    """The decisions that a voucher of the cluster can rest on, newest first."""
    visible: QuerySet[Decision] = Decision.objects.visible_to(user)
    forum = "recommendation__item__meeting__forum"
    of_cluster = Q(**{f"{forum}__cluster": cluster}) | Q(**{f"{forum}__region": cluster.region_id})
    return visible.filter(of_cluster, outcome__in=SAYS_YES).with_meeting()  # type: ignore[attr-defined]


def own_initiatives(cluster: Cluster, user: User) -> QuerySet[Initiative]:
    """Those on which the user may register spend, as spending.may_register_spend tells of one."""
    kept = cluster.initiatives.filter(retired_on=None)
    if user.rights.may(Act.POST, cluster.pk):
        return kept
    return kept.filter(Q(responsible__user=None) | Q(responsible__user=user))


def parties(cluster: Cluster) -> QuerySet[Actor]:
    """The cluster's parties, their parts, and who takes part in its initiatives."""
    known = cluster.parties.values("pk")
    of_initiatives = Q(initiative_lines__initiative__cluster=cluster)
    return Actor.objects.filter(Q(pk__in=known) | Q(part_of__in=known) | of_initiatives).distinct().order_by("name")


def _initiative_field(**kwargs: Any) -> forms.ModelChoiceField:
    messages = {"required": _("Choose an initiative."), "invalid_choice": _("Choose an initiative of the list.")}
    usual = {"label": _("Initiative"), "empty_label": _("Choose an initiative"), "error_messages": messages}
    return forms.ModelChoiceField(Initiative.objects.none(), **{**usual, **kwargs})


def _party_field(label: Any, **kwargs: Any) -> forms.ModelChoiceField:
    messages = {"required": _("Choose a party."), "invalid_choice": _("Choose a party of the list.")}
    return forms.ModelChoiceField(Actor.objects.none(), label=label, error_messages=messages, **kwargs)


def _amount_field(**kwargs: Any) -> MoneyFormField:
    return MoneyFormField(
        **{"label": _("Amount, kr."), "help_text": _("For example 1.250.000 or 1250000,50"), **kwargs},
        error_messages={"required": _("Write the amount.")},
    )


class LineForm(VoucherForm):
    """A voucher on a line: an initiative and the party that receives."""

    initiative = _initiative_field()
    recipient = _party_field(
        _("Recipient"), required=False, empty_label=_("No recipient stated"),
        help_text=_("Who gets the money; must be the same as in the allocation"),
    )  # fmt: skip
    amount = _amount_field()
    field_order = ["initiative", "recipient", "amount", "held_on", "budget_year", "text"]

    def choose(self) -> None:
        self.fields["initiative"].queryset = own_initiatives(self.cluster, self.user)  # type: ignore[attr-defined]
        self.fields["recipient"].queryset = parties(self.cluster)  # type: ignore[attr-defined]

    def said(self) -> Said:
        typed = self.cleaned_data
        return Said(self.kind, typed["amount"], Line(typed["initiative"], typed["recipient"]))


class SpendForm(LineForm):
    """Spend of what is allocated."""

    kind = Voucher.Kind.SPEND
    with_decision = False

    overspend_reason = Sentence(
        label=_("Why is more spent than is allocated?"), required=False,
        help_text=_("Only where the amount is larger than what the initiative has left"),
    )  # fmt: skip


class AllocationForm(LineForm):
    """An amount set aside for a line, out of the cluster's pool."""

    kind = Voucher.Kind.ALLOCATION


class InvoiceForm(VoucherForm):
    """A party asks another for money."""

    kind = Voucher.Kind.INVOICE
    field_order = ["recipient", "payer", "initiative", "amount", "held_on", "budget_year", "text"]

    recipient = _party_field(_("Sent by"), empty_label=_("Choose who is to receive the money"))
    payer = _party_field(_("Paid by"), empty_label=_("Choose who is to pay"))
    initiative = _initiative_field(required=False, empty_label=_("No single initiative"))
    amount = _amount_field()

    def choose(self) -> None:
        self.fields["initiative"].queryset = self.cluster.initiatives.filter(retired_on=None)  # type: ignore[attr-defined]
        for name in ("recipient", "payer"):
            self.fields[name].queryset = parties(self.cluster)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("payer") and typed.get("payer") == typed.get("recipient"):
            self.add_error("payer", _("Somebody else must pay than the one who sends the invoice."))
        return typed

    def said(self) -> Said:
        typed = self.cleaned_data
        return Said(self.kind, typed["amount"], Line(typed["initiative"], typed["recipient"]), typed["payer"])


class CarryOverForm(VoucherForm):
    """What is left goes into another year: of the lines, of the cluster's pool, or of a party's."""

    kind = Voucher.Kind.CARRY_OVER
    field_order = ["pool", "out_of", "budget_year", "amount", "held_on", "text"]

    pool = forms.ChoiceField(
        label=_("What is carried over?"), error_messages={
            "required": _("Choose what is carried over."), "invalid_choice": _("Choose what is carried over."),
        },
    )  # fmt: skip
    out_of = YearField(label=_("Out of the year"), required=False)
    amount = _amount_field(
        required=False, help_text=_("Leave it empty for the initiatives: what each has left is carried over")
    )
    party_decision = DecisionField(
        Decision.objects.none(), label=_("The party's own decision"), required=False, empty_label=_("None yet"),
        help_text=_("Needed for a party's pool, besides the decision of the forum"),
        error_messages={"invalid_choice": _("Choose a decision of the list.")},
    )  # fmt: skip

    def choose(self) -> None:
        self.fields["budget_year"].label = _("Into the year")
        self.fields["party_decision"].queryset = decisions(self.cluster, self.user)  # type: ignore[attr-defined]
        self.parties = {str(party.pk): party for party in parties(self.cluster)}
        pools = [(pk, _("The pool of %(party)s") % {"party": party}) for pk, party in self.parties.items()]
        fixed = [("", _("Choose")), (LINES, _("What the initiatives have left")), ("klynge", _("The cluster's pool"))]
        self.fields["pool"].choices = fixed + pools  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = self.cleaned_data
        if typed.get("pool") and typed["pool"] != LINES:
            if typed.get("amount") is None and "amount" not in self.errors:
                self.add_error("amount", _("Write the amount."))
            if typed.get("out_of") is None and "out_of" not in self.errors:
                self.add_error("out_of", _("Write the year that it is carried out of."))
        elif typed.get("pool") == LINES and typed.get("amount") is not None:
            self.add_error("amount", _("Leave it empty: what each initiative has left is carried over."))
        return typed

    def said(self) -> Said:
        typed = self.cleaned_data
        party = self.parties.get(typed["pool"])
        return Said(self.kind, typed["amount"], None, party, typed["out_of"], lines=typed["pool"] == LINES)


# By the word of the address.
FORMS: Mapping[str, type[VoucherForm]] = {
    "forbrug": SpendForm,
    "disponering": AllocationForm,
    "overfoersel": CarryOverForm,
    "opkraevning": InvoiceForm,
}
WORDS = {form.kind: word for word, form in FORMS.items()}


def starting(kind: Voucher.Kind, today: date) -> dict[str, Any]:
    """What stands in a new form: today, and the year that it usually touches."""
    into = {"out_of": today.year - 1} if kind == Voucher.Kind.CARRY_OVER else {}
    return {"held_on": today, "budget_year": today.year, **into}


def known(voucher: Voucher, said: Said) -> dict[str, Any]:
    """What stands in the form that changes or corrects a voucher."""
    line = said.line or Line(None)
    amount: Decimal | None = said.amount
    return {
        "version": voucher.version, "held_on": voucher.held_on, "budget_year": voucher.budget_year,
        "text": voucher.text, "decision": voucher.decision_id, "party_decision": voucher.party_decision_id,
        "overspend_reason": voucher.overspend_reason, "initiative": line.initiative, "recipient": line.recipient,
        "amount": amount, "payer": said.payer, "out_of": said.out_of,
        "pool": str(said.payer.pk) if said.payer else "klynge",
    }  # fmt: skip
