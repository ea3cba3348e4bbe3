"""Parts of the evaluation on their own: what they print, and that they are as accessible as the whole."""

from datetime import date
from itertools import pairwise

import outloud
import pdfua
import pikepdf
import pytest
from pikepdf import Name

from clusterportal.reports.composing import Subject, compose
from clusterportal.reports.finisher import elements
from clusterportal.reports.models import Kind
from clusterportal.reports.pdf import render
from initiatives.models import ActionPlan, Initiative

from . import build_report as report

DAY = date(2025, 3, 31)
PARTS = [Kind.OVERVIEW, Kind.ECONOMY, Kind.INITIATIVE]


def document(of: ActionPlan, kind: Kind, number: str = "5", day: date = DAY) -> str:
    about = Initiative.objects.get(plan=of, number=number) if kind == Kind.INITIATIVE else None
    return compose(Subject(kind, of, day, about), report.MADE_ON).html


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> dict[Kind, bytes]:
    """Midt's three parts as PDFs."""
    with django_db_blocker.unblock():
        plan = ActionPlan.objects.select_related("cluster").get(cluster__slug="midt")
        documents = {kind: document(plan, kind) for kind in PARTS}
    return {kind: render(html).content for kind, html in documents.items()}


def headings(opened: pikepdf.Pdf) -> list[int]:
    names = [str(element.S) for element, _ in elements(opened.Root.StructTreeRoot)]
    return [int(name[2]) for name in names if name in {"/H1", "/H2", "/H3", "/H4", "/H5", "/H6"}]


@pytest.mark.parametrize("kind", PARTS)
def test_the_two_checkers_find_nothing(made, kind, tmp_path):
    path = tmp_path / "del.pdf"
    path.write_bytes(made[kind])
    result = outloud.check(str(path))
    assert (result.verdict, [finding.rule for finding in result.sorted_findings()]) == ("pass", [])
    assert pdfua.validate(str(path)).findings == ()


@pytest.mark.parametrize("kind", PARTS)
def test_headings_begin_with_one_h1_and_skip_no_level(made, kind):
    with report.open_pdf(made[kind]) as opened:
        levels = headings(opened)
    assert (levels[0], levels.count(1)) == (1, 1)
    assert [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1] == []


@pytest.mark.parametrize("kind", PARTS)
def test_it_claims_both_standards_and_has_language_and_title(made, kind):
    with report.open_pdf(made[kind]) as opened:
        metadata = opened.Root.Metadata.read_bytes()
        assert b'pdfaid:conformance="A"' in metadata
        assert b'pdfuaid:part="1"' in metadata
        assert str(opened.Root.Lang) == "da-DK"
        assert "pr. 31. marts 2025, Sundhedsklynge Midt" in str(opened.docinfo.Title)


@pytest.mark.parametrize("kind", PARTS)
def test_all_fonts_are_the_reports(made, kind):
    with report.open_pdf(made[kind]) as opened:
        names = {str(font.BaseFont) for page in opened.pages for font in page.Resources.get(Name.Font, {}).values()}
    assert names
    assert all("IBM-Plex-Sans" in name or "IBMPlexSans" in name for name in names), names


def test_the_overview_prints_every_initiative_and_the_sum(made, midt):
    text = report.text_of(made[Kind.OVERVIEW])
    titles = midt.plans.get().initiatives.values_list("title", flat=True)
    assert [title for title in titles if title not in text] == []
    assert "Statusoversigt pr. 31. marts 2025" in text
    assert "7.020.088" in text
    assert "Kapitel" not in text
    assert "bilag 1" not in text


def test_the_economy_annex_prints_its_tables_alone(made):
    text = report.text_of(made[Kind.ECONOMY])
    assert "Økonomioversigt pr. 31. marts 2025" in text
    assert "5.255.088" in text
    assert "Bilag 1" not in text


def test_one_initiative_is_printed_with_its_results_and_no_other(made):
    text = report.text_of(made[Kind.INITIATIVE])
    assert "Status for indsats 5 pr. 31. marts 2025" in text
    assert "1.766.776 kr." in text
    assert "Selvvurderet helbred" in text
    assert "Samarbejdsprojekt med Social Sundhed" not in text


def test_the_figures_of_one_initiative_begin_at_1_and_carry_their_numbers(made):
    text = report.text_of(made[Kind.INITIATIVE])
    assert [number for number in range(1, 6) if f"Figur {number}." in text] == [1, 2, 3, 4]
    with report.open_pdf(made[Kind.INITIATIVE]) as opened:
        described = [spec.description.split(" ")[:2] for spec in opened.attachments.values()]
    assert sorted(described) == [["Figur", f"{number}."] for number in range(1, 5)]


@pytest.mark.django_db
def test_progress_is_printed_where_it_is_known():
    plan, day = report.plan(), date(2025, 4, 1)
    seven = Initiative.objects.get(plan=plan, number="7")
    report.status(seven, "Går fremad", day, progress=60)
    for kind in (Kind.OVERVIEW, Kind.INITIATIVE):
        assert " ".join(document(plan, kind, "7", day).split()).count("Fremdrift: 60 %") == 1
    assert "Fremdrift" not in document(plan, Kind.INITIATIVE, "5", day)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", PARTS)
def test_no_link_leads_to_what_is_not_there(kind):
    html = document(report.plan(), kind, number="3")
    assert 'href="#' not in html


@pytest.mark.django_db
def test_a_tie_names_the_other_initiative():
    html = document(report.plan(), Kind.INITIATIVE, number="3")
    assert "5 Gangtræning" in html


@pytest.mark.django_db
def test_invented_data_is_marked():
    plan = report.plan()
    seven = Initiative.objects.get(plan=plan, number="7")
    day = date(2025, 4, 1)
    assert 'class="demonstration"' not in document(plan, Kind.INITIATIVE, "7", day)
    report.status(seven, "Opdigtet", day, demonstration=True)
    marked = {kind: 'class="demonstration"' in document(plan, kind, "7", day) for kind in PARTS}
    assert marked == {Kind.OVERVIEW: True, Kind.ECONOMY: False, Kind.INITIATIVE: True}
