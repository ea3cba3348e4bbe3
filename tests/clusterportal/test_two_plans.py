"""What every page shows when a cluster has an old plan and a new one that carries it on."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from clusterportal.dashboard.figures import facts
from clusterportal.reports.collect import evaluation
from clusterportal.reports.html import evaluation_html
from finance.lines import accounted_years
from initiatives.models import ActionPlan, Cluster, InitiativeRelation, User
from initiatives.planning import PlanValues
from initiatives.succession import Chosen, candidates, continue_plan

NOW = date(2026, 11, 22)
VALUES = PlanValues("Handleplan 2026–2029", date(2026, 1, 1), date(2030, 1, 1))


@pytest.fixture
def old(midt: Cluster) -> ActionPlan:
    return midt.plans.get()


@pytest.fixture
def new(old: ActionPlan, coordinator: User) -> ActionPlan:
    """Everything of Midt's plan that has not ended, carried on with its numbers."""
    goes_on = {each.initiative.pk: each.initiative.number for each in candidates(old, NOW) if each.goes_on}
    chosen = Chosen(frozenset(old.themes.values_list("pk", flat=True)), goes_on, True)
    return continue_plan(coordinator, old, VALUES, chosen)[0]


@pytest.fixture
def client(new: ActionPlan, politician: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(politician)


def shown(client: Client, address: str) -> ActionPlan:
    return client.get(address).context["choice"].plan


def text(answer: Any) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("page", ["/", "/indsatser/"])
def test_the_plan_in_force_on_the_day_is_shown(client, old, new, page):
    assert shown(client, page) == new
    assert shown(client, f"{page}?pr=2024-12-31") == old
    assert shown(client, f"{page}?pr=2026-01-01") == new
    assert shown(client, f"{page}?plan={old.pk}") == old


def test_before_the_first_plan_that_one_is_shown(client, old):
    assert shown(client, "/indsatser/?pr=2020-01-01") == old


def test_a_plan_to_come_waits_until_it_begins(client, old, new):
    ActionPlan.objects.filter(pk=new.pk).update(starts=date(2029, 1, 1))
    assert shown(client, "/indsatser/") == old


def test_the_old_plans_money_is_not_the_new_ones(old, new):
    accounted = accounted_years(old.cluster, NOW)
    themes = set(old.themes.values_list("pk", flat=True))
    of_old, of_new = (facts(plan, NOW, accounted).ledger for plan in (old, new))
    assert themes & {theme for _year, theme in of_old.sums}
    assert not themes & {theme for _year, theme in of_new.sums}


def test_the_old_plans_overspend_is_not_the_new_ones(old, new):
    end_of_2024 = date(2024, 12, 31)
    of_old, of_new = (facts(plan, end_of_2024, accounted_years(old.cluster, end_of_2024)).ledger for plan in (old, new))
    assert of_old.overspent
    assert not of_new.overspent


def test_each_page_of_an_initiative_names_its_plan_and_leads_to_the_other(client, old, new):
    before, after = text(client.get("/indsatser/midt/8/")), text(client.get("/indsatser/midt/8-2026/"))
    assert f'href="/handleplaner/{old.pk}/">Handleplan 2022–2025</a>' in before
    assert f'href="/handleplaner/{new.pk}/">Handleplan 2026–2029</a>' in after
    assert "(Handleplan 2026–2029)</a>" in before
    assert "(Handleplan 2022–2025)</a>" in after


def test_search_tells_which_plan_a_hit_is_of(client):
    found = text(client.get("/soeg/?q=ulighed"))
    assert '<p class="when">Handleplan 2022–2025</p>' in found
    assert '<p class="when">Handleplan 2026–2029</p>' in found


@pytest.mark.parametrize(
    "page", ["/oekonomi/", "/resultater/", "/afstemning/", "/?plan={old}", "/indsatser/?plan={old}"]
)
def test_no_page_fails_or_names_two_things_alike(client, old, page):
    answer = text(client.get(page.format(old=old.pk)))
    ids = [part.split('"')[0] for part in answer.split(' id="')[1:]]
    assert sorted(set(ids)) == sorted(ids)


def test_the_evaluation_of_each_plan_holds_its_own_initiatives(old, new):
    of_old, of_new = (evaluation(plan, NOW, NOW) for plan in (old, new))
    assert (of_old.overview.count, of_new.overview.count) == (17, new.initiatives.count())
    assert of_new.overview.total == 0
    assert "Fortsætter i" in evaluation_html(of_old)
    assert "(Handleplan 2022–2025)" in evaluation_html(of_new)


def test_a_merged_initiative_does_not_borrow_a_number_from_another_plan(old, new):
    merged = old.initiatives.get(number="3")
    merged.relations.all().delete()
    other = new.initiatives.get(number="8")
    InitiativeRelation.objects.create(initiative=merged, kind="continues_in", target=other)
    assert "Indgår i 8" not in evaluation_html(evaluation(old, NOW, NOW))
