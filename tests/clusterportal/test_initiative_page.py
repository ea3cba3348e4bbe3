"""The page of one initiative: facts of the day, narrative, decisions, history; and who gets which of it."""

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from django.test import Client

from clusterportal.portfolio.page import initiative_page
from finance.shapes import Line
from initiatives.access import Role
from initiatives.asof import DatePrecision
from initiatives.models import Cluster, Colour, Forum, Help, Initiative, InitiativeRelation, Membership, Phase, User
from meetings.models import AgendaItem, Decision, Meeting, Recommendation
from tests import build
from tests.finance import build_ledger as ledger
from tests.outcomes.build_measurements import before_after, flow

from .build_published import printed

TODAY = date(2025, 4, 10)
URL = "/indsatser/proeve/5/"


@pytest.fixture
def five(db: None) -> Initiative:
    """Initiative 5: 1.171.776 kr. spent by 2024, 595.000 kr. allocated for 2025."""
    cluster = ledger.ledger()
    five = build.initiative("5", target_group="Borgere med dårligt blodomløb i benene")
    ledger.used(Line(five, None), "1120000", "1171776")
    ledger.allocate(Line(five, None), "595000", budget_year=2025)
    ledger.account_for(cluster)
    return five


@pytest.fixture
def reader(five: Initiative) -> User:
    return build.user("petra", Role.POLITICIAN, five.cluster)


@pytest.fixture
def shown(reader: User, sign_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch):
    """The page's text on 10 April 2025, to the reader or somebody else."""
    for module in ("clusterportal.portfolio.views", "initiatives.asof"):
        monkeypatch.setattr(f"{module}.today", lambda: TODAY)
    client = sign_in(reader)

    def get(user: User | None = None, url: str = URL, **query: str) -> str:
        answer = (sign_in(user) if user else client).get(url, query)
        assert answer.status_code == 200
        return " ".join(answer.content.decode().split())

    return get


def decision(
    of: Initiative, held_on: date = date(2023, 3, 13), forum: Forum | None = None, text: str = "Godkendt."
) -> Decision:
    """A decision of the cluster's political level that names the initiative."""
    body = forum or Forum.objects.get_or_create(name="Politisk niveau", level="political", cluster=of.cluster)[0]
    meeting = Meeting.objects.create(forum=body, held_on=held_on)
    item = AgendaItem.objects.create(meeting=meeting, number="4", title="Handleplanen", kind="approval")
    point = Recommendation.objects.create(item=item, number=1)
    made = Decision.objects.create(recommendation=point, outcome="approved", text=text)
    made.initiatives.add(of)
    return made


# The opening.
def test_it_opens_with_status_and_funds_in_a_sentence(five, shown):
    build.status(five, printed_text="Helårsdrift i 2025", phase=Phase.RUNNING)
    assert (
        "Indsatsen er i gang: Helårsdrift i 2025. Den har <strong>1.766.776 kr.</strong> i klyngemidler,"
        " heraf 595.000 kr. disponeret til år uden regnskab." in shown()
    )


def test_without_status_it_says_so(shown):
    assert '<p class="lead">Der er ikke meldt nogen status endnu.' in shown()
    assert '<p class="lead">Pr. 01.02.2025 var der ikke meldt nogen status.' in shown(pr="2025-02-01")


def test_without_funds_it_says_so(five, shown):
    build.initiative("3", five.theme)
    assert "Den har ingen klyngemidler." in shown(url="/indsatser/proeve/3/")


def test_the_way_back_keeps_theme_and_day(five, shown):
    text = shown(pr="2025-01-31")
    assert 'href="/indsatser/?pr=2025-01-31"' in text
    assert f'href="/indsatser/?plan={five.plan_id}&amp;pr=2025-01-31#theme-{five.theme_id}"' in text


def test_an_initiative_outside_plan_and_theme_has_a_page(five, shown):
    Initiative.objects.create(cluster=five.cluster, number="A1", title="Uden plan", short_title="Uden plan")
    assert "Uden plan" in shown(url="/indsatser/proeve/A1/")


# The facts.
def test_funds_are_split_in_spent_and_allocated(shown):
    text = shown()
    assert '<span class="big">1.766.776 kr.</span>' in text
    assert "1.171.776 brugt, 595.000 disponeret til år uden regnskab" in text


