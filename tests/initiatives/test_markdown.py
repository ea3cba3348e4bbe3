"""Markdown that users write: what they see, and what is shown instead of being obeyed."""

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString

from initiatives.markdown import to_html


def test_paragraphs_lists_and_emphasis():
    assert to_html("Et *vigtigt* **punkt**.\n\n- en\n- to") == (
        "<p>Et <em>vigtigt</em> <strong>punkt</strong>.</p>\n<ul>\n<li>en</li>\n<li>to</li>\n</ul>\n"
    )


def test_a_list_keeps_the_number_it_starts_with():
    assert '<ol start="3">' in to_html("3. tre\n4. fire")


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<b onclick=alert(1)>fed</b>",
        "<!-- skjult -->",
        "tekst <script>alert(1)</script> tekst",
        "<style>body{display:none}</style>",
        "<iframe src='https://eksempel.dk'></iframe>",
    ],
)
def test_raw_html_is_shown_not_run(written):
    html = to_html(written)
    assert "&lt;" in html
    assert not any(tag in html for tag in ("<script", "<img", "<b ", "<!--", "<style", "<iframe"))


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://eksempel.dk",
        "tel:12345678",
    ],
)
def test_only_web_and_mail_addresses_become_links(address):
    assert "href" not in to_html(f"[klik]({address})")


@pytest.mark.parametrize("address", ["https://eksempel.dk/a?b=1", "http://eksempel.dk", "mailto:a@eksempel.dk"])
def test_links_go_out_without_handing_on_the_window(address):
    html = to_html(f"[mere]({address})")
    assert f'href="{address}"' in html
    assert 'rel="noopener noreferrer"' in html


@pytest.mark.parametrize("written", ["# Overskrift", "Overskrift\n====", "## To"])
def test_headings_belong_to_the_page(written):
    assert "<h" not in to_html(written)


def test_a_picture_is_not_loaded_from_elsewhere():
    assert "<img" not in to_html("![skærm](https://eksempel.dk/sporing.png)")


@pytest.mark.parametrize(
    "text",
    [
        "مرحبا بالعالم",
        "שלום \u200fעולם",
        "👩🏽‍⚕️ og 🇩🇰",
        "e\u0301 bliver é",
        "\u202eomvendt\u202c",
        "日本語",
        "a\u00adb",
    ],
)
def test_every_script_sign_and_direction_survives(text):
    assert text in to_html(text)


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_nothing_written_gives_nothing(text):
    assert to_html(text) == ""


def test_a_very_long_text_is_written_out():
    assert to_html("ord " * 25000).count("ord") == 25000


def test_absurdly_nested_text_is_cut_instead_of_breaking_the_page():
    assert to_html("> " * 15 + "dybt").count("<blockquote>") == 15
    assert to_html("> " * 5000 + "dybt").count("<blockquote>") <= 20


def test_the_template_filter_gives_html_that_is_not_escaped_again():
    page = Template("{% load danish %}{{ text|markdown }}").render(Context({"text": "**fed** <i>"}))
    assert page == "<p><strong>fed</strong> &lt;i&gt;</p>\n"
    assert isinstance(to_html("x"), SafeString)


@pytest.mark.parametrize("unit", ["%", "kr.", "mio."])
def test_a_number_keeps_its_unit_on_the_same_line(unit):
    assert f"3&nbsp;{unit}" in to_html(f"Det steg 3 {unit} på et år")


def test_a_table_has_heads_for_its_columns_and_figures_to_the_right():
    html = to_html("| Mål | Før |\n|---|---:|\n| Gang | 168 |")
    assert '<th scope="col">Mål</th>' in html
    assert '<th scope="col" class="num">Før</th>' in html
    assert '<td class="num">168</td>' in html
    assert "style" not in html


def test_a_cell_of_a_table_obeys_no_html():
    html = to_html('| a |\n|---|\n| <td class="x" onclick="y"> |')
    assert html.count("<td") == 1
    assert "&lt;td" in html
