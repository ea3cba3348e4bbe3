"""How long each page takes beside Django's admin list and a bare page of raw SQL, measured in the same run.

`make bench` runs it on SQLite, and on PostgreSQL too where DATABASE_URL names one. Every figure is the median of
ROUNDS requests; the pages take turns, so that whatever else the machine does disturbs all alike. Milliseconds are
of this machine; what counts are the ratios.
"""

import os
import platform
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

from tests.benchmarks import portfolio

SIZES = (1_000, 10_000)
VOUCHERS = 100_000
ROUNDS = 7
PAGES = {
    "bare page of raw SQL": "/bench-raw/",
    "admin list": "/bench-admin/initiatives/initiative/",
    "overview": "/indsatser/",
    "overview by title": "/indsatser/?sort=titel",
    "overview, text search": "/indsatser/?q=rehabilitering",
    "search": "/soeg/?q=rehabilitering",
    "search for a number": "/soeg/?q=7",
    "initiative": "/indsatser/maalestok/500/",
    "economy": "/oekonomi/",
    "dashboard": "/",
}
Times = dict[str, float]


def timed(client: Client, addresses: dict[str, str]) -> Times:
    """Milliseconds of each page, the median of ROUNDS after one that warms up."""
    taken: dict[str, list[float]] = {name: [] for name in addresses}
    for turn in range(ROUNDS + 1):
        for name, address in addresses.items():
            before = perf_counter()
            answer = client.get(address)
            spent = perf_counter() - before
            if answer.status_code != 200:
                raise SystemExit(f"{address} answered {answer.status_code}: the benchmark measures nothing.")
            if turn:
                taken[name].append(spent * 1000)
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
            f"| {took / bare:.1f} | {queries[name]} |"
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
    client = Client()
    client.force_login(portfolio.people())
    portfolio.initiatives(1, SIZES[0])
    portfolio.vouchers(VOUCHERS)
    analyse()
    small = timed(client, PAGES)
    portfolio.initiatives(SIZES[0] + 1, SIZES[1])
    analyse()
    large = timed(client, PAGES)
    print(f"\n{connection.vendor}, {VOUCHERS} vouchers, {platform.machine()}, {os.cpu_count()} cores, Python "
          f"{platform.python_version()}, Django {django.__version__}; median of {ROUNDS}\n")  # fmt: skip
    print("\n".join(table(small, large, counted(client, PAGES))))


def analyse() -> None:
    """Let the database's planner see the rows, as it would by itself after a while."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    main()
