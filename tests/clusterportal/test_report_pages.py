"""The pages of reports: list, order, progress, download."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from clusterportal.reports.models import Report
from initiatives.access import Role
from initiatives.models import ActionPlan, Initiative
from tests import build

pytestmark = pytest.mark.django_db
State, Stage = Report.State, Report.Stage
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    """Files of a test are gone with it."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }


@pytest.fixture
def plan(midt) -> ActionPlan:
    return midt.plans.get()


@pytest.fixture
def waiting(plan, secretariat) -> Report:
    return Report.objects.create(
        cluster=plan.cluster, plan=plan, as_of=date(2024, 12, 31), requested_by=secretariat, attempt=1
    )


@pytest.fixture
def finished(midt, secretariat) -> Report:
    return build.report(midt, secretariat)


def put(of: Report, **fields: object) -> Report:
    Report.objects.filter(pk=of.pk).update(**fields)
    return of


def address(of: Report, page: str = "") -> str:
    return f"/rapporter/{of.pk}/{page}"


def content(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


# The list.
def test_the_list_shows_day_state_pages_and_file(finished, politician, sign_in):
    html = content(sign_in(politician).get("/rapporter/"))
    for wanted in ("2022–2025", "31.12.2024", "Sofie", f"{address(finished)}", f"{address(finished, 'hent/')}"):
        assert wanted in html


def test_a_report_that_is_not_finished_has_no_file_in_the_list(waiting, politician, sign_in):
    html = content(sign_in(politician).get("/rapporter/"))
    assert address(waiting) in html
    assert address(waiting, "hent/") not in html


def test_the_list_holds_the_readers_own_clusters(finished, stranger, sign_in):
    assert address(finished) not in content(sign_in(stranger).get("/rapporter/"))


def test_newest_report_comes_first(finished, waiting, politician, sign_in):
    put(finished, requested_at=timezone.now() - timedelta(days=2))
    html = content(sign_in(politician).get("/rapporter/"))
    assert html.index(address(waiting)) < html.index(address(finished))


@pytest.mark.parametrize(("who", "may"), [("secretariat", True), ("politician", False), ("coordinator", False)])
def test_who_may_make_a_report_has_the_way_to_it(finished, who, may, request, sign_in):
    html = content(sign_in(request.getfixturevalue(who)).get("/rapporter/"))
    assert ('href="/rapporter/evaluering/"' in html) == may
    assert ('class="keyline"' in html) != may


@pytest.mark.parametrize(("who", "may"), [("secretariat", True), ("politician", False)])
def test_an_empty_list_says_what_to_do_next(who, may, request, sign_in):
    html = content(sign_in(request.getfixturevalue(who)).get("/rapporter/"))
    assert "<table" not in html
    assert ('href="/rapporter/evaluering/"' in html) == may


def test_the_list_costs_the_same_for_any_number(midt, secretariat, politician, sign_in, queries):
    client = sign_in(politician)
    build.report(midt, secretariat)
    few = queries(lambda: client.get("/rapporter/"))
    for _ in range(20):
        build.report(midt, secretariat)
    assert queries(lambda: client.get("/rapporter/")) == few


def test_a_long_list_is_shown_in_pages(plan, secretariat, politician, sign_in):
    rows = [
        Report(cluster=plan.cluster, plan=plan, as_of=date(2024, 12, 31), requested_by=secretariat) for _ in range(26)
    ]
    Report.objects.bulk_create(rows)
    client = sign_in(politician)
    assert content(client.get("/rapporter/")).count('class="lead-cell') == 25
    assert content(client.get("/rapporter/?page=2")).count('class="lead-cell') == 1
    assert content(client.get("/rapporter/?page=99")).count('class="lead-cell') == 1


# Ordering.
def test_the_form_starts_with_the_plan_and_today(plan, secretariat, sign_in):
    html = content(sign_in(secretariat).get("/rapporter/evaluering/"))
    assert f'value="{timezone.localdate():%d.%m.%Y}"' in html
    assert f">{plan.title}</option>" in html


def test_the_form_of_the_evaluation_leads_to_its_texts(secretariat, sign_in):
    client = sign_in(secretariat)
    assert 'href="/rapporter/tekster/"' in content(client.get("/rapporter/evaluering/"))
    assert 'href="/rapporter/tekster/"' not in content(client.get("/rapporter/statusoversigt/"))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", ["politician", "coordinator", "administrator", "stranger"])
def test_others_are_refused_with_a_reason(method, who, request, sign_in):
    response = getattr(sign_in(request.getfixturevalue(who)), method)("/rapporter/evaluering/")
    assert response.status_code == 403
    assert Report.objects.count() == 0


def test_an_order_goes_to_the_page_of_the_report(plan, secretariat, sign_in):
    response = sign_in(secretariat).post("/rapporter/evaluering/", {"plan": plan.pk, "as_of": "31.12.2024"})
    made = Report.objects.get()
    assert (response.status_code, response.url) == (302, address(made))
    assert (made.plan, made.as_of, made.state) == (plan, date(2024, 12, 31), State.WAITING)


@pytest.mark.parametrize("typed", ["31.02.2025", "i går", "", "01.01.2100", "31.12.2021"])
def test_a_day_that_will_not_do_is_kept_and_explained(plan, secretariat, sign_in, typed):
    response = sign_in(secretariat).post("/rapporter/evaluering/", {"plan": plan.pk, "as_of": typed})
    html = content(response)
    assert 'class="alert alert-error"' in html
    assert f'value="{typed}"' in html or not typed
    assert Report.objects.count() == 0


def test_the_plans_first_day_will_do(plan, secretariat, sign_in):
    sign_in(secretariat).post("/rapporter/evaluering/", {"plan": plan.pk, "as_of": "1.1.2022"})
    assert Report.objects.get().as_of == plan.starts


def test_a_plan_of_another_cluster_cannot_be_chosen(secretariat, sign_in):
    other = build.plan()
    response = sign_in(secretariat).post("/rapporter/evaluering/", {"plan": other.pk, "as_of": "31.12.2024"})
    assert response.status_code == 200
    assert Report.objects.count() == 0


def test_a_plan_of_a_cluster_that_one_only_reads_cannot_be_chosen(secretariat, sign_in):
    other = build.plan()
    secretariat.memberships.create(cluster=other.cluster, role=Role.POLITICIAN)
    response = sign_in(secretariat).post("/rapporter/evaluering/", {"plan": other.pk, "as_of": "31.12.2024"})
    assert response.status_code == 200
    assert Report.objects.count() == 0


def test_with_plans_of_several_clusters_each_names_its_own(plan, secretariat, sign_in):
    other = build.plan()
    secretariat.memberships.create(cluster=other.cluster, role=Role.SECRETARIAT)
    html = content(sign_in(secretariat).get("/rapporter/evaluering/"))
    assert f">{plan.title}, Sundhedsklynge Midt</option>" in html
    assert f">{other.title}, Sundhedsklynge Prøve</option>" in html


def test_without_a_plan_the_form_says_so(sign_in):
    lonely = build.user("lone", Role.SECRETARIAT, build.cluster("tom", "Sundhedsklynge Tom"))
    html = content(sign_in(lonely).get("/rapporter/evaluering/"))
    assert 'name="as_of"' not in html
    assert "<h1>" in html


# Progress.
def test_a_report_under_way_asks_for_itself(waiting, politician, sign_in):
    html = content(sign_in(politician).get(address(waiting)))
    assert f'hx-get="{address(waiting)}?vist=1-waiting-queued-0-0"' in html
    assert 'hx-trigger="every 1s"' in html
    assert 'role="status"' in html


def at_page(of: Report, page: int, **fields: object) -> Report:
    now = timezone.now()
    return put(of, state=State.RUNNING, stage=Stage.RENDERING, started_at=now, alive_at=now, page=page, **fields)


@pytest.mark.parametrize(
    ("page", "expected", "words"),
    [(31, 54, "Side 31 af ca. 54"), (55, 54, "Side 55"), (31, None, "Side 31"), (0, 54, None)],
)
def test_the_page_that_is_set_is_told(waiting, politician, sign_in, page, expected, words):
    at_page(waiting, page, expected_pages=expected)
    client = sign_in(politician)
    for html in (content(client.get(address(waiting))), content(client.get("/rapporter/"))):
        assert re.findall(r"Side \d+(?: af ca\. \d+)?", html) == ([words] if words else [])


def test_a_poll_within_a_step_gets_the_page_alone_outside_the_live_region(waiting, politician, sign_in):
    at_page(waiting, 31, expected_pages=54)
    response = sign_in(politician).get(f"{address(waiting)}?vist=1-running-rendering-0-0", headers=HTMX)
    assert content(response).strip().startswith('<div id="pages">')
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#pages", "outerHTML")


def test_a_poll_at_a_new_step_takes_the_page_away(waiting, politician, sign_in):
    at_page(waiting, 31)
    put(waiting, stage=Stage.WRITING)
    html = content(sign_in(politician).get(f"{address(waiting)}?vist=1-running-rendering-0-0", headers=HTMX))
    assert re.search(r'<div id="pages" hx-swap-oob="true">\s*</div>', html)


def test_the_list_asks_for_itself_while_a_report_is_under_way(waiting, politician, sign_in):
    client = sign_in(politician)
    assert 'hx-get="/rapporter/"' in content(client.get("/rapporter/"))
    assert "<html" not in content(client.get("/rapporter/", headers=HTMX))
    put(waiting, state=State.FAILED)
    assert "hx-get" not in content(client.get("/rapporter/"))


def test_a_poll_that_shows_the_same_step_is_answered_with_nothing(waiting, politician, sign_in):
    response = sign_in(politician).get(f"{address(waiting)}?vist=1-waiting-queued-0-0", headers=HTMX)
    assert (response.status_code, response.content) == (204, b"")


def test_a_poll_gets_the_next_step_alone(waiting, politician, sign_in):
    put(waiting, state=State.RUNNING, stage=Stage.RENDERING, started_at=timezone.now())
    html = content(sign_in(politician).get(f"{address(waiting)}?vist=1-waiting-queued-0-0", headers=HTMX))
    assert "1-running-rendering-0-0" in html
    assert "<html" not in html


def test_a_finished_report_does_not_ask_again(finished, politician, sign_in):
    html = content(sign_in(politician).get(f"{address(finished)}?vist=1-running-storing-0-0", headers=HTMX))
    assert "hx-get" not in html
    assert f'href="{address(finished, "hent/")}"' in html


def test_a_queue_that_nobody_empties_is_told_of(waiting, politician, sign_in):
    client = sign_in(politician)
    before = content(client.get(address(waiting)))
    put(waiting, requested_at=timezone.now() - timedelta(minutes=2))
    after = content(client.get(address(waiting)))
    assert "1-waiting-queued-0-1" in after
    assert len(after) > len(before)


@pytest.mark.parametrize(("who", "may"), [("secretariat", True), ("politician", False)])
def test_a_failed_report_tells_why_and_who_can_try_again(waiting, who, may, request, sign_in):
    put(waiting, state=State.FAILED, failure="Det tog for lang tid.")
    html = content(sign_in(request.getfixturevalue(who)).get(address(waiting)))
    assert "Det tog for lang tid." in html
    assert (f'action="{address(waiting, "igen/")}"' in html) == may
    assert "hx-get" not in html


def test_a_lost_report_says_that_it_is_taken_up_again(waiting, secretariat, sign_in):
    at_page(waiting, 31)
    put(waiting, alive_at=timezone.now() - timedelta(minutes=1))
    client = sign_in(secretariat)
    html = content(client.get(address(waiting)))
    assert "Arbejdet er gået i stå" in html
    assert "hx-get" in html
    assert "Standset, tages op igen" in content(client.get("/rapporter/"))


# Texts that could not be printed.
def test_a_draft_names_each_text_and_what_to_do(finished, politician, sign_in):
    put(finished, remarks=[["Indsats 5: Formål", "En tabel har 60 kolonner."]])
    client = sign_in(politician)
    html = content(client.get(address(finished)))
    assert [wanted in html for wanted in ("Indsats 5: Formål", "En tabel har 60 kolonner.", "kladde")] == [True] * 3
    assert "Kladde" in content(client.get("/rapporter/"))


# Cancelling.
def test_cancelling_withdraws_the_report(waiting, secretariat, sign_in):
    client = sign_in(secretariat)
    assert f'action="{address(waiting, "annuller/")}"' in content(client.get(address(waiting)))
    html = content(client.post(address(waiting, "annuller/"), follow=True))
    waiting.refresh_from_db()
    assert waiting.state == State.CANCELLED
    assert f'action="{address(waiting, "igen/")}"' in html


def test_what_is_finished_cannot_be_cancelled(finished, secretariat, sign_in):
    html = content(sign_in(secretariat).post(address(finished, "annuller/"), follow=True))
    assert 'class="alert alert-info"' in html
    finished.refresh_from_db()
    assert finished.state == State.FINISHED


@pytest.mark.parametrize(
    ("who", "status"), [("politician", 403), ("coordinator", 403), ("administrator", 403), ("stranger", 404)]
)
def test_only_the_secretariat_cancels_an_evaluation(waiting, who, status, request, sign_in):
    client = sign_in(request.getfixturevalue(who))
    assert client.post(address(waiting, "annuller/")).status_code == status
    waiting.refresh_from_db()
    assert waiting.state == State.WAITING


# Parts on their own.
@pytest.mark.parametrize(
    ("path", "kind"), [("statusoversigt", "overview"), ("oekonomioversigt", "economy"), ("indsats", "initiative")]
)
@pytest.mark.parametrize("who", ["politician", "coordinator", "secretariat", "administrator"])
def test_every_member_may_make_a_part(plan, who, path, kind, request, sign_in):
    client = sign_in(request.getfixturevalue(who))
    five = Initiative.objects.get(cluster=plan.cluster, number="5")
    typed = {"plan": plan.pk, "initiative": five.pk, "as_of": "2024-12-31"}
    html = content(client.post(f"/rapporter/{path}/", typed, follow=True))
    made = Report.objects.get()
    assert (made.kind, made.as_of, made.initiative) == (
        kind,
        date(2024, 12, 31),
        five if kind == "initiative" else None,
    )
    assert f'action="{address(made, "annuller/")}"' in html


@pytest.mark.parametrize(
    "page", ["/indsatser/?pr=2024-12-31", "/oekonomi/?pr=2024-12-31", "/indsatser/midt/5/?pr=2024-12-31"]
)
def test_a_page_is_made_as_a_pdf_by_one_click(plan, politician, sign_in, page):
    client = sign_in(politician)
    html = content(client.get(page))
    form = re.search(r'<form class="d-print-none" method="post" action="(/rapporter/\w+/)">(.*?)</form>', html, re.S)
    typed = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[2]))
    client.post(form[1], typed)
    made = Report.objects.get()
    assert (made.plan, made.as_of) == (plan, date(2024, 12, 31))


