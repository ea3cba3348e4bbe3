"""Keys, rules and rates in the administration: added to, never changed, and only for one's own cluster."""

from datetime import date

import pytest
from django.contrib import admin
from django.test import Client

from finance.models import ApportionmentKey, FinancingRule
from initiatives.access import Role
from initiatives.models import Actor
from tests import build

REFERENCE_DATA = ["apportionmentkey", "financingrule", "ratetable", "priceadjustment", "trackchoice"]
KEYS = "/admin/finance/apportionmentkey/"


@pytest.fixture
def administrator(nord, sign_in) -> Client:
    return sign_in(build.user("nora", Role.ADMINISTRATOR, nord))


def typed(cluster, weights: dict[str, str]) -> dict[str, str]:
    """The form of a new key with its weights."""
    fields = {
        "cluster": cluster.pk, "basis": "grants", "name": "Tildelte klyngemidler 2024", "unit": "kr.",
        "holds_from": "2024-01-01", "version": "1", "source": "Prøve",
        "weights-TOTAL_FORMS": len(weights), "weights-INITIAL_FORMS": 0, "weights-MIN_NUM_FORMS": 1,
        "weights-MAX_NUM_FORMS": 1000,
    }  # fmt: skip
    for place, (name, weight) in enumerate(weights.items()):
        fields[f"weights-{place}-actor"] = Actor.objects.get(name=name).pk
        fields[f"weights-{place}-position"] = place + 1
        fields[f"weights-{place}-weight"] = weight
    return {name: str(value) for name, value in fields.items()}


def test_only_reference_data_of_the_ledger_is_administered():
    registered = {model._meta.model_name for model in admin.site._registry if model._meta.app_label == "finance"}
    assert registered == set(REFERENCE_DATA)


@pytest.mark.parametrize("model", REFERENCE_DATA)
def test_an_administrator_reads_the_list_and_the_empty_form(administrator, model):
    assert administrator.get(f"/admin/finance/{model}/").status_code == 200
    assert administrator.get(f"/admin/finance/{model}/add/").status_code == 200


def test_a_new_version_of_a_key_is_added_with_its_weights(administrator, nord):
    answer = administrator.post(f"{KEYS}add/", typed(nord, {"Allerød Kommune": "3", "Hørsholm Kommune": "1"}))
    assert answer.status_code == 302
    key = ApportionmentKey.objects.get(cluster=nord, holds_from=date(2024, 1, 1)).as_key()
    assert {str(party): weight for party, weight in key.weights.items()} == {
        "Allerød Kommune": 3,
        "Hørsholm Kommune": 1,
    }


@pytest.mark.parametrize(
    ("weights", "told"),
    [({"Allerød Kommune": "0"}, "Vægten"), ({"Allerød Kommune": "-1"}, "0"), ({}, "mindst")],
)
def test_a_key_without_positive_weights_is_refused_and_nothing_is_saved(administrator, nord, weights, told):
    before = ApportionmentKey.objects.count()
    answer = administrator.post(f"{KEYS}add/", typed(nord, weights))
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert ApportionmentKey.objects.count() == before


def test_a_recorded_key_is_shown_and_cannot_be_changed_or_deleted(administrator, nord):
    key = ApportionmentKey.objects.get(cluster=nord, basis="grants")
    page = administrator.get(f"{KEYS}{key.pk}/change/")
    assert page.status_code == 200
    assert "176166" in page.content.decode().replace(".", "")
    assert administrator.post(f"{KEYS}{key.pk}/change/", {"name": "En anden"}).status_code == 403
    assert administrator.post(f"{KEYS}{key.pk}/delete/", {"post": "yes"}).status_code == 403


def test_another_clusters_administrator_sees_none_of_it(nord, midt, sign_in):
    other = sign_in(build.user("anders", Role.ADMINISTRATOR, midt))
    key = ApportionmentKey.objects.get(cluster=nord, basis="grants")
    assert list(other.get(KEYS).context["cl"].result_list) == []
    assert other.get(f"{KEYS}{key.pk}/change/").status_code == 302
    form = other.get("/admin/finance/trackchoice/add/").content.decode()
    assert "Når svære følelser" not in form
    assert "STIME" not in form


def test_a_rule_is_made_with_its_sides(administrator, nord):
    form = {
        "cluster": nord.pk, "name": "Lige deling", "holds_from": "2025-01-01", "version": 1, "source": "Prøve",
        "note": "", "decision": "", "sides-TOTAL_FORMS": 2, "sides-INITIAL_FORMS": 0, "sides-MIN_NUM_FORMS": 1,
        "sides-MAX_NUM_FORMS": 1000, "sides-0-position": 1, "sides-0-name": "Hospitalet", "sides-0-weight": 1,
        "sides-0-actor": Actor.objects.get(name="Nordsjællands Hospital").pk, "sides-0-basis": "",
        "sides-1-position": 2, "sides-1-name": "Kommunerne", "sides-1-weight": 1, "sides-1-actor": "",
        "sides-1-basis": "population",
    }  # fmt: skip
    assert administrator.post("/admin/finance/financingrule/add/", form).status_code == 302
    assert FinancingRule.objects.get(holds_from=date(2025, 1, 1)).sides.count() == 2
    both = {**form, "holds_from": "2026-01-01", "sides-0-basis": "population"}
    answer = administrator.post("/admin/finance/financingrule/add/", both)
    assert "enten en part eller" in answer.content.decode()
