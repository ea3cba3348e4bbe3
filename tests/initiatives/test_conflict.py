"""Two people report at once: nothing is overwritten, nothing is lost, and exactly one wins a race."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from initiatives.models import Initiative, StatusReport, User
from initiatives.reporting import StatusConflict, report_status
from tests import build

from .build_status import ADDRESS, JANUARY, TODAY, coordinator, initiative, page, told, typed, values

MARIAS = "Tre nye lægehuse har henvist."
JENS_S = "Fire nye lægehuse har henvist. Forbruget følger rammen."


@pytest.fixture
def subject(db):
    return initiative()


@pytest.fixture
def base(subject):
    return build.status(subject, JANUARY)


@pytest.fixture
def maria(subject, sign_in) -> Client:
    return sign_in(coordinator())


@pytest.fixture
def jens(subject, sign_in) -> Client:
    return sign_in(coordinator("jens", "Jens", "Lindahl"))


@pytest.fixture
def conflict(maria, jens, base):
    """The answer to Jens, who saves what he wrote from the same report as Maria, after her."""
    assert maria.post(ADDRESS, typed(base, account=MARIAS, next_step="Møde 1. juni 2025")).status_code == 302
    mine = typed(base, account=JENS_S, next_step="Møde 15. maj 2025", money="amber", remedy="Forklares 6. maj.")
    return jens.post(ADDRESS, mine)


class HiddenFields(HTMLParser):
    """Collects what a page sends along without showing it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            self.found[str(given["name"])] = given.get("value") or ""


def hidden(response) -> dict[str, str]:
    """What the conflict page sends along, by name."""
    fields = HiddenFields()
    fields.feed(response.content.decode())
    return fields.found


def test_the_second_gets_both_versions_and_nothing_is_saved(conflict, subject):
    assert conflict.status_code == 409
    html = page(conflict)
    assert "En anden nåede at gemme først" in html
    assert "Maria Krogh gemte en status kl." in html
    assert "Dit udkast er ikke gemt som status endnu." in html
    assert subject.status_reports.count() == 2


def test_words_that_differ_are_marked_in_both_texts(conflict):
    html = page(conflict)
    assert "<p><del>Tre</del> nye lægehuse har henvist.</p>" in html
    assert "<p><ins>Fire</ins> nye lægehuse har henvist. <ins>Forbruget følger rammen.</ins></p>" in html
    assert "Møde <del>1. juni</del> 2025" in html


def test_only_the_fields_that_differ_are_to_be_chosen(conflict):
    html = page(conflict)
    chosen = re.findall(r'name="choice-(\w+)"[^>]*value="(\w+)"( checked)?', html)
    assert {name for name, _, _ in chosen} == {"money", "account", "remedy", "next_step"}
    assert {value for _, value, checked in chosen if checked} == {"saved"}
    assert "Vælg for de fire felter, hvor de to er forskellige." in html


def test_the_fields_that_agree_can_be_shown(conflict):
    same = page(conflict).split("<details")[1].split("</details>")[0]
    assert "Otte felter er ens i begge (vis dem)" in same
    assert "<dt>Gælder pr.</dt><dd>10.04.2025</dd>" in same
    assert "<dt>Status, som den trykkes</dt><dd>Helårsdrift i 2025</dd>" in same


def test_the_way_out_names_whose_status_stays(conflict):
    html = page(conflict)
    assert 'href="/indsatser/proeve/5/">Behold Marias og kassér mit</a>' in html
    assert 'name="resolve" value="1">Gem som ny status</button>' in html


def test_what_is_chosen_is_saved_as_a_new_status(conflict, jens, subject):
    choice = {"choice-account": "mine", "choice-next_step": "saved", "choice-money": "saved", "resolve": "1"}
    response = jens.post(ADDRESS, {**hidden(conflict), **choice})
    assert response.status_code == 302
    merged = subject.status_reports.latest_first().first()
    assert (merged.account, merged.next_step, merged.money) == (JENS_S, "Møde 1. juni 2025", "none")
    assert merged.supersedes.account == MARIAS
    assert merged.reported_by.username == "jens"


def test_every_field_can_be_mine(conflict, jens, subject):
    names = ("account", "next_step", "money", "remedy")
    jens.post(ADDRESS, {**hidden(conflict), "resolve": "1", **{f"choice-{name}": "mine" for name in names}})
    merged = subject.status_reports.latest_first().first()
    assert (merged.account, merged.money, merged.remedy) == (JENS_S, "amber", "Forklares 6. maj.")
    assert merged.next_step == "Møde 15. maj 2025"


def test_keeping_everything_that_is_saved_saves_nothing(conflict, jens, subject):
    response = jens.post(ADDRESS, {**hidden(conflict), "resolve": "1"})
    assert told(response)[-1].startswith("Intet er anderledes")
    assert subject.status_reports.count() == 2


