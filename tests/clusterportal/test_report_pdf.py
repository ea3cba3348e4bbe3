"""The finished PDF: what its text layer holds, and what it refuses to read."""

import os
import re
import signal
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pytest
from django.utils import translation

from clusterportal.reports import pdf
from clusterportal.reports.finisher import finish
from clusterportal.reports.pdf import READABLE, Progress, RenderError, readable, reason, render
from initiatives.models import Initiative

from . import build_report as report

STYLES = READABLE[0]


# The text layer.
def test_titles_texts_and_amounts_of_a_plan_are_in_the_text(small_pdf):
    text = report.text_of(small_pdf)
    for wanted in (
        *("Superviseret gangtræning", "Færdigbehandlede unge", "Samarbejde med Social Sundhed"),
        *("Træning før operation", "Lighed i sundhed", "Sundhedsklynge Prøve", "2022–2025"),
        *("Helårsdrift i 2025", "En del af gangtræningen", "PLO/Nord-KAP", "Projektet slutter"),
        *("1.160", "1.100", "1.560", "Jammerbugt Kommune"),
    ):
        assert wanted in text


def test_every_initiative_status_amount_and_result_of_midt_is_in_the_text_in_order(midt_text, midt):
    with translation.override("da"):
        wanted = list(report.texts_in_order(report.midt_evaluation()))
    assert len(wanted) > 400
    place, missing = 0, []
    for text in wanted:
        found = midt_text.find(" ".join(text.split()), place)
        missing += [text] if found < 0 else []
        place = max(found, place)
    assert missing == []


def test_figures_that_were_printed_otherwise_are_told_beside_the_computed(midt_text):
    assert "Maksimal gangdistance (MWD), meter 536 1.113 beregnet +577 trykt 557 +108 % Bedre" in midt_text
    assert "Smerteniveau ved MWD, 0–4 3,55 3,64 +0,09 +3 % Værre" in midt_text
    assert "Med n = 11 kan få personer flytte gennemsnittet" in midt_text


def test_the_second_page_tells_the_evaluation_in_brief(midt_pdf):
    page = report.pages_of(midt_pdf)[1]
    for wanted in (
        *(
            "indsatser under 4 temaer",
            "5.255.088 kr.",
            "brugt af de 7.020.000 kr.",
            "1.765.000 kr.",
            "disponeret til 2025",
        ),
        *("Smertefri gangdistance", "Foroverbøjning", "Smerteniveau ved MWD", "Indsats 7"),
    ):
        assert wanted in page


def test_foreword_governance_and_sources_are_printed_and_in_the_contents(midt_pdf):
    pages = report.pages_of(midt_pdf)
    assert "Forord" in pages[2]
    assert f"Styringsmodel {len(pages)}" in pages[2]
    assert "I denne valgperiode har Aalborg Kommune" in pages[4]
    assert "Ordrebekræftelse." in pages[-1]
    assert pages[-1].index("Kilder") < pages[-1].index("Evaluering af Handleplanen 2022–2025, Sundhedsklynge Midt")


def test_every_figure_is_listed_with_its_page_and_referred_to(midt_pdf):
    pages = report.pages_of(midt_pdf)
    listed = re.findall(r"Figur (\d+) (.+?) (\d+)(?= Figur| Udgivet)", pages[3])
    assert [int(number) for number, _, _ in listed] == list(range(1, 19))
    assert listed[4][1] == "Før og efter: Claudicatio Intermittens, Aalborg Kommune"
    assert [number for number, _, page in listed if f"Figur {number}. " not in pages[int(page) - 1]] == []
    assert [number for number in (5, 6, 7, 9, 10, 11) if f"Vist i figur {number}." not in " ".join(pages)] == []


def test_a_plan_without_them_prints_neither(documents):
    assert [part for part in ("foreword", "annex-2", "sources") if f'id="{part}"' in documents["small"]] == []


def test_a_changed_status_is_in_the_next_document(documents, small_pdf):
    assert "Genoptaget i oktober" not in report.text_of(small_pdf)
    assert "Genoptaget i oktober" in report.text_of(render(documents["changed"]).content)


def test_pages_are_counted_in_the_footer_and_in_the_answer(documents):
    rendered = render(documents["small"])
    with report.open_pdf(rendered.content) as opened:
        assert len(opened.pages) == rendered.pages
    assert f"Side 2 af {rendered.pages}" in report.text_of(rendered.content)


def test_contents_give_the_page_where_a_chapter_begins(small_pdf):
    pages = report.pages_of(small_pdf)
    begins = max(number for number, text in enumerate(pages, 1) if "Samarbejde med Social Sundhed" in text)
    assert f"Social Sundhed {begins}" in pages[2]


def test_the_finisher_refuses_what_is_no_pdf():
    with pytest.raises(pikepdf.PdfError):
        finish(b"no pdf")


# What the process may read.
@pytest.fixture
def web() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Quiet."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def page(body: str, head: str = "") -> str:
    return f'<html lang="da"><head><title>Prøve</title>{head}</head><body><h1>Prøve</h1>{body}</body></html>'


