"""Acts on collections of data: entered by a coordinator, approved by the secretariat, then never changed.

    draft or returned --submit--> submitted --approve--> approved --correct--> another draft, which supersedes
                                  submitted --return---> returned

Each act is one transaction and leaves a step in the trail. Nobody approves what they wrote or submitted. A settled
period stays as it was: nothing can begin to count on a day up to which the cluster's figures are settled. Errors are
ValidationError with a message for the user, PermissionDenied for a role that may not, CollectionConflict where
somebody else saved or acted in between.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from initiatives.access import Act
from initiatives.asof import DatePrecision
from initiatives.danish import short_date
from initiatives.models import Actor, Cluster, Initiative, User
from initiatives.reporting import SINGLE_CITIZEN, names_a_citizen

from .models import Collection, CollectionStep, FlowStep, Measurement, PeriodLock

Status = Collection.Status
WITHDRAWN = gettext_lazy("The initiative is withdrawn, so nothing can be collected about it.")


@dataclass(frozen=True)
class CollectionValues:
    """What a collection says of itself; the names are those of Collection."""

    measured_on: date
    period_starts: date | None = None
    precision: str = DatePrecision.DAY
    site: Actor | None = None
    extracted_on: date | None = None
    population: str = ""
    invited: int | None = None
    started: int | None = None
    paired: int | None = None
    dropped_out: int | None = None
    source: str = ""

    def as_dict(self) -> dict[str, object]:
        """The values by field name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True)
class Row:
    """One measurement that is not in the database yet, and the (name, count) of its steps where it is a flow."""

    measurement: Measurement
    steps: Sequence[tuple[str, int]] = ()


class CollectionConflict(Exception):  # noqa: N818 (a situation to solve, not a fault)
    """Somebody saved, submitted or judged the collection in between; `latest` is how it stands now."""

    def __init__(self, latest: Collection) -> None:
        super().__init__(f"collection {latest.pk} is {latest.status}, version {latest.version}")
        self.latest = latest


@transaction.atomic
def start(initiative: Initiative, by: User, values: CollectionValues, rows: Iterable[Row], today: date) -> Collection:
    """A new draft."""
    by.rights.require(Act.COLLECT, initiative.cluster_id)
    # The lock makes collections of one initiative number themselves one after the other.
    if Initiative.objects.select_for_update().get(pk=initiative.pk).retired_on:
        raise ValidationError(WITHDRAWN)
    collection = Collection(initiative=initiative, position=_next_position(initiative), **values.as_dict())
    _require_sense(collection, today)
    collection.save()
    _write(collection, rows)
    return _step(collection, Status.DRAFT, by)


@transaction.atomic
def save(collection: Collection, by: User, values: CollectionValues, rows: Iterable[Row], today: date) -> Collection:
    """Write an open collection anew, upon the version that `collection` has."""
    by.rights.require(Act.COLLECT, collection.initiative.cluster_id)
    current = _locked(collection, Status.DRAFT, Status.RETURNED)
    for name, value in values.as_dict().items():
        setattr(current, name, value)
    _require_sense(current, today)
    current.version += 1
    current.save()
    current.measurements.all().delete()
    _write(current, rows)
    return _step(current, current.status, by)


@transaction.atomic
def submit(collection: Collection, by: User, today: date) -> Collection:
    """Freeze an open collection and hand it to the secretariat."""
    by.rights.require(Act.COLLECT, collection.initiative.cluster_id)
    current = _locked(collection, Status.DRAFT, Status.RETURNED)
    _require_sense(current, today)
    if not current.measurements.exists():
        raise ValidationError(_("Nothing has been entered yet, so there is nothing to submit."))
    return _become(current, Status.SUBMITTED, by)


@transaction.atomic
def approve(collection: Collection, by: User, today: date) -> Collection:
    """Let a submitted collection count from its day; a correction supersedes the earlier one from there on."""
    current = _to_judge(collection, by)
    _require_sense(current, today)
    return _become(current, Status.APPROVED, by)


@transaction.atomic
def give_back(collection: Collection, by: User, comment: str) -> Collection:
    """Return a submitted collection to those who entered it, saying what must be mended."""
    if not comment.strip():
        raise ValidationError({"comment": [_("Write what must be mended.")]})
    _require_no_citizen({"comment": comment})
    return _become(_to_judge(collection, by), Status.RETURNED, by, comment.strip())


@transaction.atomic
def correct(collection: Collection, by: User, corrected_on: date, reason: str, today: date) -> Collection:
    """A draft with the figures of an approved collection, which supersedes it from `corrected_on` when approved."""
    by.rights.require(Act.COLLECT, collection.initiative.cluster_id)
    if not reason.strip():
        raise ValidationError({"reason": [_("Write why the figures are corrected.")]})
    Initiative.objects.select_for_update().get(pk=collection.initiative_id)
    earlier = _locked(collection, Status.APPROVED)
    if Collection.objects.filter(supersedes=earlier).exists():
        raise ValidationError(_("There is a correction of these figures already."))
    copied = {field.attname for field in Collection._meta.concrete_fields} - {"id", "status", "version", "document_id"}
    copy = Collection(**{name: getattr(earlier, name) for name in copied})
    copy.position = _next_position(earlier.initiative)
    copy.supersedes, copy.corrected_on, copy.reason = earlier, corrected_on, reason.strip()
    _require_sense(copy, today)
    copy.save()
    _write(copy, _rows_of(earlier))
    return _step(copy, Status.DRAFT, by)


