"""The pages of action plans: what they show, what they refuse and keep, and the way from an empty cluster."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client

from initiatives import tracing
from initiatives.access import Role
from initiatives.models import ActionPlan, Cluster, Theme, User

from .. import build

NEW = {"title": "Handleplan 2026–2029", "starts": "01.01.2026", "ends": "31.12.2029"}
# What people paste, by mistake or not; none of it may be saved, lost or answered by a fault.
UNSEEN = ["Handle\x00plan", "Handle\u202eplan", "Handle\x07plan"]


@pytest.fixture
def own(db) -> Cluster:
    """A cluster without anything."""
    return build.cluster()


@pytest.fixture
def client(own: Cluster, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(build.user("karen", Role.COORDINATOR, own))


@pytest.fixture
def plan(own: Cluster) -> ActionPlan:
    return build.plan()


def text(answer: Any) -> str:
    return answer.content.decode()


def form_of(plan: ActionPlan, **typed: str) -> dict[str, str]:
    return {**NEW, "as_loaded": tracing.version_of(plan), "reason": "", **typed}


def test_the_list_tells_period_state_themes_and_number_of_initiatives(client, plan):
    build.initiative("1", build.theme(plan, "Lighed", 3))
    shown = text(client.get("/handleplaner/"))
    for words in ("01.01.2022 – 31.12.2025", "Afsluttet", "theme-3", "Lighed"):
        assert words in shown
    assert '<td role="cell" class="num" data-title="Indsatser">1</td>' in shown


def test_a_plan_shows_its_themes_in_order_empty_ones_too(client, plan):
    build.initiative("2", build.theme(plan, "Sidste", 2))
    build.theme(plan, "Første", 1)
    shown = text(client.get(f"/handleplaner/{plan.pk}/"))
    assert shown.index("Første") < shown.index("Ingen indsatser endnu") < shown.index("Sidste")
    assert "Prøveindsats 2" in shown


@pytest.mark.parametrize(("day", "state"), [("2022-01-01", "Gældende"), ("2021-12-31", "Kommende")])
def test_the_state_is_that_of_the_day_in_the_address(client, plan, day, state):
    assert f"{state}: 1. januar 2022 til 31. december 2025." in text(client.get(f"/handleplaner/{plan.pk}/?pr={day}"))


def test_the_cost_of_list_and_plan_does_not_grow(client, plan, queries):
    build.initiative("1", build.theme(plan, "Et"))
    pages = ["/handleplaner/", f"/handleplaner/{plan.pk}/", f"/handleplaner/{plan.pk}/ny/"]
    few = [queries(partial(client.get, address)) for address in pages]
    for place in range(2, 12):
        build.initiative(str(place), build.theme(plan, f"Tema {place}", place % 4 + 1))
        build.plan(title=f"Plan {place}")
    assert [queries(partial(client.get, address)) for address in pages] == few


def test_a_plan_is_created_and_leads_to_its_themes(client, own):
    answer = client.post("/handleplaner/ny/", NEW, follow=True)
    assert own.plans.get().title == NEW["title"]
    assert "Opret det første tema" in text(answer)


def test_pressing_twice_creates_one_plan(client, own):
    for _press in range(2):
        assert client.post("/handleplaner/ny/", NEW).status_code == 302
    assert own.plans.count() == 1


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"title": ""}, "Skriv titlen."),
        ({"title": "x" * 10_000}, "Skriv højst 160 tegn. Der er 10000 nu."),
        ({"starts": "30.02.2026"}, "februar 2026 har 28 dage"),
        ({"starts": "1.2.3"}, "Skriv datoen som dag.måned.år"),
        ({"starts": ""}, "Skriv en dato"),
        ({"ends": "31.12.2025"}, "Handleplanen slutter, før den begynder"),
        ({"ends": "31.12.9999"}, "Skriv et år, der ikke er senere end 2100."),
        ({"starts": "01.01.0001"}, "Skriv et år mellem 2000 og 2100."),
        *(({"title": title}, "") for title in UNSEEN),
    ],
)
def test_bad_input_is_explained_and_kept(client, own, typed, complaint):
    answer = client.post("/handleplaner/ny/", {**NEW, **typed})
    assert answer.status_code == 200
    assert complaint in text(answer)
    assert answer.context["form"].errors.keys() == typed.keys()
    kept = {**NEW, **typed}
    assert {name: answer.context["form"][name].value() for name in NEW} == kept
    assert not own.plans.exists()


@pytest.mark.parametrize("title", ["Plan 🎉 2026", "خطة العمل", "<b>Plan</b>", "Linje\r\nto"])
def test_unusual_titles_are_saved_and_shown_as_text(client, own, title):
    shown = text(client.post("/handleplaner/ny/", {**NEW, "title": title}, follow=True))
    assert own.plans.get().title == title.replace("\r\n", " ")
    assert "<b>Plan" not in shown


def test_a_title_that_another_took_is_refused_beside_the_field(client, plan):
    answer = client.post("/handleplaner/ny/", {**NEW, "title": plan.title.upper()})
    assert "Klyngen har allerede en handleplan med den titel" in text(answer)


def test_an_overlap_is_told_and_allowed(client, plan):
    answer = client.post("/handleplaner/ny/", {**NEW, "starts": "01.07.2025"}, follow=True)
    assert "Perioden overlapper Handleplan 2022–2025" in text(answer)


def test_a_change_is_saved_with_its_reason_and_shown(client, plan):
    answer = client.post(f"/handleplaner/{plan.pk}/ret/", form_of(plan, reason="Forlænget i marts"), follow=True)
    assert "af Karen: Forlænget i marts" in text(answer)
    assert ActionPlan.objects.get(pk=plan.pk).title == NEW["title"]


def test_whoever_saves_second_sees_both_and_can_go_on(client, plan, own):
    typed = form_of(plan, title="Min titel")
    other = build.user("karl", Role.COORDINATOR, own)
    plan.title, plan._history_user = "Karls titel", other
    plan.save()
    answer = client.post(f"/handleplaner/{plan.pk}/ret/", typed)
    assert answer.status_code == 409
    shown = text(answer)
    assert "Karl har rettet her, mens du skrev" in shown
    assert 'value="Min titel"' in shown
    assert "<p>Karls titel</p>" in shown
    typed["as_loaded"] = answer.context["answer"].form["as_loaded"].value()
    client.post(f"/handleplaner/{plan.pk}/ret/", typed)
    assert ActionPlan.objects.get(pk=plan.pk).title == "Min titel"


@pytest.mark.parametrize("version", ["", "x", "9" * 30, "\x00"])
def test_a_false_version_is_a_conflict_and_no_fault(client, plan, version):
    assert client.post(f"/handleplaner/{plan.pk}/ret/", form_of(plan, as_loaded=version)).status_code in {200, 409}
    assert ActionPlan.objects.get(pk=plan.pk).title == plan.title


def test_themes_are_created_one_after_the_other(client, plan):
    typed = {"name": "Lighed i sundhed", "short_name": "Lighed", "description": "", "colour": "3"}
    answer = client.post(f"/handleplaner/{plan.pk}/temaer/nyt/", {**typed, "another": ""})
    assert answer.url == f"/handleplaner/{plan.pk}/temaer/nyt/"
    # The next one is offered a colour that is free.
    assert client.get(answer.url).context["form"]["colour"].value() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"short_name": "x" * 41}, "short_name"),
        ({"colour": "5"}, "colour"),
        ({"colour": ""}, "colour"),
        ({"description": "x" * 10_000}, "description"),
        ({"description": "a\x00b"}, "description"),
        ({"name": "lighed I SUNDHED"}, "name"),
    ],
)
def test_a_theme_that_breaks_a_rule_is_explained_and_kept(client, plan, typed, field):
    build.theme(plan, "Lighed i sundhed")
    whole = {"name": "Nyt", "short_name": "Nyt", "description": "", "colour": "1", **typed}
    answer = client.post(f"/handleplaner/{plan.pk}/temaer/nyt/", whole)
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"][field].value() == whole[field]


def test_a_theme_is_moved_and_removed(client, plan):
    first, second = build.theme(plan, "Et", 1), build.theme(plan, "To", 2)
    client.post(f"/handleplaner/{plan.pk}/temaer/{second.pk}/flyt/", {"up": ""})
    assert [theme.name for theme in plan.themes.all()] == ["To", "Et"]
    client.post(f"/handleplaner/{plan.pk}/temaer/{first.pk}/fjern/")
    assert [theme.name for theme in plan.themes.all()] == ["To"]


def test_a_theme_with_initiatives_stays(client, plan):
    theme = build.theme(plan)
    build.initiative(of=theme)
    answer = client.post(f"/handleplaner/{plan.pk}/temaer/{theme.pk}/fjern/", follow=True)
    assert "Temaet har indsatser og kan ikke fjernes" in text(answer)
    assert Theme.objects.filter(pk=theme.pk).exists()


def test_a_theme_that_was_removed_while_one_wrote_is_not_found(client, plan):
    theme = build.theme(plan)
    Theme.objects.filter(pk=theme.pk).delete()
    assert client.post(f"/handleplaner/{plan.pk}/temaer/{theme.pk}/", {"name": "x"}).status_code == 404


def test_a_theme_is_not_reached_through_another_plan(client, plan):
    other = build.theme(build.plan(title="Anden plan"))
    assert client.get(f"/handleplaner/{plan.pk}/temaer/{other.pk}/").status_code == 404


def test_the_new_plan_is_proposed_and_made(client, plan):
    theme = build.theme(plan)
    for number, phase in (("1", "running"), ("2", "closed")):
        build.status(build.initiative(number, theme), phase=phase)
    address = f"/handleplaner/{plan.pk}/ny/"
    form = client.get(address).context["form"]
    typed = {field.html_name: field.value() for field in form}
    assert typed["title"] == "Handleplan 2026–2029"
    sent = {name: value for name, value in typed.items() if value not in {None, False}}
    answer = client.post(address, {**sent, "starts": "01.01.2026", "ends": "31.12.2029"}, follow=True)
    assert "Handleplan 2026–2029 er oprettet" in text(answer)
    assert [each.address for each in ActionPlan.objects.get(title=NEW["title"]).initiatives.all()] == ["1-2026"]


def test_a_number_that_clashes_is_told_at_its_initiative_with_everything_kept(client, plan):
    theme = build.theme(plan)
    keys = [build.initiative(number, theme).pk for number in "12"]
    chosen = {f"initiative-{key}": "on" for key in keys} | {f"number-{key}": "7" for key in keys}
    answer = client.post(f"/handleplaner/{plan.pk}/ny/", {**NEW, f"theme-{theme.pk}": "on", **chosen})
    shown = text(answer)
    assert shown.count("To indsatser kan ikke begge have nummer 7.") == 4  # in the summary and beside the fields
    assert shown.count('value="7"') == 2
    assert not ActionPlan.objects.filter(title=NEW["title"]).exists()


@pytest.mark.parametrize("address", ["/", "/indsatser/", "/handleplaner/"])
def test_an_empty_cluster_leads_its_coordinator_to_the_first_plan(client, own, address):
    assert 'href="/handleplaner/ny/?klynge=proeve"' in text(client.get(address))


@pytest.mark.parametrize("address", ["/", "/indsatser/", "/handleplaner/"])
@pytest.mark.parametrize("role", [Role.POLITICIAN, Role.SECRETARIAT, Role.ADMINISTRATOR])
def test_an_empty_cluster_tells_the_others_whom_to_ask(own, sign_in, role, address):
    reader = sign_in(build.user("læser", role, own))
    assert "Klyngen har ingen koordinator endnu" in text(reader.get(address))
    for name in ("karen", "bent"):
        build.user(name, Role.COORDINATOR, own)
    shown = text(reader.get(address))
    assert "Spørg Bent eller Karen." in shown
    assert "/handleplaner/ny/" not in shown


def test_the_steps_that_are_done_are_marked(client, own):
    assert text(client.get("/")).count("Gjort") == 0
    plan = build.plan()
    assert text(client.get("/")).count("Gjort") == 1
    build.theme(plan)
    shown = text(client.get("/"))
    assert shown.count("Gjort") == 2
    assert 'href="/indsatser/proeve/ny/">Opret den første indsats</a>' in shown


def test_somebody_without_a_cluster_is_told_whom_to_ask(db, sign_in):
    nobody = sign_in(User.objects.create_user("ny", "ny@eksempel.dk", build.PASSWORD))
    assert "Du er ikke tilknyttet en klynge endnu" in text(nobody.get("/handleplaner/"))
    assert nobody.get("/handleplaner/ny/").status_code == 403