def test_a_document_reaches_neither_files_nor_network(web):
    address, asked = web
    head = (
        f'<link rel="stylesheet" href="{address}/a.css"><style>@import url("{address}/b.css");</style>'
        '<link rel="attachment" href="file:///etc/passwd">'
    )
    body = (
        f'<img src="{address}/c.png" alt="c"><img src="file:///etc/passwd" alt="p"><p>Teksten står her.</p>'
        f'<object data="{address}/d.svg">d</object><p style="background: url({address}/e.png)">e</p>'
    )
    content = render(page(body, head)).content
    assert asked == []
    assert "Teksten står her." in report.text_of(content)
    assert b"root:" not in content
    with report.open_pdf(content) as opened:
        assert len(opened.attachments) == 0


@pytest.mark.django_db
def test_markdown_cannot_bring_a_picture_in():
    plan = report.plan()
    seven = Initiative.objects.get(cluster=plan.cluster, number="7")
    report.section(
        seven, "purpose", '<img src="file:///etc/passwd">\n\n![x](http://eksempel.dk/x.png)\n\n<script>1</script>'
    )
    html = report.html_of(plan)
    assert "<img" not in html
    assert "<script" not in html


@pytest.mark.django_db
def test_invented_data_is_marked_on_the_cover_and_beside_the_status():
    plan = report.plan()
    assert 'class="demo' not in report.html_of(plan)
    seven = Initiative.objects.get(cluster=plan.cluster, number="7")
    report.status(seven, "Opdigtet", date(2025, 4, 1), demonstration=True)
    html = report.html_of(plan)
    assert html.count('class="demonstration"') == 1
    assert html.count('class="demo"') == 2


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        (f"file://{STYLES}/report.css", True),
        (f"file://localhost{STYLES}/report.css", True),
        (f"file://{STYLES}/../dkfds/fonts/x.woff2", True),
        (f"file://{STYLES}/../dkfds/css/dkfds.min.css", False),
        (f"file://{STYLES}/../../settings.py", False),
        (f"file://{STYLES}/%2e%2e/%2e%2e/settings.py", False),
        (f"file://{STYLES}-other/x.css", False),
        (f"file://eksempel.dk{STYLES}/report.css", False),
        ("file:///etc/passwd", False),
    ],
)
def test_only_the_reports_own_folders_are_readable(url, allowed):
    assert readable(url) == allowed


def test_a_link_out_of_the_folder_is_followed_before_it_is_judged(tmp_path, monkeypatch):
    own = tmp_path / "own"
    own.mkdir()
    (tmp_path / "secret.txt").write_text("hemmeligt")
    (own / "way-out.txt").symlink_to(tmp_path / "secret.txt")
    monkeypatch.setattr(pdf, "READABLE", (own,))
    assert not readable(f"file://{own}/way-out.txt")


# When it cannot be made.
def test_too_little_memory_says_so(settings):
    settings.REPORT_MEMORY_MB = 100
    with pytest.raises(RenderError, match="100 MB"):
        render(page(""))


def test_too_little_time_says_so(settings):
    settings.REPORT_TIMEOUT_S = 0.05
    with pytest.raises(RenderError, match=r"0\.05"):
        render(page(""))


def test_progress_names_the_chapter_the_initiative_and_the_section(documents):
    told: list[Progress] = []
    render(documents["midt"], told.append)
    places = {progress.place for progress in told if progress.page and not progress.writing}
    assert {"1 · Introduktion", "3 · Mental sundhed, Indsats 2, Anbefalinger", "Bilag 2 · Styringsmodel"} <= places


def test_a_failure_names_the_page_and_the_text_that_was_being_set(documents):
    def kill(progress: Progress) -> None:
        if progress.place.endswith("Anbefalinger"):
            children = Path(f"/proc/self/task/{threading.get_native_id()}/children").read_text().split()
            os.kill(int(children[-1]), signal.SIGKILL)

    with pytest.raises(RenderError, match=r"signal 9.* side \d+, som begynder i ».+ · .+, Indsats \d+") as failed:
        render(documents["midt"], kill)
    assert not failed.value.heavy
    assert "Indsats" in failed.value.place


def test_what_the_process_said_is_logged(caplog):
    render(page('<img src="file:///etc/passwd" alt="p">'))
    assert "not one of the report's own files" in caplog.text


@pytest.mark.parametrize("said", ["MemoryError", "GLib-ERROR: failed to allocate 800 bytes", "std::bad_alloc"])
def test_memory_is_recognised_by_what_the_libraries_say(said, settings):
    settings.REPORT_MEMORY_MB = 77
    assert "77 MB" in reason(-5, said)


def test_a_signal_is_named():
    assert "9" in reason(-9, "")


def test_anything_else_is_the_documents_fault():
    assert reason(1, "Traceback: ValueError") != reason(-9, "")
    assert not any(digit in reason(1, "Traceback: ValueError") for digit in "0123456789")
