"""The page where the secretariat writes the foreword, introduction and governance of a plan's evaluation."""

from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from clusterportal.reports.printable import LONGEST
from clusterportal.reports.texts import Texts, TextsConflict, differences, save_texts
from initiatives.access import Role
from initiatives.models import ActionPlan
from tests import build

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
NEW = Texts("Nyt forord.", "Ny introduktion.", "Ny styringsmodel.")


@pytest.fixture
def plan(midt) -> ActionPlan:
    return midt.plans.get()


def address(of: ActionPlan) -> str:
    return f"/rapporter/tekster/{of.pk}/"


def typed(texts: Texts, based_on: str) -> dict[str, str]:
    return {**vars(texts), "based_on": based_on}


def saved(of: ActionPlan) -> Texts:
    return Texts.of(ActionPlan.objects.get(pk=of.pk))


# The act.
def test_saving_keeps_every_text(plan, secretariat):
    save_texts(plan, secretariat, saved(plan).version, NEW)
    assert saved(plan) == NEW


def test_texts_saved_in_between_are_not_overwritten(plan, secretariat):
    began_with = saved(plan).version
    save_texts(plan, secretariat, began_with, NEW)
    with pytest.raises(TextsConflict) as conflict:
        save_texts(plan, secretariat, began_with, replace(NEW, foreword="Et andet forord."))
    assert conflict.value.saved == NEW
    assert saved(plan) == NEW


def test_two_who_save_exactly_the_same_have_no_conflict(plan, secretariat):
    began_with = saved(plan).version
    save_texts(plan, secretariat, began_with, NEW)
    save_texts(plan, secretariat, began_with, NEW)
    assert saved(plan) == NEW


def test_only_the_secretariat_saves(plan, politician):
    with pytest.raises(PermissionDenied):
        save_texts(plan, politician, saved(plan).version, NEW)
    assert saved(plan) != NEW


def test_the_version_tells_where_one_text_ends():
    assert Texts("a", "b", "").version != Texts("ab", "", "").version


def test_only_texts_that_differ_are_compared():
    [found] = differences(NEW, replace(NEW, introduction="Ny og bedre introduktion."))
    assert found.label == "Introduktion"
    assert [piece.text for piece in found.mine_pieces if piece.changed] == ["og bedre"]


# The page.
def test_the_page_shows_the_texts_and_how_they_are_printed(plan, secretariat, sign_in):
    save_texts(plan, secretariat, saved(plan).version, replace(NEW, foreword="Et **vigtigt** forord.", governance=""))
    html = sign_in(secretariat).get(address(plan)).content.decode()
    assert "Et **vigtigt** forord.</textarea>" in html
    assert "<strong>vigtigt</strong>" in html
    assert "(udelades)" in html


def test_saving_goes_to_the_reports(plan, secretariat, sign_in):
    response = sign_in(secretariat).post(address(plan), typed(NEW, saved(plan).version))
    assert (response.status_code, response.url) == (302, "/rapporter/")
    assert saved(plan) == NEW
    assert plan.history.latest().history_user == secretariat


def test_the_preview_saves_nothing(plan, secretariat, sign_in):
    before = saved(plan)
    data = {**typed(NEW, before.version), "preview": "1"}
    html = sign_in(secretariat).post(address(plan), data).content.decode()
    assert "<p>Nyt forord.</p>" in html
    assert "Nyt forord.</textarea>" in html
    assert saved(plan) == before


def test_with_htmx_each_preview_is_exchanged_alone(plan, secretariat, sign_in):
    data = {**typed(NEW, saved(plan).version), "preview": "1"}
    html = sign_in(secretariat).post(address(plan), data, headers=HTMX).content.decode()
    assert html.count('hx-swap-oob="innerHTML"') == 3
    assert "<textarea" not in html


