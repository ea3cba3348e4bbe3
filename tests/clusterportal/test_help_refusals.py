"""What is answered to what cannot be done, and that nothing typed is lost where it is safe to keep it."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from django.utils import translation
from django.views.defaults import server_error

from clusterportal.help.kept import kept
from clusterportal.urls import handler403  # noqa: F401 (handler403 is read from this module)
from clusterportal.urls import urlpatterns as portal
from initiatives.access import Role
from initiatives.models import Cluster, Initiative, Membership, StatusReport, User

from .. import build

ADDRESS = "/indsatser/midt/5/status/"
HERE = {"Origin": "http://testserver"}
SENTENCE = "Første linje\r\nanden <b>linje</b> 😀 مرحبا"
TYPED = {
    "based_on": "", "reported_on": "10.11.2026", "phase": "running", "overall": "green", "time": "none",
    "money": "none", "quality": "none", "printed_text": "Kører efter planen", "account": SENTENCE, "help_needed": "no",
}  # fmt: skip


def fault(_request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = [*portal, path("i-stykker/", fault)]


def sent_again(html: str) -> dict[str, str]:
    """What the page's own form would send."""
    form = html.split('<div class="statepage statepage--form">')[1].split("</form>", maxsplit=1)[0]
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    fields += re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\n(.*?)</textarea>', form, re.DOTALL)
    return {name: unescape(value) for name, value in fields}


def posted(client: Client, data: dict[str, str] | None = None, address: str = ADDRESS, **headers: str):
    return client.post(address, TYPED if data is None else data, headers={**HERE, **headers})


def test_what_was_typed_comes_back_when_the_login_has_ended(midt: Cluster):
    answer = posted(Client())
    assert answer.status_code == 403
    assert "Du er logget af" in answer.content.decode()
    assert {name: value for name, value in sent_again(answer.content.decode()).items() if name in TYPED} == TYPED
    assert "no-store" in answer["Cache-Control"]


def test_nothing_is_stored_for_somebody_not_logged_in(midt: Cluster, queries: Callable[[Callable[[], object]], int]):
    client = Client()
    assert queries(lambda: posted(client)) == 0
    assert set(client.cookies) <= {"csrftoken"}


def test_the_text_is_shown_with_its_label_and_as_text(midt: Cluster):
    html = posted(Client()).content.decode()
    assert ">Hvad er der sket?</label>" in html
    assert "<b>linje</b>" not in html
    assert "&lt;b&gt;linje&lt;/b&gt;" in html


def test_after_logging_in_the_form_is_sent_as_it_was(coordinator: User):
    browser = Client(enforce_csrf_checks=True)
    browser.get("/konto/login/")
    old = browser.cookies["csrftoken"].value
    latest = StatusReport.objects.filter(initiative__cluster__slug="midt", initiative__number="5").latest("pk")
    typed = {**TYPED, "based_on": str(latest.pk), "csrfmiddlewaretoken": old}
    first = posted(browser, typed).content.decode()
    browser.force_login(coordinator, backend="clusterportal.accounts.AccountBackend")
    # A login gives a browser a new token; the test's short way in does not.
    browser.cookies["csrftoken"] = "x" * 32

    second = posted(browser, sent_again(first))
    html = second.content.decode()
    assert second.status_code == 403
    assert "Du er logget ind som <strong>Kirsten</strong>" in html

    assert posted(browser, sent_again(html)).status_code == 302
    saved = StatusReport.objects.latest("pk")
    assert (saved.reported_by, saved.printed_text) == (coordinator, "Kører efter planen")
    assert saved.account == SENTENCE.replace("\r\n", "\n")


@pytest.mark.parametrize("origin", ["https://fremmed.example", "null", "http://testserver.fremmed.example"])
def test_what_another_site_sends_is_not_offered_again(origin: str, coordinator: User):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(coordinator, backend="clusterportal.accounts.AccountBackend")
    answer = posted(browser, Origin=origin)
    assert answer.status_code == 403
    assert "Kører efter planen" not in answer.content.decode()
    assert not StatusReport.objects.filter(printed_text="Kører efter planen").exists()


