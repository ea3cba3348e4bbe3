"""Small numbers on the way to a reader: who sees them, what goes with them, and that no page or file leaks them."""

from datetime import date
from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from initiatives.access import Role
from initiatives.models import Initiative
from outcomes.masking import Seen
from outcomes.models import Measurement
from outcomes.results import comparable, reading, results_of
from tests import build

from . import build_measurements as measured
from . import build_results as built

pytestmark = pytest.mark.django_db
DAY = date(2025, 4, 10)
WHOLE = {"table": "", "site": "Aalborg Kommune"}


@pytest.fixture
def five() -> Initiative:
    return build.initiative("5")


@pytest.fixture
def read(five: Initiative):
    return lambda sees_all=False, day=DAY: reading(five.cluster, day, sees_all)


def slugs(found: Seen) -> list[str]:
    return [row.measure.slug for row in found.rows]


def words(found: Seen) -> dict[str, str]:
    return {f"{each.row.measure.slug}{each.group}": each.words for each in found.withheld}


HIDDEN = "skjult af hensyn til små tal"


@pytest.mark.parametrize(
    ("n", "shown"), [(1, {"pwd": "<5"}), (4, {"pwd": "<5"}), (5, {}), (0, {}), (None, {"pwd": HIDDEN})]
)
def test_a_mean_of_few_or_of_an_unknown_number_is_withheld(five, read, n, shown):
    measured.before_after(five, "pwd", "168", "428", n=n, **WHOLE)
    assert words(read()) == shown


def test_nought_is_a_figure_and_few_is_not(five, read):
    measured.counted(five, "dropouts", 0, **WHOLE)
    measured.counted(five, "referred", 3, **WHOLE)
    assert (slugs(read()), words(read())) == (["dropouts"], {"referred": "<5"})


@pytest.mark.parametrize(
    ("count", "total", "withheld"),
    [(3, 20, True), (17, 20, True), (2, 4, True), (0, 20, False), (20, 20, False), (5, 10, False)],
)
def test_a_share_tells_of_those_and_of_the_others(five, read, count, total, withheld):
    measured.proportion(five, "Nord By", count, total, table="")
    assert bool(read().withheld) == withheld


def test_a_flow_with_a_small_step_is_withheld_whole(five, read):
    measured.flow(five, "referred", 139, 100, 36, 3, **WHOLE)
    measured.flow(five, "treated", 136, 100, 36, 0, **WHOLE)
    assert slugs(read()) == ["treated"]


def test_a_setting_moves_the_limit(five, read, settings):
    settings.SMALL_NUMBER_LIMIT = 3
    measured.counted(five, "referred", 3, **WHOLE)
    measured.counted(five, "treated", 2, **WHOLE)
    assert (slugs(read()), words(read())) == (["referred"], {"treated": "<3"})


def test_those_who_may_see_every_figure(five, read):
    measured.counted(five, "referred", 3, **WHOLE)
    assert (slugs(read(sees_all=True)), read(sees_all=True).withheld) == (["referred"], ())


def test_what_a_document_published_is_exempt(five, read):
    measured.counted(five, "referred", 3, document=built.document(), **WHOLE)
    characteristic(five, document=built.document())
    assert read().withheld == ()
    assert [row.low for row in read().rows] == [None, Decimal(62)]


# The four leaks.
def characteristic(of: Initiative, **fields) -> Measurement:
    values = {"value": Decimal(73), "low": Decimal(62), "high": Decimal(83), **WHOLE, **fields}
    return measured.measurement(of, Measurement.Form.CHARACTERISTIC, "mean-age", **values)


def test_a_range_names_single_persons_so_it_is_left_out(five, read):
    made = characteristic(five, n=10)
    assert [(row.value, row.low, row.high) for row in read().rows] == [(73, None, None)]
    assert [row.high for row in read(sees_all=True).rows] == [83]
    made.refresh_from_db()
    assert made.low == 62


def parts(of: Initiative, whole: int, **groups: int) -> None:
    """Means of a whole and of its groups by sex, in one collection."""
    first = measured.before_after(of, "pwd", "168", "428", n=whole, **WHOLE)
    for place, (label, n) in enumerate(groups.items(), start=1):
        Measurement.objects.create(
            collection=first.collection, position=first.position + place, form=first.form, measure=first.measure, n=n,
            dimension="sex", group_label=label, before=Decimal(100), after=Decimal(200),
        )  # fmt: skip


