"""The pages of the own account and of the administration of users."""

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from initiatives.access import Role
from initiatives.models import User

from .account import change_account, own_subject
from .administration import (
    AdministrationConflict,
    access_problem,
    change_user,
    create_user,
    deactivate,
    reactivate,
)
from .forms import AccessForm, AccountForm, NewUserForm, UserForm
from .language import remember
from .listing import user_list
from .passwords import email_is_set_up, give_link, link_days, waiting_link
from .scope import Scope, grants_of, may_administer
from .subject import Subject
from .words import ROLE_HELP, act_in_words, grants_in_words, role_lines

FORM = require_http_methods(["GET", "HEAD", "POST"])
# How much of a user's history the page shows.
LATEST_ACTS = 100


@FORM
def account(request: HttpRequest) -> HttpResponse:
    """The own name, e-mail, home cluster and language."""
    subject = own_subject(cast(User, request.user))
    form = AccountForm(request.POST or None, subject)
    if request.method != "POST" or not form.is_valid():
        return _account_page(request, form)
    try:
        change_account(subject.user, form.cleaned_data["as_loaded"], form.values)
    except AdministrationConflict:
        subject = own_subject(User.objects.get(pk=subject.user.pk))
        form = AccountForm(_reloaded(request, subject), subject, compare=True)
        return _account_page(request, form, _conflict_words(subject))
    except ValidationError as error:
        form.add_problems(error.message_dict)
        return _account_page(request, form)
    translation.activate(form.values.language)
    messages.success(request, _("Your account is saved."))
    return remember(redirect("people:account"), form.values.language)


def _account_page(request: HttpRequest, form: AccountForm, conflict: str = "") -> HttpResponse:
    context = {
        "form": form,
        "conflict": conflict,
        "roles": grants_in_words(grants_of(form.user)),
        "may_administer": may_administer(form.user),
    }
    return render(request, "people/account.html", context, status=409 if conflict else 200)


@require_safe
def users(request: HttpRequest) -> HttpResponse:
    """The users of the places that one administers."""
    listed = user_list(Scope.required(cast(User, request.user)), request.GET)
    for notice in listed.notices:
        messages.info(request, notice)
    return render(request, "people/users.html", {"list": listed})


@FORM
def create(request: HttpRequest) -> HttpResponse:
    """A new user; the password is chosen by the user through a link."""
    by = cast(User, request.user)
    form = NewUserForm(request.POST or None, Scope.required(by))
    if request.method == "POST" and form.is_valid():
        try:
            user = create_user(by, form.cleaned_data["username"], form.identity, form.grants)
        except ValidationError as error:
            form.add_problems(error.message_dict)
        else:
            _tell_link(request, _subject(request, user.pk), new=True)
            return redirect("people:user", user.pk)
    context = {"form": form, "role_help": _role_help(), "mail": email_is_set_up(), "trail": _trail(_("New user"))}
    return render(request, "people/create.html", context)


@FORM
@never_cache
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """One user: name, e-mail and roles to change, access, history."""
    subject = _subject(request, pk)
    form = UserForm(request.POST or None, subject)
    if request.method != "POST" or not form.is_valid():
        return _user_page(request, form)
    try:
        changed = change_user(subject.by, subject.user, form.cleaned_data["as_loaded"], form.identity, form.grants)
    except AdministrationConflict:
        subject = _subject(request, pk)
        form = UserForm(_reloaded(request, subject), subject, compare=True)
        return _user_page(request, form, _conflict_words(subject))
    except ValidationError as error:
        form.add_problems(error.message_dict)
        return _user_page(request, form)
    return _saved(request, subject, changed)


def _saved(request: HttpRequest, subject: Subject, changed: bool) -> HttpResponse:
    name = {"name": User.objects.get(pk=subject.user.pk).display_name}
    if not changed:
        messages.info(request, _("Nothing differs from what is saved, so nothing was changed."))
    else:
        messages.success(request, _("%(name)s is saved.") % name)
    if Scope.of(subject.by).users().filter(pk=subject.user.pk).exists():
        return redirect("people:user", subject.user.pk)
    messages.info(request, _("%(name)s no longer has a role that you administer.") % name)
    return redirect("people:users")


