"""What a first visit costs in a browser: bytes, layout shift, and when the page can be used on a slow machine.

python -m tests.benchmarks.browser [ROUNDS] starts the portal in production mode with demonstration data of its own,
opens the main pages in Chromium with an empty cache and a processor slowed down four times, on a phone and on a desk,
and prints a Markdown table with medians. Other work on the machine makes the times longer.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic, sleep
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

TOP = Path(__file__).parents[2]
PASSWORD, USER = "only-for-this-run-1234", "koordinator"
WIDTHS = {390: 844, 1280: 900}
SLOWER = 4
PAGES = {
    "dashboard": "/",
    "overview": "/indsatser/",
    "initiative": "/indsatser/midt/5/",
    "status form": "/indsatser/midt/5/status/",
    "results": "/resultater/",
    "annex": "/oekonomi/",
    "search": "/soeg/?q=gang",
}
# Pages with charts to explore, which load Plotly: the goal for bytes is set for those without.
CHARTS = {"dashboard", "results", "annex"}
MOST_KB, MOST_SHIFT, MOST_MS = 600, 0.0, 1000
WATCH = """
    window.seen = {shift: 0, tasks: []};
    new PerformanceObserver(list => list.getEntries().forEach(entry => window.seen.shift += entry.value))
        .observe({type: "layout-shift", buffered: true});
    new PerformanceObserver(list => list.getEntries().forEach(
        entry => window.seen.tasks.push([entry.startTime, entry.duration])
    )).observe({type: "longtask", buffered: true});
"""
TIMES = """() => {
    const navigation = performance.getEntriesByType("navigation")[0];
    return {start: navigation.responseStart, loaded: navigation.domContentLoadedEventEnd, ...window.seen};
}"""


@dataclass(frozen=True)
class Visit:
    """Bytes that came over the wire, layout shift, milliseconds from the first byte until scripts have run and the
    processor is free, and how long it was blocked for more than 50 ms at a time.
    """

    size: int
    shift: float
    ready: float
    blocked: float


@contextmanager
def portal() -> Iterator[str]:
    """The address of a portal in production mode with demonstration data, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        data = {"DATABASE_URL": f"sqlite:///{folder}/portal.sqlite3", "MEDIA_ROOT": folder, "DEMO_PASSWORD": PASSWORD}
        demo = os.environ | data | {"PORTAL_MODE": "demo"}
        for command in ("migrate", "createcachetable", "load_facts fixtures/midt fixtures/demo", "demo_accounts"):
            _manage(command, demo)
        secrets = {"SECRET_KEY": "only-for-this-run", "ALLOWED_HOSTS": "127.0.0.1", "BEHIND_PROXY": "1"}
        secrets["CSRF_TRUSTED_ORIGINS"] = f"http://127.0.0.1:{port}"
        production = os.environ | data | secrets | {"PORTAL_MODE": "production"}
        _manage("collectstatic --noinput", production)
        with subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "clusterportal.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"],
            cwd=TOP, env=production, stderr=subprocess.DEVNULL,
        ) as server:  # fmt: skip
            try:
                _wait_for(port)
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()


def _manage(command: str, environment: Mapping[str, str]) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *command.split()], cwd=TOP, env=environment, check=True, stdout=subprocess.DEVNULL
    )


def _wait_for(port: int) -> None:
    end = monotonic() + 60
    while monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionError:
            sleep(0.2)
        else:
            return
    raise SystemExit("The portal did not start.")


def visits(browser: Browser, address: str, rounds: int) -> Iterator[tuple[str, int, Visit]]:
    """Name of the page, width of the window, and medians of the visits."""
    # The portal stands behind a proxy that speaks TLS; here the browser says so itself.
    behind: dict[str, Any] = {"extra_http_headers": {"X-Forwarded-Proto": "https"}, "locale": "da-DK"}
    first = browser.new_context(**behind)
    page = first.new_page()
    page.goto(f"{address}/konto/login/")
    page.fill("[name=login]", USER)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(f"{address}/")
    state = first.storage_state()
    for width, height in WIDTHS.items():
        for name, path in PAGES.items():
            window = {"viewport": {"width": width, "height": height}, "storage_state": state}
            found = [_visit(browser, address + path, {**behind, **window}) for _round in range(rounds)]
            yield name, width, Visit(
                found[0].size, max(each.shift for each in found),
                median(each.ready for each in found), median(each.blocked for each in found),
            )  # fmt: skip


def _visit(browser: Browser, address: str, context: dict[str, Any]) -> Visit:
    with browser.new_context(**context) as own:
        page = own.new_page()
        page.add_init_script(WATCH)
        devtools, came = own.new_cdp_session(page), []
        devtools.on("Network.loadingFinished", lambda event: came.append(event["encodedDataLength"]))
        devtools.send("Network.enable")
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        answer = page.goto(address, wait_until="networkidle")
        if answer is None or answer.status != 200:
            raise SystemExit(f"{address} did not answer as it should: nothing was measured.")
        return _measured(page, int(sum(came)))


def _measured(page: Page, size: int) -> Visit:
    seen = page.evaluate(TIMES)
    free = max([seen["loaded"], *(start + length for start, length in seen["tasks"])])
    blocked = sum(length - 50 for _start, length in seen["tasks"])
    return Visit(size, seen["shift"], free - seen["start"], blocked)


def table(found: Iterator[tuple[str, int, Visit]]) -> Iterator[str]:
    """The measurements as lines of a Markdown table; what misses its goal is bold."""
    yield "| page | width | kB | layout shift | ready, ms | blocked, ms |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name, width, visit in found:
        size, goal = visit.size / 1000, None if name in CHARTS else MOST_KB
        yield (
            f"| {name} | {width} | {_bold(f'{size:.0f}', goal is not None and size > goal)} "
            f"| {_bold(f'{visit.shift:.3f}', visit.shift > MOST_SHIFT)} "
            f"| {_bold(f'{visit.ready:.0f}', visit.ready > MOST_MS)} | {visit.blocked:.0f} |"
        )


def _bold(text: str, missed: bool) -> str:
    return f"**{text}**" if missed else text


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    chromium = shutil.which(os.environ.get("CHROMIUM", "chromium"))
    with portal() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        sys.stdout.write(
            f"\nFirst visit with an empty cache, processor slowed down {SLOWER} times, Chromium {browser.version}; "
            f"median of {rounds}. Goals: {MOST_KB} kB on a page without charts, no layout shift, {MOST_MS} ms.\n\n"
        )
        for line in table(visits(browser, address, rounds)):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
