"""Stored files: the type is what the bytes show, never what the name says."""

import hashlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from initiatives.attachments import Attachment, sniff, store
from tests.build import PDF

OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = OFFICE + "wordprocessingml.document"


def picture(kind: str) -> bytes:
    content = BytesIO()
    Image.new("RGB", (2, 2), "red").save(content, kind)
    return content.getvalue()


def workbook() -> bytes:
    content = BytesIO()
    openpyxl.Workbook().save(content)
    return content.getvalue()


def package(main_type: str, name: str = "[Content_Types].xml") -> bytes:
    """A zip that declares the type of its main part as Office documents do."""
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, f'<Types><Override PartName="/main.xml" ContentType="{main_type}"/></Types>')
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (PDF, "application/pdf"),
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (workbook(), OFFICE + "spreadsheetml.sheet"),
        (package(DOCX + ".main+xml"), DOCX),
        (package(OFFICE + "presentationml.presentation.main+xml"), OFFICE + "presentationml.presentation"),
    ],
)
def test_the_type_is_read_from_the_content(content, media_type):
    assert sniff(content) == media_type


@pytest.mark.parametrize(
    "content",
    [
        b"Hej",
        b"\x00" * 100,
        b"<html><script>alert(1)</script></html>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"MZ" + b"\x90" * 200,
        b"GIF89a" + b"\x00" * 50,
        b"%!PS-Adobe-3.0",
        b"PK\x03\x04 er begyndt, men aldrig blevet til noget",
        package("application/vnd.ms-word.document.macroEnabled.main+xml"),
        package(OFFICE + "wordprocessingml.template.main+xml"),
        package(DOCX + ".main+xml", name="word/document.xml"),
        package("text/plain"),
    ],
)
def test_what_is_not_permitted_is_refused(content):
    with pytest.raises(ValidationError, match="hverken en PDF"):
        sniff(content)


def test_a_damaged_office_document_is_refused_and_not_an_error():
    damaged = bytearray(package(DOCX + ".main+xml"))
    damaged[50:70] = b"\xff" * 20
    with pytest.raises(ValidationError):
        sniff(bytes(damaged))


def test_a_zip_that_unpacks_to_far_more_is_not_unpacked():
    bomb = package("x" * 30_000_000 + '"/><Override ContentType="' + DOCX + ".main+xml")
    with pytest.raises(ValidationError):
        sniff(bomb)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }


def test_a_pdf_named_png_is_kept_as_a_pdf(db):
    kept = store(PDF, "kort.png", None)
    assert (kept.media_type, kept.name) == ("application/pdf", "kort.png")
    assert kept.file.name.endswith(".pdf")


def test_the_stored_file_is_the_given_one_with_its_size_and_sum(db):
    kept = Attachment.objects.get(pk=store(BytesIO(PDF), "evaluering.pdf", None).pk)
    with kept.file.open() as stored:
        assert stored.read() == PDF
    assert (kept.size, kept.sha256) == (len(PDF), hashlib.sha256(PDF).hexdigest())


@pytest.mark.parametrize("name", ["../../etc/passwd.pdf", "C:\\mappe\\fil.pdf", "مرحبا 👩‍⚕️.pdf"])
def test_what_a_user_called_a_file_never_reaches_the_disk(db, name):
    kept = store(PDF, name, None)
    assert kept.name == name
    assert kept.file.name.startswith("attachments/")
    assert hashlib.sha256(PDF).hexdigest() in kept.file.name


def test_a_very_long_name_keeps_its_end(db):
    kept = store(PDF, "n" * 400 + ".pdf", None)
    assert len(kept.name) == 200
    assert kept.name.endswith(".pdf")


def test_the_same_file_twice_is_two_rows_with_one_sum(db):
    first, second = store(PDF, "a.pdf", None), store(PDF, "b.pdf", None)
    assert first.sha256 == second.sha256
    assert first.file.name != second.file.name


def test_an_empty_file_is_refused(db):
    with pytest.raises(ValidationError, match="tom"):
        store(b"", "tom.pdf", None)


@pytest.mark.parametrize(("too_many", "kept"), [(0, True), (1, False)])
def test_a_file_may_be_as_large_as_the_limit_and_no_larger(db, settings, too_many, kept):
    settings.ATTACHMENT_MAX_MB = 1
    content = PDF.ljust(1024 * 1024 + too_many)
    if kept:
        assert store(BytesIO(content), "a.pdf", None).size == 1024 * 1024
    else:
        with pytest.raises(ValidationError, match="større end 1 MB"):
            store(BytesIO(content), "a.pdf", None)


def test_a_refused_file_leaves_nothing_behind(db, tmp_path):
    with pytest.raises(ValidationError):
        store(b"Hej", "a.pdf", None)
    assert not Attachment.objects.exists()
    assert list(tmp_path.rglob("*.*")) == []
