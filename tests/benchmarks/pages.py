"""How long each page takes beside Django's admin list and a bare page of raw SQL, measured in the same run.

`make bench` runs it on SQLite, and on PostgreSQL too where DATABASE_URL names one. Every figure is the median of
ROUNDS requests; the pages take turns, so that whatever else the machine does disturbs all alike. Milliseconds are
of this machine; what counts are the ratios, which goals.py holds against what was set. Names of pages as arguments
measure only those that begin so.

What the overview counts and adds up of its whole list, whatever page of it is shown, has a row of its own.
"""

import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median
from time import perf_counter

os.environ["PORTAL_MODE"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "clusterportal.settings"

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings, setup_databases, setup_test_environment

from clusterportal.portfolio import selection
from tests.benchmarks import goals, portfolio

SIZES = (1_000, 10_000)
VOUCHERS = 100_000
ROUNDS = 7
PAGES = {
    "bare page of raw SQL": "/bench-raw/",
    "admin list": "/bench-admin/initiatives/initiative/",
    "overview": "/indsatser/?per_page=25",
    "overview by number": "/indsatser/?per_page=25&sort=nummer",
    "overview by number, last page": "/indsatser/?per_page=25&sort=nummer&page=40",
    "overview by title": "/indsatser/?per_page=25&sort=titel",
    "overview by cluster funds": "/indsatser/?per_page=25&sort=-midler",
    "overview by age": "/indsatser/?per_page=25&sort=-alder",
    "overview of a phase": "/indsatser/?per_page=25&fase=running",
    "overview, text search": "/indsatser/?per_page=25&q=rehabilitering",
    "search": "/soeg/?q=rehabilitering",
    "search for a number": "/soeg/?q=7",
    "search for a common word": "/soeg/?q=kommune",
    "search for two words": "/soeg/?q=gangtr%C3%A6ning+kommune",
    "initiative": "/indsatser/maalestok/500/",
    "annex": "/oekonomi/",
    "dashboard": "/",
}
BASELINES = 2
OF_THE_WHOLE = ": counts and sums of the whole list"
WITHOUT = " without them"
Times = dict[str, float]


class Clock:
    """Adds up the milliseconds of the functions that it is put around."""

    def __init__(self) -> None:
        self.spent = 0.0

    def around(self, function: Callable[..., object]) -> Callable[..., object]:
        def clocked(*args: object) -> object:
            before = perf_counter()
            try:
                return function(*args)
            finally:
                self.spent += (perf_counter() - before) * 1000

        return clocked


CLOCK = Clock()
for name in ("heaps", "money"):
    setattr(selection, name, CLOCK.around(getattr(selection, name)))


def timed(client: Client, addresses: dict[str, str]) -> Times:
    """Milliseconds of each page, the median of ROUNDS after one that warms up."""
    taken: dict[str, list[float]] = {}
    for turn in range(ROUNDS + 1):
        for name, address in addresses.items():
            CLOCK.spent = 0
            before = perf_counter()
            answer = client.get(address)
            spent = (perf_counter() - before) * 1000
            if answer.status_code != 200:
                raise SystemExit(f"{address} answered {answer.status_code}: the benchmark measures nothing.")
            if not turn:
                continue
            taken.setdefault(name, []).append(spent)
            if CLOCK.spent:
                taken.setdefault(f"{name}{OF_THE_WHOLE}", []).append(CLOCK.spent)
                taken.setdefault(f"{name}{WITHOUT}", []).append(spent - CLOCK.spent)
    return {name: median(each) for name, each in taken.items()}


def counted(client: Client, addresses: dict[str, str]) -> dict[str, int]:
    """Queries of each page, session and rights included."""
    found = {}
    for name, address in addresses.items():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        found[name] = len(queries)
    return found


def table(small: Times, large: Times, queries: dict[str, int]) -> Iterable[str]:
    """The measurements as lines of a Markdown table."""
    yield f"| page | ms at {SIZES[0]} | ms at {SIZES[1]} | growth | of admin list | of bare page | queries |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    admin, bare = large["admin list"], large["bare page of raw SQL"]
    for name, took in large.items():
        yield (
            f"| {name} | {small[name]:.0f} | {took:.0f} | {took / small[name]:.2f} | {took / admin:.2f} "
            f"| {took / bare:.1f} | {queries.get(name, '')} |"
        )


def main() -> None:
    """Fill a database of its own twice, measure, print, and remove it."""
    with override_settings(ROOT_URLCONF="tests.benchmarks.baselines"):
        in_own_database(measure)


def in_own_database(work: Callable[[], None]) -> None:
    """Does the work in an empty database, on disk for SQLite, and removes it."""
    setup_test_environment()
    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            settings.DATABASES["default"]["TEST"] = connection.settings_dict["TEST"] = {
                **connection.settings_dict["TEST"],
                "NAME": str(Path(folder) / "bench.sqlite3"),
            }
        databases = setup_databases(verbosity=0, interactive=False)
        try:
            work()
        finally:
            for each, name, destroy in databases:
                if destroy:
                    each.creation.destroy_test_db(name, verbosity=0)


def measure() -> None:
    """Print the table for the database in use."""
    wanted = tuple(sys.argv[1:]) or ("",)
    pages = {
        name: address
        for place, (name, address) in enumerate(PAGES.items())
        if place < BASELINES or name.startswith(wanted)
    }
    client = Client()
    client.force_login(portfolio.people())
    portfolio.initiatives(1, SIZES[0])
    portfolio.vouchers(VOUCHERS)
    analyse()
    small = timed(client, pages)
    portfolio.initiatives(SIZES[0] + 1, SIZES[1])
    analyse()
    large = timed(client, pages)
    print(f"\n{connection.vendor}, {VOUCHERS} vouchers, {platform.machine()}, {os.cpu_count()} cores, Python "
          f"{platform.python_version()}, Django {django.__version__}; median of {ROUNDS}\n")  # fmt: skip
    queries = counted(client, pages)
    print("\n".join((*table(small, large, queries), "", *goals.table(small, large, queries))), flush=True)


def analyse() -> None:
    """Let the database's planner see the rows, as it would by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
