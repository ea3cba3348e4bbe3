"""What the secretariat chooses before an evaluation is made."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from initiatives.access import Act
from initiatives.danish import short_date
from initiatives.forms import DanishDateField
from initiatives.models import ActionPlan, User


class PlanField(forms.ModelChoiceField):
    """Plans by title; with the cluster's name where there are several clusters, whose plans may be called the same."""

    with_cluster = False

    def label_from_instance(self, plan: Any) -> str:
        return f"{plan.title}, {plan.cluster.name}" if self.with_cluster else str(plan.title)


class EvaluationForm(forms.Form):
    """Plan and day. The plans are those of the clusters in which the user may make reports."""

    use_required_attribute = False

    plan = PlanField(
        label=_("Action plan"), queryset=ActionPlan.objects.none(), empty_label=None,
        widget=forms.Select(attrs={"class": "input-width-xl"}),
        error_messages={"required": _("Choose an action plan."), "invalid_choice": _("Choose an action plan.")},
    )  # fmt: skip
    as_of = DanishDateField(
        label=_("As of"),
        help_text=_("Statuses and amounts are those that held on this day. For example 31.03.2025"),
    )

    def __init__(self, data: Any = None, *, user: User, today: date) -> None:
        self.today = today
        super().__init__(data, initial={"as_of": today})
        own = [cluster for cluster in user.rights.clusters if user.rights.may(Act.MAKE_REPORT, cluster)]
        plans = ActionPlan.objects.filter(cluster__in=own).current_first().select_related("cluster")
        field = cast("PlanField", self.fields["plan"])
        field.queryset = plans
        field.with_cluster = len(own) > 1

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        if day > self.today:
            raise ValidationError(_("The day has not come yet: choose today or an earlier day."))
        return day

    def clean(self) -> dict[str, Any]:
        plan, day = self.cleaned_data.get("plan"), self.cleaned_data.get("as_of")
        if plan and day and day < plan.starts:
            begins = {"day": short_date(plan.starts)}
            self.add_error("as_of", _("The plan begins on %(day)s: choose that day or a later one.") % begins)
        return self.cleaned_data