def test_a_form_without_an_origin_is_not_offered_again(coordinator: User):
    browser = Client(enforce_csrf_checks=True)
    assert "Kører efter planen" not in browser.post(ADDRESS, TYPED).content.decode()


@pytest.mark.parametrize("name", ["password", "password1", "oldpassword", "token", "otp_code", "client_secret"])
def test_a_form_with_a_secret_is_never_shown(name: str, midt: Cluster):
    answer = posted(Client(), {"note": "en hel sætning", name: "korrekt-hest-batteri"})
    assert answer.status_code == 302
    assert b"korrekt-hest" not in answer.content
    strict = posted(Client(enforce_csrf_checks=True), {"login": "kirsten", name: "korrekt-hest"}, "/konto/login/")
    assert strict.status_code == 403
    assert b"korrekt-hest" not in strict.content


def test_the_form_is_sent_to_the_page_it_came_from_and_nowhere_else(midt: Cluster):
    address = "/indsatser/midt/5/status/?next=//fremmed.example/%22onclick=%22"
    html = posted(Client(), address=address).content.decode()
    action = re.search(r'<form method="post" action="(/indsatser[^"]*)"', html)
    assert action
    assert unescape(action[1]) == address


def test_a_form_without_anything_in_it_leads_to_the_login(midt: Cluster):
    answer = posted(Client(), {}, "/konto/introduktion/")
    assert answer["Location"] == "/konto/login/", "the address itself answers no GET after the login"


def test_a_part_of_a_page_is_not_replaced_by_the_login(midt: Cluster):
    read = Client().get("/indsatser/?q=ips", headers={"HX-Request": "true"})
    assert read["HX-Refresh"] == "true"
    written = posted(Client(), {**TYPED, "preview": "1"}, **{"HX-Request": "true"})
    assert (written.status_code, written.content) == (403, b"")


def test_a_refusal_names_whom_to_ask(politician: User, administrator: User, coordinator: User, sign_in):
    html = sign_in(politician).get(ADDRESS).content.decode()
    assert 'href="mailto:anders@eksempel.dk">Anders</a>' in html
    assert 'href="mailto:kirsten@eksempel.dk">Kirsten</a>' in html
    assert "spørg en af dem her i Sundhedsklynge Midt" in html


def test_an_administrator_of_the_whole_region_is_named_too(politician: User, midt: Cluster, sign_in):
    above = User.objects.create_user("rikke", "rikke@eksempel.dk", build.PASSWORD, first_name="Rikke")
    Membership.objects.create(user=above, region=midt.region, role=Role.ADMINISTRATOR)
    assert "rikke@eksempel.dk" in sign_in(politician).get(ADDRESS).content.decode()


def test_a_closed_access_and_the_reader_are_not_named(politician: User, administrator: User, sign_in):
    User.objects.filter(pk=administrator.pk).update(is_active=False)
    Membership.objects.create(user=politician, cluster=politician.memberships.get().cluster, role=Role.ADMINISTRATOR)
    main = sign_in(politician).get(ADDRESS).content.decode().split("<main")[1].split("</main>")[0]
    assert "@eksempel.dk" not in main
    assert "spørg sekretariatet" in main


def test_a_stranger_is_told_nobodys_name(stranger: User, administrator: User, coordinator: User, sign_in):
    answer = sign_in(stranger).get(ADDRESS)
    assert answer.status_code == 404
    refused = sign_in(stranger).get("/brugere/?klynge=midt")
    assert refused.status_code == 403
    for html in (answer.content.decode(), refused.content.decode()):
        assert "anders@" not in html
        assert "Sundhedsklynge Midt" not in html


@pytest.mark.urls(__name__)
def test_a_fault_is_answered_in_danish(coordinator: User, sign_in):
    client = sign_in(coordinator)
    client.raise_request_exception = False
    answer = client.get("/i-stykker/")
    html = answer.content.decode()
    assert answer.status_code == 500
    assert "Noget gik galt" in html
    assert "broken on purpose" not in html


