"""The report's figures: lengths keep their proportions, words tell the numbers, and there may be no figure at all."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from clusterportal.reports.drawing import lines, millimetres
from clusterportal.reports.economy import SpendRow
from clusterportal.reports.flow_bars import FlowBars, flow_bars
from clusterportal.reports.governance import Governance, governance
from clusterportal.reports.money_bars import Line, money_bars
from clusterportal.reports.timeline import RIGHT, timeline
from clusterportal.reports.variance_bars import LONGEST_LEFT, MIDDLE, variance_bars
from finance.lines import Sums
from initiatives.asof import DatePrecision
from initiatives.milestones import DatedEvent, told
from initiatives.models import Cluster, Forum, Milestone
from outcomes import charts
from outcomes.flow import Flow, Step
from outcomes.places import Place
from outcomes.printed import Figure
from tests import build

DAY, MONTH, YEAR = DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR


@pytest.fixture(autouse=True)
def danish():
    with translation.override("da"):
        yield


# Lengths and lines.
def test_a_text_is_broken_between_words():
    assert lines("Ikke i målgruppen eller startet i et andet forløb", 29) == (
        "Ikke i målgruppen eller",
        "startet i et andet forløb",
    )


def test_no_text_is_one_empty_line():
    assert lines("", 10) == ("",)


def test_the_width_of_a_page_is_170_mm():
    assert millimetres(Decimal(482)) == 170


# Spent against allocated.
def money(name: str, spent: str, allocated: str) -> Line:
    return Line(name, "#004c54", Sums(Decimal(spent), Decimal(allocated)))


def test_bars_of_money_share_one_scale():
    figure = money_bars([money("Træning", "500", "1000"), money("Lighed", "250", "500")])
    assert [(bar.spent, bar.frame) for bar in figure.bars] == [(108, 216), (54, 108)]


def test_what_was_spent_beyond_the_frame_sets_the_scale():
    bar = money_bars([money("Træning", "1200", "1000")]).bars[0]
    assert (bar.spent, bar.frame) == (216, 180)


def test_a_long_name_takes_two_lines_and_moves_the_next_bar_down():
    figure = money_bars([money("Samarbejde om optimering af borgernes forløb", "1", "1"), money("HIIT", "1", "1")])
    first, second = figure.bars
    assert len(first.labels) == 2
    assert second.y == 33


def test_bars_of_money_tell_both_amounts():
    assert money_bars([money("Lighed", "250", "500")]).words.endswith(
        "Lighed: 250 kr. brugt af de 500 kr., der var disponeret."
    )


@pytest.mark.parametrize("listed", [[], [money("Lighed", "0", "0")], [money("Lighed", "0", "-5")]])
def test_without_money_there_is_no_figure(listed):
    assert money_bars(listed) is None


# Participant flow.
def flow(*counts: int, entered: int = 139, few: bool = False) -> Flow:
    bars = charts.stacked(counts, entered)
    steps = tuple(
        Step(f"Trin {place}", count, count, bar) for place, (count, bar) in enumerate(zip(counts, bars, strict=True))
    )
    return Flow(
        *("henviste borgere", entered, Place(""), "2024", "", steps, Figure("139")),
        whole=charts.stacked([entered], entered)[0],
        accounted=sum(counts),
        few=few,
    )


def drawn(of: Flow) -> FlowBars:
    figure = flow_bars(of)
    assert figure
    return figure


def test_each_step_begins_where_the_one_before_ended():
    steps = drawn(flow(50, 30, 20, entered=100)).steps
    assert [(step.bar.x, step.bar.width) for step in steps] == [
        *(("0.0", "200.0"), ("0.0", "100.0"), ("100.0", "60.0"), ("160.0", "40.0"))
    ]


def test_a_flow_tells_all_its_numbers():
    figure = drawn(flow(53, 86))
    assert figure.title == "139 henviste borgere, heraf 53 trin 0 (53 %)."
    assert figure.words == "139 henviste borgere. Trin 0: 53. Trin 1: 86."


def test_a_flow_of_few_people_or_without_steps_has_no_figure():
    assert flow_bars(flow(4, 5, entered=9, few=True)) is None
    assert flow_bars(flow()) is None


# Time line.
def events(*days: tuple[date, str], on: date = date(2025, 1, 1)) -> tuple[DatedEvent, ...]:
    return told([Milestone(day=day, precision=precision, text=f"Trin {day.year}") for day, precision in days], on, on)


DAYS = ((date(2022, 12, 31), YEAR), (date(2023, 4, 17), DAY), (date(2024, 3, 31), MONTH), (date(2025, 12, 31), DAY))
FOUR = events(*DAYS)


def test_a_milestone_is_as_wide_as_its_date_is_vague():
    year, day, month, _ = timeline(FOUR).marks
    assert year.width > 6 * month.width > 0
    assert day.width == 0


def test_milestones_stand_in_the_order_of_time_within_the_axis():
    marks = timeline(FOUR).marks
    assert [mark.number for mark in marks] == [1, 2, 3, 4]
    assert sorted(mark.x for mark in marks) == [mark.x for mark in marks]
    assert marks[-1].x <= RIGHT


def test_what_is_to_come_is_hollow():
    assert [mark.ahead for mark in timeline(FOUR).marks] == [False, False, False, True]
    assert not timeline(events(*DAYS, on=date(2025, 12, 31))).ahead


def test_numbers_that_would_meet_stand_above_each_other():
    close = events(
        (date(2022, 1, 1), DAY), (date(2024, 12, 18), DAY), (date(2024, 12, 20), DAY), (date(2024, 12, 31), DAY)
    )
    assert [mark.level for mark in timeline(close).marks] == [0, 0, 1, 2]


def test_the_years_of_a_long_time_line_are_thinned_out():
    long = events(*((date(year, 6, 1), DAY) for year in (1990, 2000, 2010, 2025)))
    shown = [label for _, label in timeline(long).years if label]
    assert shown[:2] == ["1990", "1994"]
    assert len(shown) <= 10


def test_a_time_line_tells_dates_and_events():
    assert timeline(FOUR).words.startswith(
        "Tidslinje med 4 begivenheder. 2022: Trin 2022; 17.04.2023: Trin 2023; marts 2024: Trin 2024"
    )


def test_few_or_undated_milestones_have_no_time_line():
    assert timeline(FOUR[:3]) is None
    assert timeline([*FOUR, *events((date(2026, 1, 1), DatePrecision.UNPRINTED))]) is None


# Variances.
def spent(number: str, variance: str, name: str = "Gangtræning", recipient: str = "") -> SpendRow:
    zero = Decimal(0)
    verdict = "merforbrug" if Decimal(variance) < 0 else "mindreforbrug"
    return SpendRow(number, name, recipient, zero, zero, zero, Decimal(variance), "", zero, verdict)


def test_overspend_goes_left_and_underspend_right_by_the_same_scale():
    less, more = variance_bars([spent("5", "-100"), spent("1", "300")]).bars
    assert (less.row.number, less.x) == ("1", MIDDLE)
    assert more.over
    assert (more.x, more.width * 3) == (MIDDLE - more.width, pytest.approx(less.width, abs=Decimal("0.2")))


def test_a_large_overspend_stays_clear_of_the_names():
    assert variance_bars([spent("5", "-900"), spent("1", "300")]).bars[1].width == LONGEST_LEFT


def test_lines_in_balance_are_named_and_have_no_bar():
    figure = variance_bars([spent("5", "-100"), spent("1", "300"), spent("2", "0"), spent("7", "0"), spent("5", "0")])
    assert figure.balanced == "Indsats 2 og 7 brugte det, der var disponeret."
    assert len(figure.bars) == 2
    assert "5 Gangtræning: 100 kr. merforbrug." in figure.words


def test_a_name_too_long_is_shortened_in_the_figure_alone():
    figure = variance_bars([spent("8", "300", "Ulighed i behandling af psykiske lidelser", "Aalborg"), spent("1", "1")])
    assert figure.bars[0].name.endswith("…")
    assert len(figure.bars[0].name) <= 46
    assert "psykiske lidelser, Aalborg: 300 kr." in figure.words


def test_one_variance_alone_has_no_figure():
    assert variance_bars([spent("5", "100"), spent("1", "0")]) is None


# Governance.
@pytest.fixture
def cluster(db) -> Cluster:
    own = build.cluster("proeve", "Sundhedsklynge Prøve")
    for name, level in (("Byrådsforum", "political"), ("Topforum", "executive"), ("Lederforum", "management")):
        Forum.objects.create(name=name, level=level, cluster=own)
    return own


def shown(of: Cluster) -> Governance:
    figure = governance(of)
    assert figure
    return figure


def test_the_lanes_carry_the_names_of_the_clusters_forums(cluster):
    names = [" ".join(line for _, line in name) for _, _, name in shown(cluster).lanes]
    assert names == ["Byrådsforum", "Topforum", "Lederforum", "Indsatsejer og arbejdsgruppe"]


def test_the_words_of_the_model_name_who_does_what(cluster):
    words = shown(cluster).words
    assert "3 Godkendelse: Lederforum og derefter Topforum godkender." in words
    boxes = {box.title: " ".join(line for _, line in box.lines) for box in shown(cluster).boxes}
    assert boxes["Ved behov"] == "Topforum inddrages, når der skal mere til"


def test_forums_of_the_region_are_listed_and_others_are_not(cluster):
    Forum.objects.create(name="Strategisk forum", level="executive", region=cluster.region)
    Forum.objects.create(name="Fremmed", level="political", cluster=build.cluster("syd", "Sundhedsklynge Syd"))
    assert shown(cluster).others == ("Strategisk forum",)


@pytest.mark.parametrize("more", [True, False])
def test_without_exactly_one_forum_on_each_level_there_is_no_figure(cluster, more):
    if more:
        Forum.objects.create(name="Et til", level="executive", cluster=cluster)
    else:
        Forum.objects.filter(level="executive").delete()
    assert governance(cluster) is None
