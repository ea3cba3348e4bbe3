"""Which milestones are told on a day; whole pages and printed reports show them in their own tests."""

from datetime import date

import pytest

from initiatives.asof import DatePrecision
from initiatives.milestones import told
from initiatives.models import Milestone

DAY, MONTH, YEAR = DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR
TODAY = date(2025, 4, 10)


def milestone(last: date, precision: str = DAY) -> Milestone:
    return Milestone(day=last, precision=precision, text="Trin")


def test_of_today_what_is_ahead_is_told_as_to_come():
    reached, ahead = milestone(TODAY), milestone(date(2025, 4, 11))
    assert [(each.milestone, each.to_come) for each in told([reached, ahead], TODAY, TODAY)] == [
        (reached, False),
        (ahead, True),
    ]


@pytest.mark.parametrize(
    ("last", "precision", "known"),
    [
        (date(2023, 6, 1), DAY, True),
        (date(2023, 6, 2), DAY, False),
        (date(2023, 6, 30), MONTH, True),
        (date(2023, 7, 31), MONTH, False),
        (date(2023, 12, 31), YEAR, True),
        (date(2024, 12, 31), YEAR, False),
        (date(2027, 12, 31), YEAR, False),
    ],
)
def test_looking_back_only_what_had_begun_is_told(last, precision, known):
    assert [each.to_come for each in told([milestone(last, precision)], date(2023, 6, 1), TODAY)] == [False] * known