def test_the_whole_less_the_shown_part_gives_no_small_part_away(five, read):
    parts(five, 20, women=3, men=17)
    assert words(read()) == {"pwdwomen": "<5", "pwdmen": HIDDEN}
    assert [row.n for row in read().rows] == [20]


def test_parts_that_are_enough_are_shown_with_their_whole(five, read):
    parts(five, 20, women=8, men=12)
    assert len(read().rows) == 3


def test_a_printed_table_that_is_corrected_is_withheld_as_one(five, read):
    """The page adds it up, so its total less the rest would tell."""
    for site, number in (("Aalborg Kommune", 30), ("Jammerbugt Kommune", 3)):
        measured.counted(five, "referred", number, table="1", site=site)
    assert (read().rows, sorted(each.words for each in read().withheld)) == ((), ["<5", HIDDEN])


def test_two_days_subtracted_give_no_few_people_away(five, read):
    first = measured.before_after(five, "pwd", "168", "428", n=42, **WHOLE)
    measured.before_after(
        five,
        "pwd",
        "168",
        "431",
        n=44,
        supersedes=first.collection,
        corrected_on=date(2025, 2, 1),
        reason="To til",
        **WHOLE,
    )
    assert [row.n for row in read(day=date(2025, 1, 31)).rows] == [42]
    assert (read().rows, words(read())) == ((), {"pwd": HIDDEN})
    assert [row.n for row in read(sees_all=True).rows] == [44]


def test_a_growing_series_waits_until_enough_have_come(five, read):
    for year, n in ((2022, 20), (2023, 22), (2024, 26)):
        measured.before_after(five, "pwd", "168", "428", n=n, measured_on=date(year, 12, 31), **WHOLE)
    assert [row.n for row in read().rows] == [20, 26]


def test_periods_of_their_own_are_not_subtracted(five, read):
    for year, n in ((2023, 20), (2024, 22)):
        period = {"period_starts": date(year, 1, 1), "measured_on": date(year, 12, 31)}
        measured.before_after(five, "pwd", "168", "428", n=n, **period, **WHOLE)
    assert [row.n for row in read().rows] == [20, 22]


# On the pages.
@pytest.mark.parametrize(
    ("role", "sees"),
    [(Role.COORDINATOR, True), (Role.SECRETARIAT, True), (Role.POLITICIAN, False), (Role.ADMINISTRATOR, False)],
)
def test_page_file_and_tab_show_the_same_to_each_role(five, sign_in, role, sees):
    measured.before_after(five, "pwd", "167.25", "428", n=42, **WHOLE)
    measured.before_after(five, "mwd", "535.75", "1113", n=3, **WHOLE)
    client = sign_in(build.user("ole", role))
    pages = [
        client.get(address).content.decode() for address in ("/resultater/", "/indsatser/proeve/5/?fane=resultater")
    ]
    file = client.get(f"/resultater/effekt-{five.pk}.csv").content.decode()
    for text in (*pages, file):
        assert "167,25" in text
        assert ("535,75" in text) == sees
    for text in pages:
        assert ("&lt;5" in text) != sees


def test_a_page_of_withheld_figures_alone_says_so(five, sign_in):
    measured.counted(five, "referred", 3, **WHOLE)
    text = sign_in(build.user("ole", Role.POLITICIAN)).get("/resultater/").content.decode()
    assert "Vises ikke, fordi der er for få bag tallet" in text
    tab = render_to_string("outcomes/_initiative_results.html", {"shown": results_of(five, DAY), "level": 2})
    assert "&lt;5" in tab


def test_dashboard_and_report_read_what_everybody_may_see(five):
    measured.before_after(five, "pwd", "168", "428", n=42, **WHOLE)
    measured.before_after(five, "mwd", "536", "1113", n=3, **WHOLE)
    assert [row.measure.slug for row in comparable(five.plan, DAY)] == ["pwd"]
    assert [row.label for table in results_of(five, DAY).effects for row in table.rows] == [
        "Smertefri gangdistance (PWD), meter"
    ]


def test_masking_costs_no_query(five, read, queries):
    measured.before_after(five, "pwd", "168", "428", n=3, **WHOLE)
    few = queries(read)
    for number in range(10):
        parts(five, 20 + number, women=3, men=17 + number)
    assert queries(read) == few == 2


def test_nor_where_changes_and_shares_alone_are_read(five, queries):
    plan = five.plan
    parts(five, 20, women=3, men=17)
    few = queries(lambda: comparable(plan, DAY))
    for number in range(10):
        parts(five, 20 + number, women=8, men=12 + number)
    assert queries(lambda: comparable(plan, DAY)) == few == 1
