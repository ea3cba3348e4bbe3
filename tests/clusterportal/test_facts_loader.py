"""The fact loader: insert if absent, compare if present, refuse if different, all or nothing."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from clusterportal.facts.loader import FactsError, Loaded, load
from clusterportal.facts.models import LoadedRecord
from initiatives.models import Actor

pytestmark = pytest.mark.django_db

ACTOR: dict[str, Any] = {
    "model": "initiatives.actor",
    "fields": {"name": "Læsø Kommune", "kind": "municipality", "part_of": None},
}
PART = {
    "model": "initiatives.actor",
    "fields": {"name": "Læsø Lægehus", "kind": "other", "part_of": ["Læsø Kommune"]},
}


@pytest.fixture
def write(tmp_path: Path):
    def written(*records: Any, name: str = "parties.json") -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(list(records)), "utf-8")
        return path

    return written


def changed(**fields: Any) -> dict[str, Any]:
    return {"model": ACTOR["model"], "fields": {**ACTOR["fields"], **fields}}


def test_records_are_inserted_with_their_relations(write):
    assert load([write(ACTOR, PART)]) == Loaded(inserted=2, in_place=0)
    assert Actor.objects.get(name="Læsø Lægehus").part_of.name == "Læsø Kommune"


def test_a_second_run_changes_nothing(write):
    path = write(ACTOR, PART)
    load([path])
    assert load([path]) == Loaded(inserted=0, in_place=2)


def test_what_a_user_changed_since_stands(write):
    path = write(ACTOR)
    load([path])
    Actor.objects.filter(name="Læsø Kommune").update(kind="other")
    load([path])
    assert Actor.objects.get(name="Læsø Kommune").kind == "other"


def test_what_a_user_removed_is_not_brought_back(write):
    path = write(ACTOR)
    load([path])
    Actor.objects.filter(name="Læsø Kommune").delete()
    assert load([path]) == Loaded(inserted=0, in_place=1)
    assert not Actor.objects.filter(name="Læsø Kommune").exists()


def test_a_row_that_says_the_same_is_adopted(write):
    Actor.objects.create(name="Læsø Kommune", kind="municipality")
    assert load([write(ACTOR)]) == Loaded(inserted=0, in_place=1)


def test_a_row_that_says_something_else_is_refused_by_field(write):
    Actor.objects.create(name="Læsø Kommune", kind="ngo")
    with pytest.raises(FactsError, match=r"parties\.json, record 1 .*«kind».*'ngo'.*'municipality'"):
        load([write(ACTOR)])


def test_a_fixture_that_was_changed_after_it_was_loaded_is_refused(write):
    load([write(ACTOR)])
    with pytest.raises(FactsError, match=r"record 1 .*differs from what was loaded before"):
        load([write(changed(kind="other"))])


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ({"model": "initiatives.actor"}, "record 2 has no fields"),
        ({"model": "auth.permission", "fields": {}}, "names no model that holds facts"),
        (
            {"model": "initiatives.membership", "fields": {"role": "coordinator"}},
            "record 2 .*no model that holds facts",
        ),
        (
            {"model": "initiatives.actor", "fields": {"nmae": "Sprog"}},
            r"record 2 \(initiatives.actor\) cannot be read",
        ),
        ({"model": "initiatives.actor", "fields": {"name": "A", "kind": "planet"}}, "is refused.*planet"),
        (
            {"model": "initiatives.actor", "fields": {"name": "A", "kind": "ngo", "part_of": ["Atlantis"]}},
            "record 2",
        ),
    ],
)
def test_a_damaged_record_is_named_and_nothing_is_loaded(write, record, problem):
    path = write(ACTOR, record)
    with pytest.raises(FactsError, match=problem):
        load([path])
    assert not Actor.objects.filter(name="Læsø Kommune").exists()
    assert not LoadedRecord.objects.filter(key__contains="Læsø").exists()


@pytest.mark.parametrize("text", ['[{"model": ', '{"model": "initiatives.actor"}', "\udcff"])
def test_a_damaged_file_is_named_and_nothing_of_the_call_is_loaded(write, tmp_path, text):
    damaged = tmp_path / "zz-damaged.json"
    damaged.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(FactsError, match=r"zz-damaged\.json"):
        load([write(ACTOR), damaged])
    assert not Actor.objects.filter(name="Læsø Kommune").exists()


def test_an_unbalanced_voucher_is_refused_and_named(write):
    voucher = {
        "model": "finance.voucher",
        "fields": {
            "cluster": ["midt"], "reference": "skæv-1", "kind": "grant", "state": "posted",
            "held_on": "2024-12-31", "budget_year": 2024, "text": "Kun den ene side",
        },
    }  # fmt: skip
    entry = {
        "model": "finance.entry",
        "fields": {
            "voucher": ["midt", "skæv-1"], "position": 1, "account": ["midt", "pool", None], "amount": "100.00",
        },
    }  # fmt: skip
    with pytest.raises(FactsError, match="skæv-1"):
        load([write(voucher, entry)])


def test_a_folder_without_fixtures_is_refused(tmp_path):
    with pytest.raises(FactsError, match=r"holds no \.json file"):
        load([tmp_path])


def test_the_command_says_what_it_did_and_fails_with_the_reason(write, capsys):
    call_command("load_facts", str(write(ACTOR)))
    assert "1 loaded, 0 in place already" in capsys.readouterr().out
    with pytest.raises(CommandError, match="record 1"):
        call_command("load_facts", str(write(changed(kind="other"))))
