"""The results page and the partial of an initiative's tab, on small clusters; Midt's own is in test_results_midt.py."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.test import Client

from initiatives.access import Role
from initiatives.models import Initiative, User
from outcomes.results import results_of
from tests import build

from . import build_results

Page = Callable[..., str]


def english_speaking(user: User) -> User:
    user.language = "en"
    user.save(update_fields=["language"])
    return user


def in_english(user: User) -> User:
    user.language = "en"
    user.save(update_fields=["language"])
    return user


@pytest.fixture
def five(db: None) -> Initiative:
    return build.initiative("5", short_title="Gangtræning")


@pytest.fixture
def reader(five: Initiative) -> User:
    return english_speaking(build.user("rikke", Role.COORDINATOR, five.cluster))


@pytest.fixture
def shown(reader: User, sign_in: Callable[[User], Client]) -> Page:
    """The words of the page, in English."""

    def words(query: str = "") -> str:
        answer = sign_in(reader).get(f"/resultater/{query}")
        assert answer.status_code == 200
        return in_words(answer.content.decode())

    return words


def in_words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.partition("<main")[2]).split())


def test_the_page_opens_with_what_the_figures_say_and_does_not_give_the_initiative_the_honour(five, shown):
    build_results.change(five, "1", "2")
    build_results.change(five, "1", "1", site="Jammerbugt Kommune")
    words = shown()
    assert "One initiative has measurements. Two measurements before and after: one got better and one is un" in words
    assert "the change cannot be attributed to the initiative alone." in words


def test_counts_alone_say_nothing_of_a_control_group(five, shown):
    build_results.count(five, 139)
    assert "control group" not in shown()


def test_a_row_tells_before_after_difference_effect_and_judgement(five, shown):
    build_results.change(five, "536", "1113")
    assert "Gangdistance, meter 536 1.113 +577 +108 %" in shown()
    assert "Better" in shown()


def test_place_n_and_date_stand_over_the_table(five, shown):
    build_results.change(five, n=42, **build_results.IN_DECEMBER)
    assert "Aalborg Kommune, n = 42 December 2024" in shown()


def test_an_unstated_n_is_said_to_be_so(five, shown):
    build_results.change(five, n=None)
    assert "Aalborg Kommune, n not stated" in shown()


def test_what_is_printed_otherwise_stands_under_the_computed_figure(five, shown):
    build_results.printed("difference:proeve/5/3a/gangdistance", "557", "557")
    build_results.change(five, "536", "1113", table="3a")
    assert "+577 printed 557" in shown()


def test_few_cases_are_said_to_be_few(five, shown):
    build_results.change(five, n=11)
    assert "With n = 11, few people can move the mean." in shown()


def test_a_flow_that_does_not_add_up_says_by_how_much(five, shown):
    build_results.flow(five, 193, ("Afsluttet", 121), ("Stoppet", 14))
    words = shown()
    assert "193 henviste borgere: what became of them" in words
    assert "58 of the 193 are not accounted for." in words


def test_a_flow_that_holds_too_many_says_so(five, shown):
    build_results.flow(five, 3, ("Afsluttet", 4))
    assert "The steps hold 1 more than the 3." in shown()


def test_a_count_that_is_missing_is_not_a_nought(five, shown):
    build_results.count(five, 0, table="1", site="Aalborg Kommune")
    build_results.count(five, 3, build_results.completed(), table="1", site="Jammerbugt Kommune")
    assert "Henviste borgere 0 not measured 0 Afsluttede forløb not measured 3 3" in shown()


def test_the_title_leads_to_the_initiative_and_keeps_the_day(five, reader, sign_in):
    build_results.change(five)
    html = sign_in(reader).get("/resultater/?pr=2025-01-01").content.decode()
    assert f'<a href="{five.get_absolute_url()}?pr=2025-01-01">5. {five.title}</a>' in html
    assert 'id="indsats-5"' in html


def test_several_initiatives_have_a_list_with_a_way_down(five, reader, sign_in):
    build_results.change(five)
    build_results.count(build.initiative("6"), 3)
    html = sign_in(reader).get("/resultater/").content.decode()
    assert '<a href="#indsats-5">5. Gangtræning</a>' in html
    assert '<a href="#indsats-6">6. Prøve 6</a>' in html


def test_an_initiative_without_number_has_a_section_but_no_page_to_go_to(five, shown):
    build_results.count(build.initiative("", title="Temadag"), 40)
    assert "Temadag" in shown()


def test_a_selection_shows_its_part_and_says_of_how_many(five, shown):
    build_results.change(five)
    build_results.count(build.initiative("6"), 3, site="Jammerbugt Kommune")
    words = shown("?sted=Jammerbugt+Kommune")
    assert "Shows 1 of 2 initiatives with measurements, and only what was measured in Jammerbugt Kommune" in words
    assert "Gangdistance" not in words


def test_an_unknown_choice_is_told_and_everything_is_shown(five, shown):
    build_results.change(five)
    words = shown("?indsats=99")
    assert "There are no measurements for “99”" in words
    assert "Gangdistance" in words


def test_a_selection_without_results_offers_to_drop_half_of_it(five, shown):
    build_results.change(five)
    build_results.count(build.initiative("6"), 3, site="Jammerbugt Kommune")
    words = shown("?indsats=5&sted=Jammerbugt+Kommune")
    assert "Initiative 5 has no measurements from Jammerbugt Kommune" in words
    assert "Without initiative 5 1 measurement" in words


def test_the_day_decides_what_was_known(five, shown):
    build_results.change(five, "1", "2", measured_on=date(2023, 12, 31))
    build_results.change(five, "1", "2", measured_on=date(2024, 12, 31))
    assert "One measurement before and after" in shown("?pr=2024-06-30")
    assert "Two measurements before and after" in shown("?pr=2024-12-31")


def test_a_day_before_everything_shows_the_way_to_the_first(five, reader, sign_in):
    build_results.change(five, measured_on=date(2023, 12, 31))
    html = sign_in(reader).get("/resultater/?pr=2020-01-01&indsats=5").content.decode()
    assert "The first measurement of the cluster is from December 31, 2023." in html
    assert 'href="?pr=2023-12-31"' in html


def test_a_cluster_without_measurements_says_what_will_come(shown):
    assert "No measurements yet" in shown()


def test_somebody_without_a_cluster_is_told_whom_to_ask(db, sign_in):
    user = english_speaking(User.objects.create_user("ene", "ene@eksempel.dk", build.PASSWORD))
    words = in_words(sign_in(user).get("/resultater/").content.decode())
    assert "Ask the administrator of your cluster" in words


def test_a_stranger_sees_nothing_of_others(five, stranger, sign_in):
    other = build.cluster("nord", "Sundhedsklynge Nord")
    build_results.change(build.initiative("7", build.theme(build.plan(other)), title="Hemmelig"))
    client = sign_in(stranger)
    assert client.get("/resultater/?klynge=nord").status_code == 404
    assert b"Hemmelig" not in client.get("/resultater/").content


def test_the_page_costs_the_same_for_one_initiative_as_for_many(five, reader, sign_in, queries):
    build_results.flow(five, 3, ("Fuldført", 3))
    build_results.change(five)
    client = sign_in(reader)
    few = queries(lambda: client.get("/resultater/"))
    for number in range(20, 30):
        build_results.flow(build.initiative(str(number)), 3, ("Fuldført", 3), site="Jammerbugt Kommune")
        build_results.change(build.initiative(f"{number}A"))
    assert queries(lambda: client.get("/resultater/")) == few


@pytest.mark.parametrize(("level", "tag"), [(2, "h2"), (3, "h3")])
def test_the_tables_can_stand_in_a_tab_of_the_initiative(five, english, level, tag):
    build_results.change(five)
    context = {"shown": results_of(five, date(2025, 1, 1), sees_all=True), "level": level}
    html = render_to_string("outcomes/_initiative_results.html", context)
    assert f'<{tag} class="mt-6">Before and after</{tag}>' in html


def test_a_tab_without_measurements_says_so(five, english):
    context = {"shown": results_of(five, date(2025, 1, 1), sees_all=True), "level": 2}
    html = render_to_string("outcomes/_initiative_results.html", context)
    assert "Nothing has been measured yet." in html
