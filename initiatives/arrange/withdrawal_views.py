"""The pages about initiatives made by mistake: withdraw or merge one, take it back, and the list of those that were."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ..access import Act
from ..danish import today
from ..home import page_is_about
from ..models import Cluster, Initiative
from ..tracing import Mark
from ..views import PortalRequest
from .forms import UNKNOWN, line_field
from .views import FORM, initiative_to, trail
from .withdrawing import recorded, remove, restore, withdraw


class WithdrawalForm(forms.Form):
    """What becomes of the initiative, and why."""

    use_required_attribute = False

    way = forms.ChoiceField(
        label=gettext_lazy("What shall happen?"), widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), gettext_lazy("Choose what shall happen.")),
    )  # fmt: skip
    into = forms.ModelChoiceField(
        Initiative.objects.none(), label=gettext_lazy("The initiative that it duplicates"), required=False,
        empty_label=gettext_lazy("Choose an initiative"), help_text=gettext_lazy("Only when it is merged"),
        error_messages={"invalid_choice": UNKNOWN},
    )  # fmt: skip
    reason = line_field(
        gettext_lazy("Why?"), help_text=gettext_lazy("A few words. They stand on the page and in the history")
    )

    def __init__(self, data: Any, initiative: Initiative, ways: list[tuple[str, str]]) -> None:
        super().__init__(data)
        others = Initiative.objects.filter(cluster=initiative.cluster_id, retired_on=None).exclude(pk=initiative.pk)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]
        self.fields["way"].choices = ways  # type: ignore[attr-defined]
        if [key for key, _label in ways] == ["restore"]:
            del self.fields["into"]
            self.fields["way"].initial = "restore"

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("way") == "merge" and not self.cleaned_data.get("into"):
            self.add_error("into", _("Choose the initiative that it duplicates."))
        return self.cleaned_data


def ways_for(initiative: Initiative, facts: list[str]) -> list[tuple[str, str]]:
    """What may be done with it: a withdrawn one taken back; another merged, and removed or withdrawn."""
    if initiative.retired_on:
        return [("restore", _("Take it into use again"))]
    alone = ("withdraw", _("Withdraw it: no list shows it from today on, and its page says why"))
    if not facts:
        alone = ("remove", _("Remove it: nothing has been recorded about it, so nothing is lost"))
    return [alone, ("merge", _("Merge it into another: its address leads there from today on"))]


@FORM
@never_cache
def withdrawal(request: PortalRequest, cluster: str, address: str) -> HttpResponse:
    """Withdraw, merge, remove or take back."""
    initiative = initiative_to(request.user, cluster, address, Act.ARRANGE)
    page_is_about(request, initiative.cluster)
    facts = recorded(initiative)
    form = WithdrawalForm(request.POST or None, initiative, ways_for(initiative, facts))
    if request.method == "POST" and form.is_valid():
        mark = Mark(request.user, timezone.now(), form.cleaned_data["reason"])
        try:
            done = _act(form, initiative, mark)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, done)
            if form.cleaned_data["way"] == "remove":
                return redirect("initiatives:withdrawn", cluster)
            return redirect(f"{initiative.get_absolute_url()}?egen=1")  # type: ignore[attr-defined]
    context = {"form": form, "initiative": initiative, "facts": facts, "trail": trail(initiative, _("Withdraw"), up=3)}
    return render(request, "initiatives/arrange/withdrawal.html", context)


def _act(form: WithdrawalForm, initiative: Initiative, mark: Mark) -> str:
    """Does what was chosen; the words that tell of it."""
    acts: dict[str, tuple[Callable[[], None], str]] = {
        "remove": (lambda: remove(initiative, mark), _("%(initiative)s is removed.")),
        "withdraw": (lambda: withdraw(initiative, mark, today()), _("%(initiative)s is withdrawn.")),
        "merge": (
            lambda: withdraw(initiative, mark, today(), form.cleaned_data["into"]),
            _("%(initiative)s is merged into the other."),
        ),
        "restore": (lambda: restore(initiative, mark), _("%(initiative)s is in use again.")),
    }
    act, words = acts[form.cleaned_data["way"]]
    act()
    return words % {"initiative": initiative.called}


@require_safe
def withdrawn(request: PortalRequest, cluster: str) -> HttpResponse:
    """The initiatives of a cluster that were withdrawn, merged or removed: when, by whom and why; two queries."""
    of: Cluster = get_object_or_404(Cluster.objects.visible_to(request.user), slug=cluster)
    page_is_about(request, of)
    here = Initiative.objects.filter(cluster=of, retired_on__isnull=False)
    gone = Initiative.history.filter(cluster=of, history_type="-").select_related("history_user")
    context = {
        "of": of,
        "here": here.select_related("cluster", "merged_into__cluster").order_by("-retired_on", "pk"),
        "gone": gone.order_by("-history_date", "pk"),
        "trail": [(_("Initiatives"), "../../"), (_("Withdrawn initiatives"), "")],
    }
    return render(request, "initiatives/arrange/withdrawn.html", context)
