"""The finished PDF: what its text layer holds, how it is built for screen readers, and what it refuses to read."""

import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise

import outloud
import pdfua
import pikepdf
import pytest
from django.db import transaction
from django.utils import translation
from pikepdf import Name

from clusterportal.reports import pdf
from clusterportal.reports.finisher import elements, finish
from clusterportal.reports.pdf import READABLE, RenderError, readable, reason, render
from initiatives.models import Initiative, Phase
from outcomes.results import results

from . import build_report as report

STYLES = READABLE[0]


@pytest.fixture(scope="module")
def documents(django_db_setup, django_db_blocker) -> dict[str, str]:
    """HTML of Midt, of a small plan, and of the small plan after a status was changed."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = {"midt": report.midt_html()}
        plan = report.plan()
        made["small"] = report.html_of(plan)
        seven = Initiative.objects.get(cluster=plan.cluster, number="7")
        report.status(seven, "Genoptaget i oktober", date(2025, 4, 10), phase=Phase.RUNNING)
        made["changed"] = report.html_of(plan)
        transaction.set_rollback(True)
    return made


@pytest.fixture(scope="module")
def midt_pdf(documents) -> bytes:
    return render(documents["midt"]).content


@pytest.fixture(scope="module")
def small_pdf(documents) -> bytes:
    return render(documents["small"]).content


@pytest.fixture(scope="module")
def midt_text(midt_pdf) -> str:
    return report.text_of(midt_pdf)


@pytest.fixture(params=["small_pdf", "midt_pdf"])
def opened(request) -> Iterator[pikepdf.Pdf]:
    with report.open_pdf(request.getfixturevalue(request.param)) as opened:
        yield opened


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


def test_every_title_of_midt_is_in_the_text(midt_text, midt):
    titles = [initiative.title for initiative in midt.initiatives.all()]
    assert len(titles) == 17
    assert [title for title in titles if " ".join(title.split()) not in midt_text] == []


def test_every_status_of_midt_is_in_the_text(midt_text, midt):
    statuses = [each.status_reports.get().printed_text for each in midt.initiatives.all()]
    assert len(statuses) == 17
    assert [status for status in statuses if status not in midt_text] == []


def test_every_amount_of_midts_annex_is_in_the_text(midt_text):
    amounts = "5.255.088 7.020.000 1.764.912 1.765.000 7.020.088 1.766.776 334.528 64.528 163.919 7.156.169 300.000"
    assert [amount for amount in amounts.split() if amount not in midt_text] == []


def test_every_result_of_midt_is_in_the_text_in_order(midt_text, midt):
    with translation.override("da"):
        shown = results(midt, date(2025, 3, 31)).initiatives
    wanted = [figure for each in shown for figure in report.result_texts(each)]
    assert len(wanted) > 200
    place, missing = 0, []
    for text in wanted:
        found = midt_text.find(text, place)
        missing += [text] if found < 0 else []
        place = max(found, place)
    assert missing == []


def test_figures_that_were_printed_otherwise_are_told_beside_the_computed(midt_text):
    assert "Maksimal gangdistance (MWD), meter 536 1.113 +577 trykt 557 +108 % Bedre" in midt_text
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
    assert "I denne valgperiode har Aalborg Kommune" in pages[3]
    assert "Ordrebekræftelse." in pages[-1]
    assert pages[-1].index("Kilder") < pages[-1].index("Evaluering af Handleplanen 2022–2025, Sundhedsklynge Midt")


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


# Structure.
def test_language_title_and_tags_are_declared(opened):
    assert str(opened.Root.Lang) == "da-DK"
    assert str(opened.docinfo.Title).startswith(("Evaluering", "Evaluation"))
    assert opened.Root.MarkInfo.Marked
    assert opened.Root.ViewerPreferences.DisplayDocTitle


def test_it_claims_pdf_a_and_pdf_ua(opened):
    metadata = opened.Root.Metadata.read_bytes()
    assert b'pdfaid:part="3"' in metadata
    assert b'pdfaid:conformance="A"' in metadata
    assert b'pdfuaid:part="1"' in metadata
    assert Name.OutputIntents in opened.Root


def headings(opened: pikepdf.Pdf) -> list[int]:
    names = [str(element.S) for element, _ in elements(opened.Root.StructTreeRoot)]
    return [int(name[2]) for name in names if name in {"/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}]


def test_there_is_one_h1_and_it_comes_first(opened):
    levels = headings(opened)
    assert levels[0] == 1
    assert levels.count(1) == 1


def test_no_heading_level_is_skipped(opened):
    levels = headings(opened)
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


def test_every_head_cell_has_its_scope(opened):
    cells = [(element, part) for element, part in elements(opened.Root.StructTreeRoot) if element.S == Name.TH]
    assert cells
    assert {(str(part), str(cell.A.Scope)) for cell, part in cells} == {("/THead", "/Column"), ("/TBody", "/Row")}


def test_every_figure_has_words(opened):
    figures = [element for element, _ in elements(opened.Root.StructTreeRoot) if Name.Figure == element.S]
    assert "kr." in str(figures[0].Alt)
    assert [str(figure.Alt) for figure in figures if len(str(figure.get(Name.Alt, ""))) < 40] == []


def test_the_figure_of_a_table_tells_its_numbers(midt_pdf):
    with report.open_pdf(midt_pdf) as opened:
        words = [str(each.Alt) for each, _ in elements(opened.Root.StructTreeRoot) if Name.Figure == each.S]
    assert len(words) == 7
    assert words[1].startswith("Aalborg Kommune, n = 42. Smertefri gangdistance (PWD), meter: fra 168 til 428, bedre.")
    assert "Smerteniveau ved MWD, 0–4: fra 3,55 til 3,64, værre." in words[2]


def bookmarks(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from bookmarks(item.children)


def test_bookmarks_lead_to_cover_chapters_and_initiatives(small_pdf):
    with report.open_pdf(small_pdf) as opened, opened.open_outline() as outline:
        titles = list(bookmarks(outline.root))
    assert titles[0] == "Forside"
    for wanted in ("Lighed i sundhed", "Samarbejde med Social Sundhed"):
        assert any(wanted in title for title in titles)


def test_running_heads_are_not_read_aloud(opened):
    page = opened.pages[2]
    assert page.Contents.read_bytes().count(b"/Pagination") >= 3


def test_every_link_is_printed(opened):
    links = [link for page in opened.pages for link in page.get("/Annots", [])]
    assert links
    assert all(int(link.F) & 4 for link in links)


def test_all_fonts_are_embedded_and_of_the_report(midt_pdf):
    with report.open_pdf(midt_pdf) as opened:
        names = {str(font.BaseFont) for page in opened.pages for font in page.Resources.Font.values()}
    assert all("IBM-Plex-Sans" in name or "IBMPlexSans" in name for name in names), names


@pytest.mark.parametrize("which", ["small_pdf", "midt_pdf"])
def test_the_two_checkers_find_nothing(which, request, tmp_path):
    path = tmp_path / "evaluering.pdf"
    path.write_bytes(request.getfixturevalue(which))
    result = outloud.check(str(path))
    assert (result.verdict, [finding.rule for finding in result.sorted_findings()]) == ("pass", [])
    assert pdfua.validate(str(path)).findings == ()


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
