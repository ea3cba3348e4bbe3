"""The goals that speed is held to, each with what was measured of it: lines of a Markdown table.

A page's time counts beside another's of the same run, never by itself: machines differ, ratios hardly do.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median
from time import perf_counter

from django.db import connection

from finance.lines import line_years
from finance.models import Entry
from initiatives.models import Cluster, Initiative

Times = Mapping[str, float]
DAY = date(2026, 1, 1)
ROUNDS = 5
# The list page over the admin changelist of the same rows.
OF_ADMIN = {"postgresql": 0.6, "sqlite": 0.75}
# What the overview takes where the counts and sums of its whole list have been taken out.
ALONE = " without them"
SEARCHES = (
    "overview, text search",
    "search",
    "search for a number",
    "search for a common word",
    "search for two words",
)
LISTS = ("overview", "overview by number", "overview by title", "overview, text search")


@dataclass(frozen=True)
class Goal:
    """What was measured, and the most that it may be; `unit` stands behind both."""

    what: str
    measured: float
    most: float
    unit: str = ""

    @property
    def line(self) -> str:
        digits = 0 if self.unit == " queries" else 2
        met = "met" if self.measured <= self.most else "**missed**"
        return f"| {self.what} | {self.measured:.{digits}f}{self.unit} | ≤ {self.most:.{digits}f}{self.unit} | {met} |"


def table(small: Times, large: Times, queries: Mapping[str, int]) -> Iterator[str]:
    """A row for each goal; `small` and `large` are milliseconds by page, of few initiatives and of many."""
    yield "| goal | measured | at most | |"
    yield "|---|--:|--:|---|"
    yield from (goal.line for goal in (*of_pages(small, large), *of_queries(queries), *of_ledger()))


def of_pages(small: Times, large: Times) -> Iterator[Goal]:
    """Each page beside another of the same run."""
    overview = large["overview"]
    yield Goal("overview over the admin list", overview / large["admin list"], OF_ADMIN[connection.vendor])
    for name in ("overview by number", "overview by title"):
        if name in large:
            own = name + ALONE if name + ALONE in large else name
            yield Goal(f"{own}, many initiatives over few", large[own] / small[own], 1.10)
    for name in SEARCHES:
        if name in large:
            yield Goal(f"{name} over the overview", large[name] / overview, 1.3)
    if "dashboard" in large:
        yield Goal("dashboard over the overview", large["dashboard"] / overview, 3)


def of_queries(queries: Mapping[str, int]) -> Iterable[Goal]:
    return (
        Goal(f"{name}, session and rights included", queries[name], 8, " queries") for name in LISTS if name in queries
    )


def of_ledger() -> Iterator[Goal]:
    """Sums of every line and year: by the ORM beside the same SQL by hand, and of one initiative alone."""
    cluster = Cluster.objects.get(slug="maalestok")
    lines = Entry.objects.filter(voucher__cluster=cluster).counted_on(DAY).by_line()
    sql, parameters = lines.query.sql_with_params()

    def raw() -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

    entries, first = Entry.objects.count(), Initiative.objects.order_by("pk").first()
    by_orm, by_hand = milliseconds(lambda: list(lines.all()), raw)
    [of_one] = milliseconds(lambda: line_years(cluster, DAY, first))
    yield Goal(f"ORM over raw SQL, {entries} entries by line and year", by_orm / by_hand, 1.15)
    yield Goal(f"an initiative's figures from {entries} entries", of_one, 10, " ms")


def milliseconds(*done: Callable[[], object]) -> list[float]:
    """Of each, the median of ROUNDS; they take turns after one that warms up."""
    taken: list[list[float]] = [[] for _each in done]
    for turn in range(ROUNDS + 1):
        for place, each in enumerate(done):
            before = perf_counter()
            each()
            if turn:
                taken[place].append((perf_counter() - before) * 1000)
    return [median(each) for each in taken]
