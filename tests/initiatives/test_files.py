"""Files on an initiative: who adds, fetches and removes them, and what is refused in words."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from initiatives.access import Role
from initiatives.danish import short_date, today
from initiatives.filing import add_file
from initiatives.models import Initiative, InitiativeFile, User
from tests import build
from tests.build import PDF

from .build_status import coordinator, page, told

URL = "/indsatser/proeve/5/filer/"


@pytest.fixture
def five(db: None) -> Initiative:
    return build.initiative("5")


@pytest.fixture
def maria(five: Initiative) -> User:
    return coordinator()


@pytest.fixture
def client(maria: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(maria)


@pytest.fixture
def kept(five: Initiative, maria: User) -> InitiativeFile:
    return add_file(five, maria, PDF, "referat.pdf", "Referat, marts")


def upload(name: str = "referat.pdf", content: bytes = PDF, title: str = "") -> dict[str, object]:
    return {"file-file": SimpleUploadedFile(name, content), "file-title": title}


# Adding.
def test_a_file_is_added_and_listed_with_title_type_size_day_and_who(client, five):
    answer = client.post(URL, upload(title="Referat, marts"))
    assert (answer.url, told(answer)) == ("/indsatser/proeve/5/?fane=filer", ["»Referat, marts« er tilføjet."])
    html = page(client.get(answer.url))
    assert f"PDF, {len(PDF)}\xa0byte" in html
    assert f" · {short_date(today())} · Maria Krogh · referat.pdf" in html
    assert "Filer (1)" in html


def test_without_a_title_a_file_is_called_by_its_name(client, five):
    client.post(URL, upload("notat æøå.pdf"))
    assert five.files.get().title == "notat æøå.pdf"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("tom.pdf", b"", "Filen er tom."),
        ("referat.pdf", b"<html><script>alert(1)</script>", "Filen er hverken en PDF"),
        ("makro.docm", b"PK\x03\x04 er begyndt", "Filen er hverken en PDF"),
        ("010203-1234.pdf", PDF, "ligner et CPR-nummer"),
    ],
)
def test_what_is_refused_is_told_beside_the_field_and_the_title_is_kept(client, five, name, content, said):
    html = page(client.post(URL, upload(name, content, "Min titel")))
    assert said in html.split('id="id_file-file_error"')[1].split("</span></span>")[0][:200]
    assert 'value="Min titel"' in html
    assert not five.files.exists()


def test_no_file_is_an_error_and_not_a_crash(client):
    assert "Vælg en fil." in page(client.post(URL, {"file-title": "Kun en titel"}))


@pytest.mark.parametrize(("title", "said"), [("x" * 10_000, "Skriv højst 160 tegn."), ("010203-1234", "CPR-nummer")])
def test_a_title_is_judged_too(client, five, title, said):
    assert said in page(client.post(URL, upload(title=title)))
    assert not five.files.exists()


def test_a_file_above_the_limit_is_refused_with_the_limit(client, settings):
    settings.ATTACHMENT_MAX_MB = 1
    html = page(client.post(URL, upload(content=PDF.ljust(1024 * 1024 + 1))))
    assert "Filen er større end 1 MB." in html
    assert "højst 1 MB" in html


def test_a_script_in_a_title_is_shown_and_not_obeyed(client):
    client.post(URL, upload(title="<script>alert(1)</script>"))
    assert "<script>alert(1)" not in client.get(URL).content.decode()


@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.ADMINISTRATOR])
def test_a_reader_fetches_but_does_not_add_or_remove(five, kept, sign_in, role):
    reader = sign_in(build.user("læser", role))
    assert reader.get(f"{URL}{kept.pk}/").status_code == 200
    assert "Tilføj filen" not in page(reader.get(URL))
    assert reader.post(URL, upload()).status_code == 403
    assert reader.post(f"{URL}{kept.pk}/fjern/").status_code == 403
    assert five.files.kept().count() == 1


def test_the_act_itself_asks_for_the_right(five):
    with pytest.raises(PermissionDenied):
        add_file(five, build.user("poul", Role.POLITICIAN), PDF, "a.pdf", "")


# Fetching.
def test_a_file_comes_as_a_download_that_is_never_opened_as_a_page(client, kept):
    answer = client.get(f"{URL}{kept.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="referat.pdf"'
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("kort.png", 'attachment; filename="kort.png.pdf"'),
        ("REFERAT.PDF", 'attachment; filename="REFERAT.PDF"'),
        ('a"b\\c.pdf', 'attachment; filename="a\\"b\\\\c.pdf"'),
        ("مرحبا 👩‍⚕️.pdf", "attachment; filename*=utf-8''"),
        ("a\r\nSet-Cookie: x.pdf", "attachment; filename"),
    ],
)
def test_an_odd_name_or_a_wrong_ending_is_sent_safely(client, five, maria, name, sent):
    answer = client.get(f"{URL}{add_file(five, maria, PDF, name, '').pk}/")
    assert answer["Content-Disposition"].startswith(sent)
    assert "Set-Cookie" not in answer.headers


def test_a_stranger_learns_nothing_of_a_file(kept, sign_in):
    stranger = sign_in(build.user("frida", Role.COORDINATOR, build.cluster("nord", "Sundhedsklynge Nord")))
    for address in (URL, f"{URL}{kept.pk}/", f"{URL}{kept.pk}/fjern/"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(URL, upload()).status_code == stranger.post(f"{URL}{kept.pk}/fjern/").status_code == 404


def test_a_file_is_found_only_below_its_own_initiative(client, kept):
    build.initiative("6")
    assert client.get(f"/indsatser/proeve/6/filer/{kept.pk}/").status_code == 404


def test_a_file_whose_content_is_gone_is_not_found(client, kept):
    kept.attachment.file.storage.delete(kept.attachment.file.name)
    assert client.get(f"{URL}{kept.pk}/").status_code == 404


# Removing.
def test_removing_deletes_the_content_and_leaves_a_trace(client, five, kept, django_capture_on_commit_callbacks):
    stored = kept.attachment.file
    assert "»Referat, marts« kan ikke længere hentes" in page(client.get(f"{URL}{kept.pk}/fjern/"))
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"{URL}{kept.pk}/fjern/")
    assert told(answer) == ["»Referat, marts« er fjernet."]
    assert not stored.storage.exists(stored.name)
    assert client.get(f"{URL}{kept.pk}/").status_code == 404
    assert f"»Referat, marts« er fjernet af Maria Krogh {short_date(today())}" in page(client.get(URL))
    kept.refresh_from_db()
    assert kept.attachment.sha256


def test_a_second_removal_finds_nothing(client, kept):
    assert [client.post(f"{URL}{kept.pk}/fjern/").status_code for _time in range(2)] == [302, 404]


def test_the_page_costs_the_same_with_more_files(client, five, maria, queries):
    add_file(five, maria, PDF, "a.pdf", "")
    few = queries(lambda: client.get("/indsatser/proeve/5/"))
    for number in range(12):
        add_file(five, coordinator(f"k{number}"), PDF, f"{number}.pdf", "")
    assert queries(lambda: client.get("/indsatser/proeve/5/")) == few