@pytest.mark.parametrize("path", ["evaluering", "statusoversigt", "oekonomioversigt", "indsats"])
def test_the_form_costs_the_same_for_any_number_of_initiatives(plan, secretariat, sign_in, queries, path):
    client = sign_in(secretariat)
    few = queries(lambda: client.get(f"/rapporter/{path}/"))
    for number in range(100, 120):
        build.initiative(str(number), plan.themes.first())
    assert queries(lambda: client.get(f"/rapporter/{path}/")) == few


def test_an_initiative_of_another_cluster_cannot_be_printed(politician, sign_in):
    other = build.initiative("5")
    response = sign_in(politician).post("/rapporter/indsats/", {"initiative": other.pk, "as_of": "31.12.2024"})
    assert "Vælg en indsats." in content(response)
    assert Report.objects.count() == 0


@pytest.mark.parametrize("slug", ["proeve", "findes-ikke", "a\0b"])
def test_a_cluster_that_one_does_not_see_has_no_plan_to_print(politician, sign_in, slug):
    build.plan()
    response = sign_in(politician).post("/rapporter/oekonomioversigt/", {"klynge": slug, "as_of": "31.12.2024"})
    assert "Vælg en handleplan." in content(response)
    assert Report.objects.count() == 0


def test_asking_again_for_the_same_says_so(plan, secretariat, politician, sign_in):
    typed = {"plan": plan.pk, "as_of": "31.12.2024"}
    sign_in(secretariat).post("/rapporter/statusoversigt/", typed)
    html = content(sign_in(politician).post("/rapporter/statusoversigt/", typed, follow=True))
    assert Report.objects.count() == 1
    assert "allerede undervejs" in html


