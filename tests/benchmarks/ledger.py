"""How long the ledger's sums take at a million entries, beside the same sums in raw SQL, measured in the same run.

`make bench` runs it on SQLite, and on PostgreSQL too where DATABASE_URL names one. Goals: the totals take at most
1.15 times the raw SQL, one initiative's figures at most 10 ms.
"""

import os
import platform
from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter
from typing import Any

from tests.benchmarks.pages import analyse, in_own_database  # first: it sets Django up

# isort: split
import django
from django.db import connection

from finance import guards
from finance.models import Account, Entry, Voucher
from finance.states import states_by_year, states_of, states_of_all
from initiatives.models import Cluster, Initiative
from tests.benchmarks import portfolio

ENTRIES, INITIATIVES, ROUNDS = 1_000_000, 1_000, 7
DAY = date(2025, 12, 31)
# Half of the vouchers allocate 2.000 kr., half spend 1.500 of them, over the initiatives and four years in turn.
VOUCHERS = """
WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < %(count)s)
INSERT INTO finance_voucher (id, recorded_at, cluster_id, reference, kind, state, version, held_on, budget_year, text,
    taken_over_from, overspend_reason, reason, posted_at)
SELECT 1 + i, CURRENT_TIMESTAMP, %(cluster)s, 'M' || CAST(i AS varchar(10)),
    CASE WHEN i %% 2 = 0 THEN 'allocation' ELSE 'spend' END,
    'posted', 1, {day}, 2022 + i / 2 %% 4, 'Post', 'Measured', '', '', CURRENT_TIMESTAMP
FROM n
"""
ENTRIES_OF_VOUCHERS = """
INSERT INTO finance_entry (recorded_at, voucher_id, position, account_id, budget_year, initiative_id, amount)
SELECT v.recorded_at, v.id, s.position,
    CASE WHEN s.position = 1 THEN CASE WHEN v.kind = 'spend' THEN %(allocated)s ELSE %(pool)s END
        ELSE CASE WHEN v.kind = 'spend' THEN %(spent)s ELSE %(allocated)s END END,
    v.budget_year,
    CASE WHEN s.position = 1 AND v.kind <> 'spend' THEN NULL ELSE %(first)s + (v.id / 8) %% %(initiatives)s END,
    CASE WHEN s.position = 1 THEN -1 ELSE 1 END * CASE WHEN v.kind = 'spend' THEN 150000 ELSE 200000 END
FROM finance_voucher v CROSS JOIN (SELECT 1 AS position UNION ALL SELECT 2) s
"""
RAW = """
SELECT e.initiative_id, e.budget_year, a.kind, v.kind, SUM(e.amount)
FROM finance_entry e JOIN finance_voucher v ON v.id = e.voucher_id JOIN finance_account a ON a.id = e.account_id
WHERE v.cluster_id = %s AND v.held_on <= %s AND v.state = 'posted' AND e.initiative_id IS NOT NULL
GROUP BY e.initiative_id, e.budget_year, a.kind, v.kind
"""


def fill() -> Cluster:
    """A million entries on a thousand initiatives."""
    portfolio.people()
    portfolio.initiatives(1, INITIATIVES)
    cluster = Cluster.objects.get(slug="maalestok")
    accounts = {kind: Account.objects.create(cluster=cluster, kind=kind).pk for kind in ("pool", "allocated", "spent")}
    first = Initiative.objects.order_by("pk").values_list("pk", flat=True)[0]
    starts = " ".join(f"WHEN {number} THEN '{2022 + number}-06-01'" for number in range(4))
    years = f"CASE i / 2 %% 4 {starts} END"
    day = f"CAST({years} AS date)" if connection.vendor == "postgresql" else years
    with guards.lifted_for_maintenance(), connection.cursor() as cursor:
        cursor.execute(VOUCHERS.format(day=day), {"count": ENTRIES // 2, "cluster": cluster.pk})
        cursor.execute(ENTRIES_OF_VOUCHERS, {**accounts, "first": first, "initiatives": INITIATIVES})
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM (ANALYZE) finance_entry, finance_voucher")
    return cluster


def raw_totals(cluster: Cluster) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(RAW, [cluster.pk, DAY])
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def timed(asked: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Milliseconds of each, the median of ROUNDS after one that warms up; they take turns."""
    taken: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(ROUNDS + 1):
        for name, ask in asked.items():
            before = perf_counter()
            ask()
            if turn:
                taken[name].append((perf_counter() - before) * 1000)
    return {name: median(each) for name, each in taken.items()}


def measure() -> None:
    """Print the table for the database in use."""
    cluster = fill()
    analyse()
    one = Initiative.objects.order_by("pk")[INITIATIVES // 2]
    entries = Entry.objects.filter(voucher__cluster=cluster).counted_on(DAY)
    raw, own = raw_totals(cluster), list(entries.by_kind())
    if sorted((row[0], row[1], row[3], int(row[4])) for row in raw) != sorted(
        (row["initiative"], row["budget_year"], row["kind"], int(row["sum"] * 100)) for row in own
    ):
        raise SystemExit("The two sums differ: the benchmark measures nothing.")
    took = timed({
        "raw SQL: initiative x kind x year": lambda: raw_totals(cluster),
        "totals: initiative x kind x year": lambda: list(entries.by_kind()),
        "states of all initiatives": lambda: states_of_all(cluster, DAY),
        "states of one initiative": lambda: states_of(one, DAY),
        "states of one initiative by year": lambda: states_by_year(one, DAY),
    })  # fmt: skip
    floor = took["raw SQL: initiative x kind x year"]
    print(f"\n{connection.vendor}, {Entry.objects.count()} entries of {Voucher.objects.count()} vouchers, "
          f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"Django {django.__version__}; median of {ROUNDS}\n")  # fmt: skip
    print("| what | ms | of raw SQL |\n|---|--:|--:|")
    print("\n".join(f"| {name} | {each:.1f} | {each / floor:.2f} |" for name, each in took.items()))


if __name__ == "__main__":
    in_own_database(measure)