def _user_page(request: HttpRequest, form: UserForm, conflict: str = "") -> HttpResponse:
    subject = form.subject
    acts = list(subject.user.administrative_acts.latest_first()[: LATEST_ACTS + 1])
    context = {
        "form": form,
        "subject": subject,
        "conflict": conflict,
        "roles": grants_in_words(subject.grants),
        "elsewhere": role_lines(subject.elsewhere),
        "role_help": _role_help(),
        "link": waiting_link(request, subject.user),
        "link_days": link_days(),
        "mail": email_is_set_up(),
        "access_problem": access_problem(subject),
        "acts": [(act, act_in_words(act)) for act in acts[:LATEST_ACTS]],
        "more_acts": len(acts) > LATEST_ACTS,
        "trail": _trail(subject.user.display_name),
    }
    return render(request, "people/user.html", context, status=409 if conflict else 200)


@FORM
def access(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that a user's access is closed, or opened again, and say why."""
    subject = _subject(request, pk)
    # What the page asked decides, not what the user has become since.
    closing = request.POST.get("act") == "close" if request.method == "POST" else subject.user.is_active
    form = AccessForm(request.POST or None, closing)
    if request.method == "POST" and form.is_valid():
        try:
            (deactivate if closing else reactivate)(subject.by, subject.user, form.cleaned_data["reason"])
        except AdministrationConflict:
            messages.info(request, _conflict_words(subject))
            return redirect("people:user", pk)
        except ValidationError as error:
            form.add_error("reason", error)
        else:
            return _access_set(request, subject, closing)
    context = {"form": form, "subject": subject, "closing": closing, "problem": access_problem(subject)}
    return render(request, "people/access.html", {**context, "trail": _trail(_("Access"), subject.user)})


def _access_set(request: HttpRequest, subject: Subject, closing: bool) -> HttpResponse:
    name = {"name": subject.user.display_name}
    if closing:
        messages.success(request, _("%(name)s is deactivated and logged off everywhere.") % name)
    else:
        messages.success(request, _("%(name)s is active again and can log in with the same password.") % name)
    return redirect("people:user", subject.user.pk)


@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link with which the user chooses a password."""
    _tell_link(request, _subject(request, pk), new=False)
    return redirect("people:user", pk)


def _tell_link(request: HttpRequest, subject: Subject, new: bool) -> None:
    name = {"name": subject.user.display_name, "email": subject.user.email}
    if new:
        messages.success(request, _("%(name)s is created.") % name)
    try:
        mailed = give_link(request, subject, new)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return
    if mailed:
        messages.success(request, _("A link for choosing a password is sent to %(email)s.") % name)
    elif email_is_set_up():
        messages.warning(request, _("The e-mail to %(email)s could not be sent. Hand over the link below.") % name)


def _subject(request: HttpRequest, pk: int) -> Subject:
    """403 for somebody who administers nothing, 404 for a user of other places."""
    by = cast(User, request.user)
    scope = Scope.required(by)
    return Subject.of(by, get_object_or_404(scope.users(), pk=pk), scope)


def _reloaded(request: HttpRequest, subject: Subject) -> Any:
    """What was typed, now as an answer to what is saved."""
    typed = request.POST.copy()
    typed["as_loaded"] = subject.fingerprint
    return typed


def _conflict_words(subject: Subject) -> str:
    """Who changed the user meanwhile, and when."""
    latest = subject.user.administrative_acts.latest_first().first()
    if latest is None:
        return _("Somebody changed this user while you were writing. Nothing is overwritten.")
    return _("%(name)s changed this user while you were writing. Nothing is overwritten.") % {
        "name": latest.by.display_name
    }


def _role_help() -> list[tuple[str, str]]:
    return [(str(role.label), str(ROLE_HELP[role])) for role in Role]


def _trail(last: str, user: User | None = None) -> list[tuple[str, str]]:
    between = [(user.display_name, reverse("people:user", args=[user.pk]))] if user else []
    return [(_("Users"), reverse("people:users")), *between, (last, "")]
