"""Real races: threads with connections of their own."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

Job = Callable[[], Any]


@pytest.fixture
def at_once(transactional_db, tmp_path) -> Iterator[Callable[..., list[Any]]]:
    """Runs jobs at the same moment, each with its own connection, and answers their results in order."""
    usual = connection.settings_dict["NAME"]

    def run(*jobs: Job) -> list[Any]:
        if connection.vendor == "sqlite" and connection.settings_dict["NAME"] == usual:
            connection.settings_dict["NAME"] = on_disk(tmp_path / "race.sqlite3")
        start = Barrier(len(jobs))
        with ThreadPoolExecutor(len(jobs)) as pool:
            return list(pool.map(lambda job: alone(job, start), jobs))

    yield run
    # Before Django ends the test: it would close, and so lose, a database that is not named as being in memory.
    connection.settings_dict["NAME"] = usual


def on_disk(path: Path) -> str:
    """A copy of the tests' database that other connections reach; in memory SQLite locks in another way."""
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    return str(path)


def alone(job: Job, start: Barrier) -> Any:
    """The result of a job in its own thread, when all the others are ready too."""
    try:
        start.wait()
        return job()
    finally:
        connection.close()
