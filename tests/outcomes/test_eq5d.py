"""The Danish index of EQ-5D-5L: the published states, all 3,125, and what is no state."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcomes.eq5d import HIGHEST, LOWEST, VALUE_SET, index

STATES = ["".join(levels) for levels in product("12345", repeat=5)]
# The article's table once more, as written there: one row for each level.
TABLE = [
    ("0", "0", "0", "0", "0"),
    ("0.041", "0.035", "0.033", "0.048", "0.072"),
    ("0.054", "0.050", "0.040", "0.094", "0.191"),
    ("0.157", "0.144", "0.139", "0.381", "0.430"),
    ("0.220", "0.209", "0.174", "0.537", "0.618"),
]


@pytest.mark.parametrize(
    ("profile", "expected"),
    [("11111", "1"), ("11123", "0.761"), ("13224", "0.439"), ("11254", "0.000"), ("55555", "-0.758"),
     ("45541", "0.079"), ("21111", "0.959")],
)  # fmt: skip
def test_published_states(profile, expected):
    assert index(profile) == Decimal(expected)


def test_every_state_is_1_less_the_decrements_of_the_table():
    for state in STATES:
        expected = 1 - sum(Decimal(TABLE[int(level) - 1][place]) for place, level in enumerate(state))
        assert index(state) == expected, state


def test_there_are_3125_states_between_the_two_ends():
    indices = [index(state) for state in STATES]
    assert (len(indices), min(indices), max(indices)) == (3125, LOWEST, HIGHEST)
    assert Decimal("-0.758") == LOWEST


def test_no_state_is_better_for_a_higher_level():
    for state in STATES:
        for place, level in enumerate(state):
            if level != "5":
                worse = f"{state[:place]}{int(level) + 1}{state[place + 1 :]}"
                assert index(worse) < index(state)


@pytest.mark.parametrize("profile", ["", "1111", "111111", "11110", "11116", "1111x", "11 11", "١١١١١", "-1111"])
def test_what_is_no_profile_is_refused(profile):
    with pytest.raises(ValueError, match="five digits from 1 to 5"):
        index(profile)


@given(st.text().filter(lambda text: text not in STATES))
def test_no_other_text_has_an_index(text):
    with pytest.raises(ValueError, match="no EQ-5D-5L profile"):
        index(text)


def test_the_value_set_is_named():
    assert VALUE_SET == "EQ-5D-5L DK 2021"
