"""Loads the facts of published documents: insert if absent, compare if present, refuse if different.

A fixture file is Django's JSON with natural keys. What was loaded is remembered by its SHA-256, so that a second
run changes nothing, a user's later edit or removal stands, and a fixture that was changed after it was loaded is
refused instead of silently loaded twice. One transaction: either every record of a call is in place or none.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.core.serializers import sort_dependencies
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.core.serializers.python import Deserializer
from django.core.serializers.python import Serializer as PythonSerializer
from django.db import Error as DatabaseError
from django.db import models, transaction

from finance.posting import unbalanced_vouchers

from .models import LoadedRecord

UNREADABLE = (
    DeserializationError,
    FieldDoesNotExist,
    ObjectDoesNotExist,
    ValidationError,
    ValueError,
    TypeError,
)


class FactsError(Exception):
    """A fixture cannot be loaded; the message names file and record and says what to do."""


@dataclass(frozen=True)
class Record:
    """One record of a fixture file."""

    path: Path
    position: int
    content: dict[str, Any]

    @property
    def model(self) -> str:
        return str(self.content.get("model"))

    @property
    def sha256(self) -> str:
        canonical = json.dumps(self.content, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()

    def __str__(self) -> str:
        return f"{self.path}, record {self.position} ({self.model})"


@dataclass(frozen=True)
class Loaded:
    """How many records were inserted, and how many were in place already."""

    inserted: int
    in_place: int


def load(paths: Iterable[Path]) -> Loaded:
    """Load every .json file of the paths (files, or folders with all below them).

    Raises FactsError for a file or record that cannot be loaded; then nothing of the call is loaded.
    """
    records = [record for path in paths for file in _files(path) for record in _read(file)]
    with transaction.atomic():
        known = set(LoadedRecord.objects.values_list("sha256", flat=True))
        new = [record for record in records if record.sha256 not in known]
        inserted = sum(_load_one(record) for record in _in_order(new))
        if unbalanced := unbalanced_vouchers():
            raise FactsError(f"These vouchers do not sum to zero, so nothing was loaded: {', '.join(unbalanced)}.")
    return Loaded(inserted, len(records) - inserted)


def _files(path: Path) -> list[Path]:
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    if not files:
        raise FactsError(f"{path} holds no .json file; name a fixture file or folder.")
    return files


def _read(path: Path) -> Iterator[Record]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise FactsError(f"{path} cannot be read ({error}); nothing was loaded.") from error
    if not isinstance(content, list):
        raise FactsError(f"{path} is not a list of records; nothing was loaded.")
    for position, item in enumerate(content, start=1):
        if not isinstance(item, dict) or not isinstance(item.get("fields"), dict):
            raise FactsError(f"{path}, record {position} has no fields; nothing was loaded.")
        yield Record(path, position, item)


def _in_order(records: list[Record]) -> list[Record]:
    """Records whose models others refer to come first; within a model the files' order stands."""
    if not records:
        return []
    own = [(apps.get_app_config(label), None) for label in ("initiatives", "meetings", "finance", "outcomes")]
    order = {model._meta.label_lower: place for place, model in enumerate(sort_dependencies(own))}
    for record in records:
        if record.model not in order or not hasattr(apps.get_model(record.model), "natural_key"):
            raise FactsError(f"{record} names no model that holds facts; nothing was loaded.")
    return sorted(records, key=lambda record: order[record.model])


def _load_one(record: Record) -> bool:
    """True if the record was inserted, False if the same row was there already."""
    try:
        item = next(iter(Deserializer([record.content])))
    except UNREADABLE as error:
        raise FactsError(f"{record} cannot be read: {error}. Nothing was loaded.") from error
    key = json.dumps(item.object.natural_key(), ensure_ascii=False)
    if LoadedRecord.objects.filter(model=record.model, key=key).exists():
        raise FactsError(
            f"{record} differs from what was loaded before as {key}. A loaded fact is not changed by a fixture: "
            "record a new fact in the portal, or load into an empty database. Nothing was loaded."
        )
    absent = item.object.pk is None
    if absent:
        _insert(record, item)
    else:
        _compare(record, item.object)
    LoadedRecord.objects.create(model=record.model, key=key, sha256=record.sha256)
    return absent


def _insert(record: Record, item: DeserializedObject) -> None:
    try:
        item.object.full_clean()
        item.object.save()
        for name, related in (item.m2m_data or {}).items():
            getattr(item.object, name).set(related)
    except (ValidationError, DatabaseError) as error:
        raise FactsError(f"{record} is refused: {error}. Nothing was loaded.") from error


def _compare(record: Record, item: models.Model) -> None:
    """Raises FactsError where the row in the database says something else than the record."""
    stored = type(item)._default_manager.get(pk=item.pk)
    fields = record.content["fields"]
    [present] = PythonSerializer().serialize([stored], use_natural_foreign_keys=True, fields=list(fields))
    for name, value in fields.items():
        if not _says_the_same(stored, name, present["fields"][name], value):
            raise FactsError(
                f"{record}: the database holds another value in «{name}»: {present['fields'][name]!r}, "
                f"the fixture says {value!r}. Nothing was loaded; correct whichever is wrong."
            )


def _says_the_same(stored: models.Model, name: str, present: Any, value: Any) -> bool:
    """Relations are compared by natural keys, the rest by value: a figure written 168 is stored as 168.0000."""
    field = stored._meta.get_field(name)
    if field.is_relation:
        return bool(json.loads(json.dumps(present)) == value)
    return bool(field.to_python(value) == getattr(stored, name))  # type: ignore[union-attr]