def test_the_page_of_a_fault_needs_no_database(rf: RequestFactory):
    """This test has no database: a query would fail it."""
    assert "Klyngeportalen" in server_error(rf.get("/")).content.decode()


def test_a_missing_page_is_answered_in_danish(coordinator: User, sign_in):
    answer = sign_in(coordinator).get("/findes-ikke/")
    assert answer.status_code == 404
    assert "Siden findes ikke her" in answer.content.decode()


def test_a_request_that_makes_no_sense_is_answered_in_danish(coordinator: User, sign_in, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 5
    answer = posted(sign_in(coordinator))
    assert answer.status_code == 400
    assert "Klyngeportalen" in answer.content.decode()
    assert 'lang="da"' in answer.content.decode()


def test_many_initiatives_cost_a_refusal_nothing_more(politician: User, sign_in, queries):
    client = sign_in(politician)
    client.get(ADDRESS)
    few = queries(lambda: client.get(ADDRESS))
    for number in range(12):
        build.user(f"kollega{number}", Role.COORDINATOR, Initiative.objects.get(number="5").cluster)
    assert queries(lambda: client.get(ADDRESS)) == few


@pytest.mark.parametrize(
    ("address", "typed", "shown"),
    [
        ("/indsatser/midt/5/kommentarer/", {"comment-text": "Husk"}, {"comment-text": "Kommentar"}),
        ("/indsatser/midt/5/filer/", {"file-title": "Notat"}, {"file-title": "Titel på listen"}),
        (
            "/indsatser/midt/5/rediger/stamdata/",
            {"seen": "1", "title": "Gang", "short_title": "Gå", "place": "2-3", "target_group": "Voksne"},
            {"title": "Titel", "short_title": "Kort titel", "target_group": "Målgruppe"},
        ),
        (
            "/indsatser/midt/5/rediger/tekst/",
            {"seen": "1", "l1-pk": "7", "l1-kind": "note", "l1-heading": "", "l1-body": "Kort", "l2-body": "Nyt"},
            {"l1-body": "Tekst, linje 1", "l2-body": "Tekst, linje 2"},
        ),
        (
            "/indsatser/midt/5/rediger/milepaele/",
            {"seen": "1", "l1-day": "2025", "l1-precision": "year", "l1-text": "Slut"},
            {"l1-day": "Dato, linje 1", "l1-text": "Hvad sker der, linje 1"},
        ),
        (
            "/handleplaner/1/",
            {"as_loaded": "x", "title": "Plan", "starts": "01.01.2026", "ends": "31.12.2029", "reason": "Slåfejl"},
            {"title": "Titel", "reason": "Hvorfor rettes det? (kan udelades)"},
        ),
        (
            "/handleplaner/1/temaer/nyt/",
            {"name": "Lighed", "short_name": "Lige", "description": "Om", "colour": "1"},
            {"name": "Navn", "short_name": "Kort navn", "description": "Hvad temaet handler om"},
        ),
        ("/stamdata/personer/ny/", {"name": "Bo", "role": "rådmand"}, {"name": "Navn", "role": "Hverv"}),
        ("/visninger/", {"name": "Røde", "shared_with": "", "query": "farve=red"}, {"name": "Visningens navn"}),
        (
            "/rapporter/tekster/1/",
            {"based_on": "x", "foreword": "Kære", "introduction": "Om", "governance": "Vi"},
            {"foreword": "Forord", "introduction": "Introduktion", "governance": "Styringsmodel"},
        ),
    ],
)
def test_each_form_keeps_even_a_single_word_under_its_label(address, typed, shown):
    with translation.override("da"):
        found = kept(RequestFactory().post(address, typed, headers=HERE))
        assert {text.name: str(text.label) for text in found.texts} == shown
    assert {text.name: text.value for text in found.texts} | dict(found.rest) == typed
