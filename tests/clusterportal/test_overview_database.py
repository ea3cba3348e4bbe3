"""The list of the overview is filtered, sorted, counted and paged by the database: by the rules that Python states."""

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from clusterportal.portfolio.census import Census, heaps, money
from clusterportal.portfolio.overview import Overview, listed, overview
from clusterportal.portfolio.rows import OverviewRow
from clusterportal.portfolio.scope import Scope, scope_of
from clusterportal.portfolio.selection import Selection, select
from clusterportal.portfolio.sorting import ORDERS
from initiatives.access import Role
from initiatives.danish import collation_key
from initiatives.models import ActionPlan, Actor, Cluster, Colour, Initiative, InitiativeActor, Phase, StatusReport
from initiatives.models.status import ENDED_PHASES
from initiatives.published import printed_figures
from tests import build
from tests.clusterportal.build_awkward import DAY, ROWS, awkward
from tests.clusterportal.build_overview import URL, told
from tests.clusterportal.build_published import printed


@pytest.fixture
def cluster(db: None) -> Cluster:
    return awkward()


@pytest.fixture
def scope(cluster: Cluster) -> Scope:
    return scope_of(ActionPlan.objects.get(cluster=cluster), DAY)


@pytest.fixture
def chosen(scope: Scope) -> Callable[[str], Selection]:
    return lambda query: select(scope, QueryDict(query))


def pks(rows: Any) -> list[int]:
    return [row.initiative.pk for row in rows]


def everything(scope: Scope) -> list[OverviewRow]:
    return list(overview(scope.plan, scope.day, scope.accounted).rows)


def part(scope: Scope, of: slice, order: str = "") -> Overview:
    census = Census(heaps(scope, {}), money(scope, ()))
    return listed(scope, census, (), printed_figures("cluster-funds", "proeve", DAY), order, of)


# Order.
VALUES: dict[str, Callable[[OverviewRow], Any]] = {
    "nummer": lambda row: row.initiative.number_order or None,
    "titel": lambda row: collation_key(row.initiative.title),
    "midler": lambda row: row.funds,
    "alder": lambda row: row.age_days,
}


def by_rule(rows: list[OverviewRow], order: str) -> list[int]:
    """By the column, what has no value last in both directions, equal ones by number and pk; or as printed."""
    settled = sorted(rows, key=lambda row: (row.initiative.number_order, row.initiative.pk))
    if not order:
        return pks(sorted(settled, key=_printed_place))
    value = VALUES[order.removeprefix("-")]
    known = [row for row in settled if value(row) is not None]
    unknown = [row for row in settled if value(row) is None]
    return pks(sorted(known, key=value, reverse=order.startswith("-")) + unknown)


def _printed_place(row: OverviewRow) -> Any:
    theme, of = row.initiative.theme, row.initiative
    place = (theme.position, theme.pk) if theme else (99, 0)
    return (*place, of.number_order, collation_key(of.title), of.pk)


@pytest.mark.parametrize("order", list(ORDERS))
def test_the_database_sorts_as_the_rule_says(scope, chosen, order):
    assert pks(chosen(f"sort={order}").shown.rows) == by_rule(everything(scope), order)


@pytest.mark.parametrize("order", list(ORDERS))
def test_the_pages_together_are_the_list(scope, order):
    pages = [part(scope, slice(first, first + 3), order).rows for first in range(0, len(ROWS), 3)]
    assert [pk for rows in pages for pk in pks(rows)] == by_rule(everything(scope), order)


def test_titles_stand_in_danish_order(chosen):
    titles = [row.initiative.title for row in chosen("sort=titel").shown.rows]
    assert titles[:4] == ["Abe", "Café", "Caféen", "Genoptræning"]
    assert titles[-7:] == ["Ærø", "Øvelser", "ØVELSER", "Åben dialog", "aabenraa", "Aalborg", "Åse & Co. + flere?"]


def test_numbers_stand_as_people_count_and_none_comes_last(chosen):
    numbers = [row.initiative.number for row in chosen("sort=nummer").shown.rows]
    assert numbers == ["1", "1A", "1B", "2", "3", "4", "9", "10", "10A", "11", "12.2", "12.10", "100", "2025", "", ""]


def test_the_key_of_a_title_follows_it(cluster):
    one = Initiative.objects.get(title="Zebra")
    one.title = "Ålborg"
    one.save()
    assert Initiative.objects.get(pk=one.pk).title_order == collation_key("Aalborg")


# Filters.
def fits(wanted: Callable[[OverviewRow], object], scope: Scope) -> list[int]:
    return [row.initiative.pk for row in everything(scope) if wanted(row)]