def test_what_was_printed_otherwise_stands_beside(shown):
    printed("cluster-funds:proeve/5", "2.000.000 kr.", "2000000")
    assert "trykt 2.000.000 i »Prøvedokument evaluering«" in shown()


def test_the_latest_report_is_dated_and_aged(five, shown):
    build.status(five, date(2025, 1, 20))
    assert '20.01.2025, <span class="age">80 dage gammel</span>' in shown()


def test_an_unprinted_date_says_from_when_it_counts(five, shown):
    build.status(five, date(2025, 3, 31), precision=DatePrecision.UNPRINTED)
    assert "Dato ikke trykt" in shown()
    assert "regnes fra 31.03.2025" in shown()


def test_actors_target_group_and_next_step_are_facts(five, shown):
    five.actor_lines.create(label="PLO/Nord-KAP", position=1)
    five.actor_lines.create(label="Jammerbugt Kommune", position=2, role="owner")
    build.status(five, next_step="Opfølgning med lægehusene")
    text = shown()
    for words in ("PLO/Nord-KAP<br>", "(ejer)", "Borgere med dårligt blodomløb", "Opfølgning med lægehusene"):
        assert words in text


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        (date(2023, 4, 1), date(2025, 1, 1), "01.04.2023 – 31.12.2024"),
        (date(2023, 4, 1), None, "fra 01.04.2023"),
        (None, date(2024, 7, 1), "til 30.06.2024"),
    ],
)
def test_the_period_ends_on_its_last_day(five, shown, starts, ends, words):
    Initiative.objects.filter(pk=five.pk).update(starts=starts, ends=ends)
    assert words in shown()


def test_milestones_are_as_precise_as_the_source(five, shown):
    five.milestones.create(day=date(2024, 6, 30), precision=DatePrecision.MONTH, text="Projektet slutter")
    assert '<li class="now"> <p class="small muted">juni 2024</p> <p>Projektet slutter</p>' in shown()


def test_a_milestone_to_come_is_hollow_and_says_so(five, shown):
    five.milestones.create(day=TODAY, text="Nået i dag")
    five.milestones.create(day=date(2025, 4, 11), text="I morgen")
    text = shown()
    assert '<li class="now"> <p class="small muted">10.04.2025</p> <p>Nået i dag</p>' in text
    assert '<li> <p class="small muted">11.04.2025 · ikke nået endnu</p> <p>I morgen</p>' in text


@pytest.mark.parametrize(
    ("last", "precision", "to_come"),
    [
        (date(2025, 12, 31), DatePrecision.YEAR, False),
        (date(2026, 12, 31), DatePrecision.YEAR, True),
        (date(2025, 4, 30), DatePrecision.MONTH, False),
        (date(2025, 5, 31), DatePrecision.MONTH, True),
    ],
)
def test_a_milestone_is_to_come_while_none_of_its_days_has_been(five, reader, last, precision, to_come):
    five.milestones.create(day=last, precision=precision, text="Helårsdrift")
    (event,) = initiative_page(five, reader, TODAY, TODAY).milestones
    assert event.to_come is to_come


def test_looking_back_nobody_knows_of_a_milestone_that_had_not_begun(five, shown):
    five.milestones.create(day=date(2023, 6, 1), text="Nået på dagen")
    five.milestones.create(day=date(2025, 3, 11), text="Hjemmesiden har haft 140.613 besøgende")
    text = shown(pr="2023-06-01")
    assert "Nået på dagen" in text
    assert "140.613 besøgende" not in text
    assert "140.613 besøgende" in shown()


@pytest.mark.parametrize(
    ("kind", "here", "there"), [("continues_in", "Fortsætter i", "Viderefører"), ("formerly", "Tidligere", "Hedder nu")]
)
def test_relations_are_linked_both_ways(five, shown, kind, here, there):
    other = build.initiative("6", five.theme)
    InitiativeRelation.objects.create(initiative=five, kind=kind, target=other)
    assert f'<dt>{here}</dt> <dd><a href="/indsatser/proeve/6/">6 Prøveindsats 6</a>' in shown()
    assert f'<dt>{there}</dt> <dd><a href="{URL}">5 Prøveindsats 5</a>' in shown(url="/indsatser/proeve/6/")


def test_a_relation_to_what_has_no_page_is_named(five, shown):
    InitiativeRelation.objects.create(initiative=five, kind="formerly", label="SUGA 2.0")
    assert "<dt>Tidligere</dt> <dd>SUGA 2.0</dd>" in shown()


