"""Closing a budget year: which years there are, the checklist of one, closing and reopening it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from initiatives.access import Act, rights_of
from initiatives.danish import count_word, listed, today
from initiatives.forms import DanishDateField
from initiatives.home import home_cluster, page_is_about
from initiatives.models import Cluster, User

from .closing import close_year, reopen_year
from .closing_checks import Check, checklist
from .models import AccountedYear, Voucher
from .voucher_forms import FIRST_YEAR, LAST_YEAR, Sentence, add_problems
from .voucher_page import visible_cluster

FORM = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class BudgetYear:
    """A year with vouchers: the accounts that stand (None while it is open), and those that were reopened."""

    year: int
    closed: AccountedYear | None
    reopened: tuple[AccountedYear, ...]
    vouchers: int = 0
    proposals: int = 0

    @property
    def last_reason(self) -> str:
        """Why the year was reopened last; empty for one that never was."""
        return self.reopened[-1].reopening.reason if self.reopened else ""


class CloseForm(forms.Form):
    """The day on which the accounts are rendered; what the checklist found is seen first."""

    use_required_attribute = False

    accounted_on = DanishDateField(
        label=gettext_lazy("Accounts rendered on"),
        help_text=gettext_lazy("From this day what was spent stands for the year"),
    )
    noticed = forms.BooleanField(
        label=gettext_lazy("I have seen what the checklist found, and close the year all the same"),
        error_messages={"required": gettext_lazy("Look at what the checklist found, and tick here.")},
    )

    def __init__(self, data: Any, now: date, *, found: bool) -> None:
        self.now = now
        super().__init__(data, initial={"accounted_on": now})
        if not found:
            del self.fields["noticed"]

    def clean_accounted_on(self) -> date:
        day: date = self.cleaned_data["accounted_on"]
        if day > self.now:
            raise ValidationError(_("The day has not come yet."))
        return day


class ReopenForm(forms.Form):
    """Why a closed year is opened again."""

    use_required_attribute = False

    reason = Sentence(
        300, label=gettext_lazy("Why is the year reopened?"),
        help_text=gettext_lazy("Shown with the year from now on"),
        error_messages={"required": gettext_lazy("Write the reason.")},
    )  # fmt: skip


@require_safe
def years(request: HttpRequest) -> HttpResponse:
    """The budget years of the reader's cluster, newest first."""
    cluster = home_cluster(request)
    if cluster is None:
        return render(request, "finance/no_cluster.html")
    found = budget_years(cluster)
    rights = rights_of(request.user)
    context = {
        "cluster": cluster,
        "years": found,
        "opening": opening(found),
        "section": "closing",
        "clusters": Cluster.objects.visible_to(request.user) if len(rights.clusters) > 1 else (),
    }
    return render(request, "finance/closing/years.html", context)


@FORM
@never_cache
def year(request: HttpRequest, cluster: str, year: int) -> HttpResponse:
    """The checklist of a year, and the act that closes it, or opens it again."""
    user = cast("User", request.user)
    home = visible_cluster(user, cluster)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    if request.method == "POST":
        user.rights.require(Act.CLOSE_YEAR, home.pk)
    page_is_about(request, home)
    stands = next((each for each in budget_years(home, year) if each.year == year), BudgetYear(year, None, ()))
    checks = () if stands.closed else checklist(home, year)
    form = _form(request, stands, checks)
    if request.method == "POST" and form.is_valid():
        try:
            told = _act(form, home, year, user)
        except ValidationError as wrong:
            add_problems(form, wrong)
        else:
            messages.success(request, told)
            return redirect("finance:closing_year", home.slug, year)
    if stands.closed and request.POST.get("act") == "close":
        messages.info(request, _("%(year)s had been closed already; nothing was done twice.") % {"year": year})
    trail = [(_("Economy"), reverse("finance:annex")), (_("Closing of years"), _years_url(home)), (str(year), "")]
    context = {"cluster": home, "stands": stands, "checks": checks, "form": form, "trail": trail}
    context |= {"may_close": user.rights.may(Act.CLOSE_YEAR, home.pk), "section": "closing"}
    context |= {"found": found_in_words(checks), "has_ended": today() >= date(year, 12, 31), "back": _years_url(home)}
    return render(request, "finance/closing/year.html", context)


def budget_years(cluster: Cluster, only: int | None = None) -> list[BudgetYear]:
    """Every year that vouchers or accounts name, newest first, or one of them; two queries."""
    accounts = AccountedYear.objects.filter(cluster=cluster).select_related("closed_by", "reopening__reopened_by")
    vouchers = Voucher.objects.filter(cluster=cluster).order_by()
    if only is not None:
        accounts, vouchers = accounts.filter(budget_year=only), vouchers.filter(budget_year=only)
    proposed = Count("pk", filter=Q(state=Voucher.State.PROPOSED))
    counted = vouchers.values("budget_year").annotate(all=Count("pk"), proposed=proposed)
    counts = {row["budget_year"]: (row["all"] - row["proposed"], row["proposed"]) for row in counted}
    of_year: dict[int, list[AccountedYear]] = {found: [] for found in counts}
    for each in accounts:
        of_year.setdefault(each.budget_year, []).append(each)
    return [
        BudgetYear(
            found,
            next((each for each in rows if not hasattr(each, "reopening")), None),
            tuple(each for each in rows if hasattr(each, "reopening")),
            *counts.get(found, (0, 0)),
        )
        for found, rows in sorted(of_year.items(), reverse=True)
    ]


def opening(found: list[BudgetYear]) -> str:
    """`2024 er lukket. 2025 og 2026 er åbne.`"""
    closed = sorted(each.year for each in found if each.closed)
    still = sorted(each.year for each in found if not each.closed)
    sentences = []
    if closed:
        words = ngettext("%(years)s is closed.", "%(years)s are closed.", len(closed))
        sentences.append(words % {"years": listed(map(str, closed))})
    if still:
        words = ngettext("%(years)s is open.", "%(years)s are open.", len(still))
        sentences.append(words % {"years": listed(map(str, still))})
    return " ".join(sentences)


def found_in_words(checks: tuple[Check, ...]) -> str:
    """How many of the checks found something; empty without checks."""
    if not checks:
        return ""
    wrong = sum(not check.is_fine for check in checks)
    if not wrong:
        return _("The checklist found nothing to look at.")
    words = ngettext(
        "%(count)s point of the checklist has something to look at.",
        "%(count)s points of the checklist have something to look at.",
        wrong,
    )
    text = words % {"count": count_word(wrong)}
    return text[:1].upper() + text[1:]


def _form(request: HttpRequest, stands: BudgetYear, checks: tuple[Check, ...]) -> forms.Form:
    data = request.POST or None
    # A form that closes says so: it must not reopen a year that a colleague has closed meanwhile.
    if stands.closed:
        return ReopenForm(data if data and data.get("act") == "reopen" else None)
    return CloseForm(
        data if data and data.get("act") == "close" else None, today(), found=any(not check.is_fine for check in checks)
    )


def _act(form: forms.Form, cluster: Cluster, year: int, user: User) -> str:
    """Closes or reopens, and says what was done."""
    if isinstance(form, ReopenForm):
        reopen_year(cluster, year, today(), form.cleaned_data["reason"], user)
        return _("%(year)s is open again.") % {"year": year}
    close_year(cluster, year, form.cleaned_data["accounted_on"], user)
    return _("%(year)s is closed. Nothing can be posted in it unless it is reopened.") % {"year": year}


def _years_url(cluster: Cluster) -> str:
    return f"{reverse('finance:closing')}?klynge={cluster.slug}"
