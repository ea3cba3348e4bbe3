"""The databases' own indexes are there after migrations, follow every write and are the ones that answer."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model

from clusterportal.search import contains, text_index
from clusterportal.search.contains import Contains
from initiatives.models import Initiative, NarrativeSection
from outcomes.models import Measure

from .. import build
from . import build_search as some

pytestmark = pytest.mark.django_db


def keep_up() -> None:
    # PostgreSQL makes no index while rows of the transaction wait to be checked.
    connection.check_constraints()
    text_index.keep_up(apps.get_app_config("clusterportal"), connection.alias)


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def objects() -> set[str]:
    """Names of the indexes, and of the triggers where they are kept by them."""
    if connection.vendor == "postgresql":
        return {
            name for (name,) in rows("SELECT indexname FROM pg_indexes WHERE indexname LIKE 'search!_%' ESCAPE '!'")
        }
    return {
        name
        for (name,) in rows("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TRIGGER \"search!_%' ESCAPE '!'")
    }


def holding(word: str) -> list[str]:
    found = NarrativeSection.objects.filter(Contains(word, NarrativeSection), initiative__cluster__slug="proeve")
    return sorted(found.values_list("body", flat=True))


@pytest.fixture
def initiative() -> Initiative:
    return build.initiative("5")


def test_migrations_leave_an_index_of_every_text():
    kept_by = 3 if connection.vendor == "sqlite" else 1
    assert len(objects()) == len(text_index.TEXTS) * kept_by
    assert {model._meta.db_table for model in text_index.TEXTS} == {
        table
        for table in connection.introspection.table_names()
        if any(f"search_{table}_" in name for name in objects())
    }


def test_looking_after_the_indexes_again_changes_nothing():
    before = objects()
    keep_up()
    assert objects() == before


def write_by_saving(section: NarrativeSection) -> None:
    section.body = "Nu om lænderyg"
    section.save()


def write_by_updating(section: NarrativeSection) -> None:
    NarrativeSection.objects.filter(pk=section.pk).update(body="Nu om lænderyg")


def write_by_sql(section: NarrativeSection) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE initiatives_narrativesection SET body = 'Nu om lænderyg' WHERE id = %s", [section.pk])


@pytest.mark.parametrize("write", [write_by_saving, write_by_updating, write_by_sql])
def test_a_changed_text_is_found_at_once_and_the_former_no_more(
    write: Callable[[NarrativeSection], None], initiative: Initiative
):
    section = some.section(initiative, "Noget om gangtræning")
    assert holding("træning") == ["Noget om gangtræning"]
    write(section)
    assert holding("træning") == []
    assert holding("lænderyg") == ["Nu om lænderyg"]


def test_rows_written_in_bulk_are_found(initiative: Initiative):
    bodies = ["gangtræning", "GANGTRÆNING"]
    NarrativeSection.objects.bulk_create(
        NarrativeSection(initiative=initiative, kind="purpose", position=at, body=body)
        for at, body in enumerate(bodies)
    )
    assert holding("træning") == ["GANGTRÆNING", "gangtræning"]


def test_a_deleted_text_is_not_found_under_the_id_of_another(initiative: Initiative):
    section = some.section(initiative, "gangtræning")
    key = section.pk
    section.delete()
    some.section(initiative, "lænderyg", pk=key)
    assert holding("træning") == []


@pytest.mark.parametrize("word", ['"ja"', "it's", "100 %", "_x_", "a\\b", "(*)", "{b} : c"])
def test_signs_of_the_index_stand_for_themselves(word: str, initiative: Initiative):
    some.section(initiative, f"sagt {word} her")
    some.section(initiative, "sagt ja, its 100 x axb b c her")
    assert holding(word) == [f"sagt {word} her"]


def test_a_phrase_does_not_run_from_one_text_into_the_next(initiative: Initiative):
    some.section(initiative, "træning hver dag", heading="gang og")
    assert holding("gang og") == ["træning hver dag"]
    assert holding("gang og træning") == []


def test_what_a_migration_lost_comes_back_with_the_rows_it_missed(initiative: Initiative):
    kind = {"sqlite": "TRIGGER", "postgresql": "INDEX"}[connection.vendor]
    before = objects()
    lost = [name for name in before if "narrativesection" in name]
    assert lost
    for word, name in enumerate(lost):
        section = some.section(initiative, "gangtræning")
        with connection.cursor() as cursor:
            cursor.execute(f'DROP {kind} "{name}"')
        key = section.pk
        section.delete()
        some.section(initiative, f"lænderyg {word}", pk=key)
        NarrativeSection.objects.filter(pk=key).update(body=f"knæskade {word}")
        keep_up()
        assert objects() == before
        assert f"knæskade {word}" in holding("knæskade")
        assert holding("træning") + holding("lænderyg") == []


def test_an_index_of_other_texts_is_made_anew(initiative: Initiative, monkeypatch: pytest.MonkeyPatch):
    some.measured(initiative, "Gangdistance", "Kamelprøve")
    count = len(objects())
    texts: dict[type[Model], tuple[str, ...]] = {**text_index.TEXTS, Measure: ("slug",)}
    for module in (text_index, contains):
        monkeypatch.setattr(module, "TEXTS", texts)
    keep_up()
    assert len(objects()) == count
    assert Measure.objects.filter(Contains("gangdistance", Measure)).exists()
    assert not Measure.objects.filter(Contains("kamel", Measure)).exists()


def test_the_index_answers():
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
    for model in text_index.TEXTS:
        plan = model._default_manager.filter(Contains("gangtræning", model)).order_by().explain()
        assert text_index.fts_table(model) in plan or "VIRTUAL TABLE INDEX" in plan, plan
