"""From a draft to figures that count: who may do what, what is frozen, what a correction supersedes, and when."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from initiatives.access import Role
from initiatives.models import Initiative, Membership, User
from outcomes import collecting
from outcomes.collecting import CollectionConflict, CollectionValues, Row, settled_until
from outcomes.models import Collection, Measurement
from tests import build

from . import build_measurements as measured

pytestmark = pytest.mark.django_db
TODAY, MEASURED = date(2026, 3, 1), date(2025, 12, 31)
Status = Collection.Status


@pytest.fixture
def initiative() -> Initiative:
    return build.initiative("5")


@pytest.fixture
def anna(initiative: Initiative) -> User:
    return build.user("anna", Role.COORDINATOR)


@pytest.fixture
def bo(initiative: Initiative) -> User:
    return build.user("bo", Role.SECRETARIAT)


def row(before: str = "168", after: str = "428", **fields) -> Row:
    form = Measurement.Form.BEFORE_AFTER
    return Row(
        Measurement(
            form=form, measure=measured.measure("pwd"), before=Decimal(before), after=Decimal(after), n=42, **fields
        )
    )


def flow(*steps: tuple[str, int]) -> Row:
    return Row(Measurement(form=Measurement.Form.FLOW, measure=measured.measure("referred"), count=9), steps)


def draft(initiative: Initiative, by: User, *rows: Row, **fields) -> Collection:
    values = CollectionValues(**{"measured_on": MEASURED, **fields})
    return collecting.start(initiative, by, values, rows or [row()], TODAY)


def submitted(initiative: Initiative, by: User) -> Collection:
    return collecting.submit(draft(initiative, by), by, TODAY)


def approved(initiative: Initiative, by: User, judge: User) -> Collection:
    return collecting.approve(submitted(initiative, by), judge, TODAY)


def known(day: date) -> list[Decimal]:
    of_test = Measurement.objects.filter(collection__initiative__cluster__slug="proeve")
    return sorted(of_test.known_on(day).values_list("after", flat=True))


def test_only_an_approved_collection_counts(initiative, anna, bo):
    made = draft(initiative, anna)
    assert known(TODAY) == []
    made = collecting.submit(made, anna, TODAY)
    assert known(TODAY) == []
    collecting.approve(made, bo, TODAY)
    assert (known(TODAY), known(date(2025, 12, 30))) == ([Decimal(428)], [])


def test_the_trail_tells_who_did_what(initiative, anna, bo):
    made = approved(initiative, anna, bo)
    steps = [(step.status, step.done_by.username, step.version) for step in made.trail.all()]
    assert steps == [("draft", "anna", 1), ("submitted", "anna", 1), ("approved", "bo", 1)]


def test_a_draft_is_written_anew_with_its_next_version(initiative, anna):
    made = draft(initiative, anna, row(), flow(("Gennemførte", 7), ("Stoppede", 2)))
    saved = collecting.save(made, anna, CollectionValues(measured_on=MEASURED, paired=40), [row(after="430")], TODAY)
    assert (saved.version, saved.paired, saved.measurements.get().after) == (2, 40, 430)


def test_the_steps_of_a_flow_are_kept_in_order(initiative, anna):
    made = draft(initiative, anna, flow(("Gennemførte", 7), ("Stoppede", 2)))
    steps = made.measurements.get().steps.values_list("position", "label", "count")
    assert list(steps) == [(1, "Gennemførte", 7), (2, "Stoppede", 2)]


def test_an_older_version_does_not_overwrite_a_newer(initiative, anna):
    made = draft(initiative, anna)
    collecting.save(made, anna, CollectionValues(measured_on=MEASURED), [row(after="430")], TODAY)
    with pytest.raises(CollectionConflict) as conflict:
        collecting.save(made, anna, CollectionValues(measured_on=MEASURED), [row(after="999")], TODAY)
    assert conflict.value.latest.version == 2
    assert made.measurements.get().after == 430


ACTS = {
    "save": lambda made, by: collecting.save(made, by, CollectionValues(measured_on=MEASURED), [row()], TODAY),
    "submit": lambda made, by: collecting.submit(made, by, TODAY),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("status", [Status.SUBMITTED, Status.APPROVED])
def test_from_the_submission_on_it_is_frozen(initiative, anna, bo, act, status):
    made = submitted(initiative, anna) if status == Status.SUBMITTED else approved(initiative, anna, bo)
    with pytest.raises(CollectionConflict):
        ACTS[act](made, anna)
    made.refresh_from_db()
    assert (made.status, made.measurements.get().after) == (status, 428)


def test_what_was_returned_is_mended_and_submitted_again(initiative, anna, bo):
    returned = collecting.give_back(submitted(initiative, anna), bo, "n mangler")
    assert (returned.status, returned.trail.last().comment) == (Status.RETURNED, "n mangler")
    saved = collecting.save(returned, anna, CollectionValues(measured_on=MEASURED), [row()], TODAY)
    assert saved.status == Status.RETURNED
    assert collecting.submit(saved, anna, TODAY).status == Status.SUBMITTED


def test_a_return_says_what_must_be_mended(initiative, anna, bo):
    with pytest.raises(ValidationError) as refused:
        collecting.give_back(submitted(initiative, anna), bo, "  ")
    assert list(refused.value.message_dict) == ["comment"]


def test_a_collection_is_judged_once(initiative, anna, bo):
    made = submitted(initiative, anna)
    collecting.approve(made, bo, TODAY)
    with pytest.raises(CollectionConflict):
        collecting.give_back(made, bo, "for sent")


# Who may.
def test_nobody_approves_what_they_entered(initiative, anna):
    Membership.objects.create(user=anna, cluster=initiative.cluster, role=Role.SECRETARIAT)
    anna = User.objects.get(pk=anna.pk)
    with pytest.raises(PermissionDenied, match="selv"):
        collecting.approve(submitted(initiative, anna), anna, TODAY)


def test_nor_what_another_submitted_after_they_wrote_in_it(initiative, anna, bo):
    Membership.objects.create(user=bo, cluster=initiative.cluster, role=Role.COORDINATOR)
    bo = User.objects.get(pk=bo.pk)
    made = collecting.save(draft(initiative, anna), bo, CollectionValues(measured_on=MEASURED), [row()], TODAY)
    with pytest.raises(PermissionDenied):
        collecting.give_back(collecting.submit(made, anna, TODAY), bo, "nej")


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.POLITICIAN, Role.ADMINISTRATOR])
def test_only_coordinators_enter_and_submit(initiative, anna, role):
    other = build.user("ole", role)
    made = draft(initiative, anna)
    for act in (
        lambda: draft(initiative, other),
        lambda: collecting.save(made, other, CollectionValues(measured_on=MEASURED), [row()], TODAY),
        lambda: collecting.submit(made, other, TODAY),
        lambda: collecting.correct(made, other, MEASURED, "rettet", TODAY),
    ):
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.POLITICIAN, Role.ADMINISTRATOR])
def test_only_the_secretariat_judges_and_settles(initiative, anna, role):
    other = build.user("ole", role)
    made = submitted(initiative, anna)
    for act in (
        lambda: collecting.approve(made, other, TODAY),
        lambda: collecting.give_back(made, other, "nej"),
        lambda: collecting.settle(initiative.cluster, other, MEASURED, "regnskab", TODAY),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_role_in_another_cluster_is_none_here(initiative, anna):
    elsewhere = build.user("eva", Role.SECRETARIAT, build.cluster("nord", "Sundhedsklynge Nord"))
    with pytest.raises(PermissionDenied):
        collecting.approve(submitted(initiative, anna), elsewhere, TODAY)


# What is refused.
def refused(initiative: Initiative, by: User, *rows: Row, **fields) -> list[str]:
    with pytest.raises(ValidationError) as found:
        draft(initiative, by, *rows, **fields)
    assert not Collection.objects.filter(initiative=initiative).exists()
    return sorted(found.value.message_dict)


def test_figures_of_days_to_come_and_backward_periods_are_refused(initiative, anna):
    assert refused(initiative, anna, measured_on=date(2026, 3, 2)) == ["measured_on"]
    assert refused(initiative, anna, period_starts=date(2026, 1, 1)) == ["period_starts"]


@pytest.mark.parametrize("field", ["population", "source"])
def test_a_cpr_number_is_refused_with_its_field(initiative, anna, field):
    assert refused(initiative, anna, **{field: "borger 010190-1234"}) == [field]


def test_a_cpr_number_in_a_row_saves_nothing(initiative, anna):
    assert refused(initiative, anna, row(), row(group_label="0101901234")) == ["group_label"]
    assert refused(initiative, anna, flow(("010190 1234", 9))) == ["group_label"]


def test_a_row_without_its_figures_saves_nothing(initiative, anna):
    wrong = Row(Measurement(form=Measurement.Form.BEFORE_AFTER, measure=measured.measure("pwd"), before=Decimal(1)))
    assert refused(initiative, anna, row(), wrong) == ["__all__"]


def test_nothing_is_collected_about_what_was_withdrawn(anna):
    withdrawn = build.initiative("6", retired_on=date(2026, 1, 1))
    with pytest.raises(ValidationError, match="trukket tilbage"):
        draft(withdrawn, anna)


def test_an_empty_collection_is_not_submitted(initiative, anna):
    made = collecting.start(initiative, anna, CollectionValues(measured_on=MEASURED), [], TODAY)
    with pytest.raises(ValidationError, match="ikke indtastet"):
        collecting.submit(made, anna, TODAY)


# Corrections.
def corrected(earlier: Collection, by: User, judge: User, after: str, day: date) -> Collection:
    made = collecting.correct(earlier, by, day, "En borger var talt to gange", TODAY)
    made = collecting.save(made, by, CollectionValues(measured_on=earlier.measured_on), [row(after=after)], TODAY)
    return collecting.approve(collecting.submit(made, by, TODAY), judge, TODAY)


def test_a_correction_supersedes_from_its_own_date(initiative, anna, bo):
    corrected(approved(initiative, anna, bo), anna, bo, "420", date(2026, 2, 1))
    assert (known(date(2026, 1, 31)), known(date(2026, 2, 1))) == ([Decimal(428)], [Decimal(420)])


def test_until_it_is_approved_the_earlier_figures_stand(initiative, anna, bo):
    made = collecting.correct(approved(initiative, anna, bo), anna, date(2026, 2, 1), "Talt to gange", TODAY)
    assert (made.status, made.measurements.get().after, known(TODAY)) == (Status.DRAFT, 428, [Decimal(428)])


def test_a_correction_can_be_corrected(initiative, anna, bo):
    first = corrected(approved(initiative, anna, bo), anna, bo, "420", date(2026, 2, 1))
    corrected(first, anna, bo, "421", date(2026, 2, 15))
    days = (date(2026, 1, 1), date(2026, 2, 14), date(2026, 2, 15))
    assert [known(day) for day in days] == [[Decimal(428)], [Decimal(420)], [Decimal(421)]]


def test_the_same_figures_are_corrected_once(initiative, anna, bo):
    made = approved(initiative, anna, bo)
    collecting.correct(made, anna, TODAY, "rettet", TODAY)
    with pytest.raises(ValidationError, match="allerede"):
        collecting.correct(made, anna, TODAY, "rettet igen", TODAY)


@pytest.mark.parametrize(
    ("day", "reason", "field"),
    [
        (date(2025, 12, 30), "rettet", "corrected_on"),
        (date(2026, 3, 2), "rettet", "corrected_on"),
        (TODAY, " ", "reason"),
    ],
)
def test_a_correction_has_a_reason_and_a_day_that_can_be(initiative, anna, bo, day, reason, field):
    with pytest.raises(ValidationError) as found:
        collecting.correct(approved(initiative, anna, bo), anna, day, reason, TODAY)
    assert list(found.value.message_dict) == [field]


def test_what_a_document_published_can_be_corrected_and_stays_published(midt, coordinator, secretariat):
    earlier = Collection.objects.filter(
        initiative__cluster=midt, initiative__number="5", measurements__table="3b"
    ).first()
    made = collecting.correct(earlier, coordinator, TODAY, "Rettet efter gennemgang", TODAY)
    assert (made.document, earlier.document is None) == (None, False)
    assert made.measurements.count() == earlier.measurements.count()


# Settled periods.
def test_nothing_new_counts_within_a_settled_period(initiative, anna, bo):
    waiting = submitted(initiative, anna)
    collecting.settle(initiative.cluster, bo, MEASURED, "Årsrapporten er afgivet", TODAY)
    with pytest.raises(ValidationError, match=r"31\.12\.2025"):
        collecting.approve(waiting, bo, TODAY)
    with pytest.raises(ValidationError):
        draft(initiative, anna)
    assert draft(initiative, anna, measured_on=date(2026, 1, 1)).pk


def test_a_settled_figure_is_corrected_from_a_later_day(initiative, anna, bo):
    made = approved(initiative, anna, bo)
    collecting.settle(initiative.cluster, bo, date(2026, 1, 31), "Årsrapporten er afgivet", TODAY)
    with pytest.raises(ValidationError):
        collecting.correct(made, anna, date(2026, 1, 31), "rettet", TODAY)
    corrected(made, anna, bo, "420", date(2026, 2, 1))
    assert known(date(2026, 1, 31)) == [Decimal(428)]


def test_the_latest_lock_counts_and_an_earlier_day_opens(initiative, anna, bo):
    assert settled_until(initiative.cluster_id) is None
    collecting.settle(initiative.cluster, bo, MEASURED, "Årsrapporten er afgivet", TODAY)
    collecting.settle(initiative.cluster, bo, date(2024, 12, 31), "Et skema manglede", TODAY)
    assert settled_until(initiative.cluster_id) == date(2024, 12, 31)
    assert draft(initiative, anna).pk


@pytest.mark.parametrize(
    ("until", "reason"), [(date(2026, 3, 2), "for tidligt"), (MEASURED, " "), (MEASURED, "010190-1234")]
)
def test_a_lock_has_a_day_that_has_come_and_a_reason(initiative, bo, until, reason):
    with pytest.raises(ValidationError):
        collecting.settle(initiative.cluster, bo, until, reason, TODAY)


def test_another_clusters_lock_is_none_here(initiative, anna):
    nord = build.cluster("nord", "Sundhedsklynge Nord")
    collecting.settle(nord, build.user("eva", Role.SECRETARIAT, nord), MEASURED, "Afgivet", TODAY)
    assert draft(initiative, anna).pk
