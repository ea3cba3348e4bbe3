"""Results worth noting: the rule that chooses them, and how each is told."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clusterportal.dashboard.noteworthy import Result, noteworthy
from initiatives.models import Actor, Cluster, Initiative
from outcomes.effect import Judgement
from outcomes.models import Collection, Measure, Measurement
from outcomes.results import known

FEW = 20
FIVE, SIX, SEVEN = (
    Initiative(pk=pk, number=str(pk), short_title=f"Kort {pk}", cluster=Cluster(slug="midt")) for pk in (5, 6, 7)
)


def measure(name: str, direction: str = "higher", **fields: Any) -> Measure:
    return Measure(slug=name, name=name, direction=direction, decimals=2, **fields)


def change(of: Initiative, name: str, before: str, after: str, n: int | None = 42, **fields: Any) -> Measurement:
    direction, unit = fields.pop("direction", "higher"), fields.pop("unit", "")
    return Measurement(
        collection=collection(of, date(2024, 12, 31), site=Actor(name="Aalborg Kommune")),
        form=Measurement.Form.BEFORE_AFTER, measure=measure(name, direction, unit=unit, **fields),
        before=Decimal(before), after=Decimal(after), n=n,
    )  # fmt: skip


def share(of: Initiative, name: str, count: int, total: int, direction: str = "higher") -> Measurement:
    return Measurement(
        collection=collection(of, date(2024, 6, 30)), form=Measurement.Form.PROPORTION,
        measure=measure(name, direction), count=count, total=total, site_label="Ambulatoriet",
    )  # fmt: skip


def collection(of: Initiative, measured_on: date, **fields: Any) -> Collection:
    return Collection(initiative=of, measured_on=measured_on, precision="month", **fields)


def chosen(rows: Sequence[Measurement]) -> list[tuple[str, str]]:
    return [(each.why, each.row.measure.name) for each in noteworthy(rows, FEW)]


def only(row: Measurement) -> Result:
    [result] = noteworthy([row], FEW)
    return result


def test_nothing_measured_gives_nothing_to_note():
    assert noteworthy([], FEW) == ()


def test_of_an_initiative_the_greatest_progress_in_its_largest_group_is_chosen():
    rows = [
        change(FIVE, "Gang", "100", "150"),
        change(FIVE, "Fart", "100", "120"),
        change(FIVE, "Få", "100", "300", n=11),
        change(FIVE, "Mindst", "100", "101"),
    ]
    assert chosen(rows) == [("Gik mest frem", "Gang"), ("Gik mindst frem", "Mindst")]


def test_the_two_initiatives_with_most_people_are_chosen():
    rows = [
        change(FIVE, "Fem", "100", "150", n=30),
        change(SIX, "Seks", "100", "110", n=75),
        change(SEVEN, "Syv", "100", "200", n=29),
    ]
    assert chosen(rows)[:2] == [("Gik mest frem", "Seks"), ("Gik mest frem", "Fem")]


def test_what_went_worse_is_always_chosen():
    rows = [change(FIVE, "Frem", "100", "150"), change(SIX, "Tilbage", "100", "90"), change(SIX, "Op", "100", "130")]
    assert chosen(rows)[-1] == ("Gik mest tilbage", "Tilbage")


def test_what_stood_still_is_chosen_where_nothing_went_worse():
    rows = [change(FIVE, "Frem", "100", "150"), change(FIVE, "Stille", "3", "3")]
    assert chosen(rows)[-1] == ("Gik ikke frem", "Stille")


def test_of_two_that_stood_still_the_one_about_most_people_is_chosen():
    rows = [change(FIVE, "Få", "3", "3", n=11), change(SIX, "Mange", "3", "3", n=75)]
    assert chosen(rows) == [("Gik ikke frem", "Mange")]


def test_less_pain_is_progress_and_more_is_not():
    rows = [
        change(FIVE, "Smerte falder", "4", "2", direction="lower"),
        change(SIX, "Smerte stiger", "2", "3", direction="lower"),
    ]
    assert chosen(rows) == [("Gik mest frem", "Smerte falder"), ("Gik mest tilbage", "Smerte stiger")]


@pytest.mark.parametrize(
    "row", [change(FIVE, "Ingen retning", "1", "9", direction="neither"), change(FIVE, "Fra nul", "0", "9")]
)
def test_what_cannot_be_judged_is_not_chosen(row: Measurement):
    assert chosen([row]) == []


def test_a_share_that_should_be_high_is_farthest_when_it_is_low():
    rows = [share(FIVE, "Mange", 23, 27), share(SEVEN, "Tog imod", 1, 7)]
    assert chosen(rows) == [("Længst fra målet", "Tog imod")]


def test_a_share_that_should_be_low_is_farthest_when_it_is_high():
    rows = [share(FIVE, "Indlagt", 9, 10, direction="lower"), share(FIVE, "Glad", 3, 10)]
    assert chosen(rows) == [("Længst fra målet", "Indlagt")]


def test_a_share_without_a_direction_is_not_chosen():
    assert chosen([share(FIVE, "Mænd", 1, 10, direction="neither")]) == []


def test_counts_and_characteristics_are_not_chosen():
    in_2024 = collection(FIVE, date(2024, 12, 31))
    count = Measurement(collection=in_2024, form=Measurement.Form.COUNT, measure=measure("Besøg"), count=3)
    assert chosen([count]) == []


@pytest.mark.parametrize(
    ("before", "after", "heading"),
    [
        ("168", "428", "Gang: mere end fordoblet"),
        ("50", "100", "Gang: fordoblet"),
        ("50.64", "73.13", "Gang: steget med 44\u00a0%"),
        ("10", "9", "Gang: faldet med 10\u00a0%"),
        ("3.64", "3.64", "Gang: uændret"),
        ("1000", "1001", "Gang: steget med 0,1\u00a0%"),
    ],
)
def test_the_heading_says_what_happened(before: str, after: str, heading: str):
    assert only(change(FIVE, "Gang", before, after)).heading == heading


def test_a_change_tells_where_on_how_many_and_when():
    assert only(change(FIVE, "Gang", "168", "428")).about == "Aalborg Kommune, 42 målt, december 2024"


def test_an_unknown_n_is_said_and_not_called_few():
    result = only(change(FIVE, "Gang", "168", "428", n=None))
    assert result.about == "Aalborg Kommune, n ikke oplyst, december 2024"
    assert not result.few


@pytest.mark.parametrize(("n", "few"), [(19, True), (20, False)])
def test_few_people_are_said_to_be_few(n: int, few: bool):
    assert only(change(FIVE, "Gang", "168", "428", n=n)).few is few


def test_a_change_is_judged_in_a_word_with_its_size():
    result = only(
        change(FIVE, "Smerte", "3.55", "3.64", direction="lower", scale_low=Decimal(0), scale_high=Decimal(4))
    )
    assert (result.judgement, result.word, result.worse) == (Judgement.WORSE, "Værre", True)
    assert result.facts == ("+3 %", "skala 0–4")


def test_the_figure_is_told_to_who_does_not_see_it():
    assert only(change(FIVE, "Gang", "50.64", "73.13", unit="sekunder")).from_to == "fra 50,64 til 73,13 sekunder"


def test_a_share_is_told_with_its_count_and_percent():
    result = only(share(SEVEN, "Tog imod tilbuddet", 1, 7))
    assert (result.heading, result.facts, result.few) == ("Tog imod tilbuddet: 1 ud af 7", ("14 %",), True)
    assert (result.about, result.judgement) == ("Ambulatoriet, juni 2024", None)


def test_a_result_leads_to_its_initiative():
    assert only(change(FIVE, "Gang", "168", "428")).label == "Indsats 5"


@pytest.mark.django_db
def test_of_midt_the_rule_chooses_two_progresses_one_setback_and_the_failed_trial(midt: Cluster):
    results = noteworthy(known(midt, date(2025, 4, 10)), FEW)
    assert [(each.why, each.row.initiative.number, each.heading) for each in results] == [
        ("Gik mest frem", "6", "Foroverbøjning: steget med 46\u00a0%"),
        ("Gik mest frem", "5", "Smertefri gangdistance (PWD): mere end fordoblet"),
        ("Gik mest tilbage", "5", "Smerteniveau ved MWD: steget med 3\u00a0%"),
        ("Længst fra målet", "7", "Tog imod tilbuddet: 1 ud af 7"),
    ]


@pytest.mark.django_db
def test_of_midt_nothing_was_known_before_it_was_measured(midt: Cluster):
    assert [each.heading for each in noteworthy(known(midt, date(2024, 6, 30)), FEW)] == [
        "Tog imod tilbuddet: 1 ud af 7"
    ]
