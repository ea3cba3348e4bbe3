"""Loads the facts of published documents: insert if absent, compare if present, refuse if different.

A fixture file is Django's JSON with natural keys. What was loaded is remembered by its SHA-256, so that a second
run changes nothing and a user's later edit or removal stands.

A file that was loaded before must still hold every record that was loaded from it, unchanged. Records may be added
anywhere in it, and moved within it or to another file of the same call. An edited or removed record is refused: a
loaded fact is not changed by a fixture. A file is known by its path below the project, or by its whole path.

One transaction: either every record of a call is in place or none.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import MultipleObjectsReturned, ObjectDoesNotExist, ValidationError
from django.core.serializers import sort_dependencies
from django.core.serializers.base import DeserializationError, DeserializedObject
from django.core.serializers.python import Deserializer
from django.core.serializers.python import Serializer as PythonSerializer
from django.db import Error as DatabaseError
from django.db import models, transaction

from finance.models import Voucher
from finance.posting import post, unbalanced_vouchers

from .models import LoadedRecord
from .values import misfit

UNREADABLE = (
    DeserializationError,
    MultipleObjectsReturned,
    ObjectDoesNotExist,
    ValidationError,
    ValueError,
    TypeError,
)
# From then on some vouchers cannot be posted any more.
FIXES_THE_LEDGER = frozenset({"finance.accountedyear", "finance.balanceassertion"})
NOT_BY_FIXTURE = (
    "A loaded fact is not changed by a fixture: record a new fact in the portal, or load into an empty database. "
    "Nothing was loaded."
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
    def file(self) -> str:
        return _name(self.path)

    @cached_property
    def sha256(self) -> str:
        canonical = json.dumps(self.content, sort_keys=True, ensure_ascii=False)
        # Half of a surrogate pair is refused later, by the name of its field.
        return hashlib.sha256(canonical.encode(errors="surrogatepass")).hexdigest()

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
    files = [file for path in paths for file in _files(path)]
    records = {record.sha256: record for file in files for record in _read(file)}
    with transaction.atomic():
        known = {row.sha256: row for row in LoadedRecord.objects.all()}
        new = [record for sha256, record in records.items() if sha256 not in known]
        inserted = _load(_in_order(new), records.values())
        _require_unchanged({_name(file) for file in files}, records, known)
        _follow_moved(records, known)
    return Loaded(inserted, len(records) - inserted)


def _files(path: Path) -> list[Path]:
    files = sorted(path.rglob("*.json")) if path.is_dir() else [path]
    if not files:
        raise FactsError(f"{path} holds no .json file; name a fixture file or folder.")
    return files


def _name(path: Path) -> str:
    """By which a file is known again, wherever the project lies and from wherever the command is called."""
    whole = path.resolve()
    return str(whole.relative_to(settings.BASE_DIR) if whole.is_relative_to(settings.BASE_DIR) else whole)


def _read(path: Path) -> Iterator[Record]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise FactsError(f"{path} cannot be read ({error}); nothing was loaded.") from error
    if not isinstance(content, list):
        raise FactsError(f"{path} is not a list of records; nothing was loaded.")
    for position, item in enumerate(content, start=1):
        if not isinstance(item, dict) or not isinstance(item.get("fields"), dict):
            raise FactsError(f"{path}, record {position} has no fields; nothing was loaded.")
        if unknown := sorted(item.keys() - {"model", "fields"}):
            raise FactsError(
                f"{path}, record {position} holds more than model and fields: {unknown}. Nothing was loaded."
            )
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


def _load(records: list[Record], of_call: Collection[Record]) -> int:
    """How many were inserted. Vouchers are posted when their entries are there, before a year is closed.

    `of_call` are all records of the call, new or not.
    """
    inserted = 0
    waiting = [record for record in records if _is_posted_voucher(record)]
    for record in records:
        if record.model in FIXES_THE_LEDGER:
            _post(waiting, of_call)
            waiting = []
        inserted += _load_one(record)
    _post(waiting, of_call)
    return inserted


def _is_posted_voucher(record: Record) -> bool:
    return record.model == "finance.voucher" and record.content["fields"].get("state") == Voucher.State.POSTED


def _post(records: Iterable[Record], of_call: Collection[Record]) -> None:
    """Raises FactsError for a voucher that does not balance, or breaks another rule of the ledger."""
    _require_balance(of_call)
    for record in records:
        voucher = Voucher.objects.get_by_natural_key(*_voucher_key(record))
        if voucher.is_posted:
            continue
        try:
            post(voucher)
        except ValidationError as error:
            raise FactsError(f"{record} cannot be posted: {' '.join(error.messages)} Nothing was loaded.") from error


def _voucher_key(record: Record) -> tuple[str, str]:
    fields = record.content["fields"]
    return fields["cluster"][0], fields["reference"]


def _load_one(record: Record) -> bool:
    """True if the record was inserted, False if the same row was there already."""
    if problem := misfit(apps.get_model(record.model), record.content["fields"]):
        raise FactsError(f"{record} cannot be read: {problem}. Nothing was loaded.")
    try:
        item = next(iter(Deserializer([record.content])))
        key = json.dumps(item.object.natural_key(), ensure_ascii=False)
    except UNREADABLE as error:
        raise FactsError(f"{record} cannot be read: {error}. Nothing was loaded.") from error
    if LoadedRecord.objects.filter(model=record.model, key=key).exists():
        raise FactsError(f"{record} differs from what was loaded before as {key}. {NOT_BY_FIXTURE}")
    absent = item.object.pk is None
    if absent:
        _insert(record, item)
    else:
        _compare(record, item.object)
    LoadedRecord.objects.create(
        model=record.model, key=key, sha256=record.sha256, file=record.file, position=record.position
    )
    return absent


def _insert(record: Record, item: DeserializedObject) -> None:
    try:
        if _is_posted_voucher(record):
            # Every voucher is born as a proposal; `_post` follows when the entries are there.
            item.object.state = Voucher.State.PROPOSED  # type: ignore[attr-defined]
        item.object.full_clean()
        # Read by the models that keep a history: where the row comes from.
        item.object._change_reason = record.path.name  # type: ignore[attr-defined]
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


def _require_unchanged(files: Set[str], records: Mapping[str, Record], known: Mapping[str, LoadedRecord]) -> None:
    """Raises FactsError where one of the files no longer holds what was loaded from it.

    The natural key alone would not tell: an edit to what it is made of, such as a status text, looks like a new fact.
    """
    for sha256, row in known.items():
        if row.file in files and sha256 not in records:
            raise FactsError(
                f"{row.file}: what was loaded from it as record {row.position} ({row.model}), {row.key}, "
                f"is changed or gone. {NOT_BY_FIXTURE}"
            )


def _follow_moved(records: Mapping[str, Record], known: Mapping[str, LoadedRecord]) -> None:
    """Remembers the new place of each record that stands elsewhere than it did."""
    moved = []
    for sha256 in records.keys() & known.keys():
        record, row = records[sha256], known[sha256]
        if (row.file, row.position) != (record.file, record.position):
            row.file, row.position = record.file, record.position
            moved.append(row)
    LoadedRecord.objects.bulk_update(moved, ["file", "position"], batch_size=200)


def _require_balance(records: Collection[Record]) -> None:
    """Raises FactsError that names each voucher that does not sum to zero, and where the call says so."""
    if unbalanced := unbalanced_vouchers():
        named = ", ".join(_with_place(reference, records) for reference in unbalanced)
        raise FactsError(f"These vouchers do not sum to zero, so nothing was loaded: {named}.")


def _with_place(reference: str, records: Iterable[Record]) -> str:
    """The reference and the record of the voucher; of its first entry where the voucher was there before."""
    said = [(record, record.content["fields"]) for record in records]
    of_voucher = [
        record for record, fields in said if record.model == "finance.voucher" and fields["reference"] == reference
    ]
    of_entries = [
        record for record, fields in said if record.model == "finance.entry" and fields["voucher"][1] == reference
    ]
    place = next(iter(of_voucher + of_entries), None)
    return f"{reference} ({place})" if place else reference
