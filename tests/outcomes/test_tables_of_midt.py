"""Tables 3a, 3b, 4a-4c, 7a, 7b and 8 of Midt's evaluation, recomputed cell by cell from the fixtures.

Each row is typed from the document: measure, difference and effect as printed, and what the comparison must find.
`=` agrees, `~` agrees after rounding of the printed means, `!` differs, with `-` before it where a fall is printed
without its minus. Nothing of this stands in the code or in a fixture.
"""

from datetime import date
from decimal import Decimal

import pytest

from initiatives.models import PublishedFigure
from initiatives.published import printed_decimals
from outcomes.agreement import Agreement, compare
from outcomes.figures import Computed, computed
from outcomes.models import Measurement

pytestmark = pytest.mark.django_db
SIGNS = {Agreement.EQUAL: "=", Agreement.ROUNDED: "~", Agreement.DIFFERENT: "!"}

TABLES = {
    "5/3a": """
        pwd              260    =   155  =
        mwd              557    !   108  =
        mwd-pain        -0,36   ~   -10  =
        walking-speed    0,64   ~    21  =
        incline          3,9    ~    44  =
        six-minute-walk  41,28  =    11  =
    """,
    "5/3b": """
        pwd              79,55  ~    39  =
        mwd              714    =    90  =
        mwd-pain         0,09   =     3  =
        walking-speed    1,56   =    50  =
        incline          1,09   =    11  =
        six-minute-walk  47,45  =    13  =
    """,
    "5/4a": "psfs 2,84 ~ 64 =",
    "5/4b": "psfs 4,89 = 214 =",
    "5/4c": """
        eq5d-mobility         -1,15  =  39  -=
        eq5d-self-care        -0,06  =   5  -=
        eq5d-usual-activities -0,57  ~  27  -=
        eq5d-pain             -0,93  =  32  -=
        eq5d-anxiety          -0,15  =  11  -=
        eq-vas                11,33  =  17  =
        eq5d-index             0,11  =  17  ~
    """,
    "6/7a": """
        forward-bend         1,51   =  46  =
        abdominal-endurance  15,86  =  31  =
        back-endurance       22,48  ~  44  =
        sit-to-stand         2,88   ~  30  =
    """,
    "6/7b": """
        forward-bend         0,8    =  29  =
        abdominal-endurance  41,04  =  88  =
        back-endurance       59,84  =  98  =
        sit-to-stand         3,16   =  35  ~
    """,
    "6/8": """
        eq-vas                11,17  =  23  =
        eq5d-mobility         0,5    -= 22  -=
        eq5d-self-care        0,21   -= 14  -=
        eq5d-usual-activities 0,64   -= 23  -=
        eq5d-pain             0,71   -= 22  -=
        eq5d-anxiety          0,4    -= 18  -=
        eq5d-index            0,14   =  24  =
    """,
}
CELLS = [
    (f"{kind}:midt/{place}/{measure}", text, verdict)
    for place, rows in TABLES.items()
    for measure, difference, of_difference, effect, of_effect in (row.split() for row in rows.strip().splitlines())
    for kind, text, verdict in (("difference", difference, of_difference), ("effect", effect, of_effect))
]


@pytest.fixture
def figures(midt) -> Computed:
    return computed(midt, date(2025, 3, 31))


def found(figures: Computed, subject: str, text: str) -> str:
    value = Decimal(text.replace(",", "."))
    decimals = printed_decimals(text, value)
    exact = PublishedFigure(printed=text, value=value).rounded(figures.values[subject])
    verdict = compare(value, decimals, exact, figures.possible[subject])
    return "-" * verdict.unsigned + SIGNS[verdict.agreement]


@pytest.mark.parametrize(("subject", "text", "expected"), CELLS)
def test_a_printed_difference_or_effect(figures, subject, text, expected):
    assert found(figures, subject, text) == expected


@pytest.mark.parametrize(("subject", "text", "expected"), CELLS)
def test_the_fixture_holds_what_is_printed(figures, subject, text, expected):
    assert PublishedFigure.objects.filter(subject=subject, printed=text).exists()


def test_every_row_of_the_tables_is_here_or_prints_no_difference(midt):
    """PWD's level of pain is 1 before and after, and its difference is left empty."""
    rows = Measurement.objects.filter(collection__initiative__cluster=midt, form="before_after")
    known = {
        f"{row.initiative.address}/{row.table}/{row.measure.slug}"
        for row in rows.select_related("measure", "collection__initiative")
    }
    typed = {subject.partition(":midt/")[2] for subject, _text, _expected in CELLS}
    assert known - typed == {"5/3a/pwd-pain", "5/3b/pwd-pain"}
    assert typed <= known


@pytest.mark.parametrize(("place", "expected"), [("5/3a", 42), ("5/3b", 11), ("6/7a", 75), ("6/7b", 46)])
def test_the_completed_courses_behind_a_table(figures, place, expected):
    assert figures.values[f"n:midt/{place}"] == expected