def test_a_choice_that_breaks_a_rule_brings_the_form_back_with_the_chosen_values(conflict, jens, subject):
    response = jens.post(
        ADDRESS, {**hidden(conflict), "resolve": "1", "choice-money": "mine", "choice-account": "mine"}
    )
    html = page(response)
    assert response.status_code == 200
    assert "Gul eller rød kræver" in html
    assert f"{JENS_S}</textarea>" in html
    assert f'name="based_on" value="{subject.status_reports.latest_first().first().pk}"' in html


def test_a_third_report_in_between_is_a_conflict_again(conflict, maria, jens, subject):
    marias = subject.status_reports.latest_first().first()
    maria.post(ADDRESS, typed(marias, account="Fem nye lægehuse."))
    response = jens.post(ADDRESS, {**hidden(conflict), "resolve": "1", "choice-account": "mine"})
    assert response.status_code == 409
    assert "Fem" in page(response)
    assert subject.status_reports.count() == 3


def test_choices_for_a_false_base_keep_what_was_written(conflict, jens, subject):
    response = jens.post(ADDRESS, {**hidden(conflict), "based_on": "999999", "resolve": "1"})
    assert response.status_code == 409
    assert hidden(response)["account"] == JENS_S
    assert subject.status_reports.count() == 2


def test_the_same_status_from_both_needs_no_choice(maria, jens, base, subject):
    maria.post(ADDRESS, typed(base))
    response = jens.post(ADDRESS, typed(base))
    assert response.status_code == 302
    assert told(response)[-1].startswith("Præcis den samme status blev gemt")
    assert subject.status_reports.count() == 2


def test_one_person_in_two_windows_is_told_so(maria, base):
    maria.post(ADDRESS, typed(base, account=MARIAS))
    html = page(maria.post(ADDRESS, typed(base, account=JENS_S)))
    assert "Du har gemt i et andet vindue" in html
    assert "Behold den gemte og kassér mit" in html


def test_a_report_without_author_can_be_the_other_side(jens, base, subject):
    build.status(subject, TODAY, printed_text="Fra dokumentet")
    html = page(jens.post(ADDRESS, typed(base)))
    assert "En status blev registreret kl." in html
    assert "Behold den gemte og kassér mit" in html


def test_each_kind_of_field_is_shown_as_it_is_known(maria, jens, base):
    maria.post(ADDRESS, typed(base, phase="paused", help_needed="executive", reported_on="09.04.2025", account=""))
    html = page(jens.post(ADDRESS, typed(base, overall="none")))
    for shown in ("#phase-paused", "#icon-rag-none", "Ja, fra Direktørforum", "09.04.2025", "<em>(intet skrevet)</em>"):
        assert shown in html


def test_html_in_either_version_is_shown_not_run(maria, jens, base):
    maria.post(ADDRESS, typed(base, account="<script>alert(1)</script> ens", next_step="<b>ens</b>"))
    response = jens.post(ADDRESS, typed(base, account='<script>alert(2)</script> ens "citat"', next_step="<b>ens</b>"))
    assert b"<script>alert" not in response.content
    assert b"<b>" not in response.content
    assert hidden(response)["account"] == '<script>alert(2)</script> ens "citat"'


def test_line_breaks_survive_the_conflict_page(maria, jens, base, subject):
    maria.post(ADDRESS, typed(base, account=MARIAS))
    response = jens.post(ADDRESS, typed(base, account="En.\r\nTo.\r\n\r\nTre."))
    jens.post(ADDRESS, {**hidden(response), "resolve": "1", "choice-account": "mine"})
    assert subject.status_reports.latest_first().first().account == "En.\nTo.\n\nTre."


# Real races.


def reports() -> list[StatusReport]:
    return list(StatusReport.objects.filter(initiative__cluster__slug="proeve").order_by("pk"))


def test_of_two_forms_sent_at_the_same_moment_one_wins(at_once, sign_in):
    base = build.status(initiative(), JANUARY)
    maria, jens = sign_in(coordinator()), sign_in(coordinator("jens", "Jens", "Lindahl"))
    answers = at_once(
        lambda: maria.post(ADDRESS, typed(base, account=MARIAS)).status_code,
        lambda: jens.post(ADDRESS, typed(base, account=JENS_S)).status_code,
    )
    assert sorted(answers) == [302, 409]
    assert len(at_once(reports)[0]) == 2


def test_of_many_reports_at_the_same_moment_one_wins_and_the_others_see_it(at_once):
    base = build.status(initiative(), JANUARY)
    people = [coordinator(f"person{number}") for number in range(6)]

    def attempt(person: User) -> StatusReport:
        subject = Initiative.objects.select_related("plan").get(pk=base.initiative_id)
        try:
            return report_status(subject, person, base, values(account=person.username), TODAY)
        except StatusConflict as lost:
            return lost.latest

    results = at_once(*(lambda person=person: attempt(person) for person in people))
    saved = at_once(reports)[0]
    assert [report.reported_on for report in saved] == [JANUARY, TODAY]
    assert {result.pk for result in results} == {saved[1].pk}
