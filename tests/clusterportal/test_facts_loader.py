"""The fact loader: insert if absent, compare if present, refuse if different, all or nothing."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from clusterportal.facts.loader import FactsError, Loaded, load
from clusterportal.facts.models import LoadedRecord
from finance.models import Account, Entry, Voucher
from finance.posting import post_grant
from finance.shapes import Heading
from initiatives.models import Actor, Cluster, Initiative, StatusReport

pytestmark = pytest.mark.django_db

ACTOR: dict[str, Any] = {
    "model": "initiatives.actor",
    "fields": {"name": "Læsø Kommune", "kind": "municipality", "part_of": None},
}
PART = {
    "model": "initiatives.actor",
    "fields": {"name": "Læsø Lægehus", "kind": "other", "part_of": ["Læsø Kommune"]},
}
STATUS: dict[str, Any] = {
    "model": "initiatives.statusreport",
    "fields": {
        "initiative": ["midt", "1"], "reported_on": "2024-06-30", "phase": "running", "printed_text": "I gang",
    },
}  # fmt: skip
MILESTONE: dict[str, Any] = {
    "model": "initiatives.milestone",
    "fields": {"initiative": ["midt", "7"], "day": "2024-06-30", "text": "Halvvejs"},
}
SECTION: dict[str, Any] = {
    "model": "initiatives.narrativesection",
    "fields": {"initiative": ["midt", "3"], "kind": "note", "position": 41, "body": "Sommer"},
}
MEETING: dict[str, Any] = {
    "model": "meetings.meeting",
    "fields": {"forum": ["Politisk niveau", "midt", None], "held_on": "2024-06-30"},
}
VOUCHER: dict[str, Any] = {
    "model": "finance.voucher",
    "fields": {
        "cluster": ["midt"], "reference": "skæv-1", "kind": "grant", "state": "posted",
        "held_on": "2024-12-31", "budget_year": 2024, "text": "Kun den ene side",
    },
}  # fmt: skip
ENTRY: dict[str, Any] = {
    "model": "finance.entry",
    "fields": {
        "voucher": ["midt", "skæv-1"], "position": 1, "account": ["midt", "pool", None], "budget_year": 2024,
        "amount": "100.00",
    },
}  # fmt: skip


@pytest.fixture
def write(tmp_path: Path):
    def written(*records: Any, name: str = "parties.json") -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(list(records)), "utf-8")
        return path

    return written


def edited(record: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {**record, "fields": {**record["fields"], **fields}}


def without(record: dict[str, Any], *names: str) -> dict[str, Any]:
    return {**record, "fields": {field: value for field, value in record["fields"].items() if field not in names}}


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
        load([write(edited(ACTOR, kind="other"))])


@pytest.mark.parametrize(
    ("record", "edit"),
    [
        (STATUS, {"printed_text": "Godt i gang"}),
        (STATUS, {"reported_on": "2024-07-01"}),
        (MILESTONE, {"text": "Næsten halvvejs"}),
        (SECTION, {"position": 42}),
        (MEETING, {"held_on": "2024-07-01"}),
    ],
)
def test_an_edit_of_what_a_fact_is_known_by_is_refused_and_not_loaded_beside_it(write, record, edit):
    load([write(ACTOR, record)])
    model = apps.get_model(record["model"])
    before = model.objects.count()
    with pytest.raises(FactsError, match=r"parties\.json: .* record 2 \(.*is changed or gone"):
        load([write(ACTOR, edited(record, **edit))])
    assert model.objects.count() == before


def test_a_record_that_was_taken_out_of_its_file_is_refused(write):
    load([write(ACTOR, STATUS)])
    with pytest.raises(FactsError, match=r"parties\.json: .* record 2 \(initiatives\.statusreport\).*I gang"):
        load([write(ACTOR)])


def test_a_file_that_was_emptied_is_refused(write):
    load([write(ACTOR)])
    with pytest.raises(FactsError, match=r"parties\.json: .* record 1 .*Læsø Kommune"):
        load([write()])


@pytest.mark.parametrize("later", [[ACTOR, STATUS, MILESTONE], [MILESTONE, ACTOR, STATUS], [ACTOR, MILESTONE, STATUS]])
def test_records_may_be_added_anywhere(write, later):
    load([write(ACTOR, STATUS)])
    assert load([write(*later)]) == Loaded(inserted=1, in_place=2)


def test_records_may_be_moved_within_their_file(write):
    load([write(ACTOR, STATUS)])
    assert load([write(STATUS, ACTOR)]) == Loaded(inserted=0, in_place=2)


def test_a_record_that_moved_to_another_file_is_looked_for_there_from_then_on(write):
    load([write(ACTOR, STATUS)])
    assert load([write(ACTOR), write(STATUS, name="status.json")]) == Loaded(inserted=0, in_place=2)
    assert load([write(ACTOR)]) == Loaded(inserted=0, in_place=1)
    with pytest.raises(FactsError, match=r"status\.json: .* record 1 .*changed or gone"):
        load([write(edited(STATUS, printed_text="Godt i gang"), name="status.json")])


def test_a_record_that_moved_to_a_file_outside_the_call_is_missed(write):
    load([write(ACTOR, STATUS)])
    write(STATUS, name="status.json")
    with pytest.raises(FactsError, match=r"parties\.json: .* record 2 "):
        load([write(ACTOR)])


def test_a_file_is_known_again_when_it_is_called_otherwise(write, tmp_path, monkeypatch):
    load([write(STATUS)])
    write(edited(STATUS, printed_text="Godt i gang"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FactsError, match="changed or gone"):
        load([Path("parties.json")])


def test_a_file_of_the_project_is_known_again_where_the_project_lies_elsewhere(write, tmp_path, settings):
    settings.BASE_DIR = tmp_path / "first"
    load([write(STATUS, name="first/status.json")])
    settings.BASE_DIR = tmp_path / "second"
    with pytest.raises(FactsError, match=r"^status\.json: .* record 1 "):
        load([write(edited(STATUS, printed_text="Godt i gang"), name="second/status.json")])


def test_a_record_that_stands_twice_is_loaded_once(write):
    assert load([write(STATUS, STATUS)]) == Loaded(inserted=1, in_place=0)
    assert load([write(STATUS, STATUS)]) == Loaded(inserted=0, in_place=1)


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ({"model": "initiatives.actor"}, "has no fields"),
        ({"model": "auth.permission", "fields": {}}, "names no model that holds facts"),
        (
            {"model": "initiatives.membership", "fields": {"role": "coordinator"}},
            "no model that holds facts",
        ),
        (
            {"model": "initiatives.actor", "fields": {"nmae": "Sprog"}},
            "«nmae» is no field that a fixture gives",
        ),
        ({"model": "initiatives.actor", "fields": {"name": "A", "kind": "planet"}}, "is refused.*planet"),
        ({**ACTOR, "pk": 1}, r"holds more than model and fields: \['pk'\]"),
        (edited(PART, part_of=["Atlantis"]), "cannot be read"),
        (edited(PART, part_of=["Læsø Kommune", "Læsø"]), "cannot be read"),
        (edited(PART, id=7), "«id» is no field that a fixture gives"),
        (edited(PART, parts=[]), "«parts» is no field that a fixture gives"),
        (without(PART, "name"), "«name» is missing"),
        (without(STATUS, "reported_on"), "«reported_on» is missing"),
        (edited(STATUS, reported_on=None), "«reported_on» must be text, not None"),
        (edited(STATUS, reported_on="2024-02-30"), "cannot be read"),
        (without(MILESTONE, "day"), "«day» is missing"),
        (without(MEETING, "held_on"), "«held_on» is missing"),
        (without(MILESTONE, "initiative"), "«initiative» is missing"),
        (edited(MILESTONE, initiative=None), r"«initiative» must be a natural key \(a list\), not None"),
        (edited(MILESTONE, initiative=7), r"«initiative» must be a natural key \(a list\), not 7"),
        (edited(MILESTONE, initiative="midt"), "«initiative» must be a natural key"),
        (edited(MILESTONE, initiative=["midt", ["7"]]), "«initiative» must be a natural key"),
        (edited(PART, part_of=1), r"«part_of» must be a natural key \(a list\) or null, not 1"),
        (edited(MILESTONE, text=["a", "b"]), r"«text» must be text, not \['a', 'b'\]"),
        (edited(MILESTONE, text=7), "«text» must be text, not 7"),
        (edited(MILESTONE, text="a\0b"), "«text» must be text"),
        (edited(MILESTONE, text="a\ud800b"), "«text» must be text"),
        (edited(MILESTONE, day=20240630), "«day» must be text, not 20240630"),
        (edited(SECTION, position="41"), "«position» must be a whole number, not '41'"),
        (edited(SECTION, position=True), "«position» must be a whole number, not True"),
        (edited(SECTION, position=10**30), "is refused"),
        (edited(STATUS, demonstration=1), "«demonstration» must be true or false, not 1"),
        (edited(ENTRY, amount=0.1), r"«amount» must be a whole number or text, not 0\.1"),
        (edited(ENTRY, amount="1.2.3"), "cannot be read"),
        (edited(ENTRY, voucher=["midt", "findes-ikke"]), "cannot be read"),
    ],
)
def test_a_damaged_record_is_named_and_nothing_is_loaded(write, record, problem):
    path = write(ACTOR, record)
    before = LoadedRecord.objects.count()
    with pytest.raises(FactsError, match=rf"parties\.json, record 2.*{problem}"):
        load([path])
    assert not Actor.objects.filter(name="Læsø Kommune").exists()
    assert LoadedRecord.objects.count() == before


def test_parties_that_are_not_natural_keys_are_refused(write):
    cluster = {
        "model": "initiatives.cluster",
        "fields": {"slug": "syd", "name": "Syd", "starts": "2024-01-01", "parties": [1]},
    }
    with pytest.raises(FactsError, match=r"record 1 .*«parties» must be a list of natural keys, not \[1\]"):
        load([write(cluster)])


def test_a_fact_that_two_rows_hold_is_refused(write):
    initiative = Initiative.objects.get(cluster__slug="midt", address="1")
    for _again in range(2):
        StatusReport.objects.create(**{**STATUS["fields"], "initiative": initiative})
    with pytest.raises(FactsError, match=r"parties\.json, record 1 .*cannot be read"):
        load([write(STATUS)])


@pytest.mark.parametrize("text", ['[{"model": ', '{"model": "initiatives.actor"}', "\udcff", "[" * 100_000])
def test_a_damaged_file_is_named_and_nothing_of_the_call_is_loaded(write, tmp_path, text):
    damaged = tmp_path / "zz-damaged.json"
    damaged.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(FactsError, match=r"zz-damaged\.json"):
        load([write(ACTOR), damaged])
    assert not Actor.objects.filter(name="Læsø Kommune").exists()


def test_an_unbalanced_voucher_is_refused_and_named_with_its_record(write):
    with pytest.raises(FactsError, match=r"skæv-1 \(.*parties\.json, record 2 \(finance\.voucher\)\)"):
        load([write(ENTRY, VOUCHER)])
    assert not Voucher.objects.filter(reference="skæv-1").exists()


def test_a_voucher_that_a_new_entry_brings_out_of_balance_is_named_with_the_entry(write):
    cluster = Cluster.objects.get(slug="midt")
    heading = Heading(cluster, date(2025, 1, 1), 2025, "Bevilling", "skæv-1", state=Voucher.State.PROPOSED)
    post_grant(heading, Decimal(100))
    with pytest.raises(FactsError, match=r"skæv-1 \(.*parties\.json, record 2 \(finance\.entry\)\)"):
        load([write(ACTOR, edited(ENTRY, position=3))])


def test_a_voucher_that_was_out_of_balance_before_is_named_by_its_reference(write):
    said = without(VOUCHER, "cluster", "state")["fields"]
    Voucher.objects.create(cluster=Cluster.objects.get(slug="midt"), **said)
    Entry.objects.create(
        voucher=Voucher.objects.get(reference="skæv-1"), position=1, budget_year=2024, amount=Decimal(100),
        account=Account.objects.get(cluster__slug="midt", kind="pool", party=None),
    )  # fmt: skip
    with pytest.raises(FactsError, match=r"nothing was loaded: skæv-1\.$"):
        load([write(ACTOR)])


def test_a_folder_without_fixtures_is_refused(tmp_path):
    with pytest.raises(FactsError, match=r"holds no \.json file"):
        load([tmp_path])


def test_the_command_says_what_it_did_and_fails_with_the_reason(write, capsys):
    call_command("load_facts", str(write(ACTOR)))
    assert "1 loaded, 0 in place already" in capsys.readouterr().out
    with pytest.raises(CommandError, match="record 1"):
        call_command("load_facts", str(write(edited(ACTOR, kind="other"))))


def test_the_history_of_a_row_begins_with_the_file_it_came_from(write):
    load([write(ACTOR)])
    assert Actor.history.get(name="Læsø Kommune").history_change_reason == "parties.json"


# Vouchers are born as proposals and posted when their entries are there.
def balanced(**values: Any) -> list[dict[str, Any]]:
    other = {"voucher": ["midt", "skæv-1"], "position": 2, "account": ["midt", "source", None], "budget_year": 2025}
    voucher = edited(VOUCHER, held_on="2025-01-31", budget_year=2025, **values)
    return [voucher, edited(ENTRY, budget_year=2025), {"model": ENTRY["model"], "fields": {**other, "amount": -100}}]


def test_a_voucher_is_posted_where_the_fixture_says_so(write):
    load([write(*balanced())])
    assert Voucher.objects.get(reference="skæv-1").is_posted
    assert load([write(*balanced())]).inserted == 0


def test_a_proposal_of_a_fixture_stays_one(write):
    load([write(*balanced(state="proposed"))])
    assert not Voucher.objects.get(reference="skæv-1").is_posted


def test_a_voucher_that_the_ledger_refuses_is_named_with_its_record_and_the_rule(write):
    late = balanced(taken_over_from="Et dokument")
    late[0]["fields"]["held_on"] = "2024-12-31"
    with pytest.raises(FactsError, match=r"record 1 \(finance\.voucher\) cannot be posted: Året 2024 er lukket"):
        load([write(*late)])
    assert not Voucher.objects.filter(reference="skæv-1").exists()


def test_a_balance_is_asserted_after_the_vouchers_that_make_it(write):
    asserted = {
        "model": "finance.balanceassertion",
        "fields": {
            "account": ["midt", "source", None],
            "held_on": "2025-02-01",
            "amount": -100,
            "source": "Kontoudtog",
        },
    }
    with pytest.raises(FactsError, match=r"record 1 \(finance\.balanceassertion\) is refused"):
        load([write({**asserted, "fields": {**asserted["fields"], "amount": -99}}, *balanced())])
    assert load([write(asserted, *balanced())]).inserted == 4