@pytest.mark.parametrize("phase", Phase.values)
def test_phases(scope, chosen, phase):
    assert pks(chosen(f"fase={phase}").shown.rows) == fits(lambda row: row.status and row.status.phase == phase, scope)


def test_those_without_a_status(scope, chosen):
    found = pks(chosen("fase=uden").shown.rows)
    assert found == fits(lambda row: row.status is None, scope)
    assert len(found) == 3


@pytest.mark.parametrize("colour", Colour.values)
def test_colours(scope, chosen, colour):
    def wanted(row: OverviewRow) -> bool:
        if row.status is None or row.status.overall != colour:
            return False
        return colour != Colour.NONE or row.status.phase not in ENDED_PHASES

    assert pks(chosen(f"farve={colour}").shown.rows) == fits(wanted, scope)


def test_those_that_lack_a_new_status(scope, chosen):
    def lacks(row: OverviewRow) -> bool:
        old = row.age_days is not None and row.age_days > 90
        return old and row.status is not None and row.status.phase not in ENDED_PHASES

    StatusReport.objects.create(
        initiative=Initiative.objects.get(title="aabenraa"), reported_on=date(2025, 1, 9), phase=Phase.RUNNING
    )
    StatusReport.objects.create(
        initiative=Initiative.objects.get(title="Åben dialog"), reported_on=date(2025, 1, 10), phase=Phase.RUNNING
    )
    found = pks(chosen("mangler=status").shown.rows)
    assert found == fits(lacks, scope)
    assert len(found) == chosen("").stale.count == 1


@pytest.mark.parametrize("year", range(2020, 2028))
def test_years(scope, chosen, year):
    def ran(row: OverviewRow) -> bool:
        of, plan = row.initiative, scope.plan
        if (of.starts is None and of.ends is None) or not plan.starts.year <= year <= plan.last_day.year:
            return False
        begun = of.starts is None or of.starts.year <= year
        return begun and (of.ends is None or of.ends > date(year, 1, 1))

    with_money = {2024: {"10A", "1", "", "11"}, 2025: {"1B", "2"}}.get(year, set())
    moved = {Initiative.objects.get(title=title).pk for number, title, _theme in ROWS[:10] if number in with_money
             and title != "ØVELSER"}  # fmt: skip
    found = chosen(f"aar={year}")
    expected = fits(lambda row: ran(row) or row.initiative.pk in moved, scope)
    assert pks(found.shown.rows) == (expected or pks(everything(scope)))
    assert (str(year), str(year)) in found.filters.filters["aar"].extra["choices"] or not expected
    assert len(found.notices) == (not expected)


def test_an_actor_behind_two_lines_is_found_once(scope, chosen):
    one = Initiative.objects.get(title="Åben dialog")
    aalborg = Actor.objects.get(name="Aalborg Kommune")
    one.actor_lines.create(label="Aalborg", position=7).actors.add(aalborg)
    with_it = set(InitiativeActor.objects.filter(actors=aalborg).values_list("initiative", flat=True))
    assert pks(chosen(f"aktoer={aalborg.pk}").shown.rows) == fits(lambda row: row.initiative.pk in with_it, scope)


def test_an_owner_is_a_person_or_a_printed_line_of_the_same_words(scope, chosen):
    found = pks(chosen("ejer=Anna+Ager,+leder").shown.rows)
    assert found == fits(lambda row: "Anna Ager, leder" in row.owners, scope)
    assert chosen("").filters.filters["ejer"].extra["choices"] == (("Anna Ager, leder", "Anna Ager, leder"),)


@pytest.mark.parametrize(
    "text",
    ["ældre", "ÆLDRE", "ÅBEN", "øvelser", "10", "1", "1a", "10A", "2025", "02", "12", "helårsdrift", "Pilot", "50",
     "%", "_", "\\", "[x]", "(1_a)", "+", "?", "& co.", "igang", "træn 11", "caf", "é", ".", "afsluttet zebra", "5"],
)  # fmt: skip
def test_words(scope, chosen, text):
    def said(row: OverviewRow) -> bool:
        status, number = row.status, row.initiative.number.casefold()
        reported = f"{status.printed_text} {status.get_phase_display()}" if status else ""
        said = f"{number} {row.initiative.title} {row.initiative.short_title} {reported}".casefold()
        return all(_is_said(word, number, said) for word in text.casefold().split())

    query = QueryDict(mutable=True)
    query["q"] = text
    assert pks(chosen(query.urlencode()).shown.rows) == fits(said, scope)