# Trying again.
def test_trying_again_puts_the_report_back_in_the_queue(waiting, secretariat, sign_in):
    put(waiting, state=State.FAILED, failure="Det tog for lang tid.")
    response = sign_in(secretariat).post(address(waiting, "igen/"))
    waiting.refresh_from_db()
    assert (response.status_code, response.url) == (302, address(waiting))
    assert (waiting.state, waiting.attempt) == (State.WAITING, 2)


def test_trying_again_what_has_not_failed_says_so(finished, secretariat, sign_in):
    response = sign_in(secretariat).post(address(finished, "igen/"), follow=True)
    assert 'class="alert alert-info"' in content(response)
    finished.refresh_from_db()
    assert finished.state == State.FINISHED


@pytest.mark.parametrize(
    ("who", "status"), [("politician", 403), ("coordinator", 403), ("administrator", 403), ("stranger", 404)]
)
def test_only_the_secretariat_tries_again(waiting, who, status, request, sign_in):
    put(waiting, state=State.FAILED, failure="Det tog for lang tid.")
    assert sign_in(request.getfixturevalue(who)).post(address(waiting, "igen/")).status_code == status
    waiting.refresh_from_db()
    assert waiting.state == State.FAILED


def test_trying_again_is_not_a_link(waiting, secretariat, sign_in):
    assert sign_in(secretariat).get(address(waiting, "igen/")).status_code == 405


