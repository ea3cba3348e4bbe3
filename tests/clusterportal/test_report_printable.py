"""Texts that cannot be printed: each is named with what to do, and the rest becomes a draft with a marked gap."""

import base64
import io

import pikepdf
import pytest
from PIL import Image

from clusterportal.reports.composing import Subject, compose
from clusterportal.reports.models import Kind
from clusterportal.reports.pdf import render
from clusterportal.reports.printable import COLUMNS, LONGEST, problem
from initiatives.models import ActionPlan, Initiative

from . import build_report as report


def table(columns: int) -> str:
    head = "|".join(f"k{number}" for number in range(columns))
    return f"Tal:\n\n|{head}|\n|{'---|' * columns}\n|{'1|' * columns}\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Et *vigtigt* afsnit med p<0,05 og BMI < 25 og **fed.",
        "x" * LONGEST,
        table(COLUMNS),
        "```\nkode\n```",
        "~~~~\n```\n~~~~\n",
        "- punkt\n  ```\n  kode\n  ```",
        "`<b>` i kode og\n\n    <b>indrykket</b>",
        "[link](https://eksempel.dk)",
        "سلام 👩‍⚕️ " * 100,
        "> " * 3000 + "dybt",
        "[" * 5000,
        "*" * 5000,
    ],
)
def test_most_texts_can_be_printed(text):
    assert problem(text) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x" * 200_000, ("200.000", "30.000")),
        (table(60), ("60", "6")),
        (table(COLUMNS + 1), (str(COLUMNS + 1),)),
        ("Før\n\n```\nkode uden ende", ("```",)),
        ("~~~", ("~~~",)),
        ("- punkt\n  ```\n  kode", ("```",)),
        (f"![kort](data:image/png;base64,{'A' * LONGEST})", ("billede", "læg det som fil på indsatsen")),
        ("![kort][1]\n\n[1]: data:image/png;base64,AAAA", ("billede",)),
        ("![kort](https://eksempel.dk/kort.png)", ("billede",)),
        ("Se **![kort](data:image/png;base64,AAAA)** her", ("billede",)),
        ("<img src='x.png'>", ("HTML",)),
        ("Tekst <b>fed</b>", ("HTML",)),
        ("<table><tr><td>", ("HTML",)),
    ],
)
def test_what_cannot_be_printed_is_told_with_what_to_do(text, words):
    found = problem(text)
    assert [word for word in words if word not in found] == []
    assert found.count(".") >= 2


def address(width: int, height: int) -> str:
    """A picture as it is pasted into a text: all of it is in its address."""
    file = io.BytesIO()
    Image.new("1", (width, height)).save(file, "PNG")
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"


# In the document.
@pytest.fixture
def plan(db: None) -> ActionPlan:
    return report.plan()


def evaluation(of: ActionPlan):
    return compose(Subject(Kind.EVALUATION, of, report.DAY), report.MADE_ON)


def seven() -> Initiative:
    return Initiative.objects.get(cluster__slug="proeve", number="7")


def test_without_bad_texts_there_is_no_draft(plan):
    made = evaluation(plan)
    assert made.remarks == ()
    assert "Kladde" not in made.html
    assert 'class="gap"' not in made.html


def test_each_bad_text_is_named_and_marked_where_it_stands(plan):
    report.section(seven(), "purpose", table(60))
    report.section(seven(), "learning", "Resten trykkes.")
    ActionPlan.objects.filter(pk=plan.pk).update(
        foreword="x" * 200_000, introduction="Indledning", governance="```\nuden ende"
    )
    plan.refresh_from_db()
    plan.themes.filter(position=2).update(description="![x](y)")
    made = evaluation(plan)
    assert [remark.place for remark in made.remarks] == [
        "Forord", "Introduktion: Lighed i sundhed", "Indsats 7: Formål", "Styringsmodel",
    ]  # fmt: skip
    assert made.html.count('class="gap"') == 4
    assert "Resten trykkes." in made.html
    assert "xxxxxxxxxx" not in made.html
    assert 'data-document="Kladde · ' in made.html


@pytest.mark.parametrize("noise", [False, True])
def test_a_picture_of_40_megapixels_in_a_text_is_a_marked_gap(plan, noise):
    """Few bytes or many: one that is too long for a text is told of as the picture that it is."""
    text = f"Før.\n\n![Kort]({address(8000, 5000)})" + "x" * LONGEST * noise
    report.section(seven(), "purpose", text)
    ActionPlan.objects.filter(pk=plan.pk).update(foreword=text)
    plan.refresh_from_db()
    made = evaluation(plan)
    assert [remark.place for remark in made.remarks] == ["Forord", "Indsats 7: Formål"]
    assert {remark.problem.split(",")[0] for remark in made.remarks} == {"Teksten indeholder et billede"}
    assert made.html.count("Her mangler teksten.") == 2
    assert "data:image" not in made.html


def test_the_draft_is_set_and_says_so_on_every_page(plan):
    report.section(seven(), "purpose", table(60))
    pages = report.pages_of(render(evaluation(plan).html).content)
    assert [number for number, page in enumerate(pages[1:], 2) if "Kladde ·" not in page] == []
    assert "Kladde." in pages[0]
    assert any("Her mangler teksten. En tabel har 60 kolonner" in page for page in pages)


def test_a_part_is_a_draft_only_for_its_own_texts(plan):
    report.section(seven(), "purpose", table(60))
    five = Initiative.objects.get(plan=plan, number="5")
    of_seven = compose(Subject(Kind.INITIATIVE, plan, report.DAY, seven()), report.MADE_ON)
    assert [remark.place for remark in of_seven.remarks] == ["Indsats 7: Formål"]
    assert 'data-document="Kladde · Status for indsats 7' in of_seven.html
    assert compose(Subject(Kind.INITIATIVE, plan, report.DAY, five), report.MADE_ON).remarks == ()
    assert compose(Subject(Kind.OVERVIEW, plan, report.DAY), report.MADE_ON).remarks == ()


# In the process: whatever gets past the texts.
def page(body: str) -> str:
    return f'<html lang="da"><head><title>Prøve</title></head><body><h1>Prøve</h1>{body}</body></html>'


def picture(width: int, height: int) -> str:
    return f'<img alt="Kort" src="{address(width, height)}">'


def images(opened: pikepdf.Pdf) -> int:
    return sum(len(page.get_images()) for page in opened.pages)


def test_a_picture_of_40_megapixels_is_left_out_and_the_rest_is_set(caplog):
    made = render(page(f"{picture(8000, 5000)}<p>Resten.</p>"))
    assert "Resten." in report.text_of(made.content)
    with report.open_pdf(made.content) as opened:
        assert images(opened) == 0
    assert "Failed to load image" in caplog.text
    assert len(caplog.text) < 3000


def test_a_small_picture_is_set():
    with report.open_pdf(render(page(picture(80, 50))).content) as opened:
        assert images(opened) == 1
