"""Files on disk that are whole or not there: a process that dies while it writes leaves nothing under a file's name."""

import os
import tempfile
import time
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

# A part older than this many seconds belongs to a process that died.
ABANDONED = 60 * 60


class _Part(File):
    """A file that is written in full; Django moves one with a temporary path by renaming it."""

    def temporary_file_path(self) -> str:
        return str(self.name)


class WholeFileStorage(FileSystemStorage):
    """Writes into a folder of its own, then renames: within one file system that happens at once or not at all."""

    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str:
        parts = Path(self.path(".parts"))
        parts.mkdir(parents=True, exist_ok=True)
        _sweep(parts)
        whole = content if isinstance(content, File) else File(content)
        descriptor, part = tempfile.mkstemp(dir=parts)
        try:
            with os.fdopen(descriptor, "wb") as opened:
                for chunk in whole.chunks():
                    opened.write(chunk)
                opened.flush()
                os.fsync(opened.fileno())
            return super().save(name or whole.name, _Part(None, part), max_length)
        finally:
            Path(part).unlink(missing_ok=True)


def _sweep(parts: Path) -> None:
    """Delete what processes that died have left."""
    for part in parts.iterdir():
        try:
            if time.time() - part.stat().st_mtime > ABANDONED:
                part.unlink()
        except FileNotFoundError:
            continue