def test_a_relation_to_a_foreign_cluster_tells_nothing_of_it(five, shown, midt):
    InitiativeRelation.objects.create(initiative=five, kind="continues_in", target=midt.initiatives.get(number="8"))
    text = shown()
    assert "<dd>en indsats i en anden klynge</dd>" in text
    assert "psykiske lidelser" not in text


# Narrative.
def test_sections_are_markdown_in_order(five, shown):
    five.sections.create(kind="results", position=2, body="Det *gik* godt.")
    five.sections.create(kind="purpose", position=1, heading="Hvorfor", body="- et\n- to")
    text = shown()
    assert text.index(">Hvorfor</h2>") < text.index("<li>et</li>") < text.index("<em>gik</em>")


def test_script_in_a_section_is_shown_not_run(five, shown):
    five.sections.create(kind="purpose", position=1, body="<script>alert(1)</script>")
    assert "<script>alert" not in shown()


def test_without_narrative_it_says_so(shown):
    assert "Der er ikke skrevet noget om indsatsen endnu." in shown()


# Decisions.
def test_decisions_that_name_the_initiative_are_listed_newest_first(five, shown):
    decision(five, date(2023, 3, 13), text="Den er bestilt.")
    decision(five, date(2025, 3, 19), text="Den fortsætter.")
    text = shown()
    assert "13.03.2023 · Politisk niveau, punkt 4" in text
    assert text.index("Den fortsætter.") < text.index("Den er bestilt.")


def test_decisions_taken_later_are_not_known(five, shown):
    decision(five, date(2025, 3, 19), text="Den fortsætter.")
    text = shown(pr="2025-03-18")
    assert "Den fortsætter." not in text
    assert "Pr. 18.03.2025 var der ingen beslutning, der nævnte indsatsen." in text


def test_a_foreign_forums_decision_is_not_shown(five, shown, midt):
    forum = midt.forums.get(name="Politisk niveau")
    decision(five, date(2025, 3, 20), forum, text="Det angår ikke jer.")
    assert "Det angår ikke jer." not in shown()
    assert "Ingen beslutning nævner indsatsen." in shown()


# History.
def test_history_has_every_report_until_the_day_newest_first(five, shown):
    for month in (1, 2, 5):
        build.status(five, date(2025, month, 1), printed_text=f"Måned {month}")
    text = shown().partition("Sådan er det gået")[2]
    assert text.index("Måned 2") < text.index("Måned 1")
    assert "Måned 5" not in text


def test_a_report_is_shown_whole_with_who_wrote_it(five, shown, reader):
    build.status(
        five, account="Alt <b>vel</b>", remedy="Flere hold", next_step="Ny måling", money=Colour.AMBER,
        help_needed=Help.MANAGEMENT, reported_by=reader,
    )  # fmt: skip
    text = shown().partition("Sådan er det gået")[2]
    for words in ("Alt &lt;b&gt;vel", "Flere hold", "Ny måling", "Økonomi", "Gul", "Brug for hjælp:", "Petra"):
        assert words in text


def test_the_source_stands_where_no_user_reported(five, shown):
    build.status(five, source="Evaluering, kapitel 2")
    assert "15.01.2025 · Evaluering, kapitel 2 · gældende" in shown()


def test_a_corrected_report_stays_and_is_marked(five, shown):
    wrong = build.status(five, printed_text="Forkert")
    build.status(five, printed_text="Rettet", supersedes=wrong)
    text = shown().partition("Sådan er det gået")[2]
    assert text.count("gældende") == 1
    assert text.index("Rettet") < text.index("· rettet ") < text.index("Forkert")


def test_invented_reports_are_marked_and_the_page_says_so(five, shown):
    build.status(five, demonstration=True)
    text = shown()
    assert text.count('<span class="chip chip--demo">Demo</span>') == 2
    assert "opdigtede demonstrationsdata" in text


def test_an_invented_report_later_than_the_day_is_not_mentioned(five, shown):
    build.status(five, date(2025, 4, 1), demonstration=True)
    assert "Demo" not in shown(pr="2025-03-01")


def test_the_page_and_the_overview_agree_on_the_status(five, reader):
    for day, text in ((1, "En"), (3, "Tre"), (3, "Tre igen"), (2, "To")):
        build.status(five, date(2025, 4, day), printed_text=text)
    assert initiative_page(five, reader, TODAY, TODAY).status.printed_text == "Tre igen"
    assert initiative_page(five, reader, date(2025, 4, 2), TODAY).status.printed_text == "To"


