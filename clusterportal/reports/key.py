"""The key of a document: the hash of everything that decides the bytes of its file."""

import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from . import finisher, pdf
from .composing import Subject

# What sets, subsets fonts, reads styles and finishes.
LIBRARIES = ("weasyprint", "pydyf", "pyphen", "tinycss2", "fonttools", "pikepdf", "Pillow")


def content_key(subject: Subject, html: str) -> str:
    """SHA-256 in hexadecimal of the document, the report's styles and fonts, the libraries and our own setting.

    The document holds its dates. A report is read by all members of its plan's cluster and by nobody else, so the
    plan is the audience, and two clusters never share a file.
    """
    parts = [subject.kind, subject.plan.pk, subject.initiative.pk if subject.initiative else "", html, *_versions()]
    whole = hashlib.sha256()
    for part in parts:
        whole.update(str(part).encode())
        whole.update(b"\0")
    for path in _files():
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _versions() -> Iterator[str]:
    return (f"{name} {version(name)}" for name in LIBRARIES)


def _files() -> Iterator[Path]:
    """Everything that the process may read, and the code that runs in it, in a fixed order."""
    for folder in pdf.READABLE:
        yield from sorted(path for path in folder.rglob("*") if path.is_file())
    yield from (Path(module.__file__ or "") for module in (pdf, finisher))