@transaction.atomic
def settle(cluster: Cluster, by: User, until: date, reason: str, today: date) -> PeriodLock:
    """Settle the cluster's figures up to and with a day; an earlier day than before opens what lies between."""
    by.rights.require(Act.APPROVE_RESULTS, cluster.pk)
    if until > today:
        raise ValidationError({"until": [_not_yet(today)]})
    if not reason.strip():
        raise ValidationError({"reason": [_("Write why.")]})
    _require_no_citizen({"reason": reason})
    Cluster.objects.select_for_update().get(pk=cluster.pk)
    return PeriodLock.objects.create(cluster=cluster, until=until, locked_by=by, reason=reason.strip())


def settled_until(cluster_id: int) -> date | None:
    """The last day up to which the cluster's figures are settled; None where they never were. One query."""
    return PeriodLock.objects.filter(cluster=cluster_id).order_by("-pk").values_list("until", flat=True).first()


def _next_position(initiative: Initiative) -> int:
    return (initiative.collections.aggregate(last=Max("position"))["last"] or 0) + 1


def _locked(collection: Collection, *expected: Status) -> Collection:
    """The row as it stands, kept from others until the act is done; CollectionConflict where it has moved on."""
    current = Collection.objects.select_for_update(of=("self",)).select_related("initiative").get(pk=collection.pk)
    if current.status not in expected or current.version != collection.version:
        raise CollectionConflict(current)
    return current


def _to_judge(collection: Collection, by: User) -> Collection:
    """The submitted collection, where `by` may judge it."""
    by.rights.require(Act.APPROVE_RESULTS, collection.initiative.cluster_id)
    current = _locked(collection, Status.SUBMITTED)
    if current.trail.filter(done_by=by).exclude(status__in=(Status.APPROVED, Status.RETURNED)).exists():
        raise PermissionDenied(_("You entered or submitted these figures yourself, so somebody else must judge them."))
    return current


def _become(collection: Collection, status: Status, by: User, comment: str = "") -> Collection:
    collection.status = status
    collection.save(update_fields=["status"])
    return _step(collection, status, by, comment)


def _step(collection: Collection, status: str, by: User, comment: str = "") -> Collection:
    CollectionStep.objects.create(
        collection=collection, status=status, version=collection.version, done_by=by, comment=comment
    )
    return collection


def _require_sense(collection: Collection, today: date) -> None:
    """Raises ValidationError for dates that cannot be, a settled period and a text that names a citizen."""
    if collection.measured_on > today:
        raise ValidationError({"measured_on": [_not_yet(today)]})
    if collection.period_starts and collection.period_starts > collection.measured_on:
        raise ValidationError({"period_starts": [_("The period ends before it starts.")]})
    if collection.corrected_on and not collection.measured_on <= collection.corrected_on <= today:
        raise ValidationError(
            {"corrected_on": [_("The correction counts from the day of the figures or a later one.")]}
        )
    settled = settled_until(collection.initiative.cluster_id)
    if settled and collection.counts_from <= settled:
        words = _("The figures are settled until %(day)s, so nothing can begin to count on an earlier day.")
        field = "corrected_on" if collection.corrected_on else "measured_on"
        raise ValidationError({field: [words % {"day": short_date(settled)}]})
    _require_no_citizen({name: getattr(collection, name) for name in ("population", "source", "reason")})


def _require_no_citizen(texts: Mapping[str, str]) -> None:
    wrong = {name: [str(SINGLE_CITIZEN)] for name, text in texts.items() if names_a_citizen(text)}
    if wrong:
        raise ValidationError(wrong)


def _not_yet(today: date) -> str:
    return _("The date has not come yet. Write %(today)s or earlier.") % {"today": short_date(today)}


def _write(collection: Collection, rows: Iterable[Row]) -> None:
    """Put the rows in the collection, in their order."""
    for position, row in enumerate(rows, start=1):
        measurement = row.measurement
        measurement.collection, measurement.position = collection, position
        _require_no_citizen({name: getattr(measurement, name) for name in ("site_label", "group_label", "table")})
        _require_no_citizen({"group_label": " | ".join(label for label, _count in row.steps)})
        measurement.full_clean()
        measurement.save()
        FlowStep.objects.bulk_create(
            FlowStep(measurement=measurement, position=place, label=label, count=count)
            for place, (label, count) in enumerate(row.steps, start=1)
        )


def _rows_of(collection: Collection) -> list[Row]:
    """The rows of a collection as new ones."""
    rows = []
    for measurement in collection.measurements.prefetch_related("steps").order_by("position"):
        steps = [(step.label, step.count) for step in measurement.steps.all()]
        measurement.pk, measurement._state.adding = None, True
        rows.append(Row(measurement, steps))
    return rows