def _is_said(word: str, number: str, said: str) -> bool:
    if re.fullmatch(r"\d{1,3}[a-zæøå]?", word):
        return number.startswith(word) or word in re.findall(r"\w+", said)
    return word in said


@pytest.mark.parametrize("query", ["farve=red", "fase=uden", "q=e", "aar=2024", "aar=2024&farve=green&q=1", "q=xyz"])
def test_counts_and_sums_are_those_of_the_rows_that_are_left(chosen, query):
    selection = chosen(query)
    shown, rows = selection.shown, selection.shown.rows
    assert (shown.count, shown.total) == (len(rows), sum(row.funds for row in rows))
    assert (shown.sums.spent, shown.sums.frame) == (sum(r.sums.spent for r in rows), sum(r.sums.frame for r in rows))
    for group in shown.groups:
        assert (group.count, group.total) == (len(group.rows), sum(row.funds for row in group.rows))
        assert group.sums.variance == sum(row.sums.variance for row in group.rows)
    assert selection.everything.count == len(ROWS)


def test_themes_at_the_same_place_are_not_mixed(chosen):
    assert [group.name for group in chosen("").shown.groups] == ["Først", "Lige", "Også lige", "Uden tema"]


# What was printed.
def test_a_row_printed_otherwise_is_told_of_whichever_page_it_is_on(scope):
    one = Initiative.objects.get(title="Genoptræning")
    printed(f"cluster-funds:proeve/{one.address}", "700 kr.", "700")
    pages = [part(scope, slice(first, first + 3)) for first in (0, 15)]
    for shown in pages:
        assert pks(shown.differing) == [one.pk]
        assert shown.printed_total == shown.total + 700
    assert [len(shown.rows) for shown in pages] == [3, 1]
    assert [group.printed_total for group in pages[0].groups] == [None]


def test_what_the_filters_leave_out_is_not_told_of(chosen):
    printed(f"cluster-funds:proeve/{Initiative.objects.get(title='Genoptræning').address}", "700 kr.", "700")
    assert chosen("q=zebra").shown.printed_total is None


@pytest.mark.parametrize("kept", ["money", "print", ""])
def test_a_withdrawn_one_is_counted_and_listed_only_with_money_or_print(scope, chosen, kept):
    one = Initiative.objects.get(title="Zebra" if kept == "money" else "Café")
    if kept == "print":
        printed(f"cluster-funds:proeve/{one.address}", "0 kr.", "0")
    Initiative.objects.filter(pk=one.pk).update(retired_on=DAY)
    shown = chosen("").shown
    assert (one.pk in pks(shown.rows)) is bool(kept)
    assert shown.count == len(ROWS) - (not kept)


# Cost.
@pytest.mark.parametrize("role", Role.values)
def test_three_hundred_cost_the_queries_of_thirty(cluster, role, sign_in, queries):
    client = sign_in(build.user("rolle", role, cluster))
    add(cluster, 30)
    assert [queries(partial(client.get, f"{URL}?{query}")) for query in QUERIES] == [8] * len(QUERIES)
    add(cluster, 270)
    assert [queries(partial(client.get, f"{URL}?{query}")) for query in QUERIES] == [8] * len(QUERIES)


QUERIES = ("", "per_page=25&page=3", "sort=-midler&per_page=25", "fase=running&sort=alder", "q=ny", "aar=2024&page=2")


def add(cluster: Cluster, count: int) -> None:
    """So many initiatives with a party, money and two statuses each."""
    plan, start = cluster.plans.get(), Initiative.objects.count()
    made = Initiative.objects.bulk_create(
        Initiative(
            cluster=cluster, plan=plan, theme=plan.themes.all()[0], number=str(number), title=f"Ny {number}",
            short_title=str(number), address=f"b{number}", starts=date(2024, 1, 1),
        )
        for number in range(start + 3000, start + 3000 + count)
    )  # fmt: skip
    InitiativeActor.objects.bulk_create(InitiativeActor(initiative=each, label="Part", position=1) for each in made)
    StatusReport.objects.bulk_create(
        StatusReport(
            initiative=each, reported_on=date(2025, 1, day), phase=Phase.RUNNING, printed_text="Ny",
            recorded_at=timezone.now(),
        )
        for each in made
        for day in (1, 2)
    )  # fmt: skip


def test_a_page_of_many_says_what_the_whole_list_holds(cluster, sign_in):
    add(cluster, 120)
    client: Client = sign_in(build.user("poul", Role.POLITICIAN, cluster))
    text = told(client.get(f"{URL}?per_page=25&page=2&pr=2025-04-10"))
    assert "Side 2 af 6" in text
    assert "Viser <strong>alle 136</strong> indsatser." in text
