"""Saved views: what is kept, who may open and change them, and the one that the overview opens with."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from clusterportal.portfolio.models import DefaultView, SavedView, Sharing
from clusterportal.portfolio.saving import ViewValues, save_view
from initiatives.access import Role
from initiatives.models import Cluster, Membership, User
from tests import build
from tests.clusterportal.build_overview import URL, VIEWS, initiative, told
from tests.clusterportal.build_overview import cluster as made


@pytest.fixture
def cluster(db: None) -> Cluster:
    return made()


@pytest.fixture
def kirsten(cluster: Cluster) -> User:
    return build.user("kirsten", Role.COORDINATOR, cluster)


@pytest.fixture
def client(kirsten: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(kirsten)


@pytest.fixture
def poul(cluster: Cluster) -> User:
    return build.user("poul", Role.POLITICIAN, cluster)


def saved(owner: User, name: str = "Røde", shared_with: str = "", **query: list[str]) -> SavedView:
    of = Cluster.objects.get(slug="proeve")
    kept = query or {"farve": ["red"]}
    return SavedView.objects.create(owner=owner, cluster=of, name=name, shared_with=shared_with, query=kept)


def save(client: Client, query: str, **fields: str) -> Any:
    return client.post(VIEWS, {"name": "Røde", "shared_with": "", "query": query, **fields})


def shown(response: Any) -> list[str]:
    return [row.initiative.number for row in response.context["selection"].shown.rows]


# What is kept.
def test_saving_leads_to_the_view(client):
    view_address = save(client, "farve=red&sort=-midler&kolonne=ejer&kolonne=midler")["Location"]
    view = SavedView.objects.get()
    assert view_address == f"/indsatser/?visning={view.pk}"
    assert view.query == {"farve": ["red"], "sort": ["-midler"], "kolonne": ["ejer", "midler"]}
    answer = client.get(view_address)
    assert (shown(answer), answer.context["selection"].order) == (["5"], "-midler")


def test_only_what_means_something_is_kept(client):
    save(client, "farve=red&fase=xyz&kolonne=zzz&sort=pk&ukendt=1&pr=2024-01-01&page=7&q=%00&eksport=csv")
    assert SavedView.objects.get().query == {"farve": ["red"]}


def test_a_theme_is_kept_with_its_plan(client):
    five = initiative("5")
    save(client, f"tema={five.theme_id}")
    assert SavedView.objects.get().query == {"tema": [str(five.theme_id)], "plan": [str(five.plan_id)]}


@pytest.mark.parametrize("query", ["", "farve=" + "x" * 10_000, "%00=%00", "&&&==", "tema=1' OR 1=1"])
def test_a_query_of_nonsense_keeps_nothing(client, query):
    assert save(client, query).status_code == 302
    assert SavedView.objects.get().query == {}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Skriv, hvad visningen skal hedde"),
        ("   ", "Skriv, hvad visningen skal hedde"),
        ("x" * 61, "højst have 60 tegn"),
        ("x" * 10_000, "højst have 60 tegn"),
        ("a\x00b", "Null"),
    ],
)
def test_a_name_that_cannot_be_is_told_and_what_was_chosen_is_kept(client, name, words):
    answer = save(client, "farve=red", name=name)
    assert answer.status_code == 200
    assert words in told(answer)
    assert 'name="query" value="farve=red"' in told(answer)
    assert not SavedView.objects.exists()


def test_a_sharing_that_does_not_exist_is_told(client):
    assert "Vælg en fra listen" in told(save(client, "", shared_with="alle i verden"))


@pytest.mark.parametrize("name", ["Røde 😀", "<script>alert(1)</script>", "مرحبا", "=1+1"])
def test_any_other_name_is_kept_and_shown_as_text(client, name):
    assert save(client, "farve=red", name=name).status_code == 302
    assert SavedView.objects.get().name == name
    assert "<script>alert" not in told(client.get(VIEWS))


def test_sent_twice_it_is_saved_once(client):
    first, second = save(client, "farve=red"), save(client, "farve=red")
    assert first["Location"] == second["Location"]
    assert SavedView.objects.count() == 1


def test_another_view_of_the_name_is_not_overwritten_unasked(client):
    save(client, "farve=red")
    answer = save(client, "farve=green")
    assert "Du har allerede en visning med det navn" in told(answer)
    assert SavedView.objects.get().query == {"farve": ["red"]}


def test_it_is_replaced_when_asked(client):
    save(client, "farve=red")
    save(client, "farve=green", replace="on", shared_with="cluster")
    view = SavedView.objects.get()
    assert (view.query, view.shared_with) == ({"farve": ["green"]}, "cluster")


def test_two_users_may_use_the_same_name(client, poul, sign_in):
    save(client, "farve=red")
    save(sign_in(poul), "farve=green")
    assert SavedView.objects.count() == 2


def test_a_cluster_without_a_plan_has_nothing_to_save(cluster, sign_in):
    bare = build.user("bo", Role.COORDINATOR, build.cluster("bar", "Sundhedsklynge Bar"))
    assert save(sign_in(bare), "farve=red").status_code == 404


# Opening one.
def test_the_page_names_the_view_and_the_way_out(client, kirsten):
    view = saved(kirsten)
    text = told(client.get(view_url(view)))
    assert "<strong>Viser »Røde«.</strong>" in text
    assert '<a class="d-print-none" href="?visning=alle">Vis alle indsatser</a>' in text


def view_url(view: SavedView, more: str = "") -> str:
    return f"{URL}?visning={view.pk}{more}"


def test_what_the_address_says_goes_before(client, kirsten):
    view = saved(kirsten, farve=["red"], sort=["titel"])
    answer = client.get(view_url(view, "&sort=-titel"))
    assert (shown(answer), answer.context["selection"].order) == (["5"], "-titel")
    assert "»Røde« med ændringer" in told(answer)


def test_it_is_shown_as_of_any_day(client, kirsten):
    assert shown(client.get(view_url(saved(kirsten), "&pr=2024-12-31"))) == []


def test_its_file_holds_what_it_shows(client, kirsten):
    view = saved(kirsten, farve=["red"], kolonne=["ejer"])
    lines = client.get(view_url(view, "&eksport=csv")).content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[0] for line in lines] == ["Nr.", "5"]


def test_what_is_gone_is_told_and_the_rest_applies(client, kirsten):
    view = saved(kirsten, tema=["999999"], kolonne=["ejer", "gone"], sort=["gone"], farve=["red"])
    answer = client.get(view_url(view))
    assert shown(answer) == ["5"]
    for words in ("»999999« kan ikke vælges i »Tema«", "hedder »gone«", "sorteres efter »gone«"):
        assert words in told(answer)


def test_the_filter_form_says_everything_itself(client, kirsten):
    view = saved(kirsten, farve=["red"])
    form = told(client.get(view_url(view))).split('id="filters"')[1].split("</form>")[0]
    assert 'value="red" selected' in form
    assert 'name="visning"' not in form


# Whose they are.
@pytest.mark.parametrize(
    ("shared_with", "role", "seen"),
    [
        ("", Role.COORDINATOR, False),
        ("coordinator", Role.COORDINATOR, True),
        ("politician", Role.COORDINATOR, False),
        ("politician", Role.POLITICIAN, True),
        ("secretariat", Role.ADMINISTRATOR, False),
        ("cluster", Role.ADMINISTRATOR, True),
    ],
)
def test_a_view_is_opened_by_those_it_is_shared_with(kirsten, cluster, sign_in, shared_with, role, seen):
    view = saved(kirsten, shared_with=shared_with)
    other = sign_in(build.user("olga", role, cluster))
    assert other.get(view_url(view)).status_code == (200 if seen else 404)
    assert ("Røde" in told(other.get(URL))) is seen
    assert ("Røde" in told(other.get(VIEWS))) is seen


def test_a_role_in_another_cluster_opens_nothing(kirsten, sign_in):
    elsewhere = build.user("olga", Role.POLITICIAN, build.cluster("anden", "Sundhedsklynge Anden"))
    for shared_with in ("politician", "cluster"):
        view = saved(kirsten, name=shared_with, shared_with=shared_with)
        assert sign_in(elsewhere).get(view_url(view)).status_code == 404


def test_who_has_left_the_cluster_has_lost_the_own_views_there(kirsten, client):
    view = saved(kirsten, shared_with="cluster")
    kirsten.memberships.all().delete()
    assert client.get(view_url(view)).status_code == 404
    assert client.post(f"{VIEWS}{view.pk}/slet/").status_code == 404


@pytest.mark.parametrize("asked", ["999999", "abc", "-1", "9" * 5000, "1' OR 1=1", "1,2"])
def test_a_view_that_is_not_there_is_not_found(client, asked):
    assert client.get(f"{URL}?visning={asked}").status_code == 404


def test_a_view_opens_its_own_cluster_for_who_has_several(kirsten, cluster, sign_in, midt):
    Membership.objects.create(user=kirsten, cluster=midt, role=Role.COORDINATOR)
    User.objects.filter(pk=kirsten.pk).update(home_cluster=midt)
    assert shown(sign_in(kirsten).get(view_url(saved(kirsten)))) == ["5"]


# Changing.
def test_the_owner_renames_and_shares(client, kirsten):
    view = saved(kirsten)
    client.post(f"{VIEWS}{view.pk}/", {"name": "De røde", "shared_with": "cluster"})
    view.refresh_from_db()
    assert (view.name, view.shared_with, view.query) == ("De røde", "cluster", {"farve": ["red"]})


def test_renaming_to_a_name_that_is_taken_is_told_and_keeps_what_was_typed(client, kirsten):
    view = saved(kirsten)
    saved(kirsten, name="Grønne")
    answer = client.post(f"{VIEWS}{view.pk}/", {"name": "Grønne", "shared_with": "cluster"})
    assert "Du har en anden visning med det navn" in told(answer)
    assert 'value="Grønne"' in told(answer)
    assert SavedView.objects.get(pk=view.pk).name == "Røde"


@pytest.mark.parametrize(("method", "address"), [("get", ""), ("post", ""), ("post", "slet/")])
def test_readers_may_not_change_it(client, poul, method, address):
    view = saved(poul, shared_with="cluster")
    assert getattr(client, method)(f"{VIEWS}{view.pk}/{address}", {"name": "Min nu"}).status_code == 403
    assert SavedView.objects.get().name == "Røde"


@pytest.mark.parametrize("address", ["999999/", f"{'9' * 30}/", "999999/slet/", "999999/standard/"])
def test_what_is_not_there_cannot_be_changed(client, address):
    assert client.post(f"{VIEWS}{address}", {"name": "x", "on": "1"}).status_code == 404


def test_the_owner_deletes_it(client, kirsten):
    view = saved(kirsten)
    assert client.post(f"{VIEWS}{view.pk}/slet/")["Location"] == VIEWS
    assert not SavedView.objects.exists()
    assert client.post(f"{VIEWS}{view.pk}/slet/").status_code == 404


# The default.
def test_without_a_query_the_overview_opens_with_the_default(client, kirsten):
    view = saved(kirsten)
    client.post(f"{VIEWS}{view.pk}/standard/", {"on": "1"})
    assert client.get(URL)["Location"] == view_url(view)
    assert client.get(f"{URL}?pr=2025-04-10")["Location"] == view_url(view, "&pr=2025-04-10")
    assert "Viser din standardvisning »Røde«." in told(client.get(URL, follow=True))


def test_everything_is_one_click_away_and_stays(client, kirsten):
    DefaultView.objects.create(user=kirsten, view=saved(kirsten))
    answer = client.get(f"{URL}?visning=alle")
    assert shown(answer) == ["5", "6", "7"]
    selection = client.get(f"{URL}?visning=alle&farve=red").context["selection"]
    assert selection.reset == "?visning=alle"
    assert ("visning", "alle") in selection.kept


def test_another_query_is_obeyed(client, kirsten):
    DefaultView.objects.create(user=kirsten, view=saved(kirsten))
    assert shown(client.get(f"{URL}?q=bare&fase=uden")) == []
    assert shown(client.get(f"{URL}?fase=uden")) == ["6", "7"]


def test_there_is_one_default_and_it_can_be_dropped(client, kirsten):
    first, second = saved(kirsten), saved(kirsten, name="Grønne")
    for view in (first, second):
        client.post(f"{VIEWS}{view.pk}/standard/", {"on": "1"})
    assert DefaultView.objects.get(user=kirsten).view == second
    client.post(f"{VIEWS}{first.pk}/standard/", {"on": "0"})
    assert DefaultView.objects.exists()
    client.post(f"{VIEWS}{second.pk}/standard/", {"on": "0"})
    assert client.get(URL).status_code == 200


def test_somebody_elses_shared_view_may_be_the_default_until_it_is_taken_back(client, kirsten, poul):
    view = saved(poul, shared_with="cluster")
    client.post(f"{VIEWS}{view.pk}/standard/", {"on": "1"})
    assert client.get(URL).status_code == 302
    SavedView.objects.update(shared_with="")
    assert shown(client.get(URL)) == ["5", "6", "7"]
    SavedView.objects.all().delete()
    assert client.get(URL).status_code == 200


def test_a_private_view_cannot_be_made_somebody_elses_default(client, poul):
    assert client.post(f"{VIEWS}{saved(poul).pk}/standard/", {"on": "1"}).status_code == 404


# The list of views.
def test_the_list_tells_what_each_keeps_and_for_whom(client, kirsten, poul):
    saved(kirsten, farve=["red"], sort=["-midler"], kolonne=["ejer", "midler"])
    saved(poul, name="Pouls", shared_with=Sharing.CLUSTER)
    text = told(client.get(VIEWS))
    assert "1 filter, 2 kolonner, flest klyngemidler først. Kun mig." in text
    assert "1 filter, 3 kolonner, efter tema og nummer. Delt af Poul." in text


def test_without_any_it_says_how_to_get_one(client):
    assert "Du har ingen endnu" in told(client.get(VIEWS))


def test_views_cost_the_overview_no_query(client, kirsten, poul, queries):
    view = saved(kirsten)
    DefaultView.objects.create(user=kirsten, view=view)
    for number in range(20):
        saved(kirsten, name=f"Min {number}")
        saved(poul, name=f"Pouls {number}", shared_with="cluster")
    assert queries(lambda: client.get(view_url(view))) == 8
    assert queries(lambda: client.get(f"{URL}?visning=alle")) == 8


@pytest.mark.django_db(transaction=True)
def test_two_at_once_save_one_view():
    """Both find no view of the name before either has written it."""
    owner, start, outcomes = build.user("kirsten", Role.COORDINATOR, made()), Barrier(2), []
    of = initiative("5").cluster

    def run(colour: str) -> None:
        start.wait(10)
        try:
            save_view(owner, of, ViewValues("Røde", ""), {"farve": [colour]})
            outcomes.append("saved")
        except ValidationError:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [Thread(target=run, args=(colour,)) for colour in ("red", "green")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(outcomes) == ["saved", "told"]
    assert SavedView.objects.count() == 1
