"""The evaluation's HTML: what stands where, before it is set."""

import re
from datetime import date

import pytest
from django.template.loader import render_to_string

from clusterportal.reports.pdf import render
from finance.shapes import Line
from initiatives.models import ActionPlan, Initiative, NarrativeSection
from outcomes.counted import Column, CrossRow, Crosstab
from outcomes.places import Place
from outcomes.printed import Figure
from tests.finance import build_ledger as ledger

from . import build_report as report
from .build_published import printed

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan() -> ActionPlan:
    return report.plan()


@pytest.fixture
def html(plan: ActionPlan):
    """The document of the plan on a day."""
    return lambda day=report.DAY: report.html_of(plan, day)


def initiative(number: str) -> Initiative:
    return Initiative.objects.get(cluster__slug="proeve", number=number)


def part(of: str, anchor: str) -> str:
    """From the element with the id to the next chapter or initiative."""
    begins = of.index(f'id="{anchor}"')
    ends = re.search(r'<section class="chapter|<div class="initiative', of[begins:])
    return of[begins:][: ends.start()] if ends else of[begins:]


def words(made: str) -> str:
    """The document's text with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", made).split())


def test_every_link_inside_the_document_has_its_target(html):
    made = html()
    targets = set(re.findall(r'(?:href|data-target)="#([^"]+)"', made))
    assert len(targets) >= 7
    assert targets <= set(re.findall(r'\bid="([^"]+)"', made))


def test_no_id_is_used_twice(html):
    ids = re.findall(r'\bid="([^"]+)"', html())
    assert len(ids) == len(set(ids))


def test_contents_name_every_chapter(html):
    contents = html().split('<section class="contents"')[1].split("</section>")[0]
    chapters, figures = contents.split('class="of-figures"')
    assert (chapters.count("<li"), figures.count("<li")) == (1 + 2 + 3 + 1, 2)
    assert [name in contents for name in ("Gangtræning", "Unge", "Social Sundhed")] == [True, True, True]


def test_a_long_name_has_two_lines_in_the_contents(plan, html):
    Initiative.objects.filter(pk=initiative("7").pk).update(short_title="x" * 67)
    assert html().count('<li class="n2 theme-2 long"') == 1


def test_an_introduction_is_printed_with_the_themes(plan, html):
    assert 'id="introduction"' not in html()
    plan.introduction = "Klyngen har en **handleplan**."
    made = part(html(), "introduction")
    assert "<strong>handleplan</strong>" in made
    assert made.count('class="theme-row') == 2


def test_an_initiative_shows_actors_funds_status_and_texts(html):
    made = part(html(), "initiative-5")
    for wanted in ("PLO/Nord-KAP", "1.160 kr.", "in-operation", "Helårsdrift i 2025", "Flere læger skal kende"):
        assert wanted in made


def test_a_status_is_dated_as_precisely_as_it_is_known(html):
    assert "31.03.2025" in part(html(), "initiative-5")
    assert "31.03.2025" not in part(html(), "initiative-7")


def test_a_milestone_of_a_month_names_no_day(html):
    made = part(html(), "initiative-5")
    assert re.search(r"<strong>\w+ 2024:</strong> Projektet slutter", made)


def test_a_milestone_after_the_day_is_not_told_in_a_report_that_looks_back(html):
    initiative("5").milestones.create(day=date(2025, 3, 11), text="140.613 har set siden")
    assert "11.03.2025: 140.613 har set siden" in words(part(html(), "initiative-5"))
    assert "140.613 har set siden" not in html(date(2023, 6, 1))


def test_a_milestone_to_come_is_marked_in_a_report_of_today(html):
    initiative("5").milestones.create(day=date(2027, 6, 30), precision="month", text="Indsatsen evalueres")
    assert "Juni 2027: Indsatsen evalueres (ikke nået endnu)" in words(part(html(report.MADE_ON), "initiative-5"))


def test_funds_printed_differently_stand_beside_the_computed(html):
    assert 'class="printed"' not in html()
    printed("cluster-funds:proeve/5", "1.500 kr.", "1500")
    said = words(html())
    for both in (
        # In the overview's row, in the theme's sum, in the sum of all, and in the initiative's facts.
        *("beregnet 1.160 trykt 1.500", "beregnet 1.160 med trykte tal 1.500"),
        *("beregnet 1.560 kr. , med trykte tal 1.900 kr.", "beregnet 1.160 kr. trykt 1.500 kr."),
    ):
        assert both in said


def test_a_note_has_no_fact_table(html):
    made = part(html(), "initiative-3")
    assert '<table class="facts"' not in made
    assert "Arbejdet fortsætter i indsats 5." in made


def test_an_actor_with_a_slash_is_kept_together(html):
    made = html()
    assert '<span class="nb">PLO/Nord-KAP</span>' in made
    assert '<span class="nb">Aalborg Kommune</span>' not in made


def test_a_column_for_carried_amounts_is_there_when_something_was_carried(plan, html):
    columns = part(html(), "annex-1").split("</thead>")[0].count("<th ")
    ledger.used(Line(initiative("7"), None), "300", "100", budget_year=2023, held_on=date(2023, 6, 1))
    ledger.carry_over(plan.cluster, into=2024, held_on=date(2023, 12, 31))
    assert part(html(), "annex-1").split("</thead>")[0].count("<th ") == columns + 1


def test_each_bar_has_a_length_of_its_own(html):
    made = html()
    rules = dict(re.findall(r"#([\w-]+) { --bar: ([\d.]+)mm; }", made))
    assert rules == {"spent-1": "17.6", "spent-2": "12.8", "spent-total": "16.0", "later-1": "44.0"}
    assert all(f'id="{anchor}"' in made for anchor in rules)


def test_no_element_carries_a_style(html):
    assert not re.search(r"<[^>]* style=", html())


def test_text_of_users_is_not_obeyed_as_html(plan, html):
    Initiative.objects.filter(pk=initiative("7").pk).update(title='Titel <b>fed</b> & "citat"')
    report.section(initiative("7"), NarrativeSection.Kind.PURPOSE, "<b>fed</b>")
    made = html()
    assert "<b>fed</b>" not in made
    assert "Titel &lt;b&gt;fed&lt;/b&gt; &amp; &quot;citat&quot;" in made


def test_figures_of_geometry_have_a_decimal_point(html):
    figure = html().split("<svg")[1].split("</svg>")[0]
    numbers = re.findall(r' (?:x|y|cx|cy|x1|y1)="([^"]+)"', figure)
    assert len(numbers) > 10
    assert all(re.fullmatch(r"[\d.]+", number) for number in numbers)


# Wide tables.
def crosstab(places: int) -> str:
    """Counts of one group at so many places, as they are set."""
    columns = tuple(Column(Place(f"Sted {number}"), "2024") for number in range(places))
    row = CrossRow("Henviste borgere", "", tuple((column, Figure("12")) for column in columns), None, False)
    table = Crosstab("Henviste borgere", "", "", columns, (row,))
    return render_to_string("reports/evaluation/_counted.html", {"table": table})


@pytest.mark.parametrize(("places", "wide"), [(2, False), (6, False), (7, True), (12, True)])
def test_a_table_of_many_places_lies_on_its_side(places, wide):
    made = f'<section class="chapter theme-2"><h2>Prøve</h2><div class="column">{crosstab(places)}</div></section>'
    head = '<title>Prøve</title><link rel="stylesheet" href="report.css">'
    content = render(f'<html lang="da-DK"><head>{head}</head><body><h1>Prøve</h1>{made}</body></html>').content
    with report.open_pdf(content) as opened:
        widths = [page.mediabox[2] - page.mediabox[0] for page in opened.pages]
    assert any(width > 800 for width in widths) == wide
