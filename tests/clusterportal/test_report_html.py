"""The evaluation's HTML: what stands where, before it is set."""

import re
from datetime import date

import pytest

from finance.posting import Line
from initiatives.models import ActionPlan, Initiative, NarrativeSection
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
    assert contents.count("<li") == 1 + 2 + 3 + 1
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


def test_funds_printed_differently_stand_beside_the_computed(html):
    assert 'class="printed"' not in html()
    printed("cluster-funds:proeve/5", "1.500 kr.", "1500")
    made = html()
    # In the row, in the theme's sum and in the sum of all.
    assert made.count('class="printed"') == 3
    assert "1.500 kr." in part(made, "initiative-5")


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
