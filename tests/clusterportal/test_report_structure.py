"""How the finished PDF is built for those who hear it, and what it carries besides its pages."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import pairwise

import outloud
import pdfua
import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from clusterportal.reports.finisher import elements
from clusterportal.reports.pdf import render

from . import build_report as report

# The evaluations are set from the database, which is only there when a test asks for it.
pytestmark = pytest.mark.django_db


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
    told = [each for each in words if "Smertefri gangdistance" in each]
    assert told[0].startswith("Aalborg Kommune, n = 42. Smertefri gangdistance (PWD), meter: fra 168 til 428, bedre.")
    assert "Smerteniveau ved MWD, 0–4: fra 3,55 til 3,64, værre." in told[1]


def test_the_figures_of_midt_tell_their_numbers(midt_pdf):
    with report.open_pdf(midt_pdf) as opened:
        words = " ".join(str(each.Alt) for each, _ in elements(opened.Root.StructTreeRoot) if Name.Figure == each.S)
    for wanted in (
        "139 henviste borgere. Fuldført: 53. I gang: 29. Sendt retur til almen praksis: 17. Stoppet før tid: 10.",
        "Træning: 2.640.483 kr. brugt af de 3.120.000 kr., der var disponeret.",
        "5 Claudicatio Intermittens: 1.171.776 kr. brugt af de 1.120.000 kr., der var disponeret.",
        "5 Claudicatio Intermittens, Jammerbugt Kommune: 64.528 kr. merforbrug.",
        "oktober 2020: Ph.d.-projektet »HIIT med Kiloene« begynder",
        "1 Bestilling: Politisk niveau bestiller indsatserne med handleplanen",
        "som hjælper ved gul og rød og inddrager Direktørforum ved behov.",
    ):
        assert wanted in words


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


def test_the_files_syntax_is_sound(opened):
    assert opened.check_pdf_syntax() == []


# Two checkers: outloud reads as a screen reader would, pdfua covers 16 of the rules of PDF/UA.
@pytest.mark.parametrize("which", ["small_pdf", "midt_pdf"])
def test_the_two_checkers_find_nothing(which, request, tmp_path):
    path = tmp_path / "evaluering.pdf"
    path.write_bytes(request.getfixturevalue(which))
    result = outloud.check(str(path))
    assert (result.verdict, [finding.rule for finding in result.sorted_findings()]) == ("pass", [])
    assert pdfua.validate(str(path)).findings == ()


def kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    """The elements directly below an element."""
    below = element.get("/K", Array())
    listed = list(below) if isinstance(below, Array) else [below]
    return [kid for kid in listed if isinstance(kid, Dictionary) and "/S" in kid]


def marks(element: pikepdf.Object) -> Iterator[int]:
    """The numbers of the content that an element and those below it own."""
    below = element.get("/K", Array())
    for kid in list(below) if isinstance(below, Array) else [below]:
        if isinstance(kid, int):
            yield kid
    for kid in kids(element):
        yield from marks(kid)


def test_every_table_has_a_caption_a_head_and_a_body(opened):
    tables = [element for element, _ in elements(opened.Root.StructTreeRoot) if Name.Table == element.S]
    assert tables
    for table in tables:
        parts = [str(part.S) for part in kids(table)]
        assert parts[:3] == ["/Caption", "/THead", "/TBody"]
        assert set(parts[3:]) <= {"/TBody"}
        assert list(marks(kids(table)[0])), "a caption without text"


def test_every_row_of_a_table_has_as_many_cells_as_its_head(opened):
    for table in (element for element, _ in elements(opened.Root.StructTreeRoot) if Name.Table == element.S):
        rows = [row for part in kids(table)[1:] for row in kids(part)]
        assert len({len(kids(row)) for row in rows}) == 1


def test_every_link_is_an_element_with_text_and_is_named(opened):
    links = [element for element, _ in elements(opened.Root.StructTreeRoot) if Name.Link == element.S]
    annotations = [note for page in opened.pages for note in page.get("/Annots", Array())]
    assert len(links) == len(annotations) > 0
    assert all(list(marks(link)) for link in links)
    assert all(str(note.Contents) for note in annotations)


def test_a_link_says_which_heading_it_leads_to(midt_pdf):
    with report.open_pdf(midt_pdf) as opened:
        names = {
            str(note.Dest): str(note.Contents)
            for page in opened.pages
            for note in page.get("/Annots", Array())
            if "/Dest" in note
        }
    assert names["initiative-5"].startswith("Indsats 5 Henvisning og vedligeholdelse")
    assert names["overview"] == "Kapitel 2 Oversigt over indsatser og aktuel status"
    assert names["annex-1"] == "Bilag 1 Økonomioversigt"
    assert names["figur-5"] == "Figur 5"
    assert [name for dest, name in names.items() if dest == name] == []


# What shows text, fills, strokes, shades and draws pictures.
PAINTING = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do", "BI"}


def test_nothing_on_a_page_is_outside_the_structure_and_the_artifacts(opened):
    """Every piece of text, line and surface belongs to an element of the tree or is said to be an artifact."""
    for page in opened.pages:
        depth: list[str] = []
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in {"BDC", "BMC"}:
                depth.append(str(operands[0]))
            elif name == "EMC":
                depth.pop()
            elif name in PAINTING:
                assert depth, f"{name} outside everything on page {page.index + 1}"
        assert depth == []


def test_running_heads_and_page_numbers_are_on_every_page_but_the_cover(midt_pdf):
    with report.open_pdf(midt_pdf) as opened:
        counts = [page.Contents.read_bytes().count(b"/Pagination") for page in opened.pages]
    assert counts[0] == 0
    assert min(counts[1:]) >= 4


# Data of the figures.
def files(content: bytes) -> dict[str, list[list[str]]]:
    with report.open_pdf(content) as opened:
        return {
            name: list(csv.reader(StringIO(spec.get_file().read_bytes().decode("utf-8-sig")), delimiter=";"))
            for name, spec in opened.attachments.items()
        }


def test_each_attached_file_is_named_described_and_said_to_be_data(opened):
    attached = list(opened.Root.AF)
    assert len(attached) == len(opened.attachments) > 0
    for file in attached:
        assert file.AFRelationship == Name.Data
        assert str(file.UF) == str(file.F)
        assert str(file.UF).endswith(".csv")
        assert len(str(file.Desc)) > 10
        assert file.EF.F.Subtype == Name("/text/csv")


def test_every_figure_of_midt_but_the_model_of_governance_has_its_data(midt_pdf):
    with report.open_pdf(midt_pdf) as opened:
        figures = [element for element, _ in elements(opened.Root.StructTreeRoot) if Name.Figure == element.S]
        assert len(opened.attachments) == len(figures) - 1


def test_the_files_hold_the_numbers_of_their_figures(midt_pdf):
    found = files(midt_pdf)
    assert found["indsats-5-deltagere-1.csv"] == [
        *(["Trin", "Antal"], ["Alle", "139"], ["Fuldført", "53"], ["I gang", "29"]),
        *(["Sendt retur til almen praksis", "17"], ["Stoppet før tid", "10"], ["Tilbudt et tilpasset forløb", "30"]),
    ]
    assert ["Træning", "2640483,00", "3120000,00"] in found["temaer-brugt-og-disponeret.csv"]
    assert len(found["forside-klyngemidler.csv"]) == 18


def test_before_and_after_are_plain_numbers_with_what_was_printed(midt_pdf):
    found = files(midt_pdf)["indsats-5-før-og-efter-1.csv"]
    assert found[0] == [
        *("Mål", "Gruppe", "n", "Ved start", "Ved slut", "Forskel"),
        *("Effekt, procent", "Vurdering", "Forskel som trykt", "Effekt som trykt, procent"),
    ]
    assert found[3][1:] == ["", "42", "536", "1113", "577", "107,65", "Bedre", "557", "108"]
    assert found[4][1:] == ["", "42", "3,64", "3,27", "-0,37", "-10,16", "Bedre", "-0,36", "-10"]
    assert found[2][1:] == ["", "42", "1", "1", "0", "0,00", "Uændret", "", ""]


def test_an_attached_file_says_which_figure_it_is_of(midt_pdf):
    with report.open_pdf(midt_pdf) as opened:
        described = {name: spec.description for name, spec in opened.attachments.items()}
    assert described["forside-klyngemidler.csv"].startswith("Forsidens figur")
    assert described["indsats-5-før-og-efter-1.csv"].startswith("Figur 5. Før og efter: Claudicatio")
    assert described["bilag-1-afvigelser.csv"].startswith("Figur 17. ")


def test_the_same_content_gives_the_same_bytes(documents, small_pdf):
    assert render(documents["small"]).content == small_pdf