# Download.
@pytest.mark.parametrize("who", ["politician", "coordinator", "secretariat", "administrator"])
def test_every_member_can_download(finished, who, request, sign_in):
    response = sign_in(request.getfixturevalue(who)).get(address(finished, "hent/"))
    assert b"".join(response.streaming_content) == build.PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="evaluering.pdf"'


def test_danish_letters_survive_in_the_file_name(finished, politician, sign_in):
    finished.result.name = "evaluering-sundhedsklynge-østfyn-2024-12-31.pdf"
    finished.result.save()
    response = sign_in(politician).get(address(finished, "hent/"))
    assert "filename*=utf-8''evaluering-sundhedsklynge-%C3%B8stfyn-2024-12-31.pdf" in response["Content-Disposition"]


def test_the_file_is_not_kept_by_the_browser(finished, politician, sign_in):
    assert "no-store" in sign_in(politician).get(address(finished, "hent/"))["Cache-Control"]


@pytest.mark.parametrize("page", ["", "hent/", "igen/"])
def test_a_stranger_finds_nothing(finished, stranger, sign_in, page):
    assert sign_in(stranger).get(address(finished, page)).status_code == 404


def test_what_is_not_finished_cannot_be_downloaded(waiting, secretariat, sign_in):
    assert sign_in(secretariat).get(address(waiting, "hent/")).status_code == 404