def test_a_corrected_report_of_a_later_day_no_longer_holds(five, reader):
    wrong = build.status(five, date(2025, 4, 2), printed_text="Forkert")
    build.status(five, date(2025, 4, 1), printed_text="Rettet", supersedes=wrong)
    assert initiative_page(five, reader, TODAY, TODAY).status.printed_text == "Rettet"


# Who.
def test_a_coordinator_can_update(five, shown):
    text = shown(build.user("karen", Role.COORDINATOR, five.cluster))
    assert '<a class="button button-primary" href="/indsatser/proeve/5/status/">Opdatér status</a>' in text
    assert "Du kan ikke opdatere" not in text


@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.SECRETARIAT, Role.ADMINISTRATOR])
def test_others_are_told_why_they_cannot(five, shown, role):
    text = shown(build.user("anden", role, five.cluster))
    assert "Du kan ikke opdatere indsats 5, fordi du ikke er koordinator i Sundhedsklynge Prøve." in text
    assert "Opdatér status" not in text


def test_a_coordinator_elsewhere_is_no_coordinator_here(five, shown, coordinator):
    Membership.objects.create(user=coordinator, cluster=five.cluster, role=Role.POLITICIAN)
    assert "Du kan ikke opdatere indsats 5" in shown(coordinator)


def test_the_frame_names_the_initiatives_cluster(five, shown, coordinator):
    Membership.objects.create(user=coordinator, cluster=five.cluster, role=Role.POLITICIAN)
    assert '<span class="org">Sundhedsklynge Prøve</span>' in shown(coordinator)


@pytest.mark.parametrize("url", ["/indsatser/midt/5/", "/indsatser/findes-ikke/5/", "/indsatser/proeve/99/"])
def test_foreign_and_missing_initiatives_are_not_found_alike(url, reader, sign_in, midt):
    assert sign_in(reader).get(url).status_code == 404


@pytest.mark.parametrize("number", ["5 ", "5\x00", "5'--", "🙂", "\u202e5", "x" * 2000])
def test_odd_numbers_are_not_found(number, reader, sign_in):
    assert sign_in(reader).get(f"/indsatser/proeve/{quote(number)}/").status_code == 404


def test_a_day_that_has_not_come_is_today_with_a_notice(shown):
    assert "01.01.2030 ligger ude i fremtiden" in shown(pr="2030-01-01")


# Cost.
def test_cost_does_not_grow_with_what_is_written(five, reader, sign_in, queries):
    client = sign_in(reader)

    def fill(numbers: range) -> None:
        for number in numbers:
            other = build.initiative(str(number), five.theme)
            InitiativeRelation.objects.create(initiative=five, kind="continues_in", target=other)
            build.status(five, date(2025, 1, 1) + timedelta(days=number), reported_by=reader)
            made = decision(five, date(2023, 1, 1) + timedelta(days=number))
            five.sections.create(kind="note", position=number, body="Tekst")
            five.milestones.create(day=TODAY, text=f"Milepæl {number}")
            ledger.allocate(Line(five, build.municipality(f"Kommune {number}")), "1000", decision=made)
            before_after(five, f"maal-{number}", "168", "428")
            flow(five, f"forloeb-{number}", 5, 3, 2)

    fill(range(20, 22))
    few = queries(lambda: client.get(URL))
    fill(range(22, 42))
    assert queries(lambda: client.get(URL)) == few == 21


# The real one.
def test_midts_initiative_12_shows_both_amounts(shown, politician):
    text = shown(politician, "/indsatser/midt/12/")
    assert '<span class="big">163.919 kr.</span>' in text
    assert "trykt 300.000 i »Evaluering af Handleplanen 2022–2025«" in text


def test_midts_initiative_3_continues_in_1a(shown, politician):
    assert '<dt>Fortsætter i</dt> <dd><a href="/indsatser/midt/1A/">' in shown(politician, "/indsatser/midt/3/")


def test_every_initiative_of_midt_has_a_page(midt: Cluster, politician, sign_in):
    client = sign_in(politician)
    answers = {
        number: client.get(f"/indsatser/midt/{number}/").status_code
        for number in midt.initiatives.values_list("number", flat=True)
    }
    assert (len(answers), set(answers.values())) == (17, {200})