def test_html_in_a_text_is_told_of_and_not_obeyed(plan, secretariat, sign_in):
    data = {**typed(replace(NEW, foreword="<script>alert(1)</script>"), saved(plan).version), "preview": "1"}
    html = sign_in(secretariat).post(address(plan), data, headers=HTMX).content.decode()
    assert "<script" not in html
    assert "Her mangler teksten." in html


def test_a_text_that_cannot_be_printed_is_saved_with_a_warning(plan, secretariat, sign_in):
    texts = replace(NEW, foreword="![kort](kort.png)")
    html = sign_in(secretariat).post(address(plan), typed(texts, saved(plan).version), follow=True).content.decode()
    assert saved(plan) == texts
    assert "ikke alle kan trykkes" in html


@pytest.mark.parametrize("text", ["x" * (LONGEST + 1), "nul\0tegn"])
def test_a_text_that_will_not_do_is_kept_and_explained(plan, secretariat, sign_in, text):
    before = saved(plan)
    response = sign_in(secretariat).post(address(plan), typed(replace(NEW, foreword=text), before.version))
    html = response.content.decode()
    assert response.status_code == 200
    assert 'class="alert alert-error"' in html
    assert "Ny introduktion.</textarea>" in html
    assert saved(plan) == before


def test_a_pasted_picture_is_refused_as_a_picture_and_not_as_a_long_text(plan, secretariat, sign_in):
    text = f"![kort](data:image/png;base64,{'A' * LONGEST})"
    response = sign_in(secretariat).post(address(plan), typed(replace(NEW, foreword=text), saved(plan).version))
    assert response.content.decode().count("Slet billedet i teksten") >= 2


@pytest.mark.parametrize("text", ["Æ\r\n\r\nØ", "سلام", "👩‍⚕️" * 50, "   "])
def test_any_other_text_is_saved(plan, secretariat, sign_in, text):
    response = sign_in(secretariat).post(address(plan), typed(replace(NEW, foreword=text), saved(plan).version))
    assert response.status_code == 302
    assert saved(plan).foreword == text.replace("\r\n", "\n").strip()


def test_a_conflict_shows_both_and_the_next_save_is_mine(plan, secretariat, sign_in):
    client, began_with = sign_in(secretariat), saved(plan).version
    save_texts(plan, secretariat, began_with, NEW)
    mine = replace(NEW, foreword="Mit forord.")
    response = client.post(address(plan), typed(mine, began_with))
    html = response.content.decode()
    assert response.status_code == 409
    assert "<del>Nyt</del>" in html
    assert "<ins>Mit</ins>" in html
    assert "Mit forord.</textarea>" in html
    assert saved(plan) == NEW
    client.post(address(plan), typed(mine, NEW.version))
    assert saved(plan) == mine


@pytest.mark.parametrize(
    ("who", "status"), [("politician", 403), ("coordinator", 403), ("administrator", 403), ("stranger", 404)]
)
def test_others_are_refused(plan, who, status, request, sign_in):
    client, before = sign_in(request.getfixturevalue(who)), saved(plan)
    assert client.post(address(plan), typed(NEW, before.version)).status_code == status
    assert saved(plan) == before


# The way there.
def test_with_several_plans_one_is_chosen(plan, secretariat, sign_in):
    later = build.plan(plan.cluster, "Handleplan 2026–2029")
    html = sign_in(secretariat).get("/rapporter/tekster/").content.decode()
    assert f'href="{address(plan)}"' in html
    assert f'href="{address(later)}"' in html


def test_without_a_plan_the_page_says_so(sign_in):
    lonely = build.user("lone", Role.SECRETARIAT, build.cluster("tom", "Sundhedsklynge Tom"))
    assert "Der er ingen handleplan" in sign_in(lonely).get("/rapporter/tekster/").content.decode()


@pytest.mark.parametrize(("who", "may"), [("secretariat", True), ("politician", False)])
def test_who_may_write_the_texts_has_the_way_to_them(who, may, request, sign_in):
    html = sign_in(request.getfixturevalue(who)).get("/rapporter/").content.decode()
    assert ('href="/rapporter/tekster/"' in html) == may
