"""The form that orders a report: what it is about, and as of which day."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.danish import short_date
from initiatives.forms import DanishDateField
from initiatives.models import ActionPlan, Initiative, User

from .composing import Subject
from .models import Kind
from .rights import clusters_for


class PlanField(forms.ModelChoiceField):
    """Plans by title; with the cluster's name where there are several clusters, whose plans may be called the same."""

    with_cluster = False

    def label_from_instance(self, plan: Any) -> str:
        return f"{plan.title}, {plan.cluster.name}" if self.with_cluster else str(plan.title)


class InitiativeField(PlanField):
    """Initiatives by number and short title."""

    def label_from_instance(self, initiative: Any) -> str:
        name = f"{initiative.number} {initiative.short_title}".strip()
        return f"{name}, {initiative.cluster.name}" if self.with_cluster else name


class ReportForm(forms.Form):
    """What and as of which day. The choices are those of the clusters in which the user may make such a report."""

    use_required_attribute = False

    plan = PlanField(
        label=_("Action plan"), queryset=ActionPlan.objects.none(), empty_label=None,
        widget=forms.Select(attrs={"class": "input-width-xl"}),
        error_messages={"required": _("Choose an action plan."), "invalid_choice": _("Choose an action plan.")},
    )  # fmt: skip
    initiative = InitiativeField(
        label=_("Initiative"), queryset=Initiative.objects.none(), empty_label=None,
        widget=forms.Select(attrs={"class": "input-width-xl"}),
        error_messages={"required": _("Choose an initiative."), "invalid_choice": _("Choose an initiative.")},
    )  # fmt: skip
    as_of = DanishDateField(
        label=_("As of"),
        help_text=_("Statuses and amounts are those that held on this day. For example 31.03.2025"),
    )

    def __init__(self, data: Any = None, *, kind: Kind, user: User, today: date, initial: Any = None) -> None:
        self.kind, self.today = kind, today
        super().__init__(data, initial={"as_of": today, **(initial or {})})
        of_one = kind == Kind.INITIATIVE
        del self.fields["plan" if of_one else "initiative"]
        own = clusters_for(user, kind)
        self.about = cast("PlanField", self.fields["initiative" if of_one else "plan"])
        self.about.queryset = initiatives_of(own) if of_one else plans_of(own)
        self.about.with_cluster = len(own) > 1

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        if day > self.today:
            raise ValidationError(_("The day has not come yet: choose today or an earlier day."))
        return day

    def clean(self) -> dict[str, Any]:
        plan, day = self._plan(), self.cleaned_data.get("as_of")
        if plan and day and day < plan.starts:
            begins = {"day": short_date(plan.starts)}
            self.add_error("as_of", _("The plan begins on %(day)s: choose that day or a later one.") % begins)
        return self.cleaned_data

    def _plan(self) -> ActionPlan | None:
        initiative = self.cleaned_data.get("initiative")
        return initiative.plan if initiative else self.cleaned_data.get("plan")

    @property
    def subject(self) -> Subject:
        """What was asked for; of a valid form only."""
        plan = self._plan()
        assert plan is not None  # noqa: S101 (a valid form has one)
        return Subject(self.kind, plan, self.cleaned_data["as_of"], self.cleaned_data.get("initiative"))


def plans_of(clusters: list[int]) -> Any:
    """The plans of the clusters, those that run first."""
    return ActionPlan.objects.filter(cluster__in=clusters).current_first().select_related("cluster")


def initiatives_of(clusters: list[int]) -> Any:
    """The initiatives that stand in a plan of the clusters, as they are listed."""
    found = Initiative.objects.filter(cluster__in=clusters, plan__cluster__in=clusters)
    return found.as_listed().select_related("cluster", "plan__cluster")
