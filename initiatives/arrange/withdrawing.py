"""What becomes of an initiative that was made by mistake. (One that ends gets a status that says so.)

* **Remove** one about which nothing has been recorded: the rows go, their history stays and is listed.
* **Withdraw** one that has been written about: from that day on no list shows it. Its page still answers and says
  why. Its facts stay where they were recorded.
* **Merge** a duplicate into the other: it is withdrawn and names the other, to which its address leads from then on.
  Statuses, vouchers and measurements are facts and stay with the initiative they were recorded on.

So that no total loses money without a word, a list that sums cluster funds keeps a withdrawn initiative as long as
money stands on it, marked as withdrawn; on any earlier day it is listed as it was.
"""

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ..access import Act
from ..models import Initiative, PublishedFigure
from ..tracing import REASON_LIMIT, Mark
from .parts import LINES
from .rules import too_long

# What belongs to the initiative itself and goes with it.
_OWN = frozenset(LINES.values())


def recorded(initiative: Initiative) -> list[str]:
    """What has been recorded about it by anybody, in words of the models; while there is something it stays.

    Read from the models, so that whatever another app hangs on an initiative counts, unless it is one of its parts.
    """
    return list(_recorded(initiative))


def _recorded(initiative: Initiative) -> Iterator[str]:
    for relation in Initiative._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        own = model in _OWN and name == "initiative"
        if not own and model._default_manager.filter(**{name: initiative}).exists():
            yield str(model._meta.verbose_name_plural)
    subject = f":{initiative.cluster.slug}/{initiative.address}"
    if PublishedFigure.objects.filter(Q(subject__endswith=subject) | Q(subject__contains=f"{subject}/")).exists():
        yield str(PublishedFigure._meta.verbose_name_plural)


def remove(initiative: Initiative, mark: Mark) -> None:
    """Delete an initiative without facts and its parts. Raises PermissionDenied, ValidationError."""
    _require(initiative, mark)
    with transaction.atomic():
        [found] = _locked(initiative)
        if recorded(found):
            raise ValidationError(_("Something has been recorded about the initiative, so it cannot be removed."))
        for model in LINES.values():
            for row in model.objects.filter(initiative=found):
                mark.on(row)
                row.delete()
        mark.on(found)
        found.delete()


def withdraw(initiative: Initiative, mark: Mark, today: date, into: Initiative | None = None) -> None:
    """Withdraw from `today` on; with `into` as a duplicate of it. Raises PermissionDenied, ValidationError."""
    _require(initiative, mark)
    with transaction.atomic():
        rows = {row.pk: row for row in _locked(initiative, *([into] if into else []))}
        found = rows[initiative.pk]
        if found.retired_on:
            raise ValidationError(_("The initiative is withdrawn already."))
        if into:
            _refuse_target(found, rows[into.pk])
        found.retired_on, found.retired_reason, found.merged_into = today, mark.reason, into
        mark.on(found)
        found.save()


def restore(initiative: Initiative, mark: Mark) -> None:
    """Take a withdrawn initiative into use again. Raises PermissionDenied, ValidationError."""
    _require(initiative, mark)
    with transaction.atomic():
        [found] = _locked(initiative)
        if not found.retired_on:
            raise ValidationError(_("The initiative is in use already."))
        others = Initiative.objects.filter(plan=found.plan_id, number__iexact=found.number, retired_on=None)
        if found.number and found.plan_id and others.exists():
            taken = _("Number %(number)s is in use by another initiative. Change that one first.")
            raise ValidationError(taken % {"number": found.number})
        found.retired_on, found.retired_reason, found.merged_into = None, "", None
        mark.on(found)
        found.save()


def _require(initiative: Initiative, mark: Mark) -> None:
    mark.by.rights.require(Act.ARRANGE, initiative.cluster_id)
    if not mark.reason:
        raise ValidationError({"reason": [_("Write in a few words why.")]})
    if message := too_long(mark.reason, REASON_LIMIT):
        raise ValidationError({"reason": [message]})


def _refuse_target(found: Initiative, into: Initiative) -> None:
    if into.pk == found.pk or into.cluster_id != found.cluster_id or into.retired_on:
        raise ValidationError({"into": [_("Choose another initiative of the cluster that is in use.")]})


def _locked(*initiatives: Initiative) -> list[Initiative]:
    """As they are now, in one order for everybody, so that two who merge wait for each other."""
    wanted = [initiative.pk for initiative in initiatives]
    rows = Initiative.objects.select_for_update(of=("self",)).select_related("cluster")
    return list(rows.filter(pk__in=wanted).order_by("pk"))
