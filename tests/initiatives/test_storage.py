"""A file on disk is whole or not there."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from initiatives.storage import ABANDONED, WholeFileStorage


class Broken(ContentFile):
    """Breaks off after its first piece, as a full disk does."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"first half"
        raise OSError("no space left on device")


@pytest.fixture
def storage(tmp_path: Path) -> WholeFileStorage:
    return WholeFileStorage(location=tmp_path)


def files(below: Path) -> list[str]:
    return sorted(str(path.relative_to(below)) for path in below.rglob("*") if path.is_file())


def test_a_file_is_stored_under_its_name_and_nothing_else_is_left(storage, tmp_path):
    assert storage.save("2025/04/a.pdf", ContentFile(b"whole")) == "2025/04/a.pdf"
    assert files(tmp_path) == ["2025/04/a.pdf"]
    assert (tmp_path / "2025/04/a.pdf").read_bytes() == b"whole"


def test_other_processes_may_read_it(storage, tmp_path):
    storage.save("a.pdf", ContentFile(b"whole"))
    assert (tmp_path / "a.pdf").stat().st_mode & 0o777 == 0o644


def test_a_file_that_breaks_off_is_not_there(storage, tmp_path):
    with pytest.raises(OSError, match="no space"):
        storage.save("a.pdf", Broken(b""))
    assert files(tmp_path) == []


def test_a_second_file_of_the_name_gets_another(storage, tmp_path):
    storage.save("a.pdf", ContentFile(b"one"))
    other = storage.save("a.pdf", ContentFile(b"two"))
    assert other != "a.pdf"
    assert [(tmp_path / name).read_bytes() for name in ("a.pdf", other)] == [b"one", b"two"]


@pytest.mark.parametrize(("age", "left"), [(ABANDONED - 60, True), (ABANDONED + 60, False)])
def test_what_a_process_left_when_it_was_killed_is_swept_away(storage, tmp_path, age, left):
    part = tmp_path / ".parts" / "tmp123"
    part.parent.mkdir()
    part.write_bytes(b"first half")
    os.utime(part, (time.time() - age, time.time() - age))
    storage.save("a.pdf", ContentFile(b"whole"))
    assert part.exists() == left
