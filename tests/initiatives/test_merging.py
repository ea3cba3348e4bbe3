"""Merging two rows of the register: what moves, what stays, what is refused, and taking it back."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from initiatives import merging
from initiatives.access import Role
from initiatives.models import Actor, Cluster, Forum, Initiative, InitiativeActor, Person, User
from initiatives.tracing import REASON_LIMIT, Mark
from outcomes.models import Collection, Measure, Measurement
from tests import build

NOW = datetime(2026, 11, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def karen(db) -> User:
    return build.user("karen", Role.COORDINATOR, build.cluster())


@pytest.fixture
def twice(db) -> Actor:
    return build.municipality("Prøve Komune")


@pytest.fixture
def kept(db) -> Actor:
    return build.municipality("Prøve Kommune")


@pytest.fixture
def five(db) -> Initiative:
    return build.initiative("5")


def mark(by: User, reason: str = "Oprettet to gange") -> Mark:
    return Mark(by, NOW, reason)


def line(of: Initiative, *parties: Actor, position: int = 1) -> InitiativeActor:
    row = InitiativeActor.objects.create(initiative=of, label="Som trykt", position=position)
    row.actors.set(parties)
    return row


def named(row: InitiativeActor) -> set[str]:
    return set(row.actors.values_list("name", flat=True))


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(ValidationError) as wrong:
        act()
    return " ".join(wrong.value.messages)


def test_what_names_a_party_in_the_portfolio_names_the_other(karen, twice, kept, five):
    row, part = line(five, twice), Actor.objects.create(name="Forvaltning", kind="other", part_of=twice)
    person = Person.objects.create(name="Ida", role="leder", organisation=twice)
    forum = Forum.objects.create(name="Chefforum", level="executive", cluster=five.cluster, actor=twice)
    five.cluster.parties.add(twice)
    merging.merge(twice, kept, mark(karen))
    for each in (part, person, forum):
        each.refresh_from_db()
    assert (named(row), part.part_of, person.organisation, forum.actor) == ({"Prøve Kommune"}, kept, kept, kept)
    assert list(five.cluster.parties.all()) == [kept]
    assert not Actor.objects.in_use().filter(pk=twice.pk).exists()


def test_every_row_that_moved_carries_the_mark(karen, twice, kept, five):
    row, reason = line(five, twice), "Komune er en slåfejl. " * 15
    merging.merge(twice, kept, mark(karen, reason.strip()))
    for trace in (row.history.latest("history_id"), twice.history.latest("history_id")):
        assert (trace.history_user, trace.history_date, trace.history_change_reason) == (karen, NOW, reason.strip())


def test_measurements_stay_under_the_old_name_and_are_counted_before(karen, twice, kept, five):
    line(five, twice)
    measure = Measure.objects.create(slug="proeve", name="Prøve")
    done = Collection.objects.create(initiative=five, site=twice, position=1, measured_on=date(2025, 1, 1))
    Measurement.objects.create(collection=done, measure=measure, form="count", count=4, position=1)
    found = merging.effect(twice)
    assert [use.count for use in found.moves] == [1]
    assert [(use.what, use.count) for use in found.stays] == [("Dataindsamlinger", 1)]
    merging.merge(twice, kept, mark(karen))
    done.refresh_from_db()
    assert done.site == twice


def test_taking_it_back_undoes_the_merge(karen, twice, kept, five):
    alone, both, other = line(five, twice), line(five, twice, kept, position=2), line(five, kept, position=3)
    person = Person.objects.create(name="Ida", role="leder", organisation=twice)
    merging.merge(twice, kept, mark(karen))
    merging.take_back(twice, mark(karen))
    person.refresh_from_db()
    assert [named(row) for row in (alone, both, other)] == [
        {"Prøve Komune"}, {"Prøve Komune", "Prøve Kommune"}, {"Prøve Kommune"}
    ]  # fmt: skip
    assert person.organisation == twice
    assert Actor.objects.filter(pk=twice.pk, merged_into=None, moved={}).exists()


def test_what_was_changed_since_is_left_alone_when_it_is_taken_back(karen, twice, kept, five):
    row, third = line(five, twice), build.municipality("Tredje Kommune")
    merging.merge(twice, kept, mark(karen))
    row.actors.set([third])
    merging.take_back(twice, mark(karen))
    assert named(row) == {"Tredje Kommune"}


def test_a_merged_party_follows_the_one_it_is_merged_into(karen, twice, kept, five):
    row, last = line(five, twice), build.municipality("Den rigtige Kommune")
    merging.merge(twice, kept, mark(karen))
    merging.merge(kept, last, mark(karen))
    assert Actor.objects.get(pk=twice.pk).merged_into == last
    merging.take_back(twice, mark(karen))
    assert named(row) == {"Prøve Komune"}


def test_a_reason_is_needed_and_kept_within_limits(karen, twice, kept):
    assert "hvorfor" in refused(lambda: merging.merge(twice, kept, mark(karen, "")))
    assert str(REASON_LIMIT) in refused(lambda: merging.merge(twice, kept, mark(karen, "x" * (REASON_LIMIT + 1))))
    assert Actor.objects.get(pk=twice.pk).merged_into is None


def test_a_party_is_not_merged_into_itself_nor_twice_nor_into_a_merged_one(karen, twice, kept):
    third = build.municipality("Tredje Kommune")
    assert "Vælg en anden" in refused(lambda: merging.merge(twice, twice, mark(karen)))
    merging.merge(twice, kept, mark(karen))
    assert "allerede lagt sammen" in refused(lambda: merging.merge(twice, third, mark(karen)))
    assert "Vælg en anden" in refused(lambda: merging.merge(third, twice, mark(karen)))


def test_parties_of_other_kinds_or_regions_are_not_the_same(karen, twice, kept):
    hospital = Actor.objects.create(name="Sygehus", kind="hospital")
    assert "samme slags" in refused(lambda: merging.merge(twice, hospital, mark(karen)))
    for actor, region in ((twice, "Region Prøve"), (kept, "Region Fremmed")):
        actor.part_of = build.region(region)
        actor.save()
    assert "forskellige regioner" in refused(lambda: merging.merge(twice, kept, mark(karen)))


def test_a_party_is_not_merged_into_its_own_part(karen, twice, kept):
    Actor.objects.filter(pk=kept.pk).update(part_of=twice)
    assert "en del af den" in refused(lambda: merging.merge(twice, kept, mark(karen)))


def test_two_forums_are_not_merged_through_their_parties(karen):
    first, second = (Actor.objects.create(name=name, kind="committee") for name in ("Udvalg A", "Udvalg B"))
    for actor in (first, second):
        Forum.objects.create(name=actor.name, level="executive", cluster=build.cluster(), actor=actor)
    assert "Begge er fora" in refused(lambda: merging.merge(first, second, mark(karen)))


def test_a_region_that_rights_depend_on_is_not_merged(karen):
    other = build.region("Region Prove")
    assert "rettigheder" in refused(lambda: merging.merge(build.cluster().region, other, mark(karen)))


def test_a_party_of_other_clusters_too_is_merged_by_an_administrator(karen, twice, kept, five):
    line(five, twice)
    build.cluster("fremmed", "Sundhedsklynge Fremmed").parties.add(twice)
    assert "administrator" in refused(lambda: merging.merge(twice, kept, mark(karen)))
    merging.merge(twice, kept, mark(build.user("anders", Role.ADMINISTRATOR, five.cluster)))
    assert kept.clusters.filter(slug="fremmed").exists()


def test_who_does_not_look_after_a_party_does_not_merge_it(twice, kept, five):
    line(five, twice)
    build.cluster("fremmed", "Sundhedsklynge Fremmed").parties.add(kept)
    for user in (
        build.user("poul", Role.POLITICIAN, five.cluster),
        build.user("frida", Role.COORDINATOR, Cluster.objects.get(slug="fremmed")),
        build.user("karen", Role.COORDINATOR, five.cluster),
    ):
        with pytest.raises(PermissionDenied):
            merging.merge(twice, kept, mark(user))


def test_people_are_merged_too_and_a_user_stays_a_person(karen, five):
    twice, kept = (Person.objects.create(name=name, role="leder") for name in ("Ida Hansen", "Ida Hansen-Prøve"))
    Initiative.objects.filter(pk=five.pk).update(responsible=twice)
    merging.merge(twice, kept, mark(karen))
    five.refresh_from_db()
    assert five.responsible == kept
    third = Person.objects.create(name="Karen", role="leder", user=karen)
    assert "logger på portalen" in refused(lambda: merging.merge(third, kept, mark(karen)))


def test_two_who_merge_the_same_party_do_it_once(at_once):
    karen = build.user("karen", Role.COORDINATOR, build.cluster())
    twice, first, second = (build.municipality(name) for name in ("Komune", "Første Kommune", "Anden Kommune"))
    row = line(build.initiative("5"), twice)

    def attempt(into: Actor) -> str:
        try:
            merging.merge(twice, into, mark(karen))
        except ValidationError:
            return "refused"
        return "done"

    assert sorted(at_once(lambda: attempt(first), lambda: attempt(second))) == ["done", "refused"]
    assert len(named(row)) == 1
