"""Initiatives made by mistake: removed, withdrawn, merged and taken back; no sum loses money on the way."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from clusterportal.portfolio.overview import overview
from initiatives.access import Role
from initiatives.arrange.editing import create_initiative
from initiatives.arrange.withdrawing import recorded, remove, restore, withdraw
from initiatives.danish import today
from initiatives.models import Cluster, Initiative, InitiativeActor
from tests import build

from .build_arrange import actor, coordinator, facts, initiative, mark
from .build_status import page

TODAY = date(2025, 4, 10)
BEFORE = TODAY - timedelta(days=1)
WITHDRAW = "/indsatser/proeve/5/traek-tilbage/"


@pytest.fixture
def subject(db):
    return initiative()


@pytest.fixture
def maria(db):
    return coordinator()


def numbers(day: date) -> list[str]:
    return [row.initiative.number for row in overview(build.plan(), day).rows]


# Remove.


def test_one_without_facts_is_removed_and_its_trace_stays(subject, maria):
    actor(subject, 1, "Regionen")
    remove(subject, mark(maria, "Oprettet to gange"))
    assert not Initiative.objects.filter(pk=subject.pk).exists()
    [row] = Initiative.history.filter(id=subject.pk, history_type="-")
    assert (row.history_user, row.history_change_reason) == (maria, "Oprettet to gange")
    [line] = InitiativeActor.history.filter(initiative=subject.pk, history_type="-")
    assert line.history_change_reason == "Oprettet to gange"


def test_one_with_a_status_is_not_removed(subject, maria):
    build.status(subject)
    with pytest.raises(ValidationError):
        remove(subject, mark(maria))
    assert Initiative.objects.filter(pk=subject.pk).exists()


def test_every_kind_of_fact_counts_whatever_app_it_belongs_to(midt: Cluster):
    said = recorded(midt.initiatives.get(address="5"))
    assert {"statusrapporter", "posteringer", "dataindsamlinger", "trykte tal"} <= set(said)


def test_what_belongs_to_the_initiative_itself_is_no_fact(subject):
    actor(subject, 1, "Regionen")
    subject.milestones.create(day=TODAY, text="Start")
    assert recorded(subject) == []
    initiative("6").relations.create(kind="continues_in", target=subject)
    assert recorded(subject) == ["relationer"]


# Withdraw.


def test_a_withdrawn_one_is_in_no_list_from_that_day_on(subject, maria):
    initiative("6")
    build.status(subject)
    withdraw(subject, mark(maria), TODAY)
    assert (numbers(BEFORE), numbers(TODAY)) == (["5", "6"], ["6"])


def test_money_on_a_withdrawn_one_stays_in_the_sum(midt: Cluster):
    plan, subject = midt.plans.get(), midt.initiatives.get(address="5")
    before = overview(plan, TODAY)
    withdraw(subject, mark(build.user("karen", Role.COORDINATOR, midt)), TODAY)
    after = overview(plan, TODAY)
    assert (after.total, after.printed_total, after.count) == (before.total, before.printed_total, before.count)


def test_the_page_tells_and_offers_no_new_status(subject, maria, sign_in):
    withdraw(subject, mark(maria, "Oprettet i forkert klynge"), today())
    html = page(sign_in(maria).get("/indsatser/proeve/5/"))
    assert "Trukket tilbage den" in html
    assert "Oprettet i forkert klynge" in html
    assert "/indsatser/proeve/5/status/" not in html


def test_its_number_can_be_given_to_the_right_one(subject, maria):
    withdraw(subject, mark(maria), TODAY)
    made = create_initiative(build.cluster(), facts(number="5"), mark(maria))
    assert (made.number, made.address) == ("5", "5-2022")
    with pytest.raises(ValidationError, match="bruges af en anden"):
        restore(subject, mark(maria))


def test_it_is_taken_back(subject, maria):
    withdraw(subject, mark(maria), TODAY)
    restore(subject, mark(maria, "Det var den rigtige"))
    assert numbers(TODAY) == ["5"]
    reasons = subject.history.order_by("history_id").values_list("history_change_reason", flat=True)
    assert list(reasons)[1:] == ["Rettet efter mødet", "Det var den rigtige"]


def test_a_second_withdrawal_is_told(subject, maria):
    withdraw(subject, mark(maria), TODAY)
    with pytest.raises(ValidationError, match="allerede trukket tilbage"):
        withdraw(subject, mark(maria), TODAY)


@pytest.mark.parametrize("act", [remove, restore, lambda row, by: withdraw(row, by, TODAY)])
def test_the_acts_refuse_readers_and_a_missing_reason(act, subject, maria):
    with pytest.raises(ValidationError):
        act(subject, mark(maria, ""))
    with pytest.raises(PermissionDenied):
        act(subject, mark(build.user("sara", Role.SECRETARIAT)))
    subject.refresh_from_db()
    assert subject.retired_on is None


# Merge.


def test_a_merged_one_leads_to_the_other_and_both_pages_tell(subject, maria, sign_in):
    other, client = initiative("6"), sign_in(maria)
    build.status(subject, printed_text="Meldt på dubletten")
    withdraw(subject, mark(maria, "Samme indsats"), today(), other)
    answer = client.get("/indsatser/proeve/5/")
    assert answer.headers["Location"] == "/indsatser/proeve/6/"
    there = page(client.get("/indsatser/proeve/6/"))
    assert "blev »5 Superviseret gangtræning« lagt sammen med denne" in there
    own = page(client.get("/indsatser/proeve/5/?egen=1&fane=status"))
    assert "Lagt sammen med en anden" in own
    assert "Meldt på dubletten" in own
    assert "Samme indsats" in there
    assert "Samme indsats" in own


def test_choosing_a_day_stays_on_the_page_of_the_merged_one(subject, maria, sign_in):
    withdraw(subject, mark(maria), today(), initiative("6"))
    html = page(sign_in(maria).get("/indsatser/proeve/5/?egen=1&fane=status"))
    assert 'name="egen" value="1"' in html.partition('id="asof"')[2].partition("</form>")[0]


def test_on_an_earlier_day_a_merged_one_stands_by_itself(subject, maria, sign_in):
    withdraw(subject, mark(maria), today(), initiative("6"))
    earlier = (today() - timedelta(days=1)).isoformat()
    html = page(sign_in(maria).get(f"/indsatser/proeve/5/?pr={earlier}"))
    assert "Lagt sammen" not in html
    assert "Superviseret gangtræning" in html


def test_facts_stay_with_the_initiative_they_were_recorded_on(subject, maria):
    report, other = build.status(subject), initiative("6")
    withdraw(subject, mark(maria), TODAY, other)
    report.refresh_from_db()
    assert report.initiative == subject
    assert not other.status_reports.exists()


def test_nothing_is_merged_into_itself_a_withdrawn_one_or_another_cluster(subject, maria):
    gone, foreign = initiative("6"), build.initiative("1", of=foreign_theme())
    withdraw(gone, mark(maria), TODAY)
    for into in (subject, gone, foreign):
        with pytest.raises(ValidationError):
            withdraw(subject, mark(maria), TODAY, into)
    subject.refresh_from_db()
    assert subject.retired_on is None


def foreign_theme():
    return build.theme(build.plan(build.cluster("nord", "Sundhedsklynge Nord"), "Nords plan"))


# The pages.


def test_the_page_offers_removal_only_while_nothing_is_recorded(subject, maria, sign_in):
    client = sign_in(maria)
    assert "Fjern den" in page(client.get(WITHDRAW))
    build.status(subject)
    html = page(client.get(WITHDRAW))
    assert "Fjern den" not in html
    assert "Der er registreret: statusrapporter" in html


def test_what_is_removed_is_listed_for_everybody_in_the_cluster(subject, maria, sign_in):
    answer = sign_in(maria).post(WITHDRAW, {"way": "remove", "reason": "Oprettet to gange"})
    assert answer.headers["Location"] == "/indsatser/proeve/trukket-tilbage/"
    html = page(sign_in(build.user("poul", Role.POLITICIAN)).get("/indsatser/proeve/trukket-tilbage/"))
    assert "5 Superviseret gangtræning fjernet" in html
    assert "Oprettet to gange" in html


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({}, {"way"}),
        ({"way": "destroy", "reason": "x"}, {"way"}),
        ({"way": "merge", "reason": "x"}, {"into"}),
        ({"way": "merge", "into": "999999", "reason": "x"}, {"into"}),
        ({"way": "withdraw", "reason": ""}, {"way"}),
        ({"way": "remove", "reason": ""}, {"reason"}),
        ({"way": "remove", "reason": "x" * 501}, {"reason"}),
        ({"way": "remove", "reason": "a\x00b"}, {"reason"}),
    ],
)
def test_what_is_missing_is_told_and_nothing_happens(typed, wrong, subject, maria, sign_in):
    answer = sign_in(maria).post(WITHDRAW, typed or {"reason": ""})
    assert set(answer.context["form"].errors) >= wrong
    assert Initiative.objects.get(pk=subject.pk).retired_on is None


def test_merging_through_the_page_and_back(subject, maria, sign_in):
    other, client = initiative("6"), sign_in(maria)
    client.post(WITHDRAW, {"way": "merge", "into": other.pk, "reason": "Dublet"})
    assert Initiative.objects.get(pk=subject.pk).merged_into == other
    client.post(WITHDRAW, {"way": "restore", "reason": "Fortrudt"})
    assert Initiative.objects.get(pk=subject.pk).merged_into is None


def test_the_cost_of_the_list_does_not_grow(db, maria, sign_in, queries):
    client, target = sign_in(maria), initiative("1")

    def mistakes(first: int, last: int) -> None:
        for number in range(first, last):
            withdraw(initiative(f"A{number}"), mark(maria), TODAY, target)
            remove(initiative(f"B{number}"), mark(maria))

    mistakes(1, 3)
    few = queries(lambda: client.get("/indsatser/proeve/trukket-tilbage/"))
    mistakes(3, 12)
    assert queries(lambda: client.get("/indsatser/proeve/trukket-tilbage/")) == few
